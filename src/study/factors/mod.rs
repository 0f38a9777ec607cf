//! Policy texts to a factor table, or to the curves by which a number of topics is chosen.
//!
//! A [`FactorStudy`] says what is read, how chains run and where the table goes; [`FactorStudy::table`] and
//! [`FactorStudy::choose`] do it. Finished chains are kept beside the table until it is written.

mod chains;
mod lists;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

pub use chains::{Chains, WatchedChains};
pub use lists::{CorpusInput, Counted, Lists};

use crate::factors::choice::{self, Trial};
use crate::factors::model::{self, Bags, Model};
use crate::factors::report::{CorpusSize, FactorReport};
use crate::factors::{Bag, CorpusFault, TextLanguage};
use crate::output::factors::chains::{self as kept, ChainStore};
use crate::output::factors::manifest::{FactorsManifest, check_place};
use crate::output::factors::{self, counts};
use crate::output::report::ReaderLanguage;
use crate::study::Error;
use crate::study::factors::lists::notes_on;

/// Who is told how far chains are, from any thread; what it does not want to know it leaves out.
pub trait ChainObserver: Send + Sync {
    /// Chains are about to sweep so many words, each counted as often as it is swept.
    fn chains_begin(&self, _words: u64) {}

    /// So many of them were swept before, by chains that are taken up.
    fn taken_up(&self, _words: u64) {}

    /// So many were swept now.
    fn swept(&self, _words: u64) {}

    /// Something that is worth a line.
    fn chain_note(&self, _line: &str) {}
}

/// What a factor table is made of, how, and where it goes.
pub struct FactorStudy {
    /// Folder of texts, or of counts.
    pub corpus: PathBuf,
    /// The table; its quality, topics and keywords are written beside it.
    pub out: PathBuf,
    /// Where the counts of words are written too, from which the table can be made without the texts.
    pub counts: Option<PathBuf>,
    /// Lists by which texts are read.
    pub input: CorpusInput,
    /// How chains run.
    pub chains: Chains,
    /// A table that was made otherwise gives way.
    pub force: bool,
    /// Who is told how far it is.
    pub observer: Arc<dyn ChainObserver>,
    /// Set from outside to stop; finished chains are kept.
    pub stop: Arc<AtomicBool>,
}

/// Curves by which a number of topics is chosen, by language.
pub type TrialsByLanguage = Vec<(TextLanguage, Vec<Trial>)>;

impl FactorStudy {
    /// Makes the table with `free_topics` beside the anchored ones, one for each factor.
    ///
    /// # Errors
    /// Lists, texts or a place that cannot be used, interruption, or files that cannot be written.
    pub fn table(&self, free_topics: usize) -> Result<(), Error> {
        let (lists, counted, mut record) = self.read()?;
        let (framework, codes) = (&lists.framework, &lists.regions.codes);
        let bags = counted.bags.into_iter();
        let models = bags.map(|(l, bag)| Model::new(l, bag, framework, free_topics));
        let (models, small) = model::large_enough(models.collect(), "--topics")?;
        model::check_regions(&models, framework, codes)?;
        self.chains.check_size(&models)?;
        let read = CorpusSize::new(&models, codes);
        self.say(&small);
        self.say(&notes_on(&read));
        record["free_topics"] = free_topics.into();
        record["weights"] = json!(framework.weights);
        let manifest = self.manifest("manifest.json", record, &models);
        let bags = models.iter().map(|m| (m.language, &m.bag));
        self.begin(&manifest, &factors::files(&self.out), bags)?;
        let made = self.chains.run(&models, &self.out, &self.watched())?;
        let report = FactorReport::new(&models, &made, framework, codes, &lists.regions.index)?;
        self.say(&factors::warnings(framework, &report));
        self.say(&factors::empty_cells(framework, &report));
        let notes = [counted.notes, small].concat();
        manifest.write()?;
        factors::write(&self.out, framework, codes, (&read, &notes), &report)?;
        kept::clear(&self.out)?;
        factors::write_page(&self.out, ReaderLanguage::default())?;
        Ok(())
    }

    /// Explores the corpus with plain topics in each of the `sizes`.
    ///
    /// # Errors
    /// As [`FactorStudy::table`].
    pub fn choose(&self, sizes: &[usize]) -> Result<TrialsByLanguage, Error> {
        let (_, counted, mut record) = self.read()?;
        let (bags, small) = choice::large_enough(counted.bags, sizes)?;
        self.say(&small);
        record["sizes"] = json!(sizes);
        let models = plain(&bags, 0);
        let most = sizes.iter().copied().max().unwrap_or(0);
        self.chains.check_size(&plain(&bags, most))?;
        let manifest = self.manifest("choice_manifest.json", record, &models);
        let files = factors::choice_files(&self.out, bags.iter().map(|(l, _)| *l));
        self.begin(&manifest, &files, bags.iter().map(|(l, bag)| (*l, bag)))?;
        let chains = &self.chains;
        let trials = chains.explore(&bags, sizes, &self.out, &self.watched())?;
        manifest.write()?;
        for ((language, bag), trials) in bags.iter().zip(&trials) {
            factors::write_choice(&self.out, (*language, bag), trials)?;
        }
        kept::clear(&self.out)?;
        let languages = bags.iter().map(|(language, _)| *language);
        Ok(languages.zip(trials).collect())
    }

    /// Lists, counts, and what the result follows from as far as it is known before the models.
    fn read(&self) -> Result<(Lists, Counted, Value), Error> {
        check_place(&self.out)?;
        let lists = self.input.read()?;
        let counted = self.input.counts(&self.corpus, &lists)?;
        self.say(&counted.notes);
        let folder = fs::canonicalize(&self.corpus).unwrap_or_else(|_| self.corpus.clone());
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let form = match counted.from_texts {
            true => "texts",
            false => "counts",
        };
        let mut record = self.input.record(&lists, counted.from_texts)?;
        record["version"] = env!("CARGO_PKG_VERSION").into();
        record["corpus"] = json!({ "folder": name, "form": form });
        record["chains"] = self.chains.number.into();
        record["settings"] = json!(self.chains.settings);
        Ok((lists, counted, record))
    }

    fn manifest(&self, name: &str, mut record: Value, models: &[Model]) -> FactorsManifest {
        let store = ChainStore::beside(&self.out, "", models, &self.chains.settings);
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
        if !self.force {
            manifest.claim(files)?;
        }
        self.chains.begin(&self.out)?;
        match &self.counts {
            Some(folder) => bags.try_for_each(|(l, bag)| counts::write(folder, l, bag)),
            None => Ok(()),
        }
    }

    fn watched(&self) -> WatchedChains<'_> {
        WatchedChains {
            observer: self.observer.as_ref(),
            stop: &self.stop,
        }
    }

    fn say(&self, notes: &[String]) {
        notes.iter().for_each(|note| self.observer.chain_note(note));
    }
}

/// Models of so many plain topics.
fn plain(bags: &Bags, topics: usize) -> Vec<Model> {
    let bags = bags.iter();
    bags.map(|(language, bag)| Model::plain(*language, bag.clone(), topics))
        .collect()
}
