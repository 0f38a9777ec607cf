//! `governments.csv` and `ties.csv`: the intergovernmental network, and who shares with whom in the
//! last month of the first replication, under the baseline and every policy.
//!
//! What a tie did is not kept with a run, so these runs are lived again: the same seed gives the
//! same ties.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::output::tables::table::Table;
use crate::scenario::Scenario;
use crate::simulation::{Onward, Simulation};
use crate::world::country::Country;

/// Columns of `governments.csv`.
pub const GOVERNMENT_COLUMNS: [&str; 4] = ["government", "name", "level", "province"];
/// Columns of `ties.csv`.
pub const TIE_COLUMNS: [&str; 6] = [
    "policy",
    "first",
    "second",
    "kind",
    "first_shares",
    "second_shares",
];

/// Citizens from which on runs are too dear to be lived again for a picture.
const TOO_LARGE: u64 = 1_000_000;

/// Writes both files into `folder`, with so many runs at once as `threads`; nothing for a large world,
/// or when `stop` is set meanwhile.
///
/// # Errors
/// When the threads cannot be had or the files not be written.
pub fn write(
    folder: &Path,
    scenario: &Arc<Scenario>,
    (threads, stop): (usize, &AtomicBool),
) -> io::Result<Onward> {
    let simulation = Simulation::new(Arc::clone(scenario));
    if simulation.country().citizens() >= TOO_LARGE {
        return Ok(Onward::Continue);
    }
    let each_month = |_| match stop.load(Ordering::Relaxed) {
        true => Onward::Stop,
        false => Onward::Continue,
    };
    let end = |policy| simulation.sharing_at_end(policy, 0, each_month);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(io::Error::other)?;
    let policies = scenario.policies.par_iter();
    let sharing: Option<Vec<Vec<bool>>> = pool.install(|| policies.map(end).collect());
    let Some(sharing) = sharing else {
        return Ok(Onward::Stop);
    };
    governments(folder, simulation.country())?;
    ties(folder, scenario, simulation.country(), &sharing)?;
    Ok(Onward::Continue)
}

fn governments(folder: &Path, country: &Country) -> io::Result<()> {
    let mut table = Table::create(folder, "governments.csv", GOVERNMENT_COLUMNS)?;
    for government in &country.governments {
        let province = |p: usize| country.geography.provinces[p].name.as_str();
        table.text(&government.id.to_string())?;
        table.text(&country.name(government.id))?;
        table.text(country.level(government.level))?;
        table.text(government.province.map_or("", province))?;
        table.end_row()?;
    }
    table.finish()
}

fn ties(
    folder: &Path,
    scenario: &Scenario,
    country: &Country,
    sharing: &[Vec<bool>],
) -> io::Result<()> {
    let mut table = Table::create(folder, "ties.csv", TIE_COLUMNS)?;
    let edges = country.network.edges().iter().enumerate();
    let last = scenario.months as i32 - 1;
    let pairs = edges.filter(|(_, edge)| edge.from < edge.to && edge.tie.since <= last);
    for (policy, shares) in scenario.policies.iter().zip(sharing) {
        for (position, edge) in pairs.clone() {
            table.text(&policy.name)?;
            table.text(&edge.from.to_string())?;
            table.text(&edge.to.to_string())?;
            table.text(edge.tie.kind.name())?;
            for shares in [shares[position], shares[edge.reverse as usize]] {
                table.text(if shares { "1" } else { "0" })?;
            }
            table.end_row()?;
        }
    }
    table.finish()
}
