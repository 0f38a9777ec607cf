//! How an outcome unfolds: the level under each policy, and below it the difference from a reference;
//! means over runs with the band from their 5th to their 95th percentile, events as upright lines.

use serde_json::{Value, json};

use super::style::{INK, Look, SOFT, axis, faint, layout};
use super::{Figure, edge, nums};
use crate::world::clock::Date;

/// Months of one line: mean and band.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fan {
    /// Mean over runs.
    pub mean: Vec<f64>,
    /// 5th percentile.
    pub low: Vec<f64>,
    /// 95th percentile.
    pub high: Vec<f64>,
}

/// A policy over time.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyLine {
    /// Which policy.
    pub look: Look,
    /// The outcome.
    pub level: Fan,
    /// Its difference from the reference; none of the reference itself.
    pub difference: Option<Fan>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeMark {
    /// Month of the run.
    pub month: i32,
    /// What.
    pub label: String,
}

/// The texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfoldTexts {
    /// Axis of levels.
    pub level: String,
    /// Axis of differences.
    pub difference: String,
}

/// The figure of a run from `start` on.
pub fn figure(
    lines: &[PolicyLine],
    marks: &[TimeMark],
    texts: &UnfoldTexts,
    start: Date,
) -> Figure {
    let months = lines.first().map_or(0, |line| line.level.mean.len());
    let mut data = Vec::new();
    for line in lines {
        data.extend(traces(&line.look, &line.level, "y"));
        if let Some(fan) = &line.difference {
            data.extend(traces(&line.look, fan, "y2"));
        }
    }
    let mut x = axis("");
    x["tickvals"] = years(start, months)
        .iter()
        .map(|(month, _)| *month)
        .collect();
    x["ticktext"] = years(start, months).iter().map(|(_, year)| *year).collect();
    x["range"] = json!([0, months.max(2) - 1]);
    x["anchor"] = "y2".into();
    x["zeroline"] = false.into();
    let (mut y, mut y2) = (axis(&texts.level), axis(&texts.difference));
    y["domain"] = json!([0.46, 1.0]);
    y["zeroline"] = false.into();
    y2["domain"] = json!([0.0, 0.38]);
    let layout = layout(
        520,
        json!({
            "xaxis": x, "yaxis": y, "yaxis2": y2, "hovermode": "x",
            "shapes": marks.iter().map(upright).collect::<Vec<_>>(),
            "meta": { "marks": marks.iter().map(|mark| json!([mark.month, mark.label])).collect::<Vec<_>>() },
        }),
    );
    Figure { data, layout }
}

/// The figure of one line with nothing to compare it with: its level alone.
pub fn levels(line: PolicyLine, marks: &[TimeMark], title: String, start: Date) -> Figure {
    let months = line.level.mean.len() as i32;
    let texts = UnfoldTexts {
        level: title,
        difference: String::new(),
    };
    let mut made = figure(&[line], marks, &texts, start);
    let dates: Vec<String> = (0..months)
        .map(|month| start.plus(month).to_string())
        .collect();
    let mean = made.data.last_mut().expect("a line has a mean");
    mean["text"] = json!(dates);
    mean["hovertemplate"] = "%{text}: %{y}<extra></extra>".into();
    let layout = made.layout.as_object_mut().expect("a layout is an object");
    layout.remove("yaxis2");
    layout["xaxis"]["anchor"] = "y".into();
    layout["yaxis"]["domain"] = json!([0.0, 1.0]);
    layout["height"] = 320.into();
    made
}

/// Band and mean of one line.
fn traces(look: &Look, fan: &Fan, y: &str) -> [Value; 3] {
    let meta = |part: &str| json!({ "policy": look.policy, "part": part });
    let line = json!({ "width": 0, "color": look.colour() });
    let band = |values: &[f64], fill: &str| {
        json!({
            "type": "scatter", "mode": "lines", "y": edge(values), "yaxis": y,
            "name": look.name, "line": line, "fill": fill, "hoverinfo": "skip",
            "fillcolor": faint(look.colour(), 0.13), "meta": meta("band"), "showlegend": false,
        })
    };
    let mean = json!({
        "type": "scatter", "mode": "lines", "y": nums(fan.mean.iter().copied()), "yaxis": y,
        "name": look.name, "meta": meta("mean"), "hoverinfo": "none",
        "line": { "color": look.colour(), "dash": look.dash(), "width": 2 },
    });
    [band(&fan.low, "none"), band(&fan.high, "tonexty"), mean]
}

/// The Januaries of a run, thinned to at most seven: month and year.
pub fn years(start: Date, months: usize) -> Vec<(i32, i32)> {
    let span = months as i32;
    let every = (span / 12 / 7 + 1).max(1);
    let first = start.plus(11).year();
    let january = |year: i32| (Date::new(year, 1).months_since(start), year);
    let all = (first..)
        .map(january)
        .take_while(|(month, _)| *month < span);
    all.filter(|(_, year)| (year - first) % every == 0)
        .collect()
}

fn upright(mark: &TimeMark) -> Value {
    json!({
        "type": "line", "xref": "x", "yref": "paper", "x0": mark.month, "x1": mark.month, "y0": 0, "y1": 1,
        "line": { "color": if mark.label.is_empty() { SOFT } else { INK }, "width": 1, "dash": "dot" },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_band_and_years_stand_at_their_january() {
        let fan = Fan {
            mean: vec![0.5; 30],
            low: vec![0.4; 30],
            high: vec![0.6; 30],
        };
        let look = Look::of(1, "a".into(), Some(0));
        let line = PolicyLine {
            look,
            level: fan.clone(),
            difference: Some(fan),
        };
        let texts = UnfoldTexts {
            level: "level".into(),
            difference: "difference".into(),
        };
        let mark = TimeMark {
            month: 6,
            label: "wave".into(),
        };
        let made = figure(&[line], &[mark], &texts, Date::new(2012, 8));
        assert_eq!(made.data.len(), 6);
        assert_eq!(made.layout["xaxis"]["tickvals"], json!([5, 17, 29]));
        assert_eq!(made.layout["xaxis"]["ticktext"], json!([2013, 2014, 2015]));
        assert_eq!(made.layout["shapes"][0]["x0"], 6);
    }
}
