//! By which lists policy texts of the country are read, and the regions that a factor table has rows
//! for. `cogov factors` alone needs them: they are read before the table that a scenario couples is made.
//!
//! ```toml
//! [factors]
//! keywords = "china31/texts/keywords.toml"
//! terms = "china31/texts/terms.txt"
//! stop_words = "china31/texts/stop_words.txt"
//! index = "service_index_2019"     # column of the provinces table to compare ranks with
//! ```

use std::path::{Path, PathBuf};

use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::sheet::{Row, Sheet};
use crate::scenario::reading::written;

/// Keys of `[factors]` that name lists, and the column of an index.
pub const KEYS: [&str; 4] = ["keywords", "terms", "stop_words", "index"];

/// Where a scenario says that its lists are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextLists {
    /// Keywords by factor (TOML).
    pub keywords: Option<PathBuf>,
    /// Terms that stay whole.
    pub terms: Option<PathBuf>,
    /// Words without a topic.
    pub stop_words: Option<PathBuf>,
    /// Table of the provinces.
    pub provinces: Option<PathBuf>,
    /// Column of that table which holds an outside index.
    pub index: Option<String>,
}

impl TextLists {
    /// What the scenario at `path`, or what it extends, says of lists; the rest of it may be wrong.
    ///
    /// # Errors
    /// A scenario that cannot be read, or lists that are not named by a text.
    pub fn of_scenario(path: &Path) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let mut files = Files::new(path.parent().unwrap_or(Path::new("")));
        let name = path.file_name().unwrap_or(path.as_os_str());
        let written = written::read(&mut files, &name.to_string_lossy(), None, &mut faults);
        let lists = written.map(|written| {
            let mut top = Reader::top(written.table, written.file);
            let mut factors = top.section("factors", &mut faults);
            let mut population = top.section("population", &mut faults);
            let mut file = |table: &mut Reader, key: &'static str| {
                let named: At<String> = table.get(key, &mut faults)?;
                Some(files.path(&named.value, Some(&named.place)))
            };
            let [keywords, terms, stop_words] =
                ["keywords", "terms", "stop_words"].map(|key| file(&mut factors, key));
            let provinces = file(&mut population, "provinces");
            let index: Option<At<String>> = factors.get("index", &mut faults);
            Self {
                keywords,
                terms,
                stop_words,
                provinces,
                index: index.map(|at| at.value),
            }
        });
        match lists {
            Some(lists) if !faults.forbid() => Ok(lists),
            _ => Err(faults.sorted().into()),
        }
    }

    /// The lists of the folder `folder`, under the names that are usual; those that are there.
    pub fn of_folder(folder: &Path) -> Self {
        let there = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
        Self {
            keywords: there("keywords.toml"),
            terms: there("terms.txt"),
            stop_words: there("stop_words.txt"),
            provinces: there("provinces.csv"),
            index: None,
        }
    }

    /// These lists, and those of `others` where nothing is said here. An index is a column of its own
    /// table, so it goes with the provinces.
    pub fn or(self, others: Self) -> Self {
        let theirs = others.index.filter(|_| self.provinces.is_none());
        Self {
            keywords: self.keywords.or(others.keywords),
            terms: self.terms.or(others.terms),
            stop_words: self.stop_words.or(others.stop_words),
            provinces: self.provinces.or(others.provinces),
            index: self.index.or(theirs),
        }
    }
}

/// The regions in the order of their table, and an outside index of each where it is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TextRegions {
    /// ISO 3166-2 codes.
    pub codes: Vec<String>,
    /// The index.
    pub index: Vec<Option<f64>>,
}

impl TextRegions {
    /// The regions of the table at `path`, with the column `index` where one is named.
    ///
    /// # Errors
    /// A table that cannot be read, without these columns, with fewer than two regions, with one twice,
    /// or with an index that is no number.
    pub fn read(path: &Path, index: Option<&str>) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let mut files = Files::new(Path::new(""));
        let regions = files
            .read(&path.to_string_lossy(), None, &mut faults)
            .and_then(|source| {
                let columns: Vec<&str> = std::iter::once("iso").chain(index).collect();
                let sheet = Sheet::read(&source, &columns, &mut faults)?;
                let mut regions = Self::default();
                for row in sheet.rows() {
                    regions.push(row, index, &mut faults);
                }
                if regions.codes.len() < 2 {
                    let message = "the provinces table has fewer than two regions; a factor table compares them";
                    faults.push(Fault::error(message).at(&sheet.place()));
                }
                Some(regions)
            });
        match regions {
            Some(regions) if !faults.forbid() => Ok(regions),
            _ => Err(faults.sorted().into()),
        }
    }

    fn push(&mut self, row: Row<'_>, index: Option<&str>, faults: &mut Faults) {
        let code = row.name("iso", faults);
        if self.codes.contains(&code) {
            let message = format!("province {code} stands here twice");
            faults.push(Fault::error(message).at(&row.place()));
        }
        let known = index.filter(|column| !row.text(column).is_empty());
        let value = known.and_then(|column| {
            row.number(
                column,
                "a number, or empty",
                |x: &f64| x.is_finite(),
                faults,
            )
        });
        self.codes.push(code);
        self.index.push(value);
    }
}
