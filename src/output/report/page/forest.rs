//! The forest as a table of HTML: pale bar, the 5th to 95th percentile over plausible worlds; tick, their
//! median; dark thin bar, the 95 % interval of the mean by chance. It needs no script.

use super::as_text;
use crate::output::figures::style::Look;
use crate::output::report::say::answer::facts::{Fact, Facts};
use crate::output::report::say::answer::numbers::NumberKind;
use crate::output::report::say::words::ReportWords;

/// Rows that stand open; more are folded.
const OPEN: usize = 8;

/// The table; `looks` by policy.
pub fn forest(words: &ReportWords, facts: &Facts, looks: &[Look]) -> String {
    let ends = field(facts);
    let open = facts.all.len().min(OPEN + 2);
    let row = |fact: &Fact| row(words, facts, (fact, &looks[fact.policy]), ends);
    let head = head(words, facts, ends);
    let table = |rows: &[Fact]| -> String {
        let rows: String = rows.iter().map(row).collect();
        format!("<table class=\"forest\">{head}<tbody>{rows}</tbody></table>")
    };
    let (first, rest) = facts
        .all
        .split_at(if facts.all.len() > open { OPEN } else { open });
    if rest.is_empty() {
        return table(first);
    }
    let more = words.say("forest.more", &[("number", &rest.len().to_string())]);
    format!(
        "{}<details class=\"rest\"><summary>{more}</summary>{}</details>",
        table(first),
        table(rest)
    )
}

/// Ends of the field: all intervals and nothing have room.
fn field(facts: &Facts) -> [f64; 2] {
    let ends = |fact: &Fact| {
        let worlds = fact.worlds.map(|worlds| [worlds.low, worlds.high]);
        [Some([fact.difference; 2]), fact.chance, worlds]
            .into_iter()
            .flatten()
            .flatten()
    };
    let all = facts
        .all
        .iter()
        .flat_map(ends)
        .filter(|end| end.is_finite());
    let [low, high] = all.fold([0.0_f64; 2], |[low, high], end| {
        [low.min(end), high.max(end)]
    });
    let room = ((high - low) * 0.04).max(1e-9);
    [low - room, high + room]
}

fn head(words: &ReportWords, facts: &Facts, ends: [f64; 2]) -> String {
    let kind = NumberKind::of(&facts.outcome.unit);
    let column = |key: &str| as_text(&words.say(key, &[]));
    let title = words.say(
        "forest.caption",
        &[
            ("outcome", &words.name("outcome", &facts.outcome.name)),
            ("against", &words.name("policy", &facts.against)),
        ],
    );
    let unit = match kind {
        NumberKind::Share => words.say("forest.points", &[]),
        NumberKind::Scale => words.name("measured", &facts.outcome.unit),
    };
    let share = |x: f64| 100.0 * (x - ends[0]) / (ends[1] - ends[0]);
    let tick = |x: f64| {
        let text = if x == 0.0 { "0".into() } else { kind.rough(x) };
        format!(
            "<span class=\"at\" style=\"left:{:.2}%\">{text}</span>",
            share(x)
        )
    };
    let ticks: String = ticks(ends).into_iter().map(tick).collect();
    format!(
        "<caption>{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"field\">\
         <span class=\"hidden\">{}</span><div class=\"ticks-row\">{ticks}</div></th>\
         <th scope=\"col\" class=\"number\">{} <small>{}</small></th><th scope=\"col\">{}</th>\
         <th scope=\"col\" class=\"number\">{}</th></tr></thead>",
        as_text(&title),
        column("table.policy"),
        column("forest.picture"),
        column("table.difference"),
        as_text(&unit),
        column("forest.sure"),
        column("cost.rate"),
    )
}

/// Round numbers within the ends: about four.
fn ticks([low, high]: [f64; 2]) -> Vec<f64> {
    let rough = (high - low) / 4.0;
    let size = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|of| of * size)
        .into_iter()
        .find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * size);
    let first = libm::ceil(low / step) as i64;
    let last = libm::floor(high / step) as i64;
    (first..=last).map(|at| at as f64 * step).collect()
}

fn row(words: &ReportWords, facts: &Facts, (fact, look): (&Fact, &Look), ends: [f64; 2]) -> String {
    let kind = NumberKind::of(&facts.outcome.unit);
    let how = how(facts, fact);
    let half = fact
        .chance
        .map_or(f64::NAN, |[low, high]| (high - low) / 2.0);
    format!(
        "<tr class=\"{how}\" data-policy=\"{}\"><th scope=\"row\"><i class=\"letter l{}\">{}</i> {}</th>\
         <td class=\"field\">{}</td><td class=\"number\"><b>{}</b> <small>{}</small><br><small>{}</small></td>\
         <td class=\"sure\">{}</td><td class=\"number\">{}</td></tr>",
        fact.policy,
        look.mark(),
        look.mark(),
        as_text(&words.name("policy", &fact.name)),
        bars(fact, ends),
        kind.difference(fact.difference),
        kind.half(half),
        as_text(&kind.change(words, fact.base, fact.level)),
        as_text(&sure(words, facts, fact)),
        as_text(&words.money(fact.per_head_year)),
    )
}

/// Better, worse or not clear, as the chance interval has it.
fn how(facts: &Facts, fact: &Fact) -> &'static str {
    let at = facts.all.iter().position(|one| one.policy == fact.policy);
    let is = |mut of: Box<dyn Iterator<Item = usize> + '_>| of.any(|one| Some(one) == at);
    if is(Box::new(facts.gainers())) {
        "better"
    } else if is(Box::new(facts.losers())) {
        "worse"
    } else {
        "unclear"
    }
}

