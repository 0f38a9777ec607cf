"""Virus on a network as a Mesa 3 model: an agent on every node of a NetworkX graph."""

import sys
from enum import Enum

import networkx as nx
from mesa import Model
from mesa.discrete_space import FixedAgent, Network


class State(Enum):
    SUSCEPTIBLE = 0
    INFECTED = 1
    RESISTANT = 2


class Node(FixedAgent):
    def __init__(self, model, cell):
        super().__init__(model)
        self.cell = cell
        self.state = State.SUSCEPTIBLE

    def spread(self):
        for other in self.cell.neighborhood.agents:
            if other.state is State.SUSCEPTIBLE and self.random.random() < 0.025:
                other.state = State.INFECTED

    def check(self):
        if self.random.random() < 0.05:
            gained = self.random.random() < 0.05
            self.state = State.RESISTANT if gained else State.SUSCEPTIBLE


class Epidemic(Model):
    def __init__(self, nodes, seed):
        super().__init__(seed=seed)
        graph = nx.gnm_random_graph(nodes, 3 * nodes, seed=seed)
        # nobody asks where a node lies, and a layout takes longer than all else
        self.network = Network(graph, capacity=1, random=self.random, layout=None)
        Node.create_agents(self, nodes, list(self.network.all_cells))
        for node in self.random.sample(list(self.agents), nodes // 100):
            node.state = State.INFECTED

    def infected(self):
        return self.agents.select(lambda node: node.state is State.INFECTED)

    def step(self):
        self.infected().do("spread")
        self.infected().do("check")

    def count(self, state):
        return sum(node.state is state for node in self.agents)


def main():
    nodes, ticks, seed = map(int, sys.argv[1:])
    epidemic = Epidemic(nodes, seed)
    for tick in range(1, ticks + 1):
        epidemic.step()
        print(tick, *map(epidemic.count, State), sep=",")


if __name__ == "__main__":
    main()
