//! What verbs share: flags that become options, the progress bar, Ctrl-C, text on the terminal.

pub mod flags;
pub mod manner;
pub mod progress;
pub mod questions;
pub mod stop;
pub mod terminal;
