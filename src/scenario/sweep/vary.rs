//! Reading `[sweep]`, and what was typed to change it.
//!
//! ```toml
//! [sweep]
//! method = "sobol"
//! points = 256
//! [sweep.vary]
//! "sharing.benefit" = [1.0, 6.0]                        # a range
//! "policy.mandate-only.dose" = { values = [0.5, 1, 2] } # these values
//! "sharing.noise" = "plausible"                         # the parameter's plausible range
//! ```

use crate::scenario::input::Input;
use crate::scenario::parameters::choice;
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::sheet::Sheet;
use crate::scenario::reading::tree::{Node, Table, Value};
use crate::scenario::sweep::admissible::{number, refuse_doubles, warn_if_late};
use crate::scenario::sweep::table;
use crate::scenario::sweep::{METHODS, Method, Over, Sweep, Varied};
use crate::scenario::{Scenario, SweepTyped};

/// A sweep as written.
#[derive(Debug, Default)]
pub struct WrittenSweep {
    method: Option<Method>,
    points: Option<At<u32>>,
    vary: Vec<Wish>,
    table: Option<Sheet>,
}

/// A path, and what it is varied over as written.
pub type Wish = (At<String>, Wanted);

/// What something is varied over, as written.
#[derive(Debug, PartialEq)]
pub enum Wanted {
    /// The parameter's plausible range.
    Plausible,
    /// From the first to the second.
    Range(String, String),
    /// These values.
    Values(Vec<String>),
}

/// Takes `[sweep]` out of `table` and lays what was `typed` over it; `None` when neither is there.
pub fn asked(
    table: &mut Table,
    typed: &SweepTyped,
    files: &mut Files,
    faults: &mut Faults,
) -> Option<WrittenSweep> {
    let written = table.take("sweep").map(|entry| entry.node);
    if written.is_none() && *typed == SweepTyped::default() {
        return None;
    }
    let mut asked = WrittenSweep::default();
    if let Some(mut of) = written.and_then(|node| Reader::new("sweep", node, faults)) {
        asked.method = choice(&mut of, "method", &METHODS, faults);
        asked.points = of.get("points", faults);
        let design: Option<At<String>> = of.get("design", faults);
        let vary: Option<At<Table>> = of.get("vary", faults);
        of.finish(faults);
        if let (Some(design), Some(vary)) = (&design, &vary) {
            let message = "`sweep.design` and `sweep.vary` are two designs, found both";
            let fault = Fault::error(message).at(&vary.place);
            faults.push(fault.hint(format!("the other is at {}", design.place)));
        }
        if let Some(vary) = vary {
            gather(&vary.value, ("sweep", ""), &mut asked.vary, faults);
            asked.vary.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
        }
        asked.table = design.and_then(|at| sheet(&at, files, faults));
    }
    asked.lay(typed, files, faults);
    Some(asked)
}

fn sheet(at: &At<String>, files: &mut Files, faults: &mut Faults) -> Option<Sheet> {
    Sheet::read(
        &files.read(&at.value, Some(&at.place), faults)?,
        &[],
        faults,
    )
}

/// Inputs of the table `vary` of `of`; a path may be one quoted key or nested tables.
pub fn gather(table: &Table, (of, above): (&str, &str), into: &mut Vec<Wish>, faults: &mut Faults) {
    for (key, entry) in table.iter() {
        let path = format!("{above}{key}");
        let listed = match &entry.node.value {
            Value::Table(inner) => inner.get("values").map(|values| &values.node),
            _ => None,
        };
        let wanted = match (&entry.node.value, listed) {
            (_, Some(node)) => texts(node).map(Wanted::Values),
            (Value::Table(inner), None) => {
                gather(inner, (of, &format!("{path}.")), into, faults);
                continue;
            }
            (Value::Text(text), _) if text == "plausible" => Some(Wanted::Plausible),
            _ => match texts(&entry.node).as_deref() {
                Some([low, high]) => Some(Wanted::Range(low.clone(), high.clone())),
                _ => None,
            },
        };
        let place = entry.node.place.clone();
        let Some(wanted) = wanted else {
            let message = format!(
                "`{of}.vary` of `{path}` must be [low, high], {{ values = [...] }} or \"plausible\", found {}",
                entry.node.value.words()
            );
            faults.push(Fault::error(message).at(&place));
            continue;
        };
        into.push((At { value: path, place }, wanted));
    }
}

