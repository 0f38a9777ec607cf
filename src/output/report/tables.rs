//! Files that only some studies have: checked, and passed on to the page as they are.

use std::path::Path;

use serde::Serialize;

use super::fault::Fault;
use super::sheet::{Column, Keys, Sheet};
use super::study::Study;
use crate::experiment::statistics::distribution::groups;

/// What a file must hold for its picture.
struct Kind {
    file: &'static str,
    /// Columns that say what a row is about: every combination of what they hold must be there.
    about: &'static [&'static str],
    /// Columns that tell the rows about one thing apart: the same for each.
    within: &'static [&'static str],
    /// Columns that hold a number.
    numbers: &'static [&'static str],
    /// Columns that hold a share, or nothing.
    shares: &'static [&'static str],
    /// Estimate and ends of its interval, if there is one.
    interval: Option<[&'static str; 3]>,
}

/// The files.
const KINDS: [Kind; 4] = [
    Kind {
        file: "decomposition.csv",
        about: &["policy", "outcome"],
        within: &["contribution", "part", "partner"],
        numbers: &["value"],
        shares: &[],
        interval: Some(["value", "ci_low", "ci_high"]),
    },
    Kind {
        file: "distribution.csv",
        about: &["policy"],
        within: &["unit_compared", "group_kind", "group"],
        numbers: &["compared"],
        shares: &["better", "equal", "worse"],
        interval: Some(["mean_difference", "ci_low", "ci_high"]),
    },
    Kind {
        // An estimate may lie outside an interval of resampled ones, so no interval is looked at.
        file: "sensitivity.csv",
        about: &["policy", "outcome"],
        within: &["input", "index"],
        numbers: &[],
        shares: &[],
        interval: None,
    },
    Kind {
        file: "robustness.csv",
        about: &["outcome", "policy"],
        within: &[],
        numbers: &["mean_regret", "max_regret"],
        shares: &["best_share", "failure_share"],
        interval: None,
    },
];
/// Columns that may be empty but hold a number otherwise, in whichever file they stand.
const NUMBERS: [&str; 5] = ["value", "ci_low", "ci_high", "box_coverage", "box_density"];
/// Rows of a file that go into the page; a page that holds more is no page.
const MOST_ROWS: usize = 20_000;

/// A file as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Extra {
    /// Name of the file.
    pub file: &'static str,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// Its cells.
    pub rows: Vec<Vec<String>>,
}

/// Those of the files that `folder` has; `outcomes` are the main ones.
pub fn read(folder: &Path, study: &Study, outcomes: &[&str]) -> Result<Vec<Extra>, Fault> {
    let mut extras = Vec::new();
    for kind in &KINDS {
        let sheet = Sheet::open_if_there(folder, kind.file, study.wrote(kind.file))?;
        if let Some(sheet) = sheet {
            let (extra, keys) = kind.read(sheet)?;
            kind.check_whole(&keys, study, outcomes)?;
            extras.push(extra);
        }
    }
    Ok(extras)
}

impl Kind {
    fn read(&self, mut sheet: Sheet) -> Result<(Extra, Keys), Fault> {
        let key = sheet.all_columns(&[self.about, self.within].concat())?;
        let check = Check::of(self, &sheet)?;
        let columns = sheet.names().map(String::from).collect();
        let (mut rows, mut keys) = (Vec::new(), Keys::default());
        while sheet.advance()? {
            keys.note(&sheet, &key)?;
            check.row(&sheet)?;
            if rows.len() < MOST_ROWS {
                rows.push(sheet.cells().map(String::from).collect());
            }
        }
        let file = self.file;
        let extra = Extra {
            file,
            columns,
            rows,
        };
        Ok((extra, keys))
    }

    /// Makes sure that about each thing that the study has there are the same rows.
    fn check_whole(&self, keys: &Keys, study: &Study, outcomes: &[&str]) -> Result<(), Fault> {
        let about = self.about(keys, study, outcomes);
        let mut within: Vec<Vec<String>> = match self.file {
            "distribution.csv" => groups(&study.scenario.geography.regions)
                .into_iter()
                .map(|of| vec![of.unit.name().into(), of.kind.into(), of.name])
                .collect(),
            _ => keys
                .iter()
                .map(|key| key[self.about.len()..].to_vec())
                .collect(),
        };
        within.sort();
        within.dedup();
        let names = [self.about, self.within].concat().join("`, `");
        if within.is_empty() || about.is_empty() {
            let what = format!("columns `{names}`: there are no rows");
            return Err(Fault::damaged(self.file, what));
        }
        let each = about
            .iter()
            .flat_map(|of| within.iter().map(move |in_it| [&of[..], in_it].concat()));
        match each.clone().find(|key| !keys.has(key)) {
            Some(key) => {
                let key = key.join(", ");
                let what = format!("columns `{names}`: the row `{key}` is missing");
                Err(Fault::damaged(self.file, what))
            }
            None if keys.iter().count() == each.count() => Ok(()),
            None => {
                let what =
                    format!("columns `{names}`: there are rows about what the study has not");
                Err(Fault::damaged(self.file, what))
            }
        }
    }

    /// What the file must have rows about.
    fn about(&self, keys: &Keys, study: &Study, outcomes: &[&str]) -> Vec<Vec<String>> {
        let policies: Vec<&str> = match self.file {
            // Of one package, which the file names.
            "decomposition.csv" => keys.iter().take(1).map(|key| key[0].as_str()).collect(),
            "distribution.csv" => study.policies(),
            _ => study
                .scenario
                .policies
                .iter()
                .map(|of| of.name.as_str())
                .collect(),
        };
        let pair = |policy: &str, outcome: &str| match self.about {
            ["policy"] => vec![policy.to_owned()],
            ["policy", "outcome"] => [policy, outcome].map(String::from).to_vec(),
            _ => [outcome, policy].map(String::from).to_vec(),
        };
        let each = policies
            .iter()
            .flat_map(|policy| outcomes.iter().map(|of| pair(policy, of)));
        let mut about: Vec<Vec<String>> = each.collect();
        about.dedup();
        about
    }
}

/// The columns whose cells are looked at.
struct Check {
    numbers: Vec<Column>,
    shares: Vec<Column>,
    interval: Option<[Column; 3]>,
    may_be_empty: Vec<Column>,
}

impl Check {
    fn of(kind: &Kind, sheet: &Sheet) -> Result<Self, Fault> {
        Ok(Self {
            numbers: sheet.all_columns(kind.numbers)?,
            shares: sheet.all_columns(kind.shares)?,
            interval: kind
                .interval
                .map(|names| sheet.columns(names))
                .transpose()?,
            may_be_empty: NUMBERS
                .iter()
                .filter_map(|name| sheet.column(name).ok())
                .collect(),
        })
    }

    fn row(&self, sheet: &Sheet) -> Result<(), Fault> {
        for column in &self.numbers {
            sheet.needed(*column)?;
        }
        for column in &self.shares {
            sheet.share(*column)?;
        }
        for column in &self.may_be_empty {
            sheet.number(*column)?;
        }
        self.interval
            .map_or(Ok([0.0; 3]), |columns| sheet.interval(columns))?;
        Ok(())
    }
}
