//! Tables for people: aligned by display width, cut to the terminal.

use std::io::Write;

use unicode_width::UnicodeWidthChar;
use unicode_width::UnicodeWidthStr;

use crate::domain::one_line;
use crate::query::export;

/// Columns between two cells.
const GAP: usize = 2;
/// A cell is never cut below this.
const NARROWEST: usize = 6;

/// A table with a heading.
pub struct Table {
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    /// Headings of columns that are never cut: half a sum or half a date misleads.
    whole: &'static [&'static str],
}

impl Table {
    /// An empty table.
    pub fn new(head: &[&'static str]) -> Table {
        Table { head: head.to_vec(), rows: Vec::new(), whole: &[] }
    }

    /// The same, with columns that are never cut, by their headings.
    #[must_use]
    pub fn keeping(self, whole: &'static [&'static str]) -> Table {
        Table { whole, ..self }
    }

    /// Adds a row; cells are cleaned here.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| one_line(&cell)).collect());
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The same as comma-separated values, the heading in small letters.
    pub fn csv(&self, out: &mut dyn Write) -> std::io::Result<()> {
        export::csv_row(out, self.head.iter().map(|cell| cell.to_lowercase().replace(' ', "_")))?;
        self.rows.iter().try_for_each(|row| export::csv_row(out, row))
    }

    /// The lines, at most `width` columns wide; uncut when `None`.
    pub fn lines(&self, width: Option<usize>) -> Vec<String> {
        let mut widths: Vec<usize> = self.head.iter().map(|cell| cell.width()).collect();
        for row in &self.rows {
            for (column, cell) in row.iter().enumerate() {
                widths[column] = widths[column].max(cell.width());
            }
        }
        if let Some(width) = width {
            let whole: Vec<bool> = self.head.iter().map(|head| self.whole.contains(head)).collect();
            shrink(&mut widths, &whole, width);
        }
        let head = self.head.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        std::iter::once(&head).chain(&self.rows).map(|row| line(row, &widths)).collect()
    }
}

/// Takes from the widest column that may be cut until the line fits.
fn shrink(widths: &mut [usize], whole: &[bool], width: usize) {
    let gaps = GAP * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > width {
        let soft = widths.iter_mut().zip(whole).filter(|(_, whole)| !**whole);
        let Some(widest) = soft.map(|(width, _)| width).max_by_key(|width| **width) else {
            return;
        };
        if *widest <= NARROWEST {
            return;
        }
        *widest -= 1;
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (column, cell) in row.iter().enumerate() {
        let cell = cut(cell, widths[column]);
        let pad = widths[column].saturating_sub(cell.width());
        line.push_str(&cell);
        if column + 1 < row.len() {
            line.extend(std::iter::repeat_n(' ', pad + GAP));
        }
    }
    line.trim_end().to_owned()
}

/// At most `width` columns, with an ellipsis where something is missing.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let mut kept = String::new();
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used >= width {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_columns() {
        let mut table = Table::new(&["TARGET", "SUM"]);
        table.row(["月之暗面".to_owned(), "$1".to_owned()]);
        table.row(["Acme".to_owned(), "$2".to_owned()]);
        assert_eq!(table.lines(None), ["TARGET    SUM", "月之暗面  $1", "Acme      $2"]);
    }

    #[test]
    fn the_widest_column_is_cut_first() {
        let mut table = Table::new(&["ID", "NAME"]);
        table.row(["1".to_owned(), "a very long name indeed".to_owned()]);
        assert_eq!(table.lines(Some(14)), ["ID  NAME", "1   a very lo…"]);
        assert_eq!(cut("月之暗面", 5), "月之…");
    }

    #[test]
    fn a_sum_is_shown_whole_or_not_at_all() {
        let mut table = Table::new(&["NAME", "AMOUNT"]).keeping(&["AMOUNT"]);
        table.row(["Lanternfish".to_owned(), "about $120M".to_owned()]);
        assert_eq!(table.lines(Some(20)), ["NAME     AMOUNT", "Lanter…  about $120M"]);
    }
}
