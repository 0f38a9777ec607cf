//! A folder of policy texts, read and decoded.
//!
//! The region of a text is the `iso` of its line in `manifest.tsv` (columns `iso`, `kind`, `file`),
//! or else the prefix of its name: `CN-GD_report.txt` belongs to `CN-GD`. Texts are UTF-8; one that
//! is not is read as GB 18030 if it is valid GB 18030 and Chinese, and reported as such. Big5 is mostly
//! valid GB 18030 too, but reads as kana, frames and the like; such a text is refused.
//!
//! Every text is brought to one Unicode [`form`], and [`lines`] that were cut off by their width are
//! joined, before anything is counted.

use super::language::is_han;
use super::{CorpusFault, TextLanguage, files, form, lines};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

/// A policy text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// ISO 3166-2 code of its region, or the country's code for a central text.
    pub region: String,
    /// Kind of text; empty when no manifest gives it.
    pub kind: String,
    /// File name inside the folder.
    pub name: String,
    /// Its language.
    pub language: TextLanguage,
    /// The text itself, in one form and with whole sentences in a line.
    pub text: String,
}

/// The texts of a folder and what was odd about them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Corpus {
    /// Usable texts, in order of their names.
    pub texts: Vec<Text>,
    /// One line for each file that was left out or read in another encoding.
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    region: String,
    kind: String,
}

/// Reads every `.txt` file under `folder`, in order of names.
///
/// # Errors
/// A folder that cannot be read or holds no text, a manifest without its columns or that names a
/// missing file, a region that is not among `regions`.
pub fn read(folder: &Path, regions: &[String]) -> Result<Corpus, CorpusFault> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.sort();
    let manifest = read_manifest(folder, &files)?;
    let mut corpus = Corpus::default();
    for file in &files {
        read_text(folder, file, &manifest, regions, &mut corpus)?;
    }
    if corpus.texts.is_empty() {
        let message = format!(
            "{} holds no usable text; expected .txt files in UTF-8",
            folder.display()
        );
        let hint = "give each file its region in the name, as in CN-GD_report.txt, \
                    or in a manifest.tsv with the columns iso, kind, file";
        return Err(CorpusFault::input(with_notes(&message, &corpus.notes)).hint(hint));
    }
    Ok(corpus)
}

fn with_notes(message: &str, notes: &[String]) -> String {
    let lines = notes.iter().map(|note| format!("\n  {note}"));
    lines.fold(message.to_owned(), |text, line| text + &line)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), CorpusFault> {
    let fault = |error| CorpusFault::file(folder, "read the folder", error);
    for entry in fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("txt"))
        {
            files.push(path);
        }
    }
    Ok(())
}

fn read_manifest(
    folder: &Path,
    files: &[PathBuf],
) -> Result<BTreeMap<PathBuf, Entry>, CorpusFault> {
    let path = folder.join("manifest.tsv");
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let text = files::text(&path, files::LARGEST_TEXT)?;
    let mut lines = text.lines().zip(1..);
    let header = lines.next().map_or("", |l| l.0).split('\t');
    let header: Vec<&str> = header.map(str::trim).collect();
    let column = |name: &str| {
        header.iter().position(|h| *h == name).ok_or_else(|| {
            CorpusFault::input(format!("the manifest has no column `{name}`"))
                .at(format!("{}:1", path.display()))
                .hint("its first line names the columns, between tabs: iso, kind, file")
        })
    };
    let (iso, kind, file) = (column("iso")?, column("kind")?, column("file")?);
    let known: BTreeSet<&PathBuf> = files.iter().collect();
    let mut entries = BTreeMap::new();
    for (line, number) in lines.filter(|(line, _)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |i: usize| cells.get(i).map_or("", |cell| cell.trim()).to_owned();
        let named = folder.join(cell(file));
        if !known.contains(&named) {
            let message = format!("the manifest names `{}`, which is not there", cell(file));
            return Err(CorpusFault::input(message).at(format!("{}:{number}", path.display())));
        }
        let (region, kind) = (cell(iso), cell(kind));
        entries.insert(named, Entry { region, kind });
    }
    Ok(entries)
}

fn read_text(
    folder: &Path,
    file: &Path,
    manifest: &BTreeMap<PathBuf, Entry>,
    regions: &[String],
    corpus: &mut Corpus,
) -> Result<(), CorpusFault> {
    let inside = file.strip_prefix(folder).unwrap_or(file);
    let name = inside.display().to_string();
    let entry = manifest.get(file).cloned().unwrap_or_else(|| Entry {
        region: prefix_of(file),
        kind: String::new(),
    });
    check_region(&entry.region, &name, file.display(), regions)?;
    let bytes = files::bytes(file, files::LARGEST_TEXT)?;
    let Some((text, gb)) = decode(&bytes) else {
        let note = "neither UTF-8 nor GB 18030; left out";
        corpus.notes.push(format!("{name}: {note}"));
        return Ok(());
    };
    if gb {
        check_encoding(&text, &name, file)?;
        corpus.notes.push(format!("{name}: read as GB 18030"));
    }
    let text = in_form(&text, &name, &mut corpus.notes);
    match TextLanguage::of(&text) {
        None => corpus.notes.push(format!("{name}: no words; left out")),
        Some(language) => corpus.texts.push(Text {
            region: entry.region,
            kind: entry.kind,
            name,
            language,
            text,
        }),
    }
    Ok(())
}

