//! `distribution.csv`: shares of provinces, cells and citizens that are better, equally or worse off
//! than the very same ones under the baseline.

use std::io;
use std::path::Path;

use crate::experiment::statistics::distribution::Distribution;
use crate::output::tables::table::Table;
use crate::scenario::Scenario;

/// Name of the file.
pub const NAME: &str = "distribution.csv";

/// Columns of the file.
pub const COLUMNS: [&str; 11] = [
    "policy",
    "unit_compared",
    "group_kind",
    "group",
    "compared",
    "better",
    "equal",
    "worse",
    "mean_difference",
    "ci_low",
    "ci_high",
];

/// Writes the file into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, scenario: &Scenario, distribution: &Distribution) -> io::Result<()> {
    let mut table = Table::create(folder, NAME, COLUMNS)?;
    for (p, policy) in scenario.policies.iter().enumerate().skip(1) {
        let all = distribution.under(p);
        // where cohorts stand for citizens, no citizen is compared
        for (group, fortune) in all.filter(|(_, fortune)| fortune.members > 0) {
            for text in [
                policy.name.as_str(),
                group.unit.name(),
                group.kind,
                &group.name,
                &fortune.members.to_string(),
            ] {
                table.text(text)?;
            }
            let share = |count: u64| count as f64 / fortune.members as f64;
            let equal = fortune.members - fortune.better - fortune.worse;
            let effect = fortune.effect();
            for number in [
                share(fortune.better),
                share(equal),
                share(fortune.worse),
                effect.difference,
                effect.low,
                effect.high,
            ] {
                table.number(number)?;
            }
            table.end_row()?;
        }
    }
    table.finish()
}
