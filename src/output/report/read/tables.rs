//! Files that only some studies have: checked, and passed on to the page as they are.

use std::path::Path;

use serde::Serialize;

use super::fault::FolderFault;
use super::sheet::{Keys, Rows};
use super::study::ToldStudy;
use crate::experiment::statistics::distribution::{Unit, groups};
use crate::output::tables::layout::Layout;
use crate::output::tables::row::TableRow;
use crate::output::tables::{decomposition, distribution, robustness, sensitivity};

/// Rows of a file that go into the page; a page that holds more is no page.
const MOST_ROWS: usize = 20_000;

/// A file as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Extra {
    /// Name of the file.
    pub file: &'static str,
    /// Names of its columns.
    pub columns: Vec<&'static str>,
    /// Whether each holds texts.
    pub texts: Vec<bool>,
    /// Its cells.
    pub rows: Vec<Vec<String>>,
}

/// What a file must hold for its picture.
trait Shown: TableRow {
    /// The table.
    const TABLE: &'static Layout;
    /// Columns that say what a row is about: every combination of what they hold must be there.
    const ABOUT: &'static [&'static str];
    /// Columns that tell the rows about one thing apart: the same for each.
    const WITHIN: &'static [&'static str];

    /// The cells in both.
    fn key(&self) -> Vec<String>;

    /// Makes sure that its numbers make sense together.
    fn check(&self, rows: &Rows<Self>) -> Result<(), FolderFault>;

    /// What the file must have rows about.
    fn about(study: &ToldStudy, outcomes: &[&str], keys: &Keys) -> Vec<Vec<String>>;

    /// What it must have rows of, about each of these.
    fn within(_study: &ToldStudy, keys: &Keys) -> Vec<Vec<String>> {
        let within = keys.iter().map(|key| key[Self::ABOUT.len()..].to_vec());
        within.collect()
    }
}

/// Those of the files that `folder` has; `outcomes` are the main ones.
pub fn read(
    folder: &Path,
    study: &ToldStudy,
    outcomes: &[&str],
) -> Result<Vec<Extra>, FolderFault> {
    let extras = [
        extra::<decomposition::Row>(folder, study, outcomes)?,
        extra::<distribution::Row>(folder, study, outcomes)?,
        extra::<sensitivity::Row>(folder, study, outcomes)?,
        extra::<robustness::Row>(folder, study, outcomes)?,
    ];
    Ok(extras.into_iter().flatten().collect())
}

fn extra<R: Shown>(
    folder: &Path,
    study: &ToldStudy,
    outcomes: &[&str],
) -> Result<Option<Extra>, FolderFault> {
    let table = R::TABLE;
    let rows = Rows::<R>::open_if_there(folder, table, study.wrote(table.file))?;
    let Some(mut rows) = rows else {
        return Ok(None);
    };
    let mut extra = Extra {
        file: table.file,
        columns: R::FIELDS.iter().map(|field| field.name).collect(),
        texts: R::FIELDS
            .iter()
            .map(|field| field.kind == "string")
            .collect(),
        rows: Vec::new(),
    };
    let mut keys = Keys::default();
    let names = [R::ABOUT, R::WITHIN].concat();
    while let Some(row) = rows.advance()? {
        keys.note(&rows.sheet, &names, row.key())?;
        row.check(&rows)?;
        if extra.rows.len() < MOST_ROWS {
            extra.rows.push(row.texts());
        }
    }
    check_whole::<R>(&keys, study, outcomes)?;
    Ok(Some(extra))
}

/// Makes sure that about each thing that the study has there are the same rows.
fn check_whole<R: Shown>(
    keys: &Keys,
    study: &ToldStudy,
    outcomes: &[&str],
) -> Result<(), FolderFault> {
    let about = R::about(study, outcomes, keys);
    let mut within = R::within(study, keys);
    within.sort();
    within.dedup();
    let names = [R::ABOUT, R::WITHIN].concat().join("`, `");
    let damaged = |what| Err(FolderFault::damaged(R::TABLE.file, what));
    if within.is_empty() || about.is_empty() {
        return damaged(format!("columns `{names}`: there are no rows"));
    }
    let each = about
        .iter()
        .flat_map(|of| within.iter().map(move |in_it| [&of[..], in_it].concat()));
    match each.clone().find(|key| !keys.has(key)) {
        Some(key) => {
            let key = key.join(", ");
            damaged(format!("columns `{names}`: the row `{key}` is missing"))
        }
        None if keys.iter().count() == each.count() => Ok(()),
        None => damaged(format!(
            "columns `{names}`: there are rows about what the study has not"
        )),
    }
}

