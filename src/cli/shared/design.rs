//! Flags that tell what a sweep varies, and how its points are laid.

use clap::Args;

use crate::scenario::SweepTyped;

/// Flags that change the sweep of a scenario.
#[derive(Debug, Args)]
pub struct DesignFlags {
    /// Vary something: PATH alone over its plausible range, or PATH=LOW..HIGH, or PATH=A,B,C
    ///
    /// PATH is a parameter as sharing.benefit, or a term of a policy as policy.NAME.dose or
    /// policy.NAME.start, or of one of its interventions as policy.NAME.INTERVENTION.dose
    /// (repeatable).
    #[arg(long, value_name = "PATH=VALUES")]
    vary: Vec<String>,
    /// How design points are laid: grid, random, latin-hypercube, sobol, sobol-sequence, morris
    #[arg(long)]
    method: Option<String>,
    /// Number of points; of levels of a grid, base points of sobol, trajectories of morris
    #[arg(long, short = 'n')]
    points: Option<u32>,
    /// Table of design points: a column for each PATH, a row for each point
    #[arg(long, value_name = "CSV", conflicts_with_all = ["vary", "method", "points"])]
    design: Option<String>,
}

impl DesignFlags {
    /// What was typed.
    pub fn typed(self) -> SweepTyped {
        SweepTyped {
            vary: self.vary,
            method: self.method,
            points: self.points,
            design: self.design,
        }
    }
}
