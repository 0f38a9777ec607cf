//! cogov: a multi-agent simulator of collaborative governance.
//!
//! Governments, enterprises, citizens and social organisations live as agents on the
//! intergovernmental network of a country. A scenario file asks a question; policies are compared
//! with a baseline on the same replications, so that a difference is the policy's doing.
//!
//! # Six lines from a file to an effect
//!
//! ```
//! use cogov::scenario::{Overrides, load};
//! use cogov::study::{Options, Study};
//!
//! let loaded = load("tests/fixtures/small/small.toml", &Overrides::default())?;
//! let compared = Study::open(loaded, Options::default())?.compare()?;
//! let effect = compared.effect("mandate", "data_sharing_rate").expect("both names are known");
//! println!("{:+.3}, from {:+.3} to {:+.3}", effect.difference, effect.low, effect.high);
//! # assert!(effect.low > 0.0);
//! # Ok::<(), cogov::study::Error>(())
//! ```
//!
//! Without a folder nothing is left on disk; [`study::Options`] name one, and whom to tell how far it is.
//!
//! # Where things are
//!
//! ```text
//!                 cli                   a face: parses, calls, prints
//!                  |
//!                study                  a study in its folder
//!                  |
//!                output                 tables, report, figures
//!               /      \
//!       experiment      |               many runs, their differences
//!            |          |
//!       simulation      |               one run
//!            |          |
//!        scenario    factors            what was asked | policy texts to factors
//!        /      \       |
//!    model  intervention |              the month | what policy does
//!        \      /       |
//!          world        |               what exists; its levers are the only door between the two
//!            |          |
//!         chance, numeric               luck, plain mathematics
//! ```
//!
//! Each box knows what lies below it on its lines, and nothing above.
//!
//! The modules stand in reading order, and each sees only what stands before it:
//!
//! | module | what it answers |
//! |---|---|
//! | [`chance`], [`numeric`] | what luck is; plain mathematics |
//! | [`world`] | what exists |
//! | [`model`] | what happens in a month: one process, one file |
//! | [`intervention`] | what policy does; meets the model only in [`world::levers`] |
//! | [`factors`] | where governments' leanings come from: policy texts to factors |
//! | [`scenario`] | what was asked, and every way to ask wrongly |
//! | [`simulation`] | one run |
//! | [`experiment`] | many runs and what their differences say |
//! | [`output`] | what is written |
//! | [`study`] | a study in its folder: compare, sweep, calibrate, go on |
//! | [`lab`] | the live page: levers, and results while they are run |
//! | [`cli`] | what is typed |
//!
//! Three things hold everywhere, and tests guard them. A draw is a pure function of seed,
//! world, replication, process, month and agent. Results have the same bytes for any number of threads,
//! order and block size. A policy of dose 0 is the baseline, to the last bit.

pub mod chance;
pub mod numeric;
pub mod world;
pub mod model;
pub mod intervention;
pub mod factors;
pub mod scenario;
pub mod simulation;
pub mod experiment;
pub mod output;
pub mod study;
pub mod lab;
pub mod cli;
