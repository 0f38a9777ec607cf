"""Runs that are done by others: the same bytes, kept as they come, and other versions refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from conftest import SMALL, same_files

import cogov
from cogov import distributed


def processes(number: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(number, mp_context=get_context("spawn"))


def test_executors_give_the_bytes_of_one_machine(small: cogov.Scenario, tmp_path: Path) -> None:
    local = small.compare(replications=8, out=tmp_path / "local", progress=False)
    for number, executor in enumerate((processes(2), ThreadPoolExecutor(2))):
        with executor:
            out = tmp_path / str(number)
            result = distributed.compare(small, client=executor, replications=8, out=out, batch=3, progress=False)
        same_files(tmp_path / "local", out)
        assert result.result_sha256 == local.result_sha256


def test_a_sweep_is_handed_out_too(small: cogov.Scenario, tmp_path: Path) -> None:
    vary = {"sharing.benefit": (1.0, 4.0)}
    small.sweep(vary, points=6, method="random", out=tmp_path / "local", progress=False)
    with ThreadPoolExecutor(2) as executor:
        distributed.sweep(small, vary, points=6, method="random", client=executor, out=tmp_path / "far", progress=False)
    same_files(tmp_path / "local", tmp_path / "far")


def test_dask_runs_again_what_a_lost_worker_had(small: cogov.Scenario, tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    local = small.compare(replications=60, seed=11, out=tmp_path / "local", progress=False)
    with (
        LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
        Client(cluster) as client,
    ):
        victims = list(client.run(os.getpid).values())
        told: list[int] = []

        def lose(done: int, total: int, months: int, notes: list[str]) -> None:
            told.append(done)
            if len(told) == 2:
                os.kill(victims[0], signal.SIGKILL)

        out = tmp_path / "far"
        manner: dict[str, Any] = {"replications": 60, "seed": 11, "out": out, "batch": 2, "progress": lose}
        result = distributed.compare(small, client=client, **manner)
    same_files(tmp_path / "local", out)
    assert result.result_sha256 == local.result_sha256 and told


def test_ray_gives_the_bytes_of_one_machine(small: cogov.Scenario, tmp_path: Path) -> None:
    import ray

    small.compare(replications=6, out=tmp_path / "local", progress=False)
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1")
    try:
        distributed.compare(small, client=ray, replications=6, out=tmp_path / "far", progress=False)
    finally:
        ray.shutdown()
    same_files(tmp_path / "local", tmp_path / "far")


class Counting(ThreadPoolExecutor):
    """Counts its tasks, and is interrupted after some."""

    def __init__(self, after: int | None = None) -> None:
        super().__init__(1)
        self.tasks, self.after = 0, after

    def submit(self, *args: Any, **kwargs: Any) -> Any:
        self.tasks += 1
        if self.after is not None and self.tasks > self.after:
            raise KeyboardInterrupt
        return super().submit(*args, **kwargs)


def test_what_came_back_is_kept_at_once(small: cogov.Scenario, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Counting(after=5) as cut:
        distributed.compare(small, client=cut, replications=12, out=tmp_path, batch=1, progress=False)
    kept = len(list(tmp_path.glob("runs/*.run")))
    assert 0 < kept < 36
    with Counting() as rest:
        distributed.compare(small, client=rest, replications=12, out=tmp_path, batch=1, progress=False)
    assert rest.tasks == 12 - kept // 3


def test_narrowing_and_parts_are_handed_out_too(small: cogov.Scenario, tmp_path: Path) -> None:
    half = [{"lever": "sharing.mandate", "add": 0.5}]
    parts = [{"name": name, "start": "2013-01", "changes": half} for name in ("first", "second")]
    both = small.policy("both", interventions=parts)
    asked: dict[str, Any] = {"until": {"trust": 1e-9}, "most": 8, "decompose": "both", "progress": False}
    local = small.compare([both], replications=4, out=tmp_path / "local", **asked)
    with Counting() as executor:
        far = distributed.compare(small, [both], client=executor, replications=4, out=tmp_path / "far", **asked)
    same_files(tmp_path / "local", tmp_path / "far")
    assert executor.tasks > 4 and far.result_sha256 == local.result_sha256


CALIBRATION = f"""extends = {str(SMALL)!r}
[population]
mean_field = true
[calibrate]
targets = "targets.csv"
waves = 2
points = 20
draws = 20
worlds = 4
claims = 2
[calibrate.vary]
"online.imitation" = "plausible"
"demand.base_rate" = [0.01, 0.05]
"""
TARGETS = """target,measure,outcome,scope,from,to,since,value,observation_sd,discrepancy_sd,source
demand,mean,requests_raised,nation,2014-01,2014-12,,0.03,0.01,0.02,made up
"""


def test_waves_of_a_calibration_are_handed_out_too(tmp_path: Path) -> None:
    (tmp_path / "calibration.toml").write_text(CALIBRATION)
    (tmp_path / "targets.csv").write_text(TARGETS)
    scenario = cogov.load(tmp_path / "calibration.toml")
    scenario.calibrate(out=tmp_path / "local", progress=False)
    with Counting() as executor:
        distributed.calibrate(scenario, client=executor, batch=4, out=tmp_path / "far", progress=False)
    assert "posterior.csv" in same_files(tmp_path / "local", tmp_path / "far")
    assert executor.tasks >= 2 * 20 // 4


DRIVER = f"""
import os, signal
from concurrent.futures import ThreadPoolExecutor
import cogov
from cogov import distributed

