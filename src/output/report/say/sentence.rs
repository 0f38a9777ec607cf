//! A plain sentence per policy: what it changes, how surely, at what cost.

use super::round::{is_little, is_narrow, number, places};
use super::tally::WinCounts;
use super::words::ReportWords;
use crate::numeric::Interval;
use crate::output::report::read::effects::ShownOutcome;

/// What is said of a policy and an outcome.
pub struct Finding<'a> {
    /// Name of the policy.
    pub policy: &'a str,
    /// The outcome.
    pub outcome: &'a ShownOutcome,
    /// What it changes, with its interval.
    pub effect: Interval,
    /// Pairs, or design points, in which the policy is better, equal and worse.
    pub counts: WinCounts,
    /// Money per head and year.
    pub per_head_year: f64,
}

/// The finding in words.
pub fn sentence(words: &ReportWords, finding: &Finding) -> String {
    let Finding {
        outcome, effect, ..
    } = finding;
    let form = form(effect, outcome.least);
    let clear = form != "sentence.unclear";
    // Of a fall one says by how much, not by how much less than nothing.
    let [difference, low, high] = if form == "sentence.lowers" {
        [-effect.value, -effect.high, -effect.low]
    } else {
        [effect.value, effect.low, effect.high]
    };
    let digits = match words.sweep {
        // A range over design points says what it spans, not how sure its middle is.
        true => 3,
        false => places(difference, (high - low) / 2.0),
    };
    let [shown, low, high] = [difference, low, high].map(|v| number(v, digits, !clear));
    let interval = match is_narrow(effect.half(), digits) {
        true => words.say("sentence.narrow", &[("half", &half_unit(digits))]),
        false => words.say("sentence.interval", &[("low", &low), ("high", &high)]),
    };
    let name = words.inside(&words.name("outcome", &outcome.name));
    let cost = words.money(finding.per_head_year);
    let gaps = [
        ("policy", words.name("policy", finding.policy)),
        ("outcome", name),
        ("difference", shown),
        ("interval", interval),
        ("least", outcome.least.to_string()),
        ("counts", counts(words, finding.counts)),
        ("cost", words.say("sentence.cost", &[("money", &cost)])),
    ];
    words.say(
        form,
        &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())),
    )
}

/// The form of sentence that the interval allows.
fn form(effect: &Interval, least: f64) -> &'static str {
    if !effect.low.is_finite() {
        "sentence.single"
    } else if is_little([effect.low, effect.high], least) {
        "sentence.little"
    } else if effect.low > 0.0 {
        "sentence.raises"
    } else if effect.high < 0.0 {
        "sentence.lowers"
    } else {
        "sentence.unclear"
    }
}

/// Half a unit of the last of so many decimal places.
fn half_unit(places: usize) -> String {
    number(0.5 * libm::pow(10.0, -(places as f64)), places + 1, false)
}

/// How often the policy is better, equal and worse.
fn counts(words: &ReportWords, counts: WinCounts) -> String {
    let all: u32 = counts.iter().sum();
    let keys = [
        "sentence.all_better",
        "sentence.all_equal",
        "sentence.all_worse",
    ];
    let only = counts.iter().position(|count| *count == all);
    let [better, equal, worse] = counts.map(|count| count.to_string());
    let gaps = [
        ("better", better.as_str()),
        ("equal", &equal),
        ("worse", &worse),
        ("all", &all.to_string()),
    ];
    words.say(only.map_or("sentence.mixed", |which| keys[which]), &gaps)
}

#[cfg(test)]
mod tests {
    use super::super::super::read::effects::LEAST;
    use super::super::words::ReaderLanguage;
    use super::*;
    use crate::model::outcome::Direction;

    fn outcome(direction: Direction) -> ShownOutcome {
        ShownOutcome {
            name: "data_sharing_rate".into(),
            unit: "share of ties".into(),
            direction,
            main: true,
            least: LEAST,
        }
    }

