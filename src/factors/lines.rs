//! Lines that were cut off by their width, put together again.
//!
//! In most texts a line is a paragraph or a heading, and its end ends a clause. Texts from PDF or mail
//! are cut off at a width, in the middle of sentences. With the width of a line in columns (a Chinese
//! character takes two) and `W` the width that nine lines in ten do not exceed, a line is *full* from
//! `3/4 W`, and *open* when it ends without a stop. A text is hard-wrapped when
//!
//! - more than half of its full lines are open,
//! - it has a stop for every ten open lines at least (a list without stops is a list),
//! - at most one line in twenty is wider than `5/4 W` (paragraphs have no common width).
//!
//! There an open full line goes on in the next one. Headings and items end short of the width, so they
//! end a clause as before; so does what stands before an empty line, an indented line or the mark of an
//! item. Lines without a letter or stop are page numbers and nothing to end at. Where most open lines have an
//! empty line behind them, the text is double-spaced, and empty lines say nothing.

use super::language::is_han;
use super::segmentation::STOPS;
use std::collections::BTreeSet;

/// Fewer lines than this have no common width, and fewer joints than that are chance.
const FEWEST_LINES: usize = 5;
const FEWEST_JOINTS: usize = 3;

/// A line that has letters.
struct Line<'a> {
    text: &'a str,
    indent: usize,
    width: usize,
    /// Ends with a stop, whatever brackets and quotes close behind it.
    stopped: bool,
    /// Empty lines stand before it.
    gap: bool,
}

