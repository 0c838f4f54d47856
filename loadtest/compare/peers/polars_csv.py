"""polars reading a rating file to typed columns, one thread: `polars_csv.py FILE` prints rows per second."""

import sys
import time

from peer import say

import polars  # After the thread count is set.

seconds = []
for _ in range(7):
    start = time.perf_counter()
    rows = polars.read_csv(sys.argv[1], has_header=True).height
    seconds.append(time.perf_counter() - start)
say(rows_per_second=rows / sorted(seconds)[3])
