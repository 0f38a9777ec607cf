//! The answer: a headline and three cards by rules, from one outcome's effects, both their intervals and
//! their costs. No clause claims what an interval denies.

pub mod facts;
pub mod numbers;
pub mod headline;
pub mod cards;
#[cfg(test)]
mod golden;
