//! Numbers and figures of what is looked at, as the page draws them.

mod band;
mod drawn;
mod told;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::lab::job::{LiveFindings, Progress};
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::report::ReaderLanguage;
use crate::output::report::words::ReportWords;
use band::LiveView;

/// What a page looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Looking {
    /// Position of the outcome.
    pub outcome: usize,
    /// Position of the policy, the baseline being 0.
    pub policy: usize,
    /// The one that it is held against.
    pub against: usize,
    /// Position of the period of the maps: 0 for the last 12 months, then years.
    pub period: usize,
    /// Whether the reader's language is Chinese.
    pub chinese: bool,
}

impl Default for Looking {
    fn default() -> Self {
        Self {
            outcome: main_outcomes()[0],
            policy: 1,
            against: 0,
            period: 0,
            chinese: false,
        }
    }
}

impl Looking {
    /// The same with every position one that is there.
    pub fn within(self, policies: usize, periods: usize) -> Self {
        let last = policies.saturating_sub(1);
        Self {
            outcome: self.outcome.min(OUTCOMES.len() - 1),
            policy: self.policy.min(last),
            against: self.against.min(last),
            period: if self.period < periods {
                self.period
            } else {
                0
            },
            ..self
        }
    }

    /// The words of the reader.
    pub fn words(self, currency: &str) -> ReportWords {
        let language = match self.chinese {
            true => ReaderLanguage::Chinese,
            false => ReaderLanguage::English,
        };
        language.words().in_currency(currency)
    }
}

/// What is sent of `findings` to a page that is looking so.
pub fn numbers(findings: &LiveFindings, looking: Looking) -> Value {
    let scenario = &findings.scenario;
    let looking = looking.within(
        scenario.policies.len(),
        findings.agents.kept().periods.len(),
    );
    let words = looking.words(&scenario.geography.nation.currency);
    let shown = LiveView {
        findings,
        looking,
        words: &words,
    };
    let failed = match &findings.progress {
        Progress::Failed(why) => Some(why),
        _ => None,
    };
    json!({
        "kind": "numbers",
        "looking": looking,
        "actors": shown.actors_name(),
        "band": shown.band_name(),
        "pairs": [findings.cohorts.pairs(), findings.agents.pairs(), shown.wanted()],
        "done": matches!(findings.progress, Progress::Done | Progress::Written),
        "written": findings.progress == Progress::Written,
        "failed": failed,
        "headline": told::headline(&shown),
        "effects": told::effects(&shown),
        "between": told::between(&shown),
        "money": told::money(&shown),
        "unfold": drawn::unfolds(&shown),
        "maps": drawn::maps(&shown),
        "cost": drawn::costs(&shown),
    })
}
