//! `cogov factors CORPUS`: policy texts to a factor table.

use super::factors_chains::Chains;
use super::factors_input::{Input, Regions, notes_on};
use crate::factors::model::{self, Model};
use crate::factors::report::Report;
use crate::factors::{Fault, Framework};
use crate::output::{counts, factors};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Turn policy texts into a table of policy factors by region
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub struct Factors {
    /// Folder of texts, or of counts written by --counts
    corpus: PathBuf,
    /// The table; its quality, topics and keywords are written beside it
    #[arg(
        long,
        value_name = "FILE",
        default_value = "results/factors/factors.csv"
    )]
    out: PathBuf,
    /// Also write the counts of words, from which the table can be made without the texts
    #[arg(long, value_name = "DIR")]
    counts: Option<PathBuf>,
    /// Anchored topics for the table, or plain ones to explore a corpus
    #[arg(long, value_enum, default_value = "keyatm")]
    method: Method,
    /// Free topics beside the anchored ones
    #[arg(long, default_value_t = 9)]
    topics: usize,
    /// With --method lda: numbers of topics to choose from
    #[arg(long, value_delimiter = ',', default_values_t = [10, 20, 30, 40, 60])]
    sizes: Vec<usize>,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    chains: Chains,
}

/// The model of topics.
#[derive(Debug, Clone, Copy, PartialEq, ValueEnum)]
enum Method {
    /// Keyword-assisted topics, one for each factor
    Keyatm,
    /// Latent Dirichlet allocation, the number of topics chosen from --sizes
    Lda,
}

impl Factors {
    /// Makes the table, or explores.
    ///
    /// # Errors
    /// Wrong input, files that cannot be read or written, interruption.
    pub fn run(&self) -> Result<(), Fault> {
        let framework = self.input.framework()?;
        let regions = self.input.regions()?;
        let (bags, notes) = self
            .input
            .counts(&self.corpus, &framework, &regions.codes)?;
        self.say(&notes);
        if let Some(folder) = &self.counts {
            for (language, bag) in &bags {
                counts::write(folder, *language, bag)?;
            }
        }
        match self.method {
            Method::Lda => self.chains.explore(&bags, &self.sizes, &self.out),
            Method::Keyatm => {
                let models = bags.into_iter();
                let models = models.map(|(l, bag)| Model::new(l, bag, &framework, self.topics));
                self.table(models.collect(), &framework, &regions)
            }
        }
    }

    fn table(
        &self,
        models: Vec<Model>,
        framework: &Framework,
        regions: &Regions,
    ) -> Result<(), Fault> {
        let (models, small) = model::large_enough(models)?;
        self.say(&small);
        self.say(&notes_on(&models, &regions.codes));
        let (chains, store) = self.chains.run(&models, &self.out)?;
        let report = Report::new(&models, &chains, framework, &regions.codes, &regions.index);
        for (factor, quality) in framework.factors.iter().zip(&report.quality) {
            if quality.flagged() {
                self.say(&[factors::warning(&factor.name, quality)]);
            }
        }
        factors::write(&self.out, framework, &regions.codes, &report)?;
        factors::write_manifest(&self.out, self.chains.settings(), chains.len(), &store)?;
        store.clear()
    }

    fn say(&self, notes: &[String]) {
        if !self.chains.quiet {
            notes.iter().for_each(|note| eprintln!("{note}"));
        }
    }
}
