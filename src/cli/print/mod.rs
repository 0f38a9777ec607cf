//! What verbs put on the terminal: values of a study as tables for people, as JSON for programs.

pub mod answers;
pub mod best;
pub mod calibrate;
pub mod check;
pub mod compare;
mod effects;
mod forest;
mod compare_json;
pub mod explain;
pub mod factors;
pub mod part;
mod policies;
pub mod policy;
pub mod sweep;

use crate::study::Finished;

/// Where the results are, and the report if there is one, in a line each.
pub fn places(study: &Finished) -> String {
    let line = |what: &str, path: &Option<std::path::PathBuf>| match path {
        Some(path) => format!("{what:<8} {}\n", path.display()),
        None => String::new(),
    };
    line("results:", &study.folder) + &line("report:", &study.report)
}
