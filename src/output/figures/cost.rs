//! Cost against effect: a lettered mark a policy, its interval by chance (thin) and the range over
//! plausible worlds (pale); efficient ones are joined.

use serde_json::{Value, json};

use super::style::{GROUND, Look, SOFT, axis, faint, layout};
use super::{Figure, error_bar, num, nums};
use crate::numeric::BySize as _;

/// A policy in the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct CostPoint {
    /// Which policy.
    pub look: Look,
    /// Cost, in the unit of the axis.
    pub cost: f64,
    /// Mean effect.
    pub effect: f64,
    /// Its 95 % interval by chance.
    pub chance: Option<[f64; 2]>,
    /// 5th and 95th percentile over plausible worlds.
    pub worlds: Option<[f64; 2]>,
    /// Whether no other does as much for less.
    pub efficient: bool,
    /// What is read out at the mark.
    pub said: String,
}

/// The figure; `axes` name cost and effect.
pub fn figure(points: &[CostPoint], axes: [&str; 2]) -> Figure {
    let effects: Vec<f64> = points.iter().map(|point| point.effect).collect();
    let costs = || nums(points.iter().map(|point| point.cost));
    let bar = |of: fn(&CostPoint) -> Option<[f64; 2]>, colour: &str, width| {
        let ends: Vec<_> = points.iter().map(of).collect();
        json!({
            "type": "scatter", "mode": "markers", "x": costs(), "y": nums(effects.clone()),
            "marker": { "size": 1, "color": colour }, "hoverinfo": "skip",
            "error_y": error_bar(&effects, &ends, colour, width),
        })
    };
    let worlds = bar(|point| point.worlds, &faint(SOFT, 0.25), 9.0);
    let chance = bar(|point| point.chance, SOFT, 2.0);
    let data = vec![
        worlds,
        chance,
        frontier(points),
        marks(points, costs(), &effects),
    ];
    let mut x = axis(axes[0]);
    x["zeroline"] = false.into();
    let layout = layout(400, json!({ "xaxis": x, "yaxis": axis(axes[1]) }));
    Figure { data, layout }
}

/// The mark of each policy: filled where efficient, hollow where no interval is kept.
fn marks(points: &[CostPoint], costs: Value, effects: &[f64]) -> Value {
    let of = |filled: fn(&CostPoint) -> bool, yes: fn(&CostPoint) -> String, no: &str| -> Value {
        let one = |point: &CostPoint| {
            if filled(point) {
                yes(point)
            } else {
                no.to_owned()
            }
        };
        points.iter().map(one).collect()
    };
    let colour: Vec<&str> = points.iter().map(|point| point.look.colour()).collect();
    let known: Vec<usize> = points.iter().map(|point| point.look.policy).collect();
    json!({
        "type": "scatter", "mode": "markers+text", "x": costs, "y": nums(effects.iter().copied()),
        "text": points.iter().map(|point| point.look.mark()).collect::<Vec<_>>(),
        "textfont": { "size": 11, "color": of(|p| p.efficient, |_| GROUND.into(), super::style::INK) },
        "marker": {
            "size": points.iter().map(|p| if p.look.letter.is_some() { 18 } else { 9 }).collect::<Vec<_>>(),
            "color": of(|p| p.efficient, |p| p.look.colour().into(), GROUND),
            "opacity": 1, "line": { "color": colour, "width": 2 },
        },
        "customdata": known, "hovertext": points.iter().map(|p| p.said.as_str()).collect::<Vec<_>>(),
        "hoverinfo": "text", "meta": { "part": "policies" },
    })
}

/// The dashed line through nothing and the efficient ones, the cheapest first.
fn frontier(points: &[CostPoint]) -> Value {
    let mut line: Vec<(f64, f64)> = points
        .iter()
        .filter(|p| p.efficient)
        .map(|p| (p.cost, p.effect))
        .collect();
    line.push((0.0, 0.0));
    line.sort_by(|a, b| a.0.by_size(&b.0));
    let (x, y): (Vec<Value>, Vec<Value>) = line.into_iter().map(|(x, y)| (num(x), num(y))).unzip();
    json!({
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "line": { "color": SOFT, "dash": "dash", "width": 1.5 }, "meta": { "part": "frontier" },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_intervals_stand_at_their_mark() {
        let point = |efficient, worlds| CostPoint {
            look: Look::of(1, "a".into(), Some(0)),
            cost: 2.0,
            effect: 0.5,
            chance: Some([0.4, 0.6]),
            worlds,
            efficient,
            said: "a".into(),
        };
        let made = figure(
            &[point(true, Some([0.1, 0.7])), point(false, None)],
            ["cost", "effect"],
        );
        assert_eq!(made.data[0]["error_y"]["array"], json!([0.2, null]));
        assert_eq!(made.data[1]["error_y"]["arrayminus"], json!([0.1, 0.1]));
        assert_eq!(made.data[2]["x"], json!([0.0, 2.0]));
        assert_eq!(
            made.data[3]["marker"]["color"],
            json!([super::super::style::HUES[0], GROUND])
        );
    }
}
