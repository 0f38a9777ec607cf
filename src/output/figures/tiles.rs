//! Maps of tiles side by side: a square for each province at its rough place, on one scale.

use serde_json::{Value, json};

use super::style::{INK, VOID, layout, little_to_much, worse_to_better};
use super::{Figure, num};

/// A province on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct TilePlace {
    /// Column and row of its tile.
    pub tile: [i32; 2],
    /// What stands on the tile.
    pub short: String,
    /// Its name.
    pub name: String,
}

/// What a place shows.
#[derive(Debug, Clone, PartialEq)]
pub struct TileShown {
    /// The value that gives the colour.
    pub value: f64,
    /// Whether it is clear; what is not is grey.
    pub clear: bool,
    /// What is read out.
    pub said: String,
}

/// One map.
#[derive(Debug, Clone, PartialEq)]
pub struct TilePanel {
    /// Its title.
    pub title: String,
    /// By place.
    pub shown: Vec<TileShown>,
}

/// What colours mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TileScale {
    /// From worse to better round nothing, up to this; whether less is better.
    Signed(f64, bool),
    /// From nothing to this.
    Level(f64),
}

/// The figure: `columns` maps in a row, words on the tiles where they are `large`.
pub fn figure(
    places: &[TilePlace],
    panels: &[TilePanel],
    scale: TileScale,
    columns: usize,
    large: bool,
) -> Figure {
    let grid = Grid::of(places);
    let rows = panels.len().div_ceil(columns);
    let (mut data, mut notes) = (Vec::new(), Vec::new());
    let mut layout_of = layout(0, json!({}));
    for (i, panel) in panels.iter().enumerate() {
        let at = |letter: &str| match i {
            0 => letter.to_owned(),
            i => format!("{letter}{}", i + 1),
        };
        let axes = [at("x"), at("y")];
        data.push(ground(&grid, places, panel, &axes));
        data.push(coloured(&grid, places, panel, scale, (&axes, large)));
        let [x, y] = domains(i, columns, rows);
        let [right, bottom] = [grid.columns, grid.rows].map(|count| f64::from(count) - 0.5);
        layout_of[format!("xaxis{}", &axes[0][1..])] = quiet(x, [-0.5, right], &axes[1]);
        let mut upright = quiet(y, [bottom, -0.5], &axes[0]);
        upright["scaleanchor"] = axes[0].as_str().into();
        layout_of[format!("yaxis{}", &axes[1][1..])] = upright;
        notes.push(json!({
            "text": panel.title, "showarrow": false, "xref": "paper", "yref": "paper", "x": x[0], "y": y[1],
            "xanchor": "left", "yanchor": "bottom", "font": { "size": 13, "color": INK }, "align": "left",
        }));
    }
    // height by width: squares stay squares
    let aspect = rows as f64 * f64::from(grid.rows) / f64::from(grid.columns) / columns as f64;
    layout_of["height"] = ((1072.0 * aspect) as usize + 34 * rows).into();
    layout_of["meta"] = json!({ "aspect": [aspect, 34 * rows] });
    layout_of["margin"] = json!({ "l": 2, "r": 2, "t": 26, "b": 4 });
    layout_of["annotations"] = notes.into();
    let layout = layout_of;
    Figure { data, layout }
}

/// An axis that is not seen.
fn quiet(domain: [f64; 2], range: [f64; 2], anchor: &str) -> Value {
    json!({ "domain": domain, "range": range, "anchor": anchor, "visible": false, "fixedrange": true })
}

/// Where a panel stands, as shares of the figure.
fn domains(i: usize, columns: usize, rows: usize) -> [[f64; 2]; 2] {
    let (column, row) = ((i % columns) as f64, (i / columns) as f64);
    let (wide, high) = (1.0 / columns as f64, 1.0 / rows as f64);
    let gap = if rows > 1 { 0.16 * high } else { 0.0 };
    let top = 1.0 - row * high;
    [
        [column * wide, (column + 0.96) * wide],
        [(top - high + gap).max(0.0), top],
    ]
}

