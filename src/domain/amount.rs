//! Sums of money as news states them: a range, a currency, a qualifier and the raw words.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;

/// A currency by its ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// US dollar.
    pub const USD: Currency = Currency(*b"USD");
    /// Renminbi.
    pub const CNY: Currency = Currency(*b"CNY");
    /// Euro.
    pub const EUR: Currency = Currency(*b"EUR");
    /// Pound sterling.
    pub const GBP: Currency = Currency(*b"GBP");
    /// Japanese yen.
    pub const JPY: Currency = Currency(*b"JPY");
    /// Hong Kong dollar.
    pub const HKD: Currency = Currency(*b"HKD");
    /// New Taiwan dollar.
    pub const TWD: Currency = Currency(*b"TWD");
    /// Indian rupee.
    pub const INR: Currency = Currency(*b"INR");
    /// South Korean won.
    pub const KRW: Currency = Currency(*b"KRW");

    /// A code of three ASCII capitals; `RMB` is read as `CNY`.
    pub const fn new(code: [u8; 3]) -> Option<Currency> {
        if !(code[0].is_ascii_uppercase()
            && code[1].is_ascii_uppercase()
            && code[2].is_ascii_uppercase())
        {
            return None;
        }
        if matches!(&code, b"RMB") { Some(Currency::CNY) } else { Some(Currency(code)) }
    }

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// Not three letters.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no currency code of three letters")]
pub struct BadCurrency(String);

impl FromStr for Currency {
    type Err = BadCurrency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let upper = text.to_ascii_uppercase();
        <[u8; 3]>::try_from(upper.as_bytes())
            .ok()
            .and_then(Currency::new)
            .ok_or_else(|| BadCurrency(text.to_owned()))
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// How firmly the words state the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// `$40M`: min = max.
    Exact,
    /// "around", 约, 近 + number, 左右: min = max.
    About,
    /// "at least", 超, 逾, 余: no max.
    Over,
    /// "nearly", 不到, 近亿元: from 80 % of the unit to the unit.
    Under,
    /// "up to", 最高: no min.
    UpTo,
    /// "$3 to $4 billion", 2-3亿.
    Range,
    /// 数千万, "nine-figure": the unit to ten times the unit, less one.
    Order,
    /// Said not to be told: neither bound; the object is present.
    Undisclosed,
}

/// A sum as stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// The words, as printed.
    pub raw: String,
    /// The least it can be, in whole currency units.
    pub min: Option<i64>,
    /// The most it can be, in whole currency units.
    pub max: Option<i64>,
    /// `None` only when undisclosed.
    pub currency: Option<Currency>,
    /// How firmly the words state it.
    pub qualifier: Qualifier,
}

impl Amount {
    /// The bounds that a qualifier gives a value, after the table in the design.
    ///
    /// `Range` takes its bounds from [`Amount::range`]; here it is read as `About`.
    pub fn new(raw: &str, value: i64, currency: Currency, qualifier: Qualifier) -> Amount {
        let (min, max) = match qualifier {
            Qualifier::Exact | Qualifier::About | Qualifier::Range => (Some(value), Some(value)),
            Qualifier::Over => (Some(value), None),
            Qualifier::Under => (Some(value / 10 * 8 + value % 10 * 8 / 10), Some(value)),
            Qualifier::UpTo => (None, Some(value)),
            Qualifier::Order => (Some(value), Some(value.saturating_mul(10) - 1)),
            Qualifier::Undisclosed => (None, None),
        };
        Amount { raw: raw.to_owned(), min, max, currency: Some(currency), qualifier }
    }

    /// Between two values, in either order.
    pub fn range(raw: &str, one: i64, other: i64, currency: Currency) -> Amount {
        Amount {
            raw: raw.to_owned(),
            min: Some(one.min(other)),
            max: Some(one.max(other)),
            currency: Some(currency),
            qualifier: Qualifier::Range,
        }
    }

    /// Said not to be told.
    pub fn undisclosed(raw: &str) -> Amount {
        Amount {
            raw: raw.to_owned(),
            min: None,
            max: None,
            currency: None,
            qualifier: Qualifier::Undisclosed,
        }
    }

    /// One number for sorting and for rough comparison: the firmer bound.
    pub fn headline(&self) -> Option<i64> {
        self.min.or(self.max)
    }
}

/// Whether a valuation counts the new money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// 投前.
    Pre,
    /// 投后.
    Post,
    /// Not said.
    #[default]
    Unspecified,
}

/// What a deal makes the whole company worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Valuation {
    /// The words, as printed.
    pub raw: String,
    /// The least, in whole currency units.
    pub min: Option<i64>,
    /// The most, in whole currency units.
    pub max: Option<i64>,
    /// The currency.
    pub currency: Option<Currency>,
    /// How firmly the words state it.
    pub qualifier: Qualifier,
    /// Before or after the money.
    #[serde(default)]
    pub basis: Basis,
}

impl Valuation {
    /// The stated sum, with its basis.
    pub fn new(amount: Amount, basis: Basis) -> Valuation {
        let Amount { raw, min, max, currency, qualifier } = amount;
        Valuation { raw, min, max, currency, qualifier, basis }
    }

    /// The sum without its basis, for what works on any sum.
    pub fn amount(&self) -> Amount {
        Amount {
            raw: self.raw.clone(),
            min: self.min,
            max: self.max,
            currency: self.currency,
            qualifier: self.qualifier,
        }
    }
}

/// A share of a company in hundredths of a per cent; JSON shows per cent (`58.62`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(pub u32);

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        let hundredths = (value * 100.0).round();
        if !(0.0..=1_000_000.0).contains(&hundredths) {
            return Err(serde::de::Error::custom("a share of a company is 0 to 10000 per cent"));
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie in 0..=1_000_000 just above"
        )]
        Ok(Percent(hundredths as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(qualifier: Qualifier, min: Option<i64>, max: Option<i64>) {
        let amount = Amount::new("", 100_000_000, Currency::CNY, qualifier);
        assert_eq!((amount.min, amount.max), (min, max), "{qualifier:?}");
    }

    #[test]
    fn a_qualifier_gives_the_bounds_of_the_table() {
        let v = 100_000_000;
        check(Qualifier::Exact, Some(v), Some(v));
        check(Qualifier::About, Some(v), Some(v));
        check(Qualifier::Over, Some(v), None);
        check(Qualifier::Under, Some(80_000_000), Some(v));
        check(Qualifier::UpTo, None, Some(v));
        check(Qualifier::Order, Some(v), Some(999_999_999));
        check(Qualifier::Undisclosed, None, None);
    }

    #[test]
    fn rmb_is_read_as_cny() {
        assert_eq!("rmb".parse::<Currency>().unwrap(), Currency::CNY);
        assert!("rm".parse::<Currency>().is_err());
        assert!("r1b".parse::<Currency>().is_err());
    }

    #[test]
    fn a_percentage_survives_json() {
        let share: Percent = serde_json::from_str("58.62").unwrap();
        assert_eq!(share, Percent(5862));
        assert_eq!(serde_json::to_string(&share).unwrap(), "58.62");
        assert!(serde_json::from_str::<Percent>("-1").is_err());
    }
}
