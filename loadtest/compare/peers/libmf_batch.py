"""LIBMF, one thread: `libmf_batch.py FILE` trains on a random 80 % for 20 epochs and judges the rest.

`libmf_batch.py synthetic ROWS` times the training of as many ratings by 6,040 users of 3,700 items. Prints one JSON line.
"""

import contextlib
import io
import sys
import time

import numpy as np

from peer import files, protocols, say

with contextlib.redirect_stdout(io.StringIO()):
    from libmf import mf

EPOCHS, FACTORS = 20, 64


def synthetic(rows):
    dice = np.random.default_rng(1)
    users = (dice.power(0.6, rows) * 6040).astype(np.int64)
    items = (dice.power(0.4, rows) * 3700).astype(np.int64)
    tastes, kinds = dice.normal(size=(6040, 8)), dice.normal(size=(3700, 8))
    values = np.clip(np.round(3.5 + 0.35 * np.sum(tastes[users] * kinds[items], axis=1)), 1, 5)
    return files.Ratings(users, items, values, np.arange(rows))


def rows(ratings):
    return np.column_stack([ratings.users, ratings.items, ratings.values]).astype(np.float32)


if sys.argv[1] == "synthetic":
    learned = judged = synthetic(int(sys.argv[2]))
else:
    learned, judged = protocols.random_split(files.read(sys.argv[1]))
mean = float(learned.values.mean())
engine = mf.MF(
    k=FACTORS, nr_iters=EPOCHS, nr_threads=1, eta=0.1, quiet=True,
    lambda_p1=0.0, lambda_q1=0.0, lambda_p2=0.1, lambda_q2=0.1,
)  # fmt: skip
start = time.perf_counter()
engine.fit(rows(learned))
seconds = time.perf_counter() - start
# The binding's own `predict` mixes rows up; its factors are right.
users, items = engine.p_factors(), engine.q_factors()
known = (judged.users < len(users)) & (judged.items < len(items))
predicted = np.full(len(judged.users), mean)
predicted[known] = np.sum(users[judged.users[known]] * items[judged.items[known]], axis=1)
predicted[~np.isfinite(predicted)] = mean
rmse, mae = protocols.rmse_mae(judged.values, predicted)
say(rmse=rmse, mae=mae, seconds=seconds, steps_per_second=EPOCHS * len(learned.users) / seconds)
