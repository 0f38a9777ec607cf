"""Do two frameworks tell the same story? Differences of outcomes against Monte Carlo error."""

import math
from statistics import fmean, variance

LIMIT = 3.5
CITIZENS = ["raised", "closed", "substantive", "abandoned", "waited", "pending", "online",
            "trust", "expectation", "satisfaction"]
VIRUS = ["susceptible", "infected", "resistant"]
TICKS = (20, 40, 60)


def numbers(text):
    """Printed lines as lists of numbers, without their first column."""
    return [[float(x) for x in line.split(",")[1:]] for line in text.splitlines()]


def z(difference, error):
    if error > 0:
        return difference / error
    return 0.0 if difference == 0 else math.inf


def spread_of_squares(seeds):
    """Mean and variance of the square of a t-distributed number with two groups of `seeds`."""
    v = 2 * seeds - 2
    return v / (v - 2), 2 * v * v * (v - 1) / ((v - 2) ** 2 * (v - 4))


def citizens(ours, theirs):
    """Rows of the check; `ours` and `theirs` hold, by seed, lines of cells."""
    seeds, cells = len(ours), len(ours[0])
    rows = []
    for k, name in enumerate(CITIZENS):
        column = lambda runs, c: [run[c][k] for run in runs]
        means = [(fmean(column(ours, c)), fmean(column(theirs, c))) for c in range(cells)]
        errors = [(variance(column(ours, c)) + variance(column(theirs, c))) / seeds
                  for c in range(cells)]
        here, there = fmean(a for a, _ in means), fmean(b for _, b in means)
        error = math.sqrt(sum(errors)) / cells
        squares = [z(a - b, math.sqrt(e)) ** 2 for (a, b), e in zip(means, errors)]
        expected, scatter = spread_of_squares(seeds)
        by_cell = (fmean(squares) - expected) / math.sqrt(scatter / cells)
        rows.append((name, here, there, error, z(there - here, error), by_cell))
    return rows


def virus(ours, theirs):
    """Rows of the check; `ours` and `theirs` hold, by seed, lines of ticks."""
    rows = []
    for tick in TICKS:
        for k, name in enumerate(VIRUS):
            here, there = ([run[tick - 1][k] for run in runs] for runs in (ours, theirs))
            error = math.sqrt(variance(here) / len(here) + variance(there) / len(there))
            a, b = fmean(here), fmean(there)
            rows.append((f"{name} at {tick}", a, b, error, z(b - a, error), 0.0))
    return rows


def agrees(rows):
    return all(abs(z) <= LIMIT and by_cell <= LIMIT for *_, z, by_cell in rows)
