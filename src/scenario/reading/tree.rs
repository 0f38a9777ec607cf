//! A file as written: a tree of values, each with its place.
//!
//! Architecture invariant: nothing here knows what a key means.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::scenario::reading::fault::{Fault, Faults, Place};

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where the value is written.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// What can be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text in quotes.
    Text(String),
    /// A number without decimals.
    Whole(i128),
    /// Any other number.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A date or time of TOML.
    Moment(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

impl Value {
    /// The value in words that follow "found".
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => format!("the text \"{text}\""),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Moment(moment) => format!("the date {moment}"),
            Self::List(_) => "a list".into(),
            Self::Table(_) => "a table".into(),
        }
    }
}

/// Values by key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table(BTreeMap<String, Entry>);

/// The value of a key, and where the key is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where the key is written.
    pub key: Place,
    /// What it is set to.
    pub node: Node,
}

impl Table {
    /// Removes and returns the entry of `key`.
    pub fn take(&mut self, key: &str) -> Option<Entry> {
        self.0.remove(key)
    }

    /// The entry of `key`.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.0.get(key)
    }

    /// Every key with its entry, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().map(|(key, entry)| (key.as_str(), entry))
    }

    /// Lays `child` over this table: tables key by key, anything else replaced.
    pub fn merge(&mut self, child: Self) {
        for (key, entry) in child.0 {
            match self.0.entry(key) {
                Slot::Vacant(slot) => {
                    slot.insert(entry);
                }
                Slot::Occupied(slot) => slot.into_mut().lay_over(entry),
            }
        }
    }

    /// A table that holds nothing but `node`, under a path of keys.
    pub fn branch(path: &[&str], node: Node) -> Self {
        let [first, rest @ ..] = path else {
            return Self::default();
        };
        let place = node.place.clone();
        let node = match rest {
            [] => node,
            _ => Node {
                place: place.clone(),
                value: Value::Table(Self::branch(rest, node)),
            },
        };
        let entry = Entry { key: place, node };
        Self([((*first).to_owned(), entry)].into())
    }

    /// Multiplies the numbers under `keys` of every table in this one with `factor`.
    pub fn scale(&mut self, keys: [&str; 2], factor: f64) {
        let tables = self
            .0
            .values_mut()
            .filter_map(|entry| match &mut entry.node.value {
                Value::Table(inner) => Some(inner),
                _ => None,
            });
        for table in tables {
            let held = table
                .0
                .iter_mut()
                .filter(|(key, _)| keys.contains(&key.as_str()));
            for (_, entry) in held {
                let value = &mut entry.node.value;
                let number = match value {
                    Value::Whole(number) => *number as f64,
                    Value::Number(number) => *number,
                    _ => continue,
                };
                *value = Value::Number(number * factor);
            }
        }
    }

    /// Takes away what stands under a path of keys; false when nothing does.
    pub fn remove(&mut self, path: &[&str]) -> bool {
        match path {
            [] => false,
            [key] => self.take(key).is_some(),
            [first, rest @ ..] => self.inner(first).is_some_and(|inner| inner.remove(rest)),
        }
    }

    /// Paths of all that stands here, at any depth.
    pub fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        for (key, entry) in self.iter() {
            paths.push(key.to_owned());
            if let Value::Table(inner) = &entry.node.value {
                paths.extend(
                    inner
                        .paths()
                        .into_iter()
                        .map(|path| format!("{key}.{path}")),
                );
            }
        }
        paths
    }

    /// The table under `key`, if there is one.
    pub fn inner(&mut self, key: &str) -> Option<&mut Self> {
        match &mut self.0.get_mut(key)?.node.value {
            Value::Table(inner) => Some(inner),
            _ => None,
        }
    }
}

impl Entry {
    fn lay_over(&mut self, child: Self) {
        match (&mut self.node.value, child.node.value) {
            (Value::Table(mine), Value::Table(theirs)) => mine.merge(theirs),
            (mine, theirs) => {
                *mine = theirs;
                self.node.place = child.node.place;
                self.key = child.key;
            }
        }
    }
}

/// Reads `text` as TOML. Where it is not TOML, that is noted, and what could be made out comes as `Err`.
pub fn parse(file: &Arc<str>, text: &str, faults: &mut Faults) -> Result<Table, Table> {
    let lines = Lines::new(file, text);
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let place = match error.span() {
            Some(span) => lines.place(span.start),
            None => Place::whole(file),
        };
        faults.push(Fault::error(error.message()).at(&place));
    }
    let table = table(root.get_ref(), &lines);
    if errors.is_empty() {
        Ok(table)
    } else {
        Err(table)
    }
}

