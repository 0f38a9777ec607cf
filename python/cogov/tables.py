"""Tables as Arrow holds them: to pandas, polars and duckdb without copies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from . import _cogov

_TYPES = {"text": pa.large_string(), "whole": pa.uint64(), "number": pa.float64()}


def read(folder: Path, name: str) -> pa.Table:
    """The table called ``name`` of the study in ``folder``; its columns say their unit and meaning."""
    about = _about(folder, name)
    parts = [_part(columns, about) for columns in _cogov.read_table(folder, name)]
    return pa.concat_tables(parts)


def _part(columns: list[_cogov.ArrowColumn], about: dict[str, dict[str, str]]) -> pa.Table:
    arrays, fields = [], []
    for column in columns:
        buffers = [column["filled"], column["ends"], column["cells"]]
        given = [pa.py_buffer(buffer) for buffer in buffers if buffer is not None]
        kind = _TYPES[column["kind"]]
        arrays.append(pa.Array.from_buffers(kind, column["rows"], given))
        fields.append(pa.field(column["name"], kind, metadata=about.get(column["name"])))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _about(folder: Path, name: str) -> dict[str, dict[str, str]]:
    try:
        package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    fields = [of["schema"]["fields"] for of in package["resources"] if of["name"] == name]
    told = ("unit", "description", "direction")
    return {of["name"]: {key: of[key] for key in told if key in of} for each in fields for of in each}
