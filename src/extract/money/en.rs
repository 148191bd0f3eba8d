//! Sums of money in English: `$1.2bn`, `US$300m`, `600 mln euros`, `nine-figure`.

mod currency;
mod hedge;
mod role;
mod vague;

pub(in crate::extract) use role::WHOLE;

use super::Found;
use super::Role;
use super::Sum;
use super::scaled;
use crate::domain::Amount;
use crate::domain::Currency;
use crate::domain::Qualifier;
use crate::domain::Span;
use crate::extract::lexicon::list::List;
use crate::extract::text::Kind;
use crate::extract::text::Sentence;
use crate::extract::text::Text;
use crate::extract::text::Token;

/// The sums of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Found<Sum>> {
    let reader = Reader { text, tokens: text.tokens_of(sentence) };
    let mut found: Vec<(std::ops::Range<usize>, Found<Sum>)> = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        let floor = found.last().map_or(0, |(range, _)| range.end);
        let Some(read) = reader.sum(at, floor) else {
            at += 1;
            continue;
        };
        at = read.end;
        let conversion = found
            .last()
            .is_some_and(|(before, sum)| reader.converts(before.end, &read, &sum.value.amount));
        if let Some(sum) = reader.finish(&read, conversion) {
            found.push((read.start..read.end, sum));
        }
    }
    role::assign(&reader, &mut found);
    found.into_iter().map(|(_, sum)| sum).collect()
}

/// The words that a sum can begin with beside the codes of currencies; few words are asked any further.
static BEGINNERS: List = List::new(&[
    "a",
    "amount",
    "billions",
    "eight",
    "eleven",
    "fifty",
    "five",
    "four",
    "half",
    "hundreds",
    "millions",
    "multiple",
    "nine",
    "one",
    "price",
    "seven",
    "several",
    "six",
    "size",
    "ten",
    "tens",
    "terms",
    "three",
    "twenty",
    "two",
    "undisclosed",
]);

/// The tokens of one sentence.
struct Reader<'a> {
    text: &'a Text,
    tokens: &'a [Token],
}

/// A sum as token positions and values.
struct Read {
    /// First token, the qualifier's if there is one.
    start: usize,
    end: usize,
    value: Value,
    currency: Option<Currency>,
    qualifier: Qualifier,
    rule: &'static str,
}

enum Value {
    One(i64),
    Range(i64, i64),
    None,
}

