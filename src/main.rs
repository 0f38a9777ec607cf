//! The `cogov` command.
fn main() {}
