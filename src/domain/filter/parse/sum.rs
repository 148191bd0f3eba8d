//! Sums as people type them: `100M`, `1.5bn`, `$2m`, `1亿CNY`, `2000万`, `5千万元`.

use crate::domain::Currency;

/// Steps by what they multiply by, as a power of ten; longest spelling first.
const STEPS: &[(&str, u32)] = &[
    ("trillion", 12),
    ("billion", 9),
    ("million", 6),
    ("thousand", 3),
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("tn", 12),
    ("bn", 9),
    ("mn", 6),
    ("亿", 8),
    ("万", 4),
    ("t", 12),
    ("b", 9),
    ("m", 6),
    ("k", 3),
];

/// Currencies by other names than their codes; longest first.
const NAMES: &[(&str, Currency)] = &[
    ("人民币", Currency::CNY),
    ("美元", Currency::USD),
    ("美金", Currency::USD),
    ("欧元", Currency::EUR),
    ("英镑", Currency::GBP),
    ("日元", Currency::JPY),
    ("韩元", Currency::KRW),
    ("港元", Currency::HKD),
    ("港币", Currency::HKD),
    ("us$", Currency::USD),
    ("hk$", Currency::HKD),
    ("元", Currency::CNY),
    ("$", Currency::USD),
    ("€", Currency::EUR),
    ("£", Currency::GBP),
    ("¥", Currency::CNY),
    ("₹", Currency::INR),
    ("₩", Currency::KRW),
];

/// A sum in whole units and its currency, US dollars unless one is named.
pub(super) fn read(text: &str) -> Option<(i64, Currency)> {
    let text: String = text.to_lowercase().chars().filter(|c| *c != '_').collect();
    let (before, text) = named(&text, |text, name| text.strip_prefix(name));
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(digits)?;
    // A step alone goes first: "million" does not end in a currency `ION`.
    let (after, power) = if let Some(power) = step(rest) {
        (None, power)
    } else {
        let (after, rest) = named(rest, |text, name| text.strip_suffix(name));
        (after, step(rest)?)
    };
    let currency = match (before, after) {
        (Some(_), Some(_)) => return None,
        (before, after) => before.or(after).unwrap_or(Currency::USD),
    };
    Some((scaled(number, power)?, currency))
}

/// The power of ten behind a spelling; nothing is one.
fn step(spelling: &str) -> Option<u32> {
    if spelling.is_empty() {
        return Some(0);
    }
    STEPS.iter().find(|(known, _)| *known == spelling).map(|(_, power)| *power)
}

/// Takes a currency's name or code off one end.
fn named<'a>(
    text: &'a str,
    strip: impl Fn(&'a str, &str) -> Option<&'a str>,
) -> (Option<Currency>, &'a str) {
    for (name, currency) in NAMES {
        if let Some(rest) = strip(text, name) {
            return (Some(*currency), rest);
        }
    }
    // A code is three letters beside something that is no letter: `mn` and `bn` are none.
    let is_code = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_lowercase());
    let ends = [text.get(..3), text.len().checked_sub(3).and_then(|at| text.get(at..))];
    for code in ends.into_iter().flatten().filter(|code| is_code(code)) {
        if let (Some(rest), Ok(currency)) = (strip(text, code), code.parse()) {
            return (Some(currency), rest);
        }
    }
    (None, text)
}

/// `("1.5", 9)` is 1,500,000,000; `None` for what is not a whole unit, and on overflow.
fn scaled(number: &str, power: u32) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || (number.contains('.') && fraction.is_empty()) {
        return None;
    }
    let mantissa: i64 = format!("{whole}{fraction}").parse().ok()?;
    let places = u32::try_from(fraction.len()).ok()?;
    mantissa.checked_mul(10_i64.checked_pow(power.checked_sub(places)?)?)
}
