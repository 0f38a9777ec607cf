"""What Python writes as a scenario file does: dictionaries to TOML, numbers and dates to what a file holds."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import tomli_w


def plain(value: Any, where: str = "") -> Any:
    """``value`` in the types that a scenario file knows; a date is its month, what is None is left out."""
    if isinstance(value, (bool, str, int, float)) and type(value).__module__ == "builtins":
        return value
    if isinstance(value, (datetime.date, datetime.datetime)):
        return f"{value.year:04}-{value.month:02}"
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:
        return plain(value.item(), where)
    if isinstance(value, Mapping):
        inside = {
            str(key): plain(of, f"{where}.{key}" if where else str(key)) for key, of in value.items() if of is not None
        }
        return inside
    if hasattr(value, "tolist"):
        return plain(value.tolist(), where)
    if isinstance(value, (Sequence, set, frozenset)) and not isinstance(value, (bytes, bytearray)):
        each = sorted(value) if isinstance(value, (set, frozenset)) else value
        return [plain(of, f"{where}[{at}]") for at, of in enumerate(each)]
    if isinstance(value, (str, int, float)):  # subclasses, such as an enumeration's
        return next(kind(value) for kind in (str, int, float) if isinstance(value, kind))
    told = f"`{where}` is " if where else "a value is "
    raise TypeError(f"{told}a {type(value).__name__}; a scenario holds texts, numbers, dates, lists and dictionaries")


def toml(values: Mapping[str, Any]) -> str:
    """``values`` as a scenario file holds them."""
    return tomli_w.dumps(plain(values))


def typed(value: Any) -> str:
    """``value`` as it is typed after ``path=``."""
    of = plain(value)
    if isinstance(of, (dict, list)):
        return tomli_w.dumps({"x": of}).partition("=")[2].strip()
    if isinstance(of, bool):
        return str(of).lower()
    return of if isinstance(of, str) else repr(of)
