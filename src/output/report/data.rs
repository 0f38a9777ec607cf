//! Everything that a report shows: what was read, and what follows from it.

use std::path::Path;

use super::read::costs::{self, ToldCost};
use super::read::effects::{Effects, PlausibleWorlds, ShownOutcome, Verdict};
use super::read::fault::FolderFault;
use super::read::levers;
use super::read::network::{self, ToldNetwork};
use super::read::runs::Runs;
use super::read::study::ToldStudy;
use super::read::tables::{self, Extra};
use super::read::unfold::Courses;
use super::say::tally::ReplicationTally;
use super::say::words::{ReaderLanguage, ReportWords};
use crate::experiment::statistics::paired::Effect;
use crate::experiment::statistics::worlds::differences::Differences;
use crate::model::outcome::OUTCOMES;
use crate::numeric::{Interval, quantiles};
use crate::output::tables::policies;

/// Everything that a report shows.
pub struct ReportData {
    /// What was asked.
    pub study: ToldStudy,
    /// What every policy changes.
    pub effects: Effects,
    /// What every policy costs, without the baseline.
    pub costs: Vec<ToldCost>,
    /// How the main outcomes unfold; nothing in a sweep.
    pub courses: Option<Courses>,
    /// Counts over replications, or over the design points of a sweep.
    pub tally: ReplicationTally,
    /// The policy that all are compared with, the baseline 0.
    pub against: usize,
    /// Levels by design point, policy and main outcome, flat; nothing in a comparison.
    points: Vec<f64>,
    /// Who shares with whom.
    pub network: Option<ToldNetwork>,
    /// What each policy moves.
    pub levers: Vec<policies::Row>,
    /// Files that only some studies have.
    pub tables: Vec<Extra>,
}

impl ReportData {
    /// Reads the files of `folder`; that they are those of the study is looked at last, so that what is
    /// wrong with one of them is named by its place.
    pub fn read(folder: &Path) -> Result<Self, FolderFault> {
        Self::of(folder, ToldStudy::read(folder)?)
    }

    /// The same of the `study` whose manifest was read.
    pub fn of(folder: &Path, study: ToldStudy) -> Result<Self, FolderFault> {
        let effects = Effects::read(folder, &study)?;
        let main: Vec<_> = effects.main().map(|(_, outcome)| outcome).collect();
        let names: Vec<&str> = main.iter().map(|of| of.name.as_str()).collect();
        let priced: Vec<&str> = names.iter().copied().filter(|of| is_main(of)).collect();
        let signs = main.iter().map(|of| of.direction.sign()).collect();
        let courses = (!study.sweeps()).then(|| Courses::read(folder, &study, &names));
        let courses = courses.transpose()?;
        let (tally, points) = counted(&mut Runs::open(folder, &study, &names)?, &study, signs)?;
        let data = Self {
            costs: costs::read(folder, &study, &priced)?,
            courses,
            tally,
            points,
            network: network::read(folder, &study)?,
            levers: levers::read(folder, &study)?,
            tables: tables::read(folder, &study, &priced)?,
            against: study.against(),
            effects,
            study,
        };
        data.study.check_tables(folder)?;
        Ok(data)
    }

    /// The words of `language` as this study needs them.
    pub fn words(&self, language: ReaderLanguage) -> ReportWords {
        let currency = &self.study.scenario.geography.nation.currency;
        language
            .words()
            .of_sweep(self.study.sweeps())
            .in_currency(currency)
    }

    /// The verdict on a policy (counted without the baseline) for the outcome at `outcome`: a sweep
    /// has one for main outcomes only, over its design points.
    pub fn verdict(&self, policy: usize, outcome: usize) -> Option<Verdict> {
        if !self.study.sweeps() {
            return self.effects.judged(policy, outcome);
        }
        let main = self.effects.main().position(|(o, _)| o == outcome)?;
        Some(self.over_points(policy + 1, main))
    }

    /// How much more `policy` gains than `other` in the main outcome number `main`, more being better:
    /// the 95 % interval of the paired difference over replications, in a sweep the 5th and 95th
    /// percentile over design points. Both policies count the baseline as 0.
    pub fn lead(
        &self,
        (main, outcome): (usize, &ShownOutcome),
        policy: usize,
        other: usize,
    ) -> (f64, f64) {
        if !self.study.sweeps() {
            let more = self.tally.gained(other, policy, main);
            return (more.low, more.high);
        }
        let sign = outcome.direction.sign();
        let more = self.differences(other, policy, main).into_iter();
        let more: Vec<f64> = more.map(|more| sign * more).collect();
        let [low, high] = quantiles(&more, [0.05, 0.95]);
        (low, high)
    }

