"""What the tests share: a small country, and the command as the judge of numbers."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import cogov

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "fixtures" / "small" / "small.toml"


@pytest.fixture(scope="session")
def small() -> cogov.Scenario:
    return cogov.load(SMALL)


@pytest.fixture(scope="session")
def compared(small: cogov.Scenario) -> cogov.Result:
    return small.compare(progress=False)


@pytest.fixture(scope="session")
def command() -> Path:
    """The command `cogov`: the one that is named, or the one that a build left."""
    named = os.environ.get("COGOV_COMMAND")
    found = Path(named) if named else ROOT / "target" / "release" / "cogov"
    assert found.is_file(), f"build the command first (cargo build --release), or name it in COGOV_COMMAND: {found}"
    return found


def typed(command: Path, *words: object) -> None:
    """Does what is typed."""
    done = subprocess.run([command, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def same_files(one: Path, other: Path) -> list[str]:
    """Names of the tables of both folders, whose bytes are the same."""
    names = sorted(path.name for path in one.glob("*.csv"))
    assert names == sorted(path.name for path in other.glob("*.csv"))
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    return names
