//! Flags that ask for more of a comparison than effects.

use clap::{Args, ValueEnum};

use crate::experiment::statistics::precision::WantedWidth;
use crate::model::outcome::position;
use crate::study::Questions;
use crate::study::decompose::{Decompose, PartsBy};
use crate::study::narrow::Until;

/// Flags that ask for more than effects.
#[derive(Debug, Args)]
pub struct QuestionFlags {
    /// Add replications until the 95 % interval of every policy is this narrow, as
    /// data_sharing_rate=0.01 (repeatable; writes precision.csv)
    #[arg(long, value_name = "OUTCOME=HALF_WIDTH", value_parser = wanted, conflicts_with = "shard")]
    until: Vec<WantedWidth>,
    /// Most replications that --until may run
    #[arg(long, value_name = "N", default_value_t = 1000)]
    most: u32,
    /// Tell what each part of this policy contributes (writes decomposition.csv)
    ///
    /// Takes in each replication 2^n runs for n parts up to 6, beyond about n(n+1)/2 + 3n: 64 for 6
    /// parts, 159 for 15. Runs that are there are not run again.
    #[arg(long, value_name = "POLICY", conflicts_with = "shard")]
    decompose: Option<String>,
    /// What a part is
    #[arg(long, value_enum, default_value_t = ByFlag::Intervention, requires = "decompose")]
    by: ByFlag,
    /// Name the best policy that costs no more than this over the run
    #[arg(long, value_name = "MONEY", value_parser = budget)]
    pub budget: Option<f64>,
}

/// Parts of a package.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum ByFlag {
    /// Every intervention
    Intervention,
    /// Environment, institution, technology, as in the catalogue
    Dimension,
}

impl QuestionFlags {
    /// The questions.
    pub fn questions(&self) -> Questions {
        let by = match self.by {
            ByFlag::Intervention => PartsBy::Intervention,
            ByFlag::Dimension => PartsBy::Dimension,
        };
        let decompose = |policy: &String| Decompose {
            policy: policy.clone(),
            by,
        };
        Questions {
            until: (!self.until.is_empty()).then(|| Until {
                wanted: self.until.clone(),
                most: self.most,
            }),
            decompose: self.decompose.as_ref().map(decompose),
        }
    }
}

fn budget(text: &str) -> Result<f64, String> {
    let money = text.parse().ok();
    let money = money.filter(|money: &f64| money.is_finite() && *money > 0.0);
    money.ok_or_else(|| format!("a budget is money above 0 over the run, as 5e9; found {text}"))
}

fn wanted(text: &str) -> Result<WantedWidth, String> {
    let (name, width) = text
        .split_once('=')
        .ok_or("OUTCOME=HALF_WIDTH, as data_sharing_rate=0.01")?;
    let outcome = position(name)
        .ok_or_else(|| format!("there is no outcome `{name}`; `cogov explain` lists them"))?;
    match width.parse() {
        Ok(half_width) if half_width > 0.0 => Ok(WantedWidth {
            outcome,
            half_width,
        }),
        _ => Err(format!(
            "the half-width must be a number above 0, found {width}"
        )),
    }
}