    /// What `policy` changes in the main outcome number `main` over all design points: the median in
    /// place of the mean, the 5th and 95th percentile in place of the ends of an interval.
    fn over_points(&self, policy: usize, main: usize) -> Verdict {
        let differences = self.differences(0, policy, main);
        let [low, value, high] = quantiles(&differences, [0.05, 0.5, 0.95]);
        let mean = |policy| {
            let levels = self.levels(policy, main);
            levels.iter().sum::<f64>() / levels.len() as f64
        };
        let counts = self.tally.counts(policy, main);
        let points = counts.iter().sum();
        Verdict {
            pairs: points,
            baseline: mean(0),
            level: mean(policy),
            difference: Interval { value, low, high },
            better: f64::from(counts[0]) / f64::from(points),
            correlation: f64::NAN,
            variance_reduction: f64::NAN,
            worlds: None,
        }
    }

    /// What `policy` changes in the main outcome number `main` against the page's reference, where that or
    /// the window is not that of `effects.csv`: from the months of every run; with what worlds say.
    pub fn in_window(
        &self,
        (main, outcome): (usize, &ShownOutcome),
        policy: usize,
    ) -> Option<(Effect, Option<PlausibleWorlds>)> {
        if self.against == 0 && self.study.scenario.report.window.is_none() {
            return None;
        }
        let apart = self.apart(main, self.against, policy);
        let spread = apart.spread(0);
        let worlds = spread.map(|of| PlausibleWorlds::spread(&of, outcome.direction));
        Some((apart.effect(0), worlds))
    }

    /// How much more `policy` gains than `other` against the page's reference: the 95 % interval.
    pub fn more(
        &self,
        (main, outcome): (usize, &ShownOutcome),
        policy: usize,
        other: usize,
    ) -> [f64; 2] {
        if self.courses.is_some() && self.study.scenario.report.window.is_some() {
            let more = self.apart(main, other, policy).effect(0);
            let ends = [more.low, more.high].map(|end| outcome.direction.sign() * end);
            return [ends[0].min(ends[1]), ends[0].max(ends[1])];
        }
        let (low, high) = self.lead((main, outcome), policy, other);
        [low, high]
    }

    /// The paired difference of two policies in the page's window, in the only cell.
    fn apart(&self, main: usize, other: usize, policy: usize) -> Differences {
        let mut pairs = Differences::of(1);
        let Some(courses) = &self.courses else {
            return pairs;
        };
        let (first, last) = self.window();
        let mean = |of, run| courses.mean(of, run, first..=last, main);
        let ensemble = self.study.scenario.ensemble.as_ref();
        let mut weights = ensemble.into_iter().flat_map(|of| &of.worlds);
        let in_world = courses.replications / self.study.worlds();
        for run in 0..courses.replications {
            pairs.add(0, mean(other, run), mean(policy, run));
            if (run + 1) % in_world == 0
                && let Some(world) = weights.next()
            {
                pairs.end_world(world.weight);
            }
        }
        pairs
    }

    /// First and last month of the period of judgement.
    pub fn window(&self) -> (usize, usize) {
        let scenario = &self.study.scenario;
        let months = scenario.months as usize;
        match scenario.report.window {
            Some(ends) => {
                let [first, last] =
                    ends.map(|end| end.months_since(scenario.start).max(0) as usize);
                let first = first.min(months - 1);
                (first, last.clamp(first, months - 1))
            }
            None => (months.saturating_sub(12), months - 1),
        }
    }

    /// Differences of `policy` from `other` at every design point.
    fn differences(&self, other: usize, policy: usize, main: usize) -> Vec<f64> {
        let levels = self.levels(policy, main).into_iter();
        let others = self.levels(other, main);
        levels.zip(others).map(|(own, other)| own - other).collect()
    }

    /// Levels under `policy` at every design point.
    fn levels(&self, policy: usize, main: usize) -> Vec<f64> {
        let at = policy * self.tally.outcomes() + main;
        let points = self.points.chunks(self.tally.levels());
        points.map(|point| point[at]).collect()
    }
}

/// Whether an outcome is among those that every study is judged by.
fn is_main(name: &str) -> bool {
    OUTCOMES.iter().any(|of| of.main && of.name == name)
}

/// Counts over replications; in a sweep over the design points, with their levels.
fn counted(
    runs: &mut Runs<'_>,
    study: &ToldStudy,
    signs: Vec<f64>,
) -> Result<(ReplicationTally, Vec<f64>), FolderFault> {
    let mut tally = ReplicationTally::of(study.scenario.policies.len(), signs);
    let mut points: Vec<f64> = Vec::new();
    let replications = f64::from(study.manifest.replications);
    while let Some(group) = runs.advance()? {
        if !study.sweeps() {
            tally.add(&group.levels);
            continue;
        }
        let first = group.point * group.levels.len();
        points.resize(first + group.levels.len(), 0.0);
        for (mean, level) in points[first..].iter_mut().zip(&group.levels) {
            *mean += level / replications;
        }
    }
    for point in points.chunks(tally.levels()) {
        tally.add(point);
    }
    Ok((tally, points))
}
