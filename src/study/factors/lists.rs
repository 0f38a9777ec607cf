//! What a factor table is made of besides the texts: word lists, keywords, provinces.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::factors::lists::WordLists;
use crate::factors::model::{self, Bags};
use crate::factors::report::CorpusSize;
use crate::factors::vocabulary::Pruning;
use crate::factors::{CorpusFault, Framework, corpus, files};
use crate::numeric::hex;
use crate::output::factors::counts;
use crate::scenario::country::texts::{TextLists, TextRegions};
use crate::study::Error;

/// Where the lists are by which texts are read.
#[derive(Debug, Clone, Default)]
pub struct CorpusInput {
    /// Scenario that the table is for: lists and provinces are those that it names.
    pub scenario: Option<PathBuf>,
    /// Folder with keywords.toml, provinces.csv, terms.txt and stop_words.txt, as far as they are there.
    pub folder: Option<PathBuf>,
    /// Lists named one by one, which go before those of the folder or the scenario.
    pub named: TextLists,
    /// Least number of clauses a word must occur in.
    pub min_clauses: usize,
    /// Least number of regions a word must occur in: what fewer say is a name.
    pub min_regions: usize,
}

/// The lists as they were read.
#[derive(Debug)]
pub struct Lists {
    /// The framework of factors.
    pub framework: Framework,
    /// The regions.
    pub regions: TextRegions,
    words: WordLists,
    paths: TextLists,
}

/// A corpus as counts, and how it was read.
#[derive(Debug)]
pub struct Counted {
    /// Counts of each language.
    pub bags: Bags,
    /// Lines on files and languages that were left out or are odd.
    pub notes: Vec<String>,
    /// Whether texts were read, not counts.
    pub from_texts: bool,
}

impl CorpusInput {
    /// Reads the lists: those named one by one, then those of the folder or the scenario.
    ///
    /// # Errors
    /// No keywords or no provinces, or a list that cannot be used.
    pub fn read(&self) -> Result<Lists, Error> {
        let paths = self.paths()?;
        let [keywords, provinces] = [&paths.keywords, &paths.provinces];
        let (Some(keywords), Some(provinces)) = (keywords, provinces) else {
            return Err(self.missing(&paths).into());
        };
        let text = |path: &Path| files::text(path, files::LARGEST_TEXT);
        let list = |path: &Option<PathBuf>| path.as_deref().map_or(Ok(String::new()), text);
        let place = keywords.display().to_string();
        Ok(Lists {
            framework: Framework::parse(&text(keywords)?, &place)?,
            regions: TextRegions::read(provinces, paths.index.as_deref())?,
            words: WordLists::new(&list(&paths.terms)?, &list(&paths.stop_words)?),
            paths,
        })
    }

    fn paths(&self) -> Result<TextLists, Error> {
        let others = match (&self.scenario, &self.folder) {
            (Some(scenario), _) => TextLists::of_scenario(scenario)?,
            (None, Some(folder)) => TextLists::of_folder(folder),
            (None, None) => TextLists::default(),
        };
        Ok(self.named.clone().or(others))
    }

    fn missing(&self, paths: &TextLists) -> CorpusFault {
        let lists = [
            (paths.keywords.is_none(), "the keywords of the factors"),
            (paths.provinces.is_none(), "the table of the provinces"),
        ];
        let missing = lists.into_iter().filter(|(missing, _)| *missing);
        let missing: Vec<&str> = missing.map(|(_, list)| list).collect();
        let place = match (&self.scenario, &self.folder) {
            (Some(path), _) | (None, Some(path)) => format!(" in `{}`", path.display()),
            (None, None) => String::new(),
        };
        let missing = missing.join(" and ");
        CorpusFault::input(format!("not given{place}: {missing}")).hint(
            "say which country the texts are of: --scenario scenarios/china31.toml, or --lists DIR with \
             keywords.toml and provinces.csv, or --keywords FILE and --provinces FILE",
        )
    }

    /// The counts of each language in `folder`, from counts if it holds them, else from texts.
    ///
    /// # Errors
    /// As [`corpus::read`], [`model::count`] and [`counts::read`].
    pub fn counts(&self, folder: &Path, lists: &Lists) -> Result<Counted, CorpusFault> {
        let regions = &lists.regions.codes;
        let bags = counts::read(folder, regions)?;
        if !bags.is_empty() {
            return Ok(Counted {
                bags,
                notes: Vec::new(),
                from_texts: false,
            });
        }
        let mut corpus = corpus::read(folder, regions)?;
        let pruning = Pruning {
            min_documents: self.min_clauses,
            min_regions: self.min_regions,
            ..Pruning::default()
        };
        let (bags, more) = model::count(&corpus, &lists.framework, &lists.words, &pruning)?;
        corpus.notes.extend(more);
        corpus.notes.extend(lists.notes());
        Ok(Counted {
            bags,
            notes: corpus.notes,
            from_texts: true,
        })
    }

    /// The files and settings that counts and table depend on, for the manifest.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn record(&self, lists: &Lists, from_texts: bool) -> Result<Value, CorpusFault> {
        let file = |path: &Option<PathBuf>| -> Result<_, CorpusFault> {
            let Some(path) = path else {
                return Ok(Value::Null);
            };
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let bytes = files::bytes(path, files::LARGEST_TEXT)?;
            Ok(json!({ "file": name, "sha256": hex(&Sha256::digest(bytes)) }))
        };
        let paths = &lists.paths;
        let mut record = json!({
            "keywords": file(&paths.keywords)?,
            "provinces": file(&paths.provinces)?,
            "index": paths.index,
        });
        // Counts were made with word lists and bounds that are not known here.
        if from_texts {
            record["terms"] = file(&paths.terms)?;
            record["stop_words"] = file(&paths.stop_words)?;
            record["min_clauses"] = self.min_clauses.into();
            record["min_regions"] = self.min_regions.into();
        }
        Ok(record)
    }
}

impl Lists {
    /// Lines on lists that are not there or were read in another form.
    fn notes(&self) -> Vec<String> {
        let shown = |path: &Option<PathBuf>| {
            path.as_ref()
                .map_or(String::new(), |path| path.display().to_string())
        };
        let columns = (self.words.in_columns > 0).then(|| {
            format!(
                "{}: {} lines in the columns of jieba's dictionaries; the first column was taken",
                shown(&self.paths.terms),
                self.words.in_columns
            )
        });
        let without = self.paths.stop_words.is_none();
        let without =
            without.then(|| "note: no stop words were given; every word counts".to_owned());
        columns.into_iter().chain(without).collect()
    }
}

/// Lines on what was read: size by language, keywords that never occur, regions without text.
pub fn notes_on(read: &CorpusSize) -> Vec<String> {
    let mut lines = Vec::new();
    for size in &read.languages {
        lines.push(format!(
            "{}: {} texts, {} clauses about the subject, {} of {} words, {} kinds of words",
            size.language, size.texts, size.clauses, size.words, size.all_words, size.vocabulary
        ));
        if !size.missing.is_empty() {
            let missing = size.missing.join(", ");
            lines.push(format!("warning: keywords that never occur: {missing}"));
        }
    }
    if !read.without_text.is_empty() {
        let without = read.without_text.join(", ");
        lines.push(format!(
            "warning: no text about the subject from {without}; they get the mean of the others"
        ));
    }
    lines
}
