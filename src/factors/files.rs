//! Files of a bounded size: no device, no pipe, no file that would fill the memory.

use super::CorpusFault;
use flate2::read::MultiGzDecoder;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The largest text or list, in bytes: some 30 million characters of Chinese.
pub const LARGEST_TEXT: u64 = 100_000_000;

/// The bytes of `path`, of which there may be `most`; a file that is called `.gz` is unpacked.
///
/// # Errors
/// When it is no file, cannot be read or is larger.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, CorpusFault> {
    let fault = |error| CorpusFault::file(path, "read", error);
    if !fs::metadata(path).map_err(fault)?.is_file() {
        return Err(CorpusFault::input(format!(
            "`{}` is not a file",
            path.display()
        )));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(fault)?;
    if path.extension().is_some_and(|end| end == "gz") {
        let unpacked = MultiGzDecoder::new(file).take(most + 1);
        unpack(unpacked, &mut bytes, path)?;
    } else {
        file.take(most + 1).read_to_end(&mut bytes).map_err(fault)?;
    }
    if bytes.len() as u64 > most {
        let (shown, most) = (path.display(), most / 1_000_000);
        return Err(
            CorpusFault::input(format!("`{shown}` is larger than {most} million bytes"))
                .hint("split it, or take it out of the folder"),
        );
    }
    Ok(bytes)
}

/// Reads all that is `packed` in `path`.
fn unpack(mut packed: impl Read, bytes: &mut Vec<u8>, path: &Path) -> Result<(), CorpusFault> {
    let read = packed.read_to_end(bytes);
    read.map(|_| ()).map_err(|error| match error.kind() {
        ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof => {
            CorpusFault::input(format!("`{}` is no whole gzip file", path.display()))
                .hint("copy it anew, or put it there unpacked and without `.gz`")
        }
        _ => CorpusFault::file(path, "read", error),
    })
}

/// The text of `path` in UTF-8, without a byte order mark, of at most `most` bytes.
///
/// # Errors
/// As [`bytes`], and when it is not UTF-8.
pub fn text(path: &Path, most: u64) -> Result<String, CorpusFault> {
    let text = String::from_utf8(bytes(path, most)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..at]
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        CorpusFault::input("the file is not UTF-8")
            .at(format!("{}:{line}", path.display()))
            .hint("save the file as UTF-8")
    })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}
