//! What policy documents of each province speak of: how far each share lies from the mean of its factor.

use serde_json::{Value, json};

use super::shares::percent;
use super::style::{layout, names, worse_to_better};
use super::{Figure, num};

/// The figure: `shares` by province and factor.
pub fn figure(provinces: &[String], factors: &[String], shares: &[Vec<f64>]) -> Figure {
    let count = shares.len().max(1) as f64;
    let mean = |f: usize| shares.iter().map(|row| row[f]).sum::<f64>() / count;
    let means: Vec<f64> = (0..factors.len()).map(mean).collect();
    let apart = |row: &Vec<f64>| -> Vec<f64> {
        row.iter()
            .zip(&means)
            .map(|(share, mean)| share - mean)
            .collect()
    };
    let far: Vec<Vec<f64>> = shares.iter().map(apart).collect();
    let most = far
        .iter()
        .flatten()
        .fold(0.01_f64, |most, x| most.max(x.abs()));
    let text = |row: &Vec<f64>| row.iter().map(|share| percent(*share)).collect::<Vec<_>>();
    let data = json!({
        "type": "heatmap", "z": far.iter().map(|row| row.iter().map(|x| num(*x)).collect()).collect::<Vec<Value>>(),
        "x": factors, "y": (0..provinces.len()).collect::<Vec<_>>(), "zmin": -most, "zmax": most,
        "colorscale": worse_to_better(false), "showscale": false, "xgap": 2, "ygap": 1,
        "text": shares.iter().map(text).collect::<Vec<_>>(), "texttemplate": "%{text}", "textfont": { "size": 10 },
        "hovertemplate": "%{x}: %{text} (%{z:+.1%})<extra></extra>",
    });
    let x = json!({ "side": "top", "fixedrange": true, "tickvals": factors, "ticktext": factors, "automargin": true, "showgrid": false, "ticks": "" });
    let layout = layout(
        70 + 18 * provinces.len(),
        json!({ "xaxis": x, "yaxis": names(provinces) }),
    );
    Figure {
        data: vec![data],
        layout,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_tell_the_deviation_and_texts_the_share() {
        let shares = [vec![0.2, 0.8], vec![0.4, 0.6]];
        let made = figure(
            &["a".into(), "b".into()],
            &["f".into(), "g".into()],
            &shares,
        );
        assert_eq!(made.data[0]["z"], json!([[-0.1, 0.1], [0.1, -0.1]]));
        assert_eq!(made.data[0]["text"][0], json!(["20 %", "80 %"]));
    }
}
