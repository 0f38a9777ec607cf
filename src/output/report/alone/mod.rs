//! The page of one policy that is compared with nothing: how its outcomes unfold, where they stand, what
//! was run. It is written whole, in the frame of every report.
//!
//! `told` reads the files, `say` finds the words, `drawn` the figures, `page` puts both together.

mod told;
mod say;
mod drawn;
mod page;

pub use page::page;
pub use told::ToldAlone;
