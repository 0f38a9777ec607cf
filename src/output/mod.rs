//! What is written. A file appears under its name only when it is whole.

pub mod chains;
pub mod counts;
pub mod factors;

use crate::factors::Fault;
use std::fs;
use std::path::Path;

/// Writes `bytes` to a temporary name beside `path`, then renames it.
///
/// # Errors
/// When the folder cannot be made or the file not written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let fault = |error| Fault::file(path, "write", error);
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".tmp");
    let temporary = path.with_file_name(name);
    fs::write(&temporary, bytes).map_err(fault)?;
    fs::rename(&temporary, path).map_err(fault)
}
