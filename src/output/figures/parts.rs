//! A package in parts: what each adds, from nothing to the whole.

use serde_json::json;

use super::style::{BETTER, INK, SOFT, WORSE, axis, layout, names};
use super::{Figure, error_bar, nums};

/// A part, or the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct PackagePart {
    /// Its name.
    pub name: String,
    /// What it adds.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: Option<[f64; 2]>,
    /// Whether it is the whole.
    pub whole: bool,
}

/// The figure: the largest on top, the whole last.
pub fn figure(parts: &[PackagePart], axis_title: &str) -> Figure {
    let places: Vec<usize> = (0..parts.len()).collect();
    let measure = |part: &PackagePart| if part.whole { "total" } else { "relative" };
    let steps = json!({
        "type": "waterfall", "orientation": "h", "y": places,
        "x": nums(parts.iter().map(|part| part.value)),
        "measure": parts.iter().map(measure).collect::<Vec<_>>(), "hoverinfo": "x",
        "increasing": { "marker": { "color": BETTER } }, "decreasing": { "marker": { "color": WORSE } },
        "totals": { "marker": { "color": SOFT } }, "connector": { "line": { "color": SOFT, "width": 1 } },
    });
    let mut from = 0.0;
    let mut ends = Vec::new();
    for part in parts {
        let begin = if part.whole { 0.0 } else { from };
        from = begin + part.value;
        ends.push((
            from,
            part.interval.map(|[low, high]| [begin + low, begin + high]),
        ));
    }
    let (at, intervals): (Vec<f64>, Vec<_>) = ends.into_iter().unzip();
    let bars = json!({
        "type": "scatter", "mode": "markers", "x": nums(at.clone()), "y": places, "hoverinfo": "skip",
        "marker": { "size": 1, "color": INK }, "error_x": error_bar(&at, &intervals, INK, 1.5),
    });
    let all: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
    let layout = layout(
        70 + 26 * parts.len(),
        json!({ "xaxis": axis(axis_title), "yaxis": names(&all) }),
    );
    Figure {
        data: vec![steps, bars],
        layout,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_begins_where_the_one_before_ended() {
        let part = |value: f64, whole| PackagePart {
            name: "a".into(),
            value,
            interval: Some([value - 0.1, value + 0.2]),
            whole,
        };
        let made = figure(
            &[part(0.3, false), part(0.2, false), part(0.5, true)],
            "effect",
        );
        assert_eq!(made.data[1]["x"], json!([0.3, 0.5, 0.5]));
        assert_eq!(
            made.data[1]["error_x"]["arrayminus"],
            json!([0.1, 0.1, 0.1])
        );
        assert_eq!(
            made.data[0]["measure"],
            json!(["relative", "relative", "total"])
        );
    }
}
