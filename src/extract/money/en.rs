//! Sums of money in English: `$1.2bn`, `US$300m`, `600 mln euros`, `nine-figure`.

mod role;

pub(in crate::extract) use role::WHOLE;

use super::Found;
use super::Role;
use super::Sum;
use super::scaled;
use crate::domain::Amount;
use crate::domain::Currency;
use crate::domain::Qualifier;
use crate::domain::Span;
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
            Kind::Word => self
                .prefixed(at, floor)
                .or_else(|| self.spelt(at, floor))
                .or_else(|| self.order(at))
                .or_else(|| self.undisclosed(at)),
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

    /// `a billion dollars`, `half a billion dollars`, `two million euros`.
    fn spelt(&self, at: usize, floor: usize) -> Option<Read> {
        let (tenths, next) = if self.is(at, &["half", "a"]) {
            (5, at + 2)
        } else {
            let count = match self.word(at) {
                "a" | "one" => 1,
                "two" => 2,
                "three" => 3,
                "four" => 4,
                "five" => 5,
                "six" => 6,
                "seven" => 7,
                "eight" => 8,
                "nine" => 9,
                "ten" => 10,
                "twenty" => 20,
                "fifty" => 50,
                _ => return None,
            };
            (count * 10, at + 1)
        };
        let (power, end) = self.magnitude(next);
        let power = power.checked_sub(1)?;
        let (currency, end) = self.currency_after(end)?;
        let value = Value::One(tenths * 10_i64.checked_pow(power)?);
        let (start, end, qualifier) = self.qualified(at, end, floor);
        Some(Read {
            start,
            end,
            value,
            currency: Some(currency),
            qualifier,
            rule: "money.en.spelt",
        })
    }

    /// `tens of millions of dollars`, `nine-figure`, `a multibillion-dollar deal`.
    fn order(&self, at: usize) -> Option<Read> {
        let tens = match self.word(at) {
            "tens" => 1,
            "hundreds" => 2,
            "several" | "multiple" | "millions" | "billions" => 0,
            _ => return self.figures(at),
        };
        let (power, end) = match self.word(at) {
            "millions" => (6, at + 1),
            "billions" => (9, at + 1),
            _ => {
                let next = if self.word(at + 1) == "of" { at + 2 } else { at + 1 };
                let (power, end) = match self.word(next) {
                    "thousands" => (3, next + 1),
                    "millions" | "million" => (6, next + 1),
                    "billions" | "billion" => (9, next + 1),
                    _ => return None,
                };
                (power + tens, end)
            }
        };
        let next = if self.word(end) == "of" { end + 1 } else { end };
        let (currency, end) = self.currency_after(next)?;
        let value = Value::One(10_i64.checked_pow(power)?);
        let rule = "money.en.order";
        Some(Read {
            start: at,
            end,
            value,
            currency: Some(currency),
            qualifier: Qualifier::Order,
            rule,
        })
    }

    /// `nine-figure sum`, `eight figures`.
    fn figures(&self, at: usize) -> Option<Read> {
        let digits: u32 = match self.word(at) {
            "six" => 6,
            "seven" => 7,
            "eight" => 8,
            "nine" => 9,
            "ten" | "10" => 10,
            "eleven" => 11,
            _ => return None,
        };
        let next = if self.word(at + 1) == "-" { at + 2 } else { at + 1 };
        if !matches!(self.word(next), "figure" | "figures") {
            return None;
        }
        Some(Read {
            start: at,
            end: next + 1,
            value: Value::One(10_i64.checked_pow(digits - 1)?),
            currency: None,
            qualifier: Qualifier::Order,
            rule: "money.en.figures",
        })
    }

    /// `an undisclosed sum`, `terms were not disclosed`.
    fn undisclosed(&self, at: usize) -> Option<Read> {
        let sum = |at| {
            matches!(
                self.word(at),
                "sum"
                    | "amount"
                    | "price"
                    | "funding"
                    | "investment"
                    | "terms"
                    | "round"
                    | "figure"
            )
        };
        let told = |at| {
            matches!(
                self.word(at),
                "disclosed"
                    | "revealed"
                    | "announced"
                    | "released"
                    | "given"
                    | "made"
                    | "shared"
                    | "published"
            )
        };
        let end = if self.word(at) == "undisclosed" && sum(at + 1) {
            at + 2
        } else if matches!(self.word(at), "terms" | "price" | "amount" | "size") {
            let not = (at + 1..at + 7).find(|at| {
                matches!(
                    self.word(*at),
                    "not"
                        | "undisclosed"
                        | "n't"
                        | "weren't"
                        | "wasn't"
                        | "haven't"
                        | "hasn't"
                        | "aren't"
                        | "isn't"
                        | "never"
                )
            })?;
            match (self.word(not), told(not + 1), self.is(not + 1, &["been"]) && told(not + 2)) {
                ("undisclosed", _, _) => not + 1,
                (_, true, _) => not + 2,
                (_, _, true) => not + 3,
                _ => return None,
            }
        } else {
            return None;
        };
        Some(Read {
            start: at,
            end,
            value: Value::None,
            currency: None,
            qualifier: Qualifier::Undisclosed,
            rule: "money.en.undisclosed",
        })
    }

    /// A currency before a number: its value and the number's position.
    fn currency_before(&self, at: usize) -> Option<(Currency, usize)> {
        let symbol = |at| currency_symbol(self.word(at));
        if let Some(currency) = symbol(at) {
            return Some((currency, at + 1));
        }
        // `US$`, `HK$`, `A$`: the letters say which dollar.
        if self.word(at + 1) == "$" && self.tokens.get(at + 1).is_some_and(|sign| sign.glued) {
            return Some((dollar_of(self.word(at))?, at + 2));
        }
        let currency = currency_code(self.word(at))?;
        let next = if self.word(at + 1) == "." { at + 2 } else { at + 1 };
        self.number(next)?;
        Some((currency, next))
    }

    /// A currency after a sum, and the position after it.
    fn currency_after(&self, at: usize) -> Option<(Currency, usize)> {
        let at = if self.word(at) == "-" { at + 1 } else { at };
        if matches!(
            self.word(at),
            "us" | "u.s"
                | "hong"
                | "canadian"
                | "australian"
                | "singapore"
                | "taiwan"
                | "new"
                | "british"
                | "indian"
                | "japanese"
                | "chinese"
                | "swiss"
                | "swedish"
                | "south"
        ) {
            let (first, mut last) = (self.word(at), at + 1);
            if matches!(self.word(last), "." | "kong" | "taiwan" | "korean") {
                last += 1;
            }
            let unit = self.word(last);
            let currency = match (first, unit) {
                ("hong", "dollars") => Currency::HKD,
                ("new" | "taiwan", "dollars") => Currency::TWD,
                ("canadian", "dollars") => Currency::new(*b"CAD")?,
                ("australian", "dollars") => Currency::new(*b"AUD")?,
                ("singapore", "dollars") => Currency::new(*b"SGD")?,
                ("us" | "u.s", "dollars") => Currency::USD,
                (_, unit) => currency_unit(unit)?,
            };
            return Some((currency, last + 1));
        }
        let currency = currency_unit(self.word(at)).or_else(|| currency_code(self.word(at)))?;
        Some((currency, at + 1))
    }

    /// The power of ten that stands here, and the position after it.
    fn magnitude(&self, at: usize) -> (u32, usize) {
        let at_word = if self.word(at) == "-" { at + 1 } else { at };
        let power = match self.word(at_word) {
            "k" | "thousand" => 3,
            "lakh" | "lakhs" => 5,
            "m" | "mn" | "mln" | "mil" | "mm" | "million" | "millions" => 6,
            "crore" | "crores" | "cr" => 7,
            "b" | "bn" | "bln" | "billion" | "billions" => 9,
            "t" | "tn" | "trn" | "trillion" => 12,
            _ => return (0, at),
        };
        (power, at_word + 1)
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
            || self.word(before_end) == "or";
        opens
            && read.start <= before_end + 4
            && read.currency.is_some()
            && before.currency != read.currency
    }

    /// The words around a sum that say how firm it is: first token, end, qualifier.
    fn qualified(&self, at: usize, end: usize, floor: usize) -> (usize, usize, Qualifier) {
        let back = |n: usize| at.checked_sub(n).filter(|start| *start >= floor);
        for (length, phrases, qualifier) in BEFORE {
            let Some(start) = back(*length) else { continue };
            // `hand over $5 million`: a particle.
            let particle = self.word(start) == "over"
                && start.checked_sub(1).is_some_and(|at| self.word(at).starts_with("hand"));
            if particle {
                continue;
            }
            if phrases.iter().any(|phrase| self.is(start, phrase)) {
                return (start, end, *qualifier);
            }
        }
        let after = match (self.word(end), self.word(end + 1)) {
            ("or", "more") | ("-", "plus") => Some((2, Qualifier::Over)),
            ("or", "so") => Some((2, Qualifier::About)),
            ("+", _) => Some((1, Qualifier::Over)),
            _ => None,
        };
        match after {
            Some((length, qualifier)) => (at, end + length, qualifier),
            None => (at, end, Qualifier::Exact),
        }
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

/// Words before a sum, by their number, longest first.
const BEFORE: &[(usize, &[&[&str]], Qualifier)] = &[
    (4, &[&["a", "little", "less", "than"]], Qualifier::Under),
    (
        3,
        &[
            &["in", "excess", "of"],
            &["a", "minimum", "of"],
            &["a", "little", "over"],
            &["a", "little", "above"],
            &["no", "less", "than"],
        ],
        Qualifier::Over,
    ),
    (
        3,
        &[
            &["as", "much", "as"],
            &["as", "high", "as"],
            &["no", "more", "than"],
            &["a", "maximum", "of"],
        ],
        Qualifier::UpTo,
    ),
    (
        3,
        &[&["just", "shy", "of"], &["a", "little", "under"], &["not", "quite", "a"]],
        Qualifier::Under,
    ),
    (
        2,
        &[
            &["more", "than"],
            &["at", "least"],
            &["north", "of"],
            &["upwards", "of"],
            &["upward", "of"],
            &["greater", "than"],
            &["well", "over"],
            &["just", "over"],
            &["higher", "than"],
        ],
        Qualifier::Over,
    ),
    (2, &[&["up", "to"]], Qualifier::UpTo),
    (
        2,
        &[
            &["less", "than"],
            &["just", "under"],
            &["just", "below"],
            &["close", "to"],
            &["shy", "of"],
            &["not", "quite"],
        ],
        Qualifier::Under,
    ),
    (
        2,
        &[
            &["an", "estimated"],
            &["in", "around"],
            &["something", "like"],
            &["somewhere", "around"],
        ],
        Qualifier::About,
    ),
    (
        1,
        &[&["over"], &["exceeding"], &["above"], &["topping"], &["surpassing"], &[">"]],
        Qualifier::Over,
    ),
    (1, &[&["nearly"], &["almost"], &["under"], &["below"]], Qualifier::Under),
    (
        1,
        &[
            &["about"],
            &["around"],
            &["approximately"],
            &["roughly"],
            &["some"],
            &["circa"],
            &["~"],
            &["estimated"],
            &["approx"],
            &["ca"],
            &["near"],
        ],
        Qualifier::About,
    ),
];

fn currency_symbol(sign: &str) -> Option<Currency> {
    Some(match sign {
        "$" => Currency::USD,
        "€" => Currency::EUR,
        "£" => Currency::GBP,
        "¥" => Currency::CNY,
        "₹" => Currency::INR,
        "₩" => Currency::KRW,
        "₪" => Currency::new(*b"ILS")?,
        _ => return None,
    })
}

fn dollar_of(letters: &str) -> Option<Currency> {
    Some(match letters {
        "us" | "u.s" => Currency::USD,
        "hk" => Currency::HKD,
        "nt" => Currency::TWD,
        "a" | "au" => Currency::new(*b"AUD")?,
        "c" | "ca" => Currency::new(*b"CAD")?,
        "s" | "sg" => Currency::new(*b"SGD")?,
        "nz" => Currency::new(*b"NZD")?,
        "r" => Currency::new(*b"BRL")?,
        _ => return None,
    })
}

fn currency_code(word: &str) -> Option<Currency> {
    Some(match word {
        "usd" => Currency::USD,
        "rmb" | "cny" | "yuan" => Currency::CNY,
        "eur" => Currency::EUR,
        "gbp" => Currency::GBP,
        "jpy" => Currency::JPY,
        "hkd" => Currency::HKD,
        "twd" | "ntd" => Currency::TWD,
        "rs" | "inr" => Currency::INR,
        "krw" => Currency::KRW,
        "chf" => Currency::new(*b"CHF")?,
        "sek" => Currency::new(*b"SEK")?,
        "cad" => Currency::new(*b"CAD")?,
        "aud" => Currency::new(*b"AUD")?,
        "sgd" => Currency::new(*b"SGD")?,
        "aed" => Currency::new(*b"AED")?,
        "sar" => Currency::new(*b"SAR")?,
        _ => return None,
    })
}

fn currency_unit(word: &str) -> Option<Currency> {
    Some(match word {
        "dollar" | "dollars" | "bucks" => Currency::USD,
        "euro" | "euros" => Currency::EUR,
        "pound" | "pounds" => Currency::GBP,
        "yuan" | "renminbi" => Currency::CNY,
        "yen" => Currency::JPY,
        "won" => Currency::KRW,
        "rupees" | "rupee" => Currency::INR,
        "francs" => Currency::new(*b"CHF")?,
        "kronor" | "kronas" => Currency::new(*b"SEK")?,
        "shekels" => Currency::new(*b"ILS")?,
        "dirhams" | "dirham" => Currency::new(*b"AED")?,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
