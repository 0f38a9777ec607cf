//! Flags that tell how runs are done; none of them changes a result.

use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;

use clap::Args;

use crate::cli::shared::progress::StudyProgress;
use crate::cli::shared::stop::stop_flag;
use crate::study::Options;
use crate::study::runs::runner::RunShard;

/// Flags that tell how runs are done.
#[derive(Debug, Args)]
pub struct RunningFlags {
    /// Write the state of every run to disk each N months: cut off, it goes on from there
    ///
    /// The same command picks a run up at its last checkpoint; the results are the same, to the
    /// last byte. Ctrl-C writes a checkpoint too. Policies then do not share their first months.
    #[arg(long, value_name = "N")]
    pub checkpoint_every: Option<NonZeroU32>,
    /// Run only part I of N of the study; `cogov merge` joins the parts
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<RunShard>,
    #[command(flatten)]
    pub manner: MannerFlags,
}

/// Flags that tell on how many threads a command works and how much it says meanwhile.
#[derive(Debug, Clone, Copy, Args)]
pub struct MannerFlags {
    /// Threads, 1 to 512 [default: all]
    #[arg(long, value_parser = threads)]
    threads: Option<NonZeroUsize>,
    /// No progress
    #[arg(long, short)]
    pub quiet: bool,
    /// Name every file that is read or written
    #[arg(long, short, conflicts_with = "quiet")]
    verbose: bool,
}

impl MannerFlags {
    /// Options of a study in this manner, with the command that was typed.
    pub fn options(self) -> Options {
        Options {
            threads: self.threads,
            observer: Arc::new(StudyProgress::new(self.quiet, self.verbose)),
            stop: Arc::clone(stop_flag("runs")),
            command: std::env::args().skip(1).collect(),
            ..Options::default()
        }
    }
}

fn shard(text: &str) -> Result<RunShard, String> {
    let parts = text.split_once('/');
    let number = |text: &str| text.parse::<usize>().ok();
    match parts.and_then(|(part, of)| Some((number(part)?, number(of)?))) {
        Some((part, of)) if 1 <= part && part <= of => Ok(RunShard { part: part - 1, of }),
        _ => Err("a part as 2/8: from 1/8 to 8/8".into()),
    }
}

/// More threads than any machine has would only be in each other's way.
fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.parse().ok();
    let number = number.filter(|number: &NonZeroUsize| number.get() <= 512);
    number.ok_or_else(|| format!("{text} is not in 1..=512"))
}
