//! Virus on a network: henad's own example model, stepped by its engine without drawing.

use henad::authoring::network_model_param_descriptors;
use henad::engine::NetworkModelState;
use henad::models::virus_network::VirusNetwork;
use henad::params::ParamValue;
use henad::runner::SimState;
use henad::stats::StatValue;

/// The model's default parameters, with another size of population and outbreak.
fn parameters(nodes: u32) -> Vec<ParamValue> {
    let descriptors = network_model_param_descriptors::<VirusNetwork>();
    let value = |id| match id {
        "num_agents" => Some(ParamValue::U32(nodes)),
        "initial_outbreak_size" => Some(ParamValue::U32(nodes / 100)),
        _ => None,
    };
    descriptors
        .iter()
        .map(|d| value(d.id).unwrap_or_else(|| d.kind.default_value()))
        .collect()
}

fn main() {
    let asked: Vec<u64> = std::env::args()
        .skip(1)
        .map(|a| a.parse().unwrap())
        .collect();
    let params = parameters(asked[0] as u32);
    let mut state = NetworkModelState::<VirusNetwork>::from_params_seeded(&params, Some(asked[2]));
    for tick in 1..=asked[1] {
        state.step();
        let counts = state.stats().into_iter().map(|entry| match entry.value {
            StatValue::Scalar(count) => format!(",{count}"),
            _ => String::new(),
        });
        println!("{tick}{}", counts.collect::<String>());
    }
}
