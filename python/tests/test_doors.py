"""Whatever is given as an argument is taken or refused: nothing breaks inside, nothing hangs.

``COGOV_ROUNDS`` says how often something random is tried.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import SMALL

import cogov

ROUNDS = int(os.environ.get("COGOV_ROUNDS", "400"))
NUMBERS = [0, -1, 1, 2, 2**31, 2**63, 2**64, -(2**63) - 1, 10**400, 0.5, 1e308, -0.0, float("nan"), float("inf"), True]
TEXTS = ["", " ", "\0", "\ud800", "nan", "1e999", "..", "=", "a.b.c", "'\"]\n[", "，", "\u202e", "x" * 10_000, "mandate"]
OTHERS = [None, b"bytes", object(), len, date(2020, 1, 1), Path("/"), [], [[]], (), {}, {"": 1}, {1: 2}, {"a": {"b": None}}]
KNOWN = ["sharing.benefit", "sharing", "start", "dose", "target", "changes", "lever", "policy", "data_sharing_rate"]


def anything(dice: random.Random, depth: int = 0) -> Any:
    """A value that somebody might give, now and then with others in it."""
    if depth < 3 and dice.random() < 0.3:
        few = range(dice.randrange(4))
        if dice.random() < 0.5:
            return [anything(dice, depth + 1) for _ in few]
        return {dice.choice(KNOWN + TEXTS): anything(dice, depth + 1) for _ in few}
    return dice.choice(dice.choice([NUMBERS, TEXTS, OTHERS, KNOWN]))


def named(dice: random.Random, names: list[str]) -> dict[str, Any]:
    """Some of these arguments."""
    return {name: anything(dice) for name in names if dice.random() < 0.4}


def policy(small: cogov.Scenario, dice: random.Random) -> None:
    terms = ["use", "describe", "include", "interventions", "start", "stop", "dose", "ramp_months", "target", "changes"]
    small.policy(anything(dice), **named(dice, terms))


def checked(small: cogov.Scenario, dice: random.Random) -> None:
    small.check(**named(dice, ["set", "seed", "replications", "months"]))


def compared(small: cogov.Scenario, dice: random.Random) -> None:
    asked = named(dice, ["worlds", "until", "decompose", "by", "budget", "set", "seed", "formats", "threads"])
    # what is taken is run, so it is short
    small.compare(**{"months": 1, "replications": 1, "most": 2, "progress": False, **asked})


def swept(small: cogov.Scenario, dice: random.Random) -> None:
    asked = named(dice, ["vary", "method", "points", "set"])
    if not isinstance(asked.get("points"), int) or abs(asked["points"]) > 3:
        asked["points"] = dice.choice([0, 1, 2, "many", 0.5])
    small.sweep(**{"months": 1, "replications": 1, "progress": False, **asked})


DOORS: list[Callable[[cogov.Scenario, random.Random], object]] = [
    policy,
    checked,
    compared,
    swept,
    lambda small, dice: cogov.load(anything(dice)),
    lambda small, dice: cogov.load({"extends": SMALL.name, **named(dice, KNOWN)}, home=SMALL.parent),
    lambda small, dice: cogov.explain(anything(dice)),
    lambda small, dice: cogov.open(anything(dice)),
]


@pytest.mark.parametrize("door", range(len(DOORS)))
def test_whatever_is_given_is_taken_or_refused(small: cogov.Scenario, door: int) -> None:
    taken = 0
    rounds = ROUNDS // len(DOORS)
    for number in range(rounds):
        dice = random.Random(1000 * door + number)
        try:
            DOORS[door](small, dice)
            taken += 1
        except cogov.InternalError:
            raise
        except (cogov.Error, TypeError, ValueError) as refused:
            assert str(refused), f"door {door}, number {number}: refused without a word"
    assert taken < rounds, "nothing is refused"