impl<'a> Reader<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| self.text.of(token.span))
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.word(at + offset) == *word)
    }

    fn number(&self, at: usize) -> Option<&'a str> {
        self.tokens.get(at).filter(|token| token.kind == Kind::Number)?;
        Some(self.word(at))
    }

    /// The sum that starts at this token; its qualifier may reach back to `floor`.
    fn sum(&self, at: usize, floor: usize) -> Option<Read> {
        let token = self.tokens.get(at)?;
        match token.kind {
            Kind::Number => self.suffixed(at, floor),
            Kind::Punct => self.prefixed(at, floor),
            Kind::Word => {
                // A code has a number after it, with or without a full stop: `Rs. 5`.
                let coded = self.number(at + 1).is_some()
                    || (self.word(at + 1) == "." && self.number(at + 2).is_some());
                let may = coded || BEGINNERS.contains(self.word(at)) || self.word(at + 1) == "$";
                // Where debugging is on, the list is checked and not believed.
                if !may && !cfg!(debug_assertions) {
                    return None;
                }
                let read = self
                    .prefixed(at, floor)
                    .or_else(|| self.spelt(at, floor))
                    .or_else(|| self.order(at))
                    .or_else(|| self.undisclosed(at));
                debug_assert!(may || read.is_none(), "{} begins a sum", self.word(at));
                read
            }
            Kind::Han | Kind::Break => None,
        }
    }

    /// `$40M`, `US$ 3 to $4 billion`, `Rs 250 crore`.
    fn prefixed(&self, at: usize, floor: usize) -> Option<Read> {
        let (currency, first) = self.currency_before(at)?;
        let digits = self.number(first)?;
        let (power, end) = self.magnitude(first + 1);
        let range = self.range_end(end, floor, at).and_then(|second| {
            let second = self.currency_before(second).map_or(second, |(_, number)| number);
            let (other_power, end) = self.magnitude(second + 1);
            let power = if power == 0 { other_power } else { power };
            let (low, high) = (scaled(digits, power)?, scaled(self.number(second)?, other_power)?);
            (low < high).then_some((Value::Range(low, high), end))
        });
        let (value, end) = match range {
            Some(read) => read,
            None => (Value::One(scaled(digits, power)?), end),
        };
        let rule = if self.word(first - 1) == "$" { "money.en.symbol" } else { "money.en.prefix" };
        let (start, end, qualifier) = self.qualified(at, end, floor);
        Some(Read { start, end, value, currency: Some(currency), qualifier, rule })
    }

    /// `600 mln euros`, `300 million dollars`, `2 to 3 billion yuan`.
    fn suffixed(&self, at: usize, floor: usize) -> Option<Read> {
        let digits = self.number(at)?;
        let (power, end) = self.magnitude(at + 1);
        let range = self.range_end(end, floor, at).and_then(|second| {
            let (other_power, end) = self.magnitude(second + 1);
            let power = if power == 0 { other_power } else { power };
            let (low, high) = (scaled(digits, power)?, scaled(self.number(second)?, other_power)?);
            (low < high).then_some((Value::Range(low, high), end))
        });
        let (value, end) = match range {
            Some(read) => read,
            None => (Value::One(scaled(digits, power)?), end),
        };
        let (currency, end) = self.currency_after(end)?;
        let (start, end, qualifier) = self.qualified(at, end, floor);
        Some(Read {
            start,
            end,
            value,
            currency: Some(currency),
            qualifier,
            rule: "money.en.suffix",
        })
    }

    /// Where the second number of a range starts, if there is one after `end`.
    fn range_end(&self, end: usize, floor: usize, start: usize) -> Option<usize> {
        let between = || (floor..start).rev().take(2).any(|at| self.word(at) == "between");
        let joins = match self.word(end) {
            "to" | "-" | "–" | "—" | "or" => true,
            "and" => between(),
            _ => false,
        };
        let second = end + 1;
        let number = self.currency_before(second).map_or(second, |(_, number)| number);
        (joins && self.number(number).is_some()).then_some(second)
    }

    /// Whether this sum says the one before it again: `($43 million)`, `or about $43 million`.
    fn converts(&self, before_end: usize, read: &Read, before: &Amount) -> bool {
        let opens = self.word(before_end) == "("
            || (self.word(before_end) == "," && self.word(before_end + 1) == "or")
            || self.word(before_end) == "or"
            || (self.word(before_end) == ","
                && read.start == before_end + 1
                && read.qualifier == Qualifier::About);
        opens
            && read.start <= before_end + 4
            && read.currency.is_some()
            && before.currency != read.currency
    }

    fn finish(&self, read: &Read, conversion: bool) -> Option<Found<Sum>> {
        let span = self.span(read.start, read.end)?;
        let raw = self.text.printed(span);
        let inferred = read.currency.is_none();
        let currency = read.currency.unwrap_or(Currency::USD);
        let amount = match read.value {
            Value::One(value) => Amount::new(raw, value, currency, read.qualifier),
            Value::Range(low, high) => Amount::range(raw, low, high, currency),
            Value::None => Amount::undisclosed(raw),
        };
        let currency_inferred = inferred && amount.currency.is_some();
        let value = Sum { amount, role: Role::Plain, conversion, currency_inferred };
        Some(Found { value, span, rule: read.rule })
    }

    fn span(&self, start: usize, end: usize) -> Option<Span> {
        let (first, last) = (self.tokens.get(start)?, self.tokens.get(end.checked_sub(1)?)?);
        self.text.span(first.span.start(), last.span.end())
    }
}

#[cfg(test)]
mod tests;
