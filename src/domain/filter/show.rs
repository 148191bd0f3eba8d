//! A test as text that reads as the same test.

use std::fmt;
use std::fmt::Display;

use super::Comparison;
use super::DateRange;
use super::Moment;
use super::RoundTest;
use super::SumTest;
use super::Test;
use crate::domain::Currency;

/// Letters of a sum, longest step first: what they multiply by.
const STEPS: &[(i64, &str)] = &[(1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "K")];

pub(super) struct Shown<'a>(pub(super) &'a Test);

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Test::Kind(list) => listed(f, "kind", list),
            Test::Status(list) => listed(f, "status", list),
            Test::Round(list) => listed(f, "round", list),
            Test::Amount(sum) => write!(f, "amount{sum}"),
            Test::Valuation(sum) => write!(f, "valuation{sum}"),
            Test::Party(party, names) => listed(f, party.as_str(), names.iter().map(|n| Quoted(n))),
            Test::Ai(list) => listed(f, "ai", list),
            Test::Main(list) => listed(f, "main", list),
            Test::Lang(list) => listed(f, "lang", list),
            Test::Source(ids) => listed(f, "source", ids.iter().map(|id| Quoted(id.as_str()))),
            Test::Class(list) => listed(f, "class", list),
            Test::Since(moment) => write!(f, "since:{moment}"),
            Test::Until(moment) => write!(f, "until:{moment}"),
            Test::Announced(range) => write!(f, "announced:{range}"),
            Test::Confidence(comparison, value) => write!(f, "conf{comparison}{value}"),
            Test::Id(list) => listed(f, "id", list),
            Test::Text(text) => Quoted(text).fmt(f),
        }
    }
}

fn listed(
    f: &mut fmt::Formatter<'_>,
    key: &str,
    values: impl IntoIterator<Item = impl Display>,
) -> fmt::Result {
    write!(f, "{key}:")?;
    for (index, value) in values.into_iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(f, "{comma}{value}")?;
    }
    Ok(())
}

/// A text, in quotes unless it is one plain word.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| {
            let full_width = ('\u{ff01}'..='\u{ff5e}').contains(&c);
            matches!(c, '-' | '_' | '.' | '+' | '&') || (c.is_alphanumeric() && !full_width)
        };
        if !self.0.is_empty() && !self.0.starts_with('-') && self.0.chars().all(plain) {
            return f.write_str(self.0);
        }
        f.write_str("\"")?;
        for c in self.0.chars() {
            if matches!(c, '"' | '\\') {
                f.write_str("\\")?;
            }
            write!(f, "{c}")?;
        }
        f.write_str("\"")
    }
}

impl Display for RoundTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RoundTest::Is(round) => round.fmt(f),
            RoundTest::Between(from, to) => ends(f, from.as_ref(), to.as_ref()),
        }
    }
}

impl Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => from.fmt(f),
            (from, to) => ends(f, from.as_ref(), to.as_ref()),
        }
    }
}

fn ends<T: Display>(f: &mut fmt::Formatter<'_>, from: Option<&T>, to: Option<&T>) -> fmt::Result {
    if let Some(from) = from {
        from.fmt(f)?;
    }
    f.write_str("..")?;
    to.map_or(Ok(()), |to| to.fmt(f))
}

impl Display for SumTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (step, letters) = STEPS
            .iter()
            .find(|(step, _)| self.units != 0 && self.units % step == 0)
            .copied()
            .unwrap_or((1, ""));
        let about = if self.possibly { "~" } else { "" };
        write!(f, "{about}{}{}{letters}", self.comparison, self.units / step)?;
        if self.currency == Currency::USD { Ok(()) } else { self.currency.fmt(f) }
    }
}

impl Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Comparison::AtLeast => ">=",
            Comparison::MoreThan => ">",
            Comparison::AtMost => "<=",
            Comparison::LessThan => "<",
            Comparison::Equal => "=",
        })
    }
}

impl Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::HoursAgo(hours) => write!(f, "{hours}h"),
            Moment::DaysAgo(days) => write!(f, "{days}d"),
            Moment::WeeksAgo(weeks) => write!(f, "{weeks}w"),
            Moment::Date(date) => date.fmt(f),
        }
    }
}
