//! The figures of a report, by name and choice: each made of what was read, in the reader's words.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::drawing::{Drawing, outcome, safe};
use super::events::marks;
use super::extra::{boxes, parts, tornados};
use super::people::{attention, distributions, words};
use super::ties::matrices;
use crate::numeric::{BySize as _, Interval, quantiles};
use crate::output::figures::courses::{self, CourseArea};
use crate::output::figures::style::{Look, little_to_much};
use crate::output::figures::tiles::{TilePanel, TilePlace, TileScale, TileShown};
use crate::output::figures::unfold::{Fan, PolicyLine, UnfoldTexts};
use crate::output::figures::{Figure, cost, num, ranks, tiles, unfold};
use crate::output::report::read::study::{ToldIntervention, ToldProvince, ToldScenario};
use crate::output::report::read::unfold::Courses;
use crate::output::report::say::round::is_little;
use crate::world::clock::Date;

/// Every figure: by name, lists by choice (main outcome, policy, or both).
pub fn figures(of: &Drawing<'_>) -> Value {
    let mains = 0..of.facts.len();
    let each = |make: &dyn Fn(usize) -> Option<Figure>| -> Value {
        mains.clone().map(|main| json!(make(main))).collect()
    };
    let mut all = Map::new();
    all.insert("unfold".into(), each(&|main| unfolds(of, main)));
    all.insert("cost".into(), each(&|main| Some(costs(of, main))));
    all.insert("tiles".into(), each(&|main| maps(of, main, false)));
    all.insert("triple".into(), each(&|main| maps(of, main, true)));
    all.insert("ranks".into(), each(&|main| Some(ranked(of, main))));
    all.insert("parts".into(), each(&|main| parts(of, main)));
    all.insert(
        "boxes".into(),
        mains.clone().map(|main| boxes(of, main)).collect(),
    );
    all.insert("tornado".into(), tornados(of));
    all.insert("distribution".into(), distributions(of));
    all.insert("matrix".into(), matrices(of));
    all.insert("attention".into(), json!(attention(of)));
    all.insert("topics".into(), json!(words(of)));
    all.insert("courses".into(), json!(plan(of)));
    Value::Object(all)
}

fn unfolds(of: &Drawing<'_>, main: usize) -> Option<Figure> {
    let courses = of.report.courses.as_ref()?;
    let against = of.report.against;
    let line = |look: &Look| {
        let level = |run, month| courses.value(look.policy, run, month, main);
        let more = |run, month| level(run, month) - courses.value(against, run, month, main);
        PolicyLine {
            look: look.clone(),
            level: fan(courses, &level),
            difference: (look.policy != against).then(|| fan(courses, &more)),
        }
    };
    let lines: Vec<PolicyLine> = of.looks.iter().map(line).collect();
    let reference = of.words.inside(&of.looks[against].name);
    let texts = UnfoldTexts {
        level: outcome(of, main),
        difference: of.words.say("unfold.from", &[("against", &reference)]),
    };
    let marks = marks(&of.report.study, of.words);
    let start = of.report.study.scenario.start;
    Some(unfold::figure(&lines, &marks, &texts, start))
}

/// Mean and band over runs of `value`, which takes run and month.
fn fan(courses: &Courses, value: &dyn Fn(usize, usize) -> f64) -> Fan {
    let mut fan = Fan::default();
    for month in 0..courses.months {
        let runs = (0..courses.replications).map(|run| value(run, month));
        let known: Vec<f64> = runs.filter(|value| value.is_finite()).collect();
        let [low, high] = quantiles(&known, [0.05, 0.95]);
        fan.mean
            .push(known.iter().sum::<f64>() / known.len() as f64);
        fan.low.push(low);
        fan.high.push(high);
    }
    fan
}

fn costs(of: &Drawing<'_>, main: usize) -> Figure {
    let facts = &of.facts[main];
    let most = facts
        .all
        .iter()
        .fold(1.0_f64, |most, fact| most.max(fact.cost));
    let (size, unit) = of.words.scale(most);
    let point = |fact: &crate::output::report::say::answer::facts::Fact| {
        let efficient =
            fact.policy > 0 && of.frontiers[main].efficient.contains(&(fact.policy - 1));
        let money = of.words.money(fact.cost);
        let look = of.looks[fact.policy].clone();
        cost::CostPoint {
            said: format!(
                "{}<br>{}<br>{money}",
                safe(&look.name),
                num(fact.difference)
            ),
            look,
            cost: fact.cost / size,
            effect: fact.difference,
            chance: fact.chance,
            worlds: fact.worlds.map(|worlds| [worlds.low, worlds.high]),
            efficient,
        }
    };
    let points: Vec<cost::CostPoint> = facts.all.iter().map(point).collect();
    let axes = [
        of.words.say("cost.axis", &[("unit", unit)]),
        outcome(of, main),
    ];
    cost::figure(&points, axes.each_ref().map(String::as_str))
}

