//! The same question gives the same bytes, and only what a policy can reach is changed by it.

mod common;

use std::sync::Arc;

use cogov::intervention::targeting::Target;
use cogov::model::outcome::OUTCOMES;
use cogov::simulation::{Onward, Simulation};
use cogov::world::levers::{Change, LEVERS, Lever};
use common::*;

#[test]
fn a_run_repeats_itself_and_replications_differ() {
    let first = simulate(&small(), &baseline(), 0);
    assert!(bits(&first) == bits(&simulate(&small(), &baseline(), 0)));
    assert!(bits(&first) != bits(&simulate(&small(), &baseline(), 1)));
}

#[test]
fn a_policy_with_dose_0_is_the_baseline_to_the_last_bit() {
    let baseline = bits(&simulate(&small(), &baseline(), 0));
    for row in LEVERS {
        for change in [Change::Add(0.4), Change::Multiply(0.5), Change::Set(0.9)] {
            let mut none = policy(row.lever, change, 0.0);
            none.interventions[0].cost.per_head_year = 5.0;
            let run = simulate(&small(), &none, 0);
            assert!(bits(&run) == baseline, "{} {change:?}", row.name);
        }
    }
}

#[test]
fn every_lever_moves_something() {
    let exposed = with(small(), &[("security.base_hazard", 0.05)]);
    let baseline = bits(&simulate(&exposed, &baseline(), 0));
    for row in LEVERS {
        let change = match row.lever {
            Lever::Equalisation | Lever::EnterpriseSupport | Lever::OrganisationSpace => 1.0,
            Lever::Protection => 4.0,
            Lever::EnterpriseBenefit => 50.0,
            Lever::IntegrationCost => 0.2,
            _ => 0.9,
        };
        let mut free = policy(row.lever, Change::Set(change), 1.0);
        free.interventions[0].cost.per_head_year = 0.0;
        let run = simulate(&exposed, &free, 0);
        assert!(bits(&run) != baseline, "{} does nothing", row.name);
    }
}

/// Provinces without a tie path to the one that is treated must not feel it.
#[test]
fn an_intervention_changes_nothing_where_no_tie_leads() {
    let mut scenario = small();
    scenario.geography.adjacency = vec![(0, 1)];
    scenario.geography.alliances.clear();
    scenario.geography.pairings.clear();
    // medians, peers and the centre tie all provinces together: without their weight no path is left
    let scenario = with(
        scenario,
        &[
            ("sharing.peer_pressure", 0.0),
            ("diffusion.peer_effect", 0.0),
        ],
    );
    let mut local = policy(Lever::Mandate, Change::Add(1.0), 1.0);
    local.interventions[0].cost.per_head_year = 0.0;
    local.interventions[0].target = Target {
        provinces: vec![0],
        levels: vec![cogov::world::government::Level::Prefecture],
        ..Target::default()
    };
    let (before, after) = (
        simulate(&scenario, &baseline(), 0),
        simulate(&scenario, &local, 0),
    );
    let scopes_before = 1 + scenario.geography.regions.len();
    let province = |run: &cogov::simulation::Run, i: usize, month: usize| -> Vec<u64> {
        let row = run.record.row(month, scopes_before + i);
        row.iter().map(|x| x.to_bits()).collect()
    };
    let changed = |i: usize| {
        (0..before.record.months()).any(|t| province(&before, i, t) != province(&after, i, t))
    };
    assert!(changed(0), "the treated province must change");
    // within the centre's reach ties lead everywhere, so the horizon is what two steps can carry
    let untouched = |i: usize| (0..13).all(|t| province(&before, i, t) == province(&after, i, t));
    assert!(untouched(2) && untouched(3));
}

#[test]
fn threads_and_the_order_of_blocks_change_no_bit() {
    let mut scenario = small();
    scenario.population.citizens_per_million = 3000.0;
    scenario.months = 12;
    let simulation = Simulation::new(Arc::new(scenario));
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let run = pool.install(|| simulation.run(&baseline(), 0, true, |_| Onward::Continue));
        bits(&run.unwrap())
    };
    let alone = simulation.run(&baseline(), 0, false, |_| Onward::Continue);
    let alone = bits(&alone.unwrap());
    for threads in [1, 2, 3, 7] {
        assert!(run(threads) == alone, "{threads} threads");
    }
}

#[test]
fn a_stopped_run_leaves_nothing() {
    let simulation = Simulation::new(Arc::new(small()));
    let stop_at_5 = |month| {
        if month == 5 {
            Onward::Stop
        } else {
            Onward::Continue
        }
    };
    assert!(simulation.run(&baseline(), 0, false, stop_at_5).is_none());
}

/// An outcome is a pure function of the month's sums: leaving one out changes no other.
#[test]
fn outcomes_do_not_depend_on_each_other() {
    let run = simulate(&small(), &baseline(), 0);
    let width = OUTCOMES.len();
    assert_eq!(
        run.record.values.len(),
        run.record.months() * run.record.scopes * width
    );
}

/// V16: identical provinces stay identical where chance is switched off.
#[test]
fn identical_provinces_stay_identical_without_noise() {
    let mut scenario = small();
    let one = province(0);
    for (i, province) in scenario.geography.provinces.iter_mut().enumerate() {
        *province = cogov::world::geography::Province {
            iso: format!("X-{i}"),
            region: province.region.clone(),
            ..one.clone()
        };
    }
    // a ring, so that every province has the same surroundings
    scenario.geography.adjacency = vec![(0, 1), (1, 2), (2, 3), (0, 3)];
    scenario.geography.alliances.clear();
    scenario.geography.pairings.clear();
    scenario.history.first_platforms.clear();
    let scenario = with(
        scenario,
        &[
            ("start.frailty_sd", 0.0),
            ("start.fiscal_scatter", 0.0),
            ("diffusion.intercept", -1e3),
            ("sharing.revision_rate", 1.0),
            ("sharing.noise", 1e-9),
            ("demand.base_rate", 0.0),
            ("security.base_hazard", 0.0),
        ],
    );
    let run = simulate(&scenario, &policy(Lever::Mandate, Change::Add(2.0), 1.0), 0);
    for month in 0..run.record.months() {
        assert!(
            value(&run, month, 0, "capacity_cv") < 1e-12,
            "month {month}"
        );
        let first = value(&run, month, 3, "data_sharing_rate");
        for scope in 4..7 {
            let other = value(&run, month, scope, "data_sharing_rate");
            assert_eq!(
                first.to_bits(),
                other.to_bits(),
                "month {month}, scope {scope}"
            );
        }
    }
    assert!(value(&run, 47, 0, "capacity") > 0.1);
}
