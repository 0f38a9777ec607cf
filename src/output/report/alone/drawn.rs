//! The figures of one policy's outcomes: month by month, and by province.

use serde_json::{Map, Value, json};

use super::say::{policy, titled};
use super::told::{AloneOutcome, ToldAlone};
use crate::experiment::runs::digest::JUDGED;
use crate::experiment::statistics::paired::Pairs;
use crate::output::figures::style::Look;
use crate::output::figures::tiles::{self, TilePanel, TilePlace, TileScale, TileShown};
use crate::output::figures::unfold::{self, Fan, PolicyLine};
use crate::output::report::page::drawing::safe;
use crate::output::report::page::drawn::shorts;
use crate::output::report::page::events::marks;
use crate::output::report::say::answer::numbers::NumberKind;
use crate::output::report::say::words::ReportWords;

/// All figures by name: `unfold0`, `map0` and so on, by outcome.
pub fn figures(of: &ToldAlone, words: &ReportWords) -> Value {
    let each = |(o, outcome): (usize, &AloneOutcome)| {
        [
            (format!("unfold{o}"), unfolds(of, o, words)),
            (format!("map{o}"), map(of, outcome, words)),
        ]
    };
    let all = of.outcomes.iter().enumerate().flat_map(each);
    Value::Object(all.collect::<Map<String, Value>>())
}

/// Mean and 95 % interval over replications, month by month.
fn unfolds(of: &ToldAlone, outcome: usize, words: &ReportWords) -> Value {
    let mut fan = Fan::default();
    for month in 0..of.courses.months {
        let mut pairs = Pairs::default();
        for run in 0..of.courses.replications {
            pairs.add(0.0, of.courses.value(0, run, month, outcome));
        }
        let level = pairs.effect();
        fan.mean.push(level.difference);
        fan.low.push(level.low);
        fan.high.push(level.high);
    }
    let line = PolicyLine {
        look: Look::of(1, safe(&policy(of, words)), Some(0)),
        level: fan,
        difference: None,
    };
    let AloneOutcome { name, unit, .. } = &of.outcomes[outcome];
    let title = titled(name, unit, words);
    let start = of.study.scenario.start;
    json!(unfold::levels(line, &marks(&of.study, words), title, start))
}

/// Every province over the last 12 months.
fn map(of: &ToldAlone, outcome: &AloneOutcome, words: &ReportWords) -> Value {
    let provinces = &of.study.scenario.geography.provinces;
    let kind = NumberKind::of(&outcome.unit);
    let (mut places, mut shown) = (Vec::new(), Vec::new());
    for (province, short) in provinces.iter().zip(shorts(provinces)) {
        let level = outcome.level("province", &province.name, JUDGED);
        let second = words.is_chinese() && !province.second_name.is_empty();
        let name = safe(if second {
            &province.second_name
        } else {
            &province.name
        });
        let [value, half] = [kind.exact(words, level.value), kind.half(level.half())];
        shown.push(TileShown {
            value: level.value,
            clear: level.value.is_finite(),
            said: format!("{name} {value} {half}"),
        });
        places.push(TilePlace {
            tile: province.tile,
            short: safe(&short),
            name,
        });
    }
    let most = shown.iter().filter(|of| of.clear);
    let most = most.fold(1e-6_f64, |most, of| most.max(of.value));
    let panel = TilePanel {
        title: String::new(),
        shown,
    };
    json!(tiles::figure(
        &places,
        &[panel],
        TileScale::Level(most),
        1,
        true
    ))
}
