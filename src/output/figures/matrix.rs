//! Who shares with whom: provinces against provinces, each cell the share of their ties that share.

use serde_json::{Value, json};

use super::style::{GRID, layout, little_to_much, names};
use super::{Figure, num};

/// A province of the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixPlace {
    /// Its name.
    pub name: String,
    /// Its region: provinces of a region stand together.
    pub region: String,
}

/// The figure of `shares`: by row the province that gives, by column the one that gets; NaN without a tie.
/// `sides` are the titles of two matrices, side by side or `stacked`; `axes` name row and column.
pub fn figure(
    places: &[MatrixPlace],
    shares: [&[Vec<f64>]; 2],
    (sides, axes): ([&str; 2], [&str; 2]),
    stacked: bool,
) -> Figure {
    let all: Vec<String> = places.iter().map(|place| place.name.clone()).collect();
    let map = |(side, shares): (usize, &[Vec<f64>])| cells(&all, side, shares, sides[side]);
    // where each stands, across and upright
    let spots = match stacked {
        false => [[[0.0, 0.48], [0.0, 1.0]], [[0.52, 1.0], [0.0, 1.0]]],
        true => [[[0.0, 1.0], [0.58, 1.0]], [[0.0, 1.0], [0.0, 0.42]]],
    };
    let upright = |side: usize| {
        let mut y = names(&all);
        y["tickfont"] = json!({ "size": 9 });
        y["domain"] = json!(spots[side][1]);
        y["anchor"] = json!(["x", "x2"][side]);
        match side == 0 || stacked {
            true => y["title"] = json!({ "text": axes[0], "font": { "size": 13 } }),
            false => y["showticklabels"] = false.into(),
        }
        y
    };
    let title = |side: usize| {
        json!({ "text": sides[side], "showarrow": false, "xref": "paper", "yref": "paper", "x": spots[side][0][0],
            "y": spots[side][1][1], "xanchor": "left", "yanchor": "bottom", "font": { "size": 13 } })
    };
    let layout = layout(
        if stacked { 900 } else { 600 },
        json!({
            "xaxis": across(&all, spots[0][0], ("y", axes[1]), stacked), "yaxis": upright(0),
            "xaxis2": across(&all, spots[1][0], ("y2", axes[1]), stacked), "yaxis2": upright(1),
            "margin": { "l": 8, "r": 8, "t": 28, "b": 8 }, "annotations": [title(0), title(1)],
            "shapes": borders(places),
        }),
    );
    let data = shares.into_iter().enumerate().map(map).collect();
    Figure { data, layout }
}

/// The cells of one matrix.
fn cells(all: &[String], side: usize, shares: &[Vec<f64>], name: &str) -> Value {
    let row = |row: &Vec<f64>| row.iter().map(|share| num(*share)).collect::<Value>();
    json!({
        "type": "heatmap", "z": shares.iter().map(row).collect::<Vec<_>>(), "zmin": 0, "zmax": 1,
        "colorscale": little_to_much(), "showscale": false, "xgap": 1, "ygap": 1, "hoverongaps": false,
        "xaxis": (["x", "x2"][side]), "yaxis": (["y", "y2"][side]), "name": name, "x": all, "y": all,
        "hovertemplate": "%{y} → %{x}: %{z:.0%}<extra></extra>", "meta": { "side": side },
    })
}

/// The axis of those who get; where there is no room for a name each, those of the rows must do.
fn across(all: &[String], domain: [f64; 2], (anchor, title): (&str, &str), stacked: bool) -> Value {
    let mut x = names(all);
    x["range"] = json!([-0.5, all.len() as f64 - 0.5]);
    x["domain"] = json!(domain);
    x["anchor"] = anchor.into();
    x["tickangle"] = (-90).into();
    x["showticklabels"] = (!stacked).into();
    x["tickfont"] = json!({ "size": 9 });
    x["title"] = json!({ "text": title, "font": { "size": 13 } });
    x
}

/// Lines between regions, in both matrices.
fn borders(places: &[MatrixPlace]) -> Value {
    let ends = (1..places.len()).filter(|i| places[*i].region != places[i - 1].region);
    let line = |i: usize, side: usize, upright: bool| {
        let at = i as f64 - 0.5;
        let most = places.len() as f64 - 0.5;
        let (x, y) = ([["x", "x2"][side]], [["y", "y2"][side]]);
        let [x0, x1, y0, y1] = if upright {
            [at, at, -0.5, most]
        } else {
            [-0.5, most, at, at]
        };
        json!({ "type": "line", "xref": x[0], "yref": y[0], "x0": x0, "x1": x1, "y0": y0, "y1": y1,
            "line": { "color": GRID, "width": 2 } })
    };
    ends.flat_map(|i| {
        [0, 1]
            .into_iter()
            .flat_map(move |side| [line(i, side, true), line(i, side, false)])
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_parted_and_no_tie_is_no_cell() {
        let place = |name: &str, region: &str| MatrixPlace {
            name: name.into(),
            region: region.into(),
        };
        let shares = vec![vec![f64::NAN, 0.5], vec![1.0, 0.0]];
        let places = [place("a", "east"), place("b", "west")];
        let made = figure(
            &places,
            [&shares, &shares],
            (["before", "after"], ["from", "to"]),
            false,
        );
        assert_eq!(made.data[1]["z"], json!([[null, 0.5], [1.0, 0.0]]));
        assert_eq!(made.layout["shapes"].as_array().unwrap().len(), 4);
    }
}
