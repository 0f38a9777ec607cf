//! Before and after a calibration: targets against what was seen, parameters in their ranges.

use serde_json::{Value, json};

use super::style::{BETTER, GROUND, WORSE, axis, faint, layout, names};
use super::{Figure, error_bar, nums};

/// A row: a name, an interval with its middle, and the scenario's own value.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// 5th, 50th and 95th percentile of the posterior.
    pub posterior: [f64; 3],
    /// Where the scenario's own values stand.
    pub own: f64,
}

/// The figure: `field` are the ends of the axis, what lies outside stands at its edge; `texts` name axis,
/// posterior and own values.
pub fn figure(rows: &[Row], field: [f64; 2], texts: [&str; 3]) -> Figure {
    // what is no number stays none
    let within = |x: f64| x.clamp(field[0], field[1]);
    let places: Vec<usize> = (0..rows.len()).collect();
    let middle: Vec<f64> = rows.iter().map(|row| within(row.posterior[1])).collect();
    let ends = |row: &Row| Some([row.posterior[0], row.posterior[2]].map(within));
    let ends: Vec<_> = rows.iter().map(ends).collect();
    let dots = |x: Value, marker: Value, name: &str| {
        json!({ "type": "scatter", "mode": "markers", "x": x, "y": places, "marker": marker, "name": name,
            "hovertemplate": "%{x:.3~g}<extra>%{fullData.name}</extra>" })
    };
    let tick =
        json!({ "symbol": "line-ns-open", "size": 11, "color": BETTER, "line": { "width": 2 } });
    let mut posterior = dots(nums(middle.clone()), tick, texts[1]);
    posterior["error_x"] = error_bar(&middle, &ends, &faint(BETTER, 0.45), 8.0);
    let hollow = json!({ "size": 9, "color": GROUND, "line": { "color": WORSE, "width": 2 } });
    let own = dots(
        nums(rows.iter().map(|row| within(row.own))),
        hollow,
        texts[2],
    );
    let mut x = axis(texts[0]);
    x["range"] = json!(field);
    let all: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    let legend = json!({ "orientation": "h", "x": 0, "y": 1, "yanchor": "bottom" });
    let layout = layout(
        100 + 20 * rows.len(),
        json!({ "xaxis": x, "yaxis": names(&all), "showlegend": true, "legend": legend,
            "margin": { "l": 8, "r": 12, "t": 34, "b": 8 } }),
    );
    Figure {
        data: vec![posterior, own],
        layout,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_outside_stands_at_the_edge() {
        let row = Row {
            name: "a".into(),
            posterior: [-9.0, 0.0, 1.0],
            own: 7.0,
        };
        let made = figure(&[row], [-4.0, 4.0], ["sd", "posterior", "own"]);
        assert_eq!(made.data[0]["error_x"]["arrayminus"], json!([4.0]));
        assert_eq!(made.data[1]["x"], json!([4.0]));
    }
}
