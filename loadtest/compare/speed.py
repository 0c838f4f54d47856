"""How fast: Freshet's bench cases beside peers and beside what the machine itself can do, turn by turn."""

from dataclasses import dataclass
from typing import Callable

from contestants import alternate, bench, peer
from table import Table

ROUNDS = 3
MILLION = 1_000_000


@dataclass
class Race:
    """Two measurements of one unit. `ours` divided by `theirs` is the ratio, or the inverse where less is better."""

    what: str
    unit: str
    rival: str
    theirs: Callable[[], float]
    ours: Callable[[], float]
    less_is_better: bool = False

    def row(self):
        theirs, ours = alternate(self.theirs, self.ours, ROUNDS)
        ratio = theirs / ours if self.less_is_better else ours / theirs
        return [self.what, self.unit, self.rival, short(theirs), short(ours), f"{ratio:.2f}"]


def races(paths):
    small = paths["ml-latest-small"]
    wide = paths["csv"]
    learned = "predict and learn one rating"

    def ours_learned():
        return 1e9 / bench("learn")

    yield Race(learned, "events/s", "River BiasedMF", lambda: peer("river_mf", small)["events_per_second"], ours_learned)
    yield Race(learned, "events/s", "VW --rank 64", lambda: peer("vw", small)["events_per_second"], ours_learned)
    yield Race(
        "SGD step, k = 64", "steps/s", "LIBMF, one thread",
        lambda: peer("libmf_batch", "synthetic", MILLION)["steps_per_second"], lambda: 1e9 / bench("sgd_step"),
    )  # fmt: skip
    yield Race(
        "1 M ratings, 20 epochs", "s", "LIBMF, one thread",
        lambda: peer("libmf_batch", "synthetic", MILLION)["seconds"], lambda: bench("bootstrap_1m"), less_is_better=True,
    )  # fmt: skip
    for items, case in ((4_000, "topn_4k"), (60_000, "topn_60k"), (MILLION, "topn_1m")):
        yield Race(
            f"exact top 20 of {items:,}", "µs a user", "faiss IndexFlatIP",
            lambda items=items: peer("faiss_topn", items)["microseconds_per_user"], lambda case=case: bench(case),
            less_is_better=True,
        )  # fmt: skip
    yield Race("CSV to columns", "rows/s", "polars", lambda: peer("polars_csv", wide)["rows_per_second"], lambda: bench("csv"))
    yield Race(
        "lists to Redis", "lists/s", "redis-benchmark SETEX",
        lambda: peer("redis_benchmark", 800)["values_per_second"], lambda: bench("redis_lists"),
    )  # fmt: skip


def tables(paths):
    columns = ["what", "unit", "beside", "theirs", "Freshet", "ratio"]
    table = Table("Speed, one core, medians of three turns each", columns)
    for race in races(paths):
        table.add_row(race.what, race.row)
    yield table
    yield ceilings()


def ceilings():
    table = Table("The whole way, and the machine", ["what", "value", "unit"])
    table.add_row("one core reading memory", lambda: ["one core reading memory", short(peer("memory_read")["bytes_per_second"] / 1e9), "GB/s"])
    for what, unit, *case in (
        ("Kafka to Redis, both heads, lists kept fresh", "events/s", "pipeline"),
        ("decode, window and profile, beside a raw drain of the same topic", "x", "ingest_over_drain"),
        ("freshness at 20,000 events/s for a minute, p99", "ms", "freshness_p99_ms", "--runs", "1"),
    ):
        table.add_row(what, lambda what=what, unit=unit, case=case: [what, short(bench(*case)), unit])
    return table


def short(value):
    """Three significant digits, thousands set apart."""
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.3g}"