struct Grid {
    first: [i32; 2],
    columns: i32,
    rows: i32,
}

impl Grid {
    fn of(places: &[TilePlace]) -> Self {
        let end = |axis: usize, most: bool| {
            let all = places.iter().map(|place| place.tile[axis]);
            if most { all.max() } else { all.min() }.unwrap_or(0)
        };
        let first = [end(0, false), end(1, false)];
        Self {
            first,
            columns: end(0, true) - first[0] + 1,
            rows: end(1, true) - first[1] + 1,
        }
    }

    /// A value for every cell, nothing where no place is.
    fn filled(&self, places: &[TilePlace], of: impl Fn(usize) -> Value) -> Value {
        self.filled_or(places, Value::Null, of)
    }

    /// A text for every cell.
    fn texts<'a>(&self, places: &[TilePlace], of: impl Fn(usize) -> &'a str) -> Value {
        self.filled_or(places, "".into(), |i| of(i).into())
    }

    fn filled_or(&self, places: &[TilePlace], other: Value, of: impl Fn(usize) -> Value) -> Value {
        let empty = vec![other; self.columns as usize];
        let mut cells = vec![empty; self.rows as usize];
        for (i, place) in places.iter().enumerate() {
            let [column, row] = [0, 1].map(|axis| (place.tile[axis] - self.first[axis]) as usize);
            cells[row][column] = of(i);
        }
        json!(cells)
    }
}

/// Grey tiles below: what is not clear stays grey.
fn ground(grid: &Grid, places: &[TilePlace], panel: &TilePanel, axes: &[String; 2]) -> Value {
    json!({
        "type": "heatmap", "z": grid.filled(places, |_| 1.into()), "xaxis": axes[0], "yaxis": axes[1],
        "colorscale": [[0, VOID], [1, VOID]], "showscale": false, "xgap": 2, "ygap": 2,
        "text": grid.texts(places, |i| &panel.shown[i].said), "hoverinfo": "text",
        "meta": { "part": "ground" },
    })
}

fn coloured(
    grid: &Grid,
    places: &[TilePlace],
    panel: &TilePanel,
    scale: TileScale,
    (axes, large): (&[String; 2], bool),
) -> Value {
    let value = |i: usize| match panel.shown[i].clear {
        true => num(panel.shown[i].value),
        false => Value::Null,
    };
    let (colours, low, high) = match scale {
        TileScale::Signed(most, less) => (worse_to_better(less), -most, most),
        TileScale::Level(most) => (little_to_much(), 0.0, most),
    };
    let mut trace = json!({
        "type": "heatmap", "z": grid.filled(places, value), "xaxis": axes[0], "yaxis": axes[1],
        "colorscale": colours, "zmin": low, "zmax": high, "showscale": false, "xgap": 2, "ygap": 2,
        "hovertext": grid.texts(places, |i| &panel.shown[i].said), "hoverinfo": "text",
        "hoverongaps": false, "meta": { "part": "tiles" },
    });
    if large {
        trace["text"] = grid.texts(places, |i| &places[i].short);
        trace["texttemplate"] = "%{text}".into();
        trace["textfont"] = json!({ "size": 10 });
    }
    trace
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_clear_stays_grey() {
        let place = |x, y| TilePlace {
            tile: [x, y],
            short: "A".into(),
            name: "A".into(),
        };
        let shown = |value, clear| TileShown {
            value,
            clear,
            said: "A 1".into(),
        };
        let panel = TilePanel {
            title: "one".into(),
            shown: vec![shown(0.5, true), shown(0.1, false)],
        };
        let made = figure(
            &[place(2, 1), place(3, 2)],
            &[panel],
            TileScale::Signed(0.5, false),
            1,
            true,
        );
        assert_eq!(made.data[1]["z"], json!([[0.5, null], [null, null]]));
        assert_eq!(made.data[0]["z"], json!([[1, null], [null, 1]]));
    }
}
