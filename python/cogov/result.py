"""What a study found: tables, figures, the report."""

from __future__ import annotations

import html
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from . import _cogov, tables

if TYPE_CHECKING:
    import plotly.graph_objects as go

#: Outcomes that every study is judged by.
MAIN = tuple(name for name, _, _, main in _cogov.outcomes() if main)
_JUDGED = "last_12_months"


class Result:
    """A finished study in its folder.

    Tables are Arrow tables, read from the files of the folder when they are asked for, so their numbers are
    those of the command line, to the last digit: ``result.effects.to_pandas()``,
    ``polars.from_arrow(result.effects)``; duckdb reads them by the name of the variable.
    """

    def __init__(self, folder: str | os.PathLike[str], told: dict[str, Any] | None = None, keep: object = None) -> None:
        self.folder = Path(folder)
        self.told: dict[str, Any] = dict(told or {})
        self._keep = keep

    def table(self, name: str) -> pa.Table:
        """The table called ``name``; :attr:`tables` tells which the study has."""
        return tables.read(self.folder, name)

    @property
    def tables(self) -> list[str]:
        """Names of the tables that the study has."""
        return [name for name in _cogov.table_names() if (self.folder / f"{name}.csv").exists()]

    @property
    def effects(self) -> pa.Table:
        """What every policy changes: by outcome, scope and period, with intervals."""
        return self.table("effects")

    @property
    def runs(self) -> pa.Table:
        """Every run: its outcomes over the last 12 months."""
        return self.table("runs")

    @property
    def series(self) -> pa.Table:
        """Every run month by month."""
        return self.table("series")

    @property
    def costs(self) -> pa.Table:
        """What every policy costs, and the price of a gain."""
        return self.table("costs")

    @property
    def distribution(self) -> pa.Table:
        """Who is better and worse off."""
        return self.table("distribution")

    @property
    def points(self) -> pa.Table:
        """Of a sweep: what every policy does at each design point, beside the values of the inputs."""
        return self.table("points")

    @property
    def sensitivity(self) -> pa.Table:
        """Of a sweep by ``sobol`` or ``morris``: how much each input matters."""
        return self.table("sensitivity")

    @property
    def robustness(self) -> pa.Table:
        """Of a sweep: how often each policy is best, what choosing it can cost, where it fails."""
        return self.table("robustness")

    @property
    def uncertainty(self) -> pa.Table:
        """Of plausible worlds: percentiles, and in how many worlds each policy is best."""
        return self.table("uncertainty")

    def judged(self, outcome: str | None = None) -> pa.Table:
        """Rows of :attr:`effects` of the whole nation over the last 12 months, of ``outcome`` or of all main ones."""
        effects = self.effects
        wanted = MAIN if outcome is None else (outcome,)
        if outcome is not None and outcome not in {name for name, *_ in _cogov.outcomes()}:
            from .errors import QuestionError

            raise QuestionError(f"there is no outcome `{outcome}`; cogov.explain('outcomes') lists them")
        rows = pc.and_(pc.equal(effects["scope_kind"], "nation"), pc.equal(effects["period"], _JUDGED))
        return effects.filter(pc.and_(rows, pc.is_in(effects["outcome"], pa.array(wanted, pa.large_string()))))

    def figure(
        self, name: str = "effects", *, outcome: str | None = None, policy: str | None = None, lang: str = "en"
    ) -> go.Figure:
        """A figure of the report as a plotly figure: ``effects``, ``unfold``, ``cost``, ``tiles``, ``ranks``,
        ``distribution``, ``matrix``, ``courses``, ``attention``, ``topics``; of a sweep ``tornado`` and ``boxes``,
        of a package taken apart ``parts``.
        """
        try:
            import plotly.io as pio
        except ImportError as fault:
            raise ImportError("figures need plotly: pip install plotly") from fault
        return pio.from_json(_cogov.figure(self.folder, name, outcome, policy, lang))

    def report(self, path: str | os.PathLike[str] | None = None, *, lang: str = "en") -> Path:
        """Writes the report, one page that opens without a network, to ``path``, and tells where it is."""
        made = Path(_cogov.report(self.folder, lang))
        if path is None:
            return made
        return Path(shutil.copyfile(made, path))

    def save(self, folder: str | os.PathLike[str]) -> Result:
        """Copies all files of the study to ``folder``, which outlives the session, and opens them there."""
        shutil.copytree(self.folder, folder)
        return Result(folder, self.told)

    def replay(self, run_id: int) -> bool:
        """Computes a row of :attr:`runs` again; True where it comes out the same, to the last digit."""
        *_, differences = _cogov.replay(self.folder, run_id)
        return not differences

    @property
    def result_sha256(self) -> str | None:
        """Hash of the result files, the same on every machine and from every face."""
        found = self.told.get("result_sha256")
        return None if found is None else str(found)

    def __repr__(self) -> str:
        return f"<cogov.Result of {self.told.get('runs', '?')} runs in {str(self.folder)!r}: {', '.join(self.tables)}>"

    def _repr_html_(self) -> str:
        if "effects" not in self.tables:
            return f"<p>{html.escape(repr(self))}</p>"
        rows: dict[str, dict[str, str]] = {}
        for of in self.judged().to_pylist():
            half = (of["ci_high"] - of["ci_low"]) / 2 if of["ci_low"] is not None else None
            cell = "–" if of["mean_difference"] is None else f"{of['mean_difference']:+.3f}"
            rows.setdefault(of["policy"], {})[of["outcome"]] = cell + (
                "" if half is None else f" <small>±{half:.3f}</small>"
            )
        named = [name for name in MAIN if any(name in cells for cells in rows.values())]
        head = "".join(f"<th>{name.replace('_', ' ')}</th>" for name in named)
        body = "".join(
            f"<tr><th>{html.escape(policy)}</th>"
            + "".join(f"<td>{cells.get(name, '')}</td>" for name in named)
            + "</tr>"
            for policy, cells in rows.items()
        )
        caption = "Difference from the baseline over the last 12 months, ± half its 95 % interval"
        heads = f"<caption>{caption}</caption><thead><tr><th>policy</th>{head}</tr></thead>"
        return f"<table>{heads}<tbody>{body}</tbody></table>"


class Course(Result):
    """How the outcomes of one policy unfold."""

    @property
    def by_period(self) -> pa.Table:
        """The national mean of every outcome over the last 12 months and in every year."""
        names = [name for name, *_ in _cogov.outcomes()]
        columns: dict[str, Any] = {"period": self.told["periods"]}
        for at, name in enumerate(names):
            columns[name] = [means[at] for means in self.told["means"]]
        return pa.table(columns)

    def _repr_html_(self) -> str:
        rows = self.by_period.select(["period", *MAIN]).to_pylist()
        head = "".join(f"<th>{name.replace('_', ' ')}</th>" for name in ("period", *MAIN))
        body = "".join(
            "<tr>" + "".join(f"<td>{of if isinstance(of, str) else f'{of:.3f}'}</td>" for of in row.values()) + "</tr>"
            for row in rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
