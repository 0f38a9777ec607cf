//! What is measured: each outcome with its unit, its direction and its formula over the sums of a
//! scope. Adding an outcome is adding a row.

use serde::Serialize;

use crate::numeric::{gini, mean, variation};
use crate::world::nation::Nation;

/// Quantities that the ledger adds up over a scope each month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "names say it; the ledger fills them in")]
#[rustfmt::skip]
pub enum Item {
    Governments, Institution, Platform, Capacity, Openness, Fear, Frontline, Building,
    Launches, ProvincialLaunches, Incidents, IncidentMonths,
    Ties, Active, Mutual, Belief,
    VerticalTies, VerticalActive, AdjacentTies, AdjacentActive,
    SiblingTies, SiblingActive, AllianceTies, AllianceActive,
    BlockTies, BlockActive, LineTies, LineActive,
    Residents, Enterprises, Organisations, EnterpriseWork, OrganisationWork, CitizenWork,
    Online, Trust, Expectation, Performance, Satisfaction, Reported, FromService, FromExpectation,
    Raised, Handled, Closed, Substantive, Abandoned, Pending, Waited,
    Cost,
}

/// Number of items.
pub const ITEMS: usize = Item::Cost as usize + 1;

/// One number per [`Item`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sums([f64; ITEMS]);

impl Default for Sums {
    fn default() -> Self {
        Self([0.0; ITEMS])
    }
}

impl Sums {
    /// Adds `value` to `item`.
    pub fn add(&mut self, item: Item, value: f64) {
        self.0[item as usize] += value;
    }

    /// The sum of `item`.
    pub fn get(&self, item: Item) -> f64 {
        self.0[item as usize]
    }

    /// Sum of `item` over sum of `of`; NaN where there is nothing to divide by.
    pub fn ratio(&self, item: Item, of: Item) -> f64 {
        match self.get(of) {
            0.0 => f64::NAN,
            whole => self.get(item) / whole,
        }
    }

    /// Adds all items of `other`.
    pub fn add_all(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine += theirs;
        }
    }
}

/// Provinces that are reported together.
#[derive(Debug, Clone, Copy)]
pub struct Aggregate<'a> {
    /// Sums over the scope.
    pub sums: &'a Sums,
    /// Sums of each province of the scope, with its side of the gap.
    pub provinces: &'a [(Sums, GapSide)],
}

/// Where a province lies, for the gap between two regions that the country names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapSide {
    /// The region that is ahead.
    Ahead,
    /// The region that is behind.
    Behind,
    /// Any other region.
    Neither,
}

impl GapSide {
    /// The side of `region` in `nation`.
    pub fn of(region: &str, nation: &Nation) -> Self {
        match &nation.gap {
            Some([ahead, _]) if ahead == region => Self::Ahead,
            Some([_, behind]) if behind == region => Self::Behind,
            _ => Self::Neither,
        }
    }
}

impl Aggregate<'_> {
    fn by_province(&self, item: Item, of: Item) -> Vec<f64> {
        let value = |(sums, _): &(Sums, GapSide)| sums.ratio(item, of);
        self.provinces.iter().map(value).collect()
    }

    /// Spread of capacity or sharing between provinces; NaN for a single province.
    fn between(&self, item: Item, of: Item, spread: fn(&[f64]) -> f64) -> f64 {
        if self.provinces.len() < 2 {
            return f64::NAN;
        }
        spread(&self.by_province(item, of))
    }
}

/// Mean capacity of the provinces of the region ahead less that of the region behind.
fn regional_gap(scope: &Aggregate<'_>) -> f64 {
    if scope.provinces.len() < 2 {
        return f64::NAN;
    }
    let side = |side| {
        let inside = scope.provinces.iter().filter(|(_, of)| *of == side);
        let capacity = |(sums, _): &(Sums, GapSide)| sums.ratio(Item::Capacity, Item::Governments);
        mean(&inside.map(capacity).collect::<Vec<f64>>())
    };
    side(GapSide::Ahead) - side(GapSide::Behind)
}

/// Whether more of an outcome is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither as such.
    Neutral,
}

impl Direction {
    /// The direction's name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Neutral => "neutral",
        }
    }

    /// What a change is multiplied with so that more is better.
    pub fn sign(self) -> f64 {
        match self {
            Self::Up | Self::Neutral => 1.0,
            Self::Down => -1.0,
        }
    }
}

/// One thing that is measured.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// Name: the column in every file.
    pub name: &'static str,
    /// Group under which it is explained.
    pub group: &'static str,
    /// Unit; `money` stands for the country's currency.
    pub unit: &'static str,
    /// Whether more is better.
    pub direction: Direction,
    /// Whether tables of results show it first.
    pub main: bool,
    /// Meaning and formula, in words.
    pub meaning: &'static str,
    /// Value in a scope.
    pub of: fn(&Aggregate<'_>) -> f64,
}

