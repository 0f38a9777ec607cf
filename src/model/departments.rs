//! Departments: inside each government, and with the ministry above, departments decide tie by tie
//! whether to share their data.
//!
//! A department is tied to the others of its government (the block, kuai) and to the same department
//! of the governments above and below (the line, tiao). It has its government's stocks and fear, and
//! reconsiders, decides and believes as over any tie of [`sharing`], but for what the line does:
//! on the block `gain = sigma (1 + ux (xE+xS)/2) Q_g tau - c + pull - kl L max(0, 1 - pl V)`,
//! on the line `gain = sigma (1 + ux (xE+xS)/2) sqrt(Q_g Q_h) tau - c0 + pull + gl L (1 + pl V)`.
//!
//! `L = min(1, line_strength * relative)`: how far the department answers to its ministry and not
//! to its government. Who shares on the block leaves the line, who shares along it pleases it.
//! A mandate, a bureau or a protocol of a government binds its own block and not the lines that
//! cross it: on lines its levers are at rest (`c0`). A plan from above, pressure `V`, works on
//! both: the ministry itself tells its line to share, and leaving it costs less.
//! What a government gets out of sharing is then `s += ws (s_block - s)`, `s_block` = active among
//! the ties of its block.
//!
//! Sources: fragmented authority, Lieberthal and Oksenberg (1988); lines strengthened by central
//! management of personnel and budgets, Mertha (2005); tensions between departments as the main cause of
//! data that is not shared, Zhou, Chen and Han (2021), Zhou, Hu and Xu (2022).
//!
//! With `sharing.rule = "imitation"` a tie copies an act of another department of its government.

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res, ResMut};

use crate::chance::draws::departments::{DECISION, MODEL, PARTNER};
use crate::chance::{Chance, Identity};
use crate::model::Step;
use crate::model::sharing::imitation::{copy_probability, pick};
use crate::model::sharing::{self, Rule, Sharer, SharerItem, Stance};
use crate::numeric::Fraction;
use crate::world::clock::Clock;
use crate::world::country::Setting;
use crate::world::departments::{DepartmentTie, DepartmentTies, Departments};
use crate::world::government::Standing;
use crate::world::history::History;
use crate::world::levers::{Lever, Levers};
use crate::world::luck::Luck;
use crate::world::network::Ties;
use crate::world::parameter::Limits::{NonNegative, Share};
use crate::world::parameter::{Provenance, parameters};

/// Name of this step.
pub const NAME: &str = "departments";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Departments, if there are any, reconsider sharing inside their government and along their line.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("departments.rs"),
};

parameters! {
    /// Numbers of this process.

    line_strength {
        symbol: "L", default: 0.6, plausible: (0.2, 1.0), limits: Share,
        unit: "share",
        meaning: "how far a department answers to its ministry above and not to its government",
        source: Provenance::Assumption(
            "of dual leadership the line has the larger part since soft centralization, Mertha 2005"
        ),
    }
    leaving_cost {
        symbol: "kl", default: 0.5, plausible: (0.0, 1.5), limits: NonNegative,
        unit: "cost of integration = 1",
        meaning: "cost of sharing on the block where the line has all of the department",
        source: Provenance::Assumption(
            "sign from Zhou, Chen and Han 2021; half of what integration costs"
        ),
    }
    line_gain {
        symbol: "gl", default: 0.5, plausible: (0.0, 1.5), limits: NonNegative,
        unit: "cost of integration = 1",
        meaning: "gain of sharing along the line where it has all of the department",
        source: Provenance::Assumption("as large as the cost of leaving the line"),
    }
    plan_effect {
        symbol: "pl", default: 0.3, plausible: (0.0, 0.7), limits: Share,
        unit: "share per pressure",
        meaning: "how far full pressure from above cheapens leaving the line and adds to its gain",
        source: Provenance::Assumption(
            "in December 2017 the State Council had 40 systems of ministries opened to governments below"
        ),
    }
    service_weight {
        symbol: "ws", default: 0.3, plausible: (0.0, 1.0), limits: Share,
        unit: "weight",
        meaning: "weight of the own block, against ties to other governments, in what service and leaks draw from sharing",
        source: Provenance::Assumption(
            "modest: most services need several departments of one government, but stocks stand for these in part"
        ),
    }
}

