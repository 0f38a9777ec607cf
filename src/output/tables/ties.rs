//! `ties.csv`: who shares with whom in the last month of the first replication, under the baseline and
//! every policy.
//!
//! What a tie did is not kept with a run, so these runs are lived again: the same seed gives the
//! same ties.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::governments;
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::scenario::Scenario;
use crate::simulation::{Onward, Simulation};
use crate::world::country::Country;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "ties.csv",
    kind: Kind::Policies,
    hashed: false,
    rows: "which ties of the network share data at the end, under every policy",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// A tie between two governments under a policy.
    pub struct Row {
        /// name of the policy
        policy: String,
        /// government at one end of the tie
        first: u32,
        /// government at the other end
        second: u32,
        /// what binds them: vertical, adjacent, sibling, alliance or pairing
        kind: String,
        /// 1 if the first shares its data with the second in the last month of replication 0
        first_shares: bool,
        /// 1 if the second shares its data with the first
        second_shares: bool,
    }
}

/// Citizens from which on runs are too dear to be lived again for a picture.
const TOO_LARGE: u64 = 1_000_000;

/// Writes this table and that of the governments into `folder`, with so many runs at once as `threads`; nothing for a large world,
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
    let country = simulation.country();
    governments::LAYOUT.write(folder, governments::rows(country))?;
    LAYOUT.write(folder, rows(scenario, country, &sharing))?;
    Ok(Onward::Continue)
}

/// The ties of `country`, each once, under every policy of `scenario`; `sharing` tells by policy and
/// edge who shares.
fn rows(
    scenario: &Scenario,
    country: &Country,
    sharing: &[Vec<bool>],
) -> impl Iterator<Item = Row> {
    let last = scenario.months as i32 - 1;
    let policies = scenario.policies.iter().zip(sharing);
    policies.flat_map(move |(policy, shares)| {
        let edges = country.network.edges().iter().enumerate();
        let pairs = edges.filter(move |(_, edge)| edge.from < edge.to && edge.tie.since <= last);
        pairs.map(|(position, edge)| Row {
            policy: policy.name.clone(),
            first: edge.from,
            second: edge.to,
            kind: edge.tie.kind.name().into(),
            first_shares: shares[position],
            second_shares: shares[edge.reverse as usize],
        })
    })
}