/// Reads `text` as one TOML value written at `place`; bare words are text.
pub fn parse_value(place: &Place, text: &str) -> Option<Node> {
    let plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    let value = match DeValue::parse(text) {
        Ok(value) => everywhere(place, value.get_ref()),
        Err(_) if !text.is_empty() && text.chars().all(plain) => Value::Text(text.into()),
        Err(_) => return None,
    };
    Some(Node {
        place: place.clone(),
        value,
    })
}

/// A value all of whose parts have the same place.
fn everywhere(place: &Place, value: &DeValue<'_>) -> Value {
    let lines = Lines {
        file: &place.file,
        text: "",
        starts: Vec::new(),
    };
    convert(value, &lines)
}

fn table(from: &DeTable<'_>, lines: &Lines<'_>) -> Table {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| Entry {
        key: lines.place(key.span().start),
        node: node(value, lines),
    };
    let named = from
        .iter()
        .map(|(key, value)| (key.get_ref().to_string(), entry((key, value))));
    Table(named.collect())
}

fn node(from: &Spanned<DeValue<'_>>, lines: &Lines<'_>) -> Node {
    Node {
        place: lines.place(from.span().start),
        value: convert(from.get_ref(), lines),
    }
}

fn convert(value: &DeValue<'_>, lines: &Lines<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => {
            match i128::from_str_radix(number.as_str(), number.radix()) {
                Ok(whole) => Value::Whole(whole),
                // Beyond 128 bits: no key asks for such a number, but the message shows it.
                Err(_) => Value::Number(number.as_str().parse().unwrap_or(f64::INFINITY)),
            }
        }
        DeValue::Float(number) => Value::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(moment) => Value::Moment(moment.to_string()),
        DeValue::Array(list) => Value::List(list.iter().map(|item| node(item, lines)).collect()),
        DeValue::Table(inner) => Value::Table(table(inner, lines)),
    }
}

/// A text by lines, to tell the place of a byte.
struct Lines<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(file: &'a Arc<str>, text: &'a str) -> Self {
        let after = |(at, _): (usize, &str)| at + 1;
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(after));
        Self {
            file,
            text,
            starts: starts.collect(),
        }
    }

    fn place(&self, byte: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= byte);
        let Some(start) = line.checked_sub(1).map(|before| self.starts[before]) else {
            return Place::whole(self.file);
        };
        let before = self.text.get(start..byte).unwrap_or_default();
        Place {
            line: Some(line),
            column: Some(before.chars().count() + 1),
            ..Place::whole(self.file)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Table {
        let mut faults = Faults::default();
        parse(&"f".into(), text, &mut faults).unwrap_or_else(|_| panic!("{faults}"))
    }

    fn at(table: &Table, outer: &str, inner: &str) -> (Value, String) {
        let Value::Table(found) = &table.get(outer).unwrap().node.value else {
            panic!("no table");
        };
        let node = &found.get(inner).unwrap().node;
        (node.value.clone(), node.place.to_string())
    }

    #[test]
    fn values_know_their_line_and_column_in_characters() {
        let table = read("[a]\n\"数据\" = { b = 1 }\n  c = 2.5");
        assert_eq!(at(&table, "a", "c"), (Value::Number(2.5), "f:3:7".into()));
    }

    #[test]
    fn a_child_replaces_single_keys_and_keeps_places() {
        let mut parent = read("[a]\nb = 1\nc = 2");
        let child = parse(&"g".into(), "[a]\nc = 3", &mut Faults::default()).unwrap();
        parent.merge(child);
        assert_eq!(at(&parent, "a", "b"), (Value::Whole(1), "f:2:5".into()));
        assert_eq!(at(&parent, "a", "c"), (Value::Whole(3), "g:2:5".into()));
    }

    #[test]
    fn every_syntax_error_is_reported() {
        let mut faults = Faults::default();
        let _ = parse(&"f".into(), "a = \nb = 1\nc = = 2\n[d\n", &mut faults);
        assert!(faults.iter().count() >= 3, "{faults}");
    }

    #[test]
    fn a_branch_is_laid_over_a_table() {
        let mut table = read("[a]\nb = 1\nc = 2");
        let node = parse_value(&Place::whole(&"--set".into()), "county").unwrap();
        table.merge(Table::branch(&["a", "b"], node));
        assert_eq!(
            at(&table, "a", "b"),
            (Value::Text("county".into()), "--set".into())
        );
        assert_eq!(at(&table, "a", "c").0, Value::Whole(2));
    }
}
