//! A time at which the log is asked what it knew.

use std::str::FromStr;

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::filter::Moment;

/// `2026-03-09` (to its end), `2026-03-09T14:30`, `2026-03-09T14:30:00+08:00`, `7d`; UTC unless it
/// says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// By the calendar or counted back.
    Moment(Moment),
    /// To the second.
    Instant(Timestamp),
}

/// A text that is no time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no time: write 7d, 2026-03-09, 2026-03-09T14:30 or 2026-03-09T14:30:00+08:00")]
pub struct BadTime(String);

impl AsOf {
    /// The last instant that counts; never later than `now`.
    pub fn at(self, now: Timestamp) -> Timestamp {
        let at = match self {
            AsOf::Instant(at) => at,
            AsOf::Moment(moment) => {
                let end = moment.end(now);
                end.checked_sub(SignedDuration::from_micros(1)).unwrap_or(end)
            }
        };
        at.min(now)
    }
}

impl FromStr for AsOf {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if let Some(moment) = Moment::parse(text) {
            return Ok(AsOf::Moment(moment));
        }
        if let Ok(at) = text.parse() {
            return Ok(AsOf::Instant(at));
        }
        let civil = || TimeZone::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok();
        let at = civil().ok_or_else(|| BadTime(text.chars().take(40).collect()))?;
        Ok(AsOf::Instant(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let now = "2026-06-15T12:00:00Z".parse().unwrap();
        let seen = text.parse::<AsOf>().map(|as_of| as_of.at(now).to_string());
        assert_eq!(seen.unwrap_or_else(|error| error.to_string()), expected, "{text}");
    }

    #[test]
    fn a_time_is_a_day_an_instant_or_a_while_ago() {
        check("7d", "2026-06-08T12:00:00Z");
        check("2026-06-08", "2026-06-08T23:59:59.999999Z");
        check("2026-05", "2026-05-31T23:59:59.999999Z");
        check("2026-06-08T14:30", "2026-06-08T14:30:00Z");
        check("2026-06-08 14:30", "2026-06-08T14:30:00Z");
        check("2026-06-08T14:30:00+08:00", "2026-06-08T06:30:00Z");
        check("2027-01-01", "2026-06-15T12:00:00Z");
    }

    #[test]
    fn anything_else_is_refused_with_what_can_be_written() {
        for text in ["", "yesterday", "7", "2026-13-01", "T14:30"] {
            let error = text.parse::<AsOf>().unwrap_err().to_string();
            assert!(error.contains("is no time: write 7d"), "{error}");
        }
    }
}
