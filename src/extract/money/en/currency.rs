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
        let next = if self.word(at + 1) == "." { at + 2 } else { at + 1 };
        self.number(next)?;
        Some((currency_code(self.word(at))?, next))
    }

    /// A currency after a sum, and the position after it.
    pub(super) fn currency_after(&self, at: usize) -> Option<(Currency, usize)> {
        let at = if self.word(at) == "-" { at + 1 } else { at };
        if let Some((currency, length)) = self.national(at) {
            return Some((currency, at + length));
        }
        let currency = currency_unit(self.word(at)).or_else(|| currency_code(self.word(at)))?;
        Some((currency, at + 1))
    }

    /// `Hong Kong dollars`, `Norwegian crowns`: whose money it is, and how many words say so.
    fn national(&self, at: usize) -> Option<(Currency, usize)> {
        NATIONAL.iter().find_map(|(country, units, code)| {
            let length = country.len();
            let own = self.is(at, country) && units.contains(&self.word(at + length));
            own.then(|| Some((Currency::new(**code)?, length + 1))).flatten()
        })
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

/// A code of three letters.
type Code = &'static [u8; 3];

fn find(table: &[(&str, Code)], word: &str) -> Option<Currency> {
    table.iter().find(|(known, _)| *known == word).and_then(|(_, code)| Currency::new(**code))
}

fn currency_symbol(sign: &str) -> Option<Currency> {
    find(SYMBOLS, sign)
}

fn dollar_of(letters: &str) -> Option<Currency> {
    find(DOLLARS, letters)
}

fn currency_code(word: &str) -> Option<Currency> {
    find(CODES, word)
}

fn currency_unit(word: &str) -> Option<Currency> {
    find(UNITS, word)
}

/// Signs of their own.
const SYMBOLS: &[(&str, Code)] = &[
    ("$", b"USD"),
    ("€", b"EUR"),
    ("£", b"GBP"),
    ("¥", b"CNY"),
    ("₹", b"INR"),
    ("₩", b"KRW"),
    ("₪", b"ILS"),
    ("₺", b"TRY"),
    ("₫", b"VND"),
    ("฿", b"THB"),
    ("₱", b"PHP"),
    ("₦", b"NGN"),
    ("₽", b"RUB"),
];

/// What letters before a dollar sign make of it; Brazil's real is written so as well.
const DOLLARS: &[(&str, Code)] = &[
    ("us", b"USD"),
    ("u.s", b"USD"),
    ("hk", b"HKD"),
    ("nt", b"TWD"),
    ("t", b"TWD"),
    ("a", b"AUD"),
    ("au", b"AUD"),
    ("c", b"CAD"),
    ("ca", b"CAD"),
    ("s", b"SGD"),
    ("sg", b"SGD"),
    ("nz", b"NZD"),
    ("r", b"BRL"),
    ("mx", b"MXN"),
];

/// Codes and short forms, before or after the number.
const CODES: &[(&str, Code)] = &[
    ("usd", b"USD"),
    ("rmb", b"CNY"),
    ("cny", b"CNY"),
    ("yuan", b"CNY"),
    ("eur", b"EUR"),
    ("gbp", b"GBP"),
    ("jpy", b"JPY"),
    ("hkd", b"HKD"),
    ("twd", b"TWD"),
    ("ntd", b"TWD"),
    ("rs", b"INR"),
    ("inr", b"INR"),
    ("krw", b"KRW"),
    ("chf", b"CHF"),
    ("sek", b"SEK"),
    ("nok", b"NOK"),
    ("dkk", b"DKK"),
    ("pln", b"PLN"),
    ("czk", b"CZK"),
    ("huf", b"HUF"),
    ("cad", b"CAD"),
    ("aud", b"AUD"),
    ("nzd", b"NZD"),
    ("sgd", b"SGD"),
    ("aed", b"AED"),
    ("sar", b"SAR"),
    ("qar", b"QAR"),
    ("ils", b"ILS"),
    ("nis", b"ILS"),
    ("brl", b"BRL"),
    ("mxn", b"MXN"),
    ("clp", b"CLP"),
    ("zar", b"ZAR"),
    ("kes", b"KES"),
    ("ksh", b"KES"),
    ("ngn", b"NGN"),
    ("egp", b"EGP"),
    ("thb", b"THB"),
    ("idr", b"IDR"),
    ("myr", b"MYR"),
    ("rm", b"MYR"),
    ("php", b"PHP"),
    ("vnd", b"VND"),
];

/// Words for units, after the number.
const UNITS: &[(&str, Code)] = &[
    ("dollar", b"USD"),
    ("dollars", b"USD"),
    ("bucks", b"USD"),
    ("euro", b"EUR"),
    ("euros", b"EUR"),
    ("pound", b"GBP"),
    ("pounds", b"GBP"),
    ("sterling", b"GBP"),
    ("yuan", b"CNY"),
    ("renminbi", b"CNY"),
    ("yen", b"JPY"),
    ("won", b"KRW"),
    ("rupees", b"INR"),
    ("rupee", b"INR"),
    ("francs", b"CHF"),
    ("kronor", b"SEK"),
    ("krona", b"SEK"),
    ("kroner", b"NOK"),
    ("kronas", b"SEK"),
    ("shekels", b"ILS"),
    ("dirhams", b"AED"),
    ("dirham", b"AED"),
    ("riyals", b"SAR"),
    ("reais", b"BRL"),
    ("zloty", b"PLN"),
    ("zlotys", b"PLN"),
    ("ringgit", b"MYR"),
    ("baht", b"THB"),
    ("rupiah", b"IDR"),
    ("rand", b"ZAR"),
    ("naira", b"NGN"),
    ("lira", b"TRY"),
    ("liras", b"TRY"),
    ("dong", b"VND"),
    ("forints", b"HUF"),
    ("roubles", b"RUB"),
    ("rubles", b"RUB"),
];

/// Units that several countries have, with whose they are.
const NATIONAL: &[(&[&str], &[&str], Code)] = &[
    (&["us"], &["dollars", "dollar"], b"USD"),
    (&["u.s", "."], &["dollars", "dollar"], b"USD"),
    (&["u.s"], &["dollars", "dollar"], b"USD"),
    (&["american"], &["dollars"], b"USD"),
    (&["hong", "kong"], &["dollars", "dollar"], b"HKD"),
    (&["new", "taiwan"], &["dollars", "dollar"], b"TWD"),
    (&["taiwan"], &["dollars", "dollar"], b"TWD"),
    (&["new", "zealand"], &["dollars", "dollar"], b"NZD"),
    (&["canadian"], &["dollars", "dollar"], b"CAD"),
    (&["australian"], &["dollars", "dollar"], b"AUD"),
    (&["singapore"], &["dollars", "dollar"], b"SGD"),
    (&["british"], &["pounds"], b"GBP"),
    (&["egyptian"], &["pounds"], b"EGP"),
    (&["indian"], &["rupees"], b"INR"),
    (&["japanese"], &["yen"], b"JPY"),
    (&["chinese"], &["yuan"], b"CNY"),
    (&["south", "korean"], &["won"], b"KRW"),
    (&["korean"], &["won"], b"KRW"),
    (&["swiss"], &["francs"], b"CHF"),
    (&["swedish"], &["kronor", "krona", "crowns", "kroner"], b"SEK"),
    (&["norwegian"], &["kroner", "krone", "crowns"], b"NOK"),
    (&["danish"], &["kroner", "krone", "crowns"], b"DKK"),
    (&["czech"], &["crowns", "koruna"], b"CZK"),
    (&["mexican"], &["pesos"], b"MXN"),
    (&["chilean"], &["pesos"], b"CLP"),
    (&["philippine"], &["pesos"], b"PHP"),
    (&["brazilian"], &["reais", "real"], b"BRL"),
    (&["kenyan"], &["shillings"], b"KES"),
    (&["saudi"], &["riyals", "riyal"], b"SAR"),
    (&["qatari"], &["riyals", "riyal"], b"QAR"),
    (&["uae"], &["dirhams", "dirham"], b"AED"),
    (&["emirati"], &["dirhams", "dirham"], b"AED"),
    (&["turkish"], &["lira", "liras"], b"TRY"),
    (&["south", "african"], &["rand"], b"ZAR"),
];
