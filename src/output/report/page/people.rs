//! Figures of people and of policy texts: who gains, and what provinces write about.

use serde_json::{Value, json};

use super::drawing::{Drawing, safe};
use super::extra::{ExtraCells, table};
use crate::output::figures::shares::ShareGroup;
use crate::output::figures::words::FactorWords;
use crate::output::figures::{self, Figure};
use crate::world::factor::FACTORS;

/// By policy (without the baseline): shares that are better and worse off.
pub fn distributions(of: &Drawing<'_>) -> Value {
    let Some(table) = table(of, "distribution.csv") else {
        return Value::Null;
    };
    let texts = [
        "distribution.axis",
        "distribution.better",
        "distribution.worse",
    ]
    .map(|key| of.words.say(key, &[]));
    let policies = of.report.study.policies();
    let figure = |policy: &&str| {
        let own = table
            .rows()
            .filter(|row| table.text(row, "policy") == *policy);
        let groups: Vec<ShareGroup> = own.map(|row| group(of, &table, row)).collect();
        let made = figures::shares::figure(&groups, texts.each_ref().map(String::as_str));
        let mut narrow = made.clone();
        narrow.layout["xaxis"]["range"] = json!([-1.6, 1.6]);
        narrow.layout["xaxis"]["tickvals"] = json!([-1, 0, 1]);
        narrow.layout["xaxis"]["ticktext"] = json!(["100 %", "0", "100 %"]);
        json!(made.with_narrow(narrow))
    };
    policies.iter().map(figure).collect()
}

/// The group that a row is about.
fn group(of: &Drawing<'_>, table: &ExtraCells<'_>, row: &[String]) -> ShareGroup {
    let cells = ["unit_compared", "group_kind", "group"];
    let [unit, kind, name] = cells.map(|column| table.text(row, column));
    let unit = of.words.name("unit", unit);
    let name = match kind {
        "all" => unit,
        kind => {
            let group = of.words.name(kind, name);
            of.words
                .say("distribution.of", &[("unit", &unit), ("group", &group)])
        }
    };
    let number = |column| table.number(row, column).unwrap_or(f64::NAN);
    ShareGroup {
        name: safe(&name),
        better: number("better"),
        worse: number("worse"),
    }
}

/// What the documents of each province speak of; nothing where all speak alike, as they do without texts.
pub fn attention(of: &Drawing<'_>) -> Option<Figure> {
    let provinces = &of.report.study.scenario.geography.provinces;
    let told = provinces
        .iter()
        .all(|province| province.attention.len() == FACTORS.len());
    let factors = FACTORS.map(|factor| of.words.name("factor", factor));
    let names: Vec<String> = provinces
        .iter()
        .map(|province| {
            let second = of.words.is_chinese() && !province.second_name.is_empty();
            safe(if second {
                &province.second_name
            } else {
                &province.name
            })
        })
        .collect();
    let shares: Vec<Vec<f64>> = provinces
        .iter()
        .map(|province| province.attention.clone())
        .collect();
    let differ = shares.iter().any(|row| *row != shares[0]);
    (told && differ).then(|| figures::attention::figure(&names, &factors, &shares))
}

/// The words that tell the factors, in the reader's language where there are some.
pub fn words(of: &Drawing<'_>) -> Option<Figure> {
    let all = of
        .report
        .study
        .scenario
        .topics
        .as_array()
        .filter(|all| !all.is_empty())?;
    let code = if of.words.is_chinese() { "zh" } else { "en" };
    let own = |topic: &&Value| topic["language"] == code;
    let language = all.iter().find(own).unwrap_or(&all[0])["language"].clone();
    let topic = |topic: &Value| {
        let words = topic["words"].as_array()?.iter().take(8);
        Some(FactorWords {
            factor: of.words.name("factor", topic["factor"].as_str()?),
            words: words
                .filter_map(|word| Some((word[0].as_str()?.to_owned(), word[1].as_f64()?)))
                .collect(),
        })
    };
    let topics: Vec<FactorWords> = all
        .iter()
        .filter(|topic| topic["language"] == language)
        .filter_map(topic)
        .collect();
    let made = |columns| figures::words::figure(&topics, columns);
    Some(made(3).with_narrow(made(1)))
}
