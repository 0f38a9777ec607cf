//! Further questions to a comparison: narrower intervals, a package in parts, the best within a
//! budget.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clap::{Args, ValueEnum};

use crate::cli::Failure;
use crate::cli::study::{Running, Study, broken_results};
use crate::cli::terminal::{difference, table};
use crate::experiment::compare::{Comparison, Missing};
use crate::experiment::decompose::{Decomposition, Parts, Share};
use crate::experiment::package::Package;
use crate::experiment::precision::{FirstStage, Wish};
use crate::experiment::responses::main_outcomes;
use crate::experiment::value::best_within;
use crate::intervention::{BASELINE, Policy};
use crate::model::outcome::{OUTCOMES, position};
use crate::output::{costs, decomposition, precision};
use crate::scenario::{Scenario, catalogue};

/// Flags that ask for more than effects.
#[derive(Debug, Args)]
pub struct Depth {
    /// Add replications until the 95 % interval of every policy is this narrow, as
    /// data_sharing_rate=0.01 (repeatable; writes precision.csv)
    #[arg(long, value_name = "OUTCOME=HALF_WIDTH", value_parser = wish, conflicts_with = "shard")]
    until: Vec<Wish>,
    /// Most replications that --until may run
    #[arg(long, value_name = "N", default_value_t = 1000)]
    most: u32,
    /// Tell what each part of this policy contributes (writes decomposition.csv)
    #[arg(long, value_name = "POLICY", conflicts_with = "shard")]
    decompose: Option<String>,
    /// What a part is
    #[arg(long, value_enum, default_value_t = By::Intervention, requires = "decompose")]
    by: By,
    /// Name the best policy that costs no more than this a head and year
    #[arg(long, value_name = "RMB")]
    budget: Option<f64>,
}

/// Parts of a package.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    /// Every intervention
    Intervention,
    /// Environment, institution, technology, as in the catalogue
    Dimension,
}

fn wish(text: &str) -> Result<Wish, String> {
    let (name, width) = text
        .split_once('=')
        .ok_or("OUTCOME=HALF_WIDTH, as data_sharing_rate=0.01")?;
    let outcome = position(name)
        .ok_or_else(|| format!("there is no outcome `{name}`; `cogov explain` lists them"))?;
    match width.parse() {
        Ok(half_width) if half_width > 0.0 => Ok(Wish {
            outcome,
            half_width,
        }),
        _ => Err(format!(
            "the half-width must be a number above 0, found {width}"
        )),
    }
}