/// How strongly a department answers to its ministry, `L`.
pub fn line(strength: f64, relative: f64) -> f64 {
    (strength * relative).min(1.0)
}

/// What sharing on the block costs a department on top, `kl L max(0, 1 - pl V)`.
pub fn leaving_cost(p: &Parameters, line: f64, pressure: f64) -> f64 {
    p.leaving_cost * line * (1.0 - p.plan_effect * pressure).max(0.0)
}

/// What sharing along the line gains a department on top, `gl L (1 + pl V)`.
pub fn line_gain(p: &Parameters, line: f64, pressure: f64) -> f64 {
    p.line_gain * line * (1.0 + p.plan_effect * pressure).max(0.0)
}

/// What the line adds to the gain of a department's ties this month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Draught {
    /// On the block: 0 or below.
    pub block: f64,
    /// On the line: 0 or above.
    pub line: f64,
}

/// What a government brings to the ties of its departments this month.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Footing {
    /// On its block: its levers in force.
    pub block: Stance,
    /// On the lines that cross it: the levers of sharing at rest.
    pub line: Stance,
    /// Its capacity as it stands now.
    pub capacity: f64,
    /// What the line adds, by department.
    pub draught: Vec<Draught>,
}

/// What departments weigh their ties by.
#[derive(Debug, Clone, Copy)]
pub struct DepartmentView<'a> {
    /// The departments.
    pub departments: &'a Departments,
    /// What each government brings.
    pub footings: &'a [Footing],
    /// Capacity of each government as seen by others.
    pub capacity: &'a [f64],
    /// Whose luck it is, by government.
    pub identities: &'a [Identity],
    /// How a tie is decided.
    pub rule: Rule,
    /// Noise of judgement, `K`.
    pub noise: f64,
}

impl DepartmentView<'_> {
    fn stance(&self, tie: &DepartmentTie) -> &Stance {
        let footing = &self.footings[tie.from as usize];
        match tie.on_block() {
            true => &footing.block,
            false => &footing.line,
        }
    }

    /// What sharing over `tie` is worth at `belief`, before noise.
    pub fn gain(&self, tie: &DepartmentTie, belief: f64) -> f64 {
        let footing = &self.footings[tie.from as usize];
        let draught = footing.draught[usize::from(tie.department)];
        let (capacity, drawn) = match tie.on_block() {
            true => (footing.capacity, draught.block),
            false => (self.capacity[tie.to as usize], draught.line),
        };
        sharing::gain(self.stance(tie), capacity, belief) + drawn
    }

    /// Reconsiders ties and updates beliefs.
    pub fn reconsider(&self, ties: &mut DepartmentTies, chance: &Chance, month: u32) {
        ties.shared_before.copy_from_slice(&ties.shares);
        let all = self.departments.ties();
        let decisions = self
            .departments
            .luck(chance, self.identities, DECISION, month);
        for ((i, tie), u) in all.iter().enumerate().zip(decisions) {
            let stance = self.stance(tie);
            if u < stance.revision {
                let gain = || self.gain(tie, ties.belief[i]);
                let imitated = || self.imitated(i, ties, chance, month);
                let probability = self.rule.probability(self.noise, gain, imitated);
                ties.shares[i] = u < stance.revision * probability;
            }
            let partner = ties.shared_before[tie.reverse as usize];
            ties.belief[i] = sharing::belief_after(ties.belief[i], partner, stance.belief_rate);
        }
    }

    /// Probability that tie `i` shares after looking at one of another department of the government.
    fn imitated(&self, i: usize, ties: &DepartmentTies, chance: &Chance, month: u32) -> f64 {
        let tie = &self.departments.ties()[i];
        let luck = |draw| {
            self.departments
                .luck_of(tie, chance, self.identities, draw, month)
        };
        let act = |tie: usize| f64::from(ties.shared_before[tie]);
        let count = self.departments.kinds().len();
        let others: Vec<usize> = (0..count)
            .filter(|other| *other != usize::from(tie.department))
            .collect();
        let Some(&peer) = pick(&others, luck(PARTNER)) else {
            return act(i);
        };
        let other = (luck(MODEL) * others.len() as f64) as usize;
        let model = self.departments.like(i, peer, other);
        let copy = copy_probability(self.payoff(i, ties), self.payoff(model, ties), self.noise);
        act(i) + copy * (act(model) - act(i))
    }

    fn payoff(&self, position: usize, ties: &DepartmentTies) -> f64 {
        if !ties.shared_before[position] {
            return 0.0;
        }
        let tie = &self.departments.ties()[position];
        self.gain(tie, f64::from(ties.shared_before[tie.reverse as usize]))
    }
}

