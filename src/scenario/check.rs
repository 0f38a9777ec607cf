//! Checks that need the whole scenario: does it fit into memory, is anybody reached, do two
//! measures contradict each other.

use std::collections::BTreeSet;
use std::fs;

use crate::intervention::Intervention;
use crate::scenario::policy::policies::PlacedPolicy;
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::world::country::Country;
use crate::world::geography::{Frontline, Geography, Population};
use crate::world::levers::{Change, Lever};

/// Bytes that a citizen takes: the columns of a community, and what the month needs to walk them.
const PER_CITIZEN: f64 = 11.25;
/// Bytes for enterprises and social organisations, per citizen.
const BODIES_PER_CITIZEN: f64 = 0.75;
/// Bytes that a government takes: its state, levers, ties, and the fewest bodies of a cell.
const PER_GOVERNMENT: f64 = 4096.0;

/// Bytes that a directed tie between departments takes: itself, its state, its luck.
const PER_DEPARTMENT_TIE: f64 = 48.0;

/// Notes a fault if the agents of one run would not fit into memory; true if they fit.
pub fn fits(
    geography: &Geography,
    population: Population,
    place: Option<&Place>,
    faults: &mut Faults,
) -> bool {
    let needed = bytes(geography, population);
    let Some(available) = available_bytes() else {
        return true;
    };
    if needed <= available {
        return true;
    }
    let citizens = geography.population() as f64 * population.citizens_per_million / 1e6;
    let [needed, available] = [needed, available].map(gigabytes);
    let message = format!(
        "{citizens:.0} citizens need {needed} of memory for one run, {available} is available"
    );
    let hint = "lower `population.citizens_per_million`";
    faults.push(Fault::error(message).placed(place).hint(hint));
    false
}

/// Bytes that the agents of one run take at most; cohorts stand for the citizens of a mean field.
pub fn bytes(geography: &Geography, population: Population) -> f64 {
    let provinces = geography.provinces.iter();
    let governments: f64 = provinces
        .map(|province| match population.frontline {
            Frontline::Prefecture if !province.municipality => f64::from(province.prefectures),
            _ => f64::from(province.prefectures) + f64::from(province.counties),
        })
        .sum();
    let citizens = geography.population() as f64 * population.citizens_per_million / 1e6;
    let own = if population.mean_field {
        0.0
    } else {
        PER_CITIZEN
    };
    let departments = geography.departments.len() as f64;
    let inside = departments * (departments + 1.0) * PER_DEPARTMENT_TIE;
    citizens * (own + BODIES_PER_CITIZEN) + governments * (PER_GOVERNMENT + inside)
}

/// An amount of memory in words.
pub fn gigabytes(bytes: f64) -> String {
    format!("{:.1} GB", bytes / 1e9)
}

/// Memory in bytes that can be had, where the system tells: of the machine, the container, the process.
pub fn available_bytes() -> Option<f64> {
    let machine = told("/proc/meminfo", "MemAvailable:").map(|kibibytes| kibibytes * 1024.0);
    let container = told("/sys/fs/cgroup/memory.max", "");
    let process = told("/proc/self/limits", "Max address space");
    let limits = [machine, container, process].into_iter().flatten();
    limits.reduce(f64::min)
}

/// The first number behind `name` in a report of the system; `None` where it sets no limit.
fn told(report: &str, name: &str) -> Option<f64> {
    let report = fs::read_to_string(report).ok()?;
    let line = report.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Citizens of a mean cell below which levels are visibly biased.
const FEW: f64 = 30.0;

/// Warns where cells hold so few citizens that their smallness moves results.
pub fn crowds(
    country: &Country,
    population: Population,
    place: Option<&Place>,
    faults: &mut Faults,
) {
    let mean = country.citizens() as f64 / country.cells.len() as f64;
    if mean < FEW && !population.mean_field {
        let message = format!(
            "{mean:.0} citizens in a cell are few: levels drift below {FEW}, and differences shrink"
        );
        let hint = "raise `population.citizens_per_million`, or let cohorts stand for citizens with `--mean-field`";
        faults.push(Fault::warning(message).placed(place).hint(hint));
    }
}

/// Notes interventions that reach nobody and pairs that set one lever to two values.
pub fn policies(policies: &[PlacedPolicy], country: &Country, faults: &mut Faults) {
    for policy in policies {
        let reached: Vec<BTreeSet<u32>> = policy
            .interventions
            .iter()
            .map(|(intervention, place)| reached(intervention, place, country, faults))
            .collect();
        for (i, (later, place)) in policy.interventions.iter().enumerate() {
            refuse_two_values(later, place, faults);
            for (j, (earlier, _)) in policy.interventions[..i].iter().enumerate() {
                let meet = overlap(earlier, later) && !reached[i].is_disjoint(&reached[j]);
                for lever in set(earlier).intersection(&set(later)).filter(|_| meet) {
                    let [name, first, second] = [lever.row().name, &earlier.name, &later.name];
                    let message = format!(
                        "policy `{}`: `{first}` and `{second}` set `{name}` for the same governments at the same time",
                        policy.name
                    );
                    let hint = "stop one before the other starts, or give them different targets";
                    faults.push(Fault::error(message).at(place).hint(hint));
                }
            }
        }
    }
}

/// Governments among which `intervention` chooses; a fault if none would be left.
fn reached(
    intervention: &Intervention,
    place: &Place,
    country: &Country,
    faults: &mut Faults,
) -> BTreeSet<u32> {
    let target = &intervention.target;
    let candidates = target.candidates(country);
    let shares = [
        target.random_share,
        target.lowest.map(|lowest| lowest.share),
    ];
    let left = shares
        .into_iter()
        .flatten()
        .fold(candidates.len(), |left, share| {
            (left as f64 * share).round() as usize
        });
    if left == 0 {
        let (name, all) = (&intervention.name, country.governments.len());
        let message = format!("`{name}` reaches nobody: 0 of {all} governments match its target");
        let met = match candidates.len() {
            0 => "no government meets all of the target's conditions".into(),
            met => format!("{met} meet the conditions, but their share rounds to 0"),
        };
        faults.push(Fault::error(message).at(place).hint(met));
    }
    candidates.into_iter().collect()
}

/// Levers that `intervention` sets.
fn set(intervention: &Intervention) -> BTreeSet<Lever> {
    let sets =
        |(lever, change): &(Lever, Change)| matches!(change, Change::Set(_)).then_some(*lever);
    intervention.changes.iter().filter_map(sets).collect()
}

fn refuse_two_values(intervention: &Intervention, place: &Place, faults: &mut Faults) {
    let sets = |(_, change): &&(Lever, Change)| matches!(change, Change::Set(_));
    if intervention.changes.iter().filter(sets).count() > set(intervention).len() {
        let message = format!("`{}` sets one lever to two values", intervention.name);
        faults.push(Fault::error(message).at(place));
    }
}

/// Whether both are upheld in some month.
fn overlap(a: &Intervention, b: &Intervention) -> bool {
    let ends_before = |first: &Intervention, second: &Intervention| {
        first
            .course
            .stop
            .is_some_and(|stop| stop <= second.course.start)
    };
    !ends_before(a, b) && !ends_before(b, a)
}
