//! What a chunk of citizens adds up to: counts, and sums in fixed point that do not depend on order.

use crate::model::citizens::Lived;
use crate::model::experience::Impressions;
use crate::numeric::{to_fixed, to_shifted, unshifted};
use crate::world::community::{ONLINE, PUT_OFF, Tally, WAITING};

/// Counts and fixed-point sums over a chunk.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChunkSums {
    raised: i32,
    closed: i32,
    substantive: i32,
    abandoned: i32,
    waited: i32,
    pending: i32,
    pending_online: i32,
    online: i32,
    put_off_online: i32,
    trust: u32,
    expectation: u32,
    satisfaction: u32,
}

impl ChunkSums {
    /// Adds what a month brought to a citizen who is `present`; nobody else counts.
    #[inline(always)]
    pub fn add(&mut self, lived: &Lived, present: bool) {
        let after = lived.citizen;
        let count = |so: bool| i32::from(so & present);
        let shifted = |x: f32| if present { to_shifted(x) } else { 0 };
        let online = count(after.situation & ONLINE != 0);
        let pending = count(after.situation & WAITING != 0);
        let put_off = count(after.situation & PUT_OFF != 0);
        self.raised += count(lived.raised);
        self.closed += count(lived.closed);
        self.substantive += count(lived.substantive);
        self.abandoned += count(lived.abandoned);
        self.waited += if present { lived.waited as i32 } else { 0 };
        self.pending += pending;
        self.pending_online += pending & online;
        self.online += online;
        self.put_off_online += put_off & online;
        self.trust = self.trust.wrapping_add(shifted(after.trust));
        self.expectation = self.expectation.wrapping_add(shifted(after.expectation));
        self.satisfaction = self.satisfaction.wrapping_add(shifted(lived.satisfaction));
    }

    /// The sums as those of a cell with so many citizens, who had these `impressions`.
    ///
    /// Performance has three values, and whoever was closed without substance is put off: neither needs a sum.
    // a call would have the sums in memory while citizens are lived, one by one then
    #[inline(always)]
    pub fn tally(&self, citizens: usize, impressions: &Impressions) -> Tally {
        let put_off = self.closed - self.substantive;
        let settled = self.closed + self.abandoned;
        let performance = [
            (citizens as i64 - i64::from(settled), impressions.unsettled),
            ((settled - self.substantive).into(), impressions.without),
            (self.substantive.into(), impressions.substantive),
        ]
        .map(|(count, impression)| count * i64::from(to_fixed(impression.performance)));
        let offline = citizens as i64 - i64::from(self.online);
        let pending_offline = i64::from(self.pending - self.pending_online);
        Tally {
            raised: self.raised.into(),
            closed: self.closed.into(),
            substantive: self.substantive.into(),
            abandoned: self.abandoned.into(),
            waited: self.waited.into(),
            pending: self.pending.into(),
            online: self.online.into(),
            free: [
                offline - pending_offline,
                (self.online - self.pending_online).into(),
            ],
            put_off: [
                (put_off - self.put_off_online).into(),
                self.put_off_online.into(),
            ],
            trust: unshifted(self.trust, citizens).into(),
            expectation: unshifted(self.expectation, citizens).into(),
            performance: performance.iter().sum(),
            satisfaction: unshifted(self.satisfaction, citizens).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::citizens::Citizen;
    use crate::model::experience::Impression;

    /// Somebody who lived a month; all numbers are powers of a half, so sums are exact.
    fn lived(situation: u32, what: [bool; 4], waited: u32) -> Lived {
        let [raised, closed, substantive, abandoned] = what;
        Lived {
            citizen: Citizen {
                trust: 0.5,
                expectation: 0.25,
                literacy: 0,
                situation,
            },
            raised,
            closed,
            substantive,
            abandoned,
            waited,
            satisfaction: 0.75,
        }
    }

    /// Performance as perceived is .125, .25 or .5.
    fn impressions() -> Impressions {
        let impression = |performance| Impression {
            performance,
            earned: 0.0,
        };
        Impressions {
            unsettled: impression(0.125),
            without: impression(0.25),
            substantive: impression(0.5),
        }
    }

    /// Five citizens, and one row with nobody.
    #[test]
    fn a_hand_counted_chunk() {
        let mut sums = ChunkSums::default();
        let [yes, no] = [true, false];
        for (one, present) in [
            (lived(ONLINE | 3, [yes, no, no, no], 0), true),
            (lived(ONLINE | PUT_OFF, [yes, yes, no, no], 5), true),
            (lived(PUT_OFF, [no, yes, no, no], 2), true),
            (lived(0, [no, yes, yes, no], 4), true),
            (lived(1, [no, no, no, yes], 0), true),
            (lived(ONLINE | PUT_OFF | 1, [yes; 4], 9), false),
        ] {
            sums.add(&one, present);
        }
        let fixed = |each: f64| (5.0 * each * 65_536.0) as i64;
        let right = Tally {
            raised: 2,
            closed: 3,
            substantive: 1,
            abandoned: 1,
            waited: 11,
            pending: 2,
            online: 2,
            free: [2, 1],
            put_off: [1, 1],
            trust: fixed(0.5),
            expectation: fixed(0.25),
            // of the unsettled, of two closed and one given up without substance, of one closed with it
            performance: (fixed(0.125) + 3 * fixed(0.25) + fixed(0.5)) / 5,
            satisfaction: fixed(0.75),
        };
        assert_eq!(sums.tally(5, &impressions()), right);
    }
}
