"""What is asked of a study, in the form that the compiled part takes."""

from __future__ import annotations

import atexit
import csv
import io
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import progress as shown
from .errors import QuestionError
from .plain import typed
from .progress import Progress

#: What a design varies: paths, or paths with their ends or values.
Vary = Sequence[str] | Mapping[str, Any]

_DESIGN = "design given in Python"
_session: dict[str, Path] = {}


def sweep_changes(
    vary: Vary | None, method: str | None, points: int | None, design: Any
) -> tuple[dict[str, Any], dict[str, str]]:
    """Changes of a scenario that ask for a sweep, and the text of its design."""
    changes: dict[str, Any] = {"worlds": 0, "vary": _vary(vary), "method": method, "points": points}
    if design is None:
        return changes, {}
    if isinstance(design, (str, os.PathLike)):
        return {**changes, "design": os.fspath(design)}, {}
    return {**changes, "design": _DESIGN}, {_DESIGN: _as_csv(design)}


def manner_of(options: dict[str, Any], command: list[str]) -> dict[str, Any]:
    """How a study is done, as the compiled part takes it; what is not known is refused."""
    progress: Progress = options.pop("progress", True)
    out, store = options.pop("out", None), options.pop("store", None)
    formats = options.pop("formats", ())
    manner = {
        "threads": options.pop("threads", None),
        "checkpoint_every": options.pop("checkpoint_every", None),
        "resume": bool(options.pop("resume", False)),
        "force": bool(options.pop("force", False)),
        "report": bool(options.pop("report", True)),
        "formats": [formats] if isinstance(formats, str) else list(formats),
        "command": command,
        "workers": options.pop("workers", None),
    }
    if options:
        raise TypeError(f"there is no option {', '.join(map(repr, options))}")
    if out is None:
        kept = tempfile.TemporaryDirectory(prefix="study-", dir=_place())
        manner["keep"], out = kept, kept.name
        store = store or _place() / "runs"
    manner.update(out=Path(out), store=None if store is None else Path(store), progress=shown.told(progress))
    return manner


def _place() -> Path:
    """Where studies without a folder live, and the runs that they share, until the session ends."""
    if "place" not in _session:
        _session["place"] = Path(tempfile.mkdtemp(prefix="cogov-"))
        atexit.register(shutil.rmtree, _session["place"], ignore_errors=True)
    return _session["place"]


def changes_of(of: Mapping[str, Any]) -> dict[str, Any]:
    """What is changed of a scenario, as the compiled part takes it; what is not known is refused."""
    known = ("seed", "replications", "months", "policies", "worlds", "method", "points", "design")
    unknown = set(of) - {*known, "set", "vary", "mean_field"}
    if unknown:
        raise TypeError(f"there is no change {', '.join(map(repr, sorted(unknown)))}")
    changes = {key: of.get(key) for key in known}
    for key in ("seed", "replications", "months", "worlds", "points"):
        changes[key] = _whole(key, changes[key])
    cohorts = ["population.mean_field=true"] if of.get("mean_field") else []
    return {**changes, "set": settings(of.get("set")) + cohorts, "vary": of.get("vary") or []}


def settings(values: Mapping[str, Any] | None) -> list[str]:
    """Values by path as they are typed."""
    return [f"{path}={typed(value)}" for path, value in table("set", values).items()]


def table(what: str, value: Any) -> Mapping[str, Any]:
    """``value``, which must hold something by name; nothing is a table of nothing."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise TypeError(f"{what} is a dictionary, found {value!r}")
    return {text(f"a key of {what}", key): of for key, of in value.items()}


def _vary(vary: Vary | None) -> list[str]:
    if vary is None:
        return []
    if isinstance(vary, str):
        return [vary]
    if not isinstance(vary, Mapping):
        return [text("a path", path) for path in vary]
    each = []
    for path, over in vary.items():
        if over is None:
            each.append(path)
        elif isinstance(over, tuple) and len(over) == 2:
            each.append(f"{path}={typed(over[0])}..{typed(over[1])}")
        elif isinstance(over, (list, tuple)):
            each.append(f"{path}={','.join(typed(of) for of in over)}")
        else:
            raise TypeError(f"`{path}` is varied between two ends (a tuple) or over values (a list), found {over!r}")
    return each


def _as_csv(design: Any) -> str:
    """A data frame as CSV, numbers in shortest round-trip form."""
    import pyarrow as pa

    if hasattr(design, "__dataframe__") or hasattr(design, "__arrow_c_stream__"):
        table = pa.table(design)
    else:
        table = pa.Table.from_pylist(design) if isinstance(design, list) else pa.table(dict(design))
    table = table.select([name for name in table.column_names if not name.startswith("__index_level")])
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        writer.writerow(["" if cell is None else typed(cell) for cell in row])
    return written.getvalue()


def number(name: object, value: Any) -> float:
    """``value`` as a number, of whatever library."""
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        raise TypeError(f"{name} is a number, found {value!r}")
    try:
        return float(value)
    except OverflowError:
        raise QuestionError(f"{name} is larger than any number can be") from None


def _whole(name: str, value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} is a whole number, found {value!r}")
    if not 0 <= int(value) < 2**64 or (name != "seed" and int(value) >= 2**32):
        raise QuestionError(f"{name} must be 0 or above and within its size, found {value}")
    return int(value)


def text(what: str, value: Any) -> str:
    """``value``, which must be a text."""
    if not isinstance(value, str):
        raise TypeError(f"{what} is a text, found {value!r}")
    return value
