//! Terms of policies typed with `--set`, as `policy.mandate-only.dose=2`.
//!
//! Everything else that `--set` takes is laid over the files before they are understood; what a
//! policy is called is known only afterwards.

use crate::scenario::Scenario;
use crate::scenario::input::{Input, contradiction};
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::sweep::Over;
use crate::scenario::sweep::admissible::{number, warn_if_late};

/// Whether `setting` is about a policy.
pub fn is_term(setting: &str) -> bool {
    setting.trim_start().starts_with("policy.")
}

/// Sets what those of `settings` say that are about policies.
pub fn apply(settings: &[String], scenario: &mut Scenario, faults: &mut Faults) {
    for setting in settings.iter().filter(|setting| is_term(setting)) {
        let place = Place::whole(&format!("--set {setting}").as_str().into());
        let Some((path, value)) = setting.split_once('=') else {
            continue;
        };
        match Input::named(path.trim(), scenario) {
            Err(fault) => faults.push(fault.at(&place)),
            Ok(input) => {
                let text = value.trim().trim_matches('"');
                let Some(number) = number(&input, text, &place, faults) else {
                    continue;
                };
                warn_if_late(
                    &input,
                    &Over::Values(vec![number]),
                    (scenario, &place),
                    faults,
                );
                input.set(scenario, number);
                if let Some(message) = contradiction(scenario) {
                    faults.push(Fault::error(message).at(&place));
                }
            }
        }
    }
}
