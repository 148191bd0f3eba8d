//! Yearly exchange rates, so that sums in different currencies can be compared.
//!
//! # Invariants
//!
//! - Arithmetic is integral: a rate is kept in millionths of the currency's unit per US dollar.
//! - A converted sum names the year of the rate that was used.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use super::Amount;
use super::Currency;

/// One US dollar in millionths of another currency's unit.
const SCALE: i64 = 1_000_000;

/// A sum in US dollars at a stated rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsdRange {
    /// The least, in whole dollars.
    pub min: Option<i64>,
    /// The most, in whole dollars.
    pub max: Option<i64>,
    /// The year whose mean rate was used.
    pub rate_year: i16,
}

/// What one US dollar bought, by currency and year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rates {
    by_currency: BTreeMap<Currency, BTreeMap<i16, i64>>,
}

/// A table of rates that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of the rates is not `year,currency,per_usd,months`: `{text}`")]
pub struct BadRates {
    line: usize,
    text: String,
}

impl Rates {
    /// Reads `year,currency,per_usd,months`; lines with `#` and the heading are passed over.
    pub fn parse(text: &str) -> Result<Rates, BadRates> {
        let mut rates = Rates::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') || line.starts_with("year,") {
                continue;
            }
            let (year, currency, per_usd) =
                row(line).ok_or_else(|| BadRates { line: index + 1, text: line.to_owned() })?;
            rates.by_currency.entry(currency).or_default().insert(year, per_usd);
        }
        Ok(rates)
    }

    /// The sum in dollars at the mean rate of `year`, else of the nearest earlier year that the
    /// table has, else of its first.
    ///
    /// `None` for an undisclosed sum and for a currency that the table lacks.
    pub fn usd(&self, amount: &Amount, year: i16) -> Option<UsdRange> {
        let currency = amount.currency?;
        if amount.min.is_none() && amount.max.is_none() {
            return None;
        }
        let (rate_year, per_usd) = self.rate(currency, year)?;
        let dollars = |value: i64| convert(i128::from(value) * i128::from(SCALE), per_usd);
        Some(UsdRange { min: amount.min.map(dollars), max: amount.max.map(dollars), rate_year })
    }

    /// The sum `usd` in another currency, by the same rule as [`Rates::usd`].
    pub fn from_usd(&self, usd: i64, currency: Currency, year: i16) -> Option<i64> {
        let (_, per_usd) = self.rate(currency, year)?;
        Some(convert(i128::from(usd) * i128::from(per_usd), SCALE))
    }

    fn rate(&self, currency: Currency, year: i16) -> Option<(i16, i64)> {
        if currency == Currency::USD {
            return Some((year, SCALE));
        }
        let years = self.by_currency.get(&currency)?;
        let (year, rate) = years.range(..=year).next_back().or_else(|| years.iter().next())?;
        Some((*year, *rate))
    }
}

/// Divides, rounding to the nearer unit; saturates where `i64` ends.
fn convert(scaled: i128, by: i64) -> i64 {
    let by = i128::from(by);
    let rounded = (scaled + by / 2).div_euclid(by);
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

fn row(line: &str) -> Option<(i16, Currency, i64)> {
    let mut cells = line.split(',').map(str::trim);
    let year = cells.next()?.parse().ok()?;
    let currency = cells.next()?.parse().ok()?;
    let per_usd = millionths(cells.next()?).filter(|rate| *rate > 0)?;
    Some((year, currency, per_usd))
}

/// `"6.76896"` is 6768960; digits past the sixth decimal place are dropped.
fn millionths(decimal: &str) -> Option<i64> {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let kept: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let digits_only = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits_only(whole) || !digits_only(fraction) {
        return None;
    }
    format!("{whole}{kept}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Qualifier;

    const TABLE: &str =
        "# a note\nyear,currency,per_usd,months\n2024,CNY,7.2,12\n2025,CNY,7.0,12\n";

    #[track_caller]
    fn check(currency: Currency, value: i64, year: i16, expected: Option<(i64, i16)>) {
        let rates = Rates::parse(TABLE).unwrap();
        let amount = Amount::new("", value, currency, Qualifier::Exact);
        let usd = rates.usd(&amount, year).map(|usd| (usd.min.unwrap(), usd.rate_year));
        assert_eq!(usd, expected);
    }

    #[test]
    fn a_sum_is_converted_at_the_rate_of_its_year() {
        check(Currency::CNY, 720, 2024, Some((100, 2024)));
        check(Currency::CNY, 700, 2025, Some((100, 2025)));
        check(Currency::USD, 700, 2025, Some((700, 2025)));
    }

    #[test]
    fn a_missing_year_takes_the_nearest_earlier_one() {
        check(Currency::CNY, 700, 2031, Some((100, 2025)));
        check(Currency::CNY, 720, 1999, Some((100, 2024)));
        check(Currency::EUR, 720, 2024, None);
    }

    #[test]
    fn an_open_range_stays_open() {
        let rates = Rates::parse(TABLE).unwrap();
        let over = Amount::new("", 700, Currency::CNY, Qualifier::Over);
        let usd = rates.usd(&over, 2025).unwrap();
        assert_eq!((usd.min, usd.max), (Some(100), None));
        assert_eq!(rates.usd(&Amount::undisclosed(""), 2025), None);
    }

    #[test]
    fn the_shipped_table_reads() {
        let rates = Rates::parse(include_str!("../../config/fx-yearly.csv")).unwrap();
        let won = Amount::new("", 1_000_000_000_000, Currency::KRW, Qualifier::Exact);
        let usd = rates.usd(&won, 2025).unwrap().min.unwrap();
        assert!((500_000_000..1_000_000_000).contains(&usd), "{usd}");
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = Rates::parse("2024,CNY,seven,12").unwrap_err().to_string();
        assert_eq!(
            error,
            "line 1 of the rates is not `year,currency,per_usd,months`: `2024,CNY,seven,12`"
        );
    }
}
