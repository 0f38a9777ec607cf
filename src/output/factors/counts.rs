//! A corpus as counts: enough to fit the model again without the texts.
//!
//! A folder for each language holds `corpus.bow.gz` (the UCI bag-of-words form: three lines with the
//! numbers of documents, words and entries, then `document word count`, counted from 1; it may also
//! stand there unpacked, as `corpus.bow`),
//! `vocab.txt` (one word a line) and `sources.tsv` (which documents belong to which text).

use super::write_whole;
use crate::factors::corpus::check_region;
use crate::factors::model::MOST_WORDS;
use crate::factors::{Bag, CorpusFault, TextLanguage, TextSource, files};
use flate2::{Compression, GzBuilder};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What a bag of words may be called: as it is written, and unpacked.
const BAGS: [&str; 2] = ["corpus.bow.gz", "corpus.bow"];
/// Lines of the head of a bag of words.
const HEAD: usize = 3;
/// More occurrences of a word than any clause has.
const MOST: usize = 1_000_000;
/// More words than any text has.
const MOST_IN_A_TEXT: usize = 1 << 30;
/// The largest file of counts, in bytes.
const LARGEST: u64 = 500_000_000;
const HEADER: &str = "region\tkind\tname\tdocuments\tall_tokens";

/// Writes the counts of one language into `folder/<language>`.
///
/// # Errors
/// When a file cannot be written.
pub fn write(folder: &Path, language: TextLanguage, bag: &Bag) -> Result<(), CorpusFault> {
    let folder = folder.join(language.code());
    let (mut entries, mut lines) = (0, String::new());
    for d in 0..bag.documents() {
        for run in bag.document(d).chunk_by(|a, b| a == b) {
            entries += 1;
            let _ = writeln!(lines, "{} {} {}", d + 1, run[0] + 1, run.len());
        }
    }
    let head = format!("{}\n{}\n{entries}\n", bag.documents(), bag.words.len());
    let packed = packed(&(head + &lines)).map_err(|error| fault_at(&folder, error))?;
    write_whole(&folder.join(BAGS[0]), &packed)?;
    match fs::remove_file(folder.join(BAGS[1])) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(fault_at(&folder, error))?,
        _ => {}
    }
    let words = bag.words.join("\n") + "\n";
    write_whole(&folder.join("vocab.txt"), words.as_bytes())?;
    let mut sources = format!("{HEADER}\n");
    for s in &bag.sources {
        let (n, all) = (s.documents.len(), s.all_tokens);
        let _ = writeln!(sources, "{}\t{}\t{}\t{n}\t{all}", s.region, s.kind, s.name);
    }
    write_whole(&folder.join("sources.tsv"), sources.as_bytes())
}

/// The counts of every language in `folder`; empty when it holds none. Texts belong to `regions` or
/// to the whole country.
///
/// # Errors
/// When a file is missing or is not as [`write()`] made it; the line is named.
pub fn read(folder: &Path, regions: &[String]) -> Result<Vec<(TextLanguage, Bag)>, CorpusFault> {
    let mut bags = Vec::new();
    for language in TextLanguage::ALL {
        let folder = folder.join(language.code());
        let there: Vec<PathBuf> = BAGS.map(|name| folder.join(name)).into();
        let there: Vec<PathBuf> = there.into_iter().filter(|bag| bag.exists()).collect();
        if let [bow, more @ ..] = &there[..] {
            if let Some(second) = more.first() {
                let (first, second) = (bow.display(), second.display());
                let said = format!("there are two bags of words, `{first}` and `{second}`");
                return Err(CorpusFault::input(said).hint("take one of them out of the folder"));
            }
            bags.push((language, read_language(&folder, bow, regions)?));
        }
    }
    Ok(bags)
}

/// `text` as gzip packs it, the same bytes at any time.
fn packed(text: &str) -> io::Result<Vec<u8>> {
    let mut packed = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::best());
    packed.write_all(text.as_bytes())?;
    packed.finish()
}

fn fault_at(folder: &Path, error: io::Error) -> CorpusFault {
    CorpusFault::file(&folder.join(BAGS[0]), "write", error)
}

fn read_language(folder: &Path, bow: &Path, regions: &[String]) -> Result<Bag, CorpusFault> {
    let text = |name: &str| files::text(&folder.join(name), LARGEST);
    let words = vocabulary(&text("vocab.txt")?, &folder.join("vocab.txt"))?;
    let mut bag = Bag::new(words);
    let bow = (&*files::text(bow, LARGEST)?, bow);
    for document in documents(bow, bag.words.len())? {
        bag.push(&document);
    }
    read_sources(
        &mut bag,
        &text("sources.tsv")?,
        &folder.join("sources.tsv"),
        regions,
    )?;
    Ok(bag)
}

