//! Filters as SQL: a condition on `deal AS d`, with its parameters.
//!
//! # Invariants
//!
//! - Every value of a filter is a parameter; only our own words stand in the text.
//! - A clause is true or not true, never unknown: `-amount>=1M` also holds for a deal without a sum.
//! - What no clause asks for is hidden: tombstones, removed and dismissed deals always, deals known
//!   in passing unless [`Filter::asks_for_background`].

use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::Context;
use super::StoreError;
use super::search;
use crate::domain::DealId;
use crate::domain::Filter;
use crate::domain::SourceId;
use crate::domain::filter::Clause;
use crate::domain::filter::Comparison;
use crate::domain::filter::DateRange;
use crate::domain::filter::PartyTest;
use crate::domain::filter::RoundTest;
use crate::domain::filter::Test;

mod list;
mod sum;

pub use list::*;

/// Whether one deal satisfies a filter.
pub fn matches(
    conn: &Connection,
    deal: DealId,
    filter: &Filter,
    context: &Context<'_>,
) -> Result<bool, StoreError> {
    let condition = Condition::of(conn, filter, context, Scope::One(deal))?;
    let sql = format!("SELECT 1 FROM deal AS d WHERE {}", condition.sql);
    let found = conn
        .prepare_cached(&sql)?
        .query_row(params_from_iter(condition.params), |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

/// Text of a condition, and what its question marks stand for.
struct Condition<'a> {
    sql: String,
    params: Vec<Value>,
    conn: &'a Connection,
    context: &'a Context<'a>,
    scope: Scope,
    /// A common word is asked by number already.
    probes: bool,
}

/// How many deals a condition is asked about, which decides how the text indexes are asked: by
/// list for many, by number for few.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// This one.
    One(DealId),
    /// In order, until a page is full.
    Page,
    /// All of them.
    All,
}

/// A word in more articles than this is common: a page is full before its list could be made.
///
/// Measured: a row of the list costs 0.7 µs, a question by number 100 to 200 µs. Only one word of a
/// filter is asked by number, since the deals that have two common words may be few.
const COMMON: u32 = 80_000;

