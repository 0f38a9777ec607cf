//! Progress on stderr: a bar on a terminal, a plain line now and then elsewhere.

use std::io::{IsTerminal as _, stderr};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::shared::said::say;
use crate::study::observer::{FileUse, Observer, RunsNeeded};

/// Time between plain lines.
const PLAIN_EVERY: Duration = Duration::from_secs(5);

/// How far a study is, for those who sit before it.
pub struct StudyProgress {
    bar: ProgressBar,
    /// When the last plain line was said, where lines are said.
    plain: Option<Mutex<Instant>>,
    quiet: bool,
    verbose: bool,
    /// Months of each run.
    months: AtomicU64,
}

impl StudyProgress {
    /// Progress that is shown unless `quiet`, with the name of every file if `verbose`.
    pub fn new(quiet: bool, verbose: bool) -> Self {
        let terminal = stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let template = "{bar:40} {percent:>3} %  {per_sec} months  {eta} left";
        bar.set_style(ProgressStyle::with_template(template).expect("the template is fixed"));
        if !quiet && terminal {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        Self {
            bar,
            plain: (!quiet && !terminal).then(|| Mutex::new(Instant::now())),
            quiet,
            verbose,
            months: AtomicU64::new(1),
        }
    }

    /// Says a line, unless quiet.
    fn say(&self, line: &str) {
        if !self.quiet {
            self.bar.suspend(|| say(line));
        }
    }
}

impl Observer for StudyProgress {
    fn runs_begin(&self, needed: &RunsNeeded) {
        let RunsNeeded {
            missing,
            months,
            finished,
            ..
        } = *needed;
        if missing > 0 {
            self.say(&format!(
                "{missing} runs of {months} months, {finished} finished before"
            ));
        }
        self.months.store(u64::from(months), Ordering::Relaxed);
        self.bar.reset();
        self.bar.set_length(missing as u64 * u64::from(months));
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
            let months = self.months.load(Ordering::Relaxed).max(1);
            let (done, of) = (done / months, of / months);
            say(&format!("{done} of {of} runs, {left} s left"));
        }
    }

    fn runs_end(&self) {
        self.bar.finish_and_clear();
    }

    fn wave_begins(&self, number: u32, waves: u32) {
        self.say(&format!("wave {number} of {waves}"));
    }

    fn file(&self, how: FileUse, path: &Path) {
        if self.verbose {
            let done = match how {
                FileUse::Read => "read",
                FileUse::Written => "wrote",
            };
            say(&format!("{done} {}", path.display()));
        }
    }

    fn note(&self, line: &str) {
        self.say(line);
    }
}
