//! Cuts a filter's text into words, phrases and tests.

use super::Parsed;
use super::Wrong;
use crate::domain::filter::Comparison;

/// A piece of the text with its place, in Unicode scalars.
pub(super) struct Value {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Value {
    pub(super) fn wrong(&self, message: String) -> Wrong {
        Wrong { start: self.start, end: self.end, message }
    }
}

/// What stands between a key and its values; `:` and `=` are the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operator {
    pub(super) possibly: bool,
    pub(super) comparison: Comparison,
}

pub(super) enum Token {
    /// A free word, or a phrase in quotes.
    Text(Value),
    /// `key:value,value`; at least one value.
    Test { key: Value, operator: Operator, values: Vec<Value> },
}

/// Operators, longest first.
const OPERATORS: &[(&str, Comparison)] = &[
    (">=", Comparison::AtLeast),
    ("=>", Comparison::AtLeast),
    ("≥", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    ("=<", Comparison::AtMost),
    ("≤", Comparison::AtMost),
    (">", Comparison::MoreThan),
    ("<", Comparison::LessThan),
    ("=", Comparison::Equal),
    (":", Comparison::Equal),
];

pub(super) struct Lexer {
    /// As written, for what stands in quotes.
    written: Vec<char>,
    /// Full width made half width, character by character.
    plain: Vec<char>,
    at: usize,
}

impl Lexer {
    pub(super) fn new(text: &str) -> Lexer {
        let written: Vec<char> = text.chars().collect();
        let plain = written.iter().map(|c| half_width(*c)).collect();
        Lexer { written, plain, at: 0 }
    }

    /// The next token, and whether a `-` stands before it.
    pub(super) fn next(&mut self) -> Parsed<Option<(bool, Token)>> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        if self.peek().is_none() {
            return Ok(None);
        }
        let followed = self.plain.get(self.at + 1).is_some_and(|c| !c.is_whitespace());
        let negated = self.peek() == Some('-') && followed;
        self.at += usize::from(negated);
        if let Some(phrase) = self.quoted()? {
            return Ok(Some((negated, Token::Text(phrase))));
        }
        let token = match self.key()? {
            Some((key, operator)) => {
                let values = self.values(&key)?;
                Token::Test { key, operator, values }
            }
            None => Token::Text(self.word()?),
        };
        Ok(Some((negated, token)))
    }

    fn peek(&self) -> Option<char> {
        self.plain.get(self.at).copied()
    }

    /// Latin letters with an operator after them; otherwise nothing is consumed.
    fn key(&mut self) -> Parsed<Option<(Value, Operator)>> {
        let start = self.at;
        let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
        while self.peek().is_some_and(letter) {
            self.at += 1;
        }
        let key = self.piece(start);
        if !key.text.is_empty()
            && let Some(operator) = self.operator(&key)?
        {
            let text = key.text.to_ascii_lowercase();
            return Ok(Some((Value { text, ..key }, operator)));
        }
        self.at = start;
        Ok(None)
    }

    fn operator(&mut self, key: &Value) -> Parsed<Option<Operator>> {
        let possibly = self.peek() == Some('~');
        let after = self.at + usize::from(possibly);
        let rest: String = self.plain.iter().skip(after).take(2).collect();
        let found = OPERATORS.iter().find(|(written, _)| rest.starts_with(written));
        let Some((written, comparison)) = found else {
            if possibly {
                let message = format!("write `{}~>=…` for \"possibly at least\"", key.text);
                return Err(Wrong { start: key.start, end: after, message });
            }
            return Ok(None);
        };
        self.at = after + written.chars().count();
        Ok(Some(Operator { possibly, comparison: *comparison }))
    }

    /// `one,"two words",three`, up to a space.
    fn values(&mut self, key: &Value) -> Parsed<Vec<Value>> {
        let mut values = Vec::new();
        loop {
            let value = if let Some(phrase) = self.quoted()? {
                phrase
            } else {
                let start = self.at;
                while self.peek().is_some_and(|c| !c.is_whitespace() && c != ',') {
                    self.at += 1;
                }
                self.piece(start)
            };
            if value.text.is_empty() {
                let message = format!("`{}` needs a value right after it", key.text);
                return Err(Wrong { start: key.start, end: value.end, message });
            }
            values.push(value);
            match self.peek() {
                Some(',') => self.at += 1,
                Some(c) if !c.is_whitespace() => {
                    let message = "write a space or a comma after the quotes".to_owned();
                    return Err(Wrong { start: self.at, end: self.at + 1, message });
                }
                _ => return Ok(values),
            }
        }
    }

    fn word(&mut self) -> Parsed<Value> {
        let start = self.at;
        while self.peek().is_some_and(|c| !c.is_whitespace()) {
            self.at += 1;
        }
        let word = self.piece(start);
        if word.text.chars().all(|c| "<>=:~≥≤".contains(c)) {
            let text = &word.text;
            let message = format!("write `{text}` without spaces around it: `amount>=100M`");
            return Err(word.wrong(message));
        }
        Ok(word)
    }

    /// A phrase in quotes, as written; `\` keeps a quotation mark or itself.
    fn quoted(&mut self) -> Parsed<Option<Value>> {
        let start = self.at;
        let close = match self.written.get(start) {
            Some('"' | '＂') => ['"', '＂'],
            Some('“') => ['”', '”'],
            Some('「') => ['」', '」'],
            _ => return Ok(None),
        };
        let mut text = String::new();
        let mut at = start + 1;
        loop {
            match (self.written.get(at), self.written.get(at + 1)) {
                (None, _) => {
                    let message = "the quotation is not closed".to_owned();
                    return Err(Wrong { start, end: at, message });
                }
                (Some('\\'), Some(kept @ ('"' | '\\'))) => {
                    text.push(*kept);
                    at += 2;
                }
                (Some(c), _) if close.contains(c) => break,
                (Some(c), _) => {
                    text.push(*c);
                    at += 1;
                }
            }
        }
        self.at = at + 1;
        if text.trim().is_empty() {
            let message = "there is nothing in the quotes".to_owned();
            return Err(Wrong { start, end: self.at, message });
        }
        Ok(Some(Value { text, start, end: self.at }))
    }

    fn piece(&self, start: usize) -> Value {
        let text = self.plain.iter().skip(start).take(self.at - start).collect();
        Value { text, start, end: self.at }
    }
}

/// Full-width ASCII and the ideographic space as their half-width forms.
fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}
