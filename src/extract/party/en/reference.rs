//! Words that stand for a party: `the startup`, `it`, `an AI company`.

use super::Read;
use super::Reader;
use super::words;
use crate::extract::party::Party;
use crate::extract::party::Reference;
use crate::extract::text::Kind;

impl Reader<'_> {
    /// `the startup`, `it`, `an AI company`, `the chip giant`.
    pub(super) fn reference(&self, at: usize) -> Option<Read> {
        let rule = "party.en.reference";
        let refers =
            |length, refers| Some((length, Some((Party::reference(self.word(at), refers), rule))));
        match self.word(at) {
            "it" | "its" | "their" => refers(1, Reference::It),
            // A company that tells its own news; not a person who is quoted.
            "we" | "we've" | "we're" if !self.is_quoted(at) => refers(1, Reference::Company),
            "the" | "this" | "that" | "these" => {
                let (length, other) = self.noun_phrase(at + 1)?;
                let reference = if other { Reference::Other } else { Reference::Company };
                refers(length + 1, reference)
            }
            "a" | "an" | "another" => {
                let (length, other) = self.noun_phrase(at + 1)?;
                if other {
                    return None;
                }
                refers(length + 1, Reference::Unnamed)
            }
            _ => None,
        }
    }

    /// Adjectives and nouns up to a head like `startup`; not if a name follows right after.
    ///
    /// Returns how many tokens, and whether the head means the other side.
    fn noun_phrase(&self, first: usize) -> Option<(usize, bool)> {
        let mut at = first;
        while at < first + 8 {
            let token = self.tokens.get(at)?;
            let word = self.word(at);
            let start_up = word == "start" && self.word(at + 1) == "-" && self.word(at + 2) == "up";
            let (head, length) = (words::is_head(word) || start_up, if start_up { 3 } else { 1 });
            let other = words::is_other_head(word);
            if head || other {
                let next = at + length;
                // `the company behind X`, `the startup's`, `the startup X`
                if words::is_head(self.word(next)) || words::is_other_head(self.word(next)) {
                    at = next;
                    continue;
                }
                if matches!(self.word(next), "round" | "-" | "building" | "valuation")
                    || self.run(next) > 0 && self.word(next) != ","
                {
                    return None;
                }
                return Some((next - first, other));
            }
            let inner =
                matches!(token.kind, Kind::Word | Kind::Number) || matches!(word, "-" | "'s" | "'");
            if !inner
                || (words::is_function(word) && self.word(at + 1) != "-")
                || self.is_strange(at, first)
            {
                return None;
            }
            at += 1;
        }
        None
    }

    /// A capital that is no part of a phrase like `the Paris-based startup`.
    fn is_strange(&self, at: usize, first: usize) -> bool {
        let word = self.word(at);
        let of_place = words::is_place(word)
            || (word == "new" && words::is_place(self.word(at + 1)))
            || self.before_head(at, first);
        let joined = self.word(at + 1) == "-" || self.hyphenated(at);
        let capital = self.tokens.get(at).is_some_and(|token| token.capital);
        capital && !of_place && !words::is_hard(word) && !joined
    }

    /// `the Cork company`: a capital between the article and a noun for any company is a place, or
    /// the company itself.
    fn before_head(&self, at: usize, first: usize) -> bool {
        at == first
            && matches!(
                self.word(at + 1),
                "company"
                    | "startup"
                    | "start"
                    | "firm"
                    | "group"
                    | "outfit"
                    | "developer"
                    | "maker"
            )
            && self.hit(at).is_none()
            && !words::is_suffix(self.word(at))
    }

    fn hyphenated(&self, at: usize) -> bool {
        self.word(at + 1) == "-" || self.word(at + 1) == "'s" || self.back(at, 1) == "-"
    }

    /// Whether a quotation is open here, or closes later in the sentence.
    fn is_quoted(&self, at: usize) -> bool {
        let is_quote = |at: usize| matches!(self.word(at), "\"" | "“" | "”");
        (0..at).any(is_quote) || (at..self.tokens.len()).any(is_quote)
    }
}
