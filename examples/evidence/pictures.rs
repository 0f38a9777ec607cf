//! A picture per fact: with its cause and without.

use std::fmt::Write;

use cogov::numeric::mean;

use crate::cases::*;
use crate::chart::{Chart, Line, months};
use crate::laboratory::Case;

const SHARING: &str = "data_sharing_rate";
const YEAR: &str = "year";

/// The chart's lines as a table: one row per point.
pub fn table(chart: &Chart) -> String {
    let mut table = String::from("line,x,y\n");
    for line in &chart.lines {
        for (x, y) in &line.points {
            // names have commas
            let _ = writeln!(table, "\"{}\",{x:.3},{y:.5}", line.name.replace('|', " "));
        }
    }
    table
}

/// What each chart is called and measures: one row per chart.
pub fn titles(charts: &[(&str, Chart)]) -> String {
    let mut table = String::from("name,title,across,upwards\n");
    for (name, chart) in charts {
        let _ = writeln!(
            table,
            "{name},\"{}\",{},\"{}\"",
            chart.title, chart.across, chart.upwards
        );
    }
    table
}

/// Every picture with the name of its file.
pub fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("f1-launches", launched().between(2012.0, 2021.0)),
        ("f2-regions", regions()),
        ("f3-mandate", mandate()),
        ("f4-trap", trap().between(2017.0, 2020.0)),
        ("f5-wave", wave().between(2017.0, 2026.0)),
        (
            "f6-complementarity",
            complementarity().between(2017.0, 2026.0),
        ),
        ("f7-participation", participation().between(2017.0, 2026.0)),
    ]
}

fn course(case: &Case, outcome: &str) -> Vec<f64> {
    let runs = case.runs();
    (0..runs.months())
        .map(|month| mean(&runs.at(outcome, month)))
        .collect()
}

fn difference(to: &Case, from: &Case, outcome: &str) -> Vec<f64> {
    let pairs = course(to, outcome).into_iter().zip(course(from, outcome));
    pairs.map(|(to, from)| to - from).collect()
}

fn launched() -> Chart {
    let (with, without) = (launches(), launches().with(NOBODY_FOLLOWED));
    let of = |case| course(case, "platforms_launched");
    let seen = Line {
        name: "seen".into(),
        points: SEEN
            .map(|(month, count)| (2012.0 + (7.0 + month) / 12.0, count))
            .to_vec(),
    };
    Chart {
        title: "F1: platforms launched by provinces and prefectures",
        across: YEAR,
        upwards: "platforms launched (count)",
        lines: vec![
            months("with", &of(&with)),
            months("nobody is followed", &of(&without)),
            seen,
        ],
    }
}

/// Month and count of `scenarios/china31/seen/platform_counts.csv`.
const SEEN: [(f64, f64); 7] = [
    (28.0, 4.0),
    (58.0, 20.0),
    (76.0, 56.0),
    (80.0, 82.0),
    (88.0, 102.0),
    (92.0, 130.0),
    (98.0, 142.0),
];

fn regions() -> Chart {
    let (with, without) = (baseline(), baseline().with(MONEY_WITHOUT_EFFECT));
    Chart {
        title: "F2: capacity, gap and spread between provinces",
        across: YEAR,
        upwards: "variation (ratio), gap (capacity, 0 to 1)",
        lines: vec![
            months("coefficient of|variation", &course(&with, "capacity_cv")),
            months(
                "variation, money|without effect",
                &course(&without, "capacity_cv"),
            ),
            months("gap, east less|west", &course(&with, "regional_gap")),
            months(
                "gap, money|without effect",
                &course(&without, "regional_gap"),
            ),
        ],
    }
}

fn mandate() -> Chart {
    let late = case("capacity-and-mandate-withdrawn");
    Chart {
        title: "F3: share of ties over which data is shared",
        across: YEAR,
        upwards: "share of ties (0 to 1)",
        lines: vec![
            months("no mandate", &course(&baseline(), SHARING)),
            months("mandate", &course(&case("mandate"), SHARING)),
            months("withdrawn early", &course(&withdrawn_early(), SHARING)),
            months("withdrawn at|high capacity", &course(&late, SHARING)),
            months(
                "the same,|no benefit",
                &course(&late.with(NO_BENEFIT), SHARING),
            ),
        ],
    }
}

fn trap() -> Chart {
    let change = |outcome, set| {
        let case = |policy| case(policy).with(MANY_CITIZENS).with(set);
        difference(&case("league-table"), &case("baseline"), outcome)
    };
    Chart {
        title: "F4: what a league table of closure rates changes",
        across: YEAR,
        upwards: "change (on scales from 0 to 1)",
        lines: vec![
            months("requests closed", &change("nominal_resolution", &[])),
            months("satisfaction", &change("satisfaction", &[])),
            months(
                "the same, letters|raise no hopes",
                &change("satisfaction", NO_SPILLOVER),
            ),
            months(
                "reported|satisfaction",
                &change("reported_satisfaction", &[]),
            ),
            months("effort on building", &change("building_effort", &[])),
        ],
    }
}

fn wave() -> Chart {
    let loss = |outcome, set| {
        let calm = case("mandate-before-the-wave").with(set);
        difference(&calm.with(STRUCK), &calm, outcome)
    };
    Chart {
        title: "F5: what a wave of incidents changes",
        across: YEAR,
        upwards: "change (on scales from 0 to 1)",
        lines: vec![
            months("sharing", &loss(SHARING, &[])),
            months("the same,|without fear", &loss(SHARING, NO_FEAR)),
            months("openness", &loss("openness", &[])),
            months("trust", &loss("trust", &[])),
        ],
    }
}

fn complementarity() -> Chart {
    let gain = |policy, set| difference(&case(policy).with(set), &baseline().with(set), "capacity");
    let excess = |set| {
        let alone = gain("institution-effort", set)
            .into_iter()
            .zip(gain("platform-effort", set));
        let both = gain("both-efforts", set).into_iter();
        both.zip(alone)
            .map(|(both, (n, d))| both - n - d)
            .collect::<Vec<f64>>()
    };
    Chart {
        title: "F6: gain in capacity",
        across: YEAR,
        upwards: "gain (capacity, 0 to 1)",
        lines: vec![
            months("effort on institution", &gain("institution-effort", &[])),
            months("effort on platform", &gain("platform-effort", &[])),
            months("both", &gain("both-efforts", &[])),
            months("both less the sum", &excess(&[])),
            months("the same where|stocks add up", &excess(ADDITIVE)),
        ],
    }
}

fn participation() -> Chart {
    let gain = |set| {
        let room = case("room-for-a-time").with(set);
        difference(&room, &baseline().with(set), "society_participation")
    };
    Chart {
        title: "F7: social organisations that room from 2017-08 to 2021-09 gains",
        across: YEAR,
        upwards: "gain (share of organisations, 0 to 1)",
        lines: vec![
            months("with", &gain(&[])),
            months("nobody follows", &gain(NO_PULL)),
        ],
    }
}
