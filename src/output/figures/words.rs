//! The words by which factors are told: a small panel of bars for each.

use serde_json::{Value, json};

use super::shares::percent;
use super::style::{BETTER, INK, layout};
use super::{Figure, nums};

/// A factor with its likeliest words and their shares.
#[derive(Debug, Clone, PartialEq)]
pub struct FactorWords {
    /// Name of the factor.
    pub factor: String,
    /// Words, the likeliest first.
    pub words: Vec<(String, f64)>,
}

/// The figure, `columns` panels in a row.
pub fn figure(topics: &[FactorWords], columns: usize) -> Figure {
    let rows = topics.len().div_ceil(columns).max(1);
    let most = topics
        .iter()
        .flat_map(|of| &of.words)
        .fold(0.0_f64, |most, (_, share)| most.max(*share));
    let (mut data, mut notes) = (Vec::new(), Vec::new());
    let mut layout = layout(
        30 + rows * 210,
        json!({ "margin": { "l": 4, "r": 4, "t": 24, "b": 4 } }),
    );
    for (i, topic) in topics.iter().enumerate() {
        let number = if i == 0 {
            String::new()
        } else {
            (i + 1).to_string()
        };
        let (left, top) = (
            (i % columns) as f64 / columns as f64,
            1.0 - (i / columns) as f64 / rows as f64,
        );
        let x = [left + 0.42 / columns as f64, left + 0.9 / columns as f64];
        let y = [top - 0.86 / rows as f64, top];
        data.push(bars(topic, &number));
        layout[format!("xaxis{number}")] = json!({ "domain": x, "anchor": format!("y{number}"), "visible": false, "range": [0, most * 1.25], "fixedrange": true });
        layout[format!("yaxis{number}")] = json!({
            "domain": y, "anchor": format!("x{number}"), "autorange": "reversed", "fixedrange": true,
            "showgrid": false, "ticks": "", "tickfont": { "size": 11 },
        });
        notes.push(json!({
            "text": format!("<b>{}</b>", topic.factor.replace('<', "&lt;")), "showarrow": false, "xref": "paper",
            "yref": "paper", "x": left, "y": top, "xanchor": "left", "yanchor": "bottom", "font": { "size": 12, "color": INK },
        }));
    }
    layout["annotations"] = Value::Array(notes);
    Figure { data, layout }
}

fn bars(topic: &FactorWords, number: &str) -> Value {
    let (words, shares): (Vec<&str>, Vec<f64>) = topic
        .words
        .iter()
        .map(|(word, share)| (word.as_str(), *share))
        .unzip();
    json!({
        "type": "bar", "orientation": "h", "y": words, "x": nums(shares.clone()),
        "xaxis": format!("x{number}"), "yaxis": format!("y{number}"), "marker": { "color": BETTER },
        "text": shares.iter().map(|share| percent(*share)).collect::<Vec<_>>(), "textposition": "outside",
        "cliponaxis": false, "hoverinfo": "skip", "name": topic.factor,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_factor_has_a_panel() {
        let topic = |factor: &str| FactorWords {
            factor: factor.into(),
            words: vec![("word".into(), 0.03)],
        };
        let made = figure(&[topic("a"), topic("b")], 2);
        assert_eq!(made.data[1]["xaxis"], "x2");
        assert_eq!(made.layout["annotations"][1]["text"], "<b>b</b>");
    }
}
