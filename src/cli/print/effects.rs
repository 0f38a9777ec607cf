//! The effects of a comparison: the outcome that leads with a picture, then the others and the costs.

use crate::cli::print::compare::Shown;
use crate::cli::print::forest::{self, Bar};
use crate::cli::shared::numbers::{amount, decimal, difference, short_name, signed};
use crate::cli::shared::terminal::{blocks, harm, table, width};
use crate::experiment::statistics::worlds::spread::WorldSpread;
use crate::model::outcome::{Direction, OUTCOMES, main_outcomes};
use crate::numeric::{BySize as _, Interval};

impl Shown<'_> {
    /// Position among the main outcomes of the one that leads, and of the others in their order.
    pub(super) fn outcomes(&self) -> (usize, Vec<usize>) {
        let mains = main_outcomes();
        let wanted = self.compared.study.scenario.report.lead.iter();
        let main = |name: &String| mains.iter().position(|of| OUTCOMES[*of].name == name);
        let mut order: Vec<usize> = wanted.filter_map(main).collect();
        let rest = (0..mains.len()).filter(|at| !order.contains(at));
        order.extend(rest.collect::<Vec<usize>>());
        let lead = order.remove(0);
        (lead, order)
    }

    /// Policies in the order of what they do to main outcome number `main`, the best first.
    fn ranked(&self, main: usize) -> Vec<usize> {
        let sign = match OUTCOMES[main_outcomes()[main]].direction {
            Direction::Down => -1.0,
            _ => 1.0,
        };
        let gain = |policy: &usize| sign * self.difference(*policy, main).difference;
        let mut policies: Vec<usize> = self.policies().collect();
        policies.sort_by(|a, b| gain(b).by_size(&gain(a)));
        policies
    }

    /// How far worlds lie apart in a main outcome of `policy`; none without worlds.
    fn over_worlds(&self, policy: usize, main: usize) -> Option<WorldSpread> {
        let contest = self.compared.comparison().contest();
        contest.spread(policy, self.against, main)
    }

    /// The difference in a cell, coloured where it is surely for the worse.
    fn cell(&self, policy: usize, main: usize) -> String {
        let of = self.difference(policy, main);
        let told = difference(of.difference, of.high - of.difference);
        let worse = match OUTCOMES[main_outcomes()[main]].direction {
            Direction::Up => of.high < 0.0,
            Direction::Down => of.low > 0.0,
            Direction::Neutral => false,
        };
        if worse { harm(&told) } else { told }
    }

    /// The outcome that leads, with a picture of both intervals where there is room.
    pub(super) fn lead(&self, main: usize) -> String {
        let outcome = &OUTCOMES[main_outcomes()[main]];
        let (policies, currency) = (self.ranked(main), self.currency());
        let mut rows = vec![vec![outcome.name.to_owned(), "difference".to_owned()]];
        rows.extend(
            policies
                .iter()
                .map(|policy| vec![self.name(*policy).to_owned(), self.cell(*policy, main)]),
        );
        for (row, policy) in rows.iter_mut().skip(1).zip(&policies) {
            if let Some(of) = self.over_worlds(*policy, main) {
                row.push(format!("{} to {}", signed(of.low), signed(of.high)));
                row.push(format!("{:.0}", 100.0 * of.better(outcome.direction)));
            }
            row.push(amount(self.compared.cost(*policy).per_head_year));
        }
        let worlds = ["90 of 100 worlds", "better in"].map(str::to_owned);
        let worlds = worlds
            .into_iter()
            .filter(|_| rows[1..].iter().any(|row| row.len() > 3));
        let heads: Vec<String> = worlds.chain([format!("{currency}/head-year")]).collect();
        rows[0].extend(heads);
        if let Some(room) = forest::room(&rows, width()) {
            let bars: Vec<Bar> = policies
                .iter()
                .map(|policy| self.bar(*policy, main))
                .collect();
            let drawn = std::iter::once(String::new()).chain(forest::drawn(&bars, room));
            rows.iter_mut()
                .zip(drawn)
                .for_each(|(row, bar)| row.insert(1, bar));
        }
        let level = self.difference(policies[0], main).baseline;
        table(&rows) + &format!("level of {}: {}\n", self.name(self.against), decimal(level))
    }

    fn currency(&self) -> &str {
        &self.compared.study.scenario.geography.nation.currency
    }

    fn bar(&self, policy: usize, main: usize) -> Bar {
        let of = self.difference(policy, main);
        Bar {
            chance: Interval {
                value: of.difference,
                low: of.low,
                high: of.high,
            },
            worlds: self.over_worlds(policy, main).map(|of| [of.low, of.high]),
        }
    }

    /// The other outcomes, and the costs.
    pub(super) fn others(&self, mains: &[usize]) -> String {
        let outcomes = main_outcomes();
        let mut header = vec!["policy".to_owned()];
        header.extend(
            mains
                .iter()
                .map(|main| short_name(OUTCOMES[outcomes[*main]].name)),
        );
        header.push(self.currency().to_owned());
        let mut rows = vec![header];
        for policy in self.ranked(self.outcomes().0) {
            let mut row = vec![self.name(policy).to_owned()];
            row.extend(mains.iter().map(|main| self.cell(policy, *main)));
            row.push(amount(self.compared.cost(policy).money));
            rows.push(row);
        }
        let level = |main: &usize| decimal(self.difference(self.against, *main).policy);
        let mut reference = vec![format!("{} (level)", self.name(self.against))];
        reference.extend(mains.iter().map(level));
        reference.push(amount(self.compared.cost(self.against).money));
        rows.push(reference);
        blocks(&rows)
    }
}
