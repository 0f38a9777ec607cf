//! What holds of every valid scenario, whatever it says.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use bevy_ecs::prelude::World;
use cogov::chance::Chance;
use cogov::experiment::runs::digest::Detail;
use cogov::intervention::targeting::Target;
use cogov::model;
use cogov::model::GROUPS;
use cogov::model::ledger::Record;
use cogov::model::outcome::OUTCOMES;
use cogov::output::folder::Kind;
use cogov::output::folder::manifest::Manifest;
use cogov::scenario::{GivenTexts, Overrides, Scenario, load_texts};
use cogov::simulation::Simulation;
use cogov::world::clock::Clock;
use cogov::world::community::{Cell, Community, Tally};
use cogov::world::finite::first_beyond;
use cogov::world::government::{Exposure, Openness, Participation, Stocks};
use cogov::world::levers::{LEVERS, Reach};
use cogov::world::network::Ties;
use proptest::prelude::*;

use crate::files::FILES;

/// Parameters with values from all of their plausible ranges.
fn values() -> impl Strategy<Value = BTreeMap<String, f64>> {
    let all: Vec<(String, (f64, f64))> = GROUPS
        .iter()
        .flat_map(|group| {
            let named = |name: &str| format!("{}.{name}", group.name);
            group
                .parameters
                .iter()
                .map(move |one| (named(one.name), one.plausible))
        })
        .collect();
    let one = (prop::sample::select(all), 0.0..=1.0_f64)
        .prop_map(|((name, (low, high)), share)| (name, low + share * (high - low)));
    prop::collection::vec(one, 0..12).prop_map(|all| all.into_iter().collect())
}

/// An intervention as a scenario writes it.
fn intervention() -> impl Strategy<Value = String> {
    let change = (
        prop::sample::select(LEVERS.to_vec()),
        0.0..=1.0_f64,
        0..3_u8,
    )
        .prop_map(|(row, x, how)| {
            let (low, high) = (row.bounds.0.max(0.0), row.bounds.1.min(1.0));
            let key = ["add", "multiply", "set"][usize::from(how)];
            let amount = if how == 2 { low + x * (high - low) } else { x };
            format!(
                "changes = [{{ lever = \"{}\", {key} = {amount:?} }}]",
                row.name
            )
        });
    let target = prop::sample::select(vec![
        "",
        "target = { level = \"frontline\" }",
        "target = { region = \"east\" }",
        "target = { random_share = 0.5 }",
        "target = { lowest = { by = \"openness\", share = 0.25 } }",
        "target = { lowest = { by = \"attention.platform\", share = 0.5 } }",
        "target = { alliance = \"capital\" }",
    ]);
    let terms = (
        0.0..=100.0_f64,
        0..40_u32,
        1..13_u32,
        any::<bool>(),
        0.0..=1e4_f64,
    );
    (change, target, terms).prop_map(|(change, target, (dose, ramp, month, stops, cost))| {
        let stop = if stops { "stop = \"2014-03\"\nhalf_life_months = 3\n" } else { "" };
        format!(
            "[[policy.intervention]]\nname = \"own {month}\"\nstart = \"2013-{month:02}\"\ndose = {dose:?}\nramp_months = {ramp}\n\
             cost_per_head_year = {cost:?}\nsetup_cost = {cost:?}\n{stop}{target}\n{change}\n"
        )
    })
}

/// A valid scenario as text.
fn study() -> impl Strategy<Value = String> {
    let run = (
        1..40_u32,
        1..5_u32,
        100..3000_u32,
        any::<bool>(),
        0..3_u32,
        any::<u64>(),
    );
    let words = (
        prop::sample::select(vec!["logit", "imitation"]),
        prop::sample::select(vec!["nation", "region", "province"]),
    );
    (run, words, intervention()).prop_map(
        |((months, replications, citizens, mean_field, departments, seed), (rule, series), measure)| {
            format!(
                "extends = \"base.toml\"\n[run]\nmonths = {months}\nreplications = {replications}\nseed = {}\n\
                 [population]\ncitizens = {citizens}\nmean_field = {mean_field}\n[network]\ndepartments = {departments}\n\
                 [output]\nseries = \"{series}\"\n[sharing]\nrule = \"{rule}\"\n[[policy]]\nname = \"p\"\n{measure}",
                seed >> 1
            )
        },
    )
}

