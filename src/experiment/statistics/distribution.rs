//! Who gains and who loses: provinces, cells and citizens against the very same ones under the
//! baseline.
//!
//! The same citizen meets the same luck under every policy, so a difference is the policy's doing.
//! They are compared by trust: citizens and cells at the end of the run, provinces over its last 12
//! months. Groups are those of the baseline. Of citizens, some thousands stand for all.

use crate::experiment::runs::digest::{Digest, Kept};
use crate::experiment::runs::plan::Point;
use crate::experiment::statistics::paired::Effect;
use crate::experiment::statistics::worlds::differences::Differences;
use crate::model::outcome::{OUTCOMES, position};
use crate::numeric::Fraction;
use crate::scenario::Scenario;
use crate::world::people::Member;

/// Difference of trust up to which two are taken as equal.
pub const EQUAL: f32 = 0.01;

/// Who is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Provinces.
    Province,
    /// Frontline governments with their people.
    Cell,
    /// Citizens.
    Citizen,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Province, Self::Cell, Self::Citizen];

    /// The unit's name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Cell => "cell",
            Self::Citizen => "citizen",
        }
    }
}

/// What members of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Common {
    Nothing,
    Region(u8),
    Literacy(u8),
    Online(bool),
}

impl Common {
    fn holds(self, member: &Member) -> bool {
        match self {
            Self::Nothing => true,
            Self::Region(region) => member.region == region,
            Self::Literacy(quarter) => member.literacy == quarter,
            Self::Online(online) => member.online == online,
        }
    }
}

/// Units that are reported together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupName {
    /// Who is compared.
    pub unit: Unit,
    /// `all`, `region`, `literacy` or `online`.
    pub kind: &'static str,
    /// Name of the group.
    pub name: String,
    common: Common,
}

/// How the members of a group fare under a policy.
#[derive(Debug, Clone)]
pub struct Fortune {
    /// Members, over all replications.
    pub members: u64,
    /// Of these, better off; each counts as much as its world.
    pub better: Fraction,
    /// Worse off.
    pub worse: Fraction,
    means: Differences,
}

impl Default for Fortune {
    fn default() -> Self {
        Self {
            members: 0,
            better: Fraction::default(),
            worse: Fraction::default(),
            means: Differences::of(1),
        }
    }
}

impl Fortune {
    /// Mean difference of trust, with its interval by chance.
    pub fn effect(&self) -> Effect {
        self.means.effect(0)
    }
}

/// Fortunes of all groups under all policies.
#[derive(Debug, Clone)]
pub struct Distribution {
    /// The groups.
    pub groups: Vec<GroupName>,
    fortunes: Vec<Vec<Fortune>>,
    baseline: [Vec<Member>; 3],
    provinces: Vec<(usize, u8)>,
    /// Number of the point that is being added, and its weight where it is a world.
    world: Option<(usize, Option<f64>)>,
}

impl Distribution {
    /// Nothing known yet of the policies of `scenario`.
    pub fn of(scenario: &Scenario, kept: &Kept) -> Self {
        let geography = &scenario.geography;
        let groups = groups(&geography.regions);
        let trust = position("trust").expect("trust is measured");
        let first = kept.scopes.len() - geography.provinces.len();
        let place = |i: usize| {
            let region = geography.region_of(i) as u8;
            ((first + i) * OUTCOMES.len() + trust, region)
        };
        Self {
            fortunes: vec![vec![Fortune::default(); groups.len()]; scenario.policies.len()],
            groups,
            baseline: Default::default(),
            provinces: (0..geography.provinces.len()).map(place).collect(),
            world: None,
        }
    }

    /// Goes on in the design point or world `point`, none when all are seen.
    pub fn enter(&mut self, point: Option<&Point>) {
        let next = point.map(|of| (of.number, of.weight));
        if let (Some((_, Some(weight))), true) = (self.world, self.world != next) {
            let fortunes = self.fortunes.iter_mut().flatten();
            fortunes.for_each(|of| of.means.end_world(weight));
        }
        self.world = next;
    }

    /// Adds a run of `policy` there; the baseline of a replication comes first.
    pub fn add(&mut self, policy: usize, digest: &Digest) {
        let weight = self.world.and_then(|(_, weight)| weight).unwrap_or(1.0);
        let province = |&(at, region): &(usize, u8)| Member {
            trust: digest.means[at] as f32,
            region,
            literacy: 0,
            online: false,
        };
        let provinces = self.provinces.iter().map(province).collect();
        let people = [
            provinces,
            digest.people.cells.clone(),
            digest.people.citizens.clone(),
        ];
        if policy == 0 {
            self.baseline = people;
            return;
        }
        for (group, fortune) in self.groups.iter().zip(&mut self.fortunes[policy]) {
            let (before, after) = (
                &self.baseline[group.unit as usize],
                &people[group.unit as usize],
            );
            let members = before
                .iter()
                .zip(after)
                .filter(|(of, _)| group.common.holds(of));
            let trust = members.map(|(before, after)| (before.trust, after.trust));
            fortune.add(weight, trust);
        }
    }

