//! Progress of the chains on standard error, interruption, and keeping what is finished.

use crate::factors::CorpusFault;
use crate::factors::chain::Chain;
use crate::factors::fit::ChainWatch;
use crate::output::factors::chains::ChainStore;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Time between two lines where standard error is not a terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Shows how far chains have come, and stops them when interrupted.
#[derive(Debug)]
pub struct ChainProgress {
    bar: ProgressBar,
    stopped: &'static AtomicBool,
    begun: Instant,
    swept: AtomicU64,
    taken_up: AtomicU64,
    total: u64,
    last_line: Option<Mutex<Instant>>,
}

impl ChainProgress {
    /// Progress towards `total` words, shown unless `quiet`, until `stopped` is true.
    pub fn new(total: u64, quiet: bool, stopped: &'static AtomicBool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = ProgressBar::new(total);
        bar.set_draw_target(match terminal && !quiet {
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        });
        let template = "{bar:30} {percent:>3} %  {msg}  {eta} left";
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        Self {
            bar,
            stopped,
            begun: Instant::now(),
            swept: AtomicU64::new(0),
            taken_up: AtomicU64::new(0),
            total,
            last_line: (!terminal && !quiet).then(|| Mutex::new(Instant::now())),
        }
    }

    /// Counts the words of chains that were finished before.
    pub fn take_up(&self, words: u64) {
        self.taken_up.fetch_add(words, Ordering::Relaxed);
    }

    fn line(&self, swept: u64, rate: f64) {
        let Some(last) = &self.last_line else { return };
        let Ok(mut last) = last.try_lock() else {
            return;
        };
        if last.elapsed() >= LINE_EVERY {
            *last = Instant::now();
            let share = 100.0 * swept as f64 / self.total as f64;
            let left = (self.total.saturating_sub(swept)) as f64 / rate;
            eprintln!(
                "{share:.0} %  {:.1} million words a second  {left:.0} s left",
                rate / 1e6
            );
        }
    }
}

/// Chains over one model: their progress, and where the finished ones are kept.
#[derive(Debug)]
pub struct KeptChains<'a> {
    /// Progress of the whole command.
    pub progress: &'a ChainProgress,
    /// Finished chains.
    pub store: &'a ChainStore,
}

impl ChainWatch for KeptChains<'_> {
    fn swept(&self, words: usize) -> bool {
        let progress = self.progress;
        let swept = progress.swept.fetch_add(words as u64, Ordering::Relaxed) + words as u64;
        let rate = swept as f64 / progress.begun.elapsed().as_secs_f64();
        let all = swept + progress.taken_up.load(Ordering::Relaxed);
        let message = format!("{:.1} million words a second", rate / 1e6);
        progress.bar.set_position(all);
        progress.bar.set_message(message);
        progress.line(all, rate);
        !progress.stopped.load(Ordering::Relaxed)
    }

    fn finished(&self, number: u64, chains: &[Chain]) -> Result<(), CorpusFault> {
        self.store.keep(number, chains)
    }
}
