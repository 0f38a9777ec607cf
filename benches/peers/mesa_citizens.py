"""The month of citizens as a Mesa 3 model: an agent for every cell and for every citizen."""

import math
import sys

from mesa import Agent, Model

CELLS = 100


class Cell(Agent):
    """A jurisdiction: what its citizens meet, and what they add up to."""

    def __init__(self, model, number):
        super().__init__(model)
        x = number / (CELLS - 1)
        quality, sharing, stretch = 0.3 + 0.4 * x, 0.6 * (1 - x), 1 + 0.6 * 0.3
        missed = 0.7 * (1 - quality * (0.3 + 0.7 * sharing)) * (1 - 0.3 * 0.1)
        self.capacity = 0.024 * (1 + 0.6 * quality * sharing) * stretch
        self.substance = (1 - missed) / stretch
        self.platform = 0.2 + 0.6 * x
        self.remembered = 0.5
        self.citizens = 0
        self.raised = self.closed = self.substantive = self.abandoned = self.waited = 0
        self.clear()

    def clear(self):
        self.pending = self.on = 0
        self.free, self.put_off = [0, 0], [0, 0]
        self.trust = self.expectation = self.satisfaction = 0.0

    def prepare(self):
        """Settles the month before citizens live it."""
        base = 0.02 * math.exp(1.5 * (self.remembered - 0.5))
        self.raises = [min(base, 1), min(base * 1.5, 1)]
        self.raises_again = [1 - (1 - p) * 0.75 for p in self.raises]
        load = self.pending
        for u in (0, 1):
            load += (self.free[u] - self.put_off[u]) * self.raises[u]
            load += self.put_off[u] * self.raises_again[u]
        self.closing = min(self.capacity * self.citizens / load, 1)
        self.performance = self.closing * self.substance
        self.spillover = 0.5 * (self.closing - self.performance)
        bass = 0.004 + 0.09 * self.on / self.citizens
        self.online = bass * min(2 * self.platform, 1.5) * 1.2
        self.remembered += 0.2 * (self.closing - self.remembered)
        self.clear()


class Citizen(Agent):
    def __init__(self, model, cell):
        super().__init__(model)
        self.cell = cell
        self.literacy = self.random.random()
        self.online = self.random.random() < 0.1
        self.trust, self.expectation, self.satisfaction = 0.4, 0.5, 0.0
        self.put_off = False
        self.waiting = 0
        cell.citizens += 1
        self.count()

    def count(self):
        cell = self.cell
        if self.online:
            cell.on += 1
        if self.waiting:
            cell.pending += 1
        else:
            cell.free[self.online] += 1
            if self.put_off:
                cell.put_off[self.online] += 1
        cell.trust += self.trust
        cell.expectation += self.expectation
        cell.satisfaction += self.satisfaction

    def request(self):
        """Demand and service; returns what an own case that ended was worth."""
        cell, luck, waited = self.cell, self.random.random, self.waiting
        if not waited:
            raises = cell.raises_again if self.put_off else cell.raises
            self.put_off = False
            if luck() >= raises[self.online]:
                return None
            cell.raised += 1
        self.waiting = 0
        if luck() < cell.closing:
            cell.closed += 1
            cell.waited += waited
            if luck() < cell.substance:
                cell.substantive += 1
                return 1.0
            self.put_off = True
            return 0.0
        if luck() < 0.25:
            cell.abandoned += 1
            return 0.0
        self.waiting = waited + 1
        return None

    def experience(self, own):
        cell, expected = self.cell, self.expectation
        p = cell.performance
        if own is not None:
            p = 0.5 * p + 0.5 * own
        satisfaction = 0.6 + 0.4 * (p - 0.3) + 0.6 * (p - expected)
        self.satisfaction = min(max(satisfaction, 0.0), 1.0)
        change = p + cell.spillover - expected
        rate = 0.15 if change > 0 else 0.05
        self.expectation = min(max(expected + rate * change, 0.0), 1.0)
        trust = self.trust + 0.1 * (self.satisfaction - self.trust)
        self.trust = min(max(trust, 0.0), 1.0)

    def go_online(self):
        if not self.online and self.literacy >= 0.3:
            self.online = self.random.random() < self.cell.online * self.trust

    def live(self):
        self.experience(self.request())
        self.go_online()
        self.count()


class Country(Model):
    def __init__(self, citizens, seed):
        super().__init__(seed=seed)
        cells = list(Cell.create_agents(self, CELLS, list(range(CELLS))))
        homes = [cells[i * CELLS // citizens] for i in range(citizens)]
        Citizen.create_agents(self, citizens, homes)

    def step(self):
        self.agents_by_type[Cell].do("prepare")
        self.agents_by_type[Citizen].do("live")


def main():
    citizens, months, seed = map(int, sys.argv[1:])
    country = Country(citizens, seed)
    for _ in range(months):
        country.step()
    for number, c in enumerate(country.agents_by_type[Cell]):
        means = (c.trust / c.citizens, c.expectation / c.citizens, c.satisfaction / c.citizens)
        events = (c.raised, c.closed, c.substantive, c.abandoned, c.waited)
        print(number, *events, c.pending, c.on, *means, sep=",")


if __name__ == "__main__":
    main()
