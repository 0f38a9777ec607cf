//! Dated events from outside, turned into months of the run.

use crate::scenario::country::names::Names;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::reader::{At, Reader, refuse_unless};
use crate::world::clock::Date;
use crate::world::history::{History, IncidentWave, Pulse, Ramp};
use crate::world::parameter::Limits;

/// Month of what never happens.
const NEVER: i32 = i32::MAX;

/// Reads `[history]` for a run that begins at `start`.
pub fn read(mut history: Reader, start: Date, names: Names<'_>, faults: &mut Faults) -> History {
    let month = |at: At<Date>| at.value.months_since(start);
    let adopts = history.get("centre_adopts", faults);
    let read = History {
        centre_adopts: adopts.map_or(NEVER, month),
        pressure: pressure(&mut history, start, faults),
        first_platforms: first_platforms(&mut history, names, faults),
        online_pulse: online_pulse(&mut history, start, faults),
        consolidation: consolidation(&mut history, start, faults),
        incident_wave: incident_wave(&mut history, start, faults),
    };
    history.finish(faults);
    read
}

fn pressure(history: &mut Reader, start: Date, faults: &mut Faults) -> Option<Ramp> {
    let mut table = history.optional("pressure", faults)?;
    let from: Option<At<Date>> = table.need("from", faults);
    let ramp: Option<At<u32>> = table.need("ramp_months", faults);
    table.finish(faults);
    Some(Ramp {
        from: from?.value.months_since(start),
        months: ramp?.value,
    })
}

fn first_platforms(history: &mut Reader, names: Names<'_>, faults: &mut Faults) -> Vec<usize> {
    let written: Vec<At<String>> = history.each("first_platforms", faults).unwrap_or_default();
    let mut strange = Faults::default();
    let found = written
        .iter()
        .filter_map(|name| names.province(name, &mut strange));
    let mut found: Vec<usize> = found.collect();
    found.sort_unstable();
    match written.first() {
        Some(first) if found.is_empty() && strange.count() > 1 => {
            let (n, name) = (strange.count(), &first.value);
            let message = format!(
                "`history.first_platforms` names {n} provinces that the country has not (first: `{name}`)"
            );
            let hint =
                "is it another country's? leave it out with `unset = [\"history\"]` at the top";
            faults.push(Fault::error(message).at(&first.place).hint(hint));
        }
        _ => strange.iter().for_each(|fault| faults.push(fault.clone())),
    }
    found
}

fn online_pulse(history: &mut Reader, start: Date, faults: &mut Faults) -> Option<Pulse> {
    let mut table = history.optional("online_pulse", faults)?;
    let from: Option<At<Date>> = table.need("from", faults);
    let to: Option<At<Date>> = table.need("to", faults);
    let factor: Option<At<f64>> = table.need("factor", faults);
    table.finish(faults);
    let (from, to, factor) = (from?, to?, factor?);
    if to.value < from.value {
        let message = format!(
            "the pulse ends in {} before it begins in {}",
            to.value, from.value
        );
        faults.push(Fault::error(message).at(&to.place));
    }
    refuse_unless(
        Limits::NonNegative,
        "history.online_pulse.factor",
        &factor,
        faults,
    );
    Some(Pulse {
        first: from.value.months_since(start),
        last: to.value.months_since(start),
        factor: factor.value,
    })
}

fn consolidation(history: &mut Reader, start: Date, faults: &mut Faults) -> Option<Ramp> {
    let mut table = history.optional("consolidation", faults)?;
    let from: Option<At<Date>> = table.need("from", faults);
    let to: Option<At<Date>> = table.need("to", faults);
    table.finish(faults);
    let (from, to) = (from?, to?);
    let months = to.value.months_since(from.value);
    if months < 0 {
        let message = format!(
            "the consolidation ends in {} before it begins in {}",
            to.value, from.value
        );
        faults.push(Fault::error(message).at(&to.place));
    }
    Some(Ramp {
        from: from.value.months_since(start),
        months: months.max(0) as u32,
    })
}

fn incident_wave(history: &mut Reader, start: Date, faults: &mut Faults) -> Option<IncidentWave> {
    let mut table = history.optional("incident_wave", faults)?;
    let date: Option<At<Date>> = table.need("date", faults);
    let share: Option<At<f64>> = table.need("share", faults);
    table.finish(faults);
    let share = share?;
    refuse_unless(Limits::Share, "history.incident_wave.share", &share, faults);
    Some(IncidentWave {
        month: date?.value.months_since(start),
        share: share.value,
    })
}
