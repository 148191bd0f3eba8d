//! Sums of money, each with the role its neighbours give it.

mod en;
mod zh;

pub(in crate::extract) use en::WHOLE;

use super::Found;
use super::text::Sentence;
use super::text::Text;
use crate::domain::Amount;
use crate::domain::Basis;
use crate::domain::Lang;

/// What a sum is the sum of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Nothing around it says: a deal's sum if a frame takes it.
    Plain,
    /// What a company is worth.
    Valuation(Basis),
    /// Raised to date, in total.
    Cumulative,
    /// Revenue, market size, capital spending, price per share, a fund's size: never a deal's.
    Other,
}

/// The rule of a Chinese sum whose currency is not printed at it: 籌23億.
pub const INFERRED: &str = "money.zh.bare";

/// A sum in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// The sum.
    pub amount: Amount,
    /// Its role.
    pub role: Role,
    /// It says the sum before it in another currency: `€40 million ($43 million)`.
    pub conversion: bool,
    /// The currency is not printed at the sum but taken from around it.
    pub currency_inferred: bool,
}

/// The sums of a sentence, in order.
pub fn find(text: &Text, sentence: &Sentence) -> Vec<Found<Sum>> {
    match sentence.lang {
        Lang::En => en::find(text, sentence),
        Lang::Zh => zh::find(text, sentence),
    }
}

/// A decimal in ASCII digits times a power of ten: `("3.5", 8)` is 350 million.
///
/// Thousands may be parted by commas. `None` for anything else, for what is not a whole unit, and
/// on overflow: sums stay integers all the way from the text.
pub fn scaled(digits: &str, power: u32) -> Option<i64> {
    let digits = digits.replace(',', "");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let mantissa: i64 = format!("{whole}{fraction}").parse().ok()?;
    let places = u32::try_from(fraction.len()).ok()?;
    mantissa.checked_mul(10_i64.checked_pow(power.checked_sub(places)?)?)
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn decimals_stay_integers() {
        assert_eq!(scaled("3.5", 8), Some(350_000_000));
        assert_eq!(scaled("1,200", 6), Some(1_200_000_000));
        assert_eq!(scaled("2.50", 1), Some(25));
        assert_eq!(scaled("2.55", 1), None);
        assert_eq!(scaled("99999999999", 12), None);
        assert_eq!(scaled("1.2.3", 6), None);
    }
}