/// Reconsiders ties between departments, and has each government draw on its block.
pub fn system(
    (clock, luck, history, setting): (Res<Clock>, Res<Luck>, Res<History>, Res<Setting>),
    (parameters, weights, rule): (Res<Parameters>, Res<sharing::Parameters>, Res<Rule>),
    standing: Res<Standing>,
    levers: Res<Levers>,
    mut inside: ResMut<DepartmentTies>,
    mut ties: ResMut<Ties>,
    governments: Query<Sharer>,
) {
    let departments = &setting.0.departments;
    if departments.kinds().is_empty() {
        return;
    }
    let stances = sharing::stances(&weights, &levers, &standing, &governments);
    let ramp = history.pressure_in(clock.month);
    let mut footings = vec![Footing::default(); stances.len()];
    for who in &governments {
        let [strength, pressure] = [Lever::LineStrength, Lever::VerticalPressure]
            .map(|lever| levers.get(lever, who.government.id));
        let block = stances[who.government.index()];
        footings[who.government.index()] = Footing {
            block,
            line: at_rest(block, &weights, &levers, &who),
            capacity: who.stocks.capacity,
            draught: draughts(&parameters, departments, strength, ramp + pressure),
        };
    }
    let view = DepartmentView {
        departments,
        footings: &footings,
        capacity: &standing.capacity,
        identities: &setting.0.identities,
        rule: *rule,
        noise: weights.noise,
    };
    let weight = parameters.service_weight;
    draw_on_blocks(&mut ties.activity, &inside.shares, departments, weight);
    view.reconsider(&mut inside, &luck.chance, clock.month);
}

/// A government's stance on the lines that cross it: what it orders its own block is not in force.
fn at_rest(
    block: Stance,
    weights: &sharing::Parameters,
    levers: &Levers,
    who: &SharerItem<'_, '_>,
) -> Stance {
    let lever = |lever| levers.at_rest_of(lever, who.government.id);
    Stance {
        cost: sharing::cost(
            lever(Lever::IntegrationCost),
            lever(Lever::PlatformSaving),
            who.stocks.platform,
            who.exposure.fear,
            weights.mandate_weight * lever(Lever::Mandate),
            who.stocks.institution,
        ),
        revision: lever(Lever::RevisionRate),
        belief_rate: lever(Lever::BeliefRate),
        ..block
    }
}

fn draughts(p: &Parameters, of: &Departments, strength: f64, pressure: f64) -> Vec<Draught> {
    let draught = |relative: f64| {
        let line = line(strength, relative);
        Draught {
            block: -leaving_cost(p, line, pressure),
            line: line_gain(p, line, pressure),
        }
    };
    of.kinds().iter().map(|kind| draught(kind.line)).collect()
}

/// Mixes how active each block was last month into `activity`, with weight `weight`.
fn draw_on_blocks(activity: &mut [f64], shares: &[bool], of: &Departments, weight: f64) {
    for (government, activity) in activity.iter_mut().enumerate() {
        let block = &shares[of.block(government as u32)];
        if block.is_empty() {
            continue;
        }
        let mut active = Fraction::default();
        block
            .iter()
            .for_each(|yes| active.add(f64::from(*yes), 1.0));
        *activity += weight * (active.share() - *activity);
    }
}

#[cfg(test)]
mod tests;
