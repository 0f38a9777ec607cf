//! Whether what was read back as a scenario is one that could have been asked.
//!
//! A file of a result folder is as little trusted as what a person wrote: positions lie inside their
//! tables, numbers inside the limits of what they are called, and the whole fits into memory.

use std::collections::BTreeSet;

use crate::intervention::strength::MOST_DOSE;
use crate::intervention::{BASELINE, Intervention, Policy};
use crate::model::{ALTERNATIVES, GROUPS};
use crate::scenario::country::provinces::{MOST_GOVERNMENTS, MOST_REGIONS, MOST_RESIDENTS};
use crate::scenario::ensemble::WorldEnsemble;
use crate::scenario::input::{Input, contradiction};
use crate::scenario::reading::fault::Faults;
use crate::scenario::run::MOST_MONTHS;
use crate::scenario::sweep::admissible::takes;
use crate::scenario::sweep::{Over, Sweep, Varied};
use crate::scenario::{Scenario, check};
use crate::world::departments::MOST_DEPARTMENTS;
use crate::world::factor::FACTOR_COUNT;
use crate::world::geography::{Frontline, Geography, Province};
use crate::world::levers::{Change, Criterion};
use crate::world::parameter::{Limits, Values};

/// Nothing, or what cannot be.
type Sound = Result<(), String>;

fn need(holds: bool, otherwise: impl FnOnce() -> String) -> Sound {
    if holds { Ok(()) } else { Err(otherwise()) }
}

impl Scenario {
    /// Holds it to the rules of what is written, wherever it came from.
    ///
    /// # Errors
    /// The first thing that no scenario can hold, in words.
    pub fn check(&self) -> Result<(), String> {
        need((1..=MOST_MONTHS).contains(&self.months), || {
            format!(
                "`months` must lie between 1 and {MOST_MONTHS}, found {}",
                self.months
            )
        })?;
        need(self.replications > 0, || {
            "`replications` must be 1 or more, found 0".into()
        })?;
        self.geography.check(self.population.frontline)?;
        self.check_numbers()?;
        self.check_history()?;
        self.check_policies()?;
        if let Some(why) = contradiction(self) {
            return Err(why);
        }
        self.ensemble.as_ref().map_or(Ok(()), |of| of.check(self))
    }

    /// Parameters and words, couplings, and that its agents fit into memory.
    fn check_numbers(&self) -> Sound {
        check_values(&self.values)?;
        for of in ALTERNATIVES {
            let word = self.choices.word(of);
            need(of.position(word).is_some(), || {
                format!("`{}` cannot be `{word}`", of.name)
            })?;
        }
        let known = |factor| factor < FACTOR_COUNT;
        need(self.couplings.iter().all(|of| known(of.factor)), || {
            "a coupling names no factor".into()
        })?;
        let per_million = self.population.citizens_per_million;
        need(Limits::Positive.allow(per_million), || {
            format!("`citizens_per_million` must lie above 0, found {per_million}")
        })?;
        let mut faults = Faults::default();
        let fits = check::fits(&self.geography, self.population, None, &mut faults);
        need(fits, || faults.to_string())
    }

    fn check_history(&self) -> Sound {
        let history = &self.history;
        let first = history.first_platforms.iter();
        let there = self.geography.provinces.len();
        need(first.clone().all(|at| *at < there), || {
            "`first_platforms` names no province".into()
        })?;
        let wave = history
            .incident_wave
            .is_none_or(|of| Limits::Share.allow(of.share));
        let pulse = history
            .online_pulse
            .is_none_or(|of| Limits::NonNegative.allow(of.factor));
        need(wave && pulse, || "the history is beyond its limits".into())
    }

