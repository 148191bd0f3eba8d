//! Words, numbers, Chinese characters and punctuation of a text, in one pass.

use crate::domain::Span;
use crate::entity::View;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters of a script with spaces, with inner digits, points and apostrophes: `fetch.ai`.
    Word,
    /// Digits with inner points and commas: `1,200.5`.
    Number,
    /// One Chinese character (or kana, hangul).
    Han,
    /// One sign.
    Punct,
    /// A line break.
    Break,
}

/// A token of the folded text.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Its bytes in the folded text.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
    /// Printed with a capital first letter.
    pub capital: bool,
    /// Printed with a capital after the first letter (`xAI`, `OpenAI`, `IBM`).
    pub inner_capital: bool,
    /// No space before it.
    pub glued: bool,
}

/// The tokens of a text, in order.
pub fn tokens(view: &View) -> Vec<Token> {
    let text = view.text.as_str();
    let mut tokens = Vec::with_capacity(text.len() / 4);
    let mut cursor = Cursor { text, printed: view.original(), at: 0, origin: 0 };
    let mut last_end = usize::MAX;
    loop {
        let start = cursor.at;
        let Some((letter, original)) = cursor.step() else { return tokens };
        let kind = match class(letter) {
            Class::Space => continue,
            Class::Break => Kind::Break,
            Class::Letter => Kind::Word,
            Class::Digit => Kind::Number,
            Class::Han => Kind::Han,
            Class::Sign => Kind::Punct,
        };
        let capital = original.is_uppercase();
        let mut inner_capital = false;
        if matches!(kind, Kind::Word | Kind::Number) {
            loop {
                inner_capital |= cursor.plain(kind);
                let at = cursor.at;
                let next = cursor.rest().chars().next();
                if !next.is_some_and(|next| continues(kind, text, at, next)) {
                    break;
                }
                inner_capital |= cursor.step().is_some_and(|(_, printed)| printed.is_uppercase());
            }
        }
        let end = cursor.at;
        if let Some(span) = Span::new(text, start, end) {
            tokens.push(Token { span, kind, capital, inner_capital, glued: last_end == start });
        }
        last_end = end;
    }
}

/// A place in a folded text, and the same place in the printed one.
struct Cursor<'v> {
    text: &'v str,
    printed: &'v str,
    at: usize,
    origin: usize,
}

impl<'v> Cursor<'v> {
    fn rest(&self) -> &'v str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes over a character; gives it as folded and as printed.
    fn step(&mut self) -> Option<(char, char)> {
        let letter = self.rest().chars().next()?;
        let printed = self.printed.get(self.origin..).and_then(|rest| rest.chars().next());
        let printed = printed.unwrap_or(letter);
        self.at += letter.len_utf8();
        self.origin += printed.len_utf8();
        Some((letter, printed))
    }

    /// Goes over the letters and digits that go on with a word or number, as long as they are
    /// ASCII in both texts, as most are; whether a capital was among them.
    fn plain(&mut self, kind: Kind) -> bool {
        let goes_on = |byte: u8| match kind {
            Kind::Word => byte.is_ascii_alphanumeric() || byte == b'_',
            _ => byte.is_ascii_digit(),
        };
        let folded = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let printed = self.printed.as_bytes().get(self.origin..).unwrap_or_default();
        let mut length = 0;
        let mut capital = false;
        for (letter, original) in folded.iter().zip(printed) {
            if !(goes_on(*letter) && original.is_ascii()) {
                break;
            }
            capital |= original.is_ascii_uppercase();
            length += 1;
        }
        self.at += length;
        self.origin += length;
        capital
    }
}

/// Whether a full stop, question mark and the like at this token ends the sentence.
pub fn ends_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    match token.span.of(text) {
        "。" | "!" | "?" | ";" | "…" => true,
        // Lists that lost their line breaks.
        "•" | "▪" | "●" | "■" | "◆" => {
            let opens = at.checked_sub(1).and_then(|before| tokens.get(before));
            let opens = opens.is_some_and(|before| before.kind == Kind::Break);
            // At the start of a Chinese line it opens the item, and ends nothing.
            let item = tokens.get(at + 1).is_some_and(|next| {
                next.kind == Kind::Han
                    || matches!(next.span.of(text), "「" | "“")
                    || matches!(token.span.of(text), "●" | "■" | "◆")
            });
            at > 0 && !(opens && item)
        }
        "." => {
            let Some(next) = tokens.get(at + 1) else { return true };
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            // 1. 甲完成融资: the number of an item.
            let opens = at.checked_sub(2).and_then(|before| tokens.get(before));
            let item = opens.is_none_or(|opens| opens.kind == Kind::Break)
                && before.is_some_and(|number| {
                    number.kind == Kind::Number && number.span.of(text).len() <= 2
                });
            if next.kind == Kind::Han && item {
                return false;
            }
            if next.kind == Kind::Han || next.kind == Kind::Break {
                return true;
            }
            // Items in one line: `at the price of its Series D. / Tamber denies it`.
            if next.span.of(text) == "/" && !next.glued {
                return true;
            }
            if closes(text, next) && next.glued {
                return tokens.get(at + 2).is_none_or(|after| !after.glued);
            }
            !next.glued && !before.is_some_and(|word| is_abbreviation(text, *word, *next))
        }
        _ => false,
    }
}

