//! A comparison as people and programs read it.

use crate::cli::print::best::{best_policies, within_budget};
use crate::cli::print::{answers, places};
use crate::experiment::statistics::paired::Effect;
use crate::study::Compared;

/// A comparison and what is shown of it.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The comparison.
    pub compared: &'a Compared,
    /// Position of the policy that the others are held against.
    pub against: usize,
    /// Budget over the run within which the best is named.
    pub budget: Option<f64>,
}

impl Shown<'_> {
    /// As people read it.
    pub fn text(&self) -> String {
        let (compared, scenario) = (self.compared, &*self.compared.study.scenario);
        let budget = self.budget.map(|budget| compared.within(budget));
        let budget = budget.map(|bought| within_budget(compared, &bought));
        let narrowing = compared.narrowing.as_ref();
        let narrowing = narrowing.map(|of| answers::narrowing(of, scenario));
        let contributions = compared.contributions.as_ref().map(answers::contributions);
        let report = match self.against {
            0 => "",
            _ => "the report holds policies against the baseline\n",
        };
        let (lead, rest) = self.outcomes();
        format!(
            "{}\n{}\n\nDifference from {} over the last 12 months, national mean of\n{}\n\n{}\n{}\n{}{report}{}{}{}{}",
            scenario.name,
            scenario.question,
            self.reference(),
            self.behind(),
            self.lead(lead),
            self.others(&rest),
            best_policies(compared),
            places(&compared.study),
            narrowing.unwrap_or_default(),
            contributions.unwrap_or_default(),
            budget.unwrap_or_default()
        )
    }

    /// What is behind the differences, and what they are uncertain of.
    fn behind(&self) -> String {
        let runs = self.compared.study.scenario.replications;
        let worlds = self.compared.comparison().weights().len();
        match worlds {
            0 => format!("{runs} paired runs, ± half the 95 % interval; only chance is shown"),
            _ => format!(
                "{worlds} plausible worlds with {runs} paired runs in each, ± half the 95 % interval by chance;\n\
                 beside it how far 90 of 100 plausible worlds go, a range of worlds and no interval of\n\
                 confidence, and in how many of 100 plausible worlds the policy is better"
            ),
        }
    }

    fn reference(&self) -> &str {
        match self.against {
            0 => "the baseline",
            policy => self.name(policy),
        }
    }

    pub(super) fn name(&self, policy: usize) -> &str {
        &self.compared.study.scenario.policies[policy].name
    }

    /// Positions of the policies that are held against another.
    pub(super) fn policies(&self) -> impl Iterator<Item = usize> {
        let against = self.against;
        (0..self.compared.study.scenario.policies.len()).filter(move |policy| *policy != against)
    }

    /// Difference of `policy` from the one that it is held against.
    pub(super) fn difference(&self, policy: usize, main: usize) -> Effect {
        self.compared.difference(policy, self.against, main)
    }
}
