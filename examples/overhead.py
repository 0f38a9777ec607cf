"""What an engine adds to a run, and what a run takes through it.

    python examples/overhead.py dask|ray|executor [RUNS ...]

compares a small country here, on one thread, and handed out to one worker of one thread. The difference of the times
by the number of runs is what handing out adds to each, whatever a run takes itself; the driver's own share of it (its
processor time) is what bounds how many workers one driver can serve.
"""

import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import cogov
from cogov import distributed

SMALL = Path(__file__).parents[1] / "tests" / "fixtures" / "small" / "small.toml"


def engine(kind):
    """One worker of one thread."""
    if kind == "dask":
        from dask.distributed import Client, LocalCluster

        return Client(LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"))
    if kind == "ray":
        import ray

        ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1")
        return ray
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def timed(ask, replications):
    """Wall and processor seconds of a study in a new folder."""
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        ask(replications=replications, out=folder, progress=False)
        return time.perf_counter() - wall, time.process_time() - cpu


def through(scenario):
    """Bytes of the order of a study, and of what comes back for a run."""
    told, given = [0], []

    def work(order, groups):
        told[0] = len(order)
        for group in groups:
            answer = distributed.work(order, [group])
            given.append(len(answer[1]))
            yield answer

    with tempfile.TemporaryDirectory() as folder:
        scenario.compare(workers=work, out=folder, progress=False)
    return told[0], sum(given) / len(given) / len(scenario.policies)


if __name__ == "__main__":
    kind, sizes = sys.argv[1], [int(size) for size in sys.argv[2:]] or [1000, 10_000]
    small = cogov.load(SMALL)
    policies = len(small.policies)
    client = engine(kind)
    handed_out = partial(distributed.compare, small, client=client)
    here = partial(small.compare, threads=1)
    timed(handed_out, 2)  # the worker imports and shows that it gives the driver's bytes
    print("order {} bytes, a run {:.0f} bytes".format(*through(small)))
    for runs in sizes:
        (alone, own), (far, driver) = (timed(ask, runs // policies) for ask in (here, handed_out))
        more = 1000 * (far - alone) / runs
        print(f"{runs} runs: here {alone:.2f} s, by {kind} {far:.2f} s: {more:.2f} ms a run more;"
              f" the driver's processor {1000 * driver / runs:.2f} ms a run (here {1000 * own / runs:.2f})")
