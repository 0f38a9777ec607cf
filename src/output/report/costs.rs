//! `costs.csv`, read again, and the policies that no other beats in both cost and effect.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::fault::Fault;
use super::sheet::Sheet;
use super::study::Study;

const FILE: &str = "costs.csv";
/// Stands for the whole policy in the column `intervention`.
const ALL: &str = "all";

/// What a policy costs.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Cost {
    /// RMB over the run.
    pub rmb: f64,
    /// RMB per resident of the country and year, while something is paid.
    pub per_head_year: f64,
    /// RMB for a step of .01 of each main outcome: value, low and high end.
    pub per_point: BTreeMap<String, [Option<f64>; 3]>,
    /// The same for each intervention: name, RMB, residents reached, RMB per head reached and year.
    pub parts: Vec<(String, [f64; 3])>,
}

/// Reads the file of `folder`: the cost of every policy, without the baseline.
pub fn read(folder: &Path, study: &Study) -> Result<Vec<Cost>, Fault> {
    let policies = study.policies();
    let mut costs: Vec<Option<Cost>> = vec![None; policies.len()];
    let mut sheet = Sheet::open(folder, FILE)?;
    let [policy, intervention, outcome] = sheet.columns(["policy", "intervention", "outcome"])?;
    let [rmb, reached, per_head] =
        sheet.columns(["cost_rmb", "residents_reached", "cost_per_head_year"])?;
    let price = sheet.columns(["cost_per_point_rmb", "ci_low", "ci_high"])?;
    while sheet.advance()? {
        let known = policies.iter().position(|name| *name == sheet.text(policy));
        let known = known.ok_or_else(|| sheet.wrong(policy, "a policy that the manifest names"))?;
        let cost = costs[known].get_or_insert_default();
        let spent = sheet.number(rmb)?;
        let rate = sheet.number(per_head)?;
        if sheet.text(intervention) != ALL {
            let numbers = [spent, sheet.number(reached)?, rate];
            cost.parts.push((sheet.text(intervention).into(), numbers));
        } else if sheet.text(outcome).is_empty() {
            (cost.rmb, cost.per_head_year) = (spent, rate);
        } else {
            let mut prices = [None; 3];
            for (value, column) in prices.iter_mut().zip(price) {
                *value = Some(sheet.number(column)?).filter(|value| value.is_finite());
            }
            cost.per_point.insert(sheet.text(outcome).into(), prices);
        }
    }
    let named = costs.into_iter().zip(&policies);
    named
        .map(|(cost, name)| cost.ok_or_else(|| missing(name)))
        .collect()
}

fn missing(policy: &str) -> Fault {
    let what = format!("column `policy`: the rows of `{policy}` are missing");
    Fault::damaged(FILE, what)
}

/// Positions of those of `points` (cost, gain) that no other and not doing anything beats, the
/// cheapest first.
pub fn efficient(points: &[(f64, f64)]) -> Vec<usize> {
    let beaten = |(cost, gain): (f64, f64)| {
        let by = |&(c, g): &(f64, f64)| c <= cost && g >= gain && (c < cost || g > gain);
        points.iter().any(by) || by(&(0.0, 0.0))
    };
    let mut best: Vec<usize> = (0..points.len())
        .filter(|i| points[*i].1.is_finite() && !beaten(points[*i]))
        .collect();
    best.sort_by(|a, b| points[*a].0.total_cmp(&points[*b].0));
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frontier_leaves_out_what_is_dearer_and_does_less() {
        let points = [
            (4.0, 0.5),
            (1.0, 0.3),
            (2.0, 0.2),
            (3.0, -0.1),
            (9.0, f64::NAN),
        ];
        assert_eq!(efficient(&points), [1, 0]);
        assert!(efficient(&[(1.0, -0.2)]).is_empty());
    }
}