/// Small maps of the lettered policies, or one triple (baseline, policy, difference) to be filled in.
fn maps(of: &Drawing<'_>, main: usize, triple: bool) -> Option<Figure> {
    let (_, measured) = of.report.effects.main().nth(main)?;
    let places = places(of);
    let panels = panels(of, main, &places)?;
    let clear = panels
        .iter()
        .flat_map(|panel| &panel.shown)
        .filter(|shown| shown.clear);
    let most = clear.fold(1e-6_f64, |most, shown| most.max(shown.value.abs()));
    let scale = TileScale::Signed(most, measured.direction.sign() < 0.0);
    if !triple {
        let made = |columns| tiles::figure(&places, &panels, scale, columns, false);
        return Some(made(4).with_narrow(made(2)));
    }
    let first = panels.first()?;
    let titled = |key| TilePanel {
        title: of.words.say(key, &[]),
        ..first.clone()
    };
    let three = ["map.baseline", "map.policy", "map.difference"].map(titled);
    let made = |columns| tiles::figure(&places, &three, scale, columns, true);
    let mut figure = made(3).with_narrow(made(1));
    for level in [1, 3] {
        figure.data[level]["colorscale"] = little_to_much();
    }
    Some(figure)
}

/// The provinces as tiles.
fn places(of: &Drawing<'_>) -> Vec<TilePlace> {
    let provinces = &of.report.study.scenario.geography.provinces;
    let place = |(province, short): (&ToldProvince, String)| TilePlace {
        tile: province.tile,
        short: safe(&short),
        name: safe(&province.name),
    };
    provinces.iter().zip(shorts(provinces)).map(place).collect()
}

/// The effect of every lettered policy in every province over the last 12 months, in the order of letters.
fn panels(of: &Drawing<'_>, main: usize, places: &[TilePlace]) -> Option<Vec<TilePanel>> {
    let effects = &of.report.effects;
    let (position, measured) = effects.main().nth(main)?;
    let scopes = place_scopes(of)?;
    let last = effects.periods.len() - 1;
    let panel = |look: &Look| {
        let shown = |(scope, place): (&usize, &TilePlace)| {
            let cell = effects.cell(look.policy - 1, position, *scope, last);
            let [value, low, high] = cell.map_or([f64::NAN; 3], |cell| {
                let Interval { value, low, high } = cell.difference;
                [value, low, high]
            });
            let clear = (low > 0.0 || high < 0.0) && !is_little([low, high], measured.least);
            let said = format!("{} {}", place.name, num(value));
            TileShown { value, clear, said }
        };
        TilePanel {
            title: format!("<b>{}</b> {}", look.mark(), safe(&look.name)),
            shown: scopes.iter().zip(places).map(shown).collect(),
        }
    };
    let lettered = of.looks.iter().filter(|look| look.letter.is_some());
    let mut panels: Vec<TilePanel> = lettered.map(panel).collect();
    panels.sort_by(|a, b| a.title.cmp(&b.title));
    Some(panels)
}

/// Positions of the provinces among the scopes; nothing where a sweep keeps none.
fn place_scopes(of: &Drawing<'_>) -> Option<Vec<usize>> {
    let scopes = &of.report.effects.scopes;
    let provinces = of.report.study.scenario.geography.provinces.iter();
    let at = |name: &str| {
        scopes
            .iter()
            .position(|[kind, of]| kind == "province" && of == name)
    };
    provinces.map(|province| at(&province.name)).collect()
}

