"""The examples that stand on the package do what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SMALL, same_files

import cogov


def printed(folder: Path, *words: object) -> str:
    """What the example prints that is started with these words."""
    done = subprocess.run([sys.executable, *map(str, words)], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("kind", ["threads", "dask", "ray"])
def test_workers_of_every_kind_leave_the_same_tables(small: cogov.Scenario, tmp_path: Path, kind: str) -> None:
    small.compare(replications=4, out=tmp_path / "local", progress=False)
    printed(tmp_path, ROOT / "examples" / "workers.py", kind, SMALL, "far", "--replications", 4)
    same_files(tmp_path / "local", tmp_path / "far")


def test_what_handing_out_adds_is_told(tmp_path: Path) -> None:
    out = printed(tmp_path, ROOT / "examples" / "overhead.py", "executor", 6)
    assert out.startswith("order ") and "\n6 runs: here " in out
