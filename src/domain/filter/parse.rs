//! Text to tree: words, keys, operators and values, with errors that point at their place.
//!
//! What a Chinese keyboard types is understood: full-width letters, digits, colons and commas, and
//! the quotation marks “ ” and 「 」.

use std::str::FromStr;

use super::Clause;
use super::Comparison;
use super::DateRange;
use super::Filter;
use super::Moment;
use super::PartyTest;
use super::RoundTest;
use super::SumTest;
use super::Test;
use crate::domain::DealId;
use crate::domain::PartialDate;
use crate::domain::RoundCode;
use crate::domain::SourceId;

mod lexer;
mod sum;

use lexer::Lexer;
use lexer::Operator;
use lexer::Token;
use lexer::Value;

/// Every key of the language.
const KEYS: &[&str] = &[
    "kind",
    "status",
    "amount",
    "valuation",
    "round",
    "target",
    "investor",
    "lead",
    "acquirer",
    "party",
    "ai",
    "main",
    "lang",
    "source",
    "class",
    "since",
    "until",
    "announced",
    "conf",
    "id",
];

/// A text that is no filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at character {})", start + 1)]
pub struct FilterError {
    text: String,
    start: usize,
    end: usize,
    message: String,
}

impl FilterError {
    /// Where it goes wrong, in Unicode scalars of the text: the first, and the one after the last.
    pub fn place(&self) -> (usize, usize) {
        (self.start, self.end)
    }

    /// What is wrong, and what to write instead.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The text with the place marked in a second line, for a fixed-width display.
    pub fn pointed(&self) -> String {
        let width = |c: char| unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        let columns = |from: usize, to: usize| -> usize {
            self.text.chars().skip(from).take(to - from).map(width).sum()
        };
        let before = " ".repeat(columns(0, self.start));
        let marks = "^".repeat(columns(self.start, self.end).max(1));
        format!("{}\n{before}{marks}", self.text)
    }
}

/// What is wrong with a part of the text, before its place is known to the caller.
struct Wrong {
    start: usize,
    end: usize,
    message: String,
}

type Parsed<T> = Result<T, Wrong>;

pub(super) fn filter(text: &str) -> Result<Filter, FilterError> {
    let clauses = clauses(text).map_err(|Wrong { start, end, message }| FilterError {
        text: text.to_owned(),
        start,
        end,
        message,
    })?;
    Ok(Filter { clauses })
}

fn clauses(text: &str) -> Parsed<Vec<Clause>> {
    let mut lexer = Lexer::new(text);
    let mut clauses = Vec::new();
    while let Some((negated, token)) = lexer.next()? {
        let asked = match token {
            Token::Text(value) => Test::Text(value.text),
            Token::Test { key, operator, values } => test(&key, operator, &values)?,
        };
        clauses.push(Clause { negated, test: asked });
    }
    Ok(clauses)
}

fn test(key: &Value, operator: Operator, values: &[Value]) -> Parsed<Test> {
    let values = Values { key, operator, list: values };
    match key.text.as_str() {
        "kind" => values.words().map(Test::Kind),
        "status" => values.words().map(Test::Status),
        "lang" => values.words().map(Test::Lang),
        "class" => values.words().map(Test::Class),
        "round" => values.rounds().map(Test::Round),
        "amount" => values.sum().map(Test::Amount),
        "valuation" => values.sum().map(Test::Valuation),
        "ai" => values.booleans().map(Test::Ai),
        "main" => values.booleans().map(Test::Main),
        "source" => values.each(|value| Ok(SourceId(value.text.clone()))).map(Test::Source),
        "id" => values.each(deal_id).map(Test::Id),
        "since" => values.moment().map(Test::Since),
        "until" => values.moment().map(Test::Until),
        "announced" => values.dates().map(Test::Announced),
        "conf" | "confidence" => values.confidence(),
        name => match name.parse::<PartyTest>() {
            Ok(party) => {
                values.each(|value| Ok(value.text.clone())).map(|names| Test::Party(party, names))
            }
            Err(_) => Err(unknown_key(key)),
        },
    }
}

