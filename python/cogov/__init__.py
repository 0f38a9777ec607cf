"""Which reforms raise data sharing and collaboration between governments, by how much, at what cost, how surely?

    >>> import cogov
    >>> china = cogov.load("scenarios/china31.toml")
    >>> mandate = china.policy("mandate-early", use="sharing-mandate", start="2015-01", dose=1.5)
    >>> result = china.compare([mandate, "thesis-full"], worlds=60)
    >>> result.effects.to_pandas()
    >>> result.figure("effects", outcome="data_sharing_rate")
    >>> result.report("brief.html")

Numbers are those of the command ``cogov``, byte for byte.
"""

from __future__ import annotations

import os

from . import distributed, ema, salib
from ._cogov import __version__, fingerprint
from .errors import CorpusError, Error, Fault, FolderError, InternalError, QuestionError, ScenarioError, StorageError
from .factors import factors
from .policy import Policy
from .result import MAIN, Course, Result
from .scenario import Outlook, Scenario, load
from .words import describe, explain

__all__ = [
    "MAIN",
    "Course",
    "CorpusError",
    "Error",
    "Fault",
    "FolderError",
    "InternalError",
    "Outlook",
    "Policy",
    "QuestionError",
    "Result",
    "Scenario",
    "ScenarioError",
    "StorageError",
    "__version__",
    "describe",
    "distributed",
    "ema",
    "explain",
    "factors",
    "fingerprint",
    "load",
    "open",
    "salib",
]


def open(folder: str | os.PathLike[str]) -> Result:  # noqa: A001
    """The finished study in ``folder``, whoever made it: the command ``cogov`` or this package."""
    if not (os.path.isfile(os.path.join(folder, "manifest.json"))):
        raise FolderError(f"`{os.fspath(folder)}` holds no study")
    return Result(folder)
