//! The filter language's tree: one language for shell, API, search box, routes, saved searches.
//!
//! `kind:funding status:announced amount>=100M round:b..d investor:sequoia -lang:zh 新一轮`
//!
//! # Invariants
//!
//! - Every clause must hold; inside a clause a comma means "or".
//! - A filter prints as text that reads as the same filter.
//!
//! # Not here
//!
//! What a clause means for a row of the log is in `store::filter`. Whether deals are hidden that
//! no clause speaks of is the default of [`Filter::asks_for_background`].

use std::fmt;

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;

use super::Currency;
use super::DealId;
use super::DealKind;
use super::DealStatus;
use super::Lang;
use super::PartialDate;
use super::RoundCode;
use super::SourceClass;
use super::SourceId;
use super::kind::words;

mod parse;
mod show;

pub use parse::FilterError;

/// Every clause must hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// All of them.
    pub clauses: Vec<Clause>,
}

/// A test, or its contrary.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Written with a leading `-`.
    pub negated: bool,
    /// What is asked.
    pub test: Test,
}

/// What one clause asks. Lists mean "one of these".
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// `kind:funding,debt`
    Kind(Vec<DealKind>),
    /// `status:announced`
    Status(Vec<DealStatus>),
    /// `round:a,b..d`
    Round(Vec<RoundTest>),
    /// `amount>=100M`, `amount~>=1亿CNY`
    Amount(SumTest),
    /// `valuation>=1bn`
    Valuation(SumTest),
    /// `investor:sequoia`
    Party(PartyTest, Vec<String>),
    /// `ai:true`
    Ai(Vec<bool>),
    /// `main:false`; `main:true,false` asks for both.
    Main(Vec<bool>),
    /// `lang:zh`: an article in that language tells it.
    Lang(Vec<Lang>),
    /// `source:36kr`: that source tells it.
    Source(Vec<SourceId>),
    /// `class:filing`: a source of that class tells it.
    Class(Vec<SourceClass>),
    /// `since:7d`: first seen then or later.
    Since(Moment),
    /// `until:2026-03-31`: first seen then or earlier, that day included.
    Until(Moment),
    /// `announced:2026-03..2026-06`: the deal's own date lies wholly inside.
    Announced(DateRange),
    /// `conf>=0.8`
    Confidence(Comparison, f64),
    /// `id:12,15`
    Id(Vec<DealId>),
    /// A free word or a quoted phrase: in the names of its parties, or in an article that tells it.
    Text(String),
}

/// A round by name, or a part of their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundTest {
    /// `a+`
    Is(RoundCode),
    /// `b..d`, `..a`, `c..`: both ends included; every end has a place in the order.
    Between(Option<RoundCode>, Option<RoundCode>),
}

/// A comparison with a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SumTest {
    /// `~`: a vague sum is let through when it possibly satisfies, else only when it certainly
    /// does.
    pub possibly: bool,
    /// How it is compared.
    pub comparison: Comparison,
    /// In whole units of the currency.
    pub units: i64,
    /// US dollars unless written.
    pub currency: Currency,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `>=`
    AtLeast,
    /// `>`
    MoreThan,
    /// `<=`
    AtMost,
    /// `<`
    LessThan,
    /// `=` or `:`
    Equal,
}

words!(
    /// In which role a name is looked for; the words are the keys of the language.
    PartyTest, "party" {
        /// The company.
        Target = "target",
        /// Who buys.
        Acquirer = "acquirer",
        /// Who puts money in, leading or not.
        Investor = "investor",
        /// Who leads.
        Lead = "lead",
        /// Anybody, sellers and advisers included.
        Party = "party",
    }
);

/// A point in time, counted back from the present or by the calendar (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// `24h`
    HoursAgo(u32),
    /// `7d`
    DaysAgo(u32),
    /// `2w`
    WeeksAgo(u32),
    /// `2026-01-01`, `2026-03`
    Date(PartialDate),
}

impl Moment {
    /// `24h`, `7d`, `2w`, `2026-03-09`; `None` for any other text.
    pub fn parse(text: &str) -> Option<Moment> {
        parse::moment(text)
    }

    /// Its first microsecond. Further back than the calendar reaches is the beginning.
    pub fn start(self, now: Timestamp) -> Timestamp {
        match self {
            Moment::Date(date) => midnight(date.bounds().0).unwrap_or(Timestamp::MIN),
            Moment::HoursAgo(hours) => ago(now, i64::from(hours)),
            Moment::DaysAgo(days) => ago(now, i64::from(days) * 24),
            Moment::WeeksAgo(weeks) => ago(now, i64::from(weeks) * 24 * 7),
        }
    }

    /// The microsecond after it: a day counts to its end.
    pub fn end(self, now: Timestamp) -> Timestamp {
        match self {
            Moment::Date(date) => {
                date.bounds().1.tomorrow().ok().and_then(midnight).unwrap_or(Timestamp::MAX)
            }
            Moment::HoursAgo(_) | Moment::DaysAgo(_) | Moment::WeeksAgo(_) => {
                let tick = SignedDuration::from_micros(1);
                self.start(now).checked_add(tick).unwrap_or(Timestamp::MAX)
            }
        }
    }
}

fn midnight(day: Date) -> Option<Timestamp> {
    day.to_zoned_datetime(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn ago(now: Timestamp, hours: i64) -> Timestamp {
    let past = SignedDuration::try_from_hours(hours).and_then(|span| now.checked_sub(span).ok());
    past.unwrap_or(Timestamp::MIN)
}

/// Part of the calendar, both ends included; at least one is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRange {
    /// Not earlier.
    pub from: Option<PartialDate>,
    /// Not later.
    pub to: Option<PartialDate>,
}

impl Filter {
    /// Whether deals that are only known in passing are asked for: by `main:`, or by their number.
    pub fn asks_for_background(&self) -> bool {
        self.clauses.iter().any(|clause| matches!(clause.test, Test::Main(_) | Test::Id(_)))
    }
}

impl std::str::FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse::filter(text)
    }
}

impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Filter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, clause) in self.clauses.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            let minus = if clause.negated { "-" } else { "" };
            write!(f, "{space}{minus}{}", show::Shown(&clause.test))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
