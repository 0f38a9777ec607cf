//! Luck hangs on who an agent is: not on its place in a file, and not on who else is there.

use std::sync::Arc;

use cogov::intervention::Policy;
use cogov::scenario::Scenario;
use cogov::simulation::{Onward, Run, Simulation};
use cogov::world::country::Country;
use cogov::world::geography::Geography;
use cogov::world::levers::{Change, Lever};
use cogov::world::network::{Edge, Network};

use crate::acts::{policy, simulate, with};
use crate::value;
use crate::world::{START, baseline, small};

/// The province that is taken out of the small country.
const CHOSEN: usize = 2;

/// The small country without anything that leads from one province to another.
fn apart() -> Scenario {
    let weights = [
        ("sharing.peer_pressure", 0.0),
        ("diffusion.peer_effect", 0.0),
        ("diffusion.intercept", -5.0),
        ("security.base_hazard", 0.1),
        ("sharing.noise", 0.4),
    ];
    let mut scenario = with(small(), &weights);
    scenario.geography.adjacency.clear();
    scenario.geography.alliances.clear();
    scenario.geography.pairings.clear();
    scenario.history.first_platforms = vec![CHOSEN];
    scenario
}

/// The chosen province alone, measured by its country.
fn alone(mut scenario: Scenario) -> Scenario {
    let whole = &scenario.geography;
    scenario.geography = Geography {
        regions: vec![whole.provinces[CHOSEN].region.clone()],
        provinces: vec![whole.provinces[CHOSEN].clone()],
        whole: Some(whole.yardstick()),
        ..Geography::default()
    };
    scenario.history.first_platforms = vec![0];
    scenario
}

/// A run in which governments have ties inside their province only.
fn run(scenario: Scenario, policy: &Policy) -> Run {
    let mut country = Country::new(scenario.geography.clone(), scenario.population, START);
    let province = |id: u32| country.governments[id as usize].province;
    let inside =
        |edge: &&Edge| province(edge.from).is_some() && province(edge.from) == province(edge.to);
    let edges = country.network.edges().iter().filter(inside);
    let ties: Vec<_> = edges.map(|edge| (edge.from, edge.to, edge.tie)).collect();
    country.network = Network::new(country.governments.len(), ties);
    Simulation::in_country(Arc::new(scenario), Arc::new(country))
        .run(policy, 1, false, |_| Onward::Continue)
        .expect("nobody stops it")
}

/// All outcomes of a province in a month, to the bit.
fn row(run: &Run, month: usize, scope: usize) -> Vec<u64> {
    let values = run.record.row(month, scope).iter();
    values.map(|value| value.to_bits()).collect()
}

#[test]
fn a_province_alone_is_what_it_is_in_the_whole() {
    let mut mean_field = apart();
    mean_field.population.mean_field = true;
    for scenario in [apart(), mean_field] {
        let mut shared = 0.0;
        for policy in [baseline(), policy(Lever::Mandate, Change::Add(2.0), 1.0)] {
            let [whole, part] =
                [scenario.clone(), alone(scenario.clone())].map(|scenario| run(scenario, &policy));
            let regions = scenario.geography.regions.len();
            for month in 0..48 {
                let here = row(&whole, month, 1 + regions + CHOSEN);
                assert_eq!(here, row(&part, month, 2), "month {month}");
            }
            shared += value(&part, 47, 2, "data_sharing_rate");
        }
        assert!(shared > 0.0, "somebody shares");
    }
}

/// Sums may differ in their last bits; luck may not.
#[test]
fn provinces_keep_their_luck_in_another_order() {
    let straight = with(small(), &[("diffusion.intercept", -5.0)]);
    let mut reversed = straight.clone();
    let geography = &mut reversed.geography;
    geography.provinces.reverse();
    let turn = |province: usize| 3 - province;
    for (a, b) in &mut geography.adjacency {
        (*a, *b) = (turn(*a), turn(*b));
    }
    for member in &mut geography.alliances[0].members {
        member.province = turn(member.province);
    }
    let pairing = &mut geography.pairings[0];
    (pairing.supporter, pairing.partner) = (turn(pairing.supporter), turn(pairing.partner));
    reversed.history.first_platforms = vec![turn(0)];
    let mut random = policy(Lever::Mandate, Change::Add(2.0), 1.0);
    random.interventions[0].target.random_share = Some(0.4);
    let [one, other] = [&straight, &reversed].map(|scenario| simulate(scenario, &random, 0));
    for month in 0..48 {
        for province in 0..4 {
            for outcome in [
                "data_sharing_rate",
                "capacity",
                "online_share",
                "fear",
                "trust",
            ] {
                let here = value(&one, month, 3 + province, outcome);
                let there = value(&other, month, 3 + turn(province), outcome);
                let where_ = format!("{outcome} of {province} in month {month}");
                assert!((here - there).abs() < 1e-9, "{where_}: {here} and {there}");
            }
        }
    }
}
