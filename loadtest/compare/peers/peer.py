"""What all peers share: where the files module is, and how they answer."""

import json
import os
import pathlib
import sys

# One core for everybody, before any numeric library looks.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS"):
    os.environ.setdefault(name, "1")

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import files  # noqa: E402
import protocols  # noqa: E402

__all__ = ["files", "protocols", "say"]


def say(**figures):
    """The peer's answer: one JSON object on one line, the last that it prints."""
    print(json.dumps(figures), flush=True)
