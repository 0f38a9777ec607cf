//! What is kept of a run: every outcome by period and scope, the national series, the costs.
//!
//! A period is a calendar year or the last 12 months; its value is the mean over its months. The
//! national (or, when asked for, also regional and provincial) outcomes are kept month by month,
//! and how cells and some of the citizens fare at the end. Of the many runs of a sweep, nation and
//! regions over the last 12 months are kept, and the costs: two kilobytes.

use serde::{Deserialize, Serialize};

use crate::model::outcome::OUTCOMES;
use crate::numeric;
use crate::scenario::{Scenario, Series};
use crate::simulation::Run;
use crate::world::clock::Date;
use crate::world::geography::Geography;
use crate::world::people::People;

/// Months in the period by which policies are judged.
pub const JUDGED_MONTHS: u32 = 12;

/// Name of that period in files.
pub const JUDGED: &str = "last_12_months";

/// Begins the name of a calendar year in files: a text as the other period's, so that readers that
/// guess the type of a column piece by piece find texts only.
pub const YEAR: &str = "year_";

/// A stretch of months that is averaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Name in files: `last_12_months`, or a year as `year_2020`.
    pub name: String,
    /// First month.
    pub first: u32,
    /// Month after the last.
    pub end: u32,
}

/// Periods of a run of `months` from `start`: the last 12 months, then the calendar years.
pub fn periods(start: Date, months: u32) -> Vec<Period> {
    let mut periods = vec![Period {
        name: JUDGED.into(),
        first: months.saturating_sub(JUDGED_MONTHS),
        end: months,
    }];
    for month in 0..months {
        let year = format!("{YEAR}{}", start.plus(month as i32).year());
        match periods.last_mut() {
            Some(last) if last.name == year => last.end = month + 1,
            _ => periods.push(Period {
                name: year,
                first: month,
                end: month + 1,
            }),
        }
    }
    periods
}

/// A group of provinces for which outcomes are reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeName {
    /// `nation`, `region` or `province`.
    pub kind: &'static str,
    /// Name of the scope.
    pub name: String,
}

/// Scopes in the order of every record.
pub fn scopes(geography: &Geography) -> Vec<ScopeName> {
    let scope = |kind, name: &str| ScopeName {
        kind,
        name: name.into(),
    };
    let mut scopes = vec![scope("nation", "nation")];
    scopes.extend(geography.regions.iter().map(|name| scope("region", name)));
    scopes.extend(
        geography
            .provinces
            .iter()
            .map(|p| scope("province", &p.name)),
    );
    scopes
}

/// Scopes of which the monthly series is kept.
pub fn series_scopes(scenario: &Scenario) -> usize {
    let geography = &scenario.geography;
    match scenario.series {
        Series::Nation => 1,
        Series::Region => 1 + geography.regions.len(),
        Series::Province => 1 + geography.regions.len() + geography.provinces.len(),
    }
}

/// How much is kept of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// Nation and regions over the last 12 months.
    Judged,
    /// All periods and scopes, the series, and how people fare.
    Full,
}

/// A number that is read off a run: the mean of an outcome over months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Position of the outcome.
    pub outcome: usize,
    /// Position of the scope in every record.
    pub scope: usize,
    /// First month, and the month after the last.
    pub months: (u32, u32),
}

/// What of a run of a scenario is kept, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Periods of the means.
    pub periods: Vec<Period>,
    /// Scopes of the means.
    pub scopes: Vec<ScopeName>,
    /// Scopes of the series: the first so many.
    pub series: usize,
    /// Whether cells and citizens are kept.
    pub people: bool,
    /// Where there are any, these numbers are kept in place of the means, and nothing else.
    pub readings: Vec<Reading>,
}

impl Kept {
    /// What is kept of runs of `scenario`.
    pub fn of(scenario: &Scenario, detail: Detail) -> Self {
        let mut kept = Self {
            periods: periods(scenario.start, scenario.months),
            scopes: scopes(&scenario.geography),
            series: series_scopes(scenario),
            people: true,
            readings: Vec::new(),
        };
        if detail == Detail::Judged {
            kept.periods.truncate(1);
            kept.scopes.truncate(1 + scenario.geography.regions.len());
            kept.series = 0;
            kept.people = false;
        }
        kept
    }
}

