"""How a file is cut into what is learned and what is judged, and the measures; the same for everybody."""

import numpy as np

POSITIVE = 4.0


def random_split(ratings, share=0.8, seed=42):
    """Whole ratings at random: learned, judged."""
    learned = np.random.default_rng(seed).random(len(ratings.users)) < share
    return ratings.pick(learned), ratings.pick(~learned)


def per_user_split(ratings, share=0.8):
    """Each user's first ratings by time are learned, the rest is judged."""
    order = np.argsort(ratings.users, kind="stable")
    learned = np.zeros(len(order), dtype=bool)
    start = 0
    for count in np.bincount(ratings.users):
        learned[order[start : start + int(count * share)]] = True
        start += count
    return ratings.pick(learned), ratings.pick(~learned)


def rmse_mae(values, predicted):
    """Root mean squared and mean absolute error, predictions clipped to 0.5 … 5."""
    misses = values - np.clip(predicted, 0.5, 5)
    return float(np.sqrt(np.mean(misses**2))), float(np.mean(np.abs(misses)))


def ranking(scores_of, learned, judged, k=10):
    """NDCG@k and HR@k over users with a positive to find.

    `scores_of(user)` gives one score per item; candidates are all learned items that the user did not rate.
    """
    wanted = judged.pick(judged.values >= POSITIVE)
    known = np.bincount(learned.items, minlength=max(learned.item_count, judged.item_count)) > 0
    gains, hits = [], []
    for user in np.unique(wanted.users):
        relevant = set(wanted.items[wanted.users == user].tolist())
        scores = np.array(scores_of(user), dtype=np.float64)
        scores = np.where(known[: len(scores)], scores, -np.inf)
        scores[learned.items[learned.users == user]] = -np.inf
        best = np.argsort(-scores, kind="stable")[:k]
        found = [item in relevant for item in best.tolist()]
        gain = sum(1 / np.log2(place + 2) for place, hit in enumerate(found) if hit)
        ideal = sum(1 / np.log2(place + 2) for place in range(min(k, len(relevant))))
        gains.append(gain / ideal)
        hits.append(any(found))
    return float(np.mean(gains)), float(np.mean(hits))
