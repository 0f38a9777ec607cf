//! A scenario as written: the file, the files it extends, and what was typed on the command line.

use std::path::PathBuf;

use crate::intervention::BASELINE;
use crate::scenario::Overrides;
use crate::scenario::policy::typed;
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::tree::{self, Node, Table, Value};

const POPULATION: &str = "population";

/// Files and command line laid over each other, every value with its place.
#[derive(Debug)]
pub struct Written {
    /// The file itself.
    pub file: Place,
    /// Everything but the policies.
    pub table: Table,
    /// Policies to be compared, the parent's first.
    pub policies: Vec<Node>,
    /// Policies of the parent that are not compared, but may be included in others.
    pub shelf: Vec<Node>,
    /// Paths of what a file unsets of what it extends.
    pub unset: Vec<String>,
}

/// Reads the file that is called `name` at `by`, after the files that it extends.
pub fn read(
    files: &mut Files,
    name: &str,
    by: Option<&Place>,
    faults: &mut Faults,
) -> Option<Written> {
    read_below(files, (name, by), &mut Vec::new(), faults)
}

fn read_below(
    files: &mut Files,
    (name, by): (&str, Option<&Place>),
    children: &mut Vec<PathBuf>,
    faults: &mut Faults,
) -> Option<Written> {
    let identity = files.identity(name, by);
    if children.contains(&identity) {
        let message = format!("circular `extends`: `{name}` extends itself");
        faults.push(Fault::error(message).placed(by));
        return None;
    }
    children.push(identity);
    let source = files.read(name, by, faults)?;
    let place = Place::whole(&source.file);
    let parsed = tree::parse(&source.file, &source.text, faults);
    let sound = parsed.is_ok();
    let mut own = Reader::top(parsed.unwrap_or_else(|rest| rest), place.clone());
    let extends: Option<At<String>> = own.get("extends", faults);
    let mut written = match extends {
        Some(At { value, place }) => read_below(files, (&value, Some(&place)), children, faults)?,
        None => Written::new(&place),
    };
    written.file = place;
    written.extend(own, faults);
    // What a file means can only be told when all of it can be read.
    sound.then_some(written)
}

/// Adds `policies`, each in place of one of the same name.
fn lay_over(all: &mut Vec<Node>, policies: Vec<Node>) {
    for policy in policies {
        let name = name_of(&policy);
        let same = |old: &&mut Node| name.is_some() && name_of(old) == name;
        match all.iter_mut().find(same) {
            Some(old) => *old = policy,
            None => all.push(policy),
        }
    }
}

fn name_of(policy: &Node) -> Option<String> {
    let Value::Table(table) = &policy.value else {
        return None;
    };
    match &table.get("name")?.node.value {
        Value::Text(name) => Some(name.clone()),
        _ => None,
    }
}

fn refuse_doubles(policies: &[Node], faults: &mut Faults) {
    for (i, policy) in policies.iter().enumerate() {
        let Some(name) = name_of(policy) else {
            continue;
        };
        let same = |other: &&Node| name_of(other).as_ref() == Some(&name);
        if let Some(first) = policies[..i].iter().find(same) {
            let message = format!("there are two policies `{name}`");
            let fault = Fault::error(message).at(&policy.place);
            faults.push(fault.hint(format!("the first is at {}", first.place)));
        }
    }
}

impl Written {
    fn new(file: &Place) -> Self {
        Self {
            file: file.clone(),
            table: Table::default(),
            policies: Vec::new(),
            shelf: Vec::new(),
            unset: Vec::new(),
        }
    }

    /// Lays the file `own` over what it extends.
    fn extend(&mut self, mut own: Reader, faults: &mut Faults) {
        let inherit: Option<At<bool>> = own.get("inherit_policies", faults);
        if inherit.is_some_and(|inherit| !inherit.value) {
            let put_away = std::mem::take(&mut self.policies);
            lay_over(&mut self.shelf, put_away);
        }
        let unset: Option<Vec<At<String>>> = own.each("unset", faults);
        for path in unset.unwrap_or_default() {
            self.forget(path, faults);
        }
        if own.has("name") && !own.has("question") {
            self.table.take("question");
        }
        let policies: Option<At<Vec<Node>>> = own.get("policy", faults);
        let policies = policies.map_or_else(Vec::new, |list| list.value);
        refuse_doubles(&policies, faults);
        lay_over(&mut self.policies, policies);
        self.lay(own.into_table());
    }