/// What is kept of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Digest {
    /// Means: `[period][scope][outcome]`, flat.
    pub means: Vec<f64>,
    /// Monthly outcomes: `[month][scope][outcome]`, flat, of the first scopes.
    pub series: Vec<f64>,
    /// For each intervention of the policy: money spent, residents reached, months paid for.
    pub costs: Vec<[f64; 3]>,
    /// Months in which the policy pays for anything.
    pub paid_months: f64,
    /// How people fare at the end; none where that is not kept.
    pub people: People,
}

impl Digest {
    /// What is `kept` of `run`.
    pub fn new(kept: &Kept, run: &Run) -> Self {
        let record = &run.record;
        if !kept.readings.is_empty() {
            return Self::read(kept, run);
        }
        let mut means = Vec::with_capacity(kept.periods.len() * kept.scopes.len() * OUTCOMES.len());
        for period in &kept.periods {
            for scope in 0..kept.scopes.len() {
                let months = period.first as usize..period.end as usize;
                means.extend(means_of_known(months.map(|month| record.row(month, scope))));
            }
        }
        let months = 0..record.months();
        let mut series = Vec::with_capacity(record.months() * kept.series * OUTCOMES.len());
        for month in months {
            (0..kept.series).for_each(|scope| series.extend_from_slice(record.row(month, scope)));
        }
        let spending = &run.spending;
        let costs = spending
            .interventions
            .iter()
            .map(|spent| [spent.total, spent.residents, spent.months])
            .collect();
        let people = kept.people.then(|| run.people.clone());
        Self {
            means,
            series,
            costs,
            paid_months: spending.paid_months,
            people: people.unwrap_or_default(),
        }
    }

    fn read(kept: &Kept, run: &Run) -> Self {
        let value = |of: &Reading| {
            let months = of.months.0 as usize..of.months.1 as usize;
            mean_of_known(months.map(|month| run.record.row(month, of.scope)[of.outcome]))
        };
        Self {
            means: kept.readings.iter().map(value).collect(),
            series: Vec::new(),
            costs: Vec::new(),
            paid_months: 0.0,
            people: People::default(),
        }
    }

    /// What is `kept` of a digest that keeps more.
    pub fn reduced(mut self, kept: &Kept) -> Self {
        self.means
            .truncate(kept.periods.len() * kept.scopes.len() * OUTCOMES.len());
        self.series.clear();
        self.people = People::default();
        self
    }

    /// Whether it holds as much as is `kept` of a run: what a file tells may be anything.
    pub fn fits(&self, kept: &Kept) -> bool {
        let outcomes = OUTCOMES.len();
        if !kept.readings.is_empty() {
            return self.means.len() == kept.readings.len();
        }
        let months = kept.periods.first().map_or(0, |judged| judged.end as usize);
        self.means.len() == kept.periods.len() * kept.scopes.len() * outcomes
            && self.series.len() == months * kept.series * outcomes
    }

    /// Money that the policy spends over the run.
    pub fn money(&self) -> f64 {
        self.costs.iter().fold(0.0, |sum, [money, ..]| sum + money)
    }

    /// National outcomes over the last 12 months.
    pub fn judged(&self) -> &[f64] {
        &self.means[..OUTCOMES.len()]
    }
}

/// Mean of every outcome over the months in which it is known.
fn means_of_known<'a>(months: impl Iterator<Item = &'a [f64]>) -> impl Iterator<Item = f64> {
    let (mut sums, mut known) = ([-0.0; OUTCOMES.len()], [0.0; OUTCOMES.len()]);
    for row in months {
        for ((sum, known), value) in sums.iter_mut().zip(&mut known).zip(row) {
            // -0 is what adds nothing to any sum
            *sum += if value.is_nan() { -0.0 } else { *value };
            *known += f64::from(!value.is_nan());
        }
    }
    let means = sums.into_iter().zip(known).map(|(sum, known)| sum / known);
    means.map(numeric::same_bits)
}

