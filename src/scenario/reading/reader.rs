//! Reading a table key by key: types are checked, and what nobody asked for is an unknown key.

use std::collections::BTreeSet;

use crate::scenario::reading::fault::{Fault, Faults, Place, told};
use crate::scenario::reading::tree::{Node, Table, Value};
use crate::world::clock::Date;
use crate::world::parameter::Limits;

/// A value and where it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub place: Place,
}

/// What a key can be asked for.
pub trait Read: Sized {
    /// What it must be, in words.
    const WHAT: &'static str;

    /// The value as this type, or as it was.
    fn read(value: Value) -> Result<Self, Value>;
}

/// A table being read.
#[derive(Debug)]
pub struct Reader {
    /// Name of the table in messages; empty at the top.
    name: String,
    /// Where the table is written, or else what it should stand in.
    pub place: Place,
    /// What is written in its place is no table, so that nothing in it can be called missing.
    spoilt: bool,
    table: Table,
    asked: BTreeSet<&'static str>,
}

impl Reader {
    /// The whole of a scenario.
    pub fn top(table: Table, place: Place) -> Self {
        Self {
            name: String::new(),
            place,
            spoilt: false,
            table,
            asked: BTreeSet::new(),
        }
    }

    /// The table `node`, called `name` in messages.
    pub fn new(name: &str, node: Node, faults: &mut Faults) -> Option<Self> {
        let At { value, place } = typed(name, node, faults)?;
        Some(Self {
            name: name.into(),
            ..Self::top(value, place)
        })
    }

    /// The value of `key`, if it is there and of the right type.
    pub fn get<T: Read>(&mut self, key: &'static str, faults: &mut Faults) -> Option<At<T>> {
        self.asked.insert(key);
        let entry = self.table.take(key)?;
        typed(&self.full(key), entry.node, faults)
    }

    /// The value of `key`, which must be there.
    pub fn need<T: Read>(&mut self, key: &'static str, faults: &mut Faults) -> Option<At<T>> {
        if !self.has(key) && !self.spoilt {
            faults.push(self.missing(key));
        }
        self.get(key, faults)
    }

    /// The values of `key`, which holds one or a list of them; `None` when it is not there.
    pub fn each<T: Read>(&mut self, key: &'static str, faults: &mut Faults) -> Option<Vec<At<T>>> {
        self.asked.insert(key);
        let Node { place, value } = self.table.take(key)?.node;
        let name = self.full(key);
        let nodes = match value {
            Value::List(list) => list,
            one => vec![Node { place, value: one }],
        };
        let read = |node| typed(&name, node, faults);
        Some(nodes.into_iter().filter_map(read).collect())
    }

    /// The table under `key`, if it is there.
    pub fn optional(&mut self, key: &'static str, faults: &mut Faults) -> Option<Self> {
        self.asked.insert(key);
        let entry = self.table.take(key)?;
        let reader = Self::new(&self.full(key), entry.node, faults)?;
        Some(Self {
            place: entry.key,
            ..reader
        })
    }

    /// The table under `key`; an empty one when it is not there.
    pub fn section(&mut self, key: &'static str, faults: &mut Faults) -> Self {
        let empty = Self {
            name: self.full(key),
            spoilt: self.has(key),
            ..Self::top(Table::default(), self.place.clone())
        };
        self.optional(key, faults).unwrap_or(empty)
    }

    /// Whether a table stands under `key`.
    pub fn holds_table(&self, key: &str) -> bool {
        let entry = self.table.get(key);
        entry.is_some_and(|entry| matches!(entry.node.value, Value::Table(_)))
    }

    /// Where the value of `key` is written, if it is there and has not been read.
    pub fn place_of(&mut self, key: &'static str) -> Option<Place> {
        self.asked.insert(key);
        self.table.get(key).map(|entry| entry.node.place.clone())
    }

    /// Whether `key` is there and has not been read.
    pub fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// Full name of `key` in messages.
    pub fn full(&self, key: &str) -> String {
        match self.name.as_str() {
            "" => key.into(),
            name => format!("{name}.{key}"),
        }
    }