class Killed(ThreadPoolExecutor):
    tasks = 0
    def submit(self, *args):
        self.tasks += 1
        if self.tasks > 20:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().submit(*args)

asked = dict(client=Killed(1), replications=40, batch=1, progress=False)
distributed.compare(cogov.load({str(SMALL)!r}), out="far", **asked)
"""


def test_a_killed_driver_goes_on(small: cogov.Scenario, tmp_path: Path) -> None:
    small.compare(replications=40, out=tmp_path / "local", progress=False)
    driver = subprocess.run([sys.executable, "-c", DRIVER], cwd=tmp_path, check=False)
    assert driver.returncode == -signal.SIGKILL
    kept = len(list(tmp_path.glob("far/runs/*.run")))
    assert 0 < kept < 120
    with Counting() as rest:
        distributed.compare(small, client=rest, replications=40, batch=1, out=tmp_path / "far", progress=False)
    assert rest.tasks <= 40 - kept // 3
    same_files(tmp_path / "local", tmp_path / "far")


DASK_DRIVER = f"""
import os, signal, sys
from distributed import Client
import cogov
from cogov import distributed

address, out, last = sys.argv[1], sys.argv[2], int(sys.argv[3])

def killed(done, total, months, notes):
    if done >= last:
        os.kill(os.getpid(), signal.SIGKILL)

asked = dict(client=Client(address), replications=40, seed=11, batch=2, progress=killed)
distributed.compare(cogov.load({str(SMALL)!r}), out=out, **asked)
"""


def test_a_killed_driver_of_dask_goes_on(small: cogov.Scenario, tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    manner: dict[str, Any] = {"replications": 40, "seed": 11, "progress": False}
    small.compare(out=tmp_path / "local", **manner)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        for kill in range(int(os.environ.get("COGOV_KILLS", "2"))):
            out, last = tmp_path / f"far-{kill}", 1 + 37 * kill % 120
            command = [sys.executable, "-c", DASK_DRIVER, cluster.scheduler_address, str(out), str(last)]
            assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
            assert any(out.glob("runs/*.run"))
            with Client(cluster) as client:
                distributed.compare(small, client=client, batch=2, out=out, **manner)
            same_files(tmp_path / "local", out)


def order_of(small: cogov.Scenario, give: Any, out: Path) -> bytes:
    """The order of a study in ``out`` whose runs are done as ``give`` says."""
    seen: list[bytes] = []

    def handed_out(order: bytes, groups: list[int]) -> Iterator[distributed.Given]:
        seen.append(order)
        yield from give(order, groups)

    small.compare(workers=handed_out, out=out, progress=False)
    return seen[0]


def test_what_comes_twice_and_out_of_order_changes_nothing(small: cogov.Scenario, tmp_path: Path) -> None:
    small.compare(out=tmp_path / "local", progress=False)

    def twice(order: bytes, groups: list[int]) -> Iterator[distributed.Given]:
        for group in [*reversed(groups), *groups]:
            yield distributed.work(order, [group])

    small.compare(workers=twice, out=tmp_path / "far", progress=False)
    same_files(tmp_path / "local", tmp_path / "far")


def test_what_is_damaged_or_of_another_worker_is_refused(small: cogov.Scenario, tmp_path: Path) -> None:
    def whole(order: bytes, groups: list[int]) -> Iterator[distributed.Given]:
        yield from (distributed.work(order, [group]) for group in groups)

    order = order_of(small, whole, tmp_path / "whole")
    own, rest = order.split(b"\n", 1)
    assert own.decode() == cogov.fingerprint()
    other = own[:-1] + (b"0" if own[-1:] != b"0" else b"1")
    with pytest.raises(cogov.QuestionError, match="this worker would give other bytes"):
        distributed.work(other + b"\n" + rest, [0])

    def changed(order: bytes, groups: list[int]) -> Iterator[distributed.Given]:
        _, packed, who = distributed.work(order, [0])
        yield [0], packed[:-1] + bytes([packed[-1] ^ 1]), who

    def of_another(order: bytes, groups: list[int]) -> Iterator[distributed.Given]:
        yield [1], *distributed.work(order, [0])[1:]

    def differing(order: bytes, groups: list[int]) -> Iterator[distributed.Given]:
        groups, packed, _ = distributed.work(order, [0])
        yield groups, packed, "the first"
        yield groups, packed[:-1] + bytes([packed[-1] ^ 1]), "the second"

    def nothing(order: bytes, groups: list[int]) -> Iterator[distributed.Given]:
        yield from ()

    for give, said in (
        (changed, "damaged on its way"),
        (of_another, "is no run of this study"),
        (differing, "by the first and by the second"),
    ):
        with pytest.raises(cogov.QuestionError, match=said):
            order_of(small, give, tmp_path / give.__name__)
    with pytest.raises(cogov.Error):
        order_of(small, nothing, tmp_path / "nothing")


def test_only_engines_are_taken(small: cogov.Scenario) -> None:
    with pytest.raises(TypeError, match="a Dask client, the module ray or an executor"):
        distributed.compare(small, client=3)
    assert issubclass(ThreadPoolExecutor, Executor) and SMALL.is_file()
