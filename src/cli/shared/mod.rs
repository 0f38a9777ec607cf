//! What verbs share: flags that become options, the progress bar, Ctrl-C, text on the terminal.

pub mod chain_progress;
pub mod design;
pub mod factors;
pub mod flags;
pub mod manner;
pub mod numbers;
pub mod progress;
pub mod questions;
pub mod said;
pub mod stop;
pub mod terminal;
pub mod writing;
