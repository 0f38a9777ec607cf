//! The figures of the facts, with the standard error of each mean.

use std::fmt::Write;

use cogov::numeric::{mean, population_sd};

use crate::cases::*;
use crate::laboratory::{Case, Runs, highest, less};

const SHARING: &str = "data_sharing_rate";
/// What policy texts attend to has no effect: tells what the table of factors does to a figure.
const NO_ATTENTION: &[&str] = &["factors.coupling=[]", "diffusion.attention_effect=0"];

/// A table of every figure.
pub fn all() -> String {
    let mut sheet = Sheet("fact,figure,mean,standard_error,spread\n".into());
    launched(&mut sheet);
    regions(&mut sheet);
    mandate(&mut sheet);
    trap(&mut sheet);
    wave(&mut sheet);
    complementarity(&mut sheet);
    participation(&mut sheet);
    sheet.0
}

struct Sheet(String);

impl Sheet {
    fn add(&mut self, fact: &str, figure: &str, values: &[f64]) {
        let n = values.len() as f64;
        let spread = population_sd(values) * libm::sqrt(n / (n - 1.0));
        let error = spread / libm::sqrt(n);
        let mean = mean(values);
        let _ = writeln!(self.0, "{fact},{figure},{mean:.4},{error:.4},{spread:.4}");
    }
}

fn launched(sheet: &mut Sheet) {
    for (name, case) in [
        ("with", launches()),
        ("nobody followed", launches().with(NOBODY_FOLLOWED)),
    ] {
        let runs = case.runs();
        for (date, month) in [
            ("2014-12", 28),
            ("2018-12", 76),
            ("2019-12", 88),
            ("2020-10", 98),
        ] {
            let count = |outcome| runs.at(outcome, month);
            sheet.add(
                "F1",
                &format!("all {date} {name}"),
                &count("platforms_launched"),
            );
            sheet.add(
                "F1",
                &format!("provinces {date} {name}"),
                &count("platforms_launched_provincial"),
            );
        }
    }
    let runs = launches().with(NOBODY_FOLLOWED).runs();
    for year in 1..12 {
        let count = |month| runs.at("platforms_launched", month);
        let launched = less(&count(12 * year + 11), &count(12 * year - 1));
        sheet.add(
            "F1",
            &format!("launches in year {} nobody followed", year + 1),
            &launched,
        );
    }
}

fn year(runs: &Runs, outcome: &str, year: usize) -> Vec<f64> {
    runs.over(outcome, 12 * year..12 * (year + 1))
}

fn regions(sheet: &mut Sheet) {
    let cases = [
        ("with", baseline()),
        ("without attention", baseline().with(NO_ATTENTION)),
        (
            "money without effect",
            baseline().with(MONEY_WITHOUT_EFFECT),
        ),
    ];
    for (name, case) in cases {
        let runs = case.runs();
        let spread = |at| year(&runs, "capacity_cv", at);
        let means: Vec<f64> = (0..12).map(|at| mean(&spread(at))).collect();
        let peak = highest(&means);
        for (when, at) in [("first year", 0), ("last year", 11)] {
            sheet.add(
                "F2",
                &format!("variation in the {when} {name}"),
                &spread(at),
            );
        }
        sheet.add(
            "F2",
            &format!("variation at its peak in year {} {name}", peak + 1),
            &spread(peak),
        );
        for at in 0..12 {
            let gap = year(&runs, "regional_gap", at);
            sheet.add("F2", &format!("gap in year {} {name}", at + 1), &gap);
        }
    }
}

fn mandate(sheet: &mut Sheet) {
    sheet.add(
        "F3",
        "no mandate at the end",
        &baseline().runs().last(SHARING),
    );
    sheet.add(
        "F3",
        "mandate at the end",
        &case("mandate").runs().last(SHARING),
    );
    for (name, policy) in [("no mandate", "baseline"), ("mandate", "mandate")] {
        let runs = case(policy).with(NO_ATTENTION).runs();
        sheet.add(
            "F3",
            &format!("{name} at the end without attention"),
            &runs.last(SHARING),
        );
    }
    withdrawn(sheet);
}

