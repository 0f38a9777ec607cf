"""Parquet: the numbers of the CSVs, names as they are, and no part without a footer."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest
from conftest import SMALL, typed

import cogov

# a scenario refuses `NULL` itself, which readers of CSV drop; the library tests it in a table
NAMES = ["001", "true", "2016-01", "1e5"]


@pytest.fixture(scope="module")
def written(small: cogov.Scenario, tmp_path_factory: pytest.TempPathFactory) -> cogov.Result:
    changes = [{"lever": "sharing.mandate", "add": 1.0}]
    policies = [small.policy(name, start="2013-01", changes=changes, dose=dose) for dose, name in enumerate(NAMES, 1)]
    return small.compare(policies, formats="parquet", out=tmp_path_factory.mktemp("parquet"), progress=False)


def test_parts_hold_what_the_tables_hold(written: cogov.Result) -> None:
    for name in ("runs", "series", "effects"):
        table = written.table(name)
        parts = written.folder / "parquet" / name
        assert pq.read_table(parts).cast(table.schema).equals(table)
        assert pl.read_parquet(parts / "*.parquet").equals(pl.from_arrow(table))
    assert not (written.folder / "parquet" / "points").exists()


def test_names_of_policies_come_back_as_they_are(written: cogov.Result) -> None:
    parts = written.folder / "parquet" / "effects" / "*.parquet"
    assert set(written.effects["policy"].to_pylist()) == set(NAMES)
    assert set(pl.read_parquet(parts)["policy"]) == set(NAMES)
    found = duckdb.sql(f"select distinct policy from read_parquet('{parts}')").fetchall()
    assert {name for (name,) in found} == set(NAMES)
    assert set(written.effects.to_pandas()["policy"]) == set(NAMES)


def test_the_command_writes_them_too(command: Path, tmp_path: Path) -> None:
    typed(command, "sweep", SMALL, "--vary", "sharing.benefit=1,2", "--format", "parquet", "--out", tmp_path, "--quiet")
    points = pl.read_parquet(tmp_path / "parquet" / "points" / "*.parquet")
    assert points["sharing.benefit"].dtype == pl.Float64 and len(points) > 0
    typed(command, "sweep", SMALL, "--vary", "sharing.benefit=1,2", "--out", tmp_path, "--quiet")
    assert not (tmp_path / "parquet").exists()


def test_a_kill_leaves_no_part_without_a_footer(command: Path, tmp_path: Path) -> None:
    study = ["compare", SMALL, "--replications", "300", "--out", tmp_path, "--quiet", "--no-report"]
    words = [*study, "--format", "parquet"]
    typed(command, *study)
    parts = tmp_path / "parquet"
    begun = ["runs", "series", "effects"]
    for name in begun:
        running = subprocess.Popen([str(word) for word in (command, *words)])
        # tables are cleared away, then written; killed when the first file of this one is there
        while running.poll() is None and not any((parts / name).glob("part-*")):
            pass
        running.send_signal(signal.SIGKILL)
        running.wait()
        for path in parts.glob("*/*.parquet"):
            pq.read_metadata(path)
        shutil.rmtree(parts, ignore_errors=True)
    typed(command, *words)
    assert all(pq.read_table(parts / name).num_rows > 0 for name in begun)
    assert not list(parts.glob("*/*.tmp"))
