//! `runs.csv`, read again: how often each policy comes first, second, ... over replications.

use std::collections::BTreeMap;
use std::path::Path;

use super::fault::Fault;
use super::sheet::{Column, Sheet};
use super::study::Study;

const FILE: &str = "runs.csv";

/// For an outcome, by policy (the baseline first) and rank: in how many replications.
pub type Ranks = Vec<Vec<u32>>;

/// Design point and replication: all policies in it met the same luck.
type Luck = (u32, u32);

/// Reads the file of `folder` and ranks the policies of every design point and replication by each
/// of `outcomes`, given with their direction (`down`: the lowest is first).
pub fn read(folder: &Path, study: &Study, outcomes: &[(&str, &str)]) -> Result<Vec<Ranks>, Fault> {
    let policies = &study.scenario.policies;
    let mut runs: BTreeMap<Luck, Vec<Option<Vec<f64>>>> = BTreeMap::new();
    let mut sheet = Sheet::open(folder, FILE)?;
    let [policy, point, replication] = sheet.columns(["policy", "design_point", "replication"])?;
    let columns = outcomes.iter().map(|(name, _)| sheet.column(name));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    while sheet.advance()? {
        let named = sheet.text(policy);
        let known = policies.iter().position(|p| p.name == named);
        let known = known.ok_or_else(|| sheet.wrong(policy, "a policy that the manifest names"))?;
        let gain = |(column, (_, direction)): (&Column, &(&str, &str))| {
            let value = sheet.number(*column)?;
            Ok(if *direction == "down" { -value } else { value })
        };
        let gains = columns.iter().zip(outcomes).map(gain);
        let luck = (sheet.count(point)?, sheet.count(replication)?);
        let run = runs
            .entry(luck)
            .or_insert_with(|| vec![None; policies.len()]);
        run[known] = Some(gains.collect::<Result<_, _>>()?);
    }
    let whole = runs.values().flatten().all(Option::is_some);
    let replications = study.manifest.replications as usize;
    if !whole || runs.is_empty() || !runs.len().is_multiple_of(replications) {
        let what = format!(
            "column `policy`: not every one of {} policies has all of {replications} replications",
            policies.len()
        );
        return Err(Fault::damaged(FILE, what));
    }
    Ok((0..outcomes.len())
        .map(|outcome| count(&gains_in(&runs, outcome), policies.len()))
        .collect())
}

/// By design point and replication: what every policy gained in one outcome.
fn gains_in(runs: &BTreeMap<Luck, Vec<Option<Vec<f64>>>>, outcome: usize) -> Vec<Vec<Option<f64>>> {
    let gain = |gains: &Option<Vec<f64>>| gains.as_ref().map(|gains| gains[outcome]);
    let runs = runs.values();
    runs.map(|run| run.iter().map(gain).collect()).collect()
}

fn count(runs: &[Vec<Option<f64>>], policies: usize) -> Ranks {
    let mut ranks = vec![vec![0; policies]; policies];
    for run in runs {
        for (policy, own) in run.iter().enumerate() {
            let better = run.iter().filter(|other| *other > own).count();
            ranks[policy][better] += 1;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_policies_share_the_better_rank() {
        let runs = [
            vec![Some(0.1), Some(0.3), Some(0.3)],
            vec![Some(0.2), Some(0.1), Some(0.3)],
        ];
        assert_eq!(
            count(&runs, 3),
            [vec![0, 1, 1], vec![1, 0, 1], vec![2, 0, 0]]
        );
    }
}
