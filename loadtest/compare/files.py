"""The rating files that everybody is measured on, as arrays in the order of time."""

import csv
import io
import pathlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
CACHE = PROJECT / ".build" / "compare"
SMALL = PROJECT / "Tests" / "Data" / "ml-latest-small" / "ratings.csv"
HUNDRED_K = CACHE / "ml-100k.inter"


@dataclass
class Ratings:
    """Dense user and item numbers, ratings and epoch seconds; one entry per rating, earliest first."""

    users: np.ndarray
    items: np.ndarray
    values: np.ndarray
    times: np.ndarray

    @property
    def user_count(self):
        return int(self.users.max()) + 1

    @property
    def item_count(self):
        return int(self.items.max()) + 1

    def pick(self, chosen):
        return Ratings(self.users[chosen], self.items[chosen], self.values[chosen], self.times[chosen])


def paths():
    """Name and path of each file. ML-100K is inside a package that carries it as an example."""
    if not HUNDRED_K.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, "recbole==1.2.1"],
                check=True,
            )
            wheel = next(pathlib.Path(folder).glob("*.whl"))
            inside = "recbole/dataset_example/ml-100k/ml-100k.inter"
            HUNDRED_K.write_bytes(zipfile.ZipFile(wheel).read(inside))
    return {"ml-latest-small": SMALL, "ML-100K": HUNDRED_K}


def read(path):
    """Reads a rating file: `user,item,rating,time` with a header, by commas or tabs."""
    text = pathlib.Path(path).read_text()
    separator = "\t" if "\t" in text[:200] else ","
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    next(rows)
    columns = list(zip(*rows))
    times = np.array([float(time) for time in columns[3]])
    order = np.argsort(times, kind="stable")
    return Ratings(
        _dense(np.array(columns[0])[order]),
        _dense(np.array(columns[1])[order]),
        np.array([float(value) for value in columns[2]])[order],
        times[order],
    )


def _dense(names):
    """Numbers 0, 1, 2 … in the order in which the names first come."""
    _, first, inverse = np.unique(names, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]