/// The hard-wrapped `text` with whole sentences in a line, and the number of line ends that were
/// taken out; none if the text is not hard-wrapped.
pub fn joined(text: &str) -> Option<(String, usize)> {
    let lines = lines(text);
    let width = common_width(&lines);
    let full = |line: &Line<'_>| 4 * line.width >= 3 * width;
    let open = |line: &Line<'_>| full(line) && !line.stopped;
    if lines.len() < FEWEST_LINES || !is_wrapped(text, &lines, width) {
        return None;
    }
    let follows = |pair: &&[Line<'_>]| open(&pair[0]);
    let gaps = lines.windows(2).filter(follows).filter(|p| p[1].gap);
    let double_spaced = 2 * gaps.count() > lines.windows(2).filter(follows).count();
    let words: BTreeSet<&str> = text.split(|c: char| !c.is_ascii_alphabetic()).collect();
    let mut whole = lines.first().map_or("", |line| line.text).to_owned();
    let mut ends = 0;
    for pair in lines.windows(2) {
        let (line, next) = (&pair[0], &pair[1]);
        let parted = (next.gap && !double_spaced) || begins(line, next);
        if open(line) && !parted {
            join(&mut whole, next.text, &words);
            ends += 1;
        } else {
            whole.push('\n');
            whole.push_str(next.text);
        }
    }
    (ends >= FEWEST_JOINTS).then_some((whole, ends))
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found: Vec<Line<'_>> = Vec::new();
    let (mut gap, mut page) = (false, false);
    for line in text.lines() {
        let inner = line.trim();
        if inner.is_empty() {
            gap = !page;
        } else if !inner.chars().any(char::is_alphabetic) && !inner.contains(STOPS) {
            (gap, page) = (false, true);
        } else {
            found.push(Line {
                text: inner,
                indent: columns(&line[..line.len() - line.trim_start().len()]),
                width: columns(inner),
                stopped: is_stopped(inner),
                gap,
            });
            (gap, page) = (false, false);
        }
    }
    found
}

/// The width that nine lines in ten do not exceed.
fn common_width(lines: &[Line<'_>]) -> usize {
    let mut widths: Vec<usize> = lines.iter().map(|line| line.width).collect();
    widths.sort_unstable();
    let at = (9 * widths.len()).div_ceil(10).saturating_sub(1);
    widths.get(at).copied().unwrap_or(0)
}

fn is_wrapped(text: &str, lines: &[Line<'_>], width: usize) -> bool {
    let full: Vec<_> = lines.iter().filter(|l| 4 * l.width >= 3 * width).collect();
    let open = full.iter().filter(|line| !line.stopped).count();
    let wide = lines.iter().filter(|l| 4 * l.width > 5 * width).count();
    let stops = text.matches(STOPS).count() + text.matches(". ").count();
    let stops = stops + lines.iter().filter(|line| line.text.ends_with('.')).count();
    2 * open > full.len() && 10 * stops >= open && 20 * wide <= lines.len()
}

/// Whether `next` begins something new: it is indented, or has the mark of an item.
fn begins(line: &Line<'_>, next: &Line<'_>) -> bool {
    let indented = next.indent >= line.indent + 2 && !is_item(line.text);
    indented || is_item(next.text)
}

/// Whether a line begins as an item or article does: `- `, `1.`, `(2)`, `三、`, `第四条`.
fn is_item(line: &str) -> bool {
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let mut chars = line.chars();
    let first = chars.next().unwrap_or(' ');
    let second = chars.next().unwrap_or(' ');
    let after = line.trim_start_matches(numeral);
    let mut behind = after.chars();
    let mark = (behind.next().unwrap_or(' '), behind.next().unwrap_or(' '));
    let numbered = after.len() < line.len();
    let article = line
        .strip_prefix('第')
        .map(|l| l.trim_start_matches(numeral));
    let inside = line
        .strip_prefix('(')
        .map(|l| l.trim_start_matches(numeral));
    "•●■◆▪○□·".contains(first)
        || ("-*–—".contains(first) && second == ' ')
        || (numbered && (mark.0 == '、' || (".)".contains(mark.0) && !mark.1.is_ascii_digit())))
        || article.is_some_and(|l| l.starts_with(['条', '章', '节', '编', '款', '项', '部']))
        || inside.is_some_and(|l| l.starts_with(')'))
}

fn is_stopped(line: &str) -> bool {
    let closing = ['"', '\'', ')', ']', '”', '’', '」', '』', '》'];
    line.trim_end_matches(closing)
        .ends_with(|c| c == '.' || STOPS.contains(&c))
}

/// Adds `next`; between letters of an alphabet with a space, but for a word that a hyphen parts and
/// that stands elsewhere as one, among `words`.
fn join(whole: &mut String, next: &str, words: &BTreeSet<&str>) {
    if let Some(stem) = whole.strip_suffix('-') {
        let letter = |c: &char| c.is_ascii_alphabetic();
        let rest: String = next.chars().take_while(letter).collect();
        let begun: Vec<char> = stem.chars().rev().take_while(letter).collect();
        let word = begun.iter().rev().collect::<String>() + &rest;
        if !begun.is_empty() && !rest.is_empty() && words.contains(word.as_str()) {
            whole.pop();
        }
    } else {
        let narrow = |c: Option<char>| c.is_some_and(|c| !is_wide(c));
        if narrow(whole.chars().last()) && narrow(next.chars().next()) {
            whole.push(' ');
        }
    }
    whole.push_str(next);
}

/// Chinese characters and signs take two columns.
fn is_wide(c: char) -> bool {
    is_han(c) || ('\u{2e80}'..='\u{ffef}').contains(&c)
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHINESE: &str = "推行一网通办改革,群众办事更加方便快捷。统一建设云平台,存储资源集中调度。\
        窗口回应群众诉求,审批事项提速增效;机房扩容升级,网络带宽成倍增长。乡镇窗口受理申请,\
        材料流程大幅精简。云平台承载应用,系统运行稳定可靠。";

    fn cut(text: &str, width: usize) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        chars.chunks(width).map(|c| c.iter().collect()).collect()
    }

    #[test]
    fn chinese_cut_at_a_width_is_whole_again() {
        for width in [10, 15, 22] {
            let wrapped = cut(CHINESE, width).join("\n");
            let (whole, ends) = joined(&wrapped).expect("hard-wrapped");
            assert_eq!(whole.replace('\n', ""), CHINESE);
            for stop in whole.split('\n') {
                assert!(
                    is_stopped(stop) || CHINESE.ends_with(stop),
                    "{width}: {stop}"
                );
            }
            assert!(ends > 0);
        }
    }

    #[test]
    fn double_spacing_page_numbers_and_wide_margins_part_nothing() {
        let lines = cut(CHINESE, 15);
        let apart = |between: &str| format!("  {}", lines.join(between).replace('\n', "\n  "));
        for between in ["\n\n", "\n- 3 -\n", "\n\n12\n\n"] {
            let (whole, _) = joined(&apart(between)).expect("hard-wrapped");
            let clauses = whole.split('\n').filter(|line| !is_stopped(line)).count();
            assert_eq!(clauses, 0, "{between:?}: {whole}");
        }
    }

    #[test]
    fn headings_items_and_paragraphs_of_a_wrapped_text_stay_apart() {
        let body = cut(CHINESE, 15).join("\n");
        let text = format!(
            "一、优化服务\n{body}\n二、建设平台\n{body}\n\n(一)云平台建设有序推进并且\n(二)热线\n{body}"
        );
        let (whole, _) = joined(&text).expect("hard-wrapped");
        let lines: Vec<&str> = whole.split('\n').collect();
        for heading in [
            "一、优化服务",
            "二、建设平台",
            "(一)云平台建设有序推进并且",
            "(二)热线",
        ] {
            assert!(lines.contains(&heading), "{heading}: {whole}");
        }
    }

    #[test]
    fn english_is_joined_with_spaces_and_parted_words_are_mended() {
        let text = "The hotline answers citizens and each public\nservice window helps them. Every govern-\n\
                    ment office opens its data, and a cross-\nborder office shares it. The government\n\
                    answers requests of citizens and of enter-\nprises within days.\n";
        let (whole, ends) = joined(text).expect("hard-wrapped");
        assert!(whole.contains("public service") && whole.contains("Every government office"));
        assert!(whole.contains("cross-border"), "{whole}");
        assert_eq!((ends, whole.lines().count()), (5, 1), "{whole}");
    }

    #[test]
    fn lists_and_paragraphs_are_not_hard_wrapped() {
        let list =
            "推进数据共享\n优化政务服务\n建设云平台\n扩大算力规模\n规范数据交易\n保护个人信息\n";
        assert_eq!(joined(&list.repeat(4)), None);
        let paragraphs = [
            "优化服务",
            CHINESE,
            "建设平台",
            CHINESE.split_inclusive('。').next().unwrap_or(""),
            CHINESE,
        ]
        .join("\n");
        assert_eq!(joined(&paragraphs), None);
        let clauses = "推行一网通办改革,群众办事更加方便快捷。\n".repeat(9);
        assert_eq!(joined(&clauses), None);
    }
}
