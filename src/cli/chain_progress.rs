//! Progress of the chains on standard error, interruption, and keeping what is finished.

use crate::factors::Fault;
use crate::factors::chain::Chain;
use crate::factors::model::Watch;
use crate::output::chains::Store;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Time between two lines where standard error is not a terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Follows chains: shows their progress, keeps the finished ones, stops when interrupted.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    store: Option<Store>,
    stopped: Arc<AtomicBool>,
    begun: Instant,
    swept: AtomicU64,
    total: u64,
    last_line: Option<Mutex<Instant>>,
}

impl Progress {
    /// Progress towards `total` words, shown unless `quiet`; chains are kept in `store`.
    pub fn new(total: u64, quiet: bool, store: Option<Store>, stopped: Arc<AtomicBool>) -> Self {
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
            store,
            stopped,
            begun: Instant::now(),
            swept: AtomicU64::new(0),
            total,
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
            let share = 100.0 * swept as f64 / self.total as f64;
            let left = (self.total.saturating_sub(swept)) as f64 / rate;
            eprintln!(
                "{share:.0} %  {:.1} million words a second  {left:.0} s left",
                rate / 1e6
            );
        }
    }
}

impl Watch for Progress {
    fn swept(&self, words: usize) -> bool {
        let swept = self.swept.fetch_add(words as u64, Ordering::Relaxed) + words as u64;
        let rate = swept as f64 / self.begun.elapsed().as_secs_f64();
        self.bar.set_position(swept);
        self.bar
            .set_message(format!("{:.1} million words a second", rate / 1e6));
        self.line(swept, rate);
        !self.stopped.load(Ordering::Relaxed)
    }

    fn finished(&self, number: u64, chains: &[Chain]) -> Result<(), Fault> {
        self.store
            .as_ref()
            .map_or(Ok(()), |s| s.keep(number, chains))
    }
}
