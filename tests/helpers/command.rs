//! The command as tests start it, and what it leaves in folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The repository.
pub const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// The program.
pub const COGOV: &str = env!("CARGO_BIN_EXE_cogov");

/// A folder of the test's own, empty at the start; `file` names the file that the test is in.
pub fn folder(file: &str, test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file).join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// The small scenario's file.
pub fn small() -> String {
    format!("{ROOT}/tests/fixtures/small/small.toml")
}

/// What `variable` of the environment says; `usual` where it says nothing.
pub fn times(variable: &str, usual: u64) -> u64 {
    let asked = std::env::var(variable).ok();
    asked.map_or(usual, |text| text.parse().expect("a whole number"))
}

/// `cogov` with these arguments, to be started in `home`.
pub fn cogov(home: &Path, arguments: &str) -> Command {
    let mut command = Command::new(COGOV);
    command.current_dir(home).args(arguments.split_whitespace());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What comes of `cogov` with these arguments, which must end well.
pub fn done(home: &Path, arguments: &str) -> Output {
    let output = cogov(home, arguments).output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments}: {}",
        said(&output)
    );
    output
}

/// What `cogov` with these arguments says when it ends with this exit code.
pub fn refused(home: &Path, arguments: &str, code: i32) -> String {
    let output = cogov(home, arguments).output().unwrap();
    let said = said(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments}: {said}");
    said
}

/// What went to stderr.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file of the results with its bytes.
pub fn files(results: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(results).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.is_file() && !path.ends_with(".lock"));
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut files: Vec<_> = paths
        .map(|path| (name(&path), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Names of the files of the results.
pub fn names(results: &Path) -> Vec<String> {
    files(results).into_iter().map(|(name, _)| name).collect()
}

/// The finished runs of the results.
pub fn runs(results: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(results.join("runs")).into_iter().flatten();
    let mut runs: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    runs.retain(|path| path.extension().is_some_and(|kind| kind == "run"));
    runs.sort();
    runs
}
