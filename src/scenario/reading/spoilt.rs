//! Names that readers of tables change: what R, pandas or a spreadsheet takes for something else.
//!
//! Results name policies, interventions and places in their cells. A cell that reads `NA` is a gap
//! to pandas and R, which drop its row without a word; `001` becomes the number 1, `2016-01` a date.

use crate::scenario::reading::fault::{Fault, Faults, Place};

/// Words that pandas (`STR_NA_VALUES`) or R take for a gap, in small letters.
const GAPS: [&str; 14] = [
    "na", "n/a", "#na", "#n/a", "#n/a n/a", "nan", "-nan", "null", "none", "nil", "<na>", "1.#ind",
    "-1.#ind", "1.#qnan",
];
/// Words that they take for a switch.
const SWITCHES: [&str; 4] = ["true", "false", "t", "f"];
/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Notes that `name`, which is `what`, will be lost or changed where results are read.
pub fn refuse(what: &str, name: &str, place: &Place, faults: &mut Faults) {
    let small = name.to_lowercase();
    let hint = "give it another name, as with a word before it";
    if GAPS.contains(&small.as_str()) {
        let message =
            format!("{what} is called `{name}`, which R and pandas read as a gap and drop");
        faults.push(Fault::error(message).at(place).hint(hint));
    } else if name.trim() != name || name.contains(char::is_control) {
        let message = format!(
            "{what} is called {name:?}: spaces at its ends and line ends get lost in tables"
        );
        faults.push(
            Fault::error(message)
                .at(place)
                .hint("write it without them"),
        );
    } else if name.contains(is_unseen) {
        let message = format!(
            "{what} is called {name:?}: marks that nobody sees turn round what is written, or tell two names apart that look alike"
        );
        faults.push(
            Fault::warning(message)
                .at(place)
                .hint("write it without them"),
        );
    } else if let Some(taken) = changed(&small) {
        let message =
            format!("{what} is called `{name}`, which readers of tables may take for {taken}");
        faults.push(Fault::warning(message).at(place).hint(hint));
    }
}

/// Marks without width, and those that change the direction of writing.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What a reader may make of a name in small letters.
fn changed(name: &str) -> Option<&'static str> {
    if SWITCHES.contains(&name) {
        Some("true or false")
    } else if name.parse::<f64>().is_ok() || name.starts_with("0x") {
        Some("a number")
    } else if is_date(name) {
        Some("a date")
    } else if name.starts_with(FORMULA) {
        Some("a formula")
    } else {
        None
    }
}

/// Two or three groups of digits with `-`, `/` or `.` between, or the name of a month and a number.
fn is_date(name: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    let parts: Vec<&str> = name.split(['-', '/', '.']).collect();
    if (2..=3).contains(&parts.len()) && parts.iter().all(|part| digits(part)) {
        return true;
    }
    MONTHS.iter().any(|month| {
        let rest = name
            .strip_prefix(month)
            .map(|rest| rest.trim_start_matches(['-', ' ']));
        rest.is_some_and(digits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::reading::fault::FaultKind;

    fn kind(name: &str) -> Option<FaultKind> {
        let mut faults = Faults::default();
        refuse("a policy", name, &Place::whole(&"f".into()), &mut faults);
        faults.iter().next().map(|fault| fault.kind)
    }

    #[test]
    fn gaps_and_spaces_are_refused() {
        for name in [
            "NA", "None", "null", "NaN", "N/A", "#N/A", "n/a", "<NA>", " a", "a\n", "a\t",
        ] {
            assert_eq!(kind(name), Some(FaultKind::Error), "{name:?}");
        }
    }

    #[test]
    fn what_may_be_taken_for_something_else_is_warned_of() {
        for name in [
            "true",
            "F",
            "001",
            "1e5",
            "inf",
            "0x10",
            "2016-01",
            "1/2",
            "MAR1",
            "=a",
            "-b",
            "＝a",
            "a\u{202e}b",
            "a\u{200b}",
        ] {
            assert_eq!(kind(name), Some(FaultKind::Warning), "{name:?}");
        }
    }

    #[test]
    fn names_of_policies_are_left_alone() {
        for name in [
            "mandate-only",
            "nana",
            "none-at-all",
            "step 2",
            "2016 reform",
            "march",
            "北京",
            "may",
        ] {
            assert_eq!(kind(name), None, "{name:?}");
        }
    }
}
