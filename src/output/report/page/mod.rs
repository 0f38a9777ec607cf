//! The page: a frame of HTML, its first screen, its style and script, and the numbers as packed JSON.

mod answer;
pub(super) mod drawing;
pub(super) mod drawn;
pub(super) mod events;
mod extra;
mod forest;
mod limits;
pub mod live;
mod numbers;
mod people;
mod single;
pub mod still;
mod ties;

pub(super) use single::figure;
pub use single::{FigureChoice, FigureFault, figure_names};

use sha2::{Digest as _, Sha256};

use super::data::ReportData;
use super::say::answer::facts::{Facts, facts};
use super::say::words::ReaderLanguage;
use crate::output::figures::script::{base64, packed, packed_plotly, plotly};

const FRAME: &str = include_str!("page.html");
/// Style: what all pages share, then the parts of this one.
const STYLE: [&str; 3] = [
    include_str!("base.css"),
    include_str!("answer.css"),
    include_str!("parts.css"),
];
/// The page's own script, in the order in which its parts see each other.
const SCRIPT: [&str; 17] = [
    include_str!("start.js"),
    include_str!("words.js"),
    include_str!("dom.js"),
    include_str!("state.js"),
    include_str!("plot.js"),
    include_str!("time.js"),
    include_str!("bar.js"),
    include_str!("forest.js"),
    include_str!("sweep.js"),
    include_str!("asked.js"),
    include_str!("effects.js"),
    include_str!("gains.js"),
    include_str!("unfold.js"),
    include_str!("network.js"),
    include_str!("decides.js"),
    include_str!("again.js"),
    include_str!("main.js"),
];
/// What the model cannot say, as its description has it.
const DETAILS: &str = include_str!("../../../../docs/odd/details.md");
const LIMITS: &str = "### What the model cannot say";

/// The whole page.
pub fn page(report: &ReportData, language: ReaderLanguage) -> String {
    let mains = report.effects.main().count();
    let all: Vec<Facts> = (0..mains).filter_map(|main| facts(report, main)).collect();
    let numbers = numbers::numbers(report, &all, language);
    let title = as_text(&language.words().told(&report.study.scenario.name));
    filled(&FrameParts {
        language,
        title: &title,
        screen: &answer::answer(report, &all),
        still: &answer::scorecard(report, &all),
        data: &packed(numbers.to_string().as_bytes()),
        script: &SCRIPT.concat(),
    })
}

/// What fills the frame.
struct FrameParts<'a> {
    /// The language in which it opens.
    language: ReaderLanguage,
    /// Its title, as HTML.
    title: &'a str,
    /// Its first screen, as HTML.
    screen: &'a str,
    /// What stands below it where no script runs, as HTML.
    still: &'a str,
    /// Its numbers, packed.
    data: &'a str,
    /// Its own script.
    script: &'a str,
}

/// The frame filled.
fn filled(parts: &FrameParts<'_>) -> String {
    let style = format!("\n{}", STYLE.concat());
    let script = format!(
        "\n(async () => {{\n\"use strict\";\n{}\n}})();\n",
        parts.script
    );
    let gaps = [
        ("lang", parts.language.code()),
        ("title", parts.title),
        ("policy", &policy(&style, &script)),
        ("style", &style),
        ("screen", parts.screen),
        ("still", parts.still),
        ("data", parts.data),
        ("plotly", packed_plotly()),
        ("script", &script),
    ];
    let mut page = String::new();
    let mut rest = FRAME;
    while let Some((before, after)) = rest.split_once("<!--{") {
        page.push_str(before);
        let (gap, after) = after.split_once("}-->").expect("the frame closes its gaps");
        let filled = gaps.iter().find(|(name, _)| *name == gap);
        page.push_str(filled.expect("the frame has known gaps").1);
        rest = after;
    }
    page + rest
}

/// The content policy: nothing may be asked of anybody, and no script runs but the two whose hashes stand
/// here. Plotly sets styles by rules that it adds to an empty sheet, and positions by attributes.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", base64(&Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src {} {}; style-src-elem {} {}; style-src-attr 'unsafe-inline'; img-src data: blob:",
        hash(script),
        hash(plotly()),
        hash(style),
        hash("")
    )
}

/// `text` where HTML expects text.
pub fn as_text(text: &str) -> String {
    let escape = |c| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}

/// The list in the model's description, one text per point, without line breaks and stress.
pub fn limits_said() -> Vec<String> {
    let (_, list) = DETAILS
        .split_once(LIMITS)
        .expect("the description has the list");
    let mut points: Vec<String> = Vec::new();
    for line in list.lines().map(str::trim) {
        if line.starts_with('#') {
            break;
        }
        if let Some(point) = line.strip_prefix("- ") {
            points.push(point.to_owned());
        } else if let (Some(last), false) = (points.last_mut(), line.is_empty()) {
            last.push(' ');
            last.push_str(line);
        }
    }
    points.iter().map(|point| point.replace("**", "")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_cannot_break_out() {
        assert_eq!(as_text("<script>\"a'&"), "&lt;script&gt;&quot;a&#39;&amp;");
    }

    #[test]
    fn every_limit_is_said_in_both_languages() {
        let limits = limits_said();
        assert!(!limits.is_empty());
        let chinese = ReaderLanguage::Chinese.words();
        let own = chinese
            .texts
            .iter()
            .filter(|(key, _)| key.starts_with("limit."));
        // none twice in place of another
        let translated: BTreeSet<&str> = own.map(|(_, text)| text.as_str()).collect();
        assert_eq!(translated.len(), limits.len());
        assert!(limits.iter().all(|text| !text.contains("**")));
    }
}