    fn check_policies(&self) -> Sound {
        let is_baseline = |of: &Policy| of.name == BASELINE && of.interventions.is_empty();
        // runs of one policy have it alone
        let alone = self.policies.len() == 1;
        need(
            alone || self.policies.first().is_some_and(is_baseline),
            || format!("the first policy must be `{BASELINE}`, without interventions"),
        )?;
        let mut names = BTreeSet::new();
        for policy in &self.policies {
            need(names.insert(&policy.name), || {
                format!("two policies are called `{}`", policy.name)
            })?;
            for one in &policy.interventions {
                let place = || format!("`{}` of policy `{}`", one.name, policy.name);
                need(reaches_places(one, &self.geography), || {
                    format!("{} is aimed at places that are not there", place())
                })?;
                need(is_within_limits(one), || {
                    format!("{} is beyond its limits", place())
                })?;
            }
        }
        Ok(())
    }
}

impl Geography {
    /// Whether every position lies inside its table, and every figure could be a country's.
    fn check(&self, frontline: Frontline) -> Sound {
        need(!self.provinces.is_empty(), || {
            "there are no provinces".into()
        })?;
        need(self.regions.len() <= MOST_REGIONS, || {
            format!("there are more than {MOST_REGIONS} regions")
        })?;
        for province in &self.provinces {
            let name = &province.name;
            need(self.regions.contains(&province.region), || {
                format!("`{name}` lies in no region")
            })?;
            need(is_possible(province, frontline), || {
                format!("`{name}` cannot be a province")
            })?;
        }
        self.check_ties()?;
        let lines = self
            .departments
            .iter()
            .all(|of| Limits::NonNegative.allow(of.line));
        need(lines && self.departments.len() <= MOST_DEPARTMENTS, || {
            "the departments cannot be a government's".into()
        })?;
        let whole = self
            .whole
            .is_none_or(|of| Limits::NonNegative.allow(of.sd) && are_shares(&of.attention));
        need(whole, || "what provinces are measured by cannot be".into())?;
        let rate = self.nation.discount_rate;
        need(Limits::Share.allow(rate), || {
            format!("`discount_rate` must lie between 0 and 1, found {rate}")
        })
    }

    fn check_ties(&self) -> Sound {
        let pairs = self.adjacency.iter().flat_map(|pair| [pair.0, pair.1]);
        let paired = self
            .pairings
            .iter()
            .flat_map(|pair| [pair.supporter, pair.partner]);
        let members = self
            .alliances
            .iter()
            .flat_map(|of| of.members.iter().map(|one| one.province));
        let mut all = pairs.chain(paired).chain(members);
        need(all.all(|at| at < self.provinces.len()), || {
            "a tie leads to no province".into()
        })
    }
}

fn are_shares(all: &[f64; FACTOR_COUNT]) -> bool {
    all.iter().all(|share| Limits::NonNegative.allow(*share))
}

fn is_possible(of: &Province, frontline: Frontline) -> bool {
    let served = match (of.municipality, frontline) {
        (true, _) => of.counties > 0,
        (false, Frontline::Prefecture) => of.prefectures > 0,
        (false, Frontline::County) => of.prefectures > 0 && of.counties > 0,
    };
    served
        && of.prefectures.max(of.counties) <= MOST_GOVERNMENTS
        && (1..=MOST_RESIDENTS).contains(&of.population)
        && Limits::Positive.allow(of.gdp_per_head)
        && are_shares(&of.attention)
}

/// Whether they are the model's parameters, each inside its limits.
fn check_values(values: &Values) -> Sound {
    let known = Values::defaults(GROUPS);
    if let Some((name, _)) = known.iter().find(|(name, _)| values.get(name).is_none()) {
        return Err(format!("the parameter `{name}` is missing"));
    }
    if let Some((name, _)) = values.iter().find(|(name, _)| known.get(name).is_none()) {
        return Err(format!("there is no parameter `{name}`"));
    }
    for group in GROUPS {
        for parameter in group.parameters {
            let name = format!("{}.{}", group.name, parameter.name);
            let value = values.get(&name).unwrap_or(f64::NAN);
            need(parameter.limits.allow(value), || {
                format!("`{name}` must {}, found {value}", parameter.limits.words())
            })?;
        }
    }
    Ok(())
}

