//! What differences say: paired effects and their intervals, policies against each other, what a gain
//! costs, who gains.

pub mod paired;
pub mod anytime;
pub mod levels;
pub mod compare;
pub mod contest;
pub mod value;
pub mod precision;
pub mod distribution;
pub mod worlds;
