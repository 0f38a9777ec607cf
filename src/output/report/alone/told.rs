//! What the files of one policy's runs tell: levels by place and time, their course, every outcome.

use std::collections::BTreeMap;
use std::path::Path;

use crate::experiment::runs::digest::JUDGED;
use crate::experiment::statistics::paired::{Effect, Pairs};
use crate::model::outcome::OUTCOMES;
use crate::numeric::Interval;
use crate::output::report::read::fault::FolderFault;
use crate::output::report::read::runs::Runs;
use crate::output::report::read::sheet::{Keys, Rows};
use crate::output::report::read::study::ToldStudy;
use crate::output::report::read::unfold::Courses;
use crate::output::tables::levels::{LAYOUT, Row};

/// Months at each end of a run of which the change is told.
const YEAR: usize = 12;

/// Kind of a scope, its name, and the period.
type LevelAt = [String; 3];

/// An outcome that the page looks at.
#[derive(Debug, Clone)]
pub struct AloneOutcome {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    levels: BTreeMap<LevelAt, Interval>,
    /// From the first 12 months to the last, over replications; none where they meet.
    pub change: Option<Effect>,
}

impl AloneOutcome {
    /// The level there and then; NaN where it has no meaning.
    pub fn level(&self, kind: &str, scope: &str, period: &str) -> Interval {
        let key = [kind, scope, period].map(str::to_owned);
        let none = Interval::of(None, None, None);
        self.levels.get(&key).copied().unwrap_or(none)
    }

    /// The level of the nation over the last 12 months.
    pub fn last(&self) -> Interval {
        self.level("nation", "nation", JUDGED)
    }
}

/// All that the page shows.
#[derive(Debug)]
pub struct ToldAlone {
    /// What was asked.
    pub study: ToldStudy,
    /// Outcomes in the order of the page.
    pub outcomes: Vec<AloneOutcome>,
    /// Periods in the order of the file.
    pub periods: Vec<String>,
    /// Months of every run, outcomes in the order of the page.
    pub courses: Courses,
    /// Every outcome of the nation over the last 12 months, over replications.
    pub all: Vec<Effect>,
}

impl ToldAlone {
    /// Reads the files of `folder`.
    ///
    /// # Errors
    /// When one is missing or damaged.
    pub fn read(folder: &Path, study: ToldStudy) -> Result<Self, FolderFault> {
        let (mut outcomes, periods) = levels(folder, &study)?;
        let names: Vec<&str> = outcomes.iter().map(|of| of.name.as_str()).collect();
        let courses = Courses::read(folder, &study, &names)?;
        for (o, outcome) in outcomes.iter_mut().enumerate() {
            outcome.change = change(&courses, o);
        }
        let all = all(folder, &study)?;
        study.check_tables(folder)?;
        Ok(Self {
            study,
            outcomes,
            periods,
            courses,
            all,
        })
    }
}

/// The outcomes of `levels.csv`, and its periods.
fn levels(
    folder: &Path,
    study: &ToldStudy,
) -> Result<(Vec<AloneOutcome>, Vec<String>), FolderFault> {
    let mut rows: Rows<Row> = Rows::open(folder, &LAYOUT)?;
    let (mut outcomes, mut periods) = (Vec::<AloneOutcome>::new(), Vec::new());
    let mut keys = Keys::default();
    while let Some(row) = rows.advance()? {
        study.policy(&rows.sheet, &row.policy)?;
        rows.check(["mean", "ci_low", "ci_high"], row.level())?;
        let key = [&row.outcome, &row.scope_kind, &row.scope, &row.period].map(String::clone);
        let names = ["outcome", "scope_kind", "scope", "period"];
        keys.note(&rows.sheet, &names, key.to_vec())?;
        if !periods.contains(&row.period) {
            periods.push(row.period.clone());
        }
        let level = row.level();
        let [name, place @ ..] = key;
        match outcomes.iter_mut().find(|of| of.name == name) {
            Some(known) => _ = known.levels.insert(place, level),
            None => outcomes.push(AloneOutcome {
                name,
                unit: row.unit,
                levels: BTreeMap::from([(place, level)]),
                change: None,
            }),
        }
    }
    refuse_gaps(study, &outcomes, periods.len())?;
    Ok((outcomes, periods))
}

/// Every outcome has a row of every place and period.
fn refuse_gaps(
    study: &ToldStudy,
    outcomes: &[AloneOutcome],
    periods: usize,
) -> Result<(), FolderFault> {
    let places = &study.scenario.geography;
    let whole = (1 + places.regions.len() + places.provinces.len()) * periods;
    let found = outcomes.iter().find(|of| of.levels.len() != whole);
    if found.is_none() && !outcomes.is_empty() {
        return Ok(());
    }
    let name = found.map_or("outcome", |of| &of.name);
    let what =
        format!("expected a row of every place and period for every {name}, and some are missing");
    Err(FolderFault::damaged(LAYOUT.file, what))
}

/// From the first 12 months to the last.
fn change(courses: &Courses, outcome: usize) -> Option<Effect> {
    let months = courses.months;
    (months >= 2 * YEAR).then(|| {
        let mut pairs = Pairs::default();
        for run in 0..courses.replications {
            let first = courses.mean(0, run, 0..=YEAR - 1, outcome);
            pairs.add(
                first,
                courses.mean(0, run, months - YEAR..=months - 1, outcome),
            );
        }
        pairs.effect()
    })
}

/// Every outcome, as `runs.csv` has it.
fn all(folder: &Path, study: &ToldStudy) -> Result<Vec<Effect>, FolderFault> {
    let names: Vec<&str> = OUTCOMES.iter().map(|outcome| outcome.name).collect();
    let mut runs = Runs::open(folder, study, &names)?;
    let mut pairs = vec![Pairs::default(); names.len()];
    while let Some(group) = runs.advance()? {
        for (pair, level) in pairs.iter_mut().zip(group.levels) {
            pair.add(0.0, level);
        }
    }
    Ok(pairs.iter().map(Pairs::effect).collect())
}
