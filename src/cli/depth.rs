//! Further questions to a comparison: narrower intervals, a package in parts, the best within a
//! budget.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};

use crate::cli::Failure;
use crate::cli::answers::{Answers, Apart, Narrowing};
use crate::cli::study::{Running, Study, broken_results};
use crate::experiment::decomposition::Parts;
use crate::experiment::decomposition::subsets::Package;
use crate::experiment::statistics::compare::{Comparison, Missing};
use crate::experiment::statistics::precision::{FirstStage, Wish, narrowed};
use crate::intervention::Policy;
use crate::model::outcome::{OUTCOMES, position};
use crate::output::tables::{decomposition, precision};
use crate::scenario::Scenario;
use crate::scenario::policy::catalogue;

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
    ///
    /// Takes in each replication 2^n runs for n parts up to 6, beyond about n(n+1)/2 + 3n: 64 for 6
    /// parts, 159 for 15. Runs that are there are not run again.
    #[arg(long, value_name = "POLICY", conflicts_with = "shard")]
    decompose: Option<String>,
    /// What a part is
    #[arg(long, value_enum, default_value_t = By::Intervention, requires = "decompose")]
    by: By,
    /// Name the best policy that costs no more than this over the run
    #[arg(long, value_name = "RMB", value_parser = budget)]
    pub budget: Option<f64>,
}

fn budget(text: &str) -> Result<f64, String> {
    let rmb = text.parse().ok();
    let rmb = rmb.filter(|rmb: &f64| rmb.is_finite() && *rmb > 0.0);
    rmb.ok_or_else(|| format!("a budget is RMB above 0 over the run, as 5e9; found {text}"))
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

    /// Runs what the questions need and writes their files.
    pub fn answer(&self, study: &mut Study, running: &Running) -> Result<Answers, Failure> {
        let narrowing = match self.until.is_empty() {
            true => None,
            false => Some(self.narrow(study, running)?),
        };
        let apart = match &self.decompose {
            None => None,
            Some(name) => Some(self.take_apart(name, study, running)?),
        };
        Ok(Answers { narrowing, apart })
    }

    fn narrow(&self, study: &mut Study, running: &Running) -> Result<Narrowing, Failure> {
        let stage = FirstStage {
            pairs: study.scenario.replications,
            differences: (study.scenario.policies.len() - 1) * self.until.len(),
        };
        let first = compared(study)?;
        self.refuse_unknown(&study.scenario, &first)?;
        let needed = narrowed(&self.until, stage, (&first, &first));
        let needed = needed.iter().map(|of| of.needed).max();
        let needed = needed.unwrap_or(stage.pairs);
        let replications = needed.min(self.most.max(stage.pairs));
        study.extend(replications);
        study.run(running)?;
        let differences = narrowed(&self.until, stage, (&first, &compared(study)?));
        precision::LAYOUT
            .write(
                &study.folder,
                precision::rows(&study.scenario, stage, &differences),
            )
            .map_err(|fault| Failure::disk(&study.folder.display().to_string(), &fault))?;
        Ok(Narrowing {
            stage,
            replications,
            needed,
            differences,
        })
    }

    /// How many pairs are needed cannot be told where a first one has no value.
    fn refuse_unknown(&self, scenario: &Scenario, first: &Comparison) -> Result<(), Failure> {
        for policy in 1..scenario.policies.len() {
            for wish in &self.until {
                let known = first.judged(policy, wish.outcome).pairs;
                if known < scenario.replications {
                    let (outcome, name) =
                        (&OUTCOMES[wish.outcome], &scenario.policies[policy].name);
                    return Err(Failure::Input(format!(
                        "error: --until {0}: the outcome has no value under `{name}` or the baseline in {1} of {2} replications\n\nhint: {0} is {3}",
                        outcome.name,
                        scenario.replications - known,
                        scenario.replications,
                        outcome.meaning
                    )));
                }
            }
        }
        Ok(())
    }

    fn take_apart(&self, name: &str, study: &Study, running: &Running) -> Result<Apart, Failure> {
        let (policy, parts) = self.parts(name, &study.scenario)?;
        let package = Package::new(&study.scenario, policy, parts);
        study.run_plan(&package.plan, running)?;
        let found = package.decompose(&study.store);
        let found = found.map_err(|missing| broken_results(&study.folder, missing.into()))?;
        decomposition::LAYOUT
            .write(
                &study.folder,
                decomposition::rows(name, &package.parts, &found),
            )
            .map_err(|fault| Failure::disk(&study.folder.display().to_string(), &fault))?;
        Ok(Apart {
            name: name.to_owned(),
            runs: package.plan.runs(),
            parts: package.parts,
            found,
        })
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
