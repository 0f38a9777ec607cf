//! Figures as data: plotly's JSON, one figure a file. The same JSON serves the report, the live page
//! and a notebook (`plotly.io.from_json`); the script that draws it is the one that crate `plotly`
//! carries.
//!
//! Architecture invariants: a figure is a pure function of numbers and of texts in the reader's
//! language; it knows no file, no page and no simulation. Colours are those of a light page: a page
//! that is dark swaps them by [`style::TWINS`].

pub mod style;
pub mod script;
pub mod forest;
pub mod unfold;
pub mod cost;
pub mod tiles;
pub mod shares;
pub mod matrix;
pub mod parts;
pub mod tornado;
pub mod failure_box;
pub mod ranks;
pub mod attention;
pub mod words;
pub mod courses;
pub mod region;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::numeric::short;

/// A figure: traces and layout as plotly reads them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Traces.
    pub data: Vec<Value>,
    /// Axes, shapes, notes.
    pub layout: Value,
}

impl Figure {
    /// The same, with the layout that it has where the page is narrow.
    pub fn with_narrow(mut self, narrow: Self) -> Self {
        self.layout["meta"]["narrow"] = narrow.layout;
        self
    }
}

/// What turns the JSON `from` into `to`: paths (names and numbers joined by `/`) and the values there.
///
/// Two figures that differ only in their words differ in few places, so a page holds the numbers once.
pub fn difference(from: &Value, to: &Value) -> Map<String, Value> {
    let mut found = Map::new();
    compare(from, to, &mut Vec::new(), &mut found);
    found
}

fn compare(from: &Value, to: &Value, path: &mut Vec<String>, found: &mut Map<String, Value>) {
    match (from, to) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            for (key, value) in a {
                path.push(key.clone());
                compare(value, &b[key], path, found);
                path.pop();
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (i, (one, other)) in a.iter().zip(b).enumerate() {
                path.push(i.to_string());
                compare(one, other, path, found);
                path.pop();
            }
        }
        _ if from == to => {}
        _ => {
            found.insert(path.join("/"), to.clone());
        }
    }
}

/// A number with four significant digits, nothing where there is none: figures need no more.
pub fn num(value: f64) -> Value {
    shortened(value, 4)
}

/// Numbers with three significant digits: edges that nobody reads off.
pub fn edge(values: &[f64]) -> Value {
    values.iter().map(|value| shortened(*value, 3)).collect()
}

fn shortened(value: f64, digits: usize) -> Value {
    // what is no number is nothing in JSON
    Value::from(short(value, digits))
}

/// Numbers of a trace.
pub fn nums(values: impl IntoIterator<Item = f64>) -> Value {
    values.into_iter().map(num).collect()
}

/// Distances from `middle` to both ends of an interval, as plotly's error bars have them.
pub fn error_bar(middle: &[f64], ends: &[Option<[f64; 2]>], colour: &str, width: f64) -> Value {
    let far = |end: usize| {
        let of = |(m, ends): (&f64, &Option<[f64; 2]>)| match ends {
            Some(ends) if end == 0 => m - ends[0],
            Some(ends) => ends[1] - m,
            None => f64::NAN,
        };
        nums(middle.iter().zip(ends).map(of))
    };
    json!({
        "type": "data", "symmetric": false, "array": far(1), "arrayminus": far(0),
        "color": colour, "thickness": width, "width": 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_in_other_words_differs_in_few_places() {
        let from = json!({ "data": [{ "name": "a", "y": [1, 2] }], "layout": { "title": "x" } });
        let to = json!({ "data": [{ "name": "b", "y": [1, 2] }], "layout": { "title": "x" } });
        assert_eq!(
            Value::Object(difference(&from, &to)),
            json!({ "data/0/name": "b" })
        );
        assert!(difference(&from, &from).is_empty());
    }

    #[test]
    fn numbers_are_short_and_what_is_unknown_is_nothing() {
        assert_eq!(nums([0.123_456, f64::NAN, 0.0]), json!([0.1235, null, 0.0]));
        assert_eq!(edge(&[0.123_456, f64::NAN]), json!([0.123, null]));
        let bar = error_bar(&[1.0, 2.0], &[Some([0.5, 2.0]), None], "#000000", 2.0);
        assert_eq!(
            (&bar["array"], &bar["arrayminus"]),
            (&json!([1.0, null]), &json!([0.5, null]))
        );
    }
}
