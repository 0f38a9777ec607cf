//! The limits of a box of failure, read from the condition that `robustness.csv` holds.

use super::drawing::{Drawing, safe};
use crate::output::figures::failure_box::BoxLimit;
use crate::world::clock::Date;

/// Limits by input, in the order of the condition.
pub fn limits(of: &Drawing<'_>, condition: &str) -> Vec<BoxLimit> {
    let mut found: Vec<(String, [Option<String>; 2])> = Vec::new();
    for clause in condition.split(" and ") {
        let Some((path, rest)) = clause.trim().trim_start_matches('`').split_once('`') else {
            continue;
        };
        let side = usize::from(!rest.trim_start().starts_with(">="));
        let end = rest
            .trim()
            .trim_start_matches(['<', '>', '=', ' '])
            .trim_matches('\'')
            .to_owned();
        let at = found
            .iter()
            .position(|(of, _)| of == path)
            .unwrap_or_else(|| {
                found.push((path.to_owned(), [None, None]));
                found.len() - 1
            });
        found[at].1[side] = Some(end);
    }
    found
        .into_iter()
        .filter_map(|(path, ends)| limit(of, &path, ends))
        .collect()
}

fn limit(of: &Drawing<'_>, path: &str, ends: [Option<String>; 2]) -> Option<BoxLimit> {
    let sweep = of.report.study.manifest.sweep.as_ref()?;
    let (least, most) = sweep.vary.iter().find(|one| one.path == path)?.over.ends();
    let dated = ends.iter().flatten().any(|end| end.parse::<Date>().is_ok());
    let number = |end: &String| match end.parse::<Date>() {
        Ok(date) if dated => f64::from(date.months_since(Date::new(0, 1))),
        _ => end.parse().unwrap_or(f64::NAN),
    };
    let text = |value: f64| match dated {
        true => Date::new(0, 1).plus(value as i32).to_string(),
        false => crate::output::figures::num(value).to_string(),
    };
    let share = |end: &Option<String>, other: f64| {
        end.as_ref()
            .map_or(other, |end| (number(end) - least) / (most - least))
    };
    let [low, high] = ends
        .each_ref()
        .map(|end| end.as_ref().map(|end| text(number(end))));
    let key = match (&low, &high) {
        (Some(_), Some(_)) => "box.between",
        (Some(_), None) => "box.from",
        _ => "box.to",
    };
    let [low, high] = [low, high].map(Option::unwrap_or_default);
    let words = of.words.say(key, &[("low", &low), ("high", &high)]);
    Some(BoxLimit {
        name: safe(&format!("{path} {words}")),
        inside: [share(&ends[0], 0.0), share(&ends[1], 1.0)],
        ends: [least, most].map(text),
    })
}