/// What sharing was before a mandate ended, and what is left of it afterwards.
fn withdrawn(sheet: &mut Sheet) {
    let late = case("capacity-and-mandate-withdrawn");
    let withdrawn = [
        ("early", withdrawn_early(), WITHDRAWN_EARLY),
        ("at high capacity", late.clone(), WITHDRAWN_LATE),
        (
            "at high capacity without benefit",
            late.with(NO_BENEFIT),
            WITHDRAWN_LATE,
        ),
        (
            "never in force without benefit",
            case("capacity").with(NO_BENEFIT),
            WITHDRAWN_LATE,
        ),
    ];
    for (name, case, month) in withdrawn {
        let runs = case.runs();
        for (what, outcome, at) in [
            ("capacity before", "capacity", month - 1),
            ("before", SHARING, month - 1),
            ("after", SHARING, month + AFTERWARDS),
        ] {
            let label = format!("{what} withdrawn {name}");
            sheet.add("F3", &label, &runs.at(outcome, at));
        }
    }
}

fn trap(sheet: &mut Sheet) {
    let later = START + 12;
    for (name, set) in [("with", &[][..]), ("without spillover", NO_SPILLOVER)] {
        let at = |policy, outcome| {
            let case = case(policy).with(MANY_CITIZENS).with(set);
            case.runs().at(outcome, later)
        };
        for outcome in [
            "nominal_resolution",
            "satisfaction",
            "reported_satisfaction",
            "building_effort",
            "capacity",
        ] {
            let change = less(&at("league-table", outcome), &at("baseline", outcome));
            sheet.add("F4", &format!("change of {outcome} {name}"), &change);
        }
        let (to, from) = (
            at("league-table", "requests_raised"),
            at("baseline", "requests_raised"),
        );
        let change: Vec<f64> = to
            .iter()
            .zip(from)
            .map(|(to, from)| to / from - 1.0)
            .collect();
        sheet.add(
            "F4",
            &format!("change of demand as a share {name}"),
            &change,
        );
    }
}

fn wave(sheet: &mut Sheet) {
    for (name, set) in [("with", &[][..]), ("without fear", NO_FEAR)] {
        let calm = case("mandate-before-the-wave").with(set);
        let (struck, calm) = (calm.with(STRUCK).runs(), calm.runs());
        for outcome in [SHARING, "openness", "trust"] {
            let change = |month| less(&struck.at(outcome, month), &calm.at(outcome, month));
            let means: Vec<f64> = (WAVE..calm.months()).map(|t| -mean(&change(t))).collect();
            let deepest = highest(&means);
            let half = means
                .iter()
                .skip(deepest)
                .position(|loss| *loss < 0.5 * means[deepest]);
            let half = half.map_or("not yet".into(), |t| (deepest + t).to_string());
            let label = format!(
                "largest change of {outcome} ({deepest} months on; halved after {half}) {name}"
            );
            sheet.add("F5", &label, &change(WAVE + deepest));
            sheet.add(
                "F5",
                &format!("change of {outcome} 18 months on {name}"),
                &change(WAVE + 18),
            );
            sheet.add(
                "F5",
                &format!("change of {outcome} at the end {name}"),
                &change(calm.months() - 1),
            );
        }
    }
}

fn complementarity(sheet: &mut Sheet) {
    for (name, set) in [("with", &[][..]), ("where stocks add up", ADDITIVE)] {
        let capacity = |case: Case| {
            let runs = case.with(set).runs();
            runs.over("capacity", runs.months() - 12..runs.months())
        };
        let none = capacity(baseline());
        let [n, d, both] = ["institution-effort", "platform-effort", "both-efforts"]
            .map(|policy| less(&capacity(case(policy)), &none));
        sheet.add("F6", &format!("gain by institution {name}"), &n);
        sheet.add("F6", &format!("gain by platform {name}"), &d);
        sheet.add("F6", &format!("gain by both {name}"), &both);
        sheet.add("F6", &format!("excess {name}"), &less(&less(&both, &n), &d));
    }
}

fn participation(sheet: &mut Sheet) {
    for (name, set) in [
        ("with", &[][..]),
        ("without pull", NO_PULL),
        ("without attention", NO_ATTENTION),
    ] {
        let (room, never) = (
            case("room-for-a-time").with(set).runs(),
            baseline().with(set).runs(),
        );
        let gain = |month| {
            let share = |runs: &Runs| runs.at("society_participation", month);
            less(&share(&room), &share(&never))
        };
        let (during, after) = (gain(ROOM_ENDS), gain(never.months() - 1));
        let kept: Vec<f64> = after.iter().zip(&during).map(|(a, d)| a / d).collect();
        sheet.add("F7", &format!("gain {name}"), &during);
        sheet.add("F7", &format!("share kept {name}"), &kept);
    }
}
