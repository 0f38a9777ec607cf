//! The page: a frame of HTML, its style and script, and the numbers as JSON.

use serde_json::{Map, Value, json};

use super::data::ReportData;
use super::read::effects::Verdict;
use super::read::study::ToldStudy;
use super::read::sweep;
use super::read::unfold::Courses;
use super::say::frontier::{Frontier, frontier};
use super::say::round::short;
use super::say::sentence::{Finding, sentence};
use super::say::words::ReaderLanguage;
use crate::experiment::statistics::value::Offer;
use crate::numeric::quantiles;
use crate::world::factor::FACTORS;

const FRAME: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// Kept libraries: drawing is theirs.
const KEPT: [&str; 2] = [
    include_str!("../kept/d3.min.js"),
    include_str!("../kept/plot.umd.min.js"),
];
/// The page's own script, in the order in which its parts see each other.
const SCRIPT: [&str; 16] = [
    include_str!("words.js"),
    include_str!("dom.js"),
    include_str!("rows.js"),
    include_str!("sweep.js"),
    include_str!("asked.js"),
    include_str!("effects.js"),
    include_str!("cost.js"),
    include_str!("map.js"),
    include_str!("unfold.js"),
    include_str!("network.js"),
    include_str!("robust.js"),
    include_str!("more.js"),
    include_str!("sensitivity.js"),
    include_str!("factors.js"),
    include_str!("again.js"),
    include_str!("main.js"),
];
/// What the model cannot say, as its description has it.
const DETAILS: &str = include_str!("../../../../docs/odd/details.md");
const LIMITS: &str = "### What the model cannot say";

/// The whole page.
pub fn page(report: &ReportData, language: ReaderLanguage) -> String {
    let data = data(report, language).to_string();
    let own = SCRIPT.concat();
    let script = format!("{}\n{}\n", KEPT[0], KEPT[1]);
    let gaps = [
        ("lang", language.code().to_owned()),
        (
            "title",
            as_text(&language.words().told(&report.study.scenario.name)),
        ),
        ("style", STYLE.to_owned()),
        ("data", inside_script(&data)),
        ("kept", script),
        ("script", own),
    ];
    let mut page = String::new();
    let mut rest = FRAME;
    while let Some((before, after)) = rest.split_once("<!--{") {
        page.push_str(before);
        let (gap, after) = after.split_once("}-->").expect("the frame closes its gaps");
        let filled = gaps.iter().find(|(name, _)| *name == gap);
        page.push_str(&filled.expect("the frame has known gaps").1);
        rest = after;
    }
    page + rest
}

/// `text` where HTML expects text.
pub fn as_text(text: &str) -> String {
    let escape = |c| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}

/// JSON that cannot end the script it stands in, nor begin a comment there.
fn inside_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e")
}

fn data(report: &ReportData, language: ReaderLanguage) -> Value {
    let ReportData { study, effects, .. } = report;
    let main: Vec<usize> = effects.main().map(|(o, _)| o).collect();
    let frontiers: Vec<Frontier> = (0..main.len()).map(|o| frontier_of(report, o)).collect();
    let languages = ReaderLanguage::ALL.map(|language| {
        let currency = &study.scenario.geography.nation.currency;
        let words = language.words().in_currency(currency);
        (language.code().to_owned(), json!(words.texts))
    });
    json!({
        "language": language.code(),
        "texts": Map::from_iter(languages),
        "study": told(study),
        "outcomes": effects.outcomes,
        "main": main,
        "scopes": effects.scopes,
        "periods": effects.periods,
        "national": national(report),
        "places": main.iter().map(|o| places(report, *o)).collect::<Vec<_>>(),
        "sentences": sentences(report),
        "costs": report.costs,
        "frontier": frontiers.iter().map(|of| &of.efficient).collect::<Vec<_>>(),
        "ties": frontiers.iter().map(|of| &of.ties).collect::<Vec<_>>(),
        "sweep": sweep::design(study),
        "unfold": report.courses.as_ref().map(|courses| {
            (0..main.len()).map(|o| fans(courses, o)).collect::<Vec<_>>()
        }),
        "ranks": report.tally.ranks(),
        "network": report.network,
        "tables": report.tables,
        "factors": FACTORS,
        "limits": limits(),
    })
}

/// What was asked. The seed is a text: a number of the page's script has 53 bits, a seed 64.
fn told(study: &ToldStudy) -> Value {
    let mut told = json!(study.manifest);
    told["seed"] = json!(study.manifest.seed.to_string());
    told["scenario"] = json!(study.scenario);
    told
}

/// The verdict by policy and outcome; of main outcomes also how often better, equal and worse.
fn national(report: &ReportData) -> Value {
    let outcomes = &report.effects.outcomes;
    let verdict = |policy: usize, outcome: usize| {
        let main = report.effects.main().position(|(o, _)| o == outcome);
        let of = report.verdict(policy, outcome)?;
        Some(json!({
            "pairs": of.pairs,
            "baseline": of.baseline,
            "level": of.level,
            "difference": of.difference.value,
            "low": of.difference.low,
            "high": of.difference.high,
            "better": of.better,
            "correlation": of.correlation,
            "reduction": of.variance_reduction,
            "counts": main.map(|o| report.tally.counts(policy + 1, o)),
        }))
    };
    let policies = 0..report.costs.len();
    let all = |policy| {
        (0..outcomes.len())
            .map(|o| json!(verdict(policy, o)))
            .collect::<Value>()
    };
    policies.map(all).collect()
}

