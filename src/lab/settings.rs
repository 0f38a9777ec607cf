//! What stands under the levers, and the steps back and forth.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::intervention::Policy;
use crate::scenario::Loaded;

/// Policies beside the baseline: A to D.
pub const MOST_POLICIES: usize = 4;
/// Most pairs that the page runs; `cogov compare` has no such limit.
pub const MOST_PAIRS: u32 = 1000;
/// Steps that can be undone.
const MOST_STEPS: usize = 200;

/// What stands under the levers.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LabSettings {
    /// Title of the scenario.
    pub name: String,
    /// Policies A to D.
    pub policies: Vec<Policy>,
    /// Assumptions that differ from the scenario, by full name.
    pub values: BTreeMap<String, f64>,
    /// Replications: pairs of each policy with the baseline, in each world where there are worlds.
    pub pairs: u32,
    /// Plausible worlds; 0 for the scenario's own values alone.
    pub worlds: u32,
}

impl LabSettings {
    /// As the scenario has them; of more than four policies the first three, so that one can be added.
    pub fn of(loaded: &Loaded) -> Self {
        let scenario = &loaded.scenario;
        let worlds = scenario.ensemble.as_ref().map_or(0, |of| of.worlds.len());
        let found = scenario.policies.len() - 1;
        let shown = if found > MOST_POLICIES {
            MOST_POLICIES - 1
        } else {
            found
        };
        let policies = scenario.policies.iter().skip(1).take(shown);
        Self {
            name: scenario.name.clone(),
            policies: policies.cloned().collect(),
            values: BTreeMap::new(),
            pairs: scenario.replications.min(MOST_PAIRS),
            worlds: worlds as u32,
        }
    }

    /// Why they are refused before anything is read, if they are.
    pub fn refused(&self) -> Option<String> {
        let (policies, pairs) = (self.policies.len(), self.pairs);
        if policies > MOST_POLICIES {
            return Some(format!(
                "the page compares at most {MOST_POLICIES} policies, found {policies}"
            ));
        }
        if pairs == 0 || pairs > MOST_PAIRS {
            return Some(format!(
                "the page runs from 1 to {MOST_PAIRS} pairs, found {pairs}; `cogov compare` runs more"
            ));
        }
        let long = |text: &str| text.len() > 200;
        let names = self.policies.iter().map(|policy| policy.name.as_str());
        if names.chain([self.name.as_str()]).any(long) {
            return Some("a name may have up to 200 letters".into());
        }
        None
    }
}

/// Settings as they stand, as they stood, and as they stood before steps back.
#[derive(Debug, Clone)]
pub struct Steps {
    past: Vec<LabSettings>,
    now: LabSettings,
    future: Vec<LabSettings>,
}

impl Steps {
    /// Settings to begin with.
    pub fn from(now: LabSettings) -> Self {
        Self {
            past: Vec::new(),
            now,
            future: Vec::new(),
        }
    }

    /// The settings as they stand.
    pub fn now(&self) -> &LabSettings {
        &self.now
    }

    /// A step: these settings stand now.
    pub fn go(&mut self, settings: LabSettings) {
        if settings == self.now {
            return;
        }
        self.past.push(std::mem::replace(&mut self.now, settings));
        self.future.clear();
        if self.past.len() > MOST_STEPS {
            self.past.remove(0);
        }
    }

    /// A step back; false where there is none.
    pub fn undo(&mut self) -> bool {
        let last = self.past.pop();
        let last = last.map(|last| std::mem::replace(&mut self.now, last));
        last.map(|last| self.future.push(last)).is_some()
    }

    /// A step forth again; false where there is none.
    pub fn redo(&mut self) -> bool {
        let next = self.future.pop();
        let next = next.map(|next| std::mem::replace(&mut self.now, next));
        next.map(|next| self.past.push(next)).is_some()
    }

    /// How many steps lead back, and how many forth.
    pub fn count(&self) -> [usize; 2] {
        [self.past.len(), self.future.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(pairs: u32) -> LabSettings {
        LabSettings {
            name: "a".into(),
            policies: Vec::new(),
            values: BTreeMap::new(),
            pairs,
            worlds: 0,
        }
    }

    #[test]
    fn steps_lead_back_and_forth_until_a_new_one_is_made() {
        let mut steps = Steps::from(settings(1));
        assert!(!steps.undo() && !steps.redo());
        steps.go(settings(2));
        steps.go(settings(2));
        steps.go(settings(3));
        assert_eq!(steps.count(), [2, 0]);
        assert!(steps.undo() && steps.now().pairs == 2);
        assert!(steps.undo() && steps.now().pairs == 1 && !steps.undo());
        assert!(steps.redo() && steps.now().pairs == 2);
        steps.go(settings(9));
        assert_eq!((steps.count(), steps.redo()), ([2, 0], false));
    }

    #[test]
    fn what_no_page_could_run_is_refused_in_a_sentence() {
        assert_eq!(settings(30).refused(), None);
        assert!(
            settings(1_000_000_000)
                .refused()
                .unwrap()
                .contains("from 1 to 1000 pairs")
        );
        assert!(settings(0).refused().is_some());
    }
}
