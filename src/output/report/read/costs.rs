//! `costs.csv`, read again.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::fault::FolderFault;
use super::sheet::{Keys, Rows};
use super::study::{ToldPolicy, ToldStudy};
use crate::numeric::Interval;
use crate::output::tables::costs::{ALL, LAYOUT, Row};

/// What a policy costs.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ToldCost {
    /// Money over the run.
    pub money: f64,
    /// Money per resident of the country and year, while something is paid.
    pub per_head_year: f64,
    /// Money for a step of .01 of each main outcome.
    pub per_point: BTreeMap<String, Interval>,
    /// The rows of its interventions.
    pub parts: Vec<Row>,
}

/// Reads the file of `folder`: the cost of every policy, without the baseline, and its price for
/// each of the main `outcomes`.
pub fn read(
    folder: &Path,
    study: &ToldStudy,
    outcomes: &[&str],
) -> Result<Vec<ToldCost>, FolderFault> {
    let policies = &study.scenario.policies[1..];
    let mut costs = vec![ToldCost::default(); policies.len()];
    let mut whole = Keys::default();
    let mut rows = Rows::<Row>::open(folder, &LAYOUT)?;
    while let Some(row) = rows.advance()? {
        let cost = &mut costs[study.compared(&rows.sheet, &row.policy)?];
        if row.intervention == ALL {
            let key = [&row.policy, &row.intervention, &row.outcome];
            let names = ["policy", "intervention", "outcome"];
            whole.note(&rows.sheet, &names, key.map(String::clone).into())?;
        }
        rows.check(["cost_per_point", "ci_low", "ci_high"], row.price())?;
        cost.add(row);
    }
    for (policy, cost) in policies.iter().zip(&costs) {
        check(policy, cost, outcomes, &whole)?;
    }
    Ok(costs)
}

impl ToldCost {
    /// Adds a row of the policy.
    fn add(&mut self, row: Row) {
        if row.intervention != ALL {
            self.parts.push(row);
        } else if row.outcome.is_empty() {
            (self.money, self.per_head_year) = (row.cost, row.cost_per_head_year);
        } else {
            let price = row.price();
            self.per_point.insert(row.outcome, price);
        }
    }
}

/// Makes sure that every row of a policy is there.
fn check(
    policy: &ToldPolicy,
    cost: &ToldCost,
    outcomes: &[&str],
    whole: &Keys,
) -> Result<(), FolderFault> {
    let name = &policy.name;
    let parts = cost.parts.iter().map(|row| &row.intervention);
    if !parts.eq(policy.interventions.iter().map(|part| &part.name)) {
        let what = match cost.parts.is_empty() {
            true => "are missing",
            false => "are not those of its interventions in the manifest",
        };
        let what = format!("column `intervention`: the rows of `{name}` {what}");
        return Err(FolderFault::damaged(LAYOUT.file, what));
    }
    let has = |outcome: &str| whole.has(&[name.as_str(), ALL, outcome].map(String::from));
    if !has("") {
        let what = format!("column `intervention`: the row `{ALL}` of `{name}` is missing");
        return Err(FolderFault::damaged(LAYOUT.file, what));
    }
    match outcomes.iter().find(|outcome| !has(outcome)) {
        None => Ok(()),
        Some(outcome) => {
            let what =
                format!("column `outcome`: the row `{ALL}` of `{name}` for `{outcome}` is missing");
            Err(FolderFault::damaged(LAYOUT.file, what))
        }
    }
}
