//! Reading `[ensemble]`, its table, and what was typed to change it.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::numeric::{BySize as _, hex};
use crate::scenario::Scenario;
use crate::scenario::ensemble::{PlausibleWorld, WorldEnsemble, WorldInput};
use crate::scenario::input::{Input, contradiction};
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::sheet::{Row, Sheet};
use crate::scenario::reading::tree::Table;
use crate::scenario::sweep::admissible::{number, refuse_doubles};

/// The column that names a world.
const WORLD: &str = "world";
/// The column that says how much it counts.
const WEIGHT: &str = "weight";
/// Digits of a name that is made of what a world holds.
const DIGITS: usize = 12;
/// Fewer worlds than these, counted by their weights, tell little of their range.
const FEW: f64 = 30.0;

/// `[ensemble]` as written.
#[derive(Debug)]
pub struct WrittenEnsemble {
    sheet: Sheet,
    /// How many worlds are wanted.
    worlds: Option<At<u32>>,
    /// Replications in each world, where they are others than at the scenario's own values.
    replications: Option<u32>,
}

/// Takes `[ensemble]` out of `table`, with the number of worlds that was `typed`; `None` where there
/// is none, or none is wanted.
pub fn asked(
    table: &mut Table,
    typed: Option<u32>,
    files: &mut Files,
    faults: &mut Faults,
) -> Option<WrittenEnsemble> {
    let typed = typed.map(|value| At {
        value,
        place: Place::whole(&format!("--worlds {value}").into()),
    });
    let Some(written) = table.take("ensemble") else {
        let wanted = typed.filter(|at| at.value > 0)?;
        let fault = Fault::error("the scenario has no plausible worlds").at(&wanted.place);
        faults.push(fault.hint("name a table of them, as in `[ensemble] table = \"worlds.csv\"`"));
        return None;
    };
    let mut of = Reader::new("ensemble", written.node, faults)?;
    let named: Option<At<String>> = of.need("table", faults);
    let worlds: Option<At<u32>> = of.get("worlds", faults);
    let replications: Option<At<u32>> = of.get("replications", faults);
    if let Some(At { place, .. }) = replications.as_ref().filter(|at| at.value == 0) {
        let message = "`ensemble.replications` must be 1 or more, found 0";
        faults.push(Fault::error(message).at(place));
    }
    of.finish(faults);
    let worlds = typed.or(worlds);
    // a table that nobody asks for need not be there
    if worlds.as_ref().is_some_and(|at| at.value == 0) {
        return None;
    }
    let named = named?;
    let source = files.read(&named.value, Some(&named.place), faults)?;
    let sheet = Sheet::read(&source, &[], faults)?;
    Some(WrittenEnsemble {
        sheet,
        worlds,
        replications: replications.map(|at| at.value),
    })
}

/// A row that is understood, and where it stands.
struct PlacedWorld {
    world: PlausibleWorld,
    place: Place,
}

impl WrittenEnsemble {
    /// Replications in each world, if the scenario says so.
    pub fn replications(&self) -> Option<u32> {
        self.replications
    }

    /// The worlds, if they make sense for `scenario`.
    pub fn understood(self, scenario: &Scenario, faults: &mut Faults) -> Option<WorldEnsemble> {
        let before = faults.count();
        let inputs = self.inputs(scenario, faults);
        let rows = self.sheet.rows();
        let read = rows.filter_map(|row| self.world(row, &inputs, scenario, faults));
        let mut read: Vec<PlacedWorld> = read.collect();
        // weights of one world add up to the same bits in whatever order they stand
        read.sort_by(|a, b| a.world.weight.by_size(&b.world.weight));
        let all = joined(read, faults);
        let place = self.sheet.place();
        if inputs.is_empty() && faults.count() == before {
            let fault = Fault::error("the table of worlds has no inputs").at(&place);
            faults.push(fault.hint("a column for each path, as `sharing.benefit`"));
        }
        if self.sheet.rows().next().is_none() {
            faults.push(Fault::error("the table of worlds has no rows").at(&place));
        } else if all.is_empty() && faults.count() == before {
            let message = format!("`{WEIGHT}` is 0 in every row: no world is left");
            faults.push(Fault::error(message).at(&place));
        }
        if faults.count() > before {
            return None;
        }
        self.chosen(inputs, all, faults)
    }

