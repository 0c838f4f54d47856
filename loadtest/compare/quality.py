"""How good: the same files and protocols for Freshet and its peers."""

from contestants import evaluate, peer
from table import Table


def tables(paths):
    yield stream(paths)
    yield batch(paths)
    yield lists(paths)
    yield streamed_lists(paths)


def stream(paths):
    """One pass over the whole stream: each rating is predicted, then learned."""
    table = Table("Ratings, test-then-learn over the whole stream: RMSE / MAE", ["file", "River BiasedMF", "Vowpal Wabbit --rank 64", "Freshet"])
    for name, path in paths.items():
        table.add(
            name,
            lambda: pair(peer("river_mf", path), "rmse", "mae"),
            lambda: pair(peer("vw", path), "rmse", "mae"),
            lambda: pair(evaluate(path)["whole"], "rmse", "mae"),
        )
    return table


def batch(paths):
    """A random 80 % is learned in 20 epochs; the rest is predicted."""
    table = Table("Ratings, random 80/20, 20 epochs, k = 64: RMSE", ["file", "LIBMF", "scikit-surprise SVD", "Freshet"])
    for name, path in paths.items():
        table.add(
            name,
            lambda: f"{peer('libmf_batch', path)['rmse']:.4f}",
            lambda: f"{peer('surprise_svd', 'random', path)['rmse']:.4f}",
            lambda: f"{evaluate(path, '--split', 'random=0.8,seed=42', '--epochs', '20')['whole']['rmse']:.4f}",
        )
    return table


def lists(paths):
    """Each user's first 80 % is learned (Freshet: in one pass), the rest is to be found in the ten first of the list."""
    columns = ["file", "implicit ALS", "scikit-surprise SVD", "EASE", "Freshet"]
    table = Table("Lists, per-user 80/20 by time: NDCG@10 / HR@10", columns)
    for name, path in paths.items():
        table.add(
            name,
            lambda: pair(peer("implicit_als", path), "ndcg", "hr"),
            lambda: pair(peer("surprise_svd", "per-user", path), "ndcg", "hr"),
            lambda: pair(peer("ease", path), "ndcg", "hr"),
            lambda: pair(evaluate(path, "--split", "per-user=0.8")["whole"], "ndcg@10", "hr@10"),
        )
    return table


def streamed_lists(paths):
    """Each positive of the last fifth is looked up in the user's list, then learned: beside what everybody wants."""
    table = Table(
        "Lists, test-then-learn, last fifth: HR@10 / NDCG@10",
        ["file", "popularity", "decayed popularity", "Freshet"],
    )
    for name, path in paths.items():
        table.add(
            name,
            lambda: streamed(evaluate(path)["baselines"]["popularity"]),
            lambda: streamed(evaluate(path)["baselines"]["decayed_popularity"]),
            lambda: streamed(evaluate(path)),
        )
    return table


def streamed(report):
    return pair(report["last_fifth"], "hr@10", "ndcg@10", decimals=4)


def pair(figures, first, second, decimals=3):
    return f"{figures[first]:.{decimals}f} / {figures[second]:.{decimals}f}"
