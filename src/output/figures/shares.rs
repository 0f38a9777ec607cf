//! Shares that are better and worse off: bars to both sides of nothing.

use serde_json::{Value, json};

use super::style::{BETTER, WORSE, axis, layout, names};
use super::{Figure, nums};

/// A group of people or places.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareGroup {
    /// Its name.
    pub name: String,
    /// Share that is better off.
    pub better: f64,
    /// Share that is worse off.
    pub worse: f64,
}

/// The figure; `texts` name the axis, what is better and what is worse.
pub fn figure(groups: &[ShareGroup], texts: [&str; 3]) -> Figure {
    let places: Vec<usize> = (0..groups.len()).collect();
    let bar = |of: fn(&ShareGroup) -> f64, sign: f64, colour: &str, name: &str| {
        let shares: Vec<f64> = groups.iter().map(of).collect();
        let text: Vec<Value> = shares.iter().map(|share| label(*share).into()).collect();
        json!({
            "type": "bar", "orientation": "h", "y": places, "x": nums(shares.iter().map(|share| sign * share)),
            "text": text, "textposition": "outside", "cliponaxis": false, "name": name,
            "marker": { "color": colour }, "hovertemplate": "%{text}<extra>%{fullData.name}</extra>",
        })
    };
    let data = vec![
        bar(|of| of.better, 1.0, BETTER, texts[1]),
        bar(|of| of.worse, -1.0, WORSE, texts[2]),
    ];
    let mut x = axis(texts[0]);
    x["range"] = json!([-1.18, 1.18]);
    x["tickvals"] = json!([-1, -0.5, 0, 0.5, 1]);
    x["ticktext"] = json!(["100 %", "50 %", "0", "50 %", "100 %"]);
    let all: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
    let layout = layout(
        70 + 23 * groups.len(),
        json!({ "xaxis": x, "yaxis": names(&all), "barmode": "overlay", "bargap": 0.25 }),
    );
    Figure { data, layout }
}

/// A share as it stands at its bar; none where there is no bar.
fn label(share: f64) -> String {
    if share == 0.0 {
        String::new()
    } else {
        percent(share)
    }
}

/// A share in per cent; what is not quite nothing says so.
pub fn percent(share: f64) -> String {
    match 100.0 * share {
        x if x.is_nan() => "–".into(),
        x if x > 0.0 && x < 0.1 => "<0.1 %".into(),
        x if x > 0.0 && x < 1.0 => format!("{x:.1} %"),
        x => format!("{x:.0} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worse_goes_to_the_left() {
        let group = ShareGroup {
            name: "all".into(),
            better: 0.4,
            worse: 0.0004,
        };
        let made = figure(&[group], ["share", "better", "worse"]);
        assert_eq!(
            (&made.data[0]["x"], &made.data[1]["x"]),
            (&json!([0.4]), &json!([-0.0004]))
        );
        assert_eq!(made.data[1]["text"], json!(["<0.1 %"]));
    }
}
