//! `unknowns.csv`: what would have to be known. Of each main outcome and each input in which worlds
//! differ, how much of the spread over worlds it explains for every policy, and what it would be worth
//! to know it before a policy is chosen.

use super::cell::{ShareCell, known, known_fraction};
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::experiment::runs::plan::Plan;
use crate::experiment::statistics::compare::Comparison;
use crate::experiment::statistics::worlds::unknowns::{KnownWorlds, Learning, Unknown};
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::scenario::input::Input;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "unknowns.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "of plausible worlds: how much of their spread each input explains, and what knowing it would be \
           worth",
    parts: &[Part::Fixed(Row::FIELDS)],
};

/// What knowing everything is called.
const EVERYTHING: &str = "everything";
/// Stands for the choice among all policies.
const CHOICE: &str = "choice of the best";

table_row! {
    /// What an input means for a policy, or for the choice among all.
    pub struct Row {
        /// what is measured
        outcome: String,
        /// name of the policy, or `choice of the best`
        policy: String,
        /// path of the input, or `everything`
        input: String,
        /// first-order index: share of the variance over worlds of the policy's difference from the
        /// baseline that the input alone explains; about 0 or just below where it explains nothing
        first_order: Option<f64>,
        /// lower end of its interval, of which 90 to 97 in 100 hold
        first_order_low: Option<ShareCell>,
        /// upper end of its interval
        first_order_high: Option<ShareCell>,
        /// of the choice of the best: mean gain over the policy that is best on the whole, if the input
        /// were known, in units of the outcome
        gain_of_learning: Option<f64>,
        /// of the choice of the best: share of worlds in which another policy would be chosen
        choice_changes: Option<ShareCell>,
    }
}

/// The rows of a study with plausible worlds; none without.
pub fn rows(plan: &Plan, comparison: &Comparison) -> Vec<Row> {
    let weights = comparison.weights();
    if weights.is_empty() {
        return Vec::new();
    }
    let unknown = |(i, input): (usize, &Input)| Unknown {
        values: plan.points().iter().map(|values| values[i]).collect(),
        is_word: !input.words().is_empty(),
    };
    let inputs: Vec<Unknown> = plan.inputs().iter().enumerate().map(unknown).collect();
    let mut rows = Vec::new();
    for outcome in main_outcomes() {
        let gains = comparison.world_gains(outcome);
        let gains: Vec<&[f64]> = gains.iter().map(Vec::as_slice).collect();
        for (policy, gain) in gains.iter().enumerate().skip(1) {
            let known = KnownWorlds::of(weights, &[gain]);
            let index = |(i, input): (usize, &Unknown)| {
                explained(plan, (outcome, policy, i), &known, (input, gain))
            };
            rows.extend(inputs.iter().enumerate().map(index));
        }
        let known = KnownWorlds::of(weights, &gains);
        let learnt = |(input, of): (&Input, &Unknown)| {
            let learning = known.learning(of, &gains);
            choice(outcome, &input.path, learning)
        };
        rows.extend(plan.inputs().iter().zip(&inputs).map(learnt));
        rows.push(choice(outcome, EVERYTHING, known.choosing(&gains)));
    }
    rows
}

/// How much of the gains of a policy an input explains.
fn explained(
    plan: &Plan,
    (outcome, policy, input): (usize, usize, usize),
    known_in: &KnownWorlds<'_>,
    (unknown, gains): (&Unknown, &[f64]),
) -> Row {
    let index = known_in.index(unknown, gains);
    Row {
        outcome: OUTCOMES[outcome].name.into(),
        policy: plan.scenario().policies[policy].name.clone(),
        input: plan.inputs()[input].path.clone(),
        first_order: known(index.value),
        first_order_low: known_fraction(index.low),
        first_order_high: known_fraction(index.high),
        gain_of_learning: None,
        choice_changes: None,
    }
}

fn choice(outcome: usize, input: &str, learning: Learning) -> Row {
    Row {
        outcome: OUTCOMES[outcome].name.into(),
        policy: CHOICE.into(),
        input: input.into(),
        first_order: None,
        first_order_low: None,
        first_order_high: None,
        gain_of_learning: known(learning.gain),
        choice_changes: known_fraction(learning.changes),
    }
}
