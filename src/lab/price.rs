//! What a lever costs as it stands: known before anything is run.

use serde::Serialize;

use crate::intervention::{Intervention, Policy};
use crate::lab::opened::Opened;
use crate::model::policy::residents_under;

/// What an intervention costs over the run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LeverPrice {
    /// Money over the run.
    pub money: f64,
    /// Residents under those whom it reaches.
    pub residents: f64,
    /// Whether whom it reaches is only known in the run: the lowest, or a random share.
    pub about: bool,
}

/// The price of `of` in the scenario that was `opened`.
pub fn price(of: &Intervention, opened: &Opened) -> LeverPrice {
    let scenario = &opened.loaded.scenario;
    let candidates = of.target.candidates(&opened.country);
    let all: f64 = residents_under(&candidates, &opened.country).iter().sum();
    let lowest = of.target.lowest.map(|lowest| lowest.share);
    let shares = [lowest, of.target.random_share];
    let residents = shares.iter().flatten().fold(all, |all, share| all * share);
    LeverPrice {
        money: of.due(residents, (scenario.start, scenario.months), |_| 1.0),
        residents,
        about: shares.iter().any(Option::is_some),
    }
}

/// Prices of all interventions of a policy, in their order.
pub fn prices(policy: &Policy, opened: &Opened) -> Vec<LeverPrice> {
    let all = policy.interventions.iter();
    all.map(|one| price(one, opened)).collect()
}
