"""A factor table from Python is that of the command."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, same_files, typed

import cogov

CORPUS = ROOT / "scenarios" / "china31" / "texts" / "corpus"
SCENARIO = ROOT / "scenarios" / "china31.toml"


def test_a_factor_table_has_the_bytes_of_the_command(command: Path, tmp_path: Path) -> None:
    flags = ["--chains", 2, "--burn-in", 4, "--samples", 2, "--spacing", 1]
    typed(command, "factors", CORPUS, "--scenario", SCENARIO, *flags, "--out", tmp_path / "typed" / "f.csv", "--quiet")
    out = tmp_path / "asked" / "f.csv"
    few = {"chains": 2, "burn_in": 4, "samples": 2, "spacing": 1}
    table = cogov.factors(CORPUS, scenario=SCENARIO, out=out, progress=False, **few)
    same_files(tmp_path / "typed", tmp_path / "asked")
    assert table.num_rows == 31
    with pytest.raises(cogov.CorpusError, match="not given"):
        cogov.factors(CORPUS, out=tmp_path / "none" / "f.csv", progress=False)
    with pytest.raises(TypeError, match="no option 'sweeps'"):
        cogov.factors(CORPUS, scenario=SCENARIO, sweeps=3)
