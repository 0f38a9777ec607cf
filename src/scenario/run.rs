//! How long and how often, and what is kept: `[run]` and `[output]`.

use crate::scenario::parameters::choice;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::{EffectRows, Series};
use crate::world::clock::Date;

/// Longest run: a thousand years.
pub(super) const MOST_MONTHS: u32 = 12_000;

/// The months of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Calendar month of month 0.
    pub start: Date,
    /// Months to run.
    pub months: u32,
}

impl Span {
    /// All of history: stands in where the span is faulty, so that no other fault follows from it.
    const EVER: Self = Self {
        start: Date::new(0, 1),
        months: 12 * 10_000,
    };

    /// First month after the run.
    pub fn end(self) -> Date {
        self.start.plus(self.months as i32)
    }
}

/// What `[run]` says.
#[derive(Debug, Clone, Copy)]
pub struct RunSettings {
    /// The months of a run.
    pub span: Span,
    /// Seed of the study.
    pub seed: u64,
    /// Replications of every policy.
    pub replications: u32,
}

/// Reads `[run]`.
pub fn run(mut run: Reader, faults: &mut Faults) -> RunSettings {
    let start: Option<At<Date>> = run.need("start", faults);
    let months = at_least_one(&mut run, "months", faults);
    if let Some(At { value, place }) = months.as_ref().filter(|at| at.value > MOST_MONTHS) {
        let message = format!("`run.months` must be at most {MOST_MONTHS}, found {value}");
        faults.push(Fault::error(message).at(place));
    }
    let replications = at_least_one(&mut run, "replications", faults);
    let seed: Option<At<u64>> = run.get("seed", faults);
    run.finish(faults);
    let months = months.filter(|at| at.value <= MOST_MONTHS);
    let span = start.zip(months).map(|(start, months)| Span {
        start: start.value,
        months: months.value,
    });
    RunSettings {
        span: span.unwrap_or(Span::EVER),
        seed: seed.map_or(1, |seed| seed.value),
        replications: replications.map_or(1, |replications| replications.value),
    }
}

fn at_least_one(run: &mut Reader, key: &'static str, faults: &mut Faults) -> Option<At<u32>> {
    let found: At<u32> = run.need(key, faults)?;
    if found.value == 0 {
        let message = format!("`{}` must be 1 or more, found 0", run.full(key));
        faults.push(Fault::error(message).at(&found.place));
    }
    Some(found)
}

/// What `[output]` says.
#[derive(Debug, Clone, Copy)]
pub struct OutputSettings {
    /// Finest scope that `series.csv` holds.
    pub series: Series,
    /// Which rows `effects.csv` holds.
    pub effects: EffectRows,
}

/// Reads `[output]`.
pub fn output(mut output: Reader, faults: &mut Faults) -> OutputSettings {
    let scopes = [
        ("nation", Series::Nation),
        ("region", Series::Region),
        ("province", Series::Province),
    ];
    let series = choice(&mut output, "series", &scopes, faults);
    let rows = [("main", EffectRows::Main), ("all", EffectRows::All)];
    let effects = choice(&mut output, "effects", &rows, faults);
    output.finish(faults);
    OutputSettings {
        series: series.unwrap_or(Series::Nation),
        effects: effects.unwrap_or_default(),
    }
}
