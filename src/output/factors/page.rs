//! The page of a factor table: which factor tells regions apart, how far each region lies from the mean of its
//! column, by which words factors are told, and how sure that is; in the frame of every report.

use serde_json::{Value, json};

use super::told::{ToldFactor, ToldFactors, ToldRegion};
use crate::numeric::BySize as _;
use crate::output::figures::words::FactorWords;
use crate::output::figures::{attention, words};
use crate::output::report::frame::{
    StillScreen, TableCells, as_text, folded, plot, still_page, table,
};
use crate::output::report::words::{ReaderLanguage, ReportWords};

/// Words of a topic that are drawn.
const WORDS: usize = 8;

/// The page as HTML; it opens in `language`.
pub fn page(of: &ToldFactors, language: ReaderLanguage) -> String {
    still_page(language, &of.table, |one| {
        let words = one.words();
        StillScreen {
            content: screen(of, &words),
            figures: figures(of, &words),
        }
    })
}

fn screen(of: &ToldFactors, words: &ReportWords) -> String {
    let said = |key: &str| as_text(&words.say(key, &[]));
    let drawn = |name: &str, key: &str| plot(name, &words.say(key, &[]));
    let cards = cards(of, words).map(|[title, finding, beside]| {
        let [title, finding, beside] = [title, finding, beside].map(|text| as_text(&text));
        format!("<li><h2>{title}</h2><p>{finding}</p><small>{beside}</small></li>")
    });
    let sections = [
        (
            "texts.apart",
            "texts.apart.note",
            drawn("attention", "texts.apart") + &folded(&shares(of, words), words),
        ),
        ("texts.words", "topics.note", drawn("topics", "texts.words")),
        ("texts.quality", "texts.quality.note", quality(of, words)),
        ("texts.read", "texts.read.note", read(of, words)),
    ];
    let section = |(title, note, content): &(&str, &str, String)| {
        let (title, note) = (said(title), said(note));
        format!("<section><h2>{title}</h2><p class=\"note\">{note}</p>{content}</section>")
    };
    format!(
        "<p class=\"kind\">{}: {}</p><h1>{}</h1><ul class=\"cards even\">{}</ul><p class=\"warning\">{}</p>{}",
        said("texts.kind"),
        as_text(&of.table),
        as_text(&headline(of, words)),
        cards.concat(),
        said("texts.warn"),
        sections.iter().map(section).collect::<String>(),
    )
}

fn factor_name(factor: &ToldFactor, words: &ReportWords) -> String {
    words.name("factor", &factor.name)
}

/// A share in per cent.
fn percent(share: f64, words: &ReportWords) -> String {
    match share.is_finite() {
        true => words.say(
            "number.one",
            &[("number", &format!("{:.1}", 100.0 * share))],
        ),
        false => "–".into(),
    }
}

/// The factor that tells regions apart most, of those that are sure enough.
fn headline(of: &ToldFactors, words: &ReportWords) -> String {
    let sure = of.factors.iter().enumerate().filter(|(_, of)| !of.flagged);
    let most = sure.max_by(|(_, a), (_, b)| a.sd_between.by_size(&b.sd_between));
    let Some((at, factor)) = most else {
        let all = of.factors.len().to_string();
        return words.say("texts.none", &[("of", &all)]);
    };
    let by_share = |a: &&ToldRegion, b: &&ToldRegion| a.shares[at].by_size(&b.shares[at]);
    let written = || of.regions.iter().filter(|region| region.tokens > 0.0);
    let end = |region: Option<&ToldRegion>| {
        let none = (String::new(), f64::NAN);
        region.map_or(none, |region| (region.code.clone(), region.shares[at]))
    };
    let ends = [written().min_by(by_share), written().max_by(by_share)].map(end);
    let [(lowest, low), (highest, high)] = ends;
    words.say(
        "texts.most",
        &[
            ("factor", &words.inside(&factor_name(factor, words))),
            ("low", &percent(low, words)),
            ("lowest", &lowest),
            ("high", &percent(high, words)),
            ("highest", &highest),
        ],
    )
}

