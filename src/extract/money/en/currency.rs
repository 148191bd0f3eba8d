//! Currencies and powers of ten as English writes them: `US$`, `euros`, `bn`, `crore`.

use super::Reader;
use crate::domain::Currency;

impl Reader<'_> {
    /// A currency before a number: its value and the number's position.
    pub(super) fn currency_before(&self, at: usize) -> Option<(Currency, usize)> {
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
    pub(super) fn currency_after(&self, at: usize) -> Option<(Currency, usize)> {
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
    pub(super) fn magnitude(&self, at: usize) -> (u32, usize) {
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
}

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
