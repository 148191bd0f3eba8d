//! Where a name begins and ends: runs of capitals.

use super::LONGEST;
use super::Reader;
use super::words;
use crate::extract::text::Kind;

impl Reader<'_> {
    /// How many tokens a run of capitals takes here.
    pub(super) fn run(&self, at: usize) -> usize {
        if !self.opens_name(at) {
            return 0;
        }
        let number = self.tokens.get(at).is_some_and(|token| token.kind == Kind::Number);
        let mut end = if number { at + 2 } else { at + 1 };
        while end - at < LONGEST {
            let joint = self.joint(end);
            if joint == 0 {
                break;
            }
            end += joint;
        }
        // `Acme Inc.`: the full stop belongs to the legal form.
        let form = matches!(self.back(end, 1), "inc" | "corp" | "ltd" | "co" | "bros");
        if end > at + 1 && form && self.word(end) == "." && end + 1 < self.tokens.len() {
            end += 1;
        }
        end - at
    }

    /// How many tokens a run takes in at `end`: the next word of the name, alone or with what
    /// joins it; none if the name ends here.
    fn joint(&self, end: usize) -> usize {
        if self.continues_name(end) {
            return 1;
        }
        let glued = |at: usize| self.tokens.get(at).is_some_and(|token| token.glued);
        // `Advanced Circuits, Inc.`
        if self.word(end) == ","
            && matches!(self.word(end + 1), "inc" | "ltd" | "llc" | "corp" | "lp" | "plc")
            && self.tokens.get(end + 1).is_some_and(|form| form.capital)
        {
            return 2;
        }
        let joins = match self.word(end) {
            "&" => true,
            "." => glued(end) && self.back(end, 1).len() <= 2,
            "-" => glued(end) && glued(end + 1),
            joint @ ("of" | "and") => self.joins(joint, end),
            _ => false,
        };
        if joins && self.continues_name(end + 1) { 2 } else { 0 }
    }

    /// `Fidelity Management and Research Company`, `Bank of America`.
    fn joins(&self, joint: &str, at: usize) -> bool {
        match joint {
            "of" => matches!(
                self.back(at, 1),
                "bank"
                    | "university"
                    | "ministry"
                    | "department"
                    | "kingdom"
                    | "institute"
                    | "republic"
                    | "government"
                    | "house"
            ),
            _ => {
                self.back(at, 1) == "securities"
                    || matches!(self.word(at + 1), "research" | "company" | "sons" | "co")
                    || (matches!(self.word(at + 2), "company" | "co")
                        && self.back(at, 1) == "management")
            }
        }
    }

    /// Whether a name can start here.
    fn opens_name(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let word = self.word(at);
        if token.kind == Kind::Number {
            return self.number_opens(at);
        }
        if token.kind != Kind::Word
            || (token.glued && self.back(at, 1).chars().all(|c| c.is_ascii_digit()))
                && at > 0
                && self.tokens.get(at - 1).is_some_and(|t| t.kind == Kind::Number)
        {
            return false;
        }
        if word.len() == 1 && matches!(self.back(at, 1), "series" | "-" | "round") {
            return false;
        }
        if words::is_hard(word) {
            return word == "ai" && self.ai_opens(at);
        }
        if word
            .split_once('\'')
            .is_some_and(|(front, _)| words::is_common(front) || words::is_hard(front))
        {
            return false;
        }
        if token.inner_capital && !token.capital {
            return true;
        }
        if !token.capital {
            return is_host(word) || self.names.is_small(word);
        }
        if self.is_reliable(at) {
            return !(words::is_common(word)
                && self.names.cases(word).1 > 0
                && self.names.cases(word).0 <= 1
                && !self.capital_follows(at));
        }
        // `Startup Acme raises`
        let head =
            matches!(word, "startup" | "company" | "firm" | "developer" | "maker" | "unicorn");
        if (head || word.ends_with("maker")) && self.capital_follows(at) {
            return false;
        }
        let (capital, small) = self.names.cases(word);
        if capital > 0 && (small == 0 || capital > small) {
            return true;
        }
        // A word of the headline that the text never prints again as a name.
        if self.title && !self.names.recurs(word) && !self.acts(at + 1) {
            return false;
        }
        (!words::is_common(word) && small == 0)
            || (words::is_common(word)
                && !self.titled
                && self.capital_follows(at)
                && small == 0
                && !words::is_function(word)
                && !words::is_opener(word))
    }

    /// A plain word in small letters: `Acme raises`, and not `Sharding hairs`.
    fn acts(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| !token.capital && token.kind == Kind::Word)
            && words::is_common(self.word(at))
    }

    /// `8VC`, `01.AI`, `0x41 Labs`, `7shifts`; not `40M` or `10x`.
    fn number_opens(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return false };
        let word = self.word(at + 1);
        if next.kind != Kind::Word || !next.glued || words::is_unit(word) {
            return false;
        }
        let named = || {
            at == 0
                || words::is_head(self.back(at, 1))
                || self.tokens.get(at + 2).is_some_and(|after| after.capital && !after.glued)
                || self.tokens.get(at - 1).is_some_and(|before| before.capital)
        };
        word.len() > 1 && (next.capital || (word.len() > 2 && named()))
    }

    /// `AI21`, `AI Squared` inside a sentence: the capital after it means something.
    fn ai_opens(&self, at: usize) -> bool {
        let next = at + 1;
        !self.titled
            && at > 0
            && self.tokens.get(next).is_some_and(|token| token.capital && token.kind == Kind::Word)
            && !words::is_common(self.word(next))
            && !words::is_hard(self.word(next))
            && self.names.cases(self.word(next)).0 > 0
            && matches!(
                self.back(at, 1),
                "startup" | "company" | "called" | "named" | "at" | "of" | "," | "and"
            )
    }

    /// A capital that is no plain word follows, or the noun of a fund: `Insight Partners`.
    fn capital_follows(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        self.tokens.get(at + 1).is_some_and(|token| token.capital && token.kind == Kind::Word)
            && !words::is_hard(next)
            && (!words::is_common(next) || words::is_fund(next))
    }

    /// Whether the run goes on with this token.
    fn continues_name(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let word = self.word(at);
        if token.kind == Kind::Number && token.glued && self.back(at, 1) == "-" {
            // `Unit-9`
            return self.word(at).len() <= 2 && !self.is_magnitude(at + 1);
        }
        if matches!(token.kind, Kind::Number) {
            // `Point 72`, `Group 11`: short numbers only, and no year, sum or list follows.
            return !self.titled
                && word.len() <= 3
                && !word.contains(['.', ','])
                && !self.is_magnitude(at + 1)
                && self.back(at, 1) != "$"
                && at > 0
                && self.tokens.get(at - 1).is_some_and(|before| before.capital)
                && !token.glued
                && !matches!(self.word(at + 1), "%" | "percent");
        }
        if token.kind != Kind::Word {
            return false;
        }
        // `an A. I've seen`
        if word.split_once('\'').is_some_and(|(front, _)| words::is_hard(front)) {
            return false;
        }
        if word == "ai" {
            // `Mistral AI`; but `Google AI startup` is no name of three words.
            return token.capital
                && !(self.titled && words::is_head(self.word(at + 1)))
                && !words::is_head(self.word(at + 1));
        }
        if words::is_hard(word) && !matches!(word, "vc")
            || words::is_title(word) && !self.titled && word.len() <= 4
        {
            return false;
        }
        if token.inner_capital && !token.capital {
            return false;
        }
        if !token.capital {
            return false;
        }
        if self.titled {
            let (capital, small) = self.names.cases(word);
            if words::is_suffix(word) || words::is_fund(word) {
                return capital > 0
                    || matches!(
                        word,
                        "inc"
                            | "corp"
                            | "labs"
                            | "robotics"
                            | "ventures"
                            | "capital"
                            | "group"
                            | "technologies"
                            | "partners"
                    );
            }
            return (capital > 0 && capital >= small) || (!words::is_common(word) && small == 0);
        }
        true
    }

    fn is_magnitude(&self, at: usize) -> bool {
        words::is_magnitude(self.word(at))
    }

    /// Whether a capital here means a name.
    fn is_reliable(&self, at: usize) -> bool {
        if self.titled {
            return false;
        }
        let before =
            (0..at).rev().find(|at| !matches!(self.word(*at), "\"" | "“" | "'" | "(" | "‘"));
        match before {
            None => false,
            Some(before) => !matches!(
                self.word(before),
                ":" | "." | "•" | "·" | "|" | "–" | "—" | "-" | "*" | "!" | "?" | "”"
            ),
        }
    }

    /// A run without a legal form's full stop is whole; a run that ends in a common word of a
    /// title, or a place before a noun, is cut.
    pub(super) fn without_tail(&self, at: usize, run: usize) -> usize {
        let mut end = run;
        while end > 1
            && self.titled
            && words::is_common(self.word(at + end - 1))
            && self.names.cases(self.word(at + end - 1)).0 == 0
            && !words::is_suffix(self.word(at + end - 1))
            && !words::is_fund(self.word(at + end - 1))
        {
            end -= 1;
        }
        end
    }
}

/// `character.ai` in small letters is a name all the same.
fn is_host(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(_, end)| matches!(end, "ai" | "io" | "com"))
}