    /// How the groups fare under `policy`.
    pub fn under(&self, policy: usize) -> impl Iterator<Item = (&GroupName, &Fortune)> {
        self.groups.iter().zip(&self.fortunes[policy])
    }
}

impl Fortune {
    fn add(&mut self, weight: f64, pairs: impl Iterator<Item = (f32, f32)>) {
        let (mut before, mut after, mut count) = (0.0, 0.0, 0_u64);
        let (mut better, mut worse) = (0_u64, 0_u64);
        for (baseline, policy) in pairs {
            before += f64::from(baseline);
            after += f64::from(policy);
            count += 1;
            better += u64::from(policy > baseline + EQUAL);
            worse += u64::from(policy < baseline - EQUAL);
        }
        self.members += count;
        let whole = count as f64;
        self.better.add(weight * better as f64, weight * whole);
        self.worse.add(weight * worse as f64, weight * whole);
        self.means.add(0, before / whole, after / whole);
    }
}

/// All groups of a country with these regions.
pub fn groups(regions: &[String]) -> Vec<GroupName> {
    let mut groups = Vec::new();
    for unit in Unit::ALL {
        let mut add = |kind, name: &str, common| {
            let name = name.into();
            groups.push(GroupName {
                unit,
                kind,
                name,
                common,
            });
        };
        add("all", "all", Common::Nothing);
        for (i, region) in regions.iter().enumerate() {
            add("region", region, Common::Region(i as u8));
        }
        if unit == Unit::Citizen {
            let quarters = [
                "lowest quarter",
                "second quarter",
                "third quarter",
                "highest quarter",
            ];
            for (quarter, name) in (0..).zip(quarters) {
                add("literacy", name, Common::Literacy(quarter));
            }
            add("online", "online", Common::Online(true));
            add("online", "offline", Common::Online(false));
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_compared_with_the_very_same_one() {
        let mut fortune = Fortune::default();
        let pairs = [(0.5, 0.6), (0.5, 0.505), (0.5, 0.3), (0.2, 0.4)];
        fortune.add(1.0, pairs.into_iter());
        let shares = (fortune.better.share(), fortune.worse.share());
        assert_eq!((fortune.members, shares), (4, (0.5, 0.25)));
        assert!((fortune.effect().difference - 0.026_25).abs() < 1e-6);
    }

    #[test]
    fn groups_are_told_apart_by_what_members_share() {
        let member = Member {
            trust: 0.5,
            region: 1,
            literacy: 3,
            online: true,
        };
        let groups = groups(&["east".into(), "west".into()]);
        let holds = groups
            .iter()
            .filter(|group| group.unit == Unit::Citizen && group.common.holds(&member));
        let names: Vec<&str> = holds.map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["all", "west", "highest quarter", "online"]);
    }

    /// Provinces are read where the digest has their trust: behind the nation and two regions.
    #[test]
    fn provinces_are_compared_by_their_own_trust() {
        use crate::experiment::by_hand::scenario;
        use crate::experiment::runs::digest::Detail;
        let asked = scenario();
        let kept = Kept::of(&asked, Detail::Full);
        let trust = position("trust").unwrap();
        let digest = |change: f64| {
            let mut means = vec![0.0; kept.periods.len() * kept.scopes.len() * OUTCOMES.len()];
            for (province, more) in [0.1, 0.0, -0.2].into_iter().enumerate() {
                means[(3 + province) * OUTCOMES.len() + trust] = 0.5 + change * more;
            }
            Digest {
                means,
                ..Digest::default()
            }
        };
        let mut distribution = Distribution::of(&asked, &kept);
        distribution.add(0, &digest(0.0));
        distribution.add(1, &digest(1.0));
        let (all, fortune) = distribution.under(1).next().expect("a group");
        assert_eq!(
            (all.unit, all.kind, fortune.members),
            (Unit::Province, "all", 3)
        );
        let third = 1.0 / 3.0;
        assert_eq!(
            (fortune.better.share(), fortune.worse.share()),
            (third, third)
        );
        let regions: Vec<_> = distribution.under(1).skip(1).take(2).collect();
        assert_eq!(
            (regions[0].1.members, regions[0].1.better.share()),
            (1, 1.0)
        );
        assert_eq!((regions[1].1.members, regions[1].1.worse.share()), (2, 0.5));
    }
}
