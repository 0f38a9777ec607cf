"""SALib on cogov: a problem from a scenario's inputs, its outcomes at any sample, and indices back as tables.

>>> from SALib.sample import sobol
>>> from SALib.analyze import sobol as indices
>>> problem = cogov.salib.problem(china, ["sharing.benefit", "sharing.noise"])
>>> sample = sobol.sample(problem, 64)
>>> found = cogov.salib.evaluate(china, problem, sample, "data_sharing_rate", policy="thesis-full")
>>> cogov.salib.table(problem, indices.analyze(problem, found))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .asked import Vary
from .errors import QuestionError
from .policy import Policy
from .result import Result
from .scenario import AnyPolicy, Scenario

if TYPE_CHECKING:
    import numpy as np


def problem(scenario: Scenario, inputs: Vary | None = None) -> dict[str, Any]:
    """SALib's description of these inputs: names and bounds, plausible ones where none are given.

    Where nothing is named, the inputs are those of the scenario's ``[sweep]``.
    """
    wanted: Any = scenario._native.varied if inputs is None else inputs
    each = dict(wanted) if isinstance(wanted, Mapping) else dict.fromkeys(wanted)
    if not each:
        raise QuestionError("nothing says what to vary; name inputs, or add [sweep] to the scenario")
    bounds = []
    for path, plausible, words in scenario.inputs(list(each)):
        ends = each[path] or plausible
        if words or ends is None:
            raise QuestionError(
                f"`{path}` has no range; SALib varies numbers: give its ends, as {{{path!r}: (0.0, 1.0)}}"
            )
        bounds.append([float(end) for end in ends])
    return {"num_vars": len(each), "names": list(each), "bounds": bounds}


def evaluate(
    scenario: Scenario,
    problem: Mapping[str, Any],
    sample: np.ndarray,
    outcome: str,
    *,
    policy: AnyPolicy | None = None,
    difference: bool = True,
    **options: Any,
) -> np.ndarray:
    """The outcome at every row of ``sample``: what ``policy`` changes of it, or with ``difference=False`` its level.

    ``policy`` is the first after the baseline where none is named; ``options`` are those of a sweep.
    """
    import numpy as np

    chosen: AnyPolicy = scenario.policies[1] if policy is None else policy
    name = chosen.name if isinstance(chosen, Policy) else chosen
    design = {path: np.asarray(sample)[:, at].tolist() for at, path in enumerate(problem["names"])}
    points = scenario.sweep(design=design, policies=[chosen], **options).points.to_pylist()
    column = "mean_difference" if difference else "policy_mean"
    rows = [of for of in points if of["policy"] == name and of["outcome"] == outcome]
    if not rows:
        known = ", ".join(sorted({str(of["outcome"]) for of in points}))
        raise QuestionError(f"a sweep has no outcome `{outcome}`; it has {known}")
    return np.array([np.nan if of[column] is None else of[column] for of in rows])


def table(problem: Mapping[str, Any], indices: Mapping[str, Any]) -> pa.Table:
    """Indices that SALib found, a row for each input."""
    size = len(problem["names"])
    columns: dict[str, Any] = {"input": problem["names"]}
    for key, values in indices.items():
        if getattr(values, "ndim", None) == 1 and len(values) == size and values.dtype.kind == "f":
            columns[key] = pa.array(values)
    return pa.table(columns)


def indices(result: Result, outcome: str, *, policy: str | None = None) -> dict[str, list[Any]]:
    """Indices that a sweep by ``sobol`` or ``morris`` found itself, under SALib's names: ``S1``, ``S1_conf``,
    ``ST``, ``ST_conf``, or ``mu_star``, ``mu_star_conf``, ``sigma``. Of several policies one must be named.
    """
    names = {"first_order": "S1", "total": "ST"}
    told: dict[str, list[Any]] = {"names": []}
    rows = [of for of in result.sensitivity.to_pylist() if of["outcome"] == outcome]
    known = list(dict.fromkeys(of["policy"] for of in rows))
    chosen = policy if policy is not None else (known[-1] if known else "")
    if chosen not in known:
        raise QuestionError(
            f"there are no indices of `{outcome}` under `{chosen}`; there are {', '.join(known) or 'none'}"
        )
    for of in (of for of in rows if of["policy"] == chosen):
        name = names.get(of["index"], of["index"])
        if of["input"] not in told["names"]:
            told["names"].append(of["input"])
        told.setdefault(name, []).append(of["value"])
        low, high = of["ci_low"], of["ci_high"]
        told.setdefault(f"{name}_conf", []).append(None if low is None else (high - low) / 2)
    return told
