"""scikit-surprise's SVD (64 factors, 20 epochs), the batch model of a nightly job.

`surprise_svd.py random|per-user FILE`: prints one JSON line.
"""

import sys

import numpy as np
import surprise

from peer import files, protocols, say

cut = {"random": protocols.random_split, "per-user": protocols.per_user_split}[sys.argv[1]]
learned, judged = cut(files.read(sys.argv[2]))
scale = (float(learned.values.min()), float(learned.values.max()))
rows = surprise.Dataset(surprise.Reader(rating_scale=scale))
raw = list(zip(learned.users.tolist(), learned.items.tolist(), learned.values.tolist(), [None] * len(learned.users)))
training = rows.construct_trainset(raw)
model = surprise.SVD(n_factors=64, n_epochs=20, random_state=42).fit(training)
if sys.argv[1] == "random":
    predicted = [model.predict(user, item).est for user, item in zip(judged.users.tolist(), judged.items.tolist())]
    rmse, mae = protocols.rmse_mae(judged.values, predicted)
    say(rmse=rmse, mae=mae)
else:
    size = max(learned.item_count, judged.item_count)
    inner = np.array([training.to_inner_iid(item) for item in np.unique(learned.items).tolist()])

    def scores(user):
        row = training.to_inner_uid(int(user))
        all_items = np.full(size, -np.inf)
        all_items[np.unique(learned.items)] = model.bi[inner] + model.qi[inner] @ model.pu[row]
        return all_items

    ndcg, hr = protocols.ranking(scores, learned, judged)
    say(ndcg=ndcg, hr=hr)
