use super::*;
use crate::experiment::by_hand::{calibration, scenario};
use crate::experiment::calibration::summary::Calibrated;
use crate::world::by_hand::{geography, near};

/// A model whose first target is the benefit itself and whose second is twice that.
struct Straight;

impl Laboratory for Straight {
    type Error = NothingLeft;

    fn history(&self, rows: Vec<Vec<f64>>) -> Result<Ensemble, NothingLeft> {
        let runs = |row: &Vec<f64>| vec![vec![row[0], 2.0 * row[0]]; 2];
        Ok(Ensemble {
            runs: rows.iter().map(runs).collect(),
        })
    }

    fn policies(&self, _: Vec<Vec<f64>>) -> Result<Responses, NothingLeft> {
        panic!("no claims are asked for")
    }

    fn on_all_threads<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        work()
    }

    fn wave_begins(&self, _: u32) {}

    fn note(&self, _: &str) {}
}

/// The benefit was seen at 2 by the first target and at 2 by the second, which was seen at 4.
fn asked(first: f64) -> Calibration {
    let mut of = calibration();
    (of.targets[0].value, of.targets[1].value) = (first, 4.0);
    Calibration {
        waves: 2,
        points: 40,
        draws: 300,
        rounds: 12,
        claims: 0,
        ..of
    }
}

/// Both targets have a standard deviation of .5, so together they say 2 with a variance of
/// `1 / (1 / .25 + 4 / .25)`.
#[test]
fn a_straight_model_is_calibrated_as_by_hand() {
    let (scenario, calibration) = (scenario(), asked(2.0));
    let targets = Targets::of(&calibration, &geography());
    let matching = HistoryMatching {
        scenario: &scenario,
        calibration: &calibration,
        targets: &targets,
    };
    let (region, findings) = matching.carry_out(&Straight).expect("something is left");
    assert_eq!((region.waves.len(), findings.waves.len()), (2, 2));
    assert!(findings.claims.is_none());
    assert_eq!(findings.waves[0].search.points.len(), 40);
    // of 1 to 5 the second target leaves 1.25 to 2.75
    near((findings.waves[1].volume() * 1e2).round(), 38.0);
    assert!(findings.posterior.effective_points() >= 300.0);
    let told = Calibrated {
        scenario: &scenario,
        calibration: &calibration,
        targets: &targets,
        region: &region,
        findings: &findings,
    };
    holds_by_hand(&told);
}

/// Own values, posterior and worlds of that calibration.
fn holds_by_hand(told: &Calibrated<'_>) {
    let marginal = &told.marginals()[0];
    assert_eq!((marginal.own, marginal.range), (3.0, (1.0, 5.0)));
    let sd = libm::sqrt(0.05);
    for (found, right) in marginal.posterior.into_iter().zip([-1.645, 0.0, 1.645]) {
        assert!(
            (found - (2.0 + right * sd)).abs() < 0.08,
            "{:?}",
            marginal.posterior
        );
    }
    let width = (marginal.posterior[2] - marginal.posterior[0]) / 4.0;
    near(marginal.narrowed, 1.0 - width / 0.9);
    assert!(marginal.region.0 >= 1.2 && marginal.region.1 <= 2.8);
    let check = &told.checks()[1];
    assert_eq!(
        (check.own, check.own_implausibility, check.sd),
        (6.0, 4.0, 0.5)
    );
    assert!((check.predictive[1] - 4.0).abs() < 0.1 && (check.below - 0.5).abs() < 0.06);
    let worlds = told.worlds();
    assert_eq!(worlds.iter().map(|(_, times)| times).sum::<u32>(), 10);
    assert!(
        worlds
            .iter()
            .all(|(values, _)| (1.0..3.0).contains(&values[0]))
    );
}

/// What cannot be met rules out all, and is named: the benefit is never 40.
#[test]
fn a_target_that_cannot_be_met_is_named() {
    let (scenario, calibration) = (scenario(), asked(40.0));
    let targets = Targets::of(&calibration, &geography());
    let matching = HistoryMatching {
        scenario: &scenario,
        calibration: &calibration,
        targets: &targets,
    };
    let region = |of: &Calibration| Matched {
        search: Search::default(),
        ensemble: Ensemble::default(),
        implausibilities: vec![vec![1.0, 3.0], vec![4.0, 3.0], vec![5.0, 0.0]],
        left: vec![false; of.points as usize],
    };
    let named = matching.nothing_left(3, Some(&region(&calibration)));
    assert_eq!((named.wave, named.target.as_deref()), (3, Some("first")));
    assert_eq!(matching.nothing_left(1, None).target, None);
}
