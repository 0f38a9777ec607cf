"""The runs of a study on many machines: Dask, Ray, or any ``concurrent.futures.Executor``.

Runs go out in batches as tasks; what comes back is kept in the driver's store at once, so an interrupted
study goes on where it stopped. A task is a pure function of its arguments, so the engine may run those of a
lost worker again. Tables come out byte-identical to local ones. A worker whose version or platform would give
other bytes is refused: it computes a small country itself and compares.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from functools import lru_cache
from itertools import islice
from typing import Any

from . import _cogov
from .asked import Vary
from .result import Result
from .scenario import AnyPolicy, Scenario

#: Tasks that are out at a time, for each worker.
_AHEAD = 3
#: Groups that a task holds at most, so that what a lost worker had is soon done again.
_MOST = 64

#: What a worker gives back: numbers of groups, their runs as packed, and who it was.
Given = tuple[list[int], bytes, str]


def compare(
    scenario: Scenario,
    policies: Iterable[AnyPolicy] | None = None,
    *,
    client: Any,
    batch: int | None = None,
    **options: Any,
) -> Result:
    """As :meth:`cogov.Scenario.compare`, ``until`` and ``decompose`` among it, with the runs done by ``client``:
    a Dask client, the module ``ray``, or an executor. ``batch`` is how many groups of runs (all policies in one
    replication of one world) a task holds.
    """
    return scenario.compare(policies, **options, workers=_hand_out(client, batch))


def sweep(
    scenario: Scenario, vary: Vary | None = None, *, client: Any, batch: int | None = None, **options: Any
) -> Result:
    """As :meth:`cogov.Scenario.sweep`, with the runs done by ``client``."""
    return scenario.sweep(vary, **options, workers=_hand_out(client, batch))


def calibrate(scenario: Scenario, *, client: Any, batch: int | None = None, **options: Any) -> Result:
    """As :meth:`cogov.Scenario.calibrate`, with the runs of every wave done by ``client``; emulators are fitted
    here."""
    return scenario.calibrate(**options, workers=_hand_out(client, batch))


def work(order: bytes, groups: list[int], threads: int = 1) -> Given:
    """A task: runs these groups of the study that ``order`` tells, and gives them back packed."""
    return groups, _order(order).run(groups, threads), f"{socket.gethostname()} (process {os.getpid()})"


@lru_cache(maxsize=4)
def _order(order: bytes) -> Any:
    return _cogov.WorkOrder(order)


def _hand_out(client: Any, batch: int | None) -> Callable[[bytes, list[int]], Iterator[Given]]:
    """What a study calls for its runs: it hands them out in batches, and gives back what comes."""
    engine = _engine(client)

    def handed_out(order: bytes, missing: list[int]) -> Iterator[Given]:
        size = batch or max(1, min(_MOST, len(missing) // (4 * engine.workers)))
        parts = [missing[at : at + size] for at in range(0, len(missing), size)]
        yield from engine.map(order, parts)

    return handed_out


def _engine(client: Any) -> Any:
    if isinstance(client, Executor):
        return _Futures(client)
    if getattr(client, "__name__", "") == "ray":
        return _Ray(client)
    if hasattr(client, "scheduler_info") and hasattr(client, "scatter"):
        return _Dask(client)
    raise TypeError(f"runs are done by a Dask client, the module ray or an executor, found a {type(client).__name__}")


class _Futures:
    """An executor of the standard library, or any that behaves so."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self.workers: int = getattr(executor, "_max_workers", None) or os.cpu_count() or 1

    def map(self, order: bytes, parts: Sequence[list[int]]) -> Iterator[Given]:
        left = iter(parts)
        out = {self._executor.submit(work, order, of) for of in islice(left, self.workers * _AHEAD)}
        try:
            while out:
                done, out = wait(out, timeout=0.5, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
                    following = next(left, None)
                    if following is not None:
                        out.add(self._executor.submit(work, order, following))
        finally:
            for future in out:
                future.cancel()


class _Dask:
    """A Dask client: what a worker that was lost had to do is done by another."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.workers: int = max(1, sum(client.nthreads().values()))

    def map(self, order: bytes, parts: Sequence[list[int]]) -> Iterator[Given]:
        import distributed as dask

        collected: Any = dask.as_completed

        told = self._client.scatter(order, broadcast=True, hash=False)
        left = iter(parts)
        first = [self._submit(told, of) for of in islice(left, self.workers * _AHEAD)]
        out = collected(first, with_results=False)
        held = set(first)
        try:
            for future in out:
                yield future.result()
                held.discard(future)
                following = next(left, None)
                if following is not None:
                    more = self._submit(told, following)
                    held.add(more)
                    out.add(more)
        finally:
            if held:
                self._client.cancel(list(held))

    def _submit(self, order: Any, groups: list[int]) -> Any:
        return self._client.submit(work, order, groups, pure=False)


class _Ray:
    """The module ``ray``, after ``ray.init``."""

    def __init__(self, ray: Any) -> None:
        self._ray = ray
        self.workers: int = max(1, int(ray.cluster_resources().get("CPU", 1)))

    def map(self, order: bytes, parts: Sequence[list[int]]) -> Iterator[Given]:
        ray = self._ray
        task, told, left = ray.remote(max_retries=5)(work), ray.put(order), iter(parts)
        out = [task.remote(told, of) for of in islice(left, self.workers * _AHEAD)]
        try:
            while out:
                done, out = ray.wait(out, num_returns=1, timeout=0.5)
                for one in done:
                    yield ray.get(one)
                    following = next(left, None)
                    if following is not None:
                        out.append(task.remote(told, following))
        finally:
            for one in out:
                ray.cancel(one)
