//! Which inputs decide: a bar for each index of each input, the largest on top.

use serde_json::{Value, json};

use super::style::{HUES, INK, axis, faint, layout, names};
use super::{Figure, error_bar, nums};
use crate::numeric::BySize as _;

/// An index of an input.
#[derive(Debug, Clone, PartialEq)]
pub struct InputIndex {
    /// The input.
    pub input: String,
    /// The index, in the reader's words.
    pub index: String,
    /// Its value.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: Option<[f64; 2]>,
}

/// The figure; `shapes` are the indices in the order of their importance: the first gives the order.
pub fn figure(all: &[InputIndex], shapes: &[String]) -> Figure {
    let mut order: Vec<&InputIndex> = all
        .iter()
        .filter(|one| Some(&one.index) == shapes.first())
        .collect();
    order.sort_by(|a, b| b.value.abs().by_size(&a.value.abs()));
    let inputs: Vec<String> = order.iter().map(|one| one.input.clone()).collect();
    let bars = |(i, shape): (usize, &String)| -> Value {
        let of = |input: &String| {
            all.iter()
                .find(|one| one.index == *shape && one.input == *input)
        };
        let found: Vec<Option<&InputIndex>> = inputs.iter().map(of).collect();
        let values: Vec<f64> = found
            .iter()
            .map(|one| one.map_or(f64::NAN, |one| one.value))
            .collect();
        let ends: Vec<_> = found
            .iter()
            .map(|one| one.and_then(|one| one.interval))
            .collect();
        json!({
            "type": "bar", "orientation": "h", "name": shape, "x": nums(values.clone()),
            "y": (0..inputs.len()).collect::<Vec<_>>(), "marker": { "color": faint(HUES[i], 0.7) },
            "error_x": error_bar(&values, &ends, INK, 1.5),
            "hovertemplate": "%{x:.3~g}<extra>%{fullData.name}</extra>",
        })
    };
    let data: Vec<Value> = shapes.iter().enumerate().map(bars).collect();
    let legend =
        json!({ "orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal" });
    let layout = layout(
        90 + 34 * inputs.len(),
        json!({
            "xaxis": axis(""), "yaxis": names(&inputs), "barmode": "group", "bargap": 0.3,
            "showlegend": true, "legend": legend, "margin": { "l": 8, "r": 16, "t": 34, "b": 8 },
        }),
    );
    Figure { data, layout }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_stands_on_top() {
        let one = |input: &str, index: &str, value| InputIndex {
            input: input.into(),
            index: index.into(),
            value,
            interval: None,
        };
        let all = [
            one("a", "total", 0.1),
            one("b", "total", -0.6),
            one("b", "first", 0.2),
        ];
        let made = figure(&all, &["total".into(), "first".into()]);
        assert_eq!(made.layout["yaxis"]["ticktext"], json!(["b", "a"]));
        assert_eq!(
            (&made.data[0]["x"], &made.data[1]["x"]),
            (&json!([-0.6, 0.1]), &json!([0.2, null]))
        );
    }
}