fn unknown_key(key: &Value) -> Wrong {
    let guess = closest(&key.text, KEYS.iter().copied());
    let guess = guess.map(|known| format!(", did you mean `{known}`?")).unwrap_or_default();
    let (name, known) = (&key.text, KEYS.join(", "));
    key.wrong(format!(
        "unknown key `{name}`{guess}; the keys are {known}; quote it to search for these words"
    ))
}

/// The values of one clause, with what stands before them.
struct Values<'a> {
    key: &'a Value,
    operator: Operator,
    list: &'a [Value],
}

impl Values<'_> {
    /// Each value read on its own; only `:` and `=` stand before lists.
    fn each<T>(&self, read: impl Fn(&Value) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.only_equal()?;
        self.list.iter().map(read).collect()
    }

    fn only_equal(&self) -> Parsed<()> {
        if self.operator.comparison == Comparison::Equal && !self.operator.possibly {
            return Ok(());
        }
        let key = &self.key.text;
        Err(self.key.wrong(format!("`{key}` is not compared: write `{key}:…`")))
    }

    fn single(&self) -> Parsed<&Value> {
        match self.list {
            [value] => Ok(value),
            [_, second, ..] => {
                Err(second.wrong(format!("`{}` takes one value, not a list", self.key.text)))
            }
            [] => Err(self.key.wrong(format!("`{}` needs a value", self.key.text))),
        }
    }

    /// Words of a closed list, in either case and with `-` for `_`.
    fn words<T>(&self) -> Parsed<Vec<T>>
    where
        T: FromStr,
        T::Err: std::fmt::Display,
    {
        self.each(|value| {
            let word = value.text.to_lowercase().replace('-', "_");
            word.parse().map_err(|error: T::Err| {
                let known = error.to_string();
                let known = known.split_once("use one of ").map_or("", |(_, known)| known);
                let guess = closest(&word, known.split(", "))
                    .map(|word| format!(", did you mean `{word}`?"))
                    .unwrap_or_default();
                let (key, word) = (&self.key.text, &value.text);
                value.wrong(format!("`{word}` is no {key}{guess}; use one of {known}"))
            })
        })
    }

    fn booleans(&self) -> Parsed<Vec<bool>> {
        self.each(|value| match value.text.to_lowercase().as_str() {
            "true" | "yes" | "1" | "是" => Ok(true),
            "false" | "no" | "0" | "否" => Ok(false),
            other => Err(value.wrong(format!("`{other}` is neither true nor false"))),
        })
    }

    fn rounds(&self) -> Parsed<Vec<RoundTest>> {
        let comparison = self.operator.comparison;
        if self.operator.possibly || comparison == Comparison::Equal {
            return self.each(round);
        }
        let value = self.single()?;
        let code = ranked(value, &value.text)?;
        match comparison {
            Comparison::AtLeast => Ok(vec![RoundTest::Between(code, None)]),
            Comparison::AtMost => Ok(vec![RoundTest::Between(None, code)]),
            Comparison::MoreThan | Comparison::LessThan | Comparison::Equal => {
                Err(self.key.wrong("rounds compare with >= and <= only".to_owned()))
            }
        }
    }

    fn sum(&self) -> Parsed<SumTest> {
        let value = self.single()?;
        let (units, currency) = sum::read(&value.text).ok_or_else(|| {
            let text = &value.text;
            value.wrong(format!("`{text}` is no sum: write 100M, 1.5bn, 2000万 or 1亿CNY"))
        })?;
        let Operator { possibly, comparison } = self.operator;
        Ok(SumTest { possibly, comparison, units, currency })
    }

    fn confidence(&self) -> Parsed<Test> {
        let value = self.single()?;
        let number = value.text.parse::<f64>().ok().filter(|n| (0.0..=1.0).contains(n));
        let number = number.ok_or_else(|| {
            value.wrong(format!("`{}` is no number from 0 to 1, such as 0.8", value.text))
        })?;
        if self.operator.possibly {
            return Err(self.key.wrong("only sums compare with ~".to_owned()));
        }
        Ok(Test::Confidence(self.operator.comparison, number))
    }

    fn moment(&self) -> Parsed<Moment> {
        self.only_equal()?;
        let value = self.single()?;
        moment(&value.text).ok_or_else(|| {
            value.wrong(format!("`{}` is no time: write 24h, 7d, 2w or 2026-03-09", value.text))
        })
    }

    fn dates(&self) -> Parsed<DateRange> {
        let value = self.single()?;
        let date = |text: &str| {
            text.parse::<PartialDate>()
                .map(Some)
                .map_err(|error| value.wrong(format!("{error}, nor a range 2026-03..2026-06")))
        };
        let end = |text: &str| if text.is_empty() { Ok(None) } else { date(text) };
        let (from, to) = match (self.operator.comparison, value.text.split_once("..")) {
            (Comparison::Equal, Some((from, to))) => (end(from)?, end(to)?),
            (Comparison::Equal, None) => (date(&value.text)?, date(&value.text)?),
            (Comparison::AtLeast, None) => (date(&value.text)?, None),
            (Comparison::AtMost, None) => (None, date(&value.text)?),
            _ => {
                let message = "dates compare with >=, <= and ranges 2026-03..2026-06 only";
                return Err(self.key.wrong(message.to_owned()));
            }
        };
        if from.is_none() && to.is_none() {
            return Err(value.wrong("a range needs at least one end".to_owned()));
        }
        Ok(DateRange { from, to })
    }
}