impl Depth {
    /// Whether the questions can be put to `scenario`: told before anything is run.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn check(&self, scenario: &Scenario) -> Result<(), Failure> {
        if !self.until.is_empty() && scenario.replications < 2 {
            return Err(Failure::Input(
                "error: --until needs at least 2 replications to begin with\n\nhint: 10 or more make a good first stage: --replications 10".into(),
            ));
        }
        let package = self.decompose.as_ref();
        package.map_or(Ok(()), |name| self.parts(name, scenario).map(|_| ()))
    }

    /// Runs what the questions need and writes their files; returns what to show of them.
    pub fn answer(&self, study: &mut Study, running: &Running) -> Result<String, Failure> {
        let mut text = String::new();
        if !self.until.is_empty() {
            text += &self.narrow(study, running)?;
        }
        if let Some(name) = &self.decompose {
            text += &self.take_apart(name, study, running)?;
        }
        Ok(text)
    }

    fn narrow(&self, study: &mut Study, running: &Running) -> Result<String, Failure> {
        let scenario = &study.scenario;
        let stage = FirstStage {
            pairs: scenario.replications,
            differences: (scenario.policies.len() - 1) * self.until.len(),
        };
        let first = compared(study)?;
        let policies = 1..scenario.policies.len();
        let each = policies.flat_map(|policy| self.until.iter().map(move |wish| (policy, wish)));
        let needed = each.map(|(policy, wish)| {
            stage.needed(first.deviation(policy, wish.outcome), wish.half_width)
        });
        let needed = needed.max().unwrap_or(stage.pairs);
        let runs = needed.min(self.most.max(stage.pairs));
        study.extend(runs);
        study.run(running)?;
        let whole = compared(study)?;
        let asked = (&self.until[..], stage);
        precision::write(&study.folder, &study.scenario, asked, (&first, &whole))
            .map_err(|fault| Failure::disk(&study.folder.display().to_string(), &fault))?;
        let short = match runs < needed {
            true => format!(", {needed} would be needed: raise --most"),
            false => String::new(),
        };
        Ok(format!(
            "\n--until: {} replications in the first stage, {runs} in all{short}\n",
            stage.pairs
        ))
    }

    fn take_apart(&self, name: &str, study: &Study, running: &Running) -> Result<String, Failure> {
        let (policy, parts) = self.parts(name, &study.scenario)?;
        let package = Package::new(&study.scenario, policy, parts);
        study.run_plan(&package.plan, running)?;
        let found = package.decompose(&study.store);
        let found = found.map_err(|missing| broken_results(&study.folder, missing.into()))?;
        decomposition::write(&study.folder, name, &package.parts, &found)
            .map_err(|fault| Failure::disk(&study.folder.display().to_string(), &fault))?;
        Ok(contributions(name, &package.parts, &found))
    }

    /// The policy with this name and what it is taken apart into.
    fn parts<'a>(
        &self,
        name: &str,
        scenario: &'a Scenario,
    ) -> Result<(&'a Policy, Parts), Failure> {
        let policies = &scenario.policies[1..];
        let Some(policy) = policies.iter().find(|policy| policy.name == name) else {
            let names: Vec<&str> = policies.iter().map(|policy| policy.name.as_str()).collect();
            return Err(Failure::Input(format!(
                "error: there is no policy `{name}` to decompose\n\nhint: there are {}",
                names.join(", ")
            )));
        };
        let parts = parts(policy, self.by);
        match parts.parts.len() {
            2..=63 => Ok((policy, parts)),
            count => Err(Failure::Input(format!(
                "error: `{name}` has {count} parts; 2 to 63 can be told apart"
            ))),
        }
    }

    /// The best policy within the budget for each main outcome, and its gain.
    pub fn best_by_outcome(
        &self,
        study: &Study,
        comparison: &Comparison,
    ) -> BTreeMap<&'static str, (String, f64)> {
        let best = |outcome: usize| {
            let offers = costs::offers(&study.scenario, comparison, outcome);
            let best = best_within(&offers, self.budget?)?;
            let name = study.scenario.policies[best].name.clone();
            Some((OUTCOMES[outcome].name, (name, offers[best].gain)))
        };
        main_outcomes().into_iter().filter_map(best).collect()
    }

    /// The same as people read it.
    pub fn within_budget(&self, study: &Study, comparison: &Comparison) -> String {
        let Some(budget) = self.budget else {
            return String::new();
        };
        let mut text = format!("\nbest within {budget} RMB a head and year\n");
        for (outcome, (policy, gain)) in self.best_by_outcome(study, comparison) {
            let _ = match policy == BASELINE {
                true => writeln!(
                    text,
                    "  {outcome:<24} none: no policy at this cost improves it"
                ),
                false => writeln!(text, "  {outcome:<24} {policy} ({gain:+.3})"),
            };
        }
        text
    }
}

fn compared(study: &Study) -> Result<Comparison, Failure> {
    let found = Comparison::new(&study.plan, &study.store, |_, _, _| Ok::<(), Missing>(()));
    found.map_err(|missing| broken_results(&study.folder, missing.into()))
}

fn parts(policy: &Policy, by: By) -> Parts {
    match by {
        By::Intervention => Parts::each(policy),
        By::Dimension => {
            let shipped = catalogue::shipped().into_iter();
            let known: BTreeMap<String, String> =
                shipped.map(|entry| (entry.name, entry.dimension)).collect();
            let other = || "other".to_owned();
            Parts::by(policy, |name| {
                known.get(name).cloned().unwrap_or_else(other)
            })
        }
    }
}

/// Outcomes of the terminal's table: the first so many of the main ones.
const SHOWN: usize = 4;

fn contributions(name: &str, parts: &Parts, found: &Decomposition) -> String {
    let outcomes = main_outcomes();
    let mut header = vec!["part".to_owned()];
    header.extend(
        outcomes[..SHOWN]
            .iter()
            .map(|o| OUTCOMES[*o].name.to_owned()),
    );
    let mut rows = vec![header];
    let cell = |wanted: Share, outcome: usize| {
        let row = found
            .rows()
            .find(|(o, share, _)| *o == outcome && *share == wanted);
        row.map_or_else(String::new, |(.., effect)| {
            difference(effect.difference, effect.high - effect.difference)
        })
    };
    let shares = (0..parts.parts.len()).map(|i| (parts.parts[i].0.as_str(), Share::Shapley(i)));
    for (part, share) in shares.chain([("all", Share::Total)]) {
        let cells = (0..SHOWN).map(|outcome| cell(share, outcome));
        rows.push(std::iter::once(part.to_owned()).chain(cells).collect());
    }
    format!(
        "\nWhat the parts of {name} contribute (Shapley values, ± half the 95 % interval)\n\n{}",
        table(&rows)
    )
}