    /// The fault that `key` is not there.
    pub fn missing(&self, key: &str) -> Fault {
        Fault::error(format!("`{}` is missing", self.full(key))).at(&self.place)
    }

    /// What has not been read.
    pub fn into_table(self) -> Table {
        self.table
    }

    /// Counts `keys` as asked for.
    pub fn knowing(mut self, keys: &[&'static str]) -> Self {
        self.asked.extend(keys);
        self
    }

    /// Notes every key that nobody asked for.
    pub fn finish(self, faults: &mut Faults) {
        for (key, entry) in self.table.iter() {
            let fault = Fault::error(format!("unknown key `{}`", self.full(key)));
            let known = self.asked.iter().filter(|known| **known != key);
            let all: Vec<&str> = self.asked.iter().copied().collect();
            let fault = fault.hint(format!("keys here are {}", all.join(", ")));
            let fault = fault.at(&entry.key).seeking(&self.full(key));
            faults.push(fault.nearest(key, known.copied()));
        }
    }
}

/// `node` as a `T`, or a fault that calls it `name`.
pub fn typed<T: Read>(name: &str, node: Node, faults: &mut Faults) -> Option<At<T>> {
    match T::read(node.value) {
        Ok(value) => Some(At {
            value,
            place: node.place,
        }),
        Err(found) => {
            let message = format!("`{name}` must be {}, found {}", T::WHAT, found.words());
            faults.push(Fault::error(message).at(&node.place));
            None
        }
    }
}

/// Notes a fault unless `limits` allow the number called `name`.
pub fn refuse_unless(limits: Limits, name: &str, number: &At<f64>, faults: &mut Faults) {
    if !limits.allow(number.value) {
        let message = format!(
            "`{name}` must {}, found {}",
            limits.words(),
            told(number.value)
        );
        faults.push(Fault::error(message).at(&number.place));
    }
}

impl Read for String {
    const WHAT: &'static str = "a text in quotes";

    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(other),
        }
    }
}

impl Read for f64 {
    const WHAT: &'static str = "a finite number";

    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::Whole(number) => Ok(number as Self),
            Value::Number(number) if number.is_finite() => Ok(number),
            other => Err(other),
        }
    }
}

impl Read for u64 {
    const WHAT: &'static str = "a whole number, 0 or above";

    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::Whole(number) => Self::try_from(number).map_err(|_| value),
            Value::Number(number) => whole(number).ok_or(value),
            other => Err(other),
        }
    }
}

/// Numbers up to here are whole without loss.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The whole number that a number with decimals is: 40.0 is 40.
fn whole(number: f64) -> Option<u64> {
    let is_whole = number.fract() == 0.0 && (0.0..=EXACT).contains(&number);
    is_whole.then_some(number as u64)
}

impl Read for u32 {
    const WHAT: &'static str = "a whole number from 0 to 4294967295";

    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::Whole(number) => Self::try_from(number).map_err(|_| value),
            Value::Number(number) => {
                let found = whole(number).and_then(|whole| Self::try_from(whole).ok());
                found.ok_or(value)
            }
            other => Err(other),
        }
    }
}

impl Read for bool {
    const WHAT: &'static str = "true or false";

    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::Flag(flag) => Ok(flag),
            other => Err(other),
        }
    }
}

impl Read for Date {
    const WHAT: &'static str = "a month as \"2016-01\", in quotes";

    fn read(value: Value) -> Result<Self, Value> {
        match &value {
            Value::Text(text) => text.parse().map_err(|_| value),
            _ => Err(value),
        }
    }
}

impl Read for Table {
    const WHAT: &'static str = "a table";

    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::Table(table) => Ok(table),
            other => Err(other),
        }
    }
}

impl Read for Vec<Node> {
    const WHAT: &'static str = "a list";

    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::List(list) => Ok(list),
            other => Err(other),
        }
    }
}