/// What was read, where little was, and what is not sure: title, finding, what stands beside it.
fn cards(of: &ToldFactors, words: &ReportWords) -> [[String; 3]; 3] {
    let flagged = of.factors.iter().filter(|factor| factor.flagged);
    let flagged: Vec<String> = flagged.map(|factor| factor_name(factor, words)).collect();
    let little = of.regions.iter().filter(|region| !region.note.is_empty());
    let one = |key: &str, gap: &str, number: u64| words.say(key, &[(gap, &number.to_string())]);
    let some = |some: usize, of: usize| {
        let [some, of] = [some, of].map(|number| number.to_string());
        words.say("texts.some", &[("some", &some), ("of", &of)])
    };
    let list = match flagged.is_empty() {
        true => words.say("texts.all_sure", &[]),
        false => flagged.join(&words.say("list.comma", &[])),
    };
    [
        [
            words.say("texts.card.read", &[]),
            one("texts.count", "texts", of.counted("texts")),
            one("texts.clauses", "clauses", of.counted("clauses")),
        ],
        [
            words.say("texts.card.little", &[]),
            some(little.count(), of.regions.len()),
            words.say("texts.drawn", &[]),
        ],
        [
            words.say("texts.card.flagged", &[]),
            some(flagged.len(), of.factors.len()),
            list,
        ],
    ]
}

fn figures(of: &ToldFactors, words: &ReportWords) -> Value {
    let safe = |text: String| text.replace('<', "&lt;");
    let names: Vec<String> = of
        .factors
        .iter()
        .map(|factor| safe(factor_name(factor, words)))
        .collect();
    let regions: Vec<String> = of
        .regions
        .iter()
        .map(|region| safe(region.code.clone()))
        .collect();
    let shares: Vec<Vec<f64>> = of
        .regions
        .iter()
        .map(|region| region.shares.clone())
        .collect();
    json!({
        "attention": attention::figure(&regions, &names, &shares),
        "topics": topics(of, words),
    })
}

/// The words that tell the factors, in the reader's language where there are some.
fn topics(of: &ToldFactors, words: &ReportWords) -> Value {
    let code = if words.is_chinese() { "zh" } else { "en" };
    let own = of.topics.iter().find(|topic| topic.language == code);
    let Some(language) = own.or(of.topics.first()).map(|topic| &topic.language) else {
        return Value::Null;
    };
    let told = of.topics.iter().filter(|topic| topic.language == *language);
    let panels: Vec<FactorWords> = told
        .map(|topic| FactorWords {
            factor: words.name("factor", &topic.name),
            words: topic.words.iter().take(WORDS).cloned().collect(),
        })
        .collect();
    let made = |columns| words::figure(&panels, columns);
    json!(made(3).with_narrow(made(1)))
}

/// Shares with their standard errors.
fn shares(of: &ToldFactors, words: &ReportWords) -> String {
    let mut head = ["texts.region", "texts.words_read"]
        .map(|key| words.say(key, &[]))
        .to_vec();
    head.extend(of.factors.iter().map(|factor| factor_name(factor, words)));
    head.push(words.say("texts.note", &[]));
    let row = |region: &ToldRegion| {
        let cell = |(share, error): (&f64, &f64)| match error.is_finite() {
            true => format!("{} ±{:.1}", percent(*share, words), 100.0 * error),
            false => percent(*share, words),
        };
        let mut row = vec![region.code.clone(), format!("{:.0}", region.tokens)];
        row.extend(region.shares.iter().zip(&region.errors).map(cell));
        row.push(region.note.clone());
        row
    };
    table(TableCells::Texts, &head, of.regions.iter().map(row))
}

/// How sure each factor is.
fn quality(of: &ToldFactors, words: &ReportWords) -> String {
    let head = [
        "factor",
        "dimension",
        "sure",
        "ratio",
        "halves",
        "coherence",
        "prevalence",
    ];
    let head = head.map(|column| words.say(&format!("texts.column.{column}"), &[]));
    let number = |x: f64| {
        if x.is_finite() {
            format!("{x:.2}")
        } else {
            "–".into()
        }
    };
    let row = |factor: &ToldFactor| {
        let sure = words.say(if factor.flagged { "no" } else { "yes" }, &[]);
        let told = [factor.ratio, factor.half_correlation, factor.coherence].map(number);
        let [ratio, halves, coherence] = told;
        let dimension = words.name("dimension", &factor.dimension);
        let prevalence = percent(factor.prevalence, words);
        vec![
            factor_name(factor, words),
            dimension,
            sure,
            ratio,
            halves,
            coherence,
            prevalence,
        ]
    };
    table(TableCells::Texts, &head, of.factors.iter().map(row))
}

/// What was read, and what the table was made from.
fn read(of: &ToldFactors, words: &ReportWords) -> String {
    let head = ["texts.what", "texts.language", "texts.value"].map(|key| words.say(key, &[]));
    let made = format!("<pre>{}</pre>", as_text(&format!("{:#}", of.made_from)));
    let rows = of.corpus.iter().map(|row| row.to_vec());
    table(TableCells::Texts, &head, rows) + &folded(&made, words)
}
