"""EASE, the closed-form item-item model (Steck, WWW 2019, doi:10.1145/3308558.3313710), on what was learned.

`ease.py FILE`: prints one JSON line, with the better of a few regularisations and of two inputs: all ratings, or positives.
"""

import sys

import numpy as np

from peer import files, protocols, say

learned, judged = protocols.per_user_split(files.read(sys.argv[1]))
shape = (max(learned.user_count, judged.user_count), max(learned.item_count, judged.item_count))
best = (0.0, 0.0)
for chosen in (learned, learned.pick(learned.values >= protocols.POSITIVE)):
    matrix = np.zeros(shape, dtype=np.float32)
    matrix[chosen.users, chosen.items] = 1
    gram = matrix.T @ matrix
    for regularisation in (200, 500, 1000):
        inverse = np.linalg.inv(gram + regularisation * np.eye(shape[1], dtype=np.float32))
        weights = inverse / -np.diag(inverse)
        np.fill_diagonal(weights, 0)
        found = protocols.ranking(lambda user: matrix[user] @ weights, learned, judged)
        best = max(best, found)
say(ndcg=best[0], hr=best[1])
