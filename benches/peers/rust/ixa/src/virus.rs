//! Virus on a network as an ixa model: nodes are entities with an indexed status, joined by edges.

use ixa::ExecutionPhase;
use ixa::prelude::*;

define_entity!(Node);
define_property!(
    enum Status {
        Susceptible,
        Infected,
        Resistant,
    },
    Node,
    default_const = Status::Susceptible
);
define_edge_type!(struct Link, Node);
define_rng!(WiringRng);
define_rng!(SpreadRng);
define_rng!(RecoveryRng);

/// Joins random pairs until the mean degree is 6.
fn wire(context: &mut Context, nodes: &[NodeId]) {
    let mut wanted = 3 * nodes.len();
    while wanted > 0 {
        let a = nodes[context.sample_range(WiringRng, 0..nodes.len())];
        let b = nodes[context.sample_range(WiringRng, 0..nodes.len())];
        if a != b && context.get_edge::<Node, Link>(a, b).is_none() {
            context.add_edge_bidi(a, b, 1.0, Link).unwrap();
            wanted -= 1;
        }
    }
}

fn spread(context: &mut Context, from: NodeId) {
    for edge in context.get_edges::<Node, Link>(from) {
        let status: Status = context.get_property(edge.neighbor);
        if status == Status::Susceptible && context.sample_bool(SpreadRng, 0.025) {
            context.set_property(edge.neighbor, Status::Infected);
        }
    }
}

fn check(context: &mut Context, node: NodeId) {
    if context.sample_bool(RecoveryRng, 0.05) {
        let gained = context.sample_bool(RecoveryRng, 0.05);
        let after = if gained {
            Status::Resistant
        } else {
            Status::Susceptible
        };
        context.set_property(node, after);
    }
}

fn count(context: &Context, status: Status) -> usize {
    context.query_entity_count(with!(Node, status))
}

fn tick(context: &mut Context) {
    let infected = |context: &Context| context.query(with!(Node, Status::Infected)).to_owned_vec();
    for node in infected(context) {
        spread(context, node);
    }
    for node in infected(context) {
        check(context, node);
    }
    println!(
        "{},{},{},{}",
        context.get_current_time() + 1.0,
        count(context, Status::Susceptible),
        count(context, Status::Infected),
        count(context, Status::Resistant)
    );
}

fn main() {
    let asked: Vec<u64> = std::env::args()
        .skip(1)
        .map(|a| a.parse().unwrap())
        .collect();
    let mut context = Context::new();
    context.init_random(asked[2]);
    context.index_property::<Node, Status>();
    let add = |_| context.add_entity(with!(Node)).unwrap();
    let nodes: Vec<NodeId> = (0..asked[0]).map(add).collect();
    wire(&mut context, &nodes);
    for node in context.sample_entities(WiringRng, with!(Node), nodes.len() / 100) {
        context.set_property(node, Status::Infected);
    }
    if asked[1] > 0 {
        context.add_periodic_plan_with_phase(1.0, tick, ExecutionPhase::Normal);
        // a periodic plan alone does not keep the simulation going
        context.add_plan(asked[1] as f64 - 1.0, |_| {});
        context.execute();
    }
}