    /// The first worlds, as many as are wanted.
    fn chosen(
        &self,
        inputs: Vec<Input>,
        mut worlds: Vec<PlausibleWorld>,
        faults: &mut Faults,
    ) -> Option<WorldEnsemble> {
        worlds.sort_by(|a, b| (a.key(), &a.id).cmp(&(b.key(), &b.id)));
        if let Some(At { value, place }) = &self.worlds {
            let there = worlds.len();
            if *value as usize > there {
                let message = format!("the table has {there} worlds, {value} are wanted");
                let fault = Fault::error(message).at(place);
                faults.push(fault.hint(format!("see {}", self.sheet.place())));
                return None;
            }
            worlds.truncate(*value as usize);
        }
        let input = |of: Input| WorldInput {
            words: of.words().iter().map(|word| (*word).into()).collect(),
            path: of.path,
        };
        let ensemble = WorldEnsemble {
            inputs: inputs.into_iter().map(input).collect(),
            worlds,
        };
        let effective = ensemble.effective_worlds();
        if effective < FEW {
            let message = format!(
                "these worlds tell as much as {effective:.1} of equal weight: fewer than {FEW:.0} tell little \
                 of how far worlds lie apart"
            );
            faults.push(Fault::warning(message).at(&self.sheet.place()));
        }
        Some(ensemble)
    }

    /// What the columns set.
    fn inputs(&self, scenario: &Scenario, faults: &mut Faults) -> Vec<Input> {
        let place = Place {
            line: Some(1),
            ..self.sheet.place()
        };
        let names = self.sheet.columns().iter();
        let paths = names.filter(|name| ![WORLD, WEIGHT].contains(&name.as_str()));
        let paths: Vec<At<String>> = paths
            .map(|name| At {
                value: name.clone(),
                place: place.clone(),
            })
            .collect();
        refuse_doubles(paths.iter(), scenario, faults);
        let mut inputs = Vec::new();
        for path in &paths {
            match Input::named(&path.value, scenario) {
                Ok(input) if path.value.starts_with("policy.") => {
                    let message = format!("`{}` is a term of a policy", input.path);
                    let fault = Fault::error(message).at(&place);
                    let hint = "a world holds what nobody controls; policies are varied in [sweep]";
                    faults.push(fault.hint(hint));
                }
                Ok(input) => inputs.push(input),
                Err(fault) => faults.push(fault.at(&place)),
            }
        }
        inputs.sort_by(|a, b| a.path.cmp(&b.path));
        inputs
    }

    fn world(
        &self,
        row: Row<'_>,
        inputs: &[Input],
        scenario: &Scenario,
        faults: &mut Faults,
    ) -> Option<PlacedWorld> {
        let place = row.place();
        let values = inputs.iter();
        let values: Vec<Option<f64>> = values
            .map(|input| number(input, row.text(&input.path), &place, faults))
            .collect();
        let weight = match self.sheet.has(WEIGHT) {
            true => row.number(WEIGHT, "a number, 0 or above", is_weight, faults),
            false => Some(1.0),
        };
        let (values, weight) = (values.into_iter().collect::<Option<Vec<f64>>>()?, weight?);
        let mut there = scenario.clone();
        let each = || inputs.iter().zip(&values);
        each().for_each(|(input, value)| input.set(&mut there, *value));
        if let Some(why) = contradiction(&there) {
            faults.push(Fault::error(why).at(&place));
        }
        let id = match row.text(WORLD) {
            "" => content(each()),
            own => own.to_owned(),
        };
        let world = PlausibleWorld { id, weight, values };
        Some(PlacedWorld { world, place })
    }
}

fn is_weight(weight: &f64) -> bool {
    weight.is_finite() && *weight >= 0.0
}

/// A name made of what a world holds.
fn content<'a>(values: impl Iterator<Item = (&'a Input, &'a f64)>) -> String {
    let mut hash = Sha256::new();
    for (input, value) in values {
        hash.update(format!("{}={}\n", input.path, input.text(*value)));
    }
    hex(&hash.finalize())[..DIGITS].to_owned()
}

/// The worlds that count, each once; one name for two of them is noted.
fn joined(rows: Vec<PlacedWorld>, faults: &mut Faults) -> Vec<PlausibleWorld> {
    let mut all: BTreeMap<String, PlacedWorld> = BTreeMap::new();
    for row in rows {
        let Some(known) = all.get_mut(&row.world.id) else {
            all.insert(row.world.id.clone(), row);
            continue;
        };
        if known.world.values == row.world.values {
            known.world.weight += row.world.weight;
            continue;
        }
        let message = format!("two worlds are called `{}`", row.world.id);
        let fault = Fault::error(message).at(&row.place);
        faults.push(fault.hint(format!("the other is at {}", known.place)));
    }
    let worlds = all.into_values().map(|row| row.world);
    worlds.filter(|world| world.weight > 0.0).collect()
}