fn texts(node: &Node) -> Option<Vec<String>> {
    let Value::List(items) = &node.value else {
        return None;
    };
    let text = |item: &Node| match &item.value {
        Value::Text(text) => Some(text.clone()),
        Value::Whole(number) => Some(number.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Flag(flag) => Some(flag.to_string()),
        _ => None,
    };
    items.iter().map(text).collect()
}

impl WrittenSweep {
    fn lay(&mut self, typed: &SweepTyped, files: &mut Files, faults: &mut Faults) {
        if typed.lays_points() {
            self.table = None;
        }
        let mut wishes: Vec<Wish> = Vec::new();
        for wish in &typed.vary {
            let (path, wanted) = typed_wish(wish);
            if wishes.iter().any(|(known, _)| known.value == path.value) {
                let message = format!("`{}` is varied twice", path.value);
                faults.push(Fault::error(message).at(&path.place));
                continue;
            }
            self.vary.retain(|(known, _)| known.value != path.value);
            wishes.push((path, wanted));
        }
        self.vary.extend(wishes);
        if let Some(method) = &typed.method {
            self.method = typed_method(method, faults);
        }
        if let Some(value) = typed.points {
            let place = typed_at(format!("--points {value}"));
            self.points = Some(At { value, place });
        }
        if let Some(design) = &typed.design {
            let place = typed_at(format!("--design {design}"));
            let source = files.read_typed(design, &place, faults);
            self.table = source.and_then(|source| Sheet::read(&source, &[], faults));
            self.method = Some(Method::Table);
        }
    }

    /// The sweep, if all that was asked makes sense for `scenario`.
    pub fn understood(self, scenario: &Scenario, faults: &mut Faults) -> Option<Sweep> {
        if let Some(sheet) = &self.table {
            return table::table(sheet, scenario, faults);
        }
        if let Some(fault) = self.nothing_to_do() {
            faults.push(fault);
            return None;
        }
        let mut vary = Vec::new();
        for (path, wanted) in &self.vary {
            vary.extend(one(path, wanted, scenario, faults));
        }
        let places = self.vary.iter().map(|(path, _)| path);
        refuse_doubles(places, scenario, faults);
        let listed = |one: &Varied| matches!(one.over, Over::Values(_));
        let usual = match vary.iter().all(listed) {
            true => Method::Grid,
            false => Method::LatinHypercube,
        };
        let method = self.method.unwrap_or(usual);
        let points = self.points.as_ref().map(|at| at.value);
        let sweep = Sweep {
            method,
            points: points.unwrap_or_else(|| method.usual_points()),
            vary,
            table: Vec::new(),
        };
        sweep.refuse_impossible(self.points.as_ref().map(|at| &at.place), faults);
        Some(sweep)
    }

    fn nothing_to_do(&self) -> Option<Fault> {
        if self.method == Some(Method::Table) {
            let fault = Fault::error("the method `table` needs a table");
            let hint = "give it as `design = \"table.csv\"` in [sweep], or with --design";
            return Some(fault.hint(hint));
        }
        let hint = "add [sweep.vary] to the scenario, or --vary sharing.benefit=1..6";
        let nothing = || Fault::error("the sweep varies nothing").hint(hint);
        self.vary.is_empty().then(nothing)
    }
}

fn typed_at(what: String) -> Place {
    Place::whole(&what.into())
}

/// `path`, `path=low..high` or `path=a,b,c`.
fn typed_wish(wish: &str) -> (At<String>, Wanted) {
    let (path, over) = wish.split_once('=').unwrap_or((wish, ""));
    let wanted = match over.split_once("..") {
        _ if over.is_empty() => Wanted::Plausible,
        Some((low, high)) => Wanted::Range(low.trim().into(), high.trim().into()),
        None => Wanted::Values(over.split(',').map(|one| one.trim().into()).collect()),
    };
    let place = typed_at(format!("--vary {wish}"));
    let value = path.trim().to_owned();
    (At { value, place }, wanted)
}

fn typed_method(method: &str, faults: &mut Faults) -> Option<Method> {
    let found = METHODS.iter().find(|(name, _)| *name == method);
    if found.is_none() {
        let names = METHODS.map(|(name, _)| name);
        let message = format!(
            "there is no method `{method}`; there are {}",
            names.join(", ")
        );
        let place = typed_at(format!("--method {method}"));
        faults.push(Fault::error(message).at(&place).nearest(method, names));
    }
    found.map(|(_, method)| *method)
}

/// What is `wanted` of `path`, if that makes sense for `scenario`.
pub fn one(
    path: &At<String>,
    wanted: &Wanted,
    scenario: &Scenario,
    faults: &mut Faults,
) -> Option<Varied> {
    match Input::named(&path.value, scenario) {
        Ok(input) => {
            let varied = varied(&input, wanted, &path.place, faults)?;
            warn_if_late(&input, &varied.over, (scenario, &path.place), faults);
            Some(varied)
        }
        Err(fault) => {
            faults.push(fault.at(&path.place));
            None
        }
    }
}

fn varied(input: &Input, wanted: &Wanted, place: &Place, faults: &mut Faults) -> Option<Varied> {
    let mut number = |text: &str| number(input, text, place, faults);
    let words = input.words();
    let over = match wanted {
        Wanted::Plausible if !words.is_empty() => {
            Some(Over::Values((0..words.len()).map(|at| at as f64).collect()))
        }
        Wanted::Range(..) if !words.is_empty() => None,
        Wanted::Plausible => input.plausible().map(|(low, high)| Over::Range(low, high)),
        Wanted::Range(low, high) => Some(Over::Range(number(low)?, number(high)?)),
        Wanted::Values(values) => {
            let values: Option<Vec<f64>> = values.iter().map(|text| number(text)).collect();
            Some(Over::Values(values?))
        }
    };
    let Some(wrong) = senseless(input, over.as_ref()) else {
        return over.map(|over| Varied {
            path: input.path.clone(),
            over,
            words: words.iter().map(|word| (*word).into()).collect(),
        });
    };
    let path = &input.path;
    let hint = match words.is_empty() {
        true => format!("as in `--vary {path}=LOW..HIGH` or `--vary {path}=A,B,C`"),
        false => format!("as in `--vary {path}={}`", words.join(",")),
    };
    faults.push(Fault::error(wrong).at(place).hint(hint));
    None
}

/// What is wrong with what `input` is varied over, if anything.
fn senseless(input: &Input, over: Option<&Over>) -> Option<String> {
    let (path, words) = (&input.path, input.words());
    Some(match over {
        None if !words.is_empty() => format!(
            "`{path}` is a word and has no range: it can be {}",
            words.join(" or ")
        ),
        None => format!("`{path}` has no range of its own"),
        Some(Over::Range(low, high)) if low >= high => {
            let [low, high] = [low, high].map(|end| input.text(*end));
            format!("the range of `{path}` must rise, found {low} to {high}")
        }
        Some(Over::Values(values)) if values.is_empty() => format!("`{path}` has no values"),
        Some(_) => return None,
    })
}
