"""Freshet beside its peers and beside the machine, on the same data in the same run.

`compare.py [quality] [speed] [--write]`: prints the tables; `--write` also puts them into docs/benchmarks.md, between the
marks there. Run by `make compare`, which makes the environment and builds the program.
"""

import os
import pathlib
import platform
import sys

import files
import quality
import speed
from contestants import PROGRAM

PAGE = files.PROJECT / "docs" / "benchmarks.md"
PARTS = {"quality": quality, "speed": speed}


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores of {model}, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def wide_csv():
    """Two million ratings in one file, so that reading outweighs starting."""
    path = files.CACHE / "two-million.csv"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        head, *rows = files.SMALL.read_text().splitlines(keepends=True)
        path.write_text(head + "".join(rows) * 20)
    return path


def put(part, text):
    """Replaces what stands between the marks of a part."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    page = PAGE.read_text()
    if begin not in page or end not in page:
        sys.exit(f"error: {PAGE} has no marks '{begin}' and '{end}'. Put them where the tables should stand.")
    before, rest = page.split(begin)
    PAGE.write_text(before + begin + "\n" + text + end + rest.split(end)[1])


def main(arguments):
    unknown = [argument for argument in arguments if argument not in [*PARTS, "--write"]]
    if unknown:
        print(f"error: '{unknown[0]}' is none of quality, speed, --write.", file=sys.stderr)
        return 64
    if not PROGRAM.exists():
        print(f"error: {PROGRAM} is missing. Run 'make build' first.", file=sys.stderr)
        return 1
    paths = files.paths()
    for part in [name for name in PARTS if name in arguments] or PARTS:
        inputs = paths if part == "quality" else {**paths, "csv": wide_csv()}
        text = f"Measured on {machine()}.\n\n"
        print(text)
        for table in PARTS[part].tables(inputs):
            print(table.markdown(), flush=True)
            text += table.markdown() + "\n"
        if "--write" in arguments:
            put(part, text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