/// What stands on each tile: the second name where it is short, else the first letters; where these are
/// alike for any two, the end of the code.
pub fn shorts(provinces: &[ToldProvince]) -> Vec<String> {
    let letters = |province: &ToldProvince| match province.second_name.chars().count() {
        1..=3 => province.second_name.clone(),
        _ => province.name.chars().take(3).collect(),
    };
    let all: Vec<String> = provinces.iter().map(letters).collect();
    let different: BTreeSet<&String> = all.iter().collect();
    let coded = provinces.iter().all(|province| !province.iso.is_empty());
    if different.len() == all.len() || !coded {
        return all;
    }
    let code = |province: &ToldProvince| match province.iso.rsplit_once('-') {
        Some((_, end)) => end.to_owned(),
        None => province.iso.clone(),
    };
    provinces.iter().map(code).collect()
}

fn ranked(of: &Drawing<'_>, main: usize) -> Figure {
    let counts = &of.report.tally.ranks()[main];
    let mean = |policy: &usize| -> f64 {
        counts[*policy]
            .iter()
            .enumerate()
            .map(|(rank, count)| rank as f64 * f64::from(*count))
            .sum()
    };
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by(|a, b| mean(a).by_size(&mean(b)));
    let names: Vec<String> = order
        .iter()
        .map(|policy| safe(&of.looks[*policy].name))
        .collect();
    let rows: Vec<Vec<u32>> = order.iter().map(|policy| counts[*policy].clone()).collect();
    ranks::figure(&names, &rows, &of.words.say("robust.rank", &[]))
}

/// What each distinct intervention does when.
fn plan(of: &Drawing<'_>) -> Figure {
    let scenario = &of.report.study.scenario;
    let mut seen: Vec<&ToldIntervention> = Vec::new();
    for one in scenario
        .policies
        .iter()
        .flat_map(|policy| &policy.interventions)
    {
        if !seen
            .iter()
            .any(|other| (&other.name, &other.course) == (&one.name, &one.course))
        {
            seen.push(one);
        }
    }
    let course = |one: &&ToldIntervention| {
        let name = safe(&of.words.name("intervention", &one.name));
        CourseArea {
            said: format!("{name} {}", one.course.start),
            name,
            corners: corners(one, scenario),
        }
    };
    let courses: Vec<CourseArea> = seen.iter().map(course).collect();
    courses::figure(
        &courses,
        scenario.months,
        &unfold::years(scenario.start, scenario.months as usize),
    )
}

/// Months and strength at the corners of an intervention's course.
fn corners(one: &ToldIntervention, scenario: &ToldScenario) -> Vec<(f64, f64)> {
    let month = |date: Date| f64::from(date.months_since(scenario.start));
    let (course, end) = (&one.course, f64::from(scenario.months));
    let from = month(course.start);
    let full = from + f64::from(course.ramp_months);
    let until = course.stop.map_or(end, month).min(end);
    let reached = match until < full {
        true => course.dose * (until - from) / (full - from),
        false => course.dose,
    };
    let mut corners = vec![(
        from,
        if course.ramp_months > 0 {
            0.0
        } else {
            course.dose
        },
    )];
    corners.extend((full < until).then_some((full, course.dose)));
    corners.push((until, reached));
    if course.stop.is_some() && course.half_life_months > 0.0 {
        let left = |after: f64| reached * libm::exp2(-after / course.half_life_months);
        let after = (1..)
            .map(f64::from)
            .take_while(|after| until + after <= end && left(*after) > 0.01);
        corners.extend(after.map(|after| (until + after, left(after))));
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[[&str; 3]]) -> Vec<String> {
        let province = |[iso, name, second]: &[&str; 3]| ToldProvince {
            iso: (*iso).into(),
            name: (*name).into(),
            second_name: (*second).into(),
            region: String::new(),
            tile: [0, 0],
            attention: Vec::new(),
        };
        shorts(&names.iter().map(province).collect::<Vec<_>>())
    }

    #[test]
    fn no_two_tiles_bear_the_same_letters() {
        let bavaria = ["DE-BY", "Bavaria", "Bayern"];
        let saxony = ["DE-SN", "Saxony", "Sachsen"];
        let anhalt = ["DE-ST", "Saxony-Anhalt", "Sachsen-Anhalt"];
        assert_eq!(named(&[bavaria, saxony]), ["Bav", "Sax"]);
        assert_eq!(named(&[bavaria, saxony, anhalt]), ["BY", "SN", "ST"]);
        assert_eq!(named(&[["CN-SC", "Sichuan", "四川"]]), ["四川"]);
        let nameless = [["", "Region 1", ""], ["", "Region 2", ""]];
        assert_eq!(named(&nameless), ["Reg", "Reg"]);
    }
}
