//! Terms of an intervention: when it acts, how strongly, and on whom.
//!
//! Each term may stand at the intervention, at its policy, where a policy is included, or in the
//! catalogue; the nearest one counts.

use crate::intervention::strength::MOST_DOSE;
use crate::intervention::targeting::Target;
use crate::scenario::country::names::Names;
use crate::scenario::policy::target;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::reader::{At, Reader, refuse_unless};
use crate::world::clock::Date;
use crate::world::parameter::Limits;

/// Terms as far as one table gives them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// First month; `Some(None)` where it is written, but is none.
    pub start: Option<Option<At<Date>>>,
    /// Months until the full dose.
    pub ramp_months: Option<At<u32>>,
    /// Full strength.
    pub dose: Option<At<f64>>,
    /// Whom it reaches.
    pub target: Option<At<Target>>,
    /// First month in which it is no longer upheld.
    pub stop: Option<At<Date>>,
    /// Months in which what is left halves after the stop.
    pub half_life_months: Option<At<f64>>,
}

impl Terms {
    /// The terms that `table` gives.
    pub fn read(table: &mut Reader, names: Names<'_>, faults: &mut Faults) -> Self {
        let dose = amount(table, "dose", faults);
        if let Some(At { value, place }) = dose.as_ref().filter(|dose| dose.value > MOST_DOSE) {
            let name = table.full("dose");
            let message = format!("`{name}` must not lie above {MOST_DOSE}, found {value}");
            faults.push(Fault::error(message).at(place));
        }
        let half_life_months = amount(table, "half_life_months", faults);
        Self {
            start: table.has("start").then(|| table.get("start", faults)),
            ramp_months: table.get("ramp_months", faults),
            dose,
            target: target::read(table, names, faults),
            stop: table.get("stop", faults),
            half_life_months,
        }
    }

    /// These terms, and where they say nothing those of `fallback`.
    pub fn or(&self, fallback: &Self) -> Self {
        fn first<T: Clone>(mine: &Option<T>, theirs: &Option<T>) -> Option<T> {
            mine.clone().or_else(|| theirs.clone())
        }
        Self {
            start: first(&self.start, &fallback.start),
            ramp_months: first(&self.ramp_months, &fallback.ramp_months),
            dose: first(&self.dose, &fallback.dose),
            target: first(&self.target, &fallback.target),
            stop: first(&self.stop, &fallback.stop),
            half_life_months: first(&self.half_life_months, &fallback.half_life_months),
        }
    }
}

fn amount(table: &mut Reader, key: &'static str, faults: &mut Faults) -> Option<At<f64>> {
    let found: At<f64> = table.get(key, faults)?;
    refuse_unless(Limits::NonNegative, &table.full(key), &found, faults);
    Some(found)
}