fn check_encoding(text: &str, name: &str, file: &Path) -> Result<(), CorpusFault> {
    if plausible(text) {
        return Ok(());
    }
    let message = format!("{name} is neither UTF-8 nor plausible GB 18030; it may be Big5");
    let hint = "convert it, as in `iconv -f BIG5 -t UTF-8`, or take it out of the folder";
    Err(CorpusFault::input(message).at(file.display()).hint(hint))
}

/// The text `name` in one form and with whole sentences in a line.
fn in_form(text: &str, name: &str, notes: &mut Vec<String>) -> String {
    let text = form::one_form(text);
    let Some((whole, ends)) = lines::joined(&text) else {
        return text;
    };
    notes.push(format!(
        "{name}: lines are cut off by their width; {ends} were joined to the next"
    ));
    whole
}

/// Whether `region` is the code of the country that `regions` belong to: `CN` for `CN-GD`.
pub fn is_central(region: &str, regions: &[String]) -> bool {
    let own = |code: &String| {
        code.strip_prefix(region)
            .is_some_and(|rest| rest.starts_with('-'))
    };
    !region.is_empty() && regions.iter().any(own)
}

/// Makes sure that `region`, of the text `name`, is one of `regions` or their country; `place` is
/// where it was read.
///
/// # Errors
/// When it is neither.
pub fn check_region(
    region: &str,
    name: &str,
    place: impl Display,
    regions: &[String],
) -> Result<(), CorpusFault> {
    if is_central(region, regions) || regions.iter().any(|r| r == region) {
        return Ok(());
    }
    let end = |code: Option<&String>| code.map_or("none", String::as_str).to_owned();
    let (first, last) = (end(regions.first()), end(regions.last()));
    let country = first.split_once('-').map_or("", |(country, _)| country);
    let message = format!("`{region}`, the region of {name}, is not in the provinces table");
    let central = match country {
        "" => String::new(),
        country => format!("`{country}` for central texts, or "),
    };
    let hint = format!("use {central}a code of the table ({first} to {last})");
    Err(CorpusFault::input(message).at(place).hint(hint))
}

/// The part of a file's name before the first `_`.
fn prefix_of(file: &Path) -> String {
    let name = file
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    name.split(['_', '.']).next().unwrap_or("").to_owned()
}

/// The text in `bytes`, and whether it was in GB 18030; none if it is neither that nor UTF-8.
fn decode(bytes: &[u8]) -> Option<(String, bool)> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((text.to_owned(), false));
    }
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    (TextLanguage::of(&text) == Some(TextLanguage::Chinese)).then(|| (text.into_owned(), true))
}

/// Whether a text that was read as GB 18030 is written in characters of Chinese.
///
/// The commonest characters of Big5 have the codes of kana, Cyrillic, frames and private characters
/// in GB 18030: half and more of what such a text looks like, and .01 % of a Chinese one.
fn plausible(text: &str) -> bool {
    const MOST: f64 = 0.05;
    let strange = |c: &char| matches!(c, '\u{370}'..='\u{4ff}' | '\u{2500}'..='\u{257f}' | '\u{3040}'..='\u{312f}' | '\u{e000}'..='\u{f8ff}');
    let strange = text.chars().filter(strange).count() as f64;
    let han = text.chars().filter(|c| is_han(*c)).count() as f64;
    strange <= MOST * (strange + han)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "推进公共数据开放";
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        assert_eq!(decode(text.as_bytes()), Some((text.to_owned(), false)));
        assert_eq!(decode(&gb), Some((text.to_owned(), true)));
        assert_eq!(decode(&[0xff, 0xff, 0x00]), None);
    }

    #[test]
    fn what_big5_looks_like_in_gb_18030_is_not_plausible() {
        let traditional = "加快數位政府建設，推動公共資料開放與部門協同，提升政務服務效能";
        let (big5, _, _) = encoding_rs::BIG5.encode(traditional);
        let (text, gb) = decode(&big5).expect("valid GB 18030");
        assert!(gb && !plausible(&text), "{text}");
        assert!(plausible(traditional));
        assert!(plausible("推进公共数据开放"));
    }

    #[test]
    fn the_region_is_the_prefix() {
        assert_eq!(prefix_of(Path::new("a/CN-GD_report.txt")), "CN-GD");
        assert_eq!(prefix_of(Path::new("CN.txt")), "CN");
    }
}
