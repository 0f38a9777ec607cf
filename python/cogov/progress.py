"""How far a study is, as a bar on a terminal or in a notebook."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from typing import Any

#: Called with months done, months in all, months of a run, and new lines worth reading.
ProgressCall = Callable[[int, int, int, list[str]], None]
#: True for a bar, False for silence, or a function of one's own.
Progress = bool | ProgressCall


class Bar:
    """A bar of runs; without a terminal and outside of notebooks it stays silent."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __call__(self, done: int, total: int, months: int, notes: list[str]) -> None:
        if self._bar is None and total > 0:
            self._bar = _tqdm(total / max(months, 1))
        if self._bar is not None:
            self._bar.total = total / max(months, 1)
            self._bar.n = done / max(months, 1)
            self._bar.refresh()
        for note in notes:
            if self._bar is not None and not self._bar.disable:
                self._bar.write(note, file=sys.stderr)

    def close(self) -> None:
        """Leaves the bar as it is."""
        if self._bar is not None:
            self._bar.close()


def _tqdm(total: float) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from tqdm.auto import tqdm
    in_notebook = "notebook" in tqdm.__module__
    form = "{l_bar}{bar}| {n:.0f}/{total:.0f} runs [{elapsed}<{remaining}]"
    return tqdm(total=total, bar_format=form, disable=False if in_notebook else None)


def told(progress: Progress) -> ProgressCall | None:
    """The function that is called, if any is wanted."""
    if progress is True:
        return Bar()
    return progress if callable(progress) else None


def close(call: ProgressCall | None) -> None:
    """Ends what was shown."""
    if isinstance(call, Bar):
        call.close()