/// The words of `text`; they are found by bisection, so their order matters.
fn vocabulary(text: &str, file: &Path) -> Result<Vec<String>, CorpusFault> {
    let words: Vec<String> = text.lines().map(str::to_owned).collect();
    match words.windows(2).position(|pair| pair[0] >= pair[1]) {
        Some(i) => Err(damaged(
            "words in ascending order, each once",
            &words[i + 1],
            file,
            i + 2,
        )),
        None => Ok(words),
    }
}

/// The documents of a UCI bag of words over `vocabulary` words.
///
/// # Errors
/// A line that is not three numbers in range and in ascending order, or a head that does not agree
/// with what follows it.
pub fn read_documents(text: &str, vocabulary: usize) -> Result<Vec<Vec<u32>>, CorpusFault> {
    documents((text, Path::new("corpus.bow")), vocabulary)
}

fn documents((text, file): (&str, &Path), vocabulary: usize) -> Result<Vec<Vec<u32>>, CorpusFault> {
    let entries = text.lines().count().saturating_sub(HEAD);
    let head = |i: usize, what: &str, check: &dyn Fn(usize) -> bool| {
        let line = text.lines().nth(i).unwrap_or("");
        let number = line.trim().parse().ok().filter(|n| check(*n));
        number.ok_or_else(|| damaged(what, line, file, i + 1))
    };
    let words = format!("the number of words in vocab.txt, {vocabulary}");
    let lines = format!("the number of entries that follow, {entries}");
    // Bounded by what follows, so that a damaged number cannot ask for all memory.
    let documents = head(0, "a number of documents, at most that of entries", &|n| {
        n <= entries
    })?;
    head(1, &words, &|n| n == vocabulary)?;
    head(2, &lines, &|n| n == entries)?;
    let mut found = vec![Vec::new(); documents];
    let (mut last, mut all) = ((0, 0), 0);
    for (line, number) in text.lines().zip(1..).skip(HEAD) {
        let Some((d, w, n)) = entry(line, (documents, vocabulary)).filter(|e| (e.0, e.1) > last)
        else {
            let what = "`document word count`, counted from 1, in range and in ascending order";
            return Err(damaged(what, line, file, number));
        };
        last = (d, w);
        all += n;
        if all > MOST_WORDS {
            let what = format!("at most {MOST_WORDS} words in all");
            return Err(damaged(&what, line, file, number));
        }
        found[d - 1].extend(std::iter::repeat_n(w as u32 - 1, n));
    }
    Ok(found)
}

/// Exactly three numbers in range.
fn entry(line: &str, (documents, words): (usize, usize)) -> Option<(usize, usize, usize)> {
    let cells: Option<Vec<usize>> = line.split_whitespace().map(|c| c.parse().ok()).collect();
    let [d, w, n] = cells?[..] else { return None };
    let inside =
        (1..=documents).contains(&d) && (1..=words).contains(&w) && (1..=MOST).contains(&n);
    inside.then_some((d, w, n))
}

fn read_sources(
    bag: &mut Bag,
    text: &str,
    file: &Path,
    regions: &[String],
) -> Result<(), CorpusFault> {
    let columns = HEADER.replace('\t', ", ");
    let header = text.lines().next().unwrap_or("");
    if header != HEADER {
        return Err(damaged(&format!("the columns {columns}"), header, file, 1));
    }
    for (line, number) in text.lines().zip(1..).skip(1) {
        let first = bag.sources.last().map_or(0, |s| s.documents.end);
        let source = read_source(line, first)
            .filter(|s| s.documents.end <= bag.documents())
            .filter(|s| (words_of(bag, s)..=MOST_IN_A_TEXT).contains(&s.all_tokens))
            .ok_or_else(|| {
                damaged(
                    &format!("{columns} that agree with corpus.bow"),
                    line,
                    file,
                    number,
                )
            })?;
        let place = format!("{}:{number}", file.display());
        check_region(&source.region, &source.name, place, regions)?;
        bag.sources.push(source);
    }
    let covered = bag.sources.last().map_or(0, |s| s.documents.end);
    if covered != bag.documents() {
        let all = format!("texts of all {} documents of corpus.bow", bag.documents());
        let found = format!("texts of {covered}");
        return Err(damaged(&all, &found, file, text.lines().count()));
    }
    Ok(())
}

/// Words of a source that are in the bag.
fn words_of(bag: &Bag, source: &TextSource) -> usize {
    bag.starts()[source.documents.end] - bag.starts()[source.documents.start]
}

