"""Vowpal Wabbit's matrix factorisation (`--rank`), progressive predictions of one pass.

`vw.py FILE`: prints one JSON line. Learning predicts first; the time counts learning, not the making of examples. Of the
settings that were tried these have the least error on both files.
"""

import sys
import time

import vowpalwabbit

from peer import files, protocols, say

ratings = files.read(sys.argv[1])
model = vowpalwabbit.Workspace("--quiet --bit_precision 18 --rank 64 -q ui --l2 1e-6 --learning_rate 0.1 --power_t 0")
lines = [
    f"{value} |u {user + 1}:1 |i {item + 1}:1"
    for user, item, value in zip(ratings.users, ratings.items, ratings.values)
]
seconds = 0.0
predicted = []
for line in lines:
    example = model.example(line)
    start = time.perf_counter()
    model.learn(example)
    seconds += time.perf_counter() - start
    predicted.append(example.get_simplelabel_prediction())
    model.finish_example(example)
rmse, mae = protocols.rmse_mae(ratings.values, predicted)
say(rmse=rmse, mae=mae, seconds=seconds, events_per_second=len(lines) / seconds)
