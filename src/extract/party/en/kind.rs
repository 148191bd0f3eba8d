//! What a run of capitals is: a newspaper, a person, a state, a thing.

use super::Reader;
use super::words;

impl Reader<'_> {
    /// A capital run that is a newspaper: `Wall Street Journal`, `Financial Times`.
    pub(super) fn is_outlet(&self, at: usize, run: usize) -> bool {
        words::ends_outlet(self.word(at + run - 1)) || words::is_outlet(self.word(at))
    }

    pub(super) fn is_person(&self, at: usize, run: usize) -> bool {
        let first = self.word(at);
        if run == 1 {
            return self.names.is_surname(first) && self.names.table().lookup(first).is_none()
                || (words::is_title(self.back(at, 1))
                    && matches!(self.word(at + 1), "said" | "says" | "told"))
                || (matches!(self.back(at, 1), "mr" | "ms" | "mrs" | "dr")
                    || (self.back(at, 1) == "."
                        && matches!(self.back(at, 2), "mr" | "ms" | "mrs" | "dr")));
        }
        let fund =
            words::is_fund(self.word(at + run - 1)) || words::is_suffix(self.word(at + run - 1));
        if fund || run > 4 {
            return false;
        }
        words::is_given(first) || (words::is_title(self.back(at, 1)) && run <= 3)
    }

    /// A product, exchange or department rather than a party.
    pub(super) fn is_thing(&self, at: usize, run: usize) -> bool {
        let last = self.word(at + run - 1);
        // `Kern Family Office` invests.
        let invests = last == "office" && run > 1 && self.word(at + run - 2) == "family";
        words::ends_thing(last) && !invests || (run == 1 && words::is_thing(self.word(at)))
    }

    /// `Canadian government`, `the French state`: how many tokens from the place on.
    pub(super) fn government(&self, at: usize) -> Option<usize> {
        let capital = self.tokens.get(at).is_some_and(|token| token.capital);
        (capital
            && words::is_place(self.word(at))
            && matches!(self.word(at + 1), "government" | "state" | "treasury")
            && !words::is_head(self.word(at + 2)))
        .then_some(2)
    }
}
