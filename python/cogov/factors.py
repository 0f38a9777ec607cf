"""Policy texts to a factor table."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv

from . import _cogov
from . import progress as shown
from .progress import Progress

Place = str | os.PathLike[str]


def factors(
    corpus: Place,
    *,
    scenario: Place | None = None,
    lists: Place | None = None,
    keywords: Place | None = None,
    terms: Place | None = None,
    stop_words: Place | None = None,
    provinces: Place | None = None,
    index: str | None = None,
    min_clauses: int = 8,
    min_regions: int = 6,
    out: Place = "results/factors/factors.csv",
    progress: Progress = True,
    **chains: Any,
) -> pa.Table:
    """The factor table of the policy texts, or counts of words, in the folder ``corpus``: as ``cogov factors`` has it.

    Lists are those that ``scenario`` names, those in the folder ``lists``, or those that are named one by one. The
    table and its quality, topics and keywords are written to ``out`` and beside it. ``chains`` may say ``chains``
    (20), ``burn_in`` (300), ``samples`` (20), ``spacing`` (10), ``shards``, ``seed``, ``topics`` (9 free ones),
    ``counts`` (a folder), ``threads``, ``resume`` and ``force``.
    """
    usual: dict[str, Any] = {"topics": 9, "chains": 20, "burn_in": 300, "samples": 20, "spacing": 10, "shards": 1}
    usual.update(seed=1, threads=None, resume=False, force=False, counts=None)
    unknown = set(chains) - set(usual)
    if unknown:
        raise TypeError(f"there is no option {', '.join(map(repr, sorted(unknown)))}")
    places = {"scenario": scenario, "lists": lists, "keywords": keywords, "terms": terms, "stop_words": stop_words}
    reading: dict[str, Any] = {name: None if of is None else Path(of) for name, of in places.items()}
    reading["provinces"] = None if provinces is None else Path(provinces)
    reading.update(index=index, min_clauses=min_clauses, min_regions=min_regions)
    told = shown.told(progress)
    try:
        _cogov.factors(Path(corpus), reading, {**usual, **chains, "out": Path(out), "progress": told})
    finally:
        shown.close(told)
    return csv.read_csv(out)
