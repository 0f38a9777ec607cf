//! `runs.csv`, read again: how often each policy comes first, second, ... over replications.

use std::path::Path;

use super::fault::Fault;
use super::sheet::Sheet;
use super::study::Study;

const FILE: &str = "runs.csv";

/// For an outcome, by policy (the baseline first) and rank: in how many replications.
pub type Ranks = Vec<Vec<u32>>;

/// Reads the file of `folder` and ranks every replication by each of `outcomes`, given with their
/// direction (`down`: the lowest is first).
pub fn read(folder: &Path, study: &Study, outcomes: &[(&str, &str)]) -> Result<Vec<Ranks>, Fault> {
    let policies = study.scenario.policies.len();
    let replications = study.manifest.replications as usize;
    let mut values = vec![vec![vec![None; policies]; replications]; outcomes.len()];
    let mut sheet = Sheet::open(folder, FILE)?;
    let [policy, replication] = sheet.columns(["policy", "replication"])?;
    let columns = outcomes.iter().map(|(name, _)| sheet.column(name));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    while sheet.advance()? {
        let named = sheet.text(policy);
        let known = study.scenario.policies.iter().position(|p| p.name == named);
        let known = known.ok_or_else(|| sheet.wrong(policy, "a policy that the manifest names"))?;
        let run = sheet.count(replication)? as usize;
        for ((column, (_, direction)), values) in columns.iter().zip(outcomes).zip(&mut values) {
            let sign = if *direction == "down" { -1.0 } else { 1.0 };
            let run = values.get_mut(run);
            let run =
                run.ok_or_else(|| sheet.wrong(replication, "a replication of the manifest"))?;
            run[known] = Some(sign * sheet.number(*column)?);
        }
    }
    let complete = values.iter().flatten().flatten().all(Option::is_some);
    if !complete {
        let what = format!(
            "column `policy`: not every one of {policies} policies has all of {replications} replications"
        );
        return Err(Fault::damaged(FILE, what));
    }
    Ok(values.iter().map(|runs| count(runs, policies)).collect())
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
