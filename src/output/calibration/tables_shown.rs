//! The tables of a calibration's page.

use super::told::{ToldCalibration, number};
use crate::model::outcome::main_outcomes;
use crate::output::report::frame::{TableCells, as_text, table};
use crate::output::report::words::ReportWords;
use crate::output::tables::calibration::claims;

fn short(value: f64) -> String {
    match value.abs() {
        x if x >= 10.0 => format!("{value:.1}"),
        x if x >= 0.01 || x == 0.0 => format!("{value:.3}"),
        _ => format!("{value:.2e}"),
    }
}

/// Waves of history matching.
pub fn waves(of: &ToldCalibration, words: &ReportWords) -> String {
    let header = [
        "calibration.column.wave",
        "calibration.column.share_of_the_ranges_searched",
        "calibration.column.points",
        "calibration.column.left_by_their_own_runs",
    ];
    let rows = of.waves.iter().map(|wave| {
        vec![
            wave.wave.to_string(),
            short(number(wave.volume)),
            wave.points.to_string(),
            wave.points_left.to_string(),
        ]
    });
    table(
        TableCells::Texts,
        &header.map(|key| words.say(key, &[])),
        rows,
    )
}

/// Targets before and after.
pub fn targets(of: &ToldCalibration, words: &ReportWords) -> String {
    let header = [
        "calibration.column.target",
        "calibration.column.seen",
        "calibration.column.error_of_observation",
        "calibration.column.discrepancy",
        "calibration.column.own_values",
        "calibration.column.implausibility",
        "calibration.column.posterior_5",
        "calibration.column.50",
        "calibration.column.95",
        "calibration.column.source",
    ];
    let rows = of.targets.iter().map(|target| {
        let numbers = [
            target.seen,
            target.observation_sd,
            target.discrepancy_sd,
            target.own_mean,
            target.own_implausibility,
            target.predictive_q05,
            target.predictive_q50,
            target.predictive_q95,
        ];
        let mut row = vec![target.target.clone()];
        row.extend(numbers.map(|cell| short(number(cell))));
        row.push(target.source.clone());
        row
    });
    table(
        TableCells::Texts,
        &header.map(|key| words.say(key, &[])),
        rows,
    )
}

/// Parameters before and after.
pub fn parameters(of: &ToldCalibration, words: &ReportWords) -> String {
    let header = [
        "calibration.column.parameter",
        "calibration.column.range",
        "calibration.column.own",
        "calibration.column.region",
        "calibration.column.posterior_5",
        "calibration.column.50",
        "calibration.column.95",
        "calibration.column.narrowed_by",
    ];
    let rows = of.parameters.iter().map(|one| {
        let range = |low, high| {
            let [low, high] = [low, high].map(|end| short(number(end)));
            words.say("sweep.span", &[("low", &low), ("high", &high)])
        };
        let mut row = vec![
            one.parameter.clone(),
            range(one.range_low, one.range_high),
            short(number(one.own)),
            range(one.region_low, one.region_high),
        ];
        let posterior = [one.posterior_q05, one.posterior_q50, one.posterior_q95];
        row.extend(posterior.map(|cell| short(number(cell))));
        row.push(format!("{:.0} %", 100.0 * number(one.narrowed).max(0.0)));
        row
    });
    table(
        TableCells::Texts,
        &header.map(|key| words.say(key, &[])),
        rows,
    )
}

/// In how much of the region the effect of each policy keeps its sign.
pub fn claims(of: &ToldCalibration, words: &ReportWords) -> String {
    let Some(claims) = &of.claims else {
        return format!(
            "<p>{}</p>",
            as_text(&words.say("calibration.not_looked", &[]))
        );
    };
    let outcomes = main_outcomes().len();
    let mut header = vec![words.say("table.policy", &[])];
    let first = claims.iter().take(outcomes);
    header.extend(first.map(|claim| words.name("outcome", &claim.outcome)));
    let cell = |claim: &claims::Row| {
        let sign = if number(claim.own_effect) > 0.0 {
            "+"
        } else {
            "-"
        };
        format!("{sign} {:.0} %", 100.0 * number(claim.holds_share))
    };
    // the rows of a policy stand together, one for each main outcome
    let rows = claims.chunks(outcomes).map(|of_policy| {
        let mut row = vec![words.name("policy", &of_policy[0].policy)];
        row.extend(of_policy.iter().map(cell));
        row
    });
    table(TableCells::Texts, &header, rows)
}
