//! Limits in which the answer is known from elsewhere, beyond those that stand beside the rules.

mod common;

use std::sync::Arc;

use bevy_ecs::prelude::{IntoScheduleConfigs, Query, Res, ResMut, Resource, Schedule, World};
use cogov::chance::{Chance, Draw};
use cogov::model::sharing::imitation::copy_probability;
use cogov::model::{
    attention, capability, defaults, demand, diffusion, experience, ledger, online, opening,
    participation, policy, security, service, sharing,
};
use cogov::numeric::{mean, population_sd};
use cogov::scenario::Scenario;
use cogov::simulation::Simulation;
use cogov::world::clock::Clock;
use cogov::world::community::{Cell, Tally, Terms};
use common::*;
use rayon::prelude::*;

// --- V3: imitation on a square lattice ----------------------------------------------------------

/// Side of the lattice; its edges meet.
const SIDE: usize = 128;

/// The weak prisoner's dilemma (T = b, R = 1, S = P = 0) with four neighbours, where a random
/// player copies a random neighbour by the model's own rule (Szabó and Tőke 1998).
struct Lattice {
    cooperates: Vec<bool>,
    temptation: f64,
    noise: f64,
}

impl Lattice {
    fn neighbours(player: usize) -> [usize; 4] {
        let (row, column) = (player / SIDE, player % SIDE);
        let at = |row: usize, column: usize| row % SIDE * SIDE + column % SIDE;
        [
            at(row + 1, column),
            at(row + SIDE - 1, column),
            at(row, column + 1),
            at(row, column + SIDE - 1),
        ]
    }

    fn payoff(&self, player: usize) -> f64 {
        let helpers = Self::neighbours(player).into_iter();
        let helpers = helpers.filter(|other| self.cooperates[*other]).count() as f64;
        if self.cooperates[player] {
            helpers
        } else {
            helpers * self.temptation
        }
    }

    /// As many attempts to copy as there are players.
    fn sweep(&mut self, luck: &mut impl FnMut() -> f64) {
        let players = SIDE * SIDE;
        for _ in 0..players {
            let player = (luck() * players as f64) as usize;
            let model = Self::neighbours(player)[(luck() * 4.0) as usize];
            let u = luck();
            if self.cooperates[player] != self.cooperates[model] {
                let (here, there) = (self.payoff(player), self.payoff(model));
                if u < copy_probability(here, there, self.noise) {
                    self.cooperates[player] = self.cooperates[model];
                }
            }
        }
    }

    fn cooperation(&self) -> f64 {
        let cooperators = self.cooperates.iter().filter(|yes| **yes).count();
        cooperators as f64 / self.cooperates.len() as f64
    }
}

/// Mean cooperation after `settling` sweeps over as many again, on one lattice.
fn cooperation(temptation: f64, noise: f64, settling: u32, replication: u64) -> f64 {
    let mut words = Chance::new(17, replication).words(Draw::new(960, 0), 0, 0);
    let mut luck = move || words.uniform();
    let mut lattice = Lattice {
        cooperates: (0..SIDE * SIDE).map(|_| luck() < 0.5).collect(),
        temptation,
        noise,
    };
    let mut sum = 0.0;
    for sweep in 0..2 * settling {
        lattice.sweep(&mut luck);
        if lattice.cooperation() == 0.0 {
            return 0.0;
        }
        sum += if sweep < settling {
            0.0
        } else {
            lattice.cooperation()
        };
    }
    sum / f64::from(settling)
}

fn lattices(temptation: f64, noise: f64, settling: u32) -> Vec<f64> {
    let one = |replication| cooperation(temptation, noise, settling, replication);
    (0..6).into_par_iter().map(one).collect()
}

/// V3: with noise .4 cooperation takes the levels that are known, to their second digit and three
/// standard errors of six lattices.
#[test]
fn imitation_on_a_lattice_reaches_the_known_levels() {
    for (temptation, known) in [(1.00, 0.62), (1.02, 0.51), (1.06, 0.24)] {
        let found = lattices(temptation, 0.4, 1500);
        let error = population_sd(&found) / libm::sqrt(found.len() as f64 - 1.0);
        let off = (mean(&found) - known).abs();
        assert!(off < 0.005 + 3.0 * error, "b = {temptation}: {found:?}");
    }
    assert_eq!(lattices(1.08, 0.4, 4000), [0.0; 6]);
}

/// V3: with noise .1 cooperation survives at b = 1.03 and dies at 1.04.
#[test]
fn imitation_on_a_lattice_dies_where_it_is_known_to() {
    assert!(lattices(1.03, 0.1, 4000).iter().all(|alive| *alive > 0.0));
    assert_eq!(lattices(1.04, 0.1, 4000), [0.0; 6]);
}

// --- V17: the mean field of the citizens --------------------------------------------------------

