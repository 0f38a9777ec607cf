//! Compares the hindcast of platform launches with plainer models, out of sample:
//!
//! ```sh
//! cargo run --release --example hindcast
//! ```
//!
//! Each model has two numbers to fit, to the counts seen up to 2018-12 and to nothing later; then it
//! says the counts of 2019 and 2020. The competitors:
//!
//! - Bass (1969): launches per month `(p + q N / M) (M - N)` with `M` = 364 governments;
//! - a logistic curve with `M` = 364 and a free start: rate and month of its middle;
//! - an event-history logit with neighbours (Berry and Berry 1990): intercept and effect of
//!   neighbours, nothing else;
//! - the model with its intercept and one common effect of neighbours, peers and pressure, and the
//!   same without governments that never launch.
//!
//! The other numbers of the model were chosen when the later counts were known, so the comparison
//! favours it.

use std::path::Path;
use std::sync::Arc;

use bevy_ecs::prelude::{IntoScheduleConfigs, Schedule};
use cogov::model::ledger::{self, Record};
use cogov::model::outcome::position;
use cogov::model::{diffusion, policy};
use cogov::numeric::{self, mean};
use cogov::scenario::{Overrides, Scenario, load};
use cogov::simulation::Simulation;
use cogov::world::clock::Clock;
use rayon::prelude::*;

/// Month and count, as in `scenarios/china31/seen/platform_counts.csv`.
const FITTED: [(usize, f64); 3] = [(28, 4.0), (58, 20.0), (76, 56.0)];
const TOLD: [(usize, f64); 4] = [(80, 82.0), (88, 102.0), (92, 130.0), (98, 142.0)];
/// Governments that can launch, then those that had at the start.
const POTENTIAL: f64 = 364.0;
const START: f64 = 2.0;
const MONTHS: usize = 99;
const REPLICATIONS: u32 = 100;

/// Sum of squares of the errors of square roots, on which counts scatter alike at every size.
fn misfit(counts: &[f64]) -> f64 {
    let error = |(month, seen): (usize, f64)| libm::sqrt(counts[month]) - libm::sqrt(seen);
    FITTED.map(|point| error(point) * error(point)).iter().sum()
}

/// The two numbers that fit best, found on a grid that is drawn closer three times.
fn fit(
    mut centre: [f64; 2],
    mut width: [f64; 2],
    counts: &dyn Fn([f64; 2]) -> Vec<f64>,
) -> ([f64; 2], Vec<f64>) {
    let mut best = (f64::INFINITY, centre);
    for _ in 0..4 {
        for i in -3..=3 {
            for j in -3..=3 {
                let at = [i, j].map(|step| f64::from(step) / 3.0);
                let at = [centre[0] + width[0] * at[0], centre[1] + width[1] * at[1]];
                let misfit = misfit(&counts(at));
                if misfit < best.0 {
                    best = (misfit, at);
                }
            }
        }
        centre = best.1;
        width = width.map(|width| width / 2.5);
    }
    (centre, counts(centre))
}

fn bass([log_p, log_q]: [f64; 2]) -> Vec<f64> {
    let (p, q) = (libm::exp(log_p), libm::exp(log_q));
    let mut launched = START;
    let month = |_| {
        launched += (p + q * launched / POTENTIAL) * (POTENTIAL - launched);
        launched
    };
    (0..MONTHS).map(month).collect()
}

fn logistic([log_rate, middle]: [f64; 2]) -> Vec<f64> {
    let rate = libm::exp(log_rate);
    let count = |month: usize| POTENTIAL * numeric::logistic(rate * (month as f64 - middle));
    (0..MONTHS).map(count).collect()
}

fn scenario(set: &[String]) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/china31.toml");
    let fixed = ["population.citizens_per_million=0.1".to_owned()];
    let overrides = Overrides {
        set: fixed.iter().chain(set).cloned().collect(),
        worlds: Some(0),
        ..Overrides::default()
    };
    let loaded = load(&path, &overrides);
    loaded.unwrap_or_else(|faults| panic!("{faults}")).scenario
}

