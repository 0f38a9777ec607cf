//! Questions that cannot be put to a scenario.

use std::fmt;

use crate::model::outcome::OUTCOMES;

/// Why a question cannot be put to a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unanswerable {
    /// There is no policy but the baseline.
    NothingToCompare,
    /// Nothing says what a sweep varies.
    NothingToVary,
    /// Nothing says what is calibrated.
    NothingToCalibrate,
    /// A policy that the scenario has not.
    NoPolicy {
        /// The name that was asked for.
        name: String,
        /// What it was asked for: `to decompose`.
        purpose: &'static str,
        /// Names that there are.
        known: Vec<String>,
    },
    /// Too few replications to tell what chance does.
    FewReplications {
        /// What needs two or more: `--until`.
        what: &'static str,
        /// Replications that there are.
        found: u32,
    },
    /// An outcome without a value in some replication: how many it needs cannot be told.
    NoValue {
        /// Position of the outcome.
        outcome: usize,
        /// Name of the policy.
        policy: String,
        /// Replications in which it has none, under the policy or the baseline.
        unknown: u32,
        /// Of how many.
        of: u32,
    },
    /// A policy of one part, or of more than can be told apart.
    Parts {
        /// Name of the policy.
        policy: String,
        /// Its parts.
        parts: usize,
    },
    /// More policies than can be held against each other in memory.
    ManyPolicies {
        /// How many there are, with the baseline.
        policies: usize,
        /// Memory that they need, in words.
        needed: String,
        /// Memory that there is, in words.
        available: String,
    },
    /// No point is left: the model cannot meet what was seen.
    RuledOut {
        /// The wave that finds none.
        wave: u32,
        /// The target that rules out most, if a wave was run before.
        target: Option<String>,
    },
    /// A calibration is to be done in parts or written in other forms.
    Undivided,
    /// A worker that would give other bytes than the study's own program.
    OtherWorker {
        /// What the study's program computes.
        theirs: String,
        /// What the worker computes.
        own: String,
    },
    /// What came from a worker is no run of the study, or was damaged on its way.
    DamagedBatch {
        /// The first run of which that holds.
        run_id: usize,
    },
    /// Two workers gave different results for the same run.
    TwoAnswers {
        /// The run.
        run_id: usize,
        /// Who they are.
        workers: [String; 2],
    },
}

impl fmt::Display for Unanswerable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingToCompare => f.write_str(
                "there is no policy to compare with the baseline\n\nhint: add a [[policy]] to the scenario, or use `cogov run`",
            ),
            Self::NoPolicy { name, purpose, known } => write!(
                f,
                "there is no policy `{name}` {purpose}\n\nhint: there are {}",
                known.join(", ")
            ),
            Self::FewReplications { what, found } => write!(
                f,
                "{what} needs 2 replications or more, found {found}\n\nhint: one history does not tell what chance does; as in `--replications 10`"
            ),
            Self::NoValue { outcome, policy, unknown, of } => {
                let (name, meaning) = (OUTCOMES[*outcome].name, OUTCOMES[*outcome].meaning);
                write!(f, "--until {name}: the outcome has no value under `{policy}` or the baseline in {unknown} of {of} replications\n\nhint: {name} is {meaning}")
            }
            Self::Parts { policy, parts } => {
                write!(f, "`{policy}` has {parts} parts; 2 to 63 can be told apart")
            }
            Self::ManyPolicies { policies, needed, available } => write!(
                f,
                "{policies} policies, each held against each other, need {needed} of memory, {available} is available\n\nhint: compare fewer at a time with --policies, leave out the page with --no-report, or vary one policy with `cogov sweep`"
            ),
            Self::RuledOut { wave, target } => write!(
                f,
                "wave {wave} finds no point that is not ruled out; most are by target `{}`\n\nhint: the model cannot meet all targets within their errors: look at their discrepancies, the ranges, or `misses`",
                target.as_deref().unwrap_or("?")
            ),
            Self::Undivided => f.write_str(
                "a calibration takes neither --shard nor --format\n\nhint: each wave needs all runs of the one before; `cogov sweep --design region.csv` takes both",
            ),
            _ => self.of_other_work(f),
        }
    }
}

impl Unanswerable {
    /// What is wrong with a sweep, a calibration or runs that are done elsewhere, in words.
    fn of_other_work(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherWorker { theirs, own } => write!(
                f,
                "this worker would give other bytes: expected `{theirs}`, found `{own}`\n\nhint: install the same version of cogov on the workers as on the machine that asks"
            ),
            Self::DamagedBatch { run_id } => write!(
                f,
                "what a worker gave for run {run_id} is no run of this study, or was damaged on its way\n\nhint: do the batch again"
            ),
            Self::TwoAnswers {
                run_id,
                workers: [first, second],
            } => write!(
                f,
                "run {run_id} was done twice, by {first} and by {second}, and came out otherwise\n\nhint: one of them computes wrongly; compare what `cogov.fingerprint()` says there, and do without it"
            ),
            Self::NothingToVary => f.write_str(
                "nothing says what to vary\n\nhint: add [sweep] to the scenario, or `--vary sharing.benefit=1..6`, or `--design table.csv`",
            ),
            Self::NothingToCalibrate => f.write_str(
                "nothing says what to calibrate\n\nhint: add [calibrate] to the scenario; scenarios/calibration.toml shows how",
            ),
            _ => Ok(()),
        }
    }
}
