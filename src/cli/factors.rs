//! `cogov factors CORPUS`: policy texts to a factor table.

use clap::{Args, ValueEnum};

use crate::cli::failure::Failure;
use crate::cli::print::factors::curves;
use crate::cli::shared::factors::{ChainFlags, ListFlags, PlaceFlags};
use crate::cli::shared::terminal::show;

/// Turn policy texts into a table of policy factors by region
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub struct FactorsCommand {
    #[command(flatten)]
    place: PlaceFlags,
    /// Anchored topics for the table, or plain ones to explore a corpus
    #[arg(long, value_enum, default_value = "keyatm")]
    method: Method,
    /// Free topics beside the anchored ones
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u16).range(..=10_000))]
    topics: u16,
    /// With --method lda: numbers of topics to choose from
    #[arg(long, value_delimiter = ',', default_values_t = [10, 20, 30, 40, 60], value_parser = clap::value_parser!(u16).range(1..=10_000))]
    sizes: Vec<u16>,
    #[command(flatten)]
    input: ListFlags,
    #[command(flatten)]
    chains: ChainFlags,
}

/// The model of topics.
#[derive(Debug, Clone, Copy, PartialEq, ValueEnum)]
enum Method {
    /// Keyword-assisted topics, one for each factor
    Keyatm,
    /// Latent Dirichlet allocation, the number of topics chosen from --sizes
    Lda,
}

impl FactorsCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let study = self.place.study(&self.input, &self.chains);
        match self.method {
            Method::Keyatm => Ok(study.table(self.topics.into())?),
            Method::Lda => {
                let sizes: Vec<usize> = self.sizes.iter().map(|k| usize::from(*k)).collect();
                show(&curves(&study.choose(&sizes)?))
            }
        }
    }
}
