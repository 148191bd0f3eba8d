//! Answers as JSON, JSON Lines and CSV, written as they come.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a
//! formula or a command; such cells are written behind an apostrophe.

use std::io::Result;
use std::io::Write;

use serde::Serialize;

use super::DealView;
use super::plain;
use crate::domain::Amount;
use crate::domain::UsdRange;

/// The columns of a deal in CSV. New ones are added at the end.
pub const DEAL_COLUMNS: &[&str] = &[
    "id",
    "target",
    "target_id",
    "kind",
    "status",
    "round",
    "amount",
    "amount_min",
    "amount_max",
    "amount_currency",
    "amount_usd_min",
    "amount_usd_max",
    "valuation",
    "valuation_min",
    "valuation_max",
    "valuation_currency",
    "valuation_usd_min",
    "valuation_usd_max",
    "acquirers",
    "investors",
    "lead_investors",
    "sellers",
    "announced_on",
    "closed_on",
    "first_reported_at",
    "first_seen_at",
    "updated_at",
    "revision",
    "ai",
    "main",
    "confidence",
    "doubts",
    "source_count",
    "sources",
    "urls",
];

/// A JSON list, one item per line.
pub struct Json<'a> {
    out: &'a mut dyn Write,
    empty: bool,
}

impl<'a> Json<'a> {
    /// Nothing is written before the first item.
    pub fn new(out: &'a mut dyn Write) -> Json<'a> {
        Json { out, empty: true }
    }

    /// Writes an item.
    pub fn item(&mut self, item: &impl Serialize) -> Result<()> {
        self.out.write_all(if self.empty { b"[\n" } else { b",\n" })?;
        self.empty = false;
        serde_json::to_writer(&mut *self.out, item)?;
        Ok(())
    }

    /// Closes the list.
    pub fn finish(self) -> Result<()> {
        self.out.write_all(if self.empty { b"[]\n" } else { b"\n]\n" })
    }
}

/// Items as one JSON list.
pub fn json<T: Serialize>(out: &mut dyn Write, items: impl IntoIterator<Item = T>) -> Result<()> {
    let mut list = Json::new(out);
    for item in items {
        list.item(&item)?;
    }
    list.finish()
}

/// One item as one line of JSON.
pub fn jsonl(out: &mut dyn Write, item: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut *out, item)?;
    out.write_all(b"\n")
}

/// The heading of a table of deals.
pub fn csv_heading(out: &mut dyn Write) -> Result<()> {
    csv_row(out, DEAL_COLUMNS.iter().copied())
}

/// A deal as a row under [`DEAL_COLUMNS`].
pub fn csv_deal(out: &mut dyn Write, deal: &DealView) -> Result<()> {
    csv_row(out, deal_cells(deal))
}

/// Any row.
pub fn csv_row<T: AsRef<str>>(
    out: &mut dyn Write,
    cells: impl IntoIterator<Item = T>,
) -> Result<()> {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        csv_cell(out, cell.as_ref())?;
    }
    out.write_all(b"\n")
}

fn csv_cell(out: &mut dyn Write, cell: &str) -> Result<()> {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if cell.contains(['"', ',', '\n', '\r']) {
        write!(out, "\"{guard}{}\"", cell.replace('"', "\"\""))
    } else {
        write!(out, "{guard}{cell}")
    }
}

fn deal_cells(deal: &DealView) -> Vec<String> {
    let valuation = deal.valuation.as_ref();
    let mut cells = vec![
        deal.id.to_string(),
        deal.target.clone(),
        deal.target_id.to_string(),
        deal.kind.to_string(),
        deal.status.to_string(),
        deal.round.map(|round| round.to_string()).or(deal.round_raw.clone()).unwrap_or_default(),
    ];
    cells.push(deal.amount.as_ref().map(plain::sum).unwrap_or_default());
    cells.extend(sum_cells(deal.amount.as_ref(), deal.amount_usd));
    cells.push(valuation.map(plain::valuation).unwrap_or_default());
    let valuation = valuation.map(crate::domain::Valuation::amount);
    cells.extend(sum_cells(valuation.as_ref(), deal.valuation_usd));
    let investors = |lead: Option<bool>| {
        let chosen = deal.investors.iter().filter(|i| lead.is_none_or(|lead| i.lead == lead));
        listed(chosen.map(|investor| investor.name.as_str()))
    };
    cells.extend([
        listed(deal.acquirers.iter().map(String::as_str)),
        investors(None),
        investors(Some(true)),
        listed(deal.sellers.iter().map(String::as_str)),
        deal.announced_on.map(|date| date.to_string()).unwrap_or_default(),
        deal.closed_on.map(|date| date.to_string()).unwrap_or_default(),
        deal.first_reported_at.to_string(),
        deal.first_seen_at.to_string(),
        deal.updated_at.to_string(),
        deal.revision.to_string(),
        deal.ai.to_string(),
        deal.main.to_string(),
        deal.confidence.to_string(),
        listed(deal.doubts.iter().map(|doubt| doubt.as_str())),
        deal.source_count.to_string(),
        listed(deal.sources.iter().map(|source| source.source.as_str())),
        listed(deal.sources.iter().filter_map(|source| source.url.as_deref())),
    ]);
    cells
}

fn sum_cells(amount: Option<&Amount>, usd: Option<UsdRange>) -> [String; 5] {
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    [
        number(amount.and_then(|amount| amount.min)),
        number(amount.and_then(|amount| amount.max)),
        amount.and_then(|amount| amount.currency).map(|c| c.to_string()).unwrap_or_default(),
        number(usd.and_then(|usd| usd.min)),
        number(usd.and_then(|usd| usd.max)),
    ]
}

/// Several values in one cell.
fn listed<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cells: &[&str], expected: &str) {
        let mut out = Vec::new();
        csv_row(&mut out, cells).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        check(&["a", "b c", ""], "a,b c,\n");
        check(&["a,b", "say \"x\"", "two\nlines"], "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        check(&["=1+1", "+1", "-1", "@SUM(A1)"], "'=1+1,'+1,'-1,'@SUM(A1)\n");
        check(&["\tx", "\rx", "=\"a\",b"], "'\tx,\"'\rx\",\"'=\"\"a\"\",b\"\n");
    }

    #[test]
    fn a_list_is_json_also_when_it_is_empty() {
        let written = |items: &[i32]| {
            let mut out = Vec::new();
            json(&mut out, items).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(&[]), "[]\n");
        assert_eq!(written(&[1, 2]), "[\n1,\n2\n]\n");
    }
}
