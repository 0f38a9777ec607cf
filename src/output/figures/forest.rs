//! Effects of all policies on one outcome, the best on top: the mark is the mean difference, the dark
//! thin bar its 95 % interval by chance, the pale one the range over plausible worlds.

use serde_json::{Value, json};

use super::style::{GROUND, Look, SOFT, axis, faint, layout, names};
use super::{Figure, error_bar, nums};

/// Height of a row in pixels.
const ROW: usize = 34;

/// A policy in the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestRow {
    /// Which policy.
    pub look: Look,
    /// Mean difference from the reference.
    pub difference: f64,
    /// Its 95 % interval by chance.
    pub chance: Option<[f64; 2]>,
    /// 5th percentile, median and 95th percentile over plausible worlds.
    pub worlds: Option<[f64; 3]>,
}

/// The figure; `axis_title` says what is measured against what.
pub fn figure(rows: &[ForestRow], axis_title: &str) -> Figure {
    let differences: Vec<f64> = rows.iter().map(|row| row.difference).collect();
    let places: Vec<usize> = (0..rows.len()).collect();
    let bar = |middle: &[f64], ends: Vec<Option<[f64; 2]>>, colour: &str, width| {
        json!({
            "type": "scatter", "mode": "markers", "x": nums(middle.iter().copied()), "y": places,
            "marker": { "size": 1, "color": colour }, "hoverinfo": "skip",
            "error_x": error_bar(middle, &ends, colour, width),
        })
    };
    let medians: Vec<f64> = rows
        .iter()
        .map(|row| row.worlds.map_or(f64::NAN, |of| of[1]))
        .collect();
    let worlds = rows
        .iter()
        .map(|row| row.worlds.map(|[low, _, high]| [low, high]));
    let chance = rows.iter().map(|row| row.chance);
    let data = vec![
        bar(&medians, worlds.collect(), &faint(SOFT, 0.25), 9.0),
        bar(&differences, chance.collect(), SOFT, 2.0),
        marks(rows, &places, &differences),
    ];
    let named: Vec<String> = rows.iter().map(|row| row.look.name.clone()).collect();
    let height = 80 + ROW * rows.len();
    let axes = json!({ "xaxis": axis(axis_title), "yaxis": names(&named) });
    Figure {
        data,
        layout: layout(height, axes),
    }
}

/// The mark of each policy: hollow where no interval is known.
fn marks(rows: &[ForestRow], places: &[usize], differences: &[f64]) -> Value {
    let colours: Vec<&str> = rows.iter().map(|row| row.look.colour()).collect();
    let fill = |row: &ForestRow| match row.chance {
        Some(_) => row.look.colour(),
        None => GROUND,
    };
    json!({
        "type": "scatter", "mode": "markers", "x": nums(differences.iter().copied()), "y": places,
        "text": rows.iter().map(|row| row.look.name.as_str()).collect::<Vec<_>>(),
        "marker": {
            "size": 10, "opacity": 1, "color": rows.iter().map(fill).collect::<Vec<_>>(),
            "line": { "color": colours, "width": 2 },
        },
        "hovertemplate": "%{text}<br>%{x}<extra></extra>", "meta": { "part": "policies" },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_its_bars_where_they_are_known() {
        let row = |chance, worlds| ForestRow {
            look: Look::of(1, "a".into(), Some(0)),
            difference: 0.5,
            chance,
            worlds,
        };
        let rows = [
            row(Some([0.4, 0.75]), Some([0.25, 0.5, 1.0])),
            row(None, None),
        ];
        let made = figure(&rows, "difference");
        assert_eq!(made.data[0]["error_x"]["array"], json!([0.5, null]));
        assert_eq!(made.data[1]["error_x"]["array"], json!([0.25, null]));
        assert_eq!(made.data[2]["marker"]["color"][1], json!(GROUND));
        assert_eq!(made.layout["yaxis"]["ticktext"], json!(["a", "a"]));
    }
}
