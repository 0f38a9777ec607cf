//! `cogov factors CORPUS`: policy texts to a factor table.

use super::factors_input::{Input, quality_of};
use super::progress::Progress;
use crate::factors::Fault;
use crate::factors::chain::{Chain, Settings};
use crate::factors::model::{self, Model};
use crate::factors::report::Report;
use crate::output::{chains::Store, counts, factors};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Turn policy texts into a table of policy factors by region
#[derive(Debug, Args)]
pub struct Factors {
    /// Folder of texts, or of counts written by --counts
    corpus: PathBuf,
    /// The table; its quality and topics are written beside it
    #[arg(long, value_name = "FILE", default_value = "factors.csv")]
    out: PathBuf,
    /// Also write the counts of words, from which the table can be made without the texts
    #[arg(long, value_name = "DIR")]
    counts: Option<PathBuf>,
    #[command(flatten)]
    input: Input,
    /// Free topics, for what is about none of the factors
    #[arg(long, default_value_t = 9)]
    topics: usize,
    /// Number of chains
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(2..))]
    chains: u64,
    /// Sweeps of each chain before its first sample
    #[arg(long, default_value_t = 300)]
    burn_in: u32,
    /// Samples of each chain
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    samples: u32,
    /// Sweeps between samples
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    spacing: u32,
    /// Seed of all chains
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Worker threads; the result does not depend on them
    #[arg(long)]
    threads: Option<usize>,
    /// Go on from the finished chains of the same command
    #[arg(long)]
    resume: bool,
    /// No progress, no notes
    #[arg(long)]
    quiet: bool,
}

impl Factors {
    /// Makes the table.
    ///
    /// # Errors
    /// Wrong input, files that cannot be read or written, interruption.
    pub fn run(&self) -> Result<(), Fault> {
        let framework = self.input.framework()?;
        let regions = self.input.regions()?;
        let (bags, mut notes) = self
            .input
            .counts(&self.corpus, &framework, &regions.codes)?;
        let models = bags.into_iter();
        let models = models.map(|(l, bag)| Model::new(l, bag, &framework, self.topics));
        let (models, small) = model::large_enough(models.collect())?;
        notes.extend(small);
        notes.extend(quality_of(&models, &regions.codes));
        if !self.quiet {
            notes.iter().for_each(|note| eprintln!("{note}"));
        }
        let (chains, store) = self.chains(&models)?;
        let report = Report::new(&models, &chains, &framework, &regions.codes, &regions.index);
        if let Some(folder) = &self.counts {
            for model in &models {
                counts::write(folder, model.language, &model.bag)?;
            }
        }
        factors::write(&self.out, &framework, &regions.codes, &report)?;
        store.clear()
    }

    fn settings(&self) -> Settings {
        Settings {
            seed: self.seed,
            burn_in: self.burn_in,
            samples: self.samples,
            spacing: self.spacing,
            shards: 1,
            alpha: 0.1,
        }
    }

    /// All chains, taken from the store where they are finished.
    fn chains(&self, models: &[Model]) -> Result<(Vec<Vec<Chain>>, Store), Fault> {
        let settings = self.settings();
        let store = Store::beside(&self.out, models, &settings);
        if !self.resume {
            store.clear()?;
        }
        let kept: Vec<Option<Vec<Chain>>> = (0..self.chains).map(|n| store.take(n)).collect();
        let missing: Vec<u64> = (0..self.chains)
            .filter(|n| kept[*n as usize].is_none())
            .collect();
        let words: usize = models.iter().map(|m| m.bag.tokens().len()).sum();
        let total = (words * missing.len()) as u64 * u64::from(settings.sweeps());
        let stopped = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&stopped);
        let handler = ctrlc::try_set_handler(move || heard.store(true, Ordering::Relaxed));
        handler.map_err(|e| Fault::File(format!("cannot listen for Ctrl-C: {e}")))?;
        let progress = Progress::new(total, self.quiet, Some(store.clone()), stopped);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads.unwrap_or(0));
        let pool = pool
            .build()
            .map_err(|e| Fault::input(format!("cannot start worker threads: {e}")))?;
        let mut made = pool
            .install(|| model::run(models, &settings, &missing, &progress))?
            .into_iter();
        let all = kept.into_iter().map(|chain| chain.or_else(|| made.next()));
        Ok((all.flatten().collect(), store))
    }
}
