//! Figures: how the outcome unfolds, where it changes, what it costs. They are the report's.

use serde_json::{Value, json};

use super::band::{Banded, LiveView};
use crate::lab::tally::TallyCell;
use crate::model::outcome::OUTCOMES;
use crate::output::figures::style::{Look, little_to_much};
use crate::output::figures::tiles::{TilePanel, TilePlace, TileScale, TileShown};
use crate::output::figures::unfold::{Fan, PolicyLine, TimeMark, UnfoldTexts};
use crate::output::figures::{Figure, cost, tiles, unfold};

/// The looks of all policies, the baseline first; letters are those of the tabs.
fn looks(shown: &LiveView<'_>) -> Vec<Look> {
    let policies = shown.findings.scenario.policies.iter().enumerate();
    let look = |(i, policy): (usize, &crate::intervention::Policy)| {
        let name = shown.words.name("policy", &policy.name);
        Look::of(i, name, i.checked_sub(1))
    };
    policies.map(look).collect()
}

/// Name and unit of the outcome.
fn outcome(shown: &LiveView<'_>) -> String {
    let of = &OUTCOMES[shown.looking.outcome];
    let unit = shown.words.name("measured", of.unit);
    let text = shown.words.name("outcome", of.name);
    shown
        .words
        .say("measured.with", &[("text", &text), ("unit", &unit)])
}

/// Level of every policy and difference from the one that is held against, month by month.
pub fn unfolds(shown: &LiveView<'_>) -> Value {
    let scenario = &shown.findings.scenario;
    let (looking, months) = (shown.looking, scenario.months as usize);
    let cell = |month| TallyCell::Month(month, looking.outcome);
    let looks = looks(shown);
    let line = |look: &Look| PolicyLine {
        look: look.clone(),
        level: fan((0..months).map(|month| shown.level(look.policy, cell(month)))),
        difference: (look.policy != looking.against).then(|| {
            let from = |month| shown.difference(look.policy, looking.against, cell(month));
            fan((0..months).map(from))
        }),
    };
    let lines: Vec<PolicyLine> = looks.iter().map(line).collect();
    let reference = shown.words.inside(&looks[looking.against].name);
    let texts = UnfoldTexts {
        level: outcome(shown),
        difference: shown.words.say("unfold.from", &[("against", &reference)]),
    };
    let mut figure = unfold::figure(&lines, &marks(shown), &texts, scenario.start);
    figure.layout["height"] = 430.into();
    json!(figure)
}

fn fan(all: impl Iterator<Item = Banded>) -> Fan {
    let mut fan = Fan::default();
    for Banded { mean, half, .. } in all {
        fan.mean.push(mean);
        fan.low.push(mean - half);
        fan.high.push(mean + half);
    }
    fan
}

/// What the scenario marks, and the starts of the policy that is looked at.
fn marks(shown: &LiveView<'_>) -> Vec<TimeMark> {
    let scenario = &shown.findings.scenario;
    let events = scenario.report.events.iter().map(|event| TimeMark {
        month: event.date.months_since(scenario.start),
        label: match shown.looking.chinese && !event.label_zh.is_empty() {
            true => event.label_zh.clone(),
            false => event.label.clone(),
        },
    });
    let interventions = &scenario.policies[shown.looking.policy].interventions;
    let starts = interventions.iter().map(|one| TimeMark {
        month: one.course.start.months_since(scenario.start),
        label: shown.words.name("intervention", &one.name),
    });
    let mut all: Vec<TimeMark> = events.chain(starts).collect();
    all.retain(|mark| (1..scenario.months as i32).contains(&mark.month));
    all.sort_by_key(|mark| mark.month);
    all.dedup_by_key(|mark| mark.month);
    all
}

