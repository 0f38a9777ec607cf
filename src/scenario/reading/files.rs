//! Files read on behalf of a scenario: paths relative to the file that names them, and digests.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::numeric::hex;
use crate::scenario::reading::fault::{Cause, Fault, Faults, Place, nearest};

/// A file that went into a scenario.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Path relative to the scenario's folder.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// A file's text under the name by which faults call it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name.
    pub file: Arc<str>,
    /// The text, without a byte order mark.
    pub text: String,
}

/// Files read so far.
#[derive(Debug)]
pub struct Files {
    /// Folder of the scenario file.
    home: PathBuf,
    given: GivenTexts,
    /// Folder of each file read, relative to `home`.
    folders: BTreeMap<Arc<str>, PathBuf>,
    inputs: BTreeMap<String, SourceFile>,
}

/// Texts that stand for files, and what else may be read.
#[derive(Debug, Clone, Default)]
pub struct GivenTexts {
    /// The texts, by path relative to the scenario's folder.
    pub texts: BTreeMap<String, String>,
    /// Files that may be read although they lie outside that folder; all where nothing is said.
    pub beside: Option<Vec<PathBuf>>,
}

impl From<BTreeMap<String, String>> for GivenTexts {
    fn from(texts: BTreeMap<String, String>) -> Self {
        Self {
            texts,
            beside: None,
        }
    }
}

impl Files {
    /// No file yet, for a scenario in the folder `home`.
    pub fn new(home: &Path) -> Self {
        Self::with(home, GivenTexts::default())
    }

    /// The same, with texts that stand for files.
    pub fn with(home: &Path, given: GivenTexts) -> Self {
        Self {
            home: home.into(),
            folders: BTreeMap::new(),
            inputs: BTreeMap::new(),
            given,
        }
    }

    /// Folder of the scenario.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Reads the file that is called `written` at `by`; what is typed on the command line counts
    /// as written in the scenario file.
    pub fn read(
        &mut self,
        written: &str,
        by: Option<&Place>,
        faults: &mut Faults,
    ) -> Option<Source> {
        let relative = self.relative(written, by);
        let path = self.home.join(&relative);
        let given = relative
            .to_str()
            .and_then(|name| self.given.texts.get(name));
        let file: Arc<str> = match given {
            Some(_) => written.into(),
            None => path.display().to_string().into(),
        };
        let bytes = match given {
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.bytes(&path),
        };
        match bytes {
            Err(fault) => {
                faults.push(fault.placed(by));
                None
            }
            Ok(bytes) => {
                let folder = relative.parent().unwrap_or(Path::new("")).to_path_buf();
                self.folders.insert(Arc::clone(&file), folder);
                self.note(&relative, &bytes);
                let text = text(&file, bytes)
                    .map_err(|fault| faults.push(fault))
                    .ok()?;
                Some(Source { file, text })
            }
        }
    }

    /// Reads the file that was typed as `written`: relative to where the command is typed, unless a text
    /// stands for it.
    pub fn read_typed(&mut self, written: &str, by: &Place, faults: &mut Faults) -> Option<Source> {
        let file: Arc<str> = written.into();
        let given = self
            .given
            .texts
            .get(written)
            .map(|text| Ok(text.clone().into_bytes()));
        let bytes = given.unwrap_or_else(|| bytes(Path::new(written)));
        let bytes = bytes.map_err(|fault| faults.push(fault.at(by)));
        let bytes = bytes.ok()?;
        self.note(Path::new(written), &bytes);
        let text = text(&file, bytes).map_err(|fault| faults.push(fault));
        text.ok().map(|text| Source { file, text })
    }

    /// Identity of the file that is called `written` at `by`, wherever it is named from.
    pub fn identity(&self, written: &str, by: Option<&Place>) -> PathBuf {
        let path = self.home.join(self.relative(written, by));
        fs::canonicalize(&path).unwrap_or(path)
    }

