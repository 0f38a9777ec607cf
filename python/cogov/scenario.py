"""A scenario, and the questions that are put to it."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from . import _cogov
from . import progress as shown
from .asked import Vary, changes_of, manner_of, number, settings, sweep_changes, table, text
from .errors import Fault, ScenarioError
from .plain import plain, toml
from .policy import Policy
from .result import Course, Result

#: A policy: its name in the scenario, or one that is written in Python.
AnyPolicy = str | Policy
Source = str | os.PathLike[str] | Mapping[str, Any]

AnyResult = TypeVar("AnyResult", bound=Result)

#: Changes of a scenario that every question takes.
_COMMON = ("set", "seed", "replications", "months", "mean_field")
_WRITTEN = "written in Python"
_POLICIES = "policies written in Python"


def load(source: Source, *, home: str | os.PathLike[str] | None = None) -> Scenario:
    """The scenario in the file ``source``, or the one that a dictionary writes down.

    A dictionary holds what a file would: ``{"extends": "scenarios/china31.toml", "sharing": {"noise": 0.1}}``.
    Files that it names count from ``home``, which is the working folder where nothing is said.

    Raises :class:`cogov.ScenarioError` with everything that is wrong, each with file, line and column.
    """
    if isinstance(source, Mapping):
        return Scenario(_WRITTEN, Path(home or ""), {_WRITTEN: toml(source)}, None)
    if not isinstance(source, (str, os.PathLike)):
        raise TypeError(f"a scenario is a path or a dictionary, found a {type(source).__name__}")
    path = Path(source)
    return Scenario(path.name, path.parent, {}, path)


class Scenario:
    """A scenario that was read and is sound; :func:`cogov.load` makes it. It never changes."""

    def __init__(self, name: str, home: Path, texts: dict[str, str], path: Path | None) -> None:
        self._file, self._home, self._texts, self.path = name, home, texts, path
        self._native = self._read({})

    @property
    def name(self) -> str:
        """Its title."""
        return self._native.name

    @property
    def question(self) -> str:
        """The question that it answers; may be empty."""
        return self._native.question

    @property
    def policies(self) -> list[str]:
        """Names of its policies, the baseline first."""
        return [name for name, _ in self._native.policies]

    @property
    def warnings(self) -> list[Fault]:
        """What is allowed, but probably not meant."""
        return [Fault(*parts) for parts in self._native.warnings]

    def policy(
        self,
        name: str,
        *,
        use: str | None = None,
        describe: str | None = None,
        include: Sequence[str] | None = None,
        interventions: Sequence[Mapping[str, Any]] | None = None,
        **terms: Any,
    ) -> Policy:
        """A policy that is written here in place of a file, checked at once.

        ``use`` names an intervention of the catalogue; its terms follow as they stand in a file: ``start``,
        ``stop``, ``ramp_months``, ``dose``, ``half_life_months``, ``target``, ``changes`` and costs. Several
        interventions are given as a list of dictionaries; other policies by ``include``.
        """
        if not isinstance(name, str):
            raise TypeError(f"the name of a policy is a text, found a {type(name).__name__}")
        own = {**terms, **({"use": use} if use is not None else {})}
        if use is None and own and "changes" not in own:
            whole, own = own, {}
        else:
            whole = {}
        if own and use is None:
            own.setdefault("name", name)
        each = [*(interventions or []), *([own] if own else [])]
        table = {"describe": describe, "include": include, **whole, "intervention": each or None}
        made = Policy(name, plain({key: value for key, value in table.items() if value is not None}))
        self._read({}, [made])
        return made

    def check(self, **changes: Any) -> Outlook:
        """What a study of it amounts to; runs nothing. Takes ``set``, ``seed``, ``replications``, ``months``."""
        return Outlook(self._read(changes))

    def to_dict(self) -> dict[str, Any]:
        """Everything of it as it is understood, defaults and tables among it."""
        whole: dict[str, Any] = json.loads(self._native.json())
        return whole

    def compare(
        self,
        policies: Iterable[AnyPolicy] | None = None,
        *,
        worlds: int | None = None,
        until: Mapping[str, float] | None = None,
        most: int = 1000,
        decompose: str | None = None,
        by: str = "intervention",
        budget: float | None = None,
        **options: Any,
    ) -> Result:
        """The main job: every policy, or those that are named, against the baseline on the same replications.

        ``worlds`` is how many plausible worlds are compared over (0: the scenario's own values alone);
        ``until`` asks for intervals so narrow: ``{"data_sharing_rate": 0.01}``; ``decompose`` takes a policy
        apart; ``budget`` is money over the run. What else can be said is common to all studies:

        ``set`` (values by path), ``seed``, ``replications``, ``months``, ``mean_field`` (a cohort stands for the
        citizens of each cell: quick, for screening); ``out`` and ``store`` (folders that
        outlive the session), ``threads``, ``checkpoint_every``, ``resume``, ``force``, ``formats``
        (``"parquet"``), ``report``, ``progress``, ``workers`` (who does the runs elsewhere:
        :mod:`cogov.distributed`).

        Ctrl-C raises ``KeyboardInterrupt`` and keeps what is finished: the same call goes on with it.
        """
        asked = {
            "until": [(name, number(name, width)) for name, width in table("until", until).items()],
            "most": most,
            "decompose": decompose,
            "by": by,
            "budget": None if budget is None else number("budget", budget),
        }
        native, manner = self._prepared("compare", options, {"worlds": worlds}, policies)
        return self._ask(lambda: _cogov.compare(native, manner, asked), manner, Result)

    def run(self, policy: AnyPolicy = "baseline", **options: Any) -> Course:
        """One policy, and how its outcomes unfold; options as of :meth:`compare`."""
        name, written = (policy.name, [policy]) if isinstance(policy, Policy) else (policy, None)
        native, manner = self._prepared("run", options, {"worlds": 0}, None, written)
        return self._ask(lambda: _cogov.run(native, manner, text("a policy", name)), manner, Course)

    def sweep(
        self,
        vary: Vary | None = None,
        *,
        method: str | None = None,
        points: int | None = None,
        design: Any = None,
        policies: Iterable[AnyPolicy] | None = None,
        series: bool = False,
        **options: Any,
    ) -> Result:
        """Every policy over a design of parameters, doses and dates.

        ``vary`` holds paths (``"sharing.benefit"``), or paths with their ends (``(1.0, 6.0)``) or values (a
        list); ``design`` is a data frame of pandas or polars, an Arrow table, a dictionary of columns or the
        path of a CSV, with a column for each path. Options as of :meth:`compare`.
        """
        changes, texts = sweep_changes(vary, method, points, design)
        native, manner = self._prepared("sweep", options, changes, policies, None, texts)
        return self._ask(lambda: _cogov.sweep(native, manner, bool(series)), manner, Result)

    def calibrate(
        self, *, waves: int | None = None, points: int | None = None, claims: int | None = None, **options: Any
    ) -> Result:
        """Which parameter values what was seen does not rule out; options as of :meth:`compare`."""
        native, manner = self._prepared("calibrate", options, {"worlds": 0}, None)
        return self._ask(lambda: _cogov.calibrate(native, manner, (waves, points, claims)), manner, Result)

    def inputs(self, paths: Sequence[str]) -> list[tuple[str, tuple[float, float] | None, list[str]]]:
        """Of each path what a sweep can vary there: its plausible range, or the words that it can be."""
        return self._native.inputs(list(paths))

    def _ask(self, question: Callable[[], dict[str, Any]], manner: dict[str, Any], kind: type[AnyResult]) -> AnyResult:
        keep = manner.pop("keep", None)
        try:
            return kind(manner["out"], question(), keep)
        finally:
            shown.close(manner["progress"])

    def _prepared(
        self,
        verb: str,
        options: dict[str, Any],
        changes: dict[str, Any],
        policies: Iterable[AnyPolicy] | None,
        written: list[Policy] | None = None,
        texts: dict[str, str] | None = None,
    ) -> tuple[_cogov.Scenario, dict[str, Any]]:
        own: dict[str, Any] = {key: options.pop(key) for key in _COMMON if key in options}
        own.update(changes)
        if policies is not None:
            if isinstance(policies, (str, Policy)):
                policies = [policies]
            each = list(policies)
            named = [of.name if isinstance(of, Policy) else text("a policy", of) for of in each]
            own["policies"], written = named, [of for of in each if isinstance(of, Policy)]
        manner = manner_of(options, self._command(verb, own, bool(written or texts or self._texts)))
        return self._read(own, written, texts), manner

    def _read(
        self, changes: Mapping[str, Any], written: list[Policy] | None = None, texts: Mapping[str, str] | None = None
    ) -> _cogov.Scenario:
        file, given = self._file, {**self._texts, **(texts or {})}
        if written:
            file = _POLICIES
            given[file] = toml({"extends": self._file, "policy": [of.written() for of in written]})
        try:
            return _cogov.Scenario.read(file, given, self._home, changes_of(changes))
        except ScenarioError as error:
            faults = [replace(of, text=_line(given, of)) for of in error.faults]
            raise ScenarioError(str(error.args[0]), faults) from None

    def _command(self, verb: str, changes: Mapping[str, Any], in_python: bool) -> list[str]:
        """The command that asks the same, where one does."""
        if in_python or self.path is None:
            return []
        words = [verb, str(self.path)]
        for key in ("seed", "replications", "worlds", "method", "points"):
            if changes.get(key) is not None and (key != "worlds" or verb == "compare"):
                words += [f"--{key}", str(changes[key])]
        if changes.get("policies") is not None:
            words += ["--policies", ",".join(changes["policies"])]
        if changes.get("mean_field"):
            words.append("--mean-field")
        for flag, each in (("--set", settings(changes.get("set"))), ("--vary", changes.get("vary") or [])):
            for of in each:
                words += [flag, of]
        return words

    def __reduce__(self) -> tuple[Any, ...]:
        return Scenario, (self._file, self._home.absolute(), self._texts, self.path)

    def __repr__(self) -> str:
        return f"<cogov.Scenario {self.name!r}: {', '.join(self.policies)}>"

    def _repr_html_(self) -> str:
        of = self._native
        rows = "".join(
            f"<tr><th>{html.escape(name)}</th><td>{html.escape(about)}</td></tr>" for name, about in of.policies
        )
        facts = f"{of.months} months from {of.start}, {of.replications} replications, seed {of.seed}"
        question = f"<p>{html.escape(self.question)}</p>" if self.question else ""
        return f"<h4>{html.escape(self.name)}</h4>{question}<p>{facts}</p><table><tbody>{rows}</tbody></table>"


class Outlook(Mapping[str, Any]):
    """What a study amounts to: sizes, runs, seconds of a processor, bytes for each run in flight."""

    def __init__(self, native: Any) -> None:
        self._told: dict[str, Any] = native.outlook()
        self.warnings = [Fault(*parts) for parts in native.warnings]

    def __getitem__(self, key: str) -> Any:
        return self._told[key]

    def __iter__(self) -> Any:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)

    def __repr__(self) -> str:
        of = self._told
        return (
            f"{of['provinces']} provinces, {of['governments']} governments, {of['ties']} directed ties, "
            f"{of['citizens']} citizens for {of['residents']} residents\n"
            f"{of['runs']:g} runs, about {of['cpu_seconds']:.3g} CPU seconds, "
            f"{of['bytes_per_run'] / 1e6:.3g} MB of memory per run in flight"
        )


def _line(texts: Mapping[str, str], fault: Fault) -> str | None:
    written = texts.get(fault.file or "")
    if written is None or fault.line is None:
        return None
    lines = written.splitlines()
    return lines[fault.line - 1].strip() if fault.line <= len(lines) else None
