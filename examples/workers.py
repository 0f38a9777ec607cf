"""One study on several workers of Ray or Dask: each runs a part, then the parts are joined.

    python examples/workers.py ray|dask|threads [scenario] [folder] [parts]

On one machine `cogov` uses all processors by itself; this is for clusters that Ray or Dask already
manages. `threads` needs neither and shows the same on this machine.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

kind = sys.argv[1] if len(sys.argv) > 1 else "threads"
scenario = sys.argv[2] if len(sys.argv) > 2 else "scenarios/china31.toml"
folder = sys.argv[3] if len(sys.argv) > 3 else "results/workers"
parts = int(sys.argv[4]) if len(sys.argv) > 4 else 4
cogov = os.environ.get("COGOV", "cogov")


def run_part(part):
    """Runs one part; a part that was interrupted goes on where it stopped."""
    out = f"{folder}/part-{part}"
    subprocess.run(
        [cogov, "compare", scenario, "--quiet", "--threads", "1", "--replications", "8",
         "--set", "population.citizens_per_million=30", "--shard", f"{part}/{parts}", "--out", out],
        check=True, stdout=subprocess.DEVNULL,
    )
    return out


def all_parts():
    numbers = range(1, parts + 1)
    if kind == "ray":
        import ray

        ray.init()
        remote = ray.remote(run_part)
        return ray.get([remote.remote(part) for part in numbers])
    if kind == "dask":
        from dask.distributed import Client

        with Client(threads_per_worker=1) as client:
            return client.gather(client.map(run_part, numbers))
    with ThreadPoolExecutor() as pool:
        return list(pool.map(run_part, numbers))


if __name__ == "__main__":
    subprocess.run([cogov, "merge", *all_parts(), "--out", f"{folder}/whole"], check=True)
