//! Policy factors: the themes of policy texts that governments attend to.

/// The six policy factors of a text, in the order of every factor table.
pub const FACTORS: [&str; 6] = [
    "participation",
    "service",
    "coordination",
    "data_rules",
    "platform",
    "security",
];

/// Number of policy factors.
pub const FACTOR_COUNT: usize = FACTORS.len();

/// The dimensions of policy texts: each holds two neighbouring factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// Participation and service.
    Value,
    /// Coordination and rules for data.
    Institution,
    /// Platforms and security.
    Technology,
}

impl Dimension {
    /// The sum of `by_factor` over the factors of this dimension.
    pub fn sum(self, by_factor: &[f64; FACTOR_COUNT]) -> f64 {
        let first = 2 * self as usize;
        by_factor[first] + by_factor[first + 1]
    }
}
