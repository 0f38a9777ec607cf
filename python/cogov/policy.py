"""A policy that is written in Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Policy:
    """A policy as a scenario file would hold it under ``[[policy]]``; see :meth:`cogov.Scenario.policy`."""

    name: str
    terms: Mapping[str, Any] = field(default_factory=dict)

    def written(self) -> dict[str, Any]:
        """The table of the policy."""
        return {"name": self.name, **self.terms}
