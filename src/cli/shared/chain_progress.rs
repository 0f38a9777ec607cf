//! Progress of chains on stderr: a bar on a terminal, a plain line now and then elsewhere.

use std::io::{IsTerminal as _, stderr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::shared::said::say;
use crate::study::factors::ChainObserver;

/// Time between two lines where standard error is not a terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// How far chains have come, for those who sit before them.
pub struct ChainProgress {
    bar: ProgressBar,
    quiet: bool,
    begun: Instant,
    swept: AtomicU64,
    taken_up: AtomicU64,
    /// When the last plain line was said, where lines are said.
    last_line: Option<Mutex<Instant>>,
}

impl ChainProgress {
    /// Progress that is shown unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        let terminal = stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let template = "{bar:30} {percent:>3} %  {msg}  {eta} left";
        bar.set_style(ProgressStyle::with_template(template).expect("the template is fixed"));
        if terminal && !quiet {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        Self {
            bar,
            quiet,
            begun: Instant::now(),
            swept: AtomicU64::new(0),
            taken_up: AtomicU64::new(0),
            last_line: (!terminal && !quiet).then(|| Mutex::new(Instant::now())),
        }
    }

    fn line(&self, swept: u64, rate: f64) {
        let Some(last) = &self.last_line else { return };
        let Ok(mut last) = last.try_lock() else {
            return;
        };
        if last.elapsed() >= LINE_EVERY {
            *last = Instant::now();
            let total = self.bar.length().unwrap_or(0);
            let share = 100.0 * swept as f64 / total as f64;
            let left = (total.saturating_sub(swept)) as f64 / rate;
            let rate = rate / 1e6;
            say(&format!(
                "{share:.0} %  {rate:.1} million words a second  {left:.0} s left"
            ));
        }
    }
}

impl ChainObserver for ChainProgress {
    fn chains_begin(&self, words: u64) {
        self.bar.set_length(words);
    }

    fn taken_up(&self, words: u64) {
        self.taken_up.fetch_add(words, Ordering::Relaxed);
    }

    fn swept(&self, words: u64) {
        let swept = self.swept.fetch_add(words, Ordering::Relaxed) + words;
        let rate = swept as f64 / self.begun.elapsed().as_secs_f64();
        let all = swept + self.taken_up.load(Ordering::Relaxed);
        self.bar.set_position(all);
        self.bar
            .set_message(format!("{:.1} million words a second", rate / 1e6));
        self.line(all, rate);
    }

    fn chain_note(&self, line: &str) {
        if !self.quiet {
            self.bar.suspend(|| say(line));
        }
    }
}
