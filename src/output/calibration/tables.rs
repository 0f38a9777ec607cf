//! The tables of a calibration.

use std::io;
use std::path::Path;

use super::Calibrated;
use crate::experiment::calibration::claims::claim;
use crate::experiment::calibration::matching::{Matched, values};
use crate::experiment::calibration::region::share_interval;
use crate::experiment::calibration::targets::deciding;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::numeric::mean;
use crate::output::tables::table::Table;
use crate::scenario::calibration::Measure;

/// Names of the tables.
pub const NAMES: [&str; 9] = [
    "waves",
    "design",
    "implausibility",
    "emulators",
    "region",
    "posterior",
    "posterior_summary",
    "predictive",
    "claims",
];

/// Writes all of them into `folder`.
pub fn write(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    waves(folder, of)?;
    design(folder, of)?;
    implausibilities(folder, of)?;
    emulators(folder, of)?;
    region(folder, of)?;
    posterior(folder, of)?;
    summary(folder, of)?;
    predictive(folder, of)?;
    claims(folder, of)
}

fn numbers(table: &mut Table, values: &[f64]) -> io::Result<()> {
    values.iter().try_for_each(|value| table.number(*value))
}

fn waves(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let columns = [
        "wave",
        "candidates",
        "candidates_kept",
        "volume",
        "ci_low",
        "ci_high",
        "points",
        "walked",
        "points_left",
        "volume_left",
    ];
    let mut table = Table::create(folder, "waves.csv", columns)?;
    for (number, wave) in (1..).zip(&of.findings.waves) {
        let search = &wave.search;
        let (low, high) = match search.candidates {
            0 => (1.0, 1.0),
            candidates => share_interval(search.kept, candidates),
        };
        let left = wave.left.iter().filter(|left| **left).count();
        let volume = wave.volume();
        let points = search.points.len();
        let counts = [number, search.candidates, search.kept].map(|n| n as f64);
        numbers(&mut table, &counts)?;
        numbers(&mut table, &[volume, low, high])?;
        numbers(&mut table, &[points, search.walked, left].map(|n| n as f64))?;
        table.number(volume * left as f64 / points as f64)?;
        table.end_row()?;
    }
    table.finish()
}

fn paths<'a>(of: &'a Calibrated<'_>) -> impl Iterator<Item = &'a str> {
    of.calibration.vary.iter().map(|one| one.path.as_str())
}

fn design(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let columns = ["wave", "point"].into_iter().chain(paths(of));
    let mut table = Table::create(folder, "design.csv", columns)?;
    for (number, wave) in (1..).zip(&of.findings.waves) {
        for (point, unit) in wave.search.points.iter().enumerate() {
            numbers(&mut table, &[f64::from(number), point as f64])?;
            numbers(&mut table, &values(of.calibration, unit))?;
            table.end_row()?;
        }
    }
    table.finish()
}

fn implausibilities(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let names = of.targets.all.iter().map(|target| target.name.as_str());
    let columns = ["wave", "point", "deciding", "left"]
        .into_iter()
        .chain(names);
    let mut table = Table::create(folder, "implausibility.csv", columns)?;
    for (number, wave) in (1..).zip(&of.findings.waves) {
        for (point, each) in wave.implausibilities.iter().enumerate() {
            let decides = deciding(each, of.calibration.misses);
            let left = f64::from(u8::from(wave.left[point]));
            numbers(
                &mut table,
                &[f64::from(number), point as f64, decides, left],
            )?;
            numbers(&mut table, each)?;
            table.end_row()?;
        }
    }
    table.finish()
}

/// Of each emulator the share of the next wave's points whose means lie within three of its standard
/// deviations: whether its variance is right where it matters.
fn emulators(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let columns = [
        "wave",
        "target",
        "terms",
        "explained",
        "emulator_sd",
        "chance_sd",
        "observation_sd",
        "discrepancy_sd",
        "within_three_sd",
    ];
    let mut table = Table::create(folder, "emulators.csv", columns)?;
    for (w, wave) in of.region.waves.iter().enumerate() {
        let next = of.findings.waves.get(w + 1);
        for (t, emulator) in wave.emulators.iter().enumerate() {
            let target = &of.targets.all[t];
            let sd = libm::sqrt(emulator.variance);
            let within = next.map(|next| {
                let means = next.ensemble.means(t);
                let points = next.search.points.iter().zip(means);
                let near =
                    points.filter(|(unit, mean)| (emulator.mean(unit) - mean).abs() < 3.0 * sd);
                near.count() as f64 / next.search.points.len() as f64
            });
            table.number((w + 1) as f64)?;
            table.text(&target.name)?;
            let chance = libm::sqrt(wave.chance[t]);
            numbers(
                &mut table,
                &[emulator.terms() as f64, emulator.explained(), sd, chance],
            )?;
            let errors = [target.observation_sd, target.discrepancy_sd];
            numbers(&mut table, &errors)?;
            table.number(within.unwrap_or(f64::NAN))?;
            table.end_row()?;
        }
    }
    table.finish()
}

