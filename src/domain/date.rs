//! A date as precise as the text gives it.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;

/// A year, a month of a year, or a day: `2026`, `2026-03`, `2026-03-09`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// Returns `None` for a month or day that the calendar does not have, or a day without month.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<PartialDate> {
        jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        if month.is_none() && day.is_some() {
            return None;
        }
        Some(PartialDate { year, month, day })
    }

    /// The first and the last day it can mean.
    pub fn bounds(self) -> (jiff::civil::Date, jiff::civil::Date) {
        let first = jiff::civil::date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1));
        let last = match (self.month, self.day) {
            (_, Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, None) => first.last_of_year(),
        };
        (first, last)
    }
}

impl From<jiff::civil::Date> for PartialDate {
    fn from(date: jiff::civil::Date) -> Self {
        PartialDate { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// Not a date of the calendar.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no date like 2026, 2026-03 or 2026-03-09")]
pub struct BadDate(String);

impl FromStr for PartialDate {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadDate(text.to_owned());
        let mut parts = text.split('-');
        let year = parts.next().filter(|y| y.len() == 4).ok_or_else(bad)?;
        let year = year.parse().map_err(|_| bad())?;
        let mut number = || parts.next().map(str::parse::<i8>).transpose().map_err(|_| bad());
        let (month, day) = (number()?, number()?);
        if parts.next().is_some() {
            return Err(bad());
        }
        PartialDate::new(year, month, day).ok_or_else(bad)
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, first_and_last: Option<(&str, &str)>) {
        let bounds = text.parse::<PartialDate>().ok().map(|date| {
            assert_eq!(date.to_string(), text, "a date prints as it was read");
            let (first, last) = date.bounds();
            (first.to_string(), last.to_string())
        });
        let bounds = bounds.as_ref().map(|(first, last)| (first.as_str(), last.as_str()));
        assert_eq!(bounds, first_and_last, "{text}");
    }

    #[test]
    fn a_date_is_as_wide_as_it_is_vague() {
        check("2026", Some(("2026-01-01", "2026-12-31")));
        check("2026-02", Some(("2026-02-01", "2026-02-28")));
        check("2026-02-09", Some(("2026-02-09", "2026-02-09")));
    }

    #[test]
    fn what_the_calendar_lacks_is_refused() {
        check("2026-02-30", None);
        check("2026-13", None);
        check("26-01-01", None);
        check("2026-01-01-01", None);
    }
}
