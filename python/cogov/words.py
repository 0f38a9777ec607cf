"""What every word of a scenario or a result means."""

from __future__ import annotations

from difflib import get_close_matches

from . import _cogov
from .errors import QuestionError


class Explanation(str):
    """A text that shows itself as it is read."""

    def __repr__(self) -> str:
        return str(self)


def explain(word: str | None = None) -> Explanation:
    """What ``word`` means: a parameter, a lever, an intervention, an outcome, a key of a scenario, a step of the month.

    A part of a name finds all that hold it; ``"parameters"``, ``"levers"``, ``"interventions"`` and
    ``"outcomes"`` list all of a kind, and nothing lists everything.
    """
    entries = _cogov.explain()
    if word is None:
        return Explanation("\n".join(f"{name} ({kind})" for kind, name, _ in entries))
    listed = [name for kind, name, _ in entries if word in (kind, f"{kind}s")]
    if listed:
        return Explanation("\n".join(listed))
    found = [of for of in entries if of[1] == word] or [of for of in entries if word in of[1]]
    if not found:
        close = get_close_matches(word, [name for _, name, _ in entries], 1)
        hint = f"; did you mean `{close[0]}`?" if close else ""
        raise QuestionError(f"nothing is called `{word}`{hint}")
    return Explanation("\n\n".join(f"{name} ({kind})\n{text}" for kind, name, text in found))


def describe() -> str:
    """The whole description of the model (ODD protocol) as Markdown."""
    return _cogov.document()
