"""River's BiasedMF, test-then-learn, one event at a time.

`river_mf.py FILE`: prints one JSON line.
"""

import sys
import time

from river import optim, reco

from peer import files, protocols, say

ratings = files.read(sys.argv[1])
model = reco.BiasedMF(
    n_factors=64, bias_optimizer=optim.SGD(0.025), latent_optimizer=optim.SGD(0.05), l2_latent=0.05, l2_bias=0, seed=42
)
events = list(zip(ratings.users.tolist(), ratings.items.tolist(), ratings.values.tolist()))
predicted = []
start = time.perf_counter()
for user, item, value in events:
    predicted.append(model.predict_one(user, item))
    model.learn_one(user, item, value)
seconds = time.perf_counter() - start
rmse, mae = protocols.rmse_mae(ratings.values, predicted)
say(rmse=rmse, mae=mae, seconds=seconds, events_per_second=len(events) / seconds)
