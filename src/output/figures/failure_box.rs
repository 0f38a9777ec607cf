//! The box in which a policy fails: of each input that it limits the range, and the part inside.

use serde_json::{Value, json};

use super::Figure;
use super::style::{INK, VOID, WORSE, layout, names};

/// A limited input.
#[derive(Debug, Clone, PartialEq)]
pub struct BoxLimit {
    /// The input and its limits, in words.
    pub name: String,
    /// Ends of the part inside, as shares of the range.
    pub inside: [f64; 2],
    /// Ends of the range, in words.
    pub ends: [String; 2],
}

/// The figure.
pub fn figure(limits: &[BoxLimit]) -> Figure {
    let places: Vec<usize> = (0..limits.len()).collect();
    let bar = |base: Vec<f64>, wide: Vec<f64>, colour: &str| {
        json!({
            "type": "bar", "orientation": "h", "y": places, "base": base, "x": wide, "width": 0.34,
            "marker": { "color": colour }, "hoverinfo": "skip",
        })
    };
    let whole = bar(vec![0.0; limits.len()], vec![1.0; limits.len()], VOID);
    let from = limits.iter().map(|of| of.inside[0]).collect();
    let wide = limits
        .iter()
        .map(|of| of.inside[1] - of.inside[0])
        .collect();
    let end = |side: usize, i: usize| {
        json!({
            "text": limits[i].ends[side], "x": side, "y": i, "showarrow": false, "yshift": -16,
            "xanchor": (["left", "right"][side]), "font": { "size": 11, "color": INK },
        })
    };
    let notes: Vec<Value> = places
        .iter()
        .flat_map(|i| [end(0, *i), end(1, *i)])
        .collect();
    let all: Vec<String> = limits.iter().map(|of| of.name.clone()).collect();
    let layout = layout(
        30 + 46 * limits.len(),
        json!({
            "xaxis": { "visible": false, "range": [0, 1], "fixedrange": true }, "yaxis": names(&all),
            "barmode": "overlay", "annotations": notes,
        }),
    );
    Figure {
        data: vec![whole, bar(from, wide, WORSE)],
        layout,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_inside_lies_on_its_range() {
        let limit = BoxLimit {
            name: "a up to 2".into(),
            inside: [0.0, 0.25],
            ends: ["1".into(), "5".into()],
        };
        let made = figure(&[limit]);
        assert_eq!(
            (&made.data[1]["base"], &made.data[1]["x"]),
            (&json!([0.0]), &json!([0.25]))
        );
        assert_eq!(made.layout["annotations"][1]["text"], "5");
    }
}
