//! Virus on a network as a krABMaga model: nodes are agents and the objects of a `Network` field.

use std::any::Any;
use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};

use krabmaga::engine::agent::Agent;
use krabmaga::engine::fields::field::Field;
use krabmaga::engine::fields::network::{EdgeOptions, Network};
use krabmaga::engine::schedule::Schedule;
use krabmaga::engine::state::State;
use krabmaga::rand::seq::index;
use krabmaga::rand::{Rng, SeedableRng};
use krabmaga::rand_pcg::Pcg64Mcg;

#[derive(Clone, Copy, PartialEq)]
enum Status {
    Susceptible,
    Infected,
    Resistant,
}

#[derive(Clone, Copy)]
struct Node {
    id: u32,
    status: Status,
}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Node {}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.id)
    }
}

impl Agent for Node {
    fn step(&mut self, state: &mut dyn State) {
        let epidemic = state.as_any_mut().downcast_mut::<Epidemic>().unwrap();
        let Epidemic { network, rng, .. } = epidemic;
        if self.status == Status::Susceptible {
            for edge in network.get_edges(*self).unwrap_or_default() {
                let other = network.get_object(edge.v).unwrap();
                if other.status == Status::Infected && rng.random_bool(0.025) {
                    self.status = Status::Infected;
                    break;
                }
            }
        }
        if self.status == Status::Infected && rng.random_bool(0.05) {
            let gained = rng.random_bool(0.05);
            self.status = if gained {
                Status::Resistant
            } else {
                Status::Susceptible
            };
        }
        network.update_node(*self);
        epidemic.counts[self.status as usize] += 1;
    }
}

struct Epidemic {
    nodes: u32,
    network: Network<Node, String>,
    rng: Pcg64Mcg,
    counts: [u32; 3],
}

impl Epidemic {
    /// Joins random pairs until the mean degree is 6.
    fn wire(&mut self, nodes: &[Node]) {
        let mut joined = HashSet::new();
        while joined.len() < 3 * nodes.len() {
            let a = nodes[self.rng.random_range(0..nodes.len())];
            let b = nodes[self.rng.random_range(0..nodes.len())];
            if a != b && joined.insert((a.id.min(b.id), a.id.max(b.id))) {
                self.network.add_edge(a, b, EdgeOptions::Simple);
            }
        }
    }
}

impl State for Epidemic {
    fn init(&mut self, schedule: &mut Schedule) {
        let mut nodes: Vec<Node> = (0..self.nodes)
            .map(|id| Node {
                id,
                status: Status::Susceptible,
            })
            .collect();
        for i in index::sample(&mut self.rng, nodes.len(), nodes.len() / 100) {
            nodes[i].status = Status::Infected;
        }
        for node in &nodes {
            self.network.add_node(*node);
            schedule.schedule_repeating(Box::new(*node), 0.0, 0);
        }
        self.wire(&nodes);
    }

    fn before_step(&mut self, _schedule: &mut Schedule) {
        self.counts = [0; 3];
    }

    fn update(&mut self, _step: u64) {
        self.network.lazy_update();
    }

    fn reset(&mut self) {}

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn as_state(&self) -> &dyn State {
        self
    }

    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }
}

fn main() {
    let asked: Vec<u64> = std::env::args()
        .skip(1)
        .map(|a| a.parse().unwrap())
        .collect();
    let mut epidemic = Epidemic {
        nodes: asked[0] as u32,
        network: Network::new(false),
        rng: Pcg64Mcg::seed_from_u64(asked[2]),
        counts: [0; 3],
    };
    let mut schedule = Schedule::new();
    epidemic.init(&mut schedule);
    for tick in 1..=asked[1] {
        schedule.step(&mut epidemic);
        let [susceptible, infected, resistant] = epidemic.counts;
        println!("{tick},{susceptible},{infected},{resistant}");
    }
}