fn read_source(line: &str, first: usize) -> Option<TextSource> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [region, kind, name, documents, all] = cells[..] else {
        return None;
    };
    Some(TextSource {
        region: region.to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        documents: first..first.checked_add(documents.parse().ok()?)?,
        all_tokens: all.parse().ok()?,
    })
}

fn damaged(expected: &str, found: &str, file: &Path, line: usize) -> CorpusFault {
    let found: String = found.chars().take(60).collect();
    CorpusFault::input(format!("expected {expected}; found `{found}`"))
        .at(format!("{}:{line}", file.display()))
        .hint("the counts were damaged or cut off; make them again from the texts with --counts, or fetch them again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::sync::atomic::{AtomicU32, Ordering};

    const VOCABULARY: &str = "data\nservice\n";
    const BOW: &str = "2\n2\n3\n1 1 2\n1 2 1\n2 2 1\n";
    const SOURCES: &str = "region\tkind\tname\tdocuments\tall_tokens\nCN-AA\treport\ta.txt\t2\t9\n";

    /// What is said of counts in three files.
    fn said(vocabulary: &str, bow: &str, sources: &str) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("cogov_damaged_{}_{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let english = folder.join("en");
        for (name, text) in [
            ("vocab.txt", vocabulary),
            ("corpus.bow", bow),
            ("sources.tsv", sources),
        ] {
            write_whole(&english.join(name), text.as_bytes()).expect("written");
        }
        let read = read(&folder, &["CN-AA".to_owned()]);
        fs::remove_dir_all(&folder).expect("removed");
        read.map_or_else(
            |fault| fault.to_string(),
            |bags| format!("{} language", bags.len()),
        )
    }

    #[test]
    fn whole_counts_are_read() {
        assert_eq!(said(VOCABULARY, BOW, SOURCES), "1 language");
    }

    #[test]
    fn a_damaged_bag_of_words_is_refused_with_its_line() {
        let cases = [
            ("1 2 1", "1 2 one", 5),
            ("1 2 1", "1 2 1 1", 5),
            ("1 2 1", "1 2", 5),
            ("1 2 1", "1 3 1", 5),
            ("1 2 1", "1 1 1", 5),
            ("1 2 1", "1 2 0", 5),
            ("1 2 1", "1 2 99999999999999", 5),
            ("2\n2\n3", "9999999999999\n2\n3", 1),
            ("2\n2\n3", "x\n2\n3", 1),
            ("2\n2\n3", "2\n3\n3", 2),
            ("2\n2\n3", "2\n2\n4", 3),
            ("2 2 1\n", "", 3),
        ];
        for (good, bad, line) in cases {
            let said = said(VOCABULARY, &BOW.replace(good, bad), SOURCES);
            assert!(
                said.contains(&format!("corpus.bow:{line}")),
                "{bad}: {said}"
            );
        }
    }

    /// Seventeen entries of a million words ask for more than is counted, and for no memory.
    #[test]
    fn counts_of_more_words_than_are_exact_are_refused() {
        let entries: String = (1..=17).map(|d| format!("{d} 1 1000000\n")).collect();
        let said = said(VOCABULARY, &format!("17\n2\n17\n{entries}"), SOURCES);
        assert!(
            said.contains("at most 16777216 words") && said.contains("corpus.bow:20"),
            "{said}"
        );
    }

    #[test]
    fn other_damage_is_refused_with_its_line() {
        let cases = [
            ("service\ndata\n", SOURCES.to_owned(), "vocab.txt:2"),
            (
                VOCABULARY,
                SOURCES.replace("\t2\t9", "\t1\t9"),
                "sources.tsv:2",
            ),
            (
                VOCABULARY,
                SOURCES.replace("\t2\t9", "\t3\t9"),
                "sources.tsv:2",
            ),
            (
                VOCABULARY,
                SOURCES.replace("\t2\t9", "\t2\t3"),
                "sources.tsv:2",
            ),
            (
                VOCABULARY,
                SOURCES.replace("\t2\t9", "\t2\t18446744073709551615"),
                "sources.tsv:2",
            ),
            (
                VOCABULARY,
                SOURCES.replace("region", "iso"),
                "sources.tsv:1",
            ),
            (
                VOCABULARY,
                SOURCES.replace("CN-AA", "CN-ZZ"),
                "sources.tsv:2",
            ),
        ];
        for (vocabulary, sources, place) in cases {
            let said = said(vocabulary, BOW, &sources);
            assert!(said.contains(place), "{said}");
        }
    }
}