impl<'a> Condition<'a> {
    fn of(
        conn: &'a Connection,
        filter: &Filter,
        context: &'a Context<'a>,
        scope: Scope,
    ) -> Result<Condition<'a>, StoreError> {
        let background = if filter.asks_for_background() {
            "d.revision > 0 AND d.merged_into IS NULL AND d.removed = 0 AND d.dismissed = 0"
        } else {
            "d.listed"
        };
        let sql = background.to_owned();
        let mut condition =
            Condition { sql, params: Vec::new(), conn, context, scope, probes: false };
        if let Scope::One(deal) = scope {
            condition.sql.push_str(" AND d.id = ?");
            condition.params.push(deal.0.into());
        }
        for Clause { negated, test } in &filter.clauses {
            condition.sql.push_str(" AND (");
            condition.test(test, *negated)?;
            condition.sql.push_str(if *negated { ") IS NOT TRUE" } else { ")" });
        }
        Ok(condition)
    }

    fn test(&mut self, test: &Test, negated: bool) -> Result<(), StoreError> {
        match test {
            Test::Kind(list) => self.is_one_of("d.kind", list.iter().map(|kind| kind.as_str())),
            Test::Status(list) => self.is_one_of("d.status", list.iter().map(|s| s.as_str())),
            Test::Round(list) => self.any(list, |it, round| it.round(*round)),
            Test::Amount(sum) => sum::condition(self, "amount", sum),
            Test::Valuation(sum) => sum::condition(self, "valuation", sum),
            Test::Party(party, names) => self.any(names, |it, name| it.party(*party, name)),
            Test::Ai(list) => self.is_one_of("d.ai", list.iter().copied()),
            Test::Main(list) => self.is_one_of("d.main", list.iter().copied()),
            Test::Lang(list) => self.told_by("lang", list.iter().map(|lang| lang.as_str())),
            Test::Source(list) => self.told_by("source", list.iter().map(SourceId::as_str)),
            Test::Class(list) => self.told_by("class", list.iter().map(|class| class.as_str())),
            Test::Since(moment) => {
                self.bind("d.first_seen_at >= ?", moment.start(self.context.now).as_microsecond());
            }
            Test::Until(moment) => {
                self.bind("d.first_seen_at < ?", moment.end(self.context.now).as_microsecond());
            }
            Test::Announced(range) => self.announced(*range),
            Test::Confidence(comparison, value) => {
                self.sql.push_str("d.confidence ");
                self.sql.push_str(operator(*comparison));
                self.bind(" ?", *value);
            }
            Test::Id(list) => self.is_one_of("d.id", list.iter().map(|id| id.0)),
            Test::Text(words) => self.text(words, negated)?,
        }
        Ok(())
    }

    /// Adds text with one question mark.
    fn bind(&mut self, sql: &str, value: impl Into<Value>) {
        self.sql.push_str(sql);
        self.params.push(value.into());
    }

    /// Alternatives.
    fn any<T>(&mut self, list: &[T], mut each: impl FnMut(&mut Self, &T)) {
        for (index, item) in list.iter().enumerate() {
            self.sql.push_str(if index == 0 { "(" } else { " OR (" });
            each(self, item);
            self.sql.push(')');
        }
    }

    fn is_one_of(&mut self, column: &str, values: impl IntoIterator<Item = impl IntoValue>) {
        self.sql.push_str(column);
        for (index, value) in values.into_iter().enumerate() {
            self.bind(if index == 0 { " IN (?" } else { ", ?" }, value.into_value());
        }
        self.sql.push(')');
    }

    fn told_by<'t>(&mut self, column: &str, values: impl IntoIterator<Item = &'t str>) {
        self.sql.push_str("EXISTS (SELECT 1 FROM deal_source s WHERE s.deal_id = d.id AND ");
        self.is_one_of(&format!("s.{column}"), values);
        self.sql.push(')');
    }

    fn round(&mut self, round: RoundTest) {
        match round {
            RoundTest::Is(round) => self.bind("d.round = ?", round.to_string()),
            RoundTest::Between(from, to) => {
                self.sql.push_str("d.round_rank IS NOT NULL");
                if let Some(rank) = from.and_then(crate::domain::RoundCode::rank) {
                    self.bind(" AND d.round_rank >= ?", i64::from(rank));
                }
                if let Some(rank) = to.and_then(crate::domain::RoundCode::rank) {
                    self.bind(" AND d.round_rank <= ?", i64::from(rank));
                }
            }
        }
    }

    /// By a phrase in a printed name; the target also by its number in the entity table.
    fn party(&mut self, party: PartyTest, name: &str) {
        let columns = match party {
            PartyTest::Target => "{target} : ",
            PartyTest::Acquirer => "{acquirer} : ",
            PartyTest::Investor => "{investor lead} : ",
            PartyTest::Lead => "{lead} : ",
            PartyTest::Party => "",
        };
        if matches!(party, PartyTest::Target | PartyTest::Party) {
            self.bind("d.target_key = ? OR ", name.to_lowercase());
        }
        match search::phrase(&(self.context.fold)(name)) {
            Some(phrase) => self.indexed("deal_index", "d.id", format!("{columns}{phrase}")),
            None => self.sql.push_str("FALSE"),
        }
    }

    fn announced(&mut self, range: DateRange) {
        self.sql.push_str("d.announced_from IS NOT NULL");
        if let Some(from) = range.from {
            self.bind(" AND d.announced_from >= ?", from.bounds().0.to_string());
        }
        if let Some(to) = range.to {
            self.bind(" AND d.announced_to <= ?", to.bounds().1.to_string());
        }
    }

    /// In the names of the parties, or in an article that tells the deal. A text without letters
    /// asks for nothing.
    fn text(&mut self, text: &str, negated: bool) -> Result<(), StoreError> {
        let Some(phrase) = search::phrase(&(self.context.fold)(text)) else {
            self.sql.push_str("TRUE");
            return Ok(());
        };
        self.indexed("deal_index", "d.id", phrase.clone());
        let common =
            self.scope == Scope::Page && !negated && search::is_common(self.conn, &phrase, COMMON)?;
        let by_number = matches!(self.scope, Scope::One(_)) || (common && !self.probes);
        self.probes |= by_number;
        if by_number {
            self.bind(
                " OR EXISTS (SELECT 1 FROM mention m WHERE m.deal_id = d.id AND m.current = 1 \
                 AND EXISTS (SELECT 1 FROM article_index WHERE article_index MATCH ? \
                 AND rowid = m.article_id))",
                phrase,
            );
        } else {
            // The plus keeps a long list from being walked in place of the order of the page.
            self.sql.push_str(if common { " OR +d.id" } else { " OR d.id" });
            self.bind(
                " IN (SELECT m.deal_id FROM article_index \
                 JOIN mention m ON m.article_id = article_index.rowid \
                 WHERE article_index MATCH ? AND m.current = 1 AND m.deal_id IS NOT NULL)",
                phrase,
            );
        }
        Ok(())
    }

    fn indexed(&mut self, index: &str, id: &str, question: String) {
        let sql = if matches!(self.scope, Scope::One(_)) {
            format!("EXISTS (SELECT 1 FROM {index} WHERE {index} MATCH ? AND rowid = {id})")
        } else {
            format!("{id} IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)")
        };
        self.bind(&sql, question);
    }
}

/// What the lists of tests hold, as a parameter.
trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for &str {
    fn into_value(self) -> Value {
        self.to_owned().into()
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        self.into()
    }
}

impl IntoValue for i64 {
    fn into_value(self) -> Value {
        self.into()
    }
}

fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => ">=",
        Comparison::MoreThan => ">",
        Comparison::AtMost => "<=",
        Comparison::LessThan => "<",
        Comparison::Equal => "=",
    }
}

#[cfg(test)]
mod tests;