/// Whether all places and factors that an intervention names are there.
fn reaches_places(of: &Intervention, geography: &Geography) -> bool {
    let target = &of.target;
    let tables = [
        (&target.provinces, geography.provinces.len()),
        (&target.regions, geography.regions.len()),
        (&target.alliances, geography.alliances.len()),
    ];
    let factor = match target.lowest.map(|lowest| lowest.by) {
        Some(Criterion::Attention(factor)) => factor < FACTOR_COUNT,
        _ => true,
    };
    factor
        && tables
            .iter()
            .all(|(asked, there)| asked.iter().all(|at| at < there))
}

fn is_within_limits(of: &Intervention) -> bool {
    let shares = [
        of.target.random_share,
        of.target.lowest.map(|lowest| lowest.share),
    ];
    let mut shares = shares.into_iter().flatten().chain([of.cost.upkeep_share]);
    let amounts = [
        of.course.half_life_months,
        of.cost.per_head_year,
        of.cost.setup,
    ];
    let possible = |change: &Change| match change {
        Change::Multiply(factor) => Limits::NonNegative.allow(*factor),
        Change::Add(amount) | Change::Set(amount) => amount.is_finite(),
    };
    Limits::Within(0.0, MOST_DOSE).allow(of.course.dose)
        && shares.all(|share| Limits::Share.allow(share))
        && amounts
            .iter()
            .all(|amount| Limits::NonNegative.allow(*amount))
        && of.changes.iter().all(|(_, change)| possible(change))
}

impl WorldEnsemble {
    /// Whether `scenario` can have these worlds.
    fn check(&self, scenario: &Scenario) -> Sound {
        let named = |path: &String| Input::named(path, scenario).map_err(|fault| fault.message);
        let inputs = self.inputs.iter().map(|input| named(&input.path));
        let inputs = inputs.collect::<Result<Vec<Input>, String>>()?;
        need(!self.worlds.is_empty(), || "there are no worlds".into())?;
        for world in &self.worlds {
            let mut values = inputs.iter().zip(&world.values);
            let sound = world.values.len() == inputs.len()
                && values.all(|(input, value)| takes(input, *value))
                && Limits::Positive.allow(world.weight);
            need(sound, || format!("the world `{}` cannot be", world.id))?;
        }
        Ok(())
    }
}

impl Sweep {
    /// Holds it to the rules of what is written for `scenario`, wherever it came from.
    ///
    /// # Errors
    /// The first thing that no sweep can hold, in words.
    pub fn check(&self, scenario: &Scenario) -> Result<(), String> {
        let inputs = self.vary.iter().map(|varied| varied.check(scenario));
        let inputs = inputs.collect::<Result<Vec<Input>, String>>()?;
        let mut faults = Faults::default();
        self.refuse_impossible(None, &mut faults);
        need(!faults.forbid(), || faults.to_string())?;
        let points = self.design_points() >= 1.0 && !inputs.is_empty();
        need(points, || "the design has no points".into())?;
        let fits = |row: &Vec<f64>| {
            let mut each = inputs.iter().zip(row);
            row.len() == inputs.len() && each.all(|(input, value)| takes(input, *value))
        };
        match self.table.iter().position(|row| !fits(row)) {
            None => Ok(()),
            Some(row) => Err(format!("row {row} of the design cannot be")),
        }
    }
}

impl Varied {
    /// What of `scenario` it is, if it can be varied so.
    fn check(&self, scenario: &Scenario) -> Result<Input, String> {
        let input = Input::named(&self.path, scenario).map_err(|fault| fault.message)?;
        let sound = match &self.over {
            Over::Range(low, high) => low <= high && takes(&input, *low) && takes(&input, *high),
            Over::Values(values) => {
                !values.is_empty() && values.iter().all(|value| takes(&input, *value))
            }
        };
        need(sound, || {
            format!("`{}` cannot be varied over what is told", self.path)
        })?;
        Ok(input)
    }
}
