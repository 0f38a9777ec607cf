//! The parameters of the model as a scenario file writes them, with their explanation.
//!
//! The shipped base scenario carries this text word for word; a test compares the two.

use std::fmt::Write as _;

use crate::model::{ALTERNATIVES, GROUPS};
use crate::world::alternative::Alternative;
use crate::world::parameter::{Parameter, ParameterGroup};

/// Every table of parameters with its defaults, each under a comment.
pub fn parameters() -> String {
    GROUPS.iter().map(table).collect::<Vec<_>>().join("\n")
}

fn table(group: &ParameterGroup) -> String {
    let mut text = format!("[{}]\n", group.name);
    let of_group = ALTERNATIVES.iter().filter(|of| of.table() == group.name);
    of_group.for_each(|alternative| text += &words(alternative));
    for parameter in group.parameters {
        text += &entry(parameter);
    }
    text
}

fn words(alternative: &Alternative) -> String {
    let mut text = format!("# {}:\n", alternative.meaning);
    for (word, means) in alternative.words.iter().zip(alternative.means) {
        let _ = writeln!(text, "#   \"{word}\": {means}");
    }
    let _ = writeln!(
        text,
        "{} = \"{}\"",
        alternative.key(),
        alternative.default()
    );
    text
}

fn entry(parameter: &Parameter) -> String {
    let symbol = match parameter.symbol {
        "" => String::new(),
        symbol => format!("{symbol}: "),
    };
    let [low, high] = [parameter.plausible.0, parameter.plausible.1].map(short);
    let mut text = format!("# {symbol}{}\n", parameter.meaning);
    let (unit, source) = (parameter.unit, parameter.source.words());
    let _ = write!(text, "{} = {:?}", parameter.name, parameter.default);
    let _ = writeln!(text, " # {unit}; plausible {low} to {high}; {source}");
    text
}

/// A number with four digits behind the point at most.
pub fn short(number: f64) -> String {
    let digits = format!("{number:.4}");
    digits
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_explained_above_its_value() {
        let text = parameters();
        let written = "# sigma: benefit of sharing with a partner who shares, at full capacity of both\n\
                       benefit = 3.0 # cost of integration = 1; plausible 1 to 6; assumption\n";
        assert!(text.contains(written), "{text}");
    }

    #[test]
    fn long_fractions_are_cut() {
        assert_eq!(short(1.0 / 240.0), "0.0042");
        assert_eq!(short(-5.0), "-5");
    }

    #[test]
    fn the_shipped_scenario_writes_every_parameter_as_the_tables_do() {
        let shipped = include_str!("../../scenarios/china31.toml");
        assert!(
            shipped.contains(&parameters()),
            "scenarios/china31.toml should hold:\n{}",
            parameters()
        );
    }
}
