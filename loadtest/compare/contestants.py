"""Runs one measurement of a peer or of Freshet in a process of its own, and reads its JSON."""

import functools
import json
import pathlib
import statistics
import subprocess
import sys

from files import PROJECT

PEERS = pathlib.Path(__file__).resolve().parent / "peers"
PROGRAM = PROJECT / ".build" / "release" / "streamctl"


class Failed(Exception):
    """A contestant gave no answer; the table says so instead of a figure."""


def peer(script, *arguments):
    """The figures of one peer, fresh."""
    return _answer([sys.executable, str(PEERS / f"{script}.py"), *map(str, arguments)])


def bench(case, *options):
    """The value of one case of `streamctl bench`, fresh."""
    return _answer([str(PROGRAM), "bench", "--case", case, *options])["value"]


@functools.cache
def evaluate(path, *options):
    """What `streamctl evaluate` reports; it is deterministic, so it is asked once."""
    return _answer([str(PROGRAM), "evaluate", str(path), "--json", *options])


def alternate(first, second, rounds):
    """Medians of two measurements that take turns, so that a busy moment of the machine meets both."""
    pairs = [(first(), second()) for _ in range(rounds)]
    return tuple(statistics.median(side) for side in zip(*pairs))


def _answer(command):
    process = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    lines = process.stdout.strip().splitlines()
    if process.returncode != 0 or not lines:
        said = (process.stderr.strip().splitlines() or ["no answer"])[-1]
        raise Failed(f"{pathlib.Path(command[0]).name} {' '.join(command[1:4])}: {said}")
    text = process.stdout if lines[0] == "{" else lines[-1]
    return json.loads(text)
