//! What is said beside the data, on stderr.

use std::io::{Write as _, stderr};

/// Puts a line on stderr; where nobody listens any more, it is lost.
pub fn say(line: &str) {
    let _ = writeln!(stderr(), "{line}");
}
