//! A parameter as the modeller meets it: name, value, unit, meaning, range and source.
//!
//! Each process lists its parameters once, a row each, by `parameters!`. The rows make the struct
//! that its rule reads and a table of [`Parameter`]s, which gives the defaults, the limits that a
//! scenario is checked against, the range that sweeps use, and the printed explanation; [`Values`]
//! holds the numbers of one scenario under their full names.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::de::value::{Error, MapDeserializer};
use serde::{Deserialize, Serialize};

/// The values that a parameter can take at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limits {
    /// Any number.
    Any,
    /// Above 0.
    Positive,
    /// 0 or above.
    NonNegative,
    /// From 0 to 1.
    Share,
    /// Up to and including the number.
    AtMost(f64),
    /// From the first to the second, both included.
    Within(f64, f64),
}

impl Limits {
    /// Whether `value` lies inside.
    pub fn allow(self, value: f64) -> bool {
        value.is_finite()
            && match self {
                Self::Any => true,
                Self::Positive => value > 0.0,
                Self::NonNegative => value >= 0.0,
                Self::Share => (0.0..=1.0).contains(&value),
                Self::AtMost(limit) => value <= limit,
                Self::Within(low, high) => (low..=high).contains(&value),
            }
    }

    /// The limits in words that follow "must".
    pub fn words(self) -> String {
        match self {
            Self::Any => "be a number".into(),
            Self::Positive => "lie above 0".into(),
            Self::NonNegative => "be 0 or above".into(),
            Self::Share => "lie between 0 and 1".into(),
            Self::AtMost(limit) => format!("be at most {limit}"),
            Self::Within(low, high) => format!("lie between {low} and {high}"),
        }
    }
}

/// Where a default value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// Fitted to seen data by a prototype; the text names the data.
    Fitted(&'static str),
    /// Sign or size from the literature; the text names the work.
    Literature(&'static str),
    /// Assumed, to be calibrated; the text says on what ground.
    Assumption(&'static str),
}

impl Provenance {
    /// The source in words.
    pub fn words(self) -> String {
        match self {
            Self::Fitted(to) => format!("fitted: {to}"),
            Self::Literature(work) => format!("literature: {work}"),
            Self::Assumption("") => "assumption".into(),
            Self::Assumption(ground) => format!("assumption: {ground}"),
        }
    }
}

/// One number of the model that a scenario may set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Name inside its table of the scenario file.
    pub name: &'static str,
    /// Symbol in the formulas of the model description.
    pub symbol: &'static str,
    /// Default value.
    pub default: f64,
    /// Plausible range: the default range of sweeps and calibration.
    pub plausible: (f64, f64),
    /// Values that make sense at all.
    pub limits: Limits,
    /// Unit.
    pub unit: &'static str,
    /// Meaning, in a few words.
    pub meaning: &'static str,
    /// Source of default and range.
    pub source: Provenance,
}

/// The source of a number that nothing but plausibility speaks for yet.
pub const ASSUMED: Provenance = Provenance::Assumption("");

/// Makes the numbers of a process from one row a parameter: the struct `Parameters` that its rule
/// reads, with a field a row, and `TABLE`, the same rows as a modeller meets them.
///
/// A row is `name { symbol, default, plausible, limits, unit, meaning, source }`, each part written
/// as `part: value`; the symbol may be left out. Unit, meaning and default become the field's
/// documentation.
macro_rules! parameters {
    (
        $(#[doc = $of:literal])*
        $($name:ident {
            $(symbol: $symbol:literal,)?
            default: $default:expr, plausible: $plausible:expr, limits: $limits:expr,
            unit: $unit:literal,
            meaning: $meaning:literal,
            source: $source:expr,
        })+
    ) => {
        $(#[doc = $of])*
        #[derive(bevy_ecs::prelude::Resource, Debug, Clone, Copy, PartialEq)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Parameters {$(
            $(#[doc = concat!("`", $symbol, "`, ")])?
            #[doc = concat!($meaning, "; in ", $unit, ", ", stringify!($default), " by default.")]
            pub $name: f64,
        )+}

        /// The rows of [`Parameters`], in the order in which they are explained.
        pub const TABLE: &[$crate::world::parameter::Parameter] = &[$(
            $crate::world::parameter::Parameter {
                name: stringify!($name),
                symbol: concat!("" $(, $symbol)?),
                default: $default,
                plausible: $plausible,
                limits: $limits,
                unit: $unit,
                meaning: $meaning,
                source: $source,
            },
        )+];
    };
}
pub(crate) use parameters;

/// The parameters of one table of the scenario file.
#[derive(Debug, Clone, Copy)]
pub struct ParameterGroup {
    /// Name of the table: the process it belongs to.
    pub name: &'static str,
    /// Its parameters, in the order in which they are explained.
    pub parameters: &'static [Parameter],
}

/// The parameter values of one scenario, by full name (`sharing.benefit`).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Values(BTreeMap<String, f64>);

impl Values {
    /// The defaults of `groups`.
    pub fn defaults(groups: &[ParameterGroup]) -> Self {
        let rows = groups.iter().flat_map(|group| {
            let full_name = |p: &Parameter| (format!("{}.{}", group.name, p.name), p.default);
            group.parameters.iter().map(full_name)
        });
        Self(rows.collect())
    }

    /// The value of the parameter with this full name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }

    /// Sets the parameter with this full name; false when there is none.
    pub fn set(&mut self, name: &str, value: f64) -> bool {
        let found = self.0.get_mut(name);
        found.map(|slot| *slot = value).is_some()
    }

    /// Every full name and value, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(name, value)| (name.as_str(), *value))
    }

    /// The parameters of one group as the struct that the process reads.
    ///
    /// # Panics
    /// When the struct's fields and the group's table have different names: a fault of the code
    /// that any run shows.
    pub fn group<T: DeserializeOwned>(&self, group: &str) -> T {
        let inside = self.0.iter().filter_map(|(name, value)| {
            let (table, rest) = name.split_once('.')?;
            (table == group).then_some((rest, *value))
        });
        T::deserialize(MapDeserializer::<_, Error>::new(inside))
            .unwrap_or_else(|fault| panic!("table of parameters `{group}`: {fault}"))
    }
}
