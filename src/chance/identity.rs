//! Who an agent is, wherever it stands in a file.

use sha2::{Digest as _, Sha256};

/// A stable number made from what somebody is called; two names give the same number with a
/// probability of 2^-52.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Identity(u64);

impl Identity {
    /// The identity of what is called `name`: the first words of its SHA-256.
    pub fn of(name: &str) -> Self {
        let digest = Sha256::digest(name.as_bytes());
        let first = digest.iter().take(8).map(|byte| u64::from(*byte));
        Self(first.fold(0, |number, byte| number << 8 | byte))
    }

    /// The identity of the directed tie from this agent to `other`.
    pub fn tied_to(self, other: Self) -> Self {
        Self(self.0.wrapping_mul(2).wrapping_add(other.0))
    }

    /// The number.
    pub(super) fn number(self) -> u64 {
        self.0
    }

    /// Place of the agent's life among the 2^52 lives of a stream.
    pub(super) fn life(self) -> u128 {
        u128::from(self.0 >> 12)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_the_beginning_of_a_known_digest() {
        // SHA-256 of "abc" begins with ba7816bf 8f01cfea (FIPS 180-4)
        assert_eq!(Identity::of("abc"), Identity(0xba78_16bf_8f01_cfea));
    }

    #[test]
    fn a_tie_has_a_direction() {
        let [a, b] = ["CN-SC province 1", "CN-GS province 1"].map(Identity::of);
        assert_ne!(a.tied_to(b), b.tied_to(a));
        assert_ne!(a.tied_to(b), a);
    }
}
