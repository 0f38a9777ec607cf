//! Answers to further questions of a comparison, as people and programs read them.

use serde_json::{Value, json};

use crate::cli::terminal::{blocks, difference, short_name};
use crate::experiment::decomposition::{Decomposition, Parts, Share};
use crate::experiment::statistics::precision::{FirstStage, Narrowed};
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::tables::decomposition::label;
use crate::scenario::Scenario;

/// What was asked and found.
#[derive(Debug, Default)]
pub struct Answers {
    /// Narrow intervals.
    pub narrowing: Option<Narrowing>,
    /// A package in parts.
    pub apart: Option<Apart>,
}

/// Intervals that were to be narrow.
#[derive(Debug)]
pub struct Narrowing {
    /// The first stage.
    pub stage: FirstStage,
    /// Replications in all.
    pub replications: u32,
    /// Replications that would be needed.
    pub needed: u32,
    /// What came of it.
    pub differences: Vec<Narrowed>,
}

/// A package in parts.
#[derive(Debug)]
pub struct Apart {
    /// Name of the policy.
    pub name: String,
    /// Its parts.
    pub parts: Parts,
    /// Runs of subsets of its parts.
    pub runs: usize,
    /// What each contributes.
    pub found: Decomposition,
}

impl Answers {
    /// As people read it.
    pub fn text(&self, scenario: &Scenario) -> String {
        let narrowing = self.narrowing.as_ref().map(|of| of.text(scenario));
        let apart = self.apart.as_ref().map(Apart::text);
        [narrowing, apart].into_iter().flatten().collect()
    }

    /// For programs: precision and decomposition.
    pub fn json(&self, scenario: &Scenario) -> [Option<Value>; 2] {
        let narrowing = self.narrowing.as_ref().map(|of| of.json(scenario));
        [narrowing, self.apart.as_ref().map(Apart::json)]
    }

    /// Why not all that was asked for was done, if it was not.
    pub fn stopped(&self) -> Option<String> {
        let of = self.narrowing.as_ref()?;
        (of.replications < of.needed).then(|| {
            format!(
                "stopped at {} replications, {} would be needed for --until\n\nhint: raise --most; what was run is kept",
                of.replications, of.needed
            )
        })
    }
}

impl Narrowing {
    fn text(&self, scenario: &Scenario) -> String {
        let header = ["policy", "outcome", "difference", "wanted", "pairs needed"];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        rows.extend(self.differences.iter().map(|of| {
            vec![
                scenario.policies[of.policy].name.clone(),
                OUTCOMES[of.wish.outcome].name.to_owned(),
                difference(of.effect.difference, of.half_width),
                format!("±{}", of.wish.half_width),
                of.needed.to_string(),
            ]
        }));
        format!(
            "\n--until: {} replications in the first stage, {} in all\n\n{}\nThese intervals hold all together with 95 % confidence and are never narrower than was wanted, which is what the first stage promised; those of the table above hold each for itself.\n",
            self.stage.pairs,
            self.replications,
            blocks(&rows)
        )
    }

    fn json(&self, scenario: &Scenario) -> Value {
        let differences = self.differences.iter().map(|of| {
            let (mean, half) = (of.effect.difference, of.half_width);
            json!({
                "policy": scenario.policies[of.policy].name,
                "outcome": OUTCOMES[of.wish.outcome].name,
                "wanted_half_width": of.wish.half_width,
                "needed_pairs": of.needed,
                "n_pairs": of.effect.pairs,
                "half_width": half,
                "mean_difference": mean,
                "ci_low": mean - half,
                "ci_high": mean + half,
            })
        });
        json!({
            "first_stage_pairs": self.stage.pairs,
            "replications": self.replications,
            "needed": self.needed,
            "reached": self.replications >= self.needed,
            "differences": differences.collect::<Vec<_>>(),
        })
    }
}

impl Apart {
    fn text(&self) -> String {
        let mains = main_outcomes();
        let mut header = vec!["part".to_owned()];
        header.extend(mains.iter().map(|o| short_name(OUTCOMES[*o].name)));
        let mut rows = vec![header];
        let cell = |wanted: Share, outcome: usize| {
            let mut rows = self.found.rows();
            let row = rows.find(|(o, share, _)| *o == outcome && *share == wanted);
            row.map_or_else(String::new, |(.., effect)| {
                difference(effect.difference, effect.high - effect.difference)
            })
        };
        let parts = self.parts.parts.iter().enumerate();
        let shares = parts.map(|(i, (name, _))| (name.as_str(), Share::Shapley(i)));
        for (part, share) in shares.chain([("all", Share::Total)]) {
            let cells = (0..mains.len()).map(|outcome| cell(share, outcome));
            rows.push(std::iter::once(part.to_owned()).chain(cells).collect());
        }
        format!(
            "\nWhat the parts of {} contribute, from {} runs (Shapley values, ± half the 95 % interval)\n\n{}",
            self.name,
            self.runs,
            blocks(&rows)
        )
    }

    fn json(&self) -> Value {
        let mains = main_outcomes();
        let rows = self.found.rows().map(|(outcome, share, effect)| {
            let (contribution, part, partner) = label(&self.parts, share);
            json!({
                "outcome": OUTCOMES[mains[outcome]].name,
                "contribution": contribution,
                "part": part,
                "partner": partner,
                "value": effect.difference,
                "ci_low": effect.low,
                "ci_high": effect.high,
            })
        });
        json!({ "policy": self.name, "runs": self.runs, "rows": rows.collect::<Vec<_>>() })
    }
}
