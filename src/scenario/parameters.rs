//! The numbers of the model: one table per process, each checked against its limits.

use std::collections::BTreeMap;

use crate::model::{ALTERNATIVES, GROUPS, attention, participation};
use crate::scenario::reading::fault::{Fault, Faults, Place, told};
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::template::short;
use crate::world::alternative::Choices;
use crate::world::parameter::{Parameter, Values};

/// Every parameter, as far as the tables of `top` set them; their alternatives are chosen.
pub fn read(top: &mut Reader, choices: &mut Choices, faults: &mut Faults) -> Values {
    let mut values = Values::defaults(GROUPS);
    let mut places = BTreeMap::new();
    for group in GROUPS {
        let mut table = top.section(group.name, faults);
        for parameter in group.parameters {
            let name = table.full(parameter.name);
            if let Some(At { value, place }) = number(&mut table, parameter, faults) {
                values.set(&name, value);
                places.insert(name, place);
            }
        }
        choose(&mut table, choices, faults);
        table.finish(faults);
    }
    check_together((&values, choices), &places, faults);
    values
}

/// Chooses among the alternatives of `table` as far as it says which.
pub fn choose(table: &mut Reader, choices: &mut Choices, faults: &mut Faults) {
    for alternative in ALTERNATIVES {
        if table.full(alternative.key()) != alternative.name {
            continue;
        }
        let words = alternative.words.iter();
        let words: Vec<(&str, &str)> = words.map(|word| (*word, *word)).collect();
        if let Some(word) = choice(table, alternative.key(), &words, faults) {
            choices.choose(alternative, word);
        }
    }
}

fn number(
    table: &mut Reader,
    parameter: &'static Parameter,
    faults: &mut Faults,
) -> Option<At<f64>> {
    let found: At<f64> = table.get(parameter.name, faults)?;
    let name = table.full(parameter.name);
    if parameter.limits.allow(found.value) {
        warn_if_implausible(&name, parameter, &found, faults);
        return Some(found);
    }
    let must = parameter.limits.words();
    let message = format!("`{name}` must {must}, found {}", told(found.value));
    faults.push(
        Fault::error(message)
            .at(&found.place)
            .hint(explain(parameter)),
    );
    None
}

/// What lies far beyond the plausible range is probably a slip; knock-outs and their like, 0 and 1,
/// are not.
fn warn_if_implausible(name: &str, of: &Parameter, found: &At<f64>, faults: &mut Faults) {
    let (low, high) = of.plausible;
    let width = high - low;
    let far = found.value < low - width || found.value > high + width;
    if far && ![0.0, 1.0].contains(&found.value) {
        let message = format!(
            "`{name}` is {}, far from what is plausible",
            told(found.value)
        );
        faults.push(Fault::warning(message).at(&found.place).hint(explain(of)));
    }
}

fn explain(parameter: &Parameter) -> String {
    let (low, high) = parameter.plausible;
    let Parameter {
        name,
        meaning,
        default,
        ..
    } = parameter;
    let [default, low, high] = [*default, low, high].map(short);
    format!("{name}: {meaning} (default {default}, plausible {low} to {high})")
}

/// The one of `choices` that `key` names, if it is there.
pub fn choice<T: Copy>(
    table: &mut Reader,
    key: &'static str,
    choices: &[(&str, T)],
    faults: &mut Faults,
) -> Option<T> {
    let written: At<String> = table.get(key, faults)?;
    let found = choices.iter().find(|(name, _)| *name == written.value);
    if found.is_none() {
        let names: Vec<String> = choices
            .iter()
            .map(|(name, _)| format!("\"{name}\""))
            .collect();
        let (key, names, found) = (table.full(key), names.join(" or "), &written.value);
        let message = format!("`{key}` must be {names}, found \"{found}\"");
        let known = choices.iter().map(|(name, _)| *name);
        faults.push(
            Fault::error(message)
                .at(&written.place)
                .nearest(found, known),
        );
    }
    found.map(|(_, value)| *value)
}

fn check_together(
    (values, choices): (&Values, &Choices),
    places: &BTreeMap<String, Place>,
    faults: &mut Faults,
) {
    let place = |name: &str| places.get(name);
    for (name, message) in contradictions(values, choices) {
        let written = place(&name).or(place("attention.resting_effort"));
        faults.push(Fault::error(message).placed(written));
    }
}

/// Values that cannot be together, or not where these rules hold: the path of each, and why.
pub fn contradictions(values: &Values, choices: &Choices) -> Vec<(String, String)> {
    let effort: attention::Parameters = values.group(attention::NAME);
    let bodies: participation::Parameters = values.group(participation::NAME);
    let effort = effort.contradictions().into_iter();
    let bodies = bodies.contradictions(choices.of()).into_iter();
    let effort = effort.map(|(name, why)| (format!("{}.{name}", attention::NAME), why));
    let bodies = bodies.map(|(name, why)| (format!("{}.{name}", participation::NAME), why));
    effort.chain(bodies).collect()
}