/// Every policy of `of` with every outcome.
fn each_outcome<'a>(of: impl Iterator<Item = &'a str>, outcomes: &[&str]) -> Vec<Vec<String>> {
    let pairs = of.flat_map(|policy| outcomes.iter().map(move |outcome| [policy, outcome]));
    pairs.map(|pair| pair.map(String::from).into()).collect()
}

/// Names of all policies, the baseline first.
fn all_policies(study: &ToldStudy) -> impl Iterator<Item = &str> {
    study.scenario.policies.iter().map(|of| of.name.as_str())
}

impl Shown for decomposition::Row {
    const TABLE: &'static Layout = &decomposition::LAYOUT;
    const ABOUT: &'static [&'static str] = &["policy", "outcome"];
    const WITHIN: &'static [&'static str] = &["contribution", "part", "partner"];

    fn key(&self) -> Vec<String> {
        let about = [&self.policy, &self.outcome, &self.contribution];
        let key = about.into_iter().chain([&self.part, &self.partner]);
        key.cloned().collect()
    }

    fn check(&self, rows: &Rows<Self>) -> Result<(), FolderFault> {
        rows.need("value", self.value)?;
        rows.check(["value", "ci_low", "ci_high"], self.contributed())
    }

    fn about(_study: &ToldStudy, outcomes: &[&str], keys: &Keys) -> Vec<Vec<String>> {
        // Of one package, which the file names.
        each_outcome(keys.iter().take(1).map(|key| key[0].as_str()), outcomes)
    }
}

impl Shown for distribution::Row {
    const TABLE: &'static Layout = &distribution::LAYOUT;
    const ABOUT: &'static [&'static str] = &["policy"];
    const WITHIN: &'static [&'static str] = &["unit_compared", "group_kind", "group"];

    fn key(&self) -> Vec<String> {
        let key = [
            &self.policy,
            &self.unit_compared,
            &self.group_kind,
            &self.group,
        ];
        key.map(String::clone).into()
    }

    fn check(&self, rows: &Rows<Self>) -> Result<(), FolderFault> {
        rows.check(["mean_difference", "ci_low", "ci_high"], self.difference())
    }

    fn about(study: &ToldStudy, _outcomes: &[&str], _keys: &Keys) -> Vec<Vec<String>> {
        let policies = study.policies().into_iter();
        policies.map(|policy| vec![policy.to_owned()]).collect()
    }

    fn within(study: &ToldStudy, keys: &Keys) -> Vec<Vec<String>> {
        let groups = groups(&study.scenario.geography.regions).into_iter();
        // Other groups may be empty, and where cohorts stand for citizens no citizen is compared.
        let cohorts = study.scenario.population.mean_field;
        let needed = groups.filter(|of| of.kind == "all" && !(cohorts && of.unit == Unit::Citizen));
        let needed = needed.map(|of| vec![of.unit.name().into(), of.kind.into(), of.name]);
        let found = keys.iter().map(|key| key[Self::ABOUT.len()..].to_vec());
        needed.chain(found).collect()
    }
}

impl Shown for sensitivity::Row {
    const TABLE: &'static Layout = &sensitivity::LAYOUT;
    const ABOUT: &'static [&'static str] = &["policy", "outcome"];
    const WITHIN: &'static [&'static str] = &["input", "index"];

    fn key(&self) -> Vec<String> {
        [&self.policy, &self.outcome, &self.input, &self.index]
            .map(String::clone)
            .into()
    }

    /// An estimate may lie outside an interval of resampled ones, so no interval is looked at.
    fn check(&self, _rows: &Rows<Self>) -> Result<(), FolderFault> {
        Ok(())
    }

    fn about(study: &ToldStudy, outcomes: &[&str], _keys: &Keys) -> Vec<Vec<String>> {
        each_outcome(all_policies(study), outcomes)
    }
}

impl Shown for robustness::Row {
    const TABLE: &'static Layout = &robustness::LAYOUT;
    const ABOUT: &'static [&'static str] = &["outcome", "policy"];
    const WITHIN: &'static [&'static str] = &[];

    fn key(&self) -> Vec<String> {
        vec![self.outcome.clone(), self.policy.clone()]
    }

    fn check(&self, _rows: &Rows<Self>) -> Result<(), FolderFault> {
        Ok(())
    }

    fn about(study: &ToldStudy, outcomes: &[&str], _keys: &Keys) -> Vec<Vec<String>> {
        let pairs = each_outcome(all_policies(study), outcomes).into_iter();
        pairs.map(|pair| pair.into_iter().rev().collect()).collect()
    }
}
