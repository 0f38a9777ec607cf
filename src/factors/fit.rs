//! Many chains over the models of all languages, side by side.

use super::CorpusFault;
use super::chain::{self, Chain, Settings};
use super::model::Model;
use rayon::prelude::*;

/// What follows a run of chains: how far it has come, and where finished chains go.
pub trait ChainWatch: Sync {
    /// Told after each sweep how many words were swept; says whether to go on.
    fn swept(&self, words: usize) -> bool;
    /// Given each finished chain.
    ///
    /// # Errors
    /// When the chain cannot be kept.
    fn finished(&self, number: u64, chains: &[Chain]) -> Result<(), CorpusFault>;
}

/// Runs the chains `numbers`, each over all `models`, side by side; in the order of `numbers`.
///
/// # Errors
/// When stopped, or when a finished chain cannot be kept.
pub fn run(
    models: &[Model],
    settings: &Settings,
    numbers: &[u64],
    watch: &dyn ChainWatch,
) -> Result<Vec<Vec<Chain>>, CorpusFault> {
    let one = |number: &u64| {
        let chains: Option<Vec<Chain>> = models
            .iter()
            .map(|m| chain::run(m, settings, *number, &|n| watch.swept(n)))
            .collect();
        let chains = chains.ok_or(CorpusFault::Interrupted)?;
        watch.finished(*number, &chains)?;
        Ok(chains)
    };
    let done: Vec<Result<_, CorpusFault>> = numbers.par_iter().map(one).collect();
    done.into_iter().collect()
}
