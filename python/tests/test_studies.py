"""Every study: its numbers are those of the command, its tables go everywhere, its figures are the report's."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import SMALL, same_files, typed

import cogov


def test_a_comparison_has_the_bytes_of_the_command(small: cogov.Scenario, command: Path, tmp_path: Path) -> None:
    typed(command, "compare", SMALL, "--out", tmp_path / "typed", "--quiet")
    result = small.compare(out=tmp_path / "asked", progress=False)
    names = same_files(tmp_path / "typed", tmp_path / "asked")
    assert "effects.csv" in names and "series.csv" in names
    # it shows the command that was typed, so it is made of the same folder
    brief = result.report(tmp_path / "brief.html").read_bytes()
    typed(command, "report", result.folder)
    assert (result.folder / "report.html").read_bytes() == brief
    assert cogov.open(tmp_path / "typed").effects == result.effects


def test_a_policy_of_python_is_that_of_a_file(small: cogov.Scenario, tmp_path: Path) -> None:
    changes = [{"lever": "sharing.mandate", "add": 1.0}]
    duty = small.policy(
        "mandate",
        start="2013-01",
        interventions=[{"name": "duty", "ramp_months": 6, "changes": changes, "cost_per_head_year": 2.0}],
    )
    written = small.compare([duty, "nothing"], out=tmp_path / "written", progress=False)
    own = small.compare(out=tmp_path / "own", progress=False)
    assert written.result_sha256 == own.result_sha256
    single = small.policy("alone", start="2013-01", changes=changes, dose=0.5)
    assert single.written()["intervention"][0]["dose"] == 0.5
    assert set(small.compare([single], progress=False).judged()["policy"].to_pylist()) == {"alone"}


def test_tables_go_to_pandas_polars_and_duckdb_without_copies(compared: cogov.Result) -> None:
    effects = compared.effects
    assert isinstance(effects, pa.Table)
    address = effects["mean_difference"].chunk(0).buffers()[1].address
    assert effects.to_pandas().shape == pl.from_arrow(effects).shape
    assert duckdb.sql("select count(*) from effects").fetchall() == [(effects.num_rows,)]
    again = pa.table(pl.from_arrow(effects))
    assert again["mean_difference"].chunk(0).buffers()[1].address == address
    said = effects.schema.field("mean_difference").metadata
    assert b"description" in said


def test_numbers_of_a_table_are_those_of_the_file(compared: cogov.Result) -> None:
    for name in compared.tables:
        read = pd.read_csv(compared.folder / f"{name}.csv")
        table = compared.table(name).to_pandas()
        assert list(read.columns) == list(table.columns)
        for column in read.select_dtypes("number"):
            assert table[column].astype(float).equals(read[column].astype(float)), (name, column)


def test_figures_are_those_of_the_report(compared: cogov.Result) -> None:
    figure = compared.figure("effects", outcome="data_sharing_rate")
    judged = compared.judged("data_sharing_rate").to_pylist()
    shown = sorted(figure.data[-1].x)
    assert shown == pytest.approx(sorted(of["mean_difference"] for of in judged), abs=1e-3)
    for name in ("unfold", "cost", "tiles", "ranks", "distribution", "matrix", "courses"):
        assert compared.figure(name).data, name
    assert compared.figure("unfold", lang="zh") != compared.figure("unfold")
    with pytest.raises(cogov.QuestionError, match="there is no main outcome `happiness`"):
        compared.figure("effects", outcome="happiness")
    with pytest.raises(cogov.QuestionError, match="nothing to draw the figure `tornado`"):
        compared.figure("tornado")


def test_more_is_asked_of_a_comparison(small: cogov.Scenario) -> None:
    result = small.compare(until={"data_sharing_rate": 0.05}, most=6, budget=1e12, progress=False)
    reached, replications, needed = result.told["precision"]
    assert reached == (replications >= needed)
    assert "precision" in result.tables
    assert {name for name, *_ in result.told["within_budget"]} <= set(cogov.MAIN)


def test_one_policy_unfolds(small: cogov.Scenario, command: Path, tmp_path: Path) -> None:
    typed(command, "run", SMALL, "--policy", "mandate", "--out", tmp_path / "typed", "--quiet")
    course = small.run("mandate", out=tmp_path / "asked", progress=False)
    same_files(tmp_path / "typed", tmp_path / "asked")
    assert course.by_period["period"].to_pylist()[0] == "last_12_months"
    assert course.replay(0)


def test_a_sweep_takes_a_data_frame(small: cogov.Scenario, command: Path, tmp_path: Path) -> None:
    frame = pd.DataFrame({"sharing.benefit": [1.5, 0.1 + 0.2], "policy.mandate.start": ["2013-02", "2014-01"]})
    frame.to_csv(tmp_path / "design.csv", index=False)
    typed(command, "sweep", SMALL, "--design", tmp_path / "design.csv", "--out", tmp_path / "typed", "--quiet")
    for number, design in enumerate(
        (frame, pl.from_pandas(frame), pa.table(frame), frame.to_dict("list"), tmp_path / "design.csv")
    ):
        result = small.sweep(design=design, out=tmp_path / str(number), progress=False)
        same_files(tmp_path / "typed", tmp_path / str(number))
    assert result.points["sharing.benefit"].type == pa.float64()
    assert result.points["policy.mandate.start"].to_pylist()[0] == "2013-02"


def test_a_sweep_is_laid_out(small: cogov.Scenario) -> None:
    result = small.sweep(
        {"sharing.benefit": (1.0, 3.0), "sharing.noise": None},
        method="sobol",
        points=4,
        policies=["mandate"],
        progress=False,
    )
    assert result.told["inputs"] == ["sharing.benefit", "sharing.noise"]
    assert result.figure("tornado").data
    assert set(cogov.salib.indices(result, "data_sharing_rate", policy="mandate")) >= {"S1", "ST", "S1_conf"}


def test_studies_of_a_session_share_their_runs(small: cogov.Scenario) -> None:
    seen: list[int] = []
    again = small.compare(progress=lambda done, total, months, notes: seen.append(total))
    assert seen and set(seen) == {0}
    kept = again.folder
    del again
    assert not kept.exists()


def test_what_is_shown_in_a_notebook(small: cogov.Scenario, compared: cogov.Result) -> None:
    assert "<table>" in small._repr_html_() and "mandate" in compared._repr_html_()
    outlook = small.check(replications=2)
    assert outlook["runs"] == 6 and "governments" in repr(outlook)
    assert "data_sharing_rate" in cogov.explain("outcomes")
    assert "default" in cogov.explain("sharing.benefit")
    assert cogov.describe().startswith("#")
