//! A comparison as people and programs read it.

use crate::cli::print::answers;
use crate::cli::print::best::{best_policies, within_budget};
use crate::cli::print::places;
use crate::cli::shared::numbers::{amount, decimal, difference, short_name, signed};
use crate::cli::shared::terminal::blocks;
use crate::experiment::statistics::paired::Effect;
use crate::experiment::statistics::worlds::spread::WorldSpread;
use crate::model::outcome::{OUTCOMES, main_outcomes};
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
        format!(
            "{}\n{}\n\nDifference from {} over the last 12 months, national mean of {}\n\n{}\n{}\n{}{report}{}{}{}",
            scenario.name,
            scenario.question,
            self.reference(),
            self.behind(),
            self.effects(),
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
                 below it how far 90 of 100 plausible worlds go, a range of worlds and no interval of confidence,\n\
                 and in how many of 100 plausible worlds the policy is better"
            ),
        }
    }

    fn reference(&self) -> &str {
        match self.against {
            0 => "the baseline",
            policy => &self.compared.study.scenario.policies[policy].name,
        }
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

    /// How far worlds lie apart in the main outcomes of `policy`, in rows below it; none without worlds.
    fn over_worlds(&self, policy: usize, mains: &[usize]) -> Vec<Vec<String>> {
        let contest = self.compared.comparison().contest();
        let spread = |main| contest.spread(policy, self.against, main);
        let spreads: Option<Vec<WorldSpread>> = (0..mains.len()).map(spread).collect();
        let Some(spreads) = spreads else {
            return Vec::new();
        };
        let range = |of: &WorldSpread| format!("{} to {}", signed(of.low), signed(of.high));
        let better = |(of, outcome): (&WorldSpread, &usize)| {
            let share = of.better(OUTCOMES[*outcome].direction);
            format!("{:.0} of 100", 100.0 * share)
        };
        let row = |name: &str, cells: Vec<String>| {
            let blank = [String::new(), String::new()];
            let name = std::iter::once(name.to_owned());
            name.chain(cells).chain(blank).collect()
        };
        vec![
            row("  90 of 100 worlds", spreads.iter().map(range).collect()),
            row(
                "  better in",
                spreads.iter().zip(mains).map(better).collect(),
            ),
        ]
    }

    fn effects(&self) -> String {
        let (scenario, mains) = (&*self.compared.study.scenario, main_outcomes());
        let mut header = vec!["policy".to_owned()];
        header.extend(mains.iter().map(|o| short_name(OUTCOMES[*o].name)));
        let currency = &scenario.geography.nation.currency;
        header.extend([currency.clone(), format!("{currency}/head-year")]);
        let costs = |policy| {
            let cost = self.compared.cost(policy);
            [amount(cost.money), amount(cost.per_head_year)]
        };
        let mut rows = vec![header];
        for policy in self.policies() {
            let mut row = vec![scenario.policies[policy].name.clone()];
            let cells = (0..mains.len()).map(|main| self.difference(policy, main));
            row.extend(cells.map(|of| difference(of.difference, of.high - of.difference)));
            row.extend(costs(policy));
            rows.push(row);
            rows.extend(self.over_worlds(policy, &mains));
        }
        let level = |main| self.difference(self.against, main).policy;
        let mut reference = vec![format!("{} (level)", scenario.policies[self.against].name)];
        reference.extend((0..mains.len()).map(|main| decimal(level(main))));
        reference.extend(costs(self.against));
        rows.push(reference);
        blocks(&rows)
    }
}
