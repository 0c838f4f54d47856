"""implicit's alternating least squares on the positives of the learned part.

`implicit_als.py FILE`: prints one JSON line.
"""

import sys

import implicit
import numpy as np
import scipy.sparse

from peer import files, protocols, say

learned, judged = protocols.per_user_split(files.read(sys.argv[1]))
shape = (max(learned.user_count, judged.user_count), max(learned.item_count, judged.item_count))
liked = learned.pick(learned.values >= protocols.POSITIVE)
matrix = scipy.sparse.csr_matrix((np.ones(len(liked.users), dtype=np.float32), (liked.users, liked.items)), shape=shape)
model = implicit.als.AlternatingLeastSquares(
    factors=64, regularization=0.05, alpha=10, iterations=15, random_state=42, num_threads=1
)
model.fit(matrix, show_progress=False)
ndcg, hr = protocols.ranking(lambda user: model.item_factors @ model.user_factors[user], learned, judged)
say(ndcg=ndcg, hr=hr)
