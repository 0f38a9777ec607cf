//! What a sweep varies, and how, as validated.

pub(super) mod vary;
pub(super) mod admissible;
mod table;

pub use admissible::at;

use serde::{Deserialize, Serialize};

use crate::scenario::reading::fault::{Fault, Faults, Place};

/// How design points are laid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Every combination of values; of a range, evenly spaced levels.
    Grid,
    /// Independent uniform points.
    Random,
    /// One point in each of as many equal slices of every input.
    LatinHypercube,
    /// A scrambled Sobol sequence, laid out for Sobol indices (Saltelli 2010).
    Sobol,
    /// A scrambled Sobol sequence alone.
    SobolSequence,
    /// Trajectories that change one input at a time (Morris 1991).
    Morris,
    /// The rows of a table made elsewhere.
    Table,
}

/// Names of the methods in files and on the command line.
pub const METHODS: [(&str, Method); 7] = [
    ("grid", Method::Grid),
    ("random", Method::Random),
    ("latin-hypercube", Method::LatinHypercube),
    ("sobol", Method::Sobol),
    ("sobol-sequence", Method::SobolSequence),
    ("morris", Method::Morris),
    ("table", Method::Table),
];

impl Method {
    /// What `points` is when nothing is said: levels, points, base points or trajectories.
    pub fn usual_points(self) -> u32 {
        match self {
            Self::Grid => 5,
            Self::Morris => 10,
            _ => 64,
        }
    }
}

/// The values over which an input is varied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Over {
    /// Anything from the first to the second.
    Range(f64, f64),
    /// These values.
    Values(Vec<f64>),
}

impl Over {
    /// Lowest and highest value.
    pub fn ends(&self) -> (f64, f64) {
        match self {
            Self::Range(low, high) => (*low, *high),
            Self::Values(values) => values
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
                    (low.min(*x), high.max(*x))
                }),
        }
    }
}

/// A varied input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Varied {
    /// Its path.
    pub path: String,
    /// Its values.
    pub over: Over,
    /// What the values 0, 1, ... stand for where the input is a word; empty where it is a number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

impl Varied {
    /// The text that stands for a coordinate.
    pub fn text(&self, coordinate: f64) -> String {
        match self.words.get(coordinate as usize) {
            Some(word) => word.clone(),
            None => coordinate.to_string(),
        }
    }
}

/// A sweep as validated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// How design points are laid.
    pub method: Method,
    /// Levels of a grid's ranges, points, base points of Sobol indices, or trajectories.
    pub points: u32,
    /// What is varied.
    pub vary: Vec<Varied>,
    /// Rows of the table, if the design is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub table: Vec<Vec<f64>>,
}

/// Most base points and inputs that the Sobol sequence has.
const SOBOL_LIMITS: (u32, usize) = (1 << 16, 128);
/// Most design points.
const MOST_POINTS: f64 = 1e7;

impl Sweep {
    /// Design points that it comes to.
    pub fn design_points(&self) -> f64 {
        let (points, inputs) = (f64::from(self.points), self.vary.len() as f64);
        let levels = |one: &Varied| match &one.over {
            Over::Range(..) => points,
            Over::Values(values) => values.len() as f64,
        };
        match self.method {
            Method::Grid => self.vary.iter().map(levels).product(),
            Method::Sobol => points * (inputs + 2.0),
            Method::Morris => points * (inputs + 1.0),
            Method::Table => self.table.len() as f64,
            _ => points,
        }
    }

    /// Notes a fault if there are no points, or more than can be.
    pub fn refuse_impossible(&self, place: Option<&Place>, faults: &mut Faults) {
        let sequence = matches!(self.method, Method::Sobol | Method::SobolSequence);
        let (most_points, most_inputs) = SOBOL_LIMITS;
        if sequence && !self.points.is_power_of_two() {
            let message = format!(
                "the Sobol sequence is even for 2, 4, 8, ... points, found {}",
                self.points
            );
            let next = self
                .points
                .checked_next_power_of_two()
                .unwrap_or(most_points);
            faults.push(
                Fault::warning(message)
                    .placed(place)
                    .hint(format!("take {next}")),
            );
        }
        let message = if self.points == 0 {
            "`sweep.points` must be 1 or more, found 0".into()
        } else if sequence && (self.points > most_points || self.vary.len() > most_inputs) {
            format!(
                "the Sobol sequence has {most_points} points of {most_inputs} inputs at most, found {} of {}",
                self.points,
                self.vary.len()
            )
        } else if self.design_points() > MOST_POINTS {
            format!(
                "the design has {:.0} points, {MOST_POINTS:.0} are possible",
                self.design_points()
            )
        } else {
            return;
        };
        faults.push(Fault::error(message).placed(place));
    }
}