fn deal_id(value: &Value) -> Parsed<DealId> {
    let number = value.text.trim_start_matches('#').parse().ok().filter(|id| *id > 0);
    number.map(DealId).ok_or_else(|| value.wrong(format!("`{}` is no deal's number", value.text)))
}

fn round(value: &Value) -> Parsed<RoundTest> {
    let Some((from, to)) = value.text.split_once("..") else {
        return code(value, &value.text).map(RoundTest::Is);
    };
    let (from, to) = (ranked(value, from)?, ranked(value, to)?);
    if from.is_none() && to.is_none() {
        return Err(value.wrong("a range needs at least one end".to_owned()));
    }
    Ok(RoundTest::Between(from, to))
}

fn code(value: &Value, text: &str) -> Parsed<RoundCode> {
    text.parse().map_err(|error: crate::domain::round::BadRound| value.wrong(error.to_string()))
}

/// One end of a range of rounds; nothing is an open end.
fn ranked(value: &Value, text: &str) -> Parsed<Option<RoundCode>> {
    if text.is_empty() {
        return Ok(None);
    }
    let round = code(value, text)?;
    if round.rank().is_none() {
        let message = format!("`{round}` has no place in the order of rounds: name it alone");
        return Err(value.wrong(message));
    }
    Ok(Some(round))
}

pub(super) fn moment(text: &str) -> Option<Moment> {
    if let Ok(date) = text.parse() {
        return Some(Moment::Date(date));
    }
    let letter = text.chars().next_back()?;
    let count = text.strip_suffix(letter)?.parse().ok()?;
    match letter {
        'h' | 'H' => Some(Moment::HoursAgo(count)),
        'd' | 'D' | '天' => Some(Moment::DaysAgo(count)),
        'w' | 'W' | '周' => Some(Moment::WeeksAgo(count)),
        _ => None,
    }
}

/// The known word that is at most two slips away.
fn closest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = if word.chars().count() < 4 { 1 } else { 2 };
    known
        .map(|known| (distance(word, known), known))
        .filter(|(slips, _)| *slips <= allowed)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, known)| known)
}

/// Letters to insert, drop or replace to get from one word to the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (b, above) in other.iter().zip(row.iter_mut().skip(1)) {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = *above;
            left = replaced.min(*above + 1).min(left + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
