//! Plausible worlds: sets of values that what nobody controls may have.
//!
//! ```toml
//! [ensemble]
//! table = "worlds.csv"    # a column an input, a row a world
//! worlds = 60             # so many of its rows; all when nothing is said, none with 0
//! replications = 2        # in each of them; as in [run] when nothing is said
//! ```
//!
//! Besides inputs a table may have the columns `weight` (of equal ones nothing need be said) and `world`
//! (a name of one's own). A world without a name is called after what it holds, never after its place,
//! so that its luck and its runs stay its own however the table is ordered. Rows of one name and content
//! are one world, and their weights add up.

pub(super) mod asked;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Plausible worlds.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WorldEnsemble {
    /// In what they differ.
    pub inputs: Vec<WorldInput>,
    /// The worlds, by [`PlausibleWorld::key`]: the first so many are a fair choice of all.
    pub worlds: Vec<PlausibleWorld>,
}

/// Something in which worlds differ.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct WorldInput {
    /// Its path.
    pub path: String,
    /// What the values 0, 1, ... stand for where the input is a word; empty where it is a number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

/// A plausible world.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PlausibleWorld {
    /// What it is called.
    pub id: String,
    /// How much it counts beside the others; above 0.
    pub weight: f64,
    /// Values of the inputs.
    pub values: Vec<f64>,
}

impl PlausibleWorld {
    /// Part of the key of its luck; never 0, which stands for the scenario itself.
    pub fn key(&self) -> u64 {
        let hash = Sha256::digest(format!("cogov world\n{}", self.id));
        let first = hash.first_chunk().expect("a hash has 32 bytes");
        u64::from_be_bytes(*first).max(1)
    }
}

impl WorldEnsemble {
    /// Weights of the worlds, in their order.
    pub fn weights(&self) -> Vec<f64> {
        self.worlds.iter().map(|world| world.weight).collect()
    }

    /// As many equally weighted worlds would say as much (Kish 1965).
    pub fn effective_worlds(&self) -> f64 {
        let weights = || self.worlds.iter().map(|world| world.weight);
        let whole: f64 = weights().sum();
        whole * whole / weights().map(|weight| weight * weight).sum::<f64>()
    }
}
