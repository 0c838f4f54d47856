"""faiss' exact inner-product search, one thread: `faiss_topn.py ITEMS` prints microseconds per user for a top 20, k = 64."""

import sys
import time

import faiss
import numpy as np

from peer import say

items, users, factors = int(sys.argv[1]), 256, 64
dice = np.random.default_rng(1)
index = faiss.IndexFlatIP(factors)
index.add(dice.normal(size=(items, factors)).astype(np.float32))
faiss.omp_set_num_threads(1)
queries = dice.normal(size=(users, factors)).astype(np.float32)
index.search(queries[:16], 20)
seconds = []
for _ in range(7):
    start = time.perf_counter()
    index.search(queries, 20)
    seconds.append(time.perf_counter() - start)
say(microseconds_per_user=float(np.median(seconds)) / users * 1e6)