/// Points of the last wave that its own runs do not rule out, as a design for a sweep.
fn region(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let columns = ["design_point"].into_iter().chain(paths(of));
    let mut table = Table::create(folder, "region.csv", columns)?;
    let last = of.findings.waves.last().map(Matched::region);
    for (point, unit) in last.unwrap_or_default().iter().enumerate() {
        table.number(point as f64)?;
        numbers(&mut table, &values(of.calibration, unit))?;
        table.end_row()?;
    }
    table.finish()
}

fn posterior(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let columns = ["point", "weight"].into_iter().chain(paths(of));
    let mut table = Table::create(folder, "posterior.csv", columns)?;
    let weighed = of
        .findings
        .proposals
        .iter()
        .zip(&of.findings.posterior.weights);
    for (point, (unit, weight)) in weighed.enumerate() {
        numbers(&mut table, &[point as f64, *weight])?;
        numbers(&mut table, &values(of.calibration, unit))?;
        table.end_row()?;
    }
    table.finish()
}

fn summary(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let columns = [
        "parameter",
        "own",
        "range_low",
        "range_high",
        "region_low",
        "region_high",
        "prior_q05",
        "prior_q50",
        "prior_q95",
        "posterior_q05",
        "posterior_q50",
        "posterior_q95",
        "narrowed",
    ];
    let mut table = Table::create(folder, "posterior_summary.csv", columns)?;
    for one in of.marginals() {
        let (low, high) = one.range;
        let prior = [0.05, 0.5, 0.95].map(|q| low + q * (high - low));
        table.text(&one.path)?;
        numbers(
            &mut table,
            &[one.own, low, high, one.region.0, one.region.1],
        )?;
        numbers(&mut table, &prior)?;
        numbers(&mut table, &one.posterior)?;
        table.number(one.narrowed)?;
        table.end_row()?;
    }
    table.finish()
}

fn predictive(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let columns = [
        "target",
        "measure",
        "outcome",
        "seen",
        "observation_sd",
        "discrepancy_sd",
        "own_mean",
        "own_implausibility",
        "last_wave_mean",
        "predictive_q05",
        "predictive_q50",
        "predictive_q95",
        "p_below_seen",
        "source",
    ];
    let mut table = Table::create(folder, "predictive.csv", columns)?;
    let last = of.findings.waves.last();
    for (t, (target, check)) in of.targets.all.iter().zip(of.checks()).enumerate() {
        for text in [&target.name, measure(&target.measure), &target.outcome] {
            table.text(text)?;
        }
        numbers(
            &mut table,
            &[target.value, target.observation_sd, target.discrepancy_sd],
        )?;
        let wave = last.map_or(f64::NAN, |wave| mean(&wave.ensemble.means(t)));
        numbers(&mut table, &[check.own, check.own_implausibility, wave])?;
        numbers(&mut table, &check.predictive)?;
        table.number(check.below)?;
        table.text(&target.source)?;
        table.end_row()?;
    }
    table.finish()
}

fn measure(of: &Measure) -> &'static str {
    match of {
        Measure::Mean => "mean",
        Measure::Growth(_) => "growth",
        Measure::Rank(_) => "rank",
    }
}

fn claims(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let Some(responses) = &of.findings.claims else {
        return Ok(());
    };
    let columns = [
        "policy",
        "outcome",
        "own_effect",
        "points",
        "holds_share",
        "ci_low",
        "ci_high",
        "effect_q05",
        "effect_q50",
        "effect_q95",
    ];
    let mut table = Table::create(folder, "claims.csv", columns)?;
    for (p, policy) in super::compared(of).iter().enumerate().skip(1) {
        for (o, outcome) in main_outcomes().into_iter().enumerate() {
            let found = claim(responses, p, o);
            table.text(policy)?;
            table.text(OUTCOMES[outcome].name)?;
            let (low, high) = found.interval;
            numbers(
                &mut table,
                &[found.own, found.points as f64, found.holds, low, high],
            )?;
            numbers(&mut table, &found.effects)?;
            table.end_row()?;
        }
    }
    table.finish()
}
