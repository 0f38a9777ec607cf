//! `costs.csv`, read again.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::fault::Fault;
use super::sheet::{Column, Keys, Sheet};
use super::study::{Package, Study};

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

struct Columns {
    intervention: Column,
    outcome: Column,
    rmb: Column,
    reached: Column,
    per_head: Column,
    price: [Column; 3],
}

/// Reads the file of `folder`: the cost of every policy, without the baseline, and its price for
/// each of the main `outcomes`.
pub fn read(folder: &Path, study: &Study, outcomes: &[&str]) -> Result<Vec<Cost>, Fault> {
    let packages = &study.scenario.policies[1..];
    let mut costs = vec![Cost::default(); packages.len()];
    let mut whole = Keys::default();
    let mut sheet = Sheet::open(folder, FILE)?;
    let policy = sheet.column("policy")?;
    let columns = Columns::of(&sheet)?;
    while sheet.advance()? {
        let cost = &mut costs[study.compared(&sheet, policy)?];
        let names = [policy, columns.intervention, columns.outcome];
        if sheet.text(columns.intervention) == ALL {
            whole.note(&sheet, &names)?;
        }
        columns.add(&sheet, cost)?;
    }
    for (package, cost) in packages.iter().zip(&costs) {
        check(package, cost, outcomes, &whole)?;
    }
    Ok(costs)
}

impl Columns {
    fn of(sheet: &Sheet) -> Result<Self, Fault> {
        Ok(Self {
            intervention: sheet.column("intervention")?,
            outcome: sheet.column("outcome")?,
            rmb: sheet.column("cost_rmb")?,
            reached: sheet.column("residents_reached")?,
            per_head: sheet.column("cost_per_head_year")?,
            price: sheet.columns(["cost_per_point_rmb", "ci_low", "ci_high"])?,
        })
    }

    /// Adds this row to the `cost` of its policy.
    fn add(&self, sheet: &Sheet, cost: &mut Cost) -> Result<(), Fault> {
        let [intervention, outcome] = [self.intervention, self.outcome].map(|at| sheet.text(at));
        if intervention == ALL && !outcome.is_empty() {
            // A price that is not known is an empty cell.
            let price = sheet.interval(self.price)?;
            let price = price.map(|value| Some(value).filter(|value| value.is_finite()));
            cost.per_point.insert(outcome.into(), price);
            return Ok(());
        }
        let (spent, rate) = (sheet.needed(self.rmb)?, sheet.needed(self.per_head)?);
        if intervention == ALL {
            (cost.rmb, cost.per_head_year) = (spent, rate);
        } else {
            let numbers = [spent, sheet.needed(self.reached)?, rate];
            cost.parts.push((intervention.into(), numbers));
        }
        Ok(())
    }
}

/// Makes sure that every row of a policy is there.
fn check(package: &Package, cost: &Cost, outcomes: &[&str], whole: &Keys) -> Result<(), Fault> {
    let policy = &package.name;
    let parts = cost.parts.iter().map(|(name, _)| name);
    if !parts.eq(package.interventions.iter().map(|part| &part.name)) {
        let what = match cost.parts.is_empty() {
            true => "are missing",
            false => "are not those of its interventions in the manifest",
        };
        let what = format!("column `intervention`: the rows of `{policy}` {what}");
        return Err(Fault::damaged(FILE, what));
    }
    let has = |outcome: &str| whole.has(&[policy, ALL, outcome].map(String::from));
    if !has("") {
        let what = format!("column `intervention`: the row `{ALL}` of `{policy}` is missing");
        return Err(Fault::damaged(FILE, what));
    }
    match outcomes.iter().find(|outcome| !has(outcome)) {
        None => Ok(()),
        Some(outcome) => {
            let what = format!(
                "column `outcome`: the row `{ALL}` of `{policy}` for `{outcome}` is missing"
            );
            Err(Fault::damaged(FILE, what))
        }
    }
}
