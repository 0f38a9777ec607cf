//! Progress on stderr: a bar on a terminal, a plain line now and then elsewhere.

use std::io::{IsTerminal as _, stderr};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::experiment::runs::runner::Watch;

/// Time between plain lines.
const PLAIN_EVERY: Duration = Duration::from_secs(5);

/// How far the runs are.
pub struct Progress {
    bar: ProgressBar,
    plain: Option<Mutex<Instant>>,
    quiet: bool,
    months: u64,
}

impl Progress {
    /// Progress over `runs` runs of `months` months.
    pub fn new(runs: usize, months: u32, quiet: bool) -> Self {
        let terminal = stderr().is_terminal();
        let bar = ProgressBar::new(runs as u64 * u64::from(months));
        let hidden = quiet || !terminal;
        if hidden {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let template = "{bar:40} {percent:>3} %  {per_sec} months  {eta} left";
        bar.set_style(ProgressStyle::with_template(template).expect("the template is fixed"));
        Self {
            bar,
            plain: (!quiet && !terminal).then(|| Mutex::new(Instant::now())),
            quiet,
            months: u64::from(months),
        }
    }

    /// Says a line, unless quiet.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            eprintln!("{line}");
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Progress {
    fn note(&self, line: &str) {
        self.bar.suspend(|| self.say(line));
    }

    fn months_done(&self, months: u32) {
        self.bar.inc(u64::from(months));
        let Some(last) = &self.plain else { return };
        let Ok(mut last) = last.try_lock() else {
            return;
        };
        if last.elapsed() >= PLAIN_EVERY {
            *last = Instant::now();
            let (done, of) = (self.bar.position(), self.bar.length().unwrap_or(0));
            let left = self.bar.eta().as_secs();
            let months = self.months;
            eprintln!("{} of {} runs, {left} s left", done / months, of / months);
        }
    }
}