fn mean_of_known(values: impl Iterator<Item = f64>) -> f64 {
    let known: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
    numeric::same_bits(numeric::mean(&known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::by_hand::{scenario, target};
    use crate::experiment::calibration::targets::Targets;
    use crate::model::ledger::Record;
    use crate::model::policy::{Spending, Spent};

    #[test]
    fn periods_cover_every_month_once_besides_the_judged_ones() {
        let periods = periods(Date::new(2012, 8), 150);
        assert_eq!((periods[0].first, periods[0].end), (138, 150));
        let years = &periods[1..];
        assert_eq!(
            years[0],
            Period {
                name: "year_2012".into(),
                first: 0,
                end: 5
            }
        );
        assert_eq!(
            years.last().map(|p| (p.name.as_str(), p.end)),
            Some(("year_2025", 150))
        );
        assert!(years.windows(2).all(|pair| pair[0].end == pair[1].first));
    }

    #[test]
    fn unknown_months_are_left_out_of_a_mean() {
        assert_eq!(mean_of_known([1.0, f64::NAN, 3.0].into_iter()), 2.0);
        assert!(mean_of_known([f64::NAN].into_iter()).is_nan());
        let rows = [1.0, f64::NAN, 3.0].map(|x| [x; OUTCOMES.len()]);
        assert!(means_of_known(rows.iter().map(|row| &row[..])).all(|mean| mean == 2.0));
        let unknown = means_of_known(rows[1..2].iter().map(|row| &row[..]));
        assert!(unknown.into_iter().all(f64::is_nan));
    }

    /// A run whose outcome o of scope s in month m is `m + 100 s + 1000 o`.
    fn made_up() -> Run {
        let months = 0..24;
        let row = |month: i32, scope: i32| {
            let outcomes = 0..OUTCOMES.len();
            outcomes.map(move |o| f64::from(month + 100 * scope) + 1000.0 * o as f64)
        };
        let rows = months.flat_map(|month| (0..6).flat_map(move |scope| row(month, scope)));
        let spent = |total| Spent {
            total,
            residents: 50.0,
            months: 12.0,
        };
        Run {
            record: Record {
                scopes: 6,
                values: rows.collect(),
            },
            spending: Spending {
                month: Vec::new(),
                interventions: vec![spent(10.0), spent(32.0)],
                paid_months: 7.0,
            },
            people: People::default(),
        }
    }

    /// Means over months 12 to 23 are 17.5 above month 0, those of the two years 5.5 and 17.5.
    #[test]
    fn a_hand_calculated_digest() {
        let asked = scenario();
        let kept = Kept::of(&asked, Detail::Full);
        let digest = Digest::new(&kept, &made_up());
        let n = OUTCOMES.len();
        for (period, month) in [17.5, 5.5, 17.5].into_iter().enumerate() {
            for (scope, outcome) in [(0, 0), (1, 3), (5, n - 1)] {
                let found = digest.means[(period * 6 + scope) * n + outcome];
                assert_eq!(
                    found,
                    month + 100.0 * scope as f64 + 1000.0 * outcome as f64
                );
            }
        }
        assert_eq!(
            (digest.means.len(), digest.series.len()),
            (3 * 6 * n, 24 * n)
        );
        assert_eq!(digest.series[5 * n + 2], 2005.0);
        assert_eq!((digest.money(), digest.paid_months), (42.0, 7.0));
        assert_eq!(digest.costs[1], [32.0, 50.0, 12.0]);
        assert_eq!(digest.judged().len(), n);
        assert!(digest.fits(&kept));
        let judged = Kept::of(&asked, Detail::Judged);
        let less = digest.reduced(&judged);
        assert_eq!((less.means.len(), less.series.len()), (3 * n, 0));
        assert!(less.fits(&judged) && !less.fits(&kept));
        let cut = Digest {
            series: vec![0.0; 24 * n],
            ..less
        };
        assert!(!cut.fits(&judged) && !cut.fits(&kept));
    }

    #[test]
    fn a_series_is_of_the_scopes_that_are_asked_for() {
        let mut asked = scenario();
        let all = [Series::Nation, Series::Region, Series::Province];
        for (series, scopes) in all.into_iter().zip([1, 3, 6]) {
            asked.series = series;
            assert_eq!(series_scopes(&asked), scopes);
        }
    }

    #[test]
    fn a_reading_is_the_mean_of_its_own_outcome_scope_and_months() {
        let calibration = crate::scenario::calibration::Calibration {
            targets: vec![target("trust", 0.5)],
            ..crate::experiment::by_hand::calibration()
        };
        let asked = scenario();
        let kept = Kept {
            readings: Targets::of(&calibration, &asked.geography).readings(),
            ..Kept::of(&asked, Detail::Judged)
        };
        let digest = Digest::new(&kept, &made_up());
        let trust = crate::model::outcome::position("trust").unwrap() as f64;
        assert_eq!(digest.means, [17.5 + 1000.0 * trust]);
        assert!(digest.fits(&kept) && digest.series.is_empty());
    }
}