/// The citizens of a cell as shares of them: what many citizens with one mind would do.
#[derive(Debug, Clone, Default)]
struct Cohort {
    trust: f64,
    expectation: f64,
    /// Share of citizens [offline, online] that [is free, was put off, waits].
    shares: [[f64; 3]; 2],
}

/// Cohorts of all cells.
#[derive(Resource)]
struct Cohorts(Vec<Cohort>);

/// Citizens that a cohort stands for: enough for counts to be as good as shares.
const MANY: f64 = 1e9;
const FIXED: f64 = cogov::numeric::FIXED_ONE as f64;

impl Cohort {
    /// A month on the `terms` of the cell.
    fn live(&mut self, terms: &Terms, p: &experience::Parameters) -> Tally {
        let [closing, substance, giving_up] =
            [terms.closing, terms.substance, terms.abandonment].map(f64::from);
        let (mut raised, mut open) = (0.0, 0.0);
        for (side, [free, put_off, waits]) in self.shares.iter_mut().enumerate() {
            let fresh = *free * f64::from(terms.raise[side]);
            let again = *put_off * f64::from(terms.raise_again[side]);
            raised += fresh + again;
            let handled = *waits + fresh + again;
            open += handled;
            let idle = *free - fresh + *put_off - again;
            *put_off = handled * closing * (1.0 - substance);
            *waits = handled * (1.0 - closing) * (1.0 - giving_up);
            *free = idle + handled - *put_off - *waits;
        }
        let (closed, left) = (open * closing, open * (1.0 - closing));
        let abandoned = left * giving_up;
        let (performance, satisfaction) =
            self.experience(terms, p, (closed, closed * substance, abandoned));
        self.go_online(terms);
        self.tally(
            [raised, closed, closed * substance, abandoned],
            performance,
            satisfaction,
        )
    }

    /// Perceived performance and satisfaction of a mind that is the mean of all.
    fn experience(
        &mut self,
        terms: &Terms,
        p: &experience::Parameters,
        (closed, substantive, abandoned): (f64, f64, f64),
    ) -> (f64, f64) {
        let cell = f64::from(terms.performance);
        let own = substantive - (closed + abandoned) * cell;
        let performance = cell + p.own_weight * own;
        let base = p.base_satisfaction - p.performance_effect * experience::REFERENCE_PERFORMANCE;
        let surprise = p.disconfirmation_effect * (performance - self.expectation);
        let satisfaction = (base + p.performance_effect * performance + surprise).clamp(0.0, 1.0);
        let reference = performance + f64::from(terms.spillover);
        let change = reference - self.expectation;
        let rate = if change > 0.0 {
            p.expectation_rise
        } else {
            p.expectation_fall
        };
        self.expectation += rate * change;
        self.trust += p.trust_rate * (satisfaction - self.trust) - f64::from(terms.trust_loss);
        (performance, satisfaction)
    }

    fn go_online(&mut self, terms: &Terms) {
        let literate = 1.0 - f64::from(terms.excluded) / online::LITERACY_ONE;
        let [offline, online] = self.shares.map(|side| side.iter().sum::<f64>());
        // who was online at the start is so at any literacy
        let excluded = (1.0 - literate) * (1.0 - START_ONLINE);
        let able = ((offline - excluded) / offline).max(0.0);
        let joins = able * (f64::from(terms.online) * self.trust).min(1.0);
        assert!((offline + online - 1.0).abs() < 1e-9);
        for state in 0..3 {
            let moved = self.shares[0][state] * joins;
            self.shares[0][state] -= moved;
            self.shares[1][state] += moved;
        }
    }

    fn tally(&self, flows: [f64; 4], performance: f64, satisfaction: f64) -> Tally {
        let count = |share: f64| (share * MANY).round() as i64;
        let sum = |value: f64| (value * MANY * FIXED) as i64;
        let [raised, closed, substantive, abandoned] = flows.map(count);
        let side = |side: [f64; 3]| count(side[0] + side[1]);
        Tally {
            raised,
            closed,
            substantive,
            abandoned,
            waited: 0,
            pending: count(self.shares[0][2] + self.shares[1][2]),
            online: count(self.shares[1].iter().sum()),
            free: self.shares.map(side),
            put_off: self.shares.map(|side| count(side[1])),
            trust: sum(self.trust),
            expectation: sum(self.expectation),
            performance: sum(performance),
            satisfaction: sum(satisfaction),
        }
    }
}

/// Takes the place of the step `citizens`.
fn cohorts(
    parameters: Res<experience::Parameters>,
    mut cohorts: ResMut<Cohorts>,
    mut cells: Query<(&Cell, &Terms, &mut Tally)>,
) {
    for (cell, terms, mut tally) in &mut cells {
        *tally = cohorts.0[cell.index as usize].live(terms, &parameters);
    }
}

const START_ONLINE: f64 = 0.1;