/// Mean launches by month where only diffusion acts: it reads nothing of the other processes.
fn diffused(set: &[String]) -> Vec<f64> {
    let simulation = Simulation::new(Arc::new(scenario(set)));
    let launches = position("platforms_launched").expect("a known outcome");
    let run = |replication| {
        let baseline = &simulation.scenario().policies[0];
        let mut world = simulation.world(baseline, replication, false);
        let mut month = Schedule::default();
        month.add_systems((policy::system, diffusion::system, ledger::system).chain());
        for t in 0..MONTHS as u32 {
            world.resource_mut::<Clock>().month = t;
            month.run(&mut world);
        }
        let record: Record = world.remove_resource().expect("the ledger kept a record");
        let count = |month| record.row(month, 0)[launches];
        (0..MONTHS).map(count).collect::<Vec<f64>>()
    };
    let runs: Vec<Vec<f64>> = (0..REPLICATIONS).into_par_iter().map(run).collect();
    let of = |month: usize| mean(&runs.iter().map(|run| run[month]).collect::<Vec<f64>>());
    (0..MONTHS).map(of).collect()
}

fn set(name: &str, value: f64) -> String {
    format!("diffusion.{name}={value:?}")
}

fn logit([intercept, neighbours]: [f64; 2]) -> Vec<f64> {
    let absent = [
        "peer_effect",
        "vertical_effect",
        "fiscal_effect",
        "attention_effect",
        "never",
        "never_province",
    ];
    let absent = absent.iter().chain(&["lower_level", "own_province"]);
    let mut all: Vec<String> = absent.map(|name| set(name, 0.0)).collect();
    all.extend([
        set("intercept", intercept),
        set("neighbour_effect", neighbours),
    ]);
    diffused(&all)
}

fn model([intercept, influence]: [f64; 2]) -> Vec<f64> {
    let followed = ["neighbour_effect", "peer_effect", "vertical_effect"];
    let mut all = followed.map(|name| set(name, influence)).to_vec();
    all.push(set("intercept", intercept));
    diffused(&all)
}

/// The same where every government launches in the end.
fn without_late_adopters([intercept, influence]: [f64; 2]) -> Vec<f64> {
    let followed = ["neighbour_effect", "peer_effect", "vertical_effect"];
    let mut all = followed.map(|name| set(name, influence)).to_vec();
    all.extend([set("never", 0.0), set("never_province", 0.0)]);
    all.push(set("intercept", intercept));
    diffused(&all)
}

fn report(name: &str, (numbers, counts): ([f64; 2], Vec<f64>)) {
    let error = |points: &[(usize, f64)]| {
        let squares = points.iter().map(|(month, seen)| {
            let error = counts[*month] - seen;
            error * error
        });
        libm::sqrt(mean(&squares.collect::<Vec<f64>>()))
    };
    let said: Vec<String> = FITTED
        .iter()
        .chain(&TOLD)
        .map(|(month, _)| format!("{:.0}", counts[*month]))
        .collect();
    let [a, b] = numbers;
    let (fitted, told) = (error(&FITTED), error(&TOLD));
    println!(
        "{name},{a:.3},{b:.3},{},{fitted:.1},{told:.1}",
        said.join(",")
    );
}

fn main() {
    println!(
        "model,first,second,2014-12,2017-06,2018-12,2019-04,2019-12,2020-04,2020-10,error_fitted,error_told"
    );
    report("Bass", fit([-8.0, -3.0], [4.0, 2.0], &bass));
    report("logistic curve", fit([-3.0, 100.0], [1.5, 60.0], &logistic));
    report(
        "logit with neighbours",
        fit([-7.0, 5.0], [2.0, 5.0], &logit),
    );
    report("model", fit([-7.0, 2.0], [1.5, 2.0], &model));
    report(
        "model without late adopters",
        fit([-7.0, 2.0], [1.5, 2.0], &without_late_adopters),
    );
    report(
        "model as shipped (fitted to all)",
        ([-7.65, 2.3], model([-7.65, 2.3])),
    );
    report("no change since 2018-12", ([0.0, 0.0], last_seen()));
    report("same growth as since 2017-06", ([0.0, 0.0], same_growth()));
}

/// The last count that was fitted, for ever.
fn last_seen() -> Vec<f64> {
    (0..MONTHS).map(|_| FITTED[2].1).collect()
}

/// The straight line through the last two counts.
fn same_growth() -> Vec<f64> {
    let ((from, low), (to, high)) = (FITTED[1], FITTED[2]);
    let slope = (high - low) / (to - from) as f64;
    let count = |month| high + slope * (month as f64 - to as f64);
    (0..MONTHS).map(count).collect()
}