impl Outcome {
    /// Its unit where money is `currency`.
    pub fn unit_in(&self, currency: &str) -> String {
        self.unit.replace("money", currency)
    }
}

const fn row(
    group: &'static str,
    name: &'static str,
    unit: &'static str,
    direction: Direction,
    meaning: &'static str,
    of: fn(&Aggregate<'_>) -> f64,
) -> Outcome {
    Outcome {
        name,
        group,
        unit,
        direction,
        main: false,
        meaning,
        of,
    }
}

const fn main(outcome: Outcome) -> Outcome {
    Outcome {
        main: true,
        ..outcome
    }
}

const SMALL: &str = "small collaboration";
const OPEN: &str = "openness and capacity";
const BIG: &str = "big collaboration";
const SERVICE: &str = "service";
const CITIZENS: &str = "citizens";
const SECURITY: &str = "security";
const INEQUALITY: &str = "inequality between provinces";
const MONEY: &str = "money";

/// Sharing below which its Gini coefficient is noise.
const SHARING_WORTH_COMPARING: f64 = 0.2;

use Direction::{Down, Neutral, Up};
use Item as I;

/// Everything that is measured, in the order of the columns.
#[rustfmt::skip]
pub const OUTCOMES: &[Outcome] = &[
    main(row(SMALL, "data_sharing_rate", "share of ties", Up, "directed ties over which data is shared, of those that exist", |s| s.sums.ratio(I::Active, I::Ties))),
    row(SMALL, "data_sharing_rate_vertical", "share of ties", Up, "the same between superior and subordinate", |s| s.sums.ratio(I::VerticalActive, I::VerticalTies)),
    row(SMALL, "data_sharing_rate_adjacent", "share of ties", Up, "the same between bordering provinces", |s| s.sums.ratio(I::AdjacentActive, I::AdjacentTies)),
    row(SMALL, "data_sharing_rate_sibling", "share of ties", Up, "the same between siblings of a province", |s| s.sums.ratio(I::SiblingActive, I::SiblingTies)),
    row(SMALL, "data_sharing_rate_alliance", "share of ties", Up, "the same between allied and paired provinces", |s| s.sums.ratio(I::AllianceActive, I::AllianceTies)),
    row(SMALL, "data_sharing_rate_block", "share of ties", Up, "the same between departments of one government; blank without departments", |s| s.sums.ratio(I::BlockActive, I::BlockTies)),
    row(SMALL, "data_sharing_rate_line", "share of ties", Up, "the same between a department and its ministry's above and below; blank without departments", |s| s.sums.ratio(I::LineActive, I::LineTies)),
    row(SMALL, "reciprocal_sharing", "share of ties", Up, "ties over which both ends share", |s| s.sums.ratio(I::Mutual, I::Ties)),
    row(SMALL, "mean_belief", "probability", Up, "mean belief that the partner shares", |s| s.sums.ratio(I::Belief, I::Ties)),
    row(SMALL, "small_collaboration", "0 to 1", Up, "half data_sharing_rate, half mean_belief", |s| 0.5 * (s.sums.ratio(I::Active, I::Ties) + s.sums.ratio(I::Belief, I::Ties))),
    main(row(OPEN, "openness", "share of data", Up, "mean share of data that governments have opened", |s| s.sums.ratio(I::Openness, I::Governments))),
    row(OPEN, "platforms_launched", "platforms", Up, "open-data platforms of provinces and prefectures", |s| s.sums.get(I::Launches)),
    row(OPEN, "platforms_launched_provincial", "platforms", Up, "open-data platforms of provinces", |s| s.sums.get(I::ProvincialLaunches)),
    row(OPEN, "institution", "stock, 0 to 1", Up, "mean institution stock N of governments", |s| s.sums.ratio(I::Institution, I::Governments)),
    row(OPEN, "platform", "stock, 0 to 1", Up, "mean platform stock D of governments", |s| s.sums.ratio(I::Platform, I::Governments)),
    main(row(OPEN, "capacity", "0 to 1", Up, "mean collaborative capacity Q of governments", |s| s.sums.ratio(I::Capacity, I::Governments))),
    row(OPEN, "building_effort", "relative to rest", Up, "mean effort m that frontline governments have left for building", |s| s.sums.ratio(I::Building, I::Frontline)),
    row(BIG, "enterprise_participation", "share of enterprises", Up, "enterprises that take part, xE", |s| s.sums.ratio(I::Enterprises, I::Residents)),
    row(BIG, "society_participation", "share of organisations", Up, "social organisations that take part, xS", |s| s.sums.ratio(I::Organisations, I::Residents)),
    row(BIG, "online_share", "share of citizens", Up, "citizens who deal with government online, u", |s| s.sums.ratio(I::Online, I::Residents)),
    main(row(BIG, "enterprise_collaboration", "0 to 1", Up, "xE times openness of the own government", |s| s.sums.ratio(I::EnterpriseWork, I::Residents))),
    main(row(BIG, "society_collaboration", "0 to 1", Up, "xS times institution stock of the own government", |s| s.sums.ratio(I::OrganisationWork, I::Residents))),
    main(row(BIG, "citizen_collaboration", "0 to 1", Up, "share online times mean trust of the cell", |s| s.sums.ratio(I::CitizenWork, I::Residents))),
    row(SERVICE, "requests_raised", "per head and month", Neutral, "requests that citizens raised", |s| s.sums.ratio(I::Raised, I::Residents)),
    row(SERVICE, "nominal_resolution", "share of requests", Up, "open requests that were closed, rho", |s| s.sums.ratio(I::Closed, I::Handled)),
    main(row(SERVICE, "substantive_resolution", "share of requests", Up, "open requests that were closed with substance, rho q", |s| s.sums.ratio(I::Substantive, I::Handled))),
    row(SERVICE, "cosmetic_share", "share of closures", Down, "closed requests without substance", |s| 1.0 - s.sums.ratio(I::Substantive, I::Closed)),
    row(SERVICE, "backlog", "requests per head", Down, "requests open at the end of the month", |s| s.sums.ratio(I::Pending, I::Residents)),
    row(SERVICE, "mean_wait", "months", Down, "months from raising to closing of closed requests", |s| s.sums.ratio(I::Waited, I::Closed)),
    row(SERVICE, "abandoned", "per head and month", Down, "requests that citizens gave up", |s| s.sums.ratio(I::Abandoned, I::Residents)),
    row(CITIZENS, "expectation_gap", "performance, 0 to 1", Down, "mean expectation less mean perceived performance, E - p", |s| s.sums.ratio(I::Expectation, I::Residents) - s.sums.ratio(I::Performance, I::Residents)),
    main(row(CITIZENS, "satisfaction", "0 to 1", Up, "mean latent satisfaction S", |s| s.sums.ratio(I::Satisfaction, I::Residents))),
    row(CITIZENS, "satisfaction_from_service", "0 to 1", Up, "part of satisfaction that moves with performance, (bP + bD) p", |s| s.sums.ratio(I::FromService, I::Residents)),
    row(CITIZENS, "satisfaction_from_expectation", "0 to 1", Neutral, "part that moves with expectation, -bD E: expectation management, not better service", |s| s.sums.ratio(I::FromExpectation, I::Residents)),
    row(CITIZENS, "reported_satisfaction", "0 to 1", Neutral, "what a call-back survey would publish", |s| s.sums.ratio(I::Reported, I::Residents)),
    main(row(CITIZENS, "trust", "0 to 1", Up, "mean trust of citizens in the own government", |s| s.sums.ratio(I::Trust, I::Residents))),
    row(SECURITY, "incidents", "per 100 government-years", Down, "security incidents, mean of the last 12 months", |s| 1200.0 * s.sums.ratio(I::Incidents, I::IncidentMonths)),
    row(SECURITY, "fear", "cost of integration = 1", Down, "mean fear of blame", |s| s.sums.ratio(I::Fear, I::Governments)),
    row(INEQUALITY, "capacity_gini", "0 to 1", Down, "Gini coefficient of capacity between provinces", |s| s.between(I::Capacity, I::Governments, gini)),
    row(INEQUALITY, "capacity_cv", "ratio", Down, "coefficient of variation of capacity between provinces", |s| s.between(I::Capacity, I::Governments, variation)),
    row(INEQUALITY, "regional_gap", "capacity, 0 to 1", Down, "mean capacity of provinces of the region ahead less that of the region behind, as [country] names them", regional_gap),
    row(INEQUALITY, "sharing_gini", "0 to 1", Down, "Gini coefficient of sharing between provinces, where sharing is above .2", |s| if s.sums.ratio(I::Active, I::Ties) > SHARING_WORTH_COMPARING { s.between(I::Active, I::Ties, gini) } else { f64::NAN }),
    row(MONEY, "cost", "money per month", Down, "spent on interventions", |s| s.sums.get(I::Cost)),
    row(MONEY, "cost_per_head", "money per head and year", Down, "the same per resident, at the yearly rate of the month", |s| 12.0 * s.sums.ratio(I::Cost, I::Residents)),
];

/// Positions of the main outcomes.
pub fn main_outcomes() -> Vec<usize> {
    (0..OUTCOMES.len()).filter(|o| OUTCOMES[*o].main).collect()
}

/// Position of the outcome with this name.
pub fn position(name: &str) -> Option<usize> {
    OUTCOMES.iter().position(|outcome| outcome.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::by_hand::near;

    #[test]
    fn names_are_unique_and_every_main_outcome_has_a_direction() {
        let mut names: Vec<&str> = OUTCOMES.iter().map(|outcome| outcome.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), OUTCOMES.len());
        assert!(
            OUTCOMES
                .iter()
                .filter(|o| o.main)
                .all(|o| o.direction != Neutral)
        );
    }

    #[test]
    fn nothing_to_divide_by_is_no_number() {
        let sums = Sums::default();
        assert!(sums.ratio(Item::Active, Item::Ties).is_nan());
    }

    /// Sums that hold these items and nothing else.
    fn valued(items: &[(Item, f64)]) -> Sums {
        let mut sums = Sums::default();
        for (item, value) in items {
            sums.add(*item, *value);
        }
        sums
    }

    fn value(name: &str, provinces: &[(Sums, GapSide)]) -> f64 {
        let mut sums = Sums::default();
        provinces.iter().for_each(|(of, _)| sums.add_all(of));
        let scope = Aggregate {
            sums: &sums,
            provinces,
        };
        (OUTCOMES[position(name).expect("an outcome")].of)(&scope)
    }

    #[test]
    fn hand_calculated_outcomes_of_a_province() {
        let sums = valued(&[
            (Item::Ties, 10.0),
            (Item::Active, 4.0),
            (Item::Belief, 3.0),
            (Item::Closed, 8.0),
            (Item::Substantive, 6.0),
            (Item::Residents, 100.0),
            (Item::Expectation, 60.0),
            (Item::Performance, 45.0),
            (Item::Incidents, 3.0),
            (Item::IncidentMonths, 48.0),
            (Item::Cost, 200.0),
            (Item::Launches, 7.0),
        ]);
        for (name, right) in [
            ("data_sharing_rate", 0.4),
            ("small_collaboration", 0.35),
            ("cosmetic_share", 0.25),
            ("expectation_gap", 0.15),
            ("incidents", 75.0),
            ("cost", 200.0),
            ("cost_per_head", 24.0),
            ("platforms_launched", 7.0),
        ] {
            near(value(name, &[(sums, GapSide::Neither)]), right);
        }
    }

    /// Capacities of .2 and .6 behind, of .8 ahead, and of a province that is in neither region.
    #[test]
    fn hand_calculated_gaps_between_provinces() {
        let province = |capacity: f64, active| {
            valued(&[
                (Item::Governments, 2.0),
                (Item::Capacity, 2.0 * capacity),
                (Item::Ties, 10.0),
                (Item::Active, active),
            ])
        };
        let all = [
            (province(0.2, 1.0), GapSide::Behind),
            (province(0.6, 1.0), GapSide::Behind),
            (province(0.8, 4.0), GapSide::Ahead),
            (province(0.8, 4.0), GapSide::Neither),
        ];
        near(value("regional_gap", &all), 0.4);
        // mean .6: the differences of all pairs are .4, .6, .6, .2, .2, 0; variance .06
        near(value("capacity_gini", &all), 2.0 * 2.0 / (2.0 * 16.0 * 0.6));
        near(value("capacity_cv", &all), libm::sqrt(0.06) / 0.6);
        near(value("sharing_gini", &all), 0.3);
        assert!(value("capacity_gini", &all[..1]).is_nan());
        // at .2 and below sharing is too rare to compare
        let rare = [
            (province(0.2, 1.0), GapSide::Neither),
            (province(0.2, 3.0), GapSide::Neither),
        ];
        assert!(value("sharing_gini", &rare).is_nan());
        near(value("capacity_gini", &rare), 0.0);
    }

    #[test]
    fn a_region_lies_on_the_side_that_the_country_names() {
        let nation = Nation {
            gap: Some(["rich", "poor"].map(String::from)),
            ..Nation::default()
        };
        let sides = ["rich", "poor", "other"].map(|region| GapSide::of(region, &nation));
        assert_eq!(sides, [GapSide::Ahead, GapSide::Behind, GapSide::Neither]);
        assert_eq!(GapSide::of("rich", &Nation::default()), GapSide::Neither);
        assert_eq!([Up, Down, Neutral].map(Direction::sign), [1.0, -1.0, 1.0]);
    }
}
