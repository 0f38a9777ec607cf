//! A corpus as counts: enough to fit the model again without the texts.
//!
//! A folder for each language holds `corpus.bow` (the UCI bag-of-words form: three lines with the
//! numbers of documents, words and entries, then `document word count`, counted from 1),
//! `vocab.txt` (one word a line) and `sources.tsv` (which documents belong to which text).

use super::factors::write_whole;
use crate::factors::{Bag, Fault, Language, Source};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const HEADER: &str = "region\tkind\tname\tdocuments\tall_tokens";

/// Writes the counts of one language into `folder/<language>`.
///
/// # Errors
/// When a file cannot be written.
pub fn write(folder: &Path, language: Language, bag: &Bag) -> Result<(), Fault> {
    let folder = folder.join(language.code());
    let (mut entries, mut lines) = (0, String::new());
    for d in 0..bag.documents() {
        for run in bag.document(d).chunk_by(|a, b| a == b) {
            entries += 1;
            let _ = writeln!(lines, "{} {} {}", d + 1, run[0] + 1, run.len());
        }
    }
    let head = format!("{}\n{}\n{entries}\n", bag.documents(), bag.words.len());
    write_whole(&folder.join("corpus.bow"), (head + &lines).as_bytes())?;
    let words = bag.words.join("\n") + "\n";
    write_whole(&folder.join("vocab.txt"), words.as_bytes())?;
    let mut sources = format!("{HEADER}\n");
    for s in &bag.sources {
        let (n, all) = (s.documents.len(), s.all_tokens);
        let _ = writeln!(sources, "{}\t{}\t{}\t{n}\t{all}", s.region, s.kind, s.name);
    }
    write_whole(&folder.join("sources.tsv"), sources.as_bytes())
}

/// The counts of every language in `folder`; empty when it holds none.
///
/// # Errors
/// When a file is missing or broken; the line is named.
pub fn read(folder: &Path) -> Result<Vec<(Language, Bag)>, Fault> {
    let mut bags = Vec::new();
    for language in Language::ALL {
        let folder = folder.join(language.code());
        if folder.join("corpus.bow").exists() {
            bags.push((language, read_language(&folder)?));
        }
    }
    Ok(bags)
}

fn read_language(folder: &Path) -> Result<Bag, Fault> {
    let text = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).map_err(|e| Fault::file(&path, "read", e))
    };
    let words = text("vocab.txt")?.lines().map(str::to_owned).collect();
    let mut bag = Bag::new(words);
    let documents = read_documents(&text("corpus.bow")?, bag.words.len())
        .map_err(|fault| fault.hint("the first three lines give documents, words and entries"));
    for document in documents? {
        bag.push(&document);
    }
    for (line, number) in text("sources.tsv")?.lines().zip(1..).skip(1) {
        let first = bag.sources.last().map_or(0, |s| s.documents.end);
        let source = read_source(line, first)
            .filter(|s| s.documents.end <= bag.documents())
            .ok_or_else(|| {
                Fault::input(format!("expected `{}`", HEADER.replace('\t', ", ")))
                    .at(format!("{}:{number}", folder.join("sources.tsv").display()))
            })?;
        bag.sources.push(source);
    }
    Ok(bag)
}

/// The documents of a UCI bag of words over `vocabulary` words.
///
/// # Errors
/// A line that is not three numbers, or a word or document out of range.
pub fn read_documents(text: &str, vocabulary: usize) -> Result<Vec<Vec<u32>>, Fault> {
    let wrong = |line: usize| {
        Fault::input("expected `document word count`, counted from 1 and in range")
            .at(format!("corpus.bow:{line}"))
    };
    let head = text.lines().next().and_then(|l| l.trim().parse().ok());
    let mut documents: Vec<Vec<u32>> = vec![Vec::new(); head.ok_or_else(|| wrong(1))?];
    for (line, number) in text.lines().zip(1..).skip(3) {
        let cells: Vec<usize> = line.split(' ').filter_map(|c| c.parse().ok()).collect();
        match cells[..] {
            [d, w, n] if (1..=documents.len()).contains(&d) && (1..=vocabulary).contains(&w) => {
                documents[d - 1].extend(std::iter::repeat_n(w as u32 - 1, n));
            }
            _ => return Err(wrong(number)),
        }
    }
    Ok(documents)
}

fn read_source(line: &str, first: usize) -> Option<Source> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [region, kind, name, documents, all] = cells[..] else {
        return None;
    };
    Some(Source {
        region: region.to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        documents: first..first + documents.parse::<usize>().ok()?,
        all_tokens: all.parse().ok()?,
    })
}
