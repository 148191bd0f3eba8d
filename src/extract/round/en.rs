//! Rounds in English: `Series B`, `pre-seed`, `Series A extension`.

use super::Found;
use crate::domain::RoundBase;
use crate::domain::RoundCode;
use crate::extract::text::Kind;
use crate::extract::text::Sentence;
use crate::extract::text::Text;
use crate::extract::text::Token;

/// The rounds of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Found<RoundCode>> {
    let reader = Reader { text, tokens: text.tokens_of(sentence) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        let Some((length, value, rule)) = reader.round(at) else {
            at += 1;
            continue;
        };
        let end = at + length;
        if let (Some(first), Some(last)) = (reader.tokens.get(at), reader.tokens.get(end - 1))
            && let Some(span) = text.span(first.span.start(), last.span.end())
        {
            found.push(Found { value, span, rule });
        }
        at = end;
    }
    found
}

struct Reader<'a> {
    text: &'a Text,
    tokens: &'a [Token],
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| self.text.of(token.span))
    }

    /// The position after an optional hyphen.
    fn past_hyphen(&self, at: usize) -> usize {
        if matches!(self.word(at), "-" | "–") { at + 1 } else { at }
    }

    /// How many tokens a round takes here, and its code.
    fn round(&self, at: usize) -> Option<(usize, RoundCode, &'static str)> {
        match self.word(at) {
            "series" => self.series(at),
            "pre" => self.pre(at),
            "preseed" if self.is_money(at + 1) => {
                Some((1, of(RoundBase::PreSeed), "round.en.seed"))
            }
            "seed" if self.is_seed(at) => {
                Some(self.extended(at + 1, at, RoundBase::Seed, "round.en.seed"))
            }
            "angel" if self.is_money(at + 1) => Some((1, of(RoundBase::Angel), "round.en.angel")),
            "bridge" if self.is_money(at + 1) => {
                Some((1, of(RoundBase::Bridge), "round.en.bridge"))
            }
            "venture" if self.word(at + 1) == "round" => {
                Some((2, of(RoundBase::Venture), "round.en.venture"))
            }
            "growth"
                if matches!(self.word(at + 1), "round" | "equity" | "financing")
                    && !matches!(self.word(at + 2), "fund" | "firm" | "investor" | "investors") =>
            {
                Some((1, of(RoundBase::Growth), "round.en.growth"))
            }
            "strategic"
                if matches!(self.word(at + 1), "round" | "financing")
                    || self.word(at + 1) == "funding" =>
            {
                Some((1, of(RoundBase::Strategic), "round.en.strategic"))
            }
            _ => self.letter_round(at),
        }
    }

    /// `Series A`, `Series-B1`, `Series A+`, `Series B extension`.
    fn series(&self, at: usize) -> Option<(usize, RoundCode, &'static str)> {
        let letter_at = self.past_hyphen(at + 1);
        let letters = self.word(letter_at);
        if matches!(letters, "seed") {
            return Some((letter_at + 1 - at, of(RoundBase::Seed), "round.en.series"));
        }
        let base = RoundBase::Letter(round_letter(letters)?);
        let digit = letters.len() > 1;
        let mut end = letter_at + 1;
        let mut plus = digit;
        while self.word(end) == "+" && self.tokens.get(end).is_some_and(|token| token.glued) {
            plus = true;
            end += 1;
        }
        if self.word(end) == "-"
            && self
                .tokens
                .get(end + 1)
                .is_some_and(|t| t.kind == Kind::Number && t.glued && self.word(end + 1).len() == 1)
        {
            plus = true;
            end += 2;
        }
        let (length, code, rule) = self.extended(end, at, base, "round.en.series");
        Some((length, RoundCode { plus: code.plus || plus, ..code }, rule))
    }

    /// Takes in a following `extension`.
    fn extended(
        &self,
        end: usize,
        at: usize,
        base: RoundBase,
        rule: &'static str,
    ) -> (usize, RoundCode, &'static str) {
        let extension = self.past_hyphen(end);
        let extends = matches!(self.word(extension), "extension" | "plus");
        let end = if extends { extension + 1 } else { end };
        (end - at, RoundCode { base, plus: extends }, rule)
    }

    /// `pre-seed`, `pre-Series A`, `pre-A`, `pre-IPO`.
    fn pre(&self, at: usize) -> Option<(usize, RoundCode, &'static str)> {
        let next = self.past_hyphen(at + 1);
        let (length, base) = match self.word(next) {
            "seed" => (next + 1 - at, RoundBase::PreSeed),
            "ipo" => (next + 1 - at, RoundBase::Growth),
            "series" => {
                let letter = self.past_hyphen(next + 1);
                match self.word(letter) {
                    "a" => (letter + 1 - at, RoundBase::PreA),
                    letters => {
                        (letter + 1 - at, RoundBase::Letter(round_letter(letters)?.checked_sub(1)?))
                    }
                }
            }
            "a" if next == at + 2 && self.is_money(next + 1) => (next + 1 - at, RoundBase::PreA),
            _ => return None,
        };
        Some((length, of(base), "round.en.pre"))
    }

    /// `B round`, with a capital letter as printed.
    fn letter_round(&self, at: usize) -> Option<(usize, RoundCode, &'static str)> {
        let token =
            self.tokens.get(at).filter(|token| token.capital && token.kind == Kind::Word)?;
        let word = self.text.of(token.span);
        if word.len() > 2 || (word == "a" && self.word(at + 1) != "-") {
            return None;
        }
        let letter = round_letter(word)?;
        let next = self.past_hyphen(at + 1);
        (self.word(next) == "round").then_some((
            1,
            RoundCode { base: RoundBase::Letter(letter), plus: word.len() > 1 },
            "round.en.letter",
        ))
    }

    fn is_money(&self, at: usize) -> bool {
        let at = self.past_hyphen(at);
        matches!(
            self.word(at),
            "round"
                | "rounds"
                | "funding"
                | "financing"
                | "investment"
                | "money"
                | "capital"
                | "raise"
                | "extension"
                | "loan"
                | "deal"
                | "fundraise"
                | "fundraising"
                | "cash"
        )
    }

    /// Not a seed investor or the seeds of an idea.
    fn is_seed(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |at| self.word(at));
        self.is_money(at + 1)
            || matches!(before, "million" | "m" | "mn" | "oversubscribed" | "mega")
            || (matches!(before, "in" | "a" | "its")
                && matches!(
                    self.word(at + 1),
                    "," | "." | "led" | "from" | "to" | "" | "for" | "and" | "at"
                ))
    }
}

