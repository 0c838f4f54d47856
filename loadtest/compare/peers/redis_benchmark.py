"""What a Redis of its own takes by pipelined SET with an expiry: `redis_benchmark.py BYTES` prints values per second."""

import csv
import io
import pathlib
import subprocess
import sys
import tempfile
import time

from peer import say

with tempfile.TemporaryDirectory() as folder:
    socket = pathlib.Path(folder) / "redis.sock"
    server = subprocess.Popen(
        ["redis-server", "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder],
        stdout=subprocess.DEVNULL,
    )
    try:
        while not socket.exists() and server.poll() is None:
            time.sleep(0.01)
        rates = []
        for _ in range(3):
            answer = subprocess.run(
                ["redis-benchmark", "-s", str(socket), "-P", "64", "-c", "1", "-n", "500000", "-r", "100000", "--csv"]
                + ["SETEX", "reco:v1:{u:__rand_int__}:top", "604800", "x" * int(sys.argv[1])],
                check=True, capture_output=True, text=True,
            ).stdout  # fmt: skip
            rates.append(float(list(csv.reader(io.StringIO(answer)))[-1][1]))
    finally:
        server.terminate()
        server.wait()
say(values_per_second=sorted(rates)[1])
