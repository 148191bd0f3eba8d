//! Comparisons with sums that are ranges.
//!
//! A sum satisfies certainly when every value in its range does, and possibly when one does. A
//! deal without a sum, or with one that is not told, satisfies neither. In the deal's own currency
//! the printed bounds are compared; otherwise both sides in dollars, the deal's at the rate of its
//! own year, the filter's at this year's.

use jiff::tz::TimeZone;

use super::Condition;
use crate::domain::Amount;
use crate::domain::Currency;
use crate::domain::Qualifier;
use crate::domain::filter::Comparison;
use crate::domain::filter::SumTest;

/// Adds the condition on the columns `{field}_min`, `{field}_usd_min` and so on.
pub(super) fn condition(condition: &mut Condition<'_>, field: &str, test: &SumTest) {
    let in_usd = dollars(condition, test);
    if test.currency == Currency::USD {
        return compare(condition, &format!("d.{field}_usd"), test, in_usd);
    }
    condition.bind(&format!("CASE WHEN d.{field}_currency = ? THEN "), test.currency.to_string());
    compare(condition, &format!("d.{field}"), test, Some(test.units));
    condition.sql.push_str(" ELSE ");
    compare(condition, &format!("d.{field}_usd"), test, in_usd);
    condition.sql.push_str(" END");
}

/// The filter's sum in dollars, if there is a rate.
fn dollars(condition: &Condition<'_>, test: &SumTest) -> Option<i64> {
    let sum = Amount::new("", test.units, test.currency, Qualifier::Exact);
    let year = condition.context.now.to_zoned_datetime(TimeZone::UTC).year();
    condition.context.rates.usd(&sum, year)?.min
}

fn compare(condition: &mut Condition<'_>, columns: &str, test: &SumTest, value: Option<i64>) {
    let Some(value) = value else {
        condition.sql.push_str("FALSE");
        return;
    };
    let sql = if test.possibly { possibly(test.comparison) } else { certainly(test.comparison) };
    let marks = sql.matches('?').count();
    condition.sql.push_str(&sql.replace("{c}", columns));
    condition.params.extend(std::iter::repeat_n(value.into(), marks));
}

fn certainly(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => "{c}_min >= ?",
        Comparison::MoreThan => "{c}_min > ?",
        Comparison::AtMost => "{c}_max <= ?",
        Comparison::LessThan => "{c}_max < ?",
        Comparison::Equal => "({c}_min = ? AND {c}_max = ?)",
    }
}

/// An open end reaches any value; without either end there is no sum.
fn possibly(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => "({c}_max >= ? OR ({c}_max IS NULL AND {c}_min IS NOT NULL))",
        Comparison::MoreThan => "({c}_max > ? OR ({c}_max IS NULL AND {c}_min IS NOT NULL))",
        Comparison::AtMost => "({c}_min <= ? OR ({c}_min IS NULL AND {c}_max IS NOT NULL))",
        Comparison::LessThan => "({c}_min < ? OR ({c}_min IS NULL AND {c}_max IS NOT NULL))",
        Comparison::Equal => {
            "(coalesce({c}_min, {c}_max) IS NOT NULL AND coalesce({c}_min <= ?, TRUE) \
             AND coalesce({c}_max >= ?, TRUE))"
        }
    }
}
