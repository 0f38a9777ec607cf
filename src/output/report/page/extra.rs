//! Figures from files that only some studies have: parts of a package, which inputs decide, boxes of failure.

use serde_json::{Value, json};

use super::drawing::{Drawing, outcome, safe};
use super::limits::limits;
use crate::numeric::BySize as _;
use crate::output::figures::parts::PackagePart;
use crate::output::figures::tornado::InputIndex;
use crate::output::figures::{self, Figure, failure_box, tornado};
use crate::output::report::read::tables::Extra;

/// A file of the report, read by the names of its columns.
pub struct ExtraCells<'a>(&'a Extra);

impl ExtraCells<'_> {
    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = &Vec<String>> {
        self.0.rows.iter()
    }

    /// The text in a column of a row.
    pub fn text<'b>(&self, row: &'b [String], column: &str) -> &'b str {
        let at = self.0.columns.iter().position(|name| *name == column);
        at.map_or("", |at| &row[at])
    }

    /// The number there; nothing where the cell is empty.
    pub fn number(&self, row: &[String], column: &str) -> Option<f64> {
        self.text(row, column).parse().ok()
    }

    /// Both ends of its interval.
    pub fn interval(&self, row: &[String]) -> Option<[f64; 2]> {
        Some([self.number(row, "ci_low")?, self.number(row, "ci_high")?])
    }
}

/// The file called `name`, if the study has it.
pub fn table<'a>(of: &Drawing<'a>, name: &str) -> Option<ExtraCells<'a>> {
    of.report
        .tables
        .iter()
        .find(|extra| extra.file == name)
        .map(ExtraCells)
}

/// What each part of a package adds to the main outcome number `main`.
pub fn parts(of: &Drawing<'_>, main: usize) -> Option<Figure> {
    let table = table(of, "decomposition.csv")?;
    let name = &of.facts[main].outcome.name;
    let mut found: Vec<PackagePart> = Vec::new();
    for row in table
        .rows()
        .filter(|row| table.text(row, "outcome") == name)
    {
        let whole = match table.text(row, "contribution") {
            "total" => true,
            "shapley" => false,
            _ => continue,
        };
        let part = table.text(row, "part");
        let dimension = of.words.texts.get(&format!("dimension.{part}")).cloned();
        let name = match whole {
            true => of.words.say("decomposition.total", &[]),
            false => dimension.unwrap_or_else(|| of.words.name("intervention", part)),
        };
        let value = table.number(row, "value").unwrap_or(f64::NAN);
        found.push(PackagePart {
            name: safe(&name),
            value,
            interval: table.interval(row),
            whole,
        });
    }
    found.sort_by(|a, b| a.whole.cmp(&b.whole).then(b.value.by_size(&a.value)));
    (!found.is_empty()).then(|| figures::parts::figure(&found, &outcome(of, main)))
}

/// Indices that are drawn; the first that is there gives the order.
const INDICES: [&str; 4] = ["total", "first_order", "mu_star", "rank_correlation"];

/// Which inputs decide, by policy (the baseline first) and main outcome.
pub fn tornados(of: &Drawing<'_>) -> Value {
    let Some(table) = table(of, "sensitivity.csv") else {
        return Value::Null;
    };
    let each = |policy: &str| -> Value {
        let mains = 0..of.facts.len();
        mains
            .map(|main| json!(tornado_of(of, &table, policy, main)))
            .collect()
    };
    let policies = of.report.study.scenario.policies.iter();
    policies.map(|policy| each(&policy.name)).collect()
}

fn tornado_of(
    of: &Drawing<'_>,
    table: &ExtraCells<'_>,
    policy: &str,
    main: usize,
) -> Option<Figure> {
    let name = &of.facts[main].outcome.name;
    let about = |row: &&Vec<String>| {
        (table.text(row, "policy"), table.text(row, "outcome")) == (policy, name)
    };
    let rows: Vec<&Vec<String>> = table.rows().filter(about).collect();
    let there = |index: &str| rows.iter().any(|row| table.text(row, "index") == index);
    let word = |index: &str| of.words.name("index", index);
    let drawn = INDICES.iter().filter(|index| there(index));
    let shapes: Vec<String> = drawn.map(|index| word(index)).collect();
    // few points tell little of a share: its interval is cut where it is far from any
    let cut = |end: f64| {
        if there("total") {
            end.clamp(-1.1, 1.1)
        } else {
            end
        }
    };
    let index = |row: &&Vec<String>| {
        Some(InputIndex {
            input: safe(table.text(row, "input")),
            index: word(table.text(row, "index")),
            value: table.number(row, "value")?,
            interval: table.interval(row).map(|ends| ends.map(cut)),
        })
    };
    let all: Vec<InputIndex> = rows.iter().filter_map(index).collect();
    (!all.is_empty()).then(|| tornado::figure(&all, &shapes))
}

/// Boxes in which policies fail for the main outcome number `main`.
pub fn boxes(of: &Drawing<'_>, main: usize) -> Value {
    let Some(table) = table(of, "robustness.csv") else {
        return json!([]);
    };
    let name = &of.facts[main].outcome.name;
    let own = table
        .rows()
        .filter(|row| table.text(row, "outcome") == name);
    let shown = own
        .filter(|row| !table.text(row, "failure_box").is_empty())
        .map(|row| {
            let limits = limits(of, table.text(row, "failure_box"));
            json!({
                "policy": table.text(row, "policy"), "coverage": table.number(row, "box_coverage"),
                "density": table.number(row, "box_density"), "figure": failure_box::figure(&limits),
            })
        });
    shown.collect()
}
