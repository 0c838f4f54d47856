"""How fast one core reads memory: `memory_read.py` prints bytes per second of a dot product over 1 GiB."""

import time

from peer import say

import numpy as np  # After the thread count is set.

left, right = np.ones(1 << 27, dtype=np.float32), np.ones(1 << 27, dtype=np.float32)
seconds = []
for _ in range(7):
    start = time.perf_counter()
    np.dot(left, right)
    seconds.append(time.perf_counter() - start)
say(bytes_per_second=(left.nbytes + right.nbytes) / sorted(seconds)[3])