/// How surely: in how many worlds the sign holds, or what chance leaves.
fn sure(words: &ReportWords, facts: &Facts, fact: &Fact) -> String {
    let unclear = how(facts, fact) == "unclear";
    if let Some(worlds) = fact.worlds {
        let better = facts.gain(fact) >= 0.0;
        let holds = if better {
            worlds.better
        } else {
            worlds.of - worlds.better
        };
        // worlds that chance cannot tell apart all have the sign of their mean
        if unclear && holds == worlds.of {
            return words.say("forest.unclear", &[]);
        }
        return words.say(
            "forest.worlds",
            &[
                ("holds", &holds.to_string()),
                ("of", &worlds.of.to_string()),
            ],
        );
    }
    let key = match (fact.chance, unclear) {
        (None, _) => "forest.single",
        (_, true) => "forest.unclear",
        _ => "forest.clear",
    };
    words.say(key, &[])
}

/// The bars of a row, placed by shares of its field.
fn bars(fact: &Fact, ends: [f64; 2]) -> String {
    let share = |x: f64| 100.0 * (x - ends[0]) / (ends[1] - ends[0]);
    let bar = |class: &str, [low, high]: [f64; 2]| {
        let (left, wide) = (share(low), share(high) - share(low));
        format!("<i class=\"{class}\" style=\"left:{left:.2}%;width:{wide:.2}%\"></i>")
    };
    let at =
        |class: &str, x: f64| format!("<i class=\"{class}\" style=\"left:{:.2}%\"></i>", share(x));
    let worlds = fact
        .worlds
        .map(|of| bar("worlds", [of.low, of.high]) + &at("median", of.median));
    let chance = fact.chance.map(|of| bar("chance", of));
    let dot = if fact.chance.is_some() {
        "dot"
    } else {
        "dot hollow"
    };
    let parts = [
        Some(at("zero", 0.0)),
        worlds,
        chance,
        Some(at(dot, fact.difference)),
    ];
    format!(
        "<div class=\"bars\">{}</div>",
        parts.into_iter().flatten().collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outcome::Direction;
    use crate::output::report::read::effects::{PlausibleWorlds, ShownOutcome};
    use crate::output::report::say::words::ReaderLanguage;

    #[test]
    fn marks_of_the_field_are_round() {
        assert_eq!(ticks([-0.1, 1.0]), [0.0, 0.5, 1.0]);
        let fine = ticks([-0.012, 0.03]);
        assert_eq!(fine, [0.0, 0.02]);
    }

    fn facts(worlds: Option<PlausibleWorlds>, chance: Option<[f64; 2]>) -> Facts {
        let fact = Fact {
            policy: 1,
            name: "<b>".into(),
            base: 0.07,
            level: 0.99,
            difference: 0.92,
            chance,
            worlds,
            cost: 1e9,
            per_head_year: 2.0,
        };
        let outcome = ShownOutcome {
            name: "data_sharing_rate".into(),
            unit: "share of ties".into(),
            direction: Direction::Up,
            main: true,
            least: 0.001,
        };
        Facts {
            outcome,
            against: "baseline".into(),
            all: vec![fact],
            leads: vec![vec![[0.0; 2]]],
        }
    }

    fn drawn(worlds: Option<PlausibleWorlds>, chance: Option<[f64; 2]>) -> String {
        let words = ReaderLanguage::English.words();
        let looks = [None, Some(0)].map(|rank| Look::of(1, "a".into(), rank));
        forest(&words, &facts(worlds, chance), &looks)
    }

    #[test]
    fn both_intervals_stand_where_there_are_worlds_and_chance_alone_where_not() {
        let worlds = PlausibleWorlds {
            low: 0.1,
            median: 0.76,
            high: 0.93,
            better: 97,
            of: 100,
        };
        let chance = Some([0.91, 0.93]);
        let both = drawn(Some(worlds), chance);
        for part in [
            "class=\"worlds\"",
            "class=\"median\"",
            "class=\"chance\"",
            "sign holds in 97 of 100 worlds",
        ] {
            assert!(both.contains(part), "{part}: {both}");
        }
        let alone = drawn(None, chance);
        assert!(!alone.contains("class=\"worlds\"") && alone.contains("class=\"chance\""));
        assert!(alone.contains("clear by chance") && alone.contains("+92.0</b> <small>±1.0"));
        let none = drawn(None, None);
        assert!(none.contains("dot hollow") && none.contains("no interval"));
        assert!(
            !none.contains("<b></th>") && none.contains("&lt;b&gt;"),
            "{none}"
        );
    }

    #[test]
    fn where_worlds_disagree_a_row_is_grey() {
        let worlds = PlausibleWorlds {
            low: -0.1,
            median: 0.2,
            high: 0.93,
            better: 70,
            of: 100,
        };
        let drawn = drawn(Some(worlds), Some([0.91, 0.93]));
        assert!(drawn.contains("<tr class=\"unclear\""), "{drawn}");
        assert!(drawn.contains("sign holds in 70 of 100 worlds"), "{drawn}");
    }

    #[test]
    fn worlds_that_share_the_sign_of_nothing_are_no_support() {
        let worlds = PlausibleWorlds {
            low: 1e-6,
            median: 1e-6,
            high: 1e-6,
            better: 12,
            of: 12,
        };
        let drawn = drawn(Some(worlds), Some([-0.01, 0.93]));
        assert!(!drawn.contains("12 of 12"), "{drawn}");
        assert!(drawn.contains("not clear"), "{drawn}");
    }
}
