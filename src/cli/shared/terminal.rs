//! Tables on the terminal: aligned columns, the first to the left, numbers to the right.

use std::fmt::Write as _;
use std::io::{self, Write as _, stdout};

use console::{Term, measure_text_width, style};

use crate::cli::failure::Failure;

/// Puts `text` on stdout; a reader that has gone away is no fault.
pub fn show(text: &str) -> Result<(), Failure> {
    match stdout()
        .write_all(text.as_bytes())
        .and_then(|()| stdout().flush())
    {
        Err(fault) if fault.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::disk("stdout".as_ref(), &fault))
        }
        _ => Ok(()),
    }
}

/// Characters that `text` takes on the terminal: a Chinese one takes two, a colour none.
pub fn length(text: &str) -> usize {
    measure_text_width(text)
}

/// `text` in the colour of harm, where the terminal has colours and nobody forbids them (`NO_COLOR`).
pub fn harm(text: &str) -> String {
    style(text).red().to_string()
}

/// Rows of equal length, the first a header.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| length(&row[column])).max();
    let widths: Vec<usize> = (0..columns)
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let blank = |cell: &str, width: usize| " ".repeat(width.saturating_sub(length(cell)));
        let mut line = row[0].clone() + &blank(&row[0], widths[0]);
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            let _ = write!(line, "  {}{cell}", blank(cell, *width));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Width where none is known.
const USUAL_WIDTH: usize = 100;

/// Columns of the terminal; where there is none, what `COLUMNS` says.
pub fn width() -> usize {
    let terminal = Term::stdout();
    let size = terminal.is_term().then(|| terminal.size_checked());
    let told = || std::env::var("COLUMNS").ok()?.parse().ok();
    let columns = size.flatten().map(|(_, columns)| usize::from(columns));
    columns.or_else(told).unwrap_or(USUAL_WIDTH)
}

/// `head` and the `items` with commas between them, in lines of this `width` at most where items allow it.
pub fn wrapped(head: &str, items: &[String], width: usize) -> String {
    let (mut text, mut used) = (head.to_owned(), length(head));
    let last = items.len().saturating_sub(1);
    for (i, item) in items.iter().enumerate() {
        let item = if i < last {
            format!("{item}, ")
        } else {
            item.clone()
        };
        if i > 0 && used + length(item.trim_end()) > width {
            text.truncate(text.trim_end().len());
            text += "\n      ";
            used = 6;
        }
        used += length(&item);
        text += &item;
    }
    text + "\n"
}

/// The table in as many blocks of columns as fit the width, each with the first column again.
pub fn blocks(rows: &[Vec<String>]) -> String {
    blocks_within(rows, width())
}

fn blocks_within(rows: &[Vec<String>], width: usize) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let widest = |column: usize| rows.iter().map(|row| length(&row[column])).max();
    let mut texts = Vec::new();
    let mut first = 1;
    while first < columns {
        let mut used = widest(0).unwrap_or(0);
        let fits = |column: &usize| {
            used += 2 + widest(*column).unwrap_or(0);
            used <= width
        };
        // a column that fits nowhere has a block of its own
        let end = first + (first..columns).take_while(fits).count().max(1);
        let part = |row: &Vec<String>| {
            let cells = row[first..end].iter();
            row[..1].iter().chain(cells).cloned().collect()
        };
        texts.push(table(&rows.iter().map(part).collect::<Vec<_>>()));
        first = end;
    }
    texts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let row = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        let text = table(&[row("policy", "x"), row("a", "1.25")]);
        assert_eq!(text, "policy     x\na       1.25\n");
    }

    #[test]
    fn items_go_on_in_the_next_line() {
        let items = ["openness", "capacity", "trust"].map(str::to_owned);
        assert_eq!(
            wrapped("best: a for ", &items, 80),
            "best: a for openness, capacity, trust\n"
        );
        assert_eq!(
            wrapped("best: a for ", &items, 24),
            "best: a for openness,\n      capacity, trust\n"
        );
    }

    #[test]
    fn what_is_too_wide_goes_below() {
        let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
        let rows = [row(["p", "one", "two", "three"]), row(["a", "1", "2", "3"])];
        assert_eq!(blocks_within(&rows, 80), table(&rows));
        assert_eq!(
            blocks_within(&rows, 11),
            "p  one  two\na    1    2\n\np  three\na      3\n"
        );
        assert_eq!(blocks_within(&rows, 3).lines().count(), 8);
    }
}
