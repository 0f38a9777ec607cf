//! Words by which the topic model tells each policy factor, for the report; no rule reads them.

use serde::{Deserialize, Serialize};

use crate::scenario::reading::fault::Faults;
use crate::scenario::reading::sheet::{Row, Sheet};
use crate::world::factor::FACTORS;

/// A factor's topic in the texts of one language.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Topic {
    /// Name of the factor.
    pub factor: String,
    /// Language of the texts.
    pub language: String,
    /// Likeliest words first, each with its probability in the topic.
    pub words: Vec<(String, f64)>,
}

/// Topics of `sheet` that carry a factor; the others drive nothing.
pub fn read(sheet: &Sheet, faults: &mut Faults) -> Vec<Topic> {
    let carries = |row: &Row<'_>| FACTORS.contains(&row.text("topic"));
    let topic = |row| topic(row, faults);
    sheet.rows().filter(carries).filter_map(topic).collect()
}

fn topic(row: Row<'_>, faults: &mut Faults) -> Option<Topic> {
    let written = row.text("words").split(';').map(str::trim);
    let words: Option<Vec<_>> = written.map(word).collect();
    if words.is_none() {
        faults.push(row.wrong(
            "words",
            "words with their probabilities, as `data 0.1; open 0.05`",
        ));
    }
    Some(Topic {
        factor: row.text("topic").into(),
        language: row.text("language").into(),
        words: words?,
    })
}

fn word(written: &str) -> Option<(String, f64)> {
    let (word, probability) = written.rsplit_once(' ')?;
    let probability: f64 = probability.parse().ok()?;
    let known = !word.trim().is_empty() && (0.0..=1.0).contains(&probability);
    known.then(|| (word.trim().into(), probability))
}
