//! What is said of what was read: counts, the frontier, rounded numbers, sentences, words.

pub mod round;
pub mod tally;
pub mod frontier;
pub mod words;
pub mod sentence;
pub mod answer;
