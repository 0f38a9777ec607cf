//! The numbers of the page as JSON: what was asked, verdicts, places, sentences, figures.

use serde_json::{Map, Value, json};

use super::answer::looks;
use super::drawing::Drawing;
use super::drawn::figures;
use super::events::recoveries;
use super::limits_said;
use crate::experiment::statistics::value::Offer;
use crate::numeric::short;
use crate::output::figures::{difference, style};
use crate::output::report::data::ReportData;
use crate::output::report::read::effects::Verdict;
use crate::output::report::read::study::ToldStudy;
use crate::output::report::read::sweep;
use crate::output::report::say::answer::facts::Facts;
use crate::output::report::say::frontier::{Frontier, frontier};
use crate::output::report::say::round::as_clear;
use crate::output::report::say::sentence::{Finding, sentence};
use crate::output::report::say::words::ReaderLanguage;
use crate::world::factor::FACTORS;

/// The texts of all languages; those of the live page stay there.
fn texts(report: &ReportData) -> Map<String, Value> {
    let of = |language: ReaderLanguage| {
        let mut texts = report.words(language).texts;
        texts.retain(|key, _| !key.starts_with("lab."));
        (language.code().to_owned(), json!(texts))
    };
    ReaderLanguage::ALL.map(of).into_iter().collect()
}

/// Everything that the page shows beyond its first screen; it opens in `language`.
pub fn numbers(report: &ReportData, facts: &[Facts], language: ReaderLanguage) -> Value {
    let ReportData { study, effects, .. } = report;
    let main: Vec<usize> = effects.main().map(|(o, _)| o).collect();
    let frontiers: Vec<Frontier> = (0..main.len()).map(|o| frontier_of(report, o)).collect();
    let (drawn, patch, looks) = drawn(report, facts, &frontiers, language);
    json!({
        "language": language.code(),
        "texts": texts(report),
        "study": told(study),
        "outcomes": effects.outcomes,
        "main": main,
        "scopes": effects.scopes,
        "periods": effects.periods,
        "against": report.against,
        "window": report.window(),
        "facts": facts.iter().map(|of| &of.all).collect::<Vec<_>>(),
        "letters": looks,
        "national": national(report),
        "places": main.iter().map(|o| places(report, *o)).collect::<Vec<_>>(),
        "between": between(report),
        "sentences": sentences(report),
        "costs": report.costs,
        "frontier": frontiers.iter().map(|of| &of.efficient).collect::<Vec<_>>(),
        "ties": frontiers.iter().map(|of| &of.ties).collect::<Vec<_>>(),
        "sweep": sweep::design(study),
        "ranks": report.tally.ranks(),
        "recoveries": recoveries(report),
        "network": report.network.is_some(),
        "levers": report.levers,
        "tables": report.tables,
        "factors": FACTORS,
        "limits": limits_said(),
        "figures": drawn,
        "patch": patch, "twins": style::TWINS,
    })
}

/// The figures in `language`, what differs from them in the other, and each policy's letter.
fn drawn(
    report: &ReportData,
    facts: &[Facts],
    frontiers: &[Frontier],
    language: ReaderLanguage,
) -> (Value, Map<String, Value>, Vec<String>) {
    let in_words = |language| {
        let words = report.words(language);
        let looks = looks(report, facts, &words);
        let of = Drawing {
            report,
            facts,
            frontiers,
            words: &words,
            looks: &looks,
        };
        (figures(&of), looks.iter().map(style::Look::mark).collect())
    };
    let other = ReaderLanguage::ALL.into_iter().find(|of| *of != language);
    let (own, letters) = in_words(language);
    let patch = other.map_or_else(Map::new, |other| difference(&own, &in_words(other).0));
    (own, patch, letters)
}

/// What each policy does more than each before it, by main outcome: difference and half-width, last 12 months.
///
/// The other way round it is the same with the other sign.
fn between(report: &ReportData) -> Value {
    if report.study.sweeps() {
        return Value::Null;
    }
    let policies = report.study.scenario.policies.len();
    let pair = |main: usize, policy: usize, other: usize| {
        let more = report.tally.gained(other, policy, main);
        let of = report.effects.main().nth(main);
        let sign = of.map_or(1.0, |(_, of)| of.direction.sign());
        json!(as_clear(
            sign * more.difference,
            (more.high - more.low) / 2.0
        ))
    };
    let row = |main, policy| (0..policy).map(move |other| pair(main, policy, other));
    let mains = 0..report.effects.main().count();
    mains
        .map(|main| {
            let rows = (0..policies).map(|policy| row(main, policy).collect::<Value>());
            rows.collect::<Value>()
        })
        .collect()
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

/// Levels of a main outcome by scope and period under the baseline, and by policy differences and half-widths;
/// levels too only where they are not the baseline's and the difference.
fn places(report: &ReportData, outcome: usize) -> Value {
    let effects = &report.effects;
    let (scopes, periods) = (effects.scopes.len(), effects.periods.len());
    let verdict = |policy, at: usize| effects.cell(policy, outcome, at / periods, at % periods);
    let column = |policy, of: &dyn Fn(Verdict) -> f64| -> Vec<f64> {
        let told = (0..scopes * periods).map(|at| verdict(policy, at).map_or(f64::NAN, of));
        told.collect()
    };
    // Pairs of all design points together have no interval that means something.
    let half = |of: Verdict| match report.study.sweeps() {
        true => f64::NAN,
        false => of.difference.half(),
    };
    let told = |of: Verdict| as_clear(of.difference.value, half(of));
    let baseline = match report.costs.is_empty() {
        true => Vec::new(),
        false => column(0, &|of| of.baseline),
    };
    let policy = |policy| {
        let mut all = json!({
            "difference": column(policy, &|of| told(of)[0]),
            "half": column(policy, &|of| told(of)[1]),
        });
        // pairs may be missing under one policy and not under another
        let is_no_sum = |(at, baseline): (usize, &f64)| {
            let of = verdict(policy, at).filter(|of| of.level.is_finite());
            let off =
                of.map(|of| (baseline + of.difference.value - of.level) / of.level.abs().max(1e-9));
            off.is_some_and(|off| off.is_nan() || off.abs() > 1e-6)
        };
        if baseline.iter().enumerate().any(is_no_sum) {
            all["level"] = json!(column(policy, &|of| short(of.level, 5)));
        }
        all
    };
    let policies: Vec<Value> = (0..report.costs.len()).map(policy).collect();
    let baseline: Vec<f64> = baseline.iter().map(|level| short(*level, 5)).collect();
    json!({ "baseline": baseline, "policies": policies })
}

/// By language, main outcome and policy.
fn sentences(report: &ReportData) -> Value {
    let policies = report.study.policies();
    let by_language = ReaderLanguage::ALL.map(|language| {
        let words = report.words(language);
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

/// Policies worth their money for the main outcome number `main`.
pub fn frontier_of(report: &ReportData, main: usize) -> Frontier {
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
