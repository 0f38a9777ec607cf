//! A part of a country: `[population] only = ["Sichuan", "west"]`.
//!
//! Everything is read of the whole country first; then what hangs on provinces that are left out is
//! cut with them.

use crate::scenario::country::names::{LeftOut, Names};
use crate::scenario::country::provinces::regions;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::reader::At;
use crate::world::geography::{Alliance, Geography, Membership, Pairing};
use crate::world::history::History;

/// A part of a country, and what was cut to make it.
#[derive(Debug, Default)]
pub struct CountryPart {
    /// The part alone.
    pub geography: Geography,
    /// What of it happened from outside.
    pub history: History,
    /// What was cut.
    pub cutting: Cutting,
}

/// What of a country is left out where a part of it is run.
#[derive(Debug, Default)]
pub struct Cutting {
    /// Names of places.
    pub left_out: LeftOut,
    /// What was cut, in a line for each table.
    pub told: Vec<String>,
}

/// The part of `geography` that `only` names by province, region or alliance; all where it names
/// nothing. A table tells what `attention` so many provinces pay.
pub fn of(
    geography: Geography,
    history: History,
    (only, attention): (Option<&[At<String>]>, usize),
    faults: &mut Faults,
) -> CountryPart {
    let keep = only.map(|names| chosen(names, &geography, faults));
    match keep {
        Some(keep) if !keep.is_empty() => cut(&geography, &history, attention, &keep),
        _ => CountryPart {
            geography,
            history,
            ..CountryPart::default()
        },
    }
}

/// Provinces that the names stand for, in the order of the table.
fn chosen(names: &[At<String>], of: &Geography, faults: &mut Faults) -> Vec<usize> {
    let known = Names::whole(of);
    let mut keep: Vec<usize> = names
        .iter()
        .flat_map(|name| known.any(name, "population.only", faults))
        .collect();
    if names.is_empty() {
        let fault = Fault::error("`population.only` names nobody");
        faults.push(fault.hint("leave the key out to run the whole country"));
    }
    keep.sort_unstable();
    keep.dedup();
    keep
}

fn cut(whole: &Geography, history: &History, attention: usize, keep: &[usize]) -> CountryPart {
    let at = |province: usize| keep.binary_search(&province).ok();
    let provinces: Vec<_> = keep.iter().map(|i| whole.provinces[*i].clone()).collect();
    let both = |a: usize, b: usize| Some((at(a)?, at(b)?));
    let borders = whole.adjacency.iter();
    let pairings = whole.pairings.iter();
    let geography = Geography {
        nation: whole.nation.clone(),
        regions: regions(&provinces),
        provinces,
        adjacency: borders.filter_map(|&(a, b)| both(a, b)).collect(),
        alliances: whole
            .alliances
            .iter()
            .filter_map(|one| alliance(one, at))
            .collect(),
        pairings: pairings.filter_map(|one| pairing(one, at)).collect(),
        departments: whole.departments.clone(),
        whole: Some(whole.yardstick()),
    };
    let mut own = history.clone();
    own.first_platforms = history
        .first_platforms
        .iter()
        .filter_map(|p| at(*p))
        .collect();
    CountryPart {
        cutting: Cutting {
            told: told(
                whole,
                &geography,
                attention,
                [&history.first_platforms, &own.first_platforms],
            ),
            left_out: LeftOut::between(whole, &geography),
        },
        history: own,
        geography,
    }
}

/// An alliance with those of its members that stay, if any does.
fn alliance(whole: &Alliance, at: impl Fn(usize) -> Option<usize>) -> Option<Alliance> {
    let members = whole.members.iter();
    let members: Vec<_> = members
        .filter_map(|member| {
            let province = at(member.province)?;
            Some(Membership {
                province,
                ..*member
            })
        })
        .collect();
    let name = whole.name.clone();
    (!members.is_empty()).then_some(Alliance { name, members })
}

/// A pairing, if both provinces stay.
fn pairing(whole: &Pairing, at: impl Fn(usize) -> Option<usize>) -> Option<Pairing> {
    Some(Pairing {
        supporter: at(whole.supporter)?,
        partner: at(whole.partner)?,
        ..*whole
    })
}

/// A line for each table of which something was cut.
#[rustfmt::skip]
fn told(whole: &Geography, part: &Geography, attention: usize, first: [&Vec<usize>; 2]) -> Vec<String> {
    let members = |of: &Geography| of.alliances.iter().map(|one| one.members.len()).sum();
    let both = |count: &dyn Fn(&Geography) -> usize| [count(whole), count(part)];
    let provinces = both(&|of| of.provinces.len());
    let tables = [
        ("population.provinces", "provinces", provinces),
        ("network.adjacency", "borders", both(&|of| of.adjacency.len())),
        ("network.alliances", "memberships", both(&members)),
        ("network.pairing", "pairings", both(&|of| of.pairings.len())),
        ("factors.table", "provinces", [attention, attention.min(provinces[1])]),
        ("history.first_platforms", "provinces", first.map(Vec::len)),
    ];
    let cut = tables.into_iter().filter(|(_, _, [all, kept])| kept < all);
    cut.map(|(key, what, [all, kept])| format!("{key}: {kept} of {all} {what} stay"))
        .collect()
}
