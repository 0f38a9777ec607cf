//! Answers to further questions of a comparison, as people and programs read them.

use serde_json::{Value, json};

use crate::cli::shared::numbers::{difference, short_name};
use crate::cli::shared::terminal::blocks;
use crate::experiment::decomposition::Share;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::tables::decomposition::label;
use crate::scenario::Scenario;
use crate::study::decompose::Contributions;
use crate::study::narrow::Narrowing;

/// Why not all that was wanted of intervals was done, if it was not.
pub fn stopped(narrowing: &Narrowing) -> Option<String> {
    (!narrowing.is_reached()).then(|| {
        format!(
            "stopped at {} replications, {} would be needed for --until\n\nhint: raise --most; what was run is kept",
            narrowing.replications, narrowing.needed
        )
    })
}

/// Intervals that were to be narrow, as people read them.
pub fn narrowing(narrowing: &Narrowing, scenario: &Scenario) -> String {
    let header = ["policy", "outcome", "difference", "wanted", "pairs needed"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.extend(narrowing.differences.iter().map(|of| {
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
        narrowing.stage.pairs / narrowing.stage.worlds,
        narrowing.replications,
        blocks(&rows)
    )
}

/// The same for programs.
pub fn narrowing_json(narrowing: &Narrowing, scenario: &Scenario) -> Value {
    let differences = narrowing.differences.iter().map(|of| {
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
        "first_stage_pairs": narrowing.stage.pairs,
        "replications": narrowing.replications,
        "needed": narrowing.needed,
        "reached": narrowing.is_reached(),
        "differences": differences.collect::<Vec<_>>(),
    })
}

/// What the parts of a policy contribute, as people read it.
pub fn contributions(of: &Contributions) -> String {
    let mains = main_outcomes();
    let mut header = vec!["part".to_owned()];
    header.extend(mains.iter().map(|o| short_name(OUTCOMES[*o].name)));
    let mut rows = vec![header];
    let cell = |wanted: Share, main: usize| {
        let share = of.share(main, wanted);
        share.map_or_else(String::new, |effect| {
            difference(effect.difference, effect.high - effect.difference)
        })
    };
    let parts = of.parts.parts.iter().enumerate();
    let shares = parts.map(|(i, (name, _))| (name.as_str(), Share::Shapley(i)));
    for (part, share) in shares.chain([("all", Share::Total)]) {
        let cells = (0..mains.len()).map(|outcome| cell(share, outcome));
        rows.push(std::iter::once(part.to_owned()).chain(cells).collect());
    }
    format!(
        "\nWhat the parts of {} contribute, from {} runs (Shapley values, ± half the 95 % interval)\n\n{}",
        of.policy,
        of.runs,
        blocks(&rows)
    )
}

/// The same for programs.
pub fn contributions_json(of: &Contributions) -> Value {
    let mains = main_outcomes();
    let rows = of.shares.rows().map(|(outcome, share, effect)| {
        let (contribution, part, partner) = label(&of.parts, share);
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
    json!({ "policy": of.policy, "runs": of.runs, "rows": rows.collect::<Vec<_>>() })
}