/// Quantiles of a fan, from the lowest to the highest.
const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Fans of a main outcome over replications, for every policy: of its level and of its difference from
/// the baseline.
fn fans(courses: &Courses, outcome: usize) -> Value {
    let fan = |of: &dyn Fn(usize, usize) -> f64| {
        let month = |month| {
            let runs: Vec<f64> = (0..courses.replications)
                .map(|run| of(run, month))
                .collect();
            quantiles(&runs, QUANTILES)
        };
        let months: Vec<[f64; 5]> = (0..courses.months).map(month).collect();
        let line = |q: usize| months.iter().map(|at| short(at[q], 4)).collect();
        (0..QUANTILES.len()).map(line).collect::<Vec<Vec<f64>>>()
    };
    let policy = |policy| {
        let level = |run, month| courses.value(policy, run, month, outcome);
        let baseline = |run, month| courses.value(0, run, month, outcome);
        let difference = |run, month| level(run, month) - baseline(run, month);
        json!({ "level": fan(&level), "difference": fan(&difference) })
    };
    (0..courses.policies).map(policy).collect()
}

/// Levels of a main outcome by scope and period under the baseline, and by policy the levels,
/// differences and half-widths.
fn places(report: &ReportData, outcome: usize) -> Value {
    let effects = &report.effects;
    let (scopes, periods) = (effects.scopes.len(), effects.periods.len());
    let column = |policy, of: &dyn Fn(Verdict) -> f64| -> Vec<f64> {
        let cells = (0..scopes).flat_map(|scope| (0..periods).map(move |period| (scope, period)));
        cells
            .map(|(scope, period)| {
                let cell = effects.cell(policy, outcome, scope, period);
                cell.map_or(f64::NAN, |cell| short(of(cell), 5))
            })
            .collect()
    };
    // Pairs of all design points together have no interval that means something.
    let half = |of: Verdict| match report.study.sweeps() {
        true => f64::NAN,
        false => of.difference.half(),
    };
    let policy = |policy| {
        json!({
            "level": column(policy, &|of| of.level),
            "difference": column(policy, &|of| of.difference.value),
            "half": column(policy, &half),
        })
    };
    let baseline = if report.costs.is_empty() {
        Vec::new()
    } else {
        column(0, &|of| of.baseline)
    };
    let policies: Vec<Value> = (0..report.costs.len()).map(policy).collect();
    json!({ "baseline": baseline, "policies": policies })
}

/// By language, main outcome and policy.
fn sentences(report: &ReportData) -> Value {
    let policies = report.study.policies();
    let by_language = ReaderLanguage::ALL.map(|language| {
        let currency = &report.study.scenario.geography.nation.currency;
        let words = language.words().in_currency(currency);
        let words = words.of_sweep(report.study.sweeps());
        let mains = report.effects.main().enumerate();
        let of = |(main, (o, outcome))| {
            let say = |(p, policy): (usize, &&str)| {
                let finding = Finding {
                    policy,
                    outcome,
                    effect: report.verdict(p, o)?.difference,
                    counts: report.tally.counts(p + 1, main),
                    per_head_year: report.costs[p].per_head_year,
                };
                Some(sentence(&words, &finding))
            };
            policies.iter().enumerate().map(say).collect::<Vec<_>>()
        };
        (
            language.code().to_owned(),
            json!(mains.map(of).collect::<Vec<_>>()),
        )
    });
    Value::Object(Map::from_iter(by_language))
}

/// The frontier for the main outcome number `main`.
fn frontier_of(report: &ReportData, main: usize) -> Frontier {
    let (outcome, measured) = report.effects.main().nth(main).expect("one of the main");
    let sign = measured.direction.sign();
    let gain = |policy| {
        let cell = report.verdict(policy, outcome);
        cell.map_or(f64::NAN, |of| sign * of.difference.value)
    };
    let costs = report.costs.iter().enumerate();
    let offers = costs.map(|(p, cost)| Offer {
        cost: cost.money,
        gain: gain(p),
    });
    let nothing = Offer {
        cost: 0.0,
        gain: 0.0,
    };
    let offers: Vec<Offer> = std::iter::once(nothing).chain(offers).collect();
    let lead = |policy, other| report.lead((main, measured), policy, other);
    frontier(&offers, lead, measured.least)
}

/// The list in the model's description, one text per point, without line breaks.
fn limits() -> Vec<String> {
    let (_, list) = DETAILS
        .split_once(LIMITS)
        .expect("the description has the list");
    let mut points: Vec<String> = Vec::new();
    for line in list.lines().map(str::trim) {
        if line.starts_with('#') {
            break;
        }
        if let Some(point) = line.strip_prefix("- ") {
            points.push(point.to_owned());
        } else if let (Some(last), false) = (points.last_mut(), line.is_empty()) {
            last.push(' ');
            last.push_str(line);
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out() {
        assert_eq!(as_text("<script>\"a'&"), "&lt;script&gt;&quot;a&#39;&amp;");
        let json = json!({ "name": "</script><!--" }).to_string();
        assert_eq!(
            inside_script(&json),
            "{\"name\":\"\\u003c/script\\u003e\\u003c!--\"}"
        );
    }

    #[test]
    fn every_limit_is_said_in_both_languages() {
        let limits = limits();
        assert!(!limits.is_empty());
        let chinese = ReaderLanguage::Chinese.words();
        let translated = chinese
            .texts
            .keys()
            .filter(|key| key.starts_with("limit."))
            .count();
        assert_eq!(translated, limits.len());
    }
}
