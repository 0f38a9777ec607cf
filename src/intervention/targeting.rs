//! Whom an intervention reaches: by level, province, region, alliance; then the lowest on a state
//! or leaning, or a random share, of those.
//!
//! A random share is nested: the governments reached at 10 % are among those reached at 20 %, in
//! every policy of a replication.

use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::chance::draws::policy::RANDOM_SHARE;
use crate::world::country::Country;
use crate::world::government::{Government, Level};
use crate::world::levers::{Criterion, Reach};

/// The share of candidates that is lowest on something.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Lowest {
    /// What they are ranked by.
    pub by: Criterion,
    /// How many of them are reached.
    pub share: f64,
}

/// Conditions that a government must all meet.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
pub struct Target {
    /// Levels; empty means any.
    pub levels: Vec<Level>,
    /// Only governments that serve citizens.
    pub frontline: bool,
    /// Provinces (position in the table); empty means any.
    pub provinces: Vec<usize>,
    /// Regions (position in the order of the table); empty means any.
    pub regions: Vec<usize>,
    /// Alliances (position in the table), whose members' governments are meant; empty means any.
    pub alliances: Vec<usize>,
    /// The share of them that is lowest on a measure when the intervention starts.
    pub lowest: Option<Lowest>,
    /// A random share of them.
    pub random_share: Option<f64>,
}

impl Target {
    /// Governments that meet the conditions, before any share is taken.
    pub fn candidates(&self, country: &Country) -> Vec<u32> {
        let governments = country.governments.iter();
        let met = governments.filter(|government| self.met_by(government, country));
        met.map(|government| government.id).collect()
    }

    /// Whom it reaches, with the luck of one replication.
    pub fn reach(&self, country: &Country, chance: &Chance) -> Reach {
        let mut candidates = self.candidates(country);
        if let Some(share) = self.random_share {
            let count = how_many(share, candidates.len());
            let who = |id: u32| country.identities[id as usize];
            let luck = |id: u32| chance.uniform_of(RANDOM_SHARE, 0, who(id));
            candidates.sort_by_cached_key(|id| (luck(*id).to_bits(), who(*id)));
            candidates.truncate(count);
            candidates.sort_unstable();
        }
        match self.lowest {
            None => Reach::Fixed(candidates),
            Some(Lowest { by, share }) => Reach::Lowest {
                count: how_many(share, candidates.len()),
                among: candidates,
                by,
            },
        }
    }

    fn met_by(&self, government: &Government, country: &Country) -> bool {
        let any_or = |list: &[usize], found: &dyn Fn(usize) -> bool| {
            list.is_empty() || government.province.is_some_and(found)
        };
        let serves = || country.cell_of(government.id).is_some();
        let allied = |province: usize| {
            let member = |alliance: &usize| {
                let members = &country.geography.alliances[*alliance].members;
                members.iter().any(|member| member.province == province)
            };
            self.alliances.iter().any(member)
        };
        let in_region = |province| {
            self.regions
                .contains(&country.geography.region_of(province))
        };
        (self.levels.is_empty() || self.levels.contains(&government.level))
            && (!self.frontline || serves())
            && any_or(&self.provinces, &|province| {
                self.provinces.contains(&province)
            })
            && any_or(&self.regions, &in_region)
            && any_or(&self.alliances, &allied)
    }
}

/// A share of `n` as a whole number, rounded to the nearest.
fn how_many(share: f64, n: usize) -> usize {
    (share * n as f64).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::by_hand::country;

    fn of(change: impl Fn(&mut Target)) -> Target {
        let mut target = Target::default();
        change(&mut target);
        target
    }

    fn candidates(change: impl Fn(&mut Target)) -> Vec<u32> {
        of(change).candidates(&country())
    }

    /// The centre 0, the provinces 1 to 3, the prefectures 4, 5 and 7, the district 6.
    #[test]
    fn a_government_must_meet_every_condition() {
        assert_eq!(candidates(|_| ()), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(
            candidates(|of| of.levels = vec![Level::Province]),
            [1, 2, 3]
        );
        assert_eq!(candidates(|of| of.frontline = true), [4, 5, 6, 7]);
        assert_eq!(candidates(|of| of.provinces = vec![0, 2]), [1, 3, 4, 5, 7]);
        // the second region is that of South and Isle, who are also the alliance
        assert_eq!(candidates(|of| of.regions = vec![1]), [2, 3, 6, 7]);
        assert_eq!(candidates(|of| of.alliances = vec![0]), [2, 3, 6, 7]);
        let both = |of: &mut Target| {
            of.frontline = true;
            of.provinces = vec![0];
        };
        assert_eq!(candidates(both), [4, 5]);
        let neither = |of: &mut Target| {
            of.regions = vec![0];
            of.alliances = vec![0];
        };
        assert_eq!(candidates(neither), [0; 0]);
        let level = |of: &mut Target| {
            of.levels = vec![Level::County, Level::Prefecture];
            of.regions = vec![1];
        };
        assert_eq!(candidates(level), [6, 7]);
    }

    #[test]
    fn a_random_share_is_rounded_nested_and_of_the_candidates() {
        let country = country();
        let reached = |share, replication| {
            let target = of(|of| {
                of.frontline = true;
                of.random_share = Some(share);
            });
            match target.reach(&country, &Chance::new(1, replication)) {
                Reach::Fixed(governments) => governments,
                Reach::Lowest { .. } => panic!("nobody is ranked"),
            }
        };
        let mut others = 0;
        for replication in 0..20 {
            let shares = [0.0, 0.1, 0.25, 0.5, 0.7, 1.0];
            let all = shares.map(|share| reached(share, replication));
            assert_eq!(all.each_ref().map(Vec::len), [0, 0, 1, 2, 3, 4]);
            for pair in all.windows(2) {
                assert!(pair[0].iter().all(|id| pair[1].contains(id)));
            }
            assert!(all.iter().all(|ids| ids.is_sorted()));
            others += u32::from(all[2] != [4]);
        }
        assert!(
            (5..20).contains(&others),
            "it is not always the first: {others}"
        );
    }

    #[test]
    fn the_lowest_share_is_counted_among_the_candidates() {
        let target = of(|of| {
            of.provinces = vec![0];
            of.lowest = Some(Lowest {
                by: Criterion::Platform,
                share: 0.6,
            });
        });
        let right = Reach::Lowest {
            among: vec![1, 4, 5],
            by: Criterion::Platform,
            count: 2,
        };
        assert_eq!(target.reach(&country(), &Chance::new(1, 0)), right);
    }
}
