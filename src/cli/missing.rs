//! Running what is missing of a study, with progress, until it is done or Ctrl-C is pressed.

use std::num::{NonZero, NonZeroU32};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use clap::Args;
use clap::builder::RangedU64ValueParser;

use crate::cli::Failure;
use crate::cli::progress::Progress;
use crate::experiment::runs::plan::Plan;
use crate::experiment::runs::runner::{Ended, Hands, Shard, run_missing};
use crate::experiment::runs::store::Store;

/// Flags that tell how runs are done; none of them changes a result.
#[derive(Debug, Args)]
pub struct How {
    /// Write the state of every run to disk each N months: cut off, it goes on from there
    ///
    /// The same command picks a run up at its last checkpoint; the results are the same, to the
    /// last byte. Ctrl-C writes a checkpoint too. Policies then do not share their first months.
    #[arg(long, value_name = "N")]
    checkpoint_every: Option<NonZeroU32>,
    /// Run only part I of N of the study; `cogov merge` joins the parts
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<Shard>,
    #[command(flatten)]
    pub manner: Manner,
}

/// Flags that tell on how many threads a command works and how much it says meanwhile.
#[derive(Debug, Clone, Copy, Args)]
pub struct Manner {
    /// Threads, 1 to 512 [default: all]
    #[arg(long, value_parser = thread_count())]
    threads: Option<usize>,
    /// No progress
    #[arg(long, short)]
    pub quiet: bool,
    /// Name every file that is read or written
    #[arg(long, short, conflicts_with = "quiet")]
    verbose: bool,
}

impl Manner {
    /// Threads to work on.
    pub fn threads(self) -> usize {
        self.threads.unwrap_or_else(all_threads)
    }

    /// Says a line to those who want every detail.
    pub fn detail(self, line: &str) {
        if self.verbose {
            eprintln!("{line}");
        }
    }
}

fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/');
    let number = |text: &str| text.parse::<usize>().ok();
    match parts.and_then(|(part, of)| Some((number(part)?, number(of)?))) {
        Some((part, of)) if 1 <= part && part <= of => Ok(Shard { part: part - 1, of }),
        _ => Err("a part as 2/8: from 1/8 to 8/8".into()),
    }
}

static STOP: AtomicBool = AtomicBool::new(false);
static PRESSED: AtomicU32 = AtomicU32::new(0);

/// What is set when somebody presses Ctrl-C: the first ends work in flight and keeps what is finished
/// (`kept`), the second ends at once.
pub fn stop_flag(kept: &'static str) -> &'static AtomicBool {
    let _ = ctrlc::set_handler(move || {
        if PRESSED.fetch_add(1, Ordering::Relaxed) > 0 {
            std::process::exit(130);
        }
        STOP.store(true, Ordering::Relaxed);
        eprintln!("\nstopping; finished {kept} are kept (Ctrl-C again ends at once)");
    });
    &STOP
}

impl How {
    /// Runs what `store` lacks of `plan`.
    pub fn run_missing(&self, plan: &Plan, store: &Store) -> Result<(), Failure> {
        let stop = stop_flag("runs");
        let shard = self.shard.unwrap_or(Shard::WHOLE);
        let (mut all, mut missing) = (0, 0);
        for job in shard.groups(plan).flat_map(|group| group.jobs) {
            all += 1;
            missing += usize::from(!store.has(&job));
        }
        let months = plan.scenario().months;
        let hands = Hands {
            threads: self.manner.threads(),
            checkpoint_every: self.checkpoint_every.map(NonZero::get),
        };
        let progress = Progress::new(missing, months, self.manner.quiet);
        if missing > 0 {
            let finished = all - missing;
            progress.say(&format!(
                "{missing} runs of {months} months, {finished} finished before"
            ));
        }
        let ended = run_missing(plan, shard, store, hands, (stop, &progress));
        progress.finish();
        let needed = missing as u64 * u64::from(months);
        outcome(ended, needed, &progress)
    }
}

/// What the end of the runs means for the user; `needed` months were missing.
fn outcome(ended: Ended, needed: u64, progress: &Progress) -> Result<(), Failure> {
    match ended {
        Ended::Complete { shared } => {
            if shared > 0 {
                let share = 100.0 * shared as f64 / needed as f64;
                progress.say(&format!("months before the first measure were run once for all policies: {share:.0} % of the months saved"));
            }
            Ok(())
        }
        Ended::Interrupted => Err(interrupted()),
        Ended::Failed(fault) => Err(Failure::disk("a finished run could not be kept", &fault)),
    }
}

/// More threads than any machine has would only be in each other's way.
fn thread_count() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..=512)
}

/// Says how an interrupted study goes on.
pub fn interrupted() -> Failure {
    eprintln!("interrupted; the same command goes on where it stopped");
    Failure::Interrupted
}

/// Threads of this machine.
fn all_threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}
