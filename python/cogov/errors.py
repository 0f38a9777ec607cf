"""What can go wrong, in words for the one who models."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a scenario, or probably not meant.

    ``file`` is the file as it was named; what was written in Python has a file of its own, of which
    ``text`` shows the line.
    """

    kind: str
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    text: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        lines = [f"{self.kind}: {self.message}"]
        if place:
            lines.append(f"  --> {place}")
        if self.text:
            lines.append(f"   |  {self.text}")
        if self.hint:
            lines.append(f"hint: {in_python(self.hint)}")
        return "\n".join(lines)


class Error(Exception):
    """Anything that cogov raises of itself."""

    def __str__(self) -> str:
        return in_python(str(self.args[0])) if self.args else ""


class ScenarioError(Error, ValueError):
    """A scenario that cannot be run: ``faults`` holds everything that is wrong with it, each with its place."""

    def __init__(self, message: str, faults: Iterable[tuple[object, ...] | Fault] = ()) -> None:
        made = tuple(of if isinstance(of, Fault) else Fault(*of) for of in faults)  # type: ignore[arg-type]
        super().__init__(message, made)
        self.faults: tuple[Fault, ...] = made

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.faults)) if self.faults else super().__str__()


class QuestionError(Error, ValueError):
    """A question that cannot be put to this scenario: an unknown policy, outcome or figure, say."""


class FolderError(Error, ValueError):
    """A folder that cannot serve: it holds another study, or another process is at work in it."""


class CorpusError(Error, ValueError):
    """Policy texts, or the lists by which they are read, of which no factor table can be made."""


class StorageError(Error, OSError):
    """A file that could not be read or written."""


class InternalError(Error, RuntimeError):
    """A mistake inside cogov itself; please report it with the scenario that shows it."""

    def __str__(self) -> str:
        return f"cogov failed inside ({super().__str__()}); this is a mistake in cogov, not in the scenario"


def in_python(text: str) -> str:
    """Flags of the command line as the arguments that they are in Python."""
    return re.sub(r"--([a-z][a-z-]*)", lambda flag: flag.group(1).replace("-", "_") + "=", text)
