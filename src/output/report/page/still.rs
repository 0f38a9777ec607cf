//! A page that is written whole: nothing is chosen on it, its figures stand beside its tables.

use serde_json::{Value, json};

use super::{FrameParts, SCRIPT, as_text, filled};
use crate::output::figures::script::packed;
use crate::output::figures::{difference, style};
use crate::output::report::say::words::{ReaderLanguage, ReportWords};

/// What such a page shows in a language.
pub struct StillScreen {
    /// Its text, as HTML.
    pub content: String,
    /// Its figures, by the names that [`plot`] asks for.
    pub figures: Value,
}

/// The page called `title` as HTML; it opens in `language`, and holds what `screen` makes of each.
pub fn still_page(
    language: ReaderLanguage,
    title: &str,
    screen: impl Fn(ReaderLanguage) -> StillScreen,
) -> String {
    let screens = ReaderLanguage::ALL.map(|one| (one, screen(one)));
    let figures = |own: bool| {
        let mut all = screens.iter();
        let found = all.find(|(one, _)| (*one == language) == own);
        found.map_or(&Value::Null, |(_, of)| &of.figures)
    };
    let numbers = json!({
        "language": language.code(),
        "languages": ReaderLanguage::ALL.map(ReaderLanguage::code),
        "patch": difference(figures(true), figures(false)),
        "figures": figures(true),
        "twins": style::TWINS,
    });
    let shown = screens.iter().map(|(one, of)| {
        let (code, content) = (one.code(), &of.content);
        format!("<div lang=\"{code}\" class=\"screen\">{content}</div>")
    });
    filled(&FrameParts {
        language,
        title: &as_text(title),
        screen: &shown.collect::<String>(),
        still: "",
        data: &packed(numbers.to_string().as_bytes()),
        script: &script(),
    })
}

/// What draws the figures of such a page.
fn script() -> String {
    let own = include_str!("still.js");
    [SCRIPT[0], SCRIPT[1], SCRIPT[2], SCRIPT[4], own].concat()
}

/// The place of the figure called `name`; `title` is a text.
pub fn plot(name: &str, title: &str) -> String {
    let title = as_text(title);
    format!("<div class=\"plot\" data-figure=\"{name}\" data-title=\"{title}\"></div>")
}

/// What stands in the cells of a table behind the first of each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableCells {
    /// Numbers, which stand under each other.
    Numbers,
    /// Texts, or both.
    Texts,
}

/// A table with a scroll of its own; the first cell of a row names it.
pub fn table(
    cells: TableCells,
    head: &[String],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> String {
    let class = |at: usize| match (cells, at) {
        (TableCells::Numbers, 1..) => " class=\"number\"",
        _ => "",
    };
    let cell = |(at, text): (usize, &String)| match at {
        0 => format!("<th scope=\"row\">{}</th>", as_text(text)),
        _ => format!("<td{}>{}</td>", class(at), as_text(text)),
    };
    let line = |row: Vec<String>| {
        let cells: String = row.iter().enumerate().map(cell).collect();
        format!("<tr>{cells}</tr>")
    };
    let title = |(at, text): (usize, &String)| {
        format!("<th scope=\"col\"{}>{}</th>", class(at), as_text(text))
    };
    let head: String = head.iter().enumerate().map(title).collect();
    let rows: String = rows.into_iter().map(line).collect();
    format!(
        "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
}

/// A text folded away: the numbers behind a figure.
pub fn folded(content: &str, words: &ReportWords) -> String {
    let title = as_text(&words.say("figure.numbers", &[]));
    format!("<details><summary>{title}</summary><div class=\"numbers\">{content}</div></details>")
}