fn loaded(study: &str, values: &BTreeMap<String, f64>) -> Option<Scenario> {
    let mut texts: BTreeMap<String, String> = FILES
        .into_iter()
        .map(|(name, text)| (name.into(), text.into()))
        .collect();
    texts.insert("study.toml".into(), study.into());
    let given = GivenTexts {
        texts,
        beside: Some(Vec::new()),
    };
    let overrides = Overrides {
        set: values
            .iter()
            .map(|(name, value)| format!("{name}={value:?}"))
            .collect(),
        ..Overrides::default()
    };
    let loaded = load_texts("study.toml", given, Path::new("/nowhere"), &overrides);
    // a share of few governments may round to nobody, and effort may leave nothing: both are refused
    loaded.ok().map(|loaded| loaded.scenario)
}

/// Shares of what is shared, counted and felt lie between 0 and 1; all is finite.
fn states_are_sound(world: &mut World) {
    assert_eq!(first_beyond(world), None);
    let share = |x: f64| (0.0..=1.0).contains(&x);
    let mut governments = world.query::<(&Stocks, &Openness, &Exposure, &Participation)>();
    for (stocks, openness, exposure, participation) in governments.iter(world) {
        assert!(share(stocks.institution) && share(stocks.platform) && share(stocks.capacity));
        assert!(share(openness.0) && exposure.fear >= 0.0);
        assert!(share(participation.enterprises) && share(participation.organisations));
    }
    for community in world.query::<&Community>().iter(world) {
        let all = community.trust.iter().chain(community.expectation.iter());
        assert!(all.into_iter().all(|x| share(f64::from(*x))));
    }
    assert!(world.resource::<Ties>().belief.iter().all(|x| share(*x)));
}

/// Requests raised are closed, given up or still open.
fn requests_are_conserved(world: &mut World, open: &mut Vec<i64>) {
    for (cell, tally) in world.query::<(&Cell, &Tally)>().iter(world) {
        let at = cell.index as usize;
        open.resize(open.len().max(at + 1), 0);
        let carried = std::mem::replace(&mut open[at], tally.pending);
        assert_eq!(
            tally.raised,
            tally.closed + tally.abandoned + tally.pending - carried
        );
        assert!(tally.substantive <= tally.closed && tally.pending >= 0);
    }
}

fn outcomes_are_sound(record: &Record) {
    let outcomes = OUTCOMES.iter().cycle();
    for (outcome, value) in outcomes.zip(&record.values) {
        assert!(!value.is_infinite(), "{}", outcome.name);
        let share = outcome.unit.starts_with("share");
        assert!(
            !share || value.is_nan() || (0.0..=1.0).contains(value),
            "{}: {value}",
            outcome.name
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_month_of_every_scenario_keeps_the_invariants(study in study(), values in values()) {
        let Some(scenario) = loaded(&study, &values) else { return Ok(()) };
        let simulation = Simulation::new(Arc::new(scenario));
        let scenario = simulation.scenario();
        let mut world = simulation.world(&scenario.policies[1], 0, false);
        let (mut month, mut open) = (model::month(), Vec::new());
        for t in 0..scenario.months {
            world.resource_mut::<Clock>().month = t;
            month.run(&mut world);
            states_are_sound(&mut world);
            if !scenario.population.mean_field {
                requests_are_conserved(&mut world, &mut open);
            }
        }
        outcomes_are_sound(world.resource::<Record>());
    }

    #[test]
    fn a_scenario_is_read_back_as_it_was_written(study in study(), values in values()) {
        let Some(scenario) = loaded(&study, &values) else { return Ok(()) };
        let begin = |of: &Scenario| Manifest::begin(Kind::Policies, of, (None, Detail::Full), Vec::new(), Vec::new());
        let manifest = begin(&scenario);
        let (read, again) = Manifest::of_text(&manifest.text(&scenario)).map_err(TestCaseError::fail)?;
        prop_assert!(again == scenario && read == manifest && begin(&again) == manifest);
    }

    #[test]
    fn whom_a_share_reaches_a_larger_one_reaches_too(
        study in study(), a in 0.0..=1.0_f64, b in 0.0..=1.0_f64, seed in any::<u64>(),
    ) {
        let Some(scenario) = loaded(&study, &BTreeMap::new()) else { return Ok(()) };
        let simulation = Simulation::new(Arc::new(scenario));
        let chance = Chance::new(seed, 0);
        let reached = |share: f64| {
            let target = Target { random_share: Some(share), ..Target::default() };
            match target.reach(simulation.country(), &chance) {
                Reach::Fixed(who) => who,
                Reach::Lowest { .. } => Vec::new(),
            }
        };
        let (few, many) = (reached(a.min(b)), reached(a.max(b)));
        prop_assert!(few.iter().all(|one| many.contains(one)));
        let all = simulation.country().governments.len() as f64;
        prop_assert_eq!(many.len(), (a.max(b) * all).round() as usize);
    }
}
