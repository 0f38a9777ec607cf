//! What values an input can take, wherever they are written: in the scenario, in a table, typed.

use crate::scenario::Scenario;
use crate::scenario::input::{Input, contradiction};
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::reader::At;
use crate::scenario::reading::sheet::written_otherwise;
use crate::scenario::sweep::Over;

/// Notes inputs that set what another one has set.
pub fn refuse_doubles<'a>(
    paths: impl Iterator<Item = &'a At<String>>,
    scenario: &Scenario,
    faults: &mut Faults,
) {
    let mut known: Vec<Input> = Vec::new();
    for path in paths {
        let Ok(input) = Input::named(&path.value, scenario) else {
            continue;
        };
        if let Some(other) = known.iter().find(|other| other.meets(&input)) {
            let message = format!("`{}` and `{}` set the same number", other.path, input.path);
            faults.push(Fault::error(message).at(&path.place));
        }
        known.push(input);
    }
}

/// Warns where a varied start lies beyond the end of the run.
pub fn warn_if_late(
    input: &Input,
    over: &Over,
    (scenario, place): (&Scenario, &Place),
    faults: &mut Faults,
) {
    let latest = match over {
        Over::Range(_, high) => *high,
        Over::Values(values) => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    };
    if input.never_acts(latest, scenario) {
        let (path, date) = (&input.path, input.text(latest));
        let message = format!("`{path}` = {date} never acts: the run ends before");
        let fault = Fault::warning(message).at(place);
        faults.push(fault.hint("raise `run.months`, or start earlier"));
    }
}

/// Whether `number` is a coordinate that `input` can have.
pub fn takes(input: &Input, number: f64) -> bool {
    let whole = number.fract() == 0.0 && number <= f64::from(u32::MAX);
    let words = input.words().len();
    input.limits().allow(number)
        && (!input.is_whole() || whole)
        && (words == 0 || number < words as f64)
}

/// The number that `text` stands for as a value of `input`; a fault if it makes no sense there.
pub fn number(input: &Input, text: &str, place: &Place, faults: &mut Faults) -> Option<f64> {
    let words = input.words();
    let expected = match (input.is_date(), input.is_whole()) {
        _ if !words.is_empty() => format!("be {}", words.join(" or ")),
        (true, _) => "be a month as 2016-01".into(),
        (_, true) => format!("be a whole number from 0 to {}", u32::MAX),
        _ => input.limits().words(),
    };
    let number = input.number(text).filter(|number| takes(input, *number));
    if number.is_none() {
        let message = format!("`{}` must {expected}, found {text}", input.path);
        let fault = Fault::error(message).at(place);
        faults.push(match written_otherwise(text) {
            Some(hint) => fault.hint(hint),
            None => fault.nearest(text, words.iter().copied()),
        });
    }
    number
}

/// `scenario` with inputs set to `values` as they are typed: `sharing.benefit` to `2.5`.
///
/// # Errors
/// Every input that is unknown, or cannot have its value; what makes no sense together.
pub fn at(scenario: &Scenario, values: &[(String, String)]) -> Result<Scenario, Faults> {
    let (mut faults, mut changed) = (Faults::default(), scenario.clone());
    for (path, text) in values {
        let place = Place::whole(&path.as_str().into());
        match Input::named(path, scenario) {
            Err(fault) => faults.push(fault),
            Ok(input) => {
                if let Some(value) = number(&input, text, &place, &mut faults) {
                    input.set(&mut changed, value);
                }
            }
        }
    }
    if let (false, Some(why)) = (faults.forbid(), contradiction(&changed)) {
        faults.push(Fault::error(why));
    }
    if faults.forbid() {
        Err(faults)
    } else {
        Ok(changed)
    }
}
