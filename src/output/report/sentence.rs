//! A plain sentence per policy: what it changes, how surely, at what cost.

use super::effects::{Cell, Measured};
use super::round::places;
use super::words::{Words, number};

/// What `policy` does to `outcome`, in words.
pub fn sentence(
    words: &Words,
    policy: &str,
    outcome: &Measured,
    cell: &Cell,
    per_head_year: f64,
) -> String {
    let clear = cell.low > 0.0 || cell.high < 0.0;
    let fell = cell.difference < 0.0;
    // Of a fall one says by how much, not by how much less than nothing.
    let [difference, low, high] = if clear && fell {
        [-cell.difference, -cell.high, -cell.low]
    } else {
        [cell.difference, cell.low, cell.high]
    };
    let digits = places(difference, (high - low) / 2.0);
    let [difference, low, high] = [difference, low, high].map(|v| number(v, digits, !clear));
    let better = !clear || fell == (outcome.direction == "down");
    let cost = words.money(per_head_year);
    let gaps = [
        ("policy", words.name("policy", policy)),
        (
            "outcome",
            words.inside(&words.name("outcome", &outcome.name)),
        ),
        ("difference", difference),
        ("low", low),
        ("high", high),
        ("agree", agreeing(cell, better).to_string()),
        ("pairs", cell.pairs.to_string()),
        ("cost", words.say("sentence.cost", &[("money", &cost)])),
    ];
    words.say(
        form(cell),
        &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())),
    )
}

/// The form of sentence that the interval allows.
fn form(cell: &Cell) -> &'static str {
    if !cell.low.is_finite() {
        "sentence.single"
    } else if cell.low > 0.0 {
        "sentence.raises"
    } else if cell.high < 0.0 {
        "sentence.lowers"
    } else {
        "sentence.unclear"
    }
}

/// Pairs in which the policy is better, or those in which it is not.
fn agreeing(cell: &Cell, better: bool) -> u32 {
    let share = if better {
        cell.better
    } else {
        1.0 - cell.better
    };
    // Equal pairs count half in the file; here only whole pairs agree.
    (share * f64::from(cell.pairs) + 1e-9) as u32
}

#[cfg(test)]
mod tests {
    use super::super::words::Language;
    use super::*;

    fn outcome(direction: &str) -> Measured {
        Measured {
            name: "data_sharing_rate".into(),
            unit: "share of ties".into(),
            direction: direction.into(),
            main: true,
        }
    }

    fn cell(difference: f64, half: f64, better: f64) -> Cell {
        Cell {
            pairs: 30,
            baseline: 0.1,
            policy: 0.1 + difference,
            difference,
            low: difference - half,
            high: difference + half,
            better,
            correlation: 0.5,
            variance_reduction: 2.0,
        }
    }

    #[test]
    fn a_gain_as_one_says_it() {
        let said = |language: Language| {
            let cell = cell(0.231, 0.021, 1.0);
            sentence(
                &language.words(),
                "mandate-first",
                &outcome("up"),
                &cell,
                1.5,
            )
        };
        assert_eq!(
            said(Language::English),
            "Mandate first raises data sharing by 0.23 (95 % interval 0.21 to 0.25) against the baseline; 30 of 30 pairs agree; 1.5 RMB per head and year."
        );
        assert_eq!(
            said(Language::Chinese),
            "“Mandate first”使数据共享比基准高 0.23（95% 区间 0.21 至 0.25）；30 对模拟中有 30 对方向一致；人均每年 1.5 元。"
        );
    }

    #[test]
    fn a_loss_is_said_as_a_fall() {
        let words = Language::English.words();
        let said = sentence(
            &words,
            "<script>",
            &outcome("up"),
            &cell(-0.08, 0.01, 0.1),
            0.1,
        );
        assert!(said.starts_with(
            "<script> lowers data sharing by 0.08 (95 % interval 0.07 to 0.09) against the baseline; 27 of 30"
        ), "{said}");
        let fewer = sentence(&words, "a", &outcome("down"), &cell(-0.08, 0.01, 0.9), 0.1);
        assert!(fewer.contains("27 of 30 pairs agree"), "{fewer}");
    }

    #[test]
    fn what_is_not_clear_is_said_to_be_unclear() {
        let words = Language::English.words();
        let said = sentence(&words, "a", &outcome("up"), &cell(0.01, 0.02, 0.6), 2.0);
        assert_eq!(
            said,
            "A has no clear effect on data sharing: +0.01 (95 % interval \u{2212}0.01 to +0.03) against the baseline; 18 of 30 pairs are better; 2 RMB per head and year."
        );
        let one = cell(0.01, f64::NAN, 1.0);
        let said = sentence(&words, "a", &outcome("up"), &one, 2.0);
        assert!(said.contains("no interval"), "{said}");
    }
}
