//! How often each policy has each rank.

use serde_json::{Value, json};

use super::Figure;
use super::style::{axis, layout, little_to_much, names};

/// The figure: `counts` by policy and rank, the best policy on top; `title` names the ranks.
pub fn figure(policies: &[String], counts: &[Vec<u32>], title: &str) -> Figure {
    let most = counts.iter().flatten().max().copied().unwrap_or(1);
    let cell = |count: &u32| {
        if *count == 0 {
            Value::Null
        } else {
            (*count).into()
        }
    };
    let z: Vec<Vec<Value>> = counts
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let data = json!({
        "type": "heatmap", "z": z, "x": (1..=policies.len()).collect::<Vec<_>>(),
        "y": (0..policies.len()).collect::<Vec<_>>(), "zmin": 0, "zmax": most,
        "colorscale": little_to_much(), "showscale": false, "xgap": 2, "ygap": 2, "texttemplate": "%{z}",
        "hoverongaps": false, "hovertemplate": "%{x}: %{z}<extra></extra>",
    });
    let mut x = axis(title);
    x["side"] = "top".into();
    x["showgrid"] = false.into();
    x["zeroline"] = false.into();
    x["range"] = json!([0.5, policies.len() as f64 + 0.5]);
    x["dtick"] = policies.len().div_ceil(16).into();
    let layout = layout(
        80 + 26 * policies.len(),
        json!({ "xaxis": x, "yaxis": names(policies) }),
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
    fn a_rank_that_is_never_had_is_no_cell() {
        let made = figure(&["a".into(), "b".into()], &[vec![3, 0], vec![0, 3]], "rank");
        assert_eq!(made.data[0]["z"], json!([[3, null], [null, 3]]));
    }
}