/// A small country without chance above the citizens, where the share online at the start is one.
fn quiet(per_million: f64, own_weight: f64) -> Scenario {
    let values = [
        ("experience.own_weight", own_weight),
        ("sharing.revision_rate", 0.0),
        ("participation.revision_rate", 0.0),
        ("start.participation", 0.0),
        ("security.base_hazard", 0.0),
        ("start.online", START_ONLINE),
        ("start.online_fiscal_effect", 0.0),
    ];
    let mut scenario = with(small(), &values);
    scenario.population.citizens_per_million = per_million;
    scenario
}

/// A world whose citizens are cohorts.
fn mean_field(scenario: &Scenario, replication: u32) -> (World, Schedule) {
    let simulation = Simulation::new(Arc::new(scenario.clone()));
    let mut world = simulation.world(&baseline(), replication, false);
    let start: cogov::world::start::Parameters = defaults("start");
    let cohort = Cohort {
        trust: start.trust,
        expectation: start.expectation,
        shares: [[1.0 - START_ONLINE, 0.0, 0.0], [START_ONLINE, 0.0, 0.0]],
    };
    for (mut cell, mut tally) in world
        .query::<(&mut Cell, &mut Tally)>()
        .iter_mut(&mut world)
    {
        cell.citizens = MANY;
        *tally = cohort.tally([0.0; 4], 0.0, 0.0);
    }
    world.insert_resource(Cohorts(vec![cohort; simulation.country().cells.len()]));
    let mut month = Schedule::default();
    month.add_systems(
        (
            policy::system,
            diffusion::system,
            attention::system,
            capability::system,
            sharing::system,
            opening::system,
            demand::system,
            service::system,
            security::system,
            experience::system,
            online::system,
            cohorts,
            participation::system,
            ledger::system,
        )
            .chain(),
    );
    (world, month)
}

const WATCHED: [&str; 5] = [
    "backlog",
    "satisfaction_from_expectation",
    "satisfaction",
    "trust",
    "online_share",
];

fn by_cohorts(scenario: &Scenario, replication: u32) -> Vec<f64> {
    let (mut world, mut month) = mean_field(scenario, replication);
    for t in 0..scenario.months {
        world.resource_mut::<Clock>().month = t;
        month.run(&mut world);
    }
    let record = world.remove_resource().expect("the ledger kept a record");
    watched(&record, scenario)
}

fn watched(record: &ledger::Record, scenario: &Scenario) -> Vec<f64> {
    let last = scenario.months as usize - 1;
    let value = |name: &&str| record.row(last, 0)[cogov::model::outcome::position(name).unwrap()];
    WATCHED.iter().map(value).collect()
}

/// Agents less cohorts in the last month, by outcome and replication.
fn apart(per_million: f64, own_weight: f64) -> Vec<Vec<f64>> {
    let scenario = quiet(per_million, own_weight);
    let one = |replication| {
        let agents = simulate(&scenario, &baseline(), replication);
        let agents = watched(&agents.record, &scenario);
        let cohorts = by_cohorts(&scenario, replication);
        agents
            .iter()
            .zip(cohorts)
            .map(|(a, c)| a - c)
            .collect::<Vec<f64>>()
    };
    let runs: Vec<Vec<f64>> = (0..8).into_par_iter().map(one).collect();
    let of = |outcome: usize| runs.iter().map(|run| run[outcome]).collect();
    (0..WATCHED.len()).map(of).collect()
}

fn root_mean_square(values: &[f64]) -> f64 {
    let squares: Vec<f64> = values.iter().map(|x| x * x).collect();
    libm::sqrt(mean(&squares))
}

/// V17: without weight of the own case the agents tend to their mean field; a hundred times the
/// citizens bring them about ten times as close.
#[test]
fn agents_tend_to_their_mean_field() {
    let (few, many) = (apart(100.0, 0.0), apart(10_000.0, 0.0));
    for (outcome, (few, many)) in WATCHED.iter().zip(few.iter().zip(&many)) {
        let (far, near) = (root_mean_square(few), root_mean_square(many));
        assert!(near < far / 4.0, "{outcome}: {far}, then {near}");
    }
}

/// V17: with it they have a limit of their own. Expectation rises faster than it falls, so cases of
/// one's own lift it. A lift that vanished with the square root of five times the citizens would
/// fall below a half.
#[test]
fn own_cases_lift_expectation_for_any_number_of_citizens() {
    let effect = defaults::<experience::Parameters>(experience::NAME).disconfirmation_effect;
    let lift = |per_million| {
        let from_expectation = &apart(per_million, 0.5)[1];
        let lift = from_expectation.iter().map(|part| -part / effect);
        lift.collect::<Vec<f64>>()
    };
    let (few, many) = (lift(2_000.0), lift(10_000.0));
    let pairs = few.iter().zip(&many);
    let left: Vec<f64> = pairs.map(|(few, many)| many - 0.5 * few).collect();
    let error = population_sd(&left) / libm::sqrt(left.len() as f64 - 1.0);
    assert!(
        mean(&many) > 0.0 && mean(&left) > 3.0 * error,
        "{few:?} {many:?}"
    );
}