const fn of(base: RoundBase) -> RoundCode {
    RoundCode::of(base)
}

/// `b` or `b2` → the distance from A.
fn round_letter(word: &str) -> Option<u8> {
    let (letter, digits) = (word.bytes().next()?, word.get(1..)?);
    let plain =
        digits.is_empty() || (digits.len() == 1 && digits.bytes().all(|b| b.is_ascii_digit()));
    (plain && (b'a'..=b'j').contains(&letter)).then(|| letter - b'a')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let cut = Text::new("", text, Some(Lang::En));
        let found: Vec<_> = cut
            .sentences()
            .iter()
            .flat_map(|sentence| super::find(&cut, sentence))
            .map(|round| (cut.printed(round.span).to_owned(), round.value.to_string()))
            .collect();
        let found: Vec<_> = found.iter().map(|(raw, code)| (raw.as_str(), code.as_str())).collect();
        assert_eq!(found, expected, "in: {text}");
    }

    #[test]
    fn letters_keep_their_continuations() {
        check("a Series B round", &[("Series B", "b")]);
        check("a Series-C1", &[("Series-C1", "c+")]);
        check(
            "its Series A+ and Series A extension",
            &[("Series A+", "a+"), ("Series A extension", "a+")],
        );
        check("its B round", &[("B", "b")]);
    }

    #[test]
    fn early_and_late_rounds_have_names() {
        check("a pre-seed round, a $4M seed", &[("pre-seed", "pre-seed"), ("seed", "seed")]);
        check("a pre-Series A, a pre-A round", &[("pre-Series A", "pre-a"), ("pre-A", "pre-a")]);
        check("pre-IPO financing", &[("pre-IPO", "growth")]);
        check("a seed extension", &[("seed extension", "seed+")]);
    }

    #[test]
    fn other_seeds_and_series_are_left_alone() {
        check("a TV series about seed investors", &[]);
        check("a series of rounds", &[]);
    }
}
