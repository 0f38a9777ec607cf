"""One study on the workers of Dask or Ray, or on threads of this machine, over the package `cogov`.

    python examples/workers.py dask|ray|threads [SCENARIO] [FOLDER] [--address A] [--worlds N] [--replications N]

Without an address Dask and Ray start workers on this machine; with one (tcp://host:8786, ray://host:10001) they use
those of a cluster. What is finished stays in FOLDER, and the same command goes on from it.
"""

import argparse
import os
from concurrent.futures import ThreadPoolExecutor

import cogov


def client(kind, address):
    """What does the runs."""
    if kind == "dask":
        from dask.distributed import Client

        return Client(address) if address else Client(threads_per_worker=1)
    if kind == "ray":
        import ray

        ray.init(address=address)
        return ray
    return ThreadPoolExecutor(os.cpu_count())


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("kind", choices=["dask", "ray", "threads"])
    asked.add_argument("scenario", nargs="?", default="scenarios/china31.toml")
    asked.add_argument("folder", nargs="?", default="results/workers")
    asked.add_argument("--address")
    asked.add_argument("--worlds", type=int)
    asked.add_argument("--replications", type=int)
    asked = asked.parse_args()
    size = {"worlds": asked.worlds, "replications": asked.replications}
    size = {name: number for name, number in size.items() if number is not None}
    china = cogov.load(asked.scenario)
    result = cogov.distributed.compare(china, client=client(asked.kind, asked.address), out=asked.folder, **size)
    print(result)
