//! `cogov factors CORPUS`: policy texts to a factor table.

use super::factors_chains::Chains;
use super::factors_input::{Counted, FactorInput, Lists, notes_on};
use super::failure::Failure;
use super::shared::terminal::{show, table};
use crate::factors::choice::{self, Trial};
use crate::factors::model::{self, Bags, Model};
use crate::factors::report::{CorpusSize, FactorReport};
use crate::factors::{Bag, CorpusFault, TextLanguage};
use crate::output::factors::chains::{self, ChainStore};
use crate::output::factors::manifest::{FactorsManifest, check_place};
use crate::output::factors::{self, counts};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::fs;
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
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u16).range(..=10_000))]
    topics: u16,
    /// With --method lda: numbers of topics to choose from
    #[arg(long, value_delimiter = ',', default_values_t = [10, 20, 30, 40, 60], value_parser = clap::value_parser!(u16).range(1..=10_000))]
    sizes: Vec<u16>,
    #[command(flatten)]
    input: FactorInput,
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
    pub fn execute(&self) -> Result<(), Failure> {
        let done = self.run();
        if matches!(done, Err(Failure::Interrupted)) {
            eprintln!("{}", CorpusFault::Interrupted);
        }
        done
    }

    fn run(&self) -> Result<(), Failure> {
        check_place(&self.out)?;
        let lists = self.input.read()?;
        let counted = self.input.counts(&self.corpus, &lists)?;
        self.say(&counted.notes);
        let record = self.record(&counted, &lists)?;
        match self.method {
            Method::Lda => self.explore(counted.bags, record),
            Method::Keyatm => Ok(self.table(counted, record, &lists)?),
        }
    }

    fn table(
        &self,
        counted: Counted,
        mut record: Value,
        Lists {
            framework, regions, ..
        }: &Lists,
    ) -> Result<(), CorpusFault> {
        let bags = counted.bags.into_iter();
        let models = bags.map(|(l, bag)| Model::new(l, bag, framework, self.topics.into()));
        let (models, small) = model::large_enough(models.collect(), "--topics")?;
        model::check_regions(&models, framework, &regions.codes)?;
        self.chains.check_size(&models)?;
        let read = CorpusSize::new(&models, &regions.codes);
        self.say(&small);
        self.say(&notes_on(&read));
        record["free_topics"] = self.topics.into();
        record["weights"] = json!(framework.weights);
        let manifest = self.manifest("manifest.json", record, &models);
        let files = factors::files(&self.out);
        self.begin(
            &manifest,
            &files,
            models.iter().map(|m| (m.language, &m.bag)),
        )?;
        let made = self.chains.run(&models, &self.out)?;
        let report = FactorReport::new(&models, &made, framework, &regions.codes, &regions.index)?;
        self.say(&factors::warnings(framework, &report));
        self.say(&factors::empty_cells(framework, &report));
        let notes = [counted.notes, small].concat();
        manifest.write()?;
        factors::write(
            &self.out,
            framework,
            &regions.codes,
            (&read, &notes),
            &report,
        )?;
        chains::clear(&self.out)
    }

    fn explore(&self, bags: Bags, mut record: Value) -> Result<(), Failure> {
        let sizes: Vec<usize> = self.sizes.iter().map(|k| usize::from(*k)).collect();
        let (bags, small) = choice::large_enough(bags, &sizes)?;
        self.say(&small);
        record["sizes"] = json!(sizes);
        let models: Vec<Model> = bags
            .iter()
            .map(|(language, bag)| Model::plain(*language, bag.clone(), 0))
            .collect();
        let most = sizes.iter().copied().max().unwrap_or(0);
        let largest = bags
            .iter()
            .map(|(l, bag)| Model::plain(*l, bag.clone(), most));
        self.chains.check_size(&largest.collect::<Vec<_>>())?;
        let manifest = self.manifest("choice_manifest.json", record, &models);
        let files = factors::choice_files(&self.out, bags.iter().map(|(l, _)| *l));
        self.begin(&manifest, &files, bags.iter().map(|(l, bag)| (*l, bag)))?;
        let trials = self.chains.explore(&bags, &sizes, &self.out)?;
        manifest.write()?;
        for ((language, bag), trials) in bags.iter().zip(&trials) {
            factors::write_choice(&self.out, (*language, bag), trials)?;
        }
        let languages = bags.iter().map(|(language, _)| *language);
        show(&curves(languages.zip(&trials)))?;
        Ok(chains::clear(&self.out)?)
    }

    /// What the result follows from, as far as it is known before the models.
    fn record(&self, counted: &Counted, lists: &Lists) -> Result<Value, CorpusFault> {
        let folder = fs::canonicalize(&self.corpus).unwrap_or_else(|_| self.corpus.clone());
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let form = if counted.from_texts {
            "texts"
        } else {
            "counts"
        };
        let mut record = self.input.record(lists, counted.from_texts)?;
        record["version"] = env!("CARGO_PKG_VERSION").into();
        record["corpus"] = json!({ "folder": name, "form": form });
        record["chains"] = self.chains.number().into();
        record["settings"] = json!(self.chains.settings());
        Ok(record)
    }

    fn manifest(&self, name: &str, mut record: Value, models: &[Model]) -> FactorsManifest {
        let store = ChainStore::beside(&self.out, "", models, &self.chains.settings());
        record["fingerprint_of_counts_keywords_and_settings"] = store.fingerprint().into();
        FactorsManifest::new(factors::beside(&self.out, name), &record)
    }

    /// Nothing is written before everything that was asked has been found possible.
    fn begin<'a>(
        &self,
        manifest: &FactorsManifest,
        files: &[PathBuf],
        mut bags: impl Iterator<Item = (TextLanguage, &'a Bag)>,
    ) -> Result<(), CorpusFault> {
        if !self.chains.force {
            manifest.claim(files)?;
        }
        self.chains.begin(&self.out)?;
        match &self.counts {
            Some(folder) => bags.try_for_each(|(l, bag)| counts::write(folder, l, bag)),
            None => Ok(()),
        }
    }

    fn say(&self, notes: &[String]) {
        if !self.chains.quiet {
            notes.iter().for_each(|note| eprintln!("{note}"));
        }
    }
}

/// The curves by which a number of topics is chosen; a star marks the chosen one.
fn curves<'a>(trials: impl Iterator<Item = (TextLanguage, &'a Vec<Trial>)>) -> String {
    let header = [
        "language",
        "topics",
        "perplexity",
        "coherence",
        "stability",
        "chosen",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for (language, trials) in trials {
        let chosen = choice::choose(trials).topics;
        rows.extend(trials.iter().map(|t| {
            vec![
                language.code().to_owned(),
                t.topics.to_string(),
                t.perplexity.map_or_else(String::new, |p| format!("{p:.1}")),
                t.coherence.map_or_else(String::new, |c| format!("{c:.3}")),
                format!("{:.3}", t.stability),
                if t.topics == chosen { "*" } else { "" }.to_owned(),
            ]
        }));
    }
    table(&rows)
}