    /// Takes away what is inherited under a path of keys.
    fn forget(&mut self, At { value, place }: At<String>, faults: &mut Faults) {
        let keys: Vec<&str> = value.split('.').map(str::trim).collect();
        if self.table.remove(&keys) {
            self.unset.push(value);
            return;
        }
        let message =
            format!("nothing that is inherited is called `{value}`, so it cannot be unset");
        let known = self.table.paths();
        let known = known.iter().map(String::as_str);
        faults.push(Fault::error(message).at(&place).nearest(&value, known));
    }

    /// Lays what was typed on the command line over the files.
    pub fn override_with(&mut self, typed: &Overrides, faults: &mut Faults) {
        for setting in &typed.set {
            self.set(setting, faults);
        }
        let numbers = [
            ("seed", typed.seed),
            ("replications", typed.replications.map(u64::from)),
            ("months", typed.months.map(u64::from)),
        ];
        for (key, number) in numbers {
            let Some(number) = number else { continue };
            let place = typed_at(&format!("--{key} {number}"));
            let value = Value::Whole(i128::from(number));
            self.lay(Table::branch(&["run", key], Node { place, value }));
        }
    }

    /// Names of all policies that may be compared, the baseline's among them.
    pub fn policy_names(&self) -> Vec<String> {
        let names = self.policies.iter().filter_map(name_of);
        std::iter::once(BASELINE.to_owned()).chain(names).collect()
    }

    /// Keeps the policies that are `chosen`, and puts the others where they can be included.
    pub fn choose(&mut self, chosen: &[String], faults: &mut Faults) {
        let known = self.policy_names();
        for name in chosen.iter().filter(|name| !known.contains(name)) {
            let fault = Fault::error(format!("there is no policy `{name}`"));
            let nearest = fault.nearest(name, known.iter().map(String::as_str));
            faults.push(nearest.at(&typed_at("--policies")));
        }
        let wanted = |policy: &Node| {
            name_of(policy).is_none_or(|name| name == BASELINE || chosen.contains(&name))
        };
        let all = std::mem::take(&mut self.policies);
        let (wanted, others) = all.into_iter().partition(wanted);
        self.policies = wanted;
        lay_over(&mut self.shelf, others);
    }

    fn set(&mut self, setting: &str, faults: &mut Faults) {
        let place = typed_at(&format!("--set {setting}"));
        let wrong = |message: &str| Fault::error(message).at(&place);
        let Some((path, value)) = setting.split_once('=') else {
            faults.push(wrong("`--set` takes path=value").hint("as in `--set sharing.noise=0.1`"));
            return;
        };
        if typed::is_term(setting) {
            return;
        }
        let Some(node) = tree::parse_value(&place, value.trim()) else {
            faults.push(wrong("the value of `--set` is no TOML value"));
            return;
        };
        let path: Vec<&str> = path.split('.').map(str::trim).collect();
        self.lay(Table::branch(&path, node));
    }

    /// Lays `child` over the table; either way of giving the number of citizens replaces the other.
    fn lay(&mut self, mut child: Table) {
        const WAYS: [&str; 2] = ["citizens", "citizens_per_million"];
        for (way, other) in [(WAYS[0], WAYS[1]), (WAYS[1], WAYS[0])] {
            let given = child
                .inner(POPULATION)
                .is_some_and(|of| of.get(way).is_some());
            if let (true, Some(mine)) = (given, self.table.inner(POPULATION)) {
                mine.take(other);
            }
        }
        self.table.merge(child);
    }
}

fn typed_at(what: &str) -> Place {
    Place::whole(&what.into())
}