/// Closing quotes and brackets belong to the sentence before them.
pub fn closes(text: &str, token: &Token) -> bool {
    matches!(token.span.of(text), "\"" | "”" | "'" | "」" | "』" | ")" | "]")
}

/// Titles and legal forms end in a full stop that ends no sentence, unless a sentence plainly
/// starts after them.
fn is_abbreviation(text: &str, word: Token, next: Token) -> bool {
    if !word.capital && next.capital {
        return matches!(word.span.of(text), "vs" | "approx" | "e.g" | "i.e");
    }
    if !next.capital && next.kind == Kind::Word {
        return true;
    }
    match word.span.of(text) {
        "mr" | "mrs" | "ms" | "dr" | "st" | "prof" | "sen" | "rep" | "gov" | "gen" | "jr"
        | "sr" | "no" | "vs" | "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep"
        | "sept" | "oct" | "nov" | "dec" | "rs" | "u.s" | "u.k" => true,
        "inc" | "corp" | "co" | "ltd" | "l.p" => !next.capital,
        letter => letter.len() == 1 && word.kind == Kind::Word,
    }
}

#[derive(PartialEq, Eq)]
enum Class {
    Space,
    Break,
    Letter,
    Digit,
    Han,
    Sign,
}

fn class(letter: char) -> Class {
    match letter {
        '\n' | '\r' => Class::Break,
        ' ' | '\t' => Class::Space,
        'a'..='z' | 'A'..='Z' | '_' => Class::Letter,
        '0'..='9' => Class::Digit,
        '\0'..='\u{7f}' => Class::Sign,
        // Kana, bopomofo, hangul syllables, ideographs and their extensions.
        '\u{3005}'
        | '\u{3007}'
        | '\u{3040}'..='\u{30fa}'
        | '\u{30fc}'..='\u{318f}'
        | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' => Class::Han,
        letter if letter.is_whitespace() => Class::Space,
        letter if letter.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&letter) => {
            Class::Letter
        }
        letter if letter.is_control() => Class::Space,
        _ => Class::Sign,
    }
}

/// Whether the character at `at` goes on with a word or number.
fn continues(kind: Kind, text: &str, at: usize, letter: char) -> bool {
    let following =
        || text.get(at + letter.len_utf8()..).and_then(|rest| rest.chars().next()).map(class);
    match (kind, letter) {
        (Kind::Word, '.') => {
            following() == Some(Class::Letter)
                && (single_letter_before(text, at) || tld_follows(text, at + 1))
        }
        (Kind::Word, '\'') => {
            following() == Some(Class::Letter) && !text.get(at + 1..).is_some_and(possessive)
        }
        (Kind::Word, letter) => matches!(class(letter), Class::Letter | Class::Digit),
        (_, '.' | ',') => following() == Some(Class::Digit),
        (_, letter) => class(letter) == Class::Digit,
    }
}

/// `u.s`: a point between single letters.
fn single_letter_before(text: &str, at: usize) -> bool {
    let mut before = text.get(..at).into_iter().flat_map(|head| head.chars().rev());
    before.next().is_some_and(char::is_alphabetic)
        && before.next().is_none_or(|second| !second.is_alphanumeric())
}

/// `character.ai`, `amazon.com`: a point before the end of a host name.
fn tld_follows(text: &str, at: usize) -> bool {
    let word: String = text
        .get(at..)
        .unwrap_or_default()
        .chars()
        .take(4)
        .take_while(|c| c.is_alphanumeric())
        .collect();
    matches!(
        word.as_str(),
        "ai" | "io"
            | "com"
            | "net"
            | "co"
            | "org"
            | "dev"
            | "app"
            | "xyz"
            | "tv"
            | "me"
            | "hk"
            | "us"
            | "so"
    )
}

/// `s` and then no letter.
fn possessive(rest: &str) -> bool {
    let mut letters = rest.chars();
    letters.next() == Some('s') && letters.next().is_none_or(|next| !next.is_alphanumeric())
}
