//! One open page: what it asks, and what it is told.
//!
//! A page sends settings whole, never a difference, so that what stands on it and what is run cannot part.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::lab::bench::bench;
use crate::lab::job::{Bell, RunningJob, Workshop};
use crate::lab::opened::Opened;
use crate::lab::price::prices;
use crate::lab::settings::{LabSettings, Steps};
use crate::lab::view::{Looking, numbers};
use crate::scenario::Loaded;
use crate::scenario::reading::fault::Faults;

/// What a page can ask.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case", deny_unknown_fields)]
enum Asked {
    /// These settings stand now.
    Set {
        /// The settings, whole.
        settings: LabSettings,
    },
    /// A step back.
    Undo,
    /// A step forth.
    Redo,
    /// The scenario as it was opened.
    Reset,
    /// Nothing is run until it is let go.
    Hold {
        /// Whether it is held.
        on: bool,
    },
    /// Something else is looked at.
    Look {
        /// What.
        looking: Looking,
    },
    /// A scenario takes the place of the one that is open.
    Open {
        /// Its TOML.
        text: String,
    },
    /// Results are to be written.
    Write,
    /// What was told last is drawn; there is time for more.
    Ready,
}

/// Why a page that only looks refuses what is asked.
const READ_ONLY: &str =
    "this page looks at finished runs and changes nothing; `cogov lab` without --read-only does";

/// One open page.
pub struct Session {
    opened: Arc<Opened>,
    steps: Steps,
    toml: String,
    looking: Looking,
    hold: bool,
    ready: bool,
    job: Option<RunningJob>,
    /// Version of the findings that were told last, and how they were looked at.
    told: Option<(u64, Looking)>,
    workshop: Workshop,
    bell: Bell,
}

impl Session {
    /// A page that has just been opened; `bell` rings when there is something new.
    pub fn new(opened: Arc<Opened>, workshop: Workshop, bell: Bell) -> Self {
        Self {
            steps: Steps::from(LabSettings::of(&opened.loaded)),
            opened,
            toml: String::new(),
            looking: Looking::default(),
            hold: false,
            ready: true,
            job: None,
            told: None,
            workshop: workshop.with_own_hands(),
            bell,
        }
    }

    /// What a page is told first: the scenario and its levers.
    pub fn greet(&mut self) -> Vec<Value> {
        let mut first = bench(&self.opened);
        first["read_only"] = self.workshop.read_only.into();
        let mut told = vec![first];
        told.extend(self.stand());
        told
    }

    /// What `text` of the page brings about, and what it is told.
    pub fn hear(&mut self, text: &str) -> Vec<Value> {
        match serde_json::from_str(text) {
            Ok(asked) => self.answer(asked),
            Err(fault) => vec![refused(&format!(
                "the page asked what makes no sense: {fault}"
            ))],
        }
    }

    fn answer(&mut self, asked: Asked) -> Vec<Value> {
        let looks = matches!(asked, Asked::Look { .. } | Asked::Ready);
        if self.workshop.read_only && !looks {
            return vec![refused(READ_ONLY)];
        }
        match asked {
            Asked::Set { settings } => return self.set(settings),
            Asked::Reset => return self.set(LabSettings::of(&self.opened.loaded)),
            Asked::Open { text } => return self.open(text),
            Asked::Write => return self.write(),
            Asked::Look { looking } => {
                self.looking = looking;
                return Vec::new();
            }
            Asked::Ready => {
                self.ready = true;
                return Vec::new();
            }
            Asked::Undo => _ = self.steps.undo(),
            Asked::Redo => _ = self.steps.redo(),
            Asked::Hold { on } => self.hold = on,
        }
        self.stand()
    }

    fn set(&mut self, settings: LabSettings) -> Vec<Value> {
        match self.opened.understood(&settings) {
            Err(faults) => vec![faulty(&faults)],
            Ok(understood) => {
                self.steps.go(settings);
                self.stand_so(understood)
            }
        }
    }

    fn open(&mut self, text: String) -> Vec<Value> {
        match self.opened.dropped(text) {
            Err(faults) => vec![faulty(&faults)],
            Ok(opened) => {
                self.steps = Steps::from(LabSettings::of(&opened.loaded));
                self.opened = Arc::new(opened);
                self.greet()
            }
        }
    }

    /// Tells how everything stands, and runs it.
    fn stand(&mut self) -> Vec<Value> {
        match self.opened.understood(self.steps.now()) {
            Err(faults) => vec![faulty(&faults)],
            Ok(understood) => self.stand_so(understood),
        }
    }

    /// The same of the scenario that settings were understood as; it is run unless it is held.
    fn stand_so(&mut self, (toml, loaded): (String, Loaded)) -> Vec<Value> {
        self.toml = toml;
        let state = self.state(&loaded);
        if !self.hold {
            self.begin(loaded, false);
        }
        vec![state]
    }

    fn write(&mut self) -> Vec<Value> {
        match self.opened.understood(self.steps.now()) {
            Err(faults) => vec![faulty(&faults)],
            Ok((_, loaded)) => {
                self.begin(loaded, true);
                Vec::new()
            }
        }
    }

    fn begin(&mut self, loaded: Loaded, written: bool) {
        let (before, bell) = (self.job.take(), Arc::clone(&self.bell));
        let job = RunningJob::begin(loaded, &self.workshop, before, bell, written);
        self.job = Some(job);
        self.told = None;
    }

    fn state(&self, loaded: &Loaded) -> Value {
        let settings = self.steps.now();
        let warnings = loaded.warnings.iter().map(ToString::to_string);
        let prices: Vec<_> = settings
            .policies
            .iter()
            .map(|policy| prices(policy, &self.opened))
            .collect();
        let [undo, redo] = self.steps.count();
        json!({
            "kind": "state", "settings": settings, "toml": self.toml, "prices": prices,
            "warnings": warnings.collect::<Vec<_>>(), "undo": undo, "redo": redo, "hold": self.hold,
        })
    }

    /// What is new of the runs since it was told last, if anything is.
    pub fn news(&mut self) -> Option<Value> {
        if !self.ready {
            return None;
        }
        let findings = self.job.as_ref()?.findings();
        let now = (findings.version, self.looking);
        if self.told == Some(now) {
            return None;
        }
        let told = numbers(&findings, self.looking);
        drop(findings);
        self.told = Some(now);
        self.ready = false;
        Some(told)
    }
}

/// A sentence why something was refused.
pub fn refused(why: &str) -> Value {
    json!({ "kind": "refused", "why": [why] })
}

fn faulty(faults: &Faults) -> Value {
    let why: Vec<String> = faults.iter().map(ToString::to_string).collect();
    json!({ "kind": "refused", "why": why })
}