/// Levels under both policies on one scale, and the difference on its own; nothing without places.
pub fn maps(shown: &LiveView<'_>) -> Value {
    let provinces = &shown.findings.scenario.geography.provinces;
    let second = shown.looking.chinese;
    let places: Vec<TilePlace> = provinces
        .iter()
        .map(|province| TilePlace {
            tile: [province.tile.0, province.tile.1],
            short: match second && !province.second_name.is_empty() {
                true => province.second_name.clone(),
                false => province.iso.rsplit('-').next().unwrap_or_default().into(),
            },
            name: match second && !province.second_name.is_empty() {
                true => province.second_name.clone(),
                false => province.name.clone(),
            },
        })
        .collect();
    let less_is_better = OUTCOMES[shown.looking.outcome].direction.sign() < 0.0;
    let panels = panels(shown, &places);
    let scale = |panels: &[TilePanel]| {
        let values = panels.iter().flat_map(|panel| &panel.shown);
        let values = values.filter(|of| of.clear && of.value.is_finite());
        values.fold(1e-6_f64, |most, of| most.max(of.value.abs()))
    };
    let level = TileScale::Level(scale(&panels[..2]));
    let signed = TileScale::Signed(scale(&panels[2..]), less_is_better);
    let levels = tiles::figure(&places, &panels[..2], level, 2, false);
    let change: Figure = tiles::figure(&places, &panels[2..], signed, 1, true);
    json!({ "levels": levels, "change": change, "scale": little_to_much() })
}

/// Policy, the one that it is held against, difference.
fn panels(shown: &LiveView<'_>, places: &[TilePlace]) -> Vec<TilePanel> {
    let looking = shown.looking;
    let regions = shown.findings.scenario.geography.regions.len();
    let cell =
        |place: usize| TallyCell::Period(looking.period, 1 + regions + place, looking.outcome);
    let looks = looks(shown);
    let panel = |title: &str, value: &dyn Fn(usize) -> (Banded, bool)| TilePanel {
        title: title.replace('<', "&lt;"),
        shown: (0..places.len())
            .map(|place| {
                let (Banded { mean, half, .. }, clear) = value(place);
                let band = match half.is_finite() {
                    true => format!(" ± {half:.3}"),
                    false => String::new(),
                };
                TileShown {
                    value: mean,
                    clear: clear && mean.is_finite(),
                    said: format!(
                        "{} {mean:.3}{band}",
                        places[place].name.replace('<', "&lt;")
                    ),
                }
            })
            .collect(),
    };
    let level = |policy: usize| move |place: usize| (shown.level(policy, cell(place)), true);
    let change = |place: usize| {
        let of = shown.difference(looking.policy, looking.against, cell(place));
        (of, of.clear)
    };
    vec![
        panel(&looks[looking.policy].name, &level(looking.policy)),
        panel(&looks[looking.against].name, &level(looking.against)),
        panel(&shown.words.say("map.difference", &[]), &change),
    ]
}

/// Cost against effect, every policy against the baseline.
pub fn costs(shown: &LiveView<'_>) -> Value {
    let looks = looks(shown);
    let money = |policy| shown.level(policy, TallyCell::Money).mean;
    let most = (0..looks.len()).map(money).fold(1.0_f64, f64::max);
    let (size, unit) = shown.words.scale(most);
    let point = |look: &Look| {
        let effect = shown.judged(look.policy, 0, shown.looking.outcome);
        let (low, high) = (effect.mean - effect.half, effect.mean + effect.half);
        cost::CostPoint {
            look: look.clone(),
            cost: money(look.policy) / size,
            effect: effect.mean,
            chance: effect.half.is_finite().then_some([low, high]),
            worlds: None,
            efficient: effect.clear,
            said: format!(
                "{}<br>{:.3}<br>{}",
                look.name.replace('<', "&lt;"),
                effect.mean,
                shown.words.money(money(look.policy))
            ),
        }
    };
    let points: Vec<cost::CostPoint> = looks.iter().skip(1).map(point).collect();
    let axes = [
        shown.words.say("cost.axis", &[("unit", unit)]),
        outcome(shown),
    ];
    let mut figure = cost::figure(&points, axes.each_ref().map(String::as_str));
    // which of them are efficient is only told when all is known
    figure
        .data
        .retain(|trace| trace["meta"]["part"] != "frontier");
    figure.layout["height"] = 300.into();
    json!(figure)
}
