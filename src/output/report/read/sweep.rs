//! What a sweep varied.

use serde::Serialize;

use super::study::ToldStudy;
use crate::model::GROUPS;
use crate::scenario::input::Choice;
use crate::scenario::sweep::{Method, Over, Sweep, Varied};
use crate::world::clock::Date;
use crate::world::levers::LEVERS;

/// How the design points were laid, and over what.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Design {
    /// Method.
    pub method: Method,
    /// Design points.
    pub points: usize,
    /// What is varied.
    pub inputs: Vec<VariedInput>,
}

/// A varied input.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VariedInput {
    /// Its path: the column of `runs.csv`.
    pub path: String,
    /// Unit; empty for a term of a policy, of which the page knows it.
    pub unit: &'static str,
    /// Meaning; empty likewise.
    pub meaning: &'static str,
    /// The term of a policy that it is: `dose`, `start`, ...
    pub term: Option<String>,
    /// Lowest and highest value.
    pub range: [String; 2],
    /// All values, if only some were taken.
    pub values: Vec<String>,
}

/// The design of the sweep that `study` is.
pub fn design(study: &ToldStudy) -> Option<Design> {
    let sweep = study.manifest.sweep.as_ref()?;
    let inputs = sweep.vary.iter().enumerate();
    Some(Design {
        method: sweep.method,
        points: sweep.design_points() as usize,
        inputs: inputs
            .map(|(at, varied)| input(sweep, at, varied))
            .collect(),
    })
}

fn input(sweep: &Sweep, at: usize, varied: &Varied) -> VariedInput {
    let (unit, meaning) = described(&varied.path).unwrap_or_default();
    let last = varied
        .path
        .rsplit('.')
        .next()
        .filter(|_| meaning.is_empty());
    let mut taken = match &varied.over {
        Over::Range(low, high) => vec![*low, *high],
        Over::Values(values) => values.clone(),
    };
    if sweep.method == Method::Table {
        taken = sweep.table.iter().map(|row| row[at]).collect();
    }
    let listed = matches!(varied.over, Over::Values(_)) && sweep.method != Method::Table;
    let end = |best: fn(f64, f64) -> f64| taken.iter().copied().fold(f64::NAN, best);
    let is_date = matches!(last, Some("start" | "stop"));
    let text = |value: f64| match varied.words.get(value as usize) {
        Some(word) => word.clone(),
        // Dates are counted in months, as in the design.
        None if is_date => Date::new(0, 1).plus(value as i32).to_string(),
        None => value.to_string(),
    };
    VariedInput {
        path: varied.path.clone(),
        unit,
        meaning,
        term: last.map(String::from),
        range: [text(end(f64::min)), text(end(f64::max))],
        values: taken
            .iter()
            .filter(|_| listed)
            .map(|value| text(*value))
            .collect(),
    }
}

/// Unit and meaning of the parameter, or of the lever of an intervention, at `path`.
fn described(path: &str) -> Option<(&'static str, &'static str)> {
    if path.starts_with("policy.") {
        let ends = |name: &str| {
            path.strip_suffix(name)
                .is_some_and(|rest| rest.ends_with('.'))
        };
        let lever = LEVERS.iter().find(|lever| ends(lever.name))?;
        return Some((lever.unit, lever.meaning));
    }
    let (group, name) = path.split_once('.')?;
    if Choice::named(path).is_some() {
        return Some(("a word", "which of the words holds"));
    }
    let group = GROUPS.iter().find(|of| of.name == group)?;
    let parameter = group.parameters.iter().find(|of| of.name == name)?;
    Some((parameter.unit, parameter.meaning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn varied(path: &str, over: Over) -> VariedInput {
        let vary = vec![Varied {
            path: path.into(),
            over,
            words: Vec::new(),
        }];
        let sweep = Sweep {
            method: Method::Random,
            points: 4,
            vary,
            table: Vec::new(),
        };
        input(&sweep, 0, &sweep.vary[0])
    }

    #[test]
    fn inputs_have_unit_range_and_meaning() {
        let benefit = varied("sharing.benefit", Over::Range(1.0, 6.0));
        assert_eq!(benefit.range, ["1", "6"]);
        assert!(!benefit.meaning.is_empty() && benefit.term.is_none());
        let lever = varied(
            "policy.a.duty.sharing.mandate",
            Over::Values(vec![2.0, 0.5]),
        );
        assert_eq!(
            (lever.range, lever.values),
            (
                ["0.5", "2"].map(String::from),
                vec!["2".into(), "0.5".into()]
            )
        );
        assert!(!lever.meaning.is_empty());
    }

    #[test]
    fn dates_are_dates_again() {
        let start = varied("policy.a.start", Over::Range(24_192.0, 24_204.0));
        assert_eq!(start.range, ["2016-01", "2017-01"]);
        assert_eq!(start.term.as_deref(), Some("start"));
    }
}
