//! Virus on a network the way cogov is built: ties frozen into a compressed sparse row matrix,
//! nodes as columns of one component, a draw a pure function of tick and node.
//!
//! A node keeps the number of its infected neighbours, which changes only where a node changes, so
//! a tick is one pass over two columns of bytes and one draw a node.

use bevy_ecs::prelude::{
    Component, IntoScheduleConfigs, Query, Res, ResMut, Resource, Schedule, World,
};
use cogov::chance::{self, Chance, Draw};
use petgraph::csr::Csr;

const WIRING: Draw = Draw::new(951, 0);
const OUTBREAK: Draw = Draw::new(951, 1);
const CASE: Draw = Draw::new(951, 2);

const SUSCEPTIBLE: u8 = 0;
const INFECTED: u8 = 1;
const RESISTANT: u8 = 2;
const SPREAD: f32 = 0.025;
const RECOVERY: f32 = 0.05;
const RESISTANCE: f32 = 0.05;
const CHUNK: usize = 512;

#[derive(Resource)]
struct Network(Csr<(), ()>);

#[derive(Resource)]
struct Luck(Chance);

#[derive(Resource, Default)]
struct Tick(u32);

/// Nodes that fell ill or recovered in this tick.
#[derive(Resource, Default)]
struct Changed(Vec<u32>);

/// Probability that something happens to a node, by its status and number of infected neighbours:
/// the susceptible fall ill, the infected recover.
#[derive(Resource)]
struct Risk([[f32; 256]; 3]);

#[derive(Component)]
struct Nodes {
    status: Vec<u8>,
    exposed_to: Vec<u8>,
}

/// Status of a node to which something happens; `share` is uniform again.
fn status_after(status: u8, share: f32) -> u8 {
    let (recovers, resists) = if status == INFECTED {
        (true, share < RESISTANCE)
    } else {
        (share < RECOVERY, share < RECOVERY * RESISTANCE)
    };
    match (recovers, resists) {
        (false, _) => INFECTED,
        (true, true) => RESISTANT,
        (true, false) => SUSCEPTIBLE,
    }
}

fn step(
    luck: Res<Luck>,
    tick: Res<Tick>,
    risk: Res<Risk>,
    mut changed: ResMut<Changed>,
    mut nodes: Query<&mut Nodes>,
) {
    let mut words = luck.0.words(CASE, tick.0, 0);
    let mut draws = [0; CHUNK];
    changed.0.clear();
    for mut nodes in &mut nodes {
        let Nodes { status, exposed_to } = &mut *nodes;
        for (chunk, status) in status.chunks_mut(CHUNK).enumerate() {
            words.fill(&mut draws[..status.len()]);
            let exposed_to = &exposed_to[chunk * CHUNK..][..status.len()];
            for i in 0..status.len() {
                let before = status[i];
                let risk = risk.0[usize::from(before)][usize::from(exposed_to[i])];
                let luck = chance::unit(draws[i]);
                if luck < risk {
                    status[i] = status_after(before, luck / risk);
                    if (before == INFECTED) != (status[i] == INFECTED) {
                        changed.0.push((chunk * CHUNK + i) as u32);
                    }
                }
            }
        }
    }
}

/// Tells neighbours of what changed.
fn expose(network: Res<Network>, changed: Res<Changed>, mut nodes: Query<&mut Nodes>) {
    for mut nodes in &mut nodes {
        let Nodes { status, exposed_to } = &mut *nodes;
        for &node in &changed.0 {
            let ill = status[node as usize] == INFECTED;
            for &other in network.0.neighbors_slice(node) {
                let count = &mut exposed_to[other as usize];
                *count = if ill { *count + 1 } else { *count - 1 };
            }
        }
    }
}

/// Random pairs until the mean degree is 6.
fn wire(chance: &Chance, nodes: u32) -> Csr<(), ()> {
    let mut words = chance.words(WIRING, 0, 0);
    let mut pick = || {
        let mut word = [0];
        words.fill(&mut word);
        ((u64::from(word[0]) * u64::from(nodes)) >> 32) as u32
    };
    let wanted = 3 * nodes as usize;
    let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(wanted);
    while pairs.len() < wanted {
        while pairs.len() < wanted {
            let (a, b) = (pick(), pick());
            if a != b {
                pairs.push((a.min(b), a.max(b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
    }
    let mut directed: Vec<(u32, u32)> = pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect();
    drop(pairs);
    directed.sort_unstable();
    let mut rows = Csr::from_sorted_edges(&directed).expect("pairs are sorted and distinct");
    while rows.node_count() < nodes as usize {
        rows.add_node(());
    }
    rows
}

/// Nodes of which exactly a hundredth is infected: those with the lowest draws.
fn outbreak(chance: &Chance, nodes: usize) -> Vec<u32> {
    let mut draws = vec![0; nodes];
    chance.words(OUTBREAK, 0, 0).fill(&mut draws);
    let mut order: Vec<u32> = (0..nodes as u32).collect();
    order.select_nth_unstable_by_key(nodes / 100, |&i| (draws[i as usize], i));
    order.truncate(nodes / 100);
    order
}

fn world(nodes: usize, seed: u64) -> World {
    let chance = Chance::new(seed, 0);
    let network = Network(wire(&chance, nodes as u32));
    let infected = outbreak(&chance, nodes);
    let mut status = vec![SUSCEPTIBLE; nodes];
    infected.iter().for_each(|&i| status[i as usize] = INFECTED);
    let mut world = World::new();
    world.spawn(Nodes {
        status,
        exposed_to: vec![0; nodes],
    });
    world.insert_resource(network);
    world.insert_resource(Luck(chance));
    world.insert_resource(Tick::default());
    world.insert_resource(Changed(infected));
    let ill = std::array::from_fn(|k| 1.0 - (1.0 - SPREAD).powi(k as i32));
    world.insert_resource(Risk([ill, [RECOVERY; 256], [0.0; 256]]));
    let mut start = Schedule::default();
    start.add_systems(expose).run(&mut world);
    world
}

fn main() {
    let asked: Vec<u64> = std::env::args()
        .skip(1)
        .map(|a| a.parse().unwrap())
        .collect();
    let mut world = world(asked[0] as usize, asked[2]);
    let mut schedule = Schedule::default();
    schedule.add_systems((step, expose).chain());
    for tick in 1..=asked[1] as u32 {
        world.resource_mut::<Tick>().0 = tick;
        schedule.run(&mut world);
        let mut counts = [0; 3];
        for nodes in world.query::<&Nodes>().iter(&world) {
            for status in [SUSCEPTIBLE, INFECTED, RESISTANT] {
                let of = nodes.status.iter().filter(|other| **other == status);
                counts[usize::from(status)] += of.count();
            }
        }
        println!("{tick},{},{},{}", counts[0], counts[1], counts[2]);
    }
}