    /// Path of the file that is called `written` at `by`.
    pub fn path(&self, written: &str, by: Option<&Place>) -> PathBuf {
        self.home.join(self.relative(written, by))
    }

    /// All files read, by path.
    pub fn inputs(self) -> Vec<SourceFile> {
        self.inputs.into_values().collect()
    }

    /// Bytes of the file at `path`, if it may be read.
    fn bytes(&self, path: &Path) -> Result<Vec<u8>, Fault> {
        if let Some(beside) = &self.given.beside {
            refuse_outside(path, &self.home, beside)?;
        }
        bytes(path)
    }

    fn relative(&self, written: &str, by: Option<&Place>) -> PathBuf {
        let folder = by.and_then(|place| self.folders.get(&place.file));
        folder.map_or_else(|| written.into(), |folder| folder.join(written))
    }

    fn note(&mut self, relative: &Path, bytes: &[u8]) {
        let sha256 = hex(&Sha256::digest(bytes));
        let path = relative.display().to_string();
        self.inputs
            .insert(path.clone(), SourceFile { path, sha256 });
    }
}

/// Refuses a file that lies neither in `home` nor among those `beside` it, wherever links lead.
fn refuse_outside(path: &Path, home: &Path, beside: &[PathBuf]) -> Result<(), Fault> {
    let whole = |path: &Path| match path.as_os_str().is_empty() {
        true => fs::canonicalize("."),
        false => fs::canonicalize(path),
    };
    let (Ok(file), Ok(home)) = (whole(path), whole(home)) else {
        return Ok(());
    };
    match file.starts_with(&home) || beside.contains(&file) {
        true => Ok(()),
        false => Err(
            Fault::error("a file outside the scenario's folder is not read")
                .hint("put it into that folder, or open the scenario from the command line"),
        ),
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Fault> {
    let shown = path.display();
    let unreadable = |fault: std::io::Error| match fault.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => missing(path),
        ErrorKind::InvalidInput | ErrorKind::InvalidFilename => {
            Fault::error(format!("`{shown}` cannot name a file"))
        }
        _ => Fault {
            cause: Cause::Unreadable,
            ..Fault::error(format!("cannot read `{shown}`: {fault}"))
        },
    };
    // A folder or a device would be read without end or not at all.
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(Fault::error(format!("`{shown}` is not a file")));
    }
    fs::read(path).map_err(unreadable)
}

/// Names the file of the same kind beside it that is spelt most alike.
fn missing(path: &Path) -> Fault {
    let stem = |path: &Path| Some(path.file_stem()?.to_str()?.to_owned());
    let beside = path.with_file_name("");
    let folder = match beside.as_os_str().is_empty() {
        true => Path::new("."),
        false => &beside,
    };
    let files = fs::read_dir(folder).into_iter().flatten();
    let files = files.filter_map(|entry| Some(entry.ok()?.path()));
    let alike = files.filter(|file| file.extension() == path.extension());
    let mut known: Vec<String> = alike.filter_map(|file| stem(&file)).collect();
    known.sort_unstable();
    let fault = Fault {
        cause: Cause::Unreadable,
        ..Fault::error(format!("there is no file `{}`", path.display()))
    };
    let found = stem(path).unwrap_or_default();
    match nearest(&found, known.iter().map(String::as_str)) {
        None => fault,
        Some(stem) => {
            let name = Path::new(stem).with_extension(path.extension().unwrap_or_default());
            fault.hint(format!("did you mean `{}`?", beside.join(name).display()))
        }
    }
}

fn text(file: &Arc<str>, bytes: Vec<u8>) -> Result<String, Fault> {
    let text = String::from_utf8(bytes).map_err(|fault| {
        let at = fault.utf8_error().valid_up_to();
        let bytes = fault.as_bytes();
        let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        let message = format!("the file is not UTF-8: byte {at} is 0x{:02x}", bytes[at]);
        Fault::error(message)
            .at(&Place::line(file, line))
            .hint("save the file as UTF-8")
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.into(),
        None => text,
    })
}