    /// What is said of a difference with this half-width of its interval.
    fn said(
        words: &ReportWords,
        policy: &str,
        (difference, half): (f64, f64),
        counts: WinCounts,
    ) -> String {
        let effect = Interval {
            value: difference,
            low: difference - half,
            high: difference + half,
        };
        let outcome = outcome(Direction::Up);
        let finding = Finding {
            policy,
            outcome: &outcome,
            effect,
            counts,
            per_head_year: 1.5,
        };
        sentence(words, &finding)
    }

    #[test]
    fn a_gain_as_one_says_it() {
        let said = |words: ReportWords| said(&words, "mandate-first", (0.231, 0.021), [30, 0, 0]);
        assert_eq!(
            said(ReaderLanguage::English.words().in_currency("RMB")),
            "The policy “Mandate first” raises data sharing by 0.23 (95 % interval 0.21 to 0.25) against the baseline; better in 30 of 30 pairs; 1.5 RMB per head and year."
        );
        assert_eq!(
            said(ReaderLanguage::Chinese.words().in_currency("RMB")),
            "政策“Mandate first”使数据共享比基准高 0.23（95% 区间 0.21 至 0.25）；30 对模拟中 30 对更好；人均每年 1.5 元。"
        );
        assert_eq!(
            said(
                ReaderLanguage::English
                    .words()
                    .in_currency("RMB")
                    .of_sweep(true)
            ),
            "The policy “Mandate first” raises data sharing by 0.231 (at the median; from the 5th to the 95th percentile of the design points 0.210 to 0.252) against the baseline; better at 30 of 30 design points; 1.5 RMB per head and year."
        );
    }

    #[test]
    fn a_loss_is_said_as_a_fall() {
        let words = ReaderLanguage::English.words().in_currency("RMB");
        let said = said(&words, "<script>", (-0.08, 0.01), [1, 2, 27]);
        assert!(said.contains(
            "“<script>” lowers data sharing by 0.08 (95 % interval 0.07 to 0.09) against the baseline; better in 1, equal in 2 and worse in 27 of 30 pairs"
        ), "{said}");
    }

    #[test]
    fn what_is_not_clear_is_said_to_be_unclear() {
        let words = ReaderLanguage::English.words().in_currency("RMB");
        assert_eq!(
            said(&words, "a", (0.01, 0.02), [18, 0, 12]),
            "The policy “A” has no clear effect on data sharing: +0.01 (95 % interval \u{2212}0.01 to +0.03) against the baseline; better in 18, equal in 0 and worse in 12 of 30 pairs; 1.5 RMB per head and year."
        );
        let one = said(&words, "a", (0.01, f64::NAN), [1, 0, 0]);
        assert!(one.contains("no interval"), "{one}");
    }

    #[test]
    fn what_is_too_little_is_not_told_as_a_gain() {
        let words = ReaderLanguage::English.words().in_currency("RMB");
        for (effect, counts) in [((0.000_15, 0.000_05), [30, 0, 0]), ((0.0, 0.0), [0, 30, 0])] {
            let said = said(&words, "a", effect, counts);
            assert!(
                said.contains("changes data sharing by less than 0.001"),
                "{said}"
            );
        }
        let more = said(&words, "a", (0.000_9, 0.000_5), [30, 0, 0]);
        assert!(
            more.contains("raises data sharing by 0.0009 (95 % interval 0.0004 to 0.0014)"),
            "{more}"
        );
    }

    #[test]
    fn no_interval_is_printed_that_is_its_own_middle() {
        let words = ReaderLanguage::English.words().in_currency("RMB");
        let narrow = said(&words, "a", (0.1384, 0.000_2), [30, 0, 0]);
        assert!(
            narrow.contains("by 0.138 (95 % interval ± less than 0.0005)"),
            "{narrow}"
        );
        let none = said(&words, "a", (0.1384, 0.0), [30, 0, 0]);
        assert!(
            none.contains("by 0.138 (95 % interval ± less than 0.0005)"),
            "{none}"
        );
        let wide = said(&words, "a", (0.1384, 0.000_6), [30, 0, 0]);
        assert!(
            wide.contains("by 0.138 (95 % interval 0.138 to 0.139)"),
            "{wide}"
        );
    }
}
