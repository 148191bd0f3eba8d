//! What a feed says about when to poll it.

use std::sync::LazyLock;

use jiff::civil::Weekday;
use regex::Regex;

/// The publisher's own rhythm. It is advice: it can lengthen the time between polls, never
/// shorten it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hints {
    /// RSS `ttl`: how long an answer may be kept, in minutes.
    pub ttl_minutes: Option<u32>,
    /// RSS `skipHours`: hours of the day in GMT, 0 to 23, in which nothing changes.
    pub skip_hours: Vec<u8>,
    /// RSS `skipDays`: days in GMT on which nothing changes.
    pub skip_days: Vec<Weekday>,
    /// Seconds between two changes after the syndication module's `updatePeriod` and
    /// `updateFrequency`.
    pub update_every_secs: Option<u32>,
}

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
    };
}

pattern!(TTL, r"<ttl>\s*(\d{1,7})\s*</ttl>");
pattern!(SKIP_HOURS, r"(?is)<skipHours>(.*?)</skipHours>");
pattern!(HOUR, r"(?i)<hour>\s*(\d{1,2})\s*</hour>");
pattern!(SKIP_DAYS, r"(?is)<skipDays>(.*?)</skipDays>");
pattern!(DAY, r"(?i)<day>\s*([a-z]+)\s*</day>");
pattern!(PERIOD, r"<sy:updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*</");
pattern!(FREQUENCY, r"<sy:updateFrequency>\s*(\d{1,5})\s*</");

/// Reads the hints in `head`, the feed's text before its first entry.
pub(super) fn read(head: &str) -> Hints {
    let first =
        |pattern: &Regex| -> Option<u32> { pattern.captures(head)?.get(1)?.as_str().parse().ok() };
    Hints {
        ttl_minutes: first(&TTL).filter(|minutes| *minutes > 0),
        skip_hours: skip_hours(head),
        skip_days: skip_days(head),
        update_every_secs: period(head).map(|secs| secs / first(&FREQUENCY).unwrap_or(1).max(1)),
    }
}

fn period(head: &str) -> Option<u32> {
    const HOUR_SECS: u32 = 3_600;
    Some(match PERIOD.captures(head)?.get(1)?.as_str() {
        "hourly" => HOUR_SECS,
        "daily" => 24 * HOUR_SECS,
        "weekly" => 7 * 24 * HOUR_SECS,
        "monthly" => 30 * 24 * HOUR_SECS,
        _ => 365 * 24 * HOUR_SECS,
    })
}

fn skip_hours(head: &str) -> Vec<u8> {
    let Some(block) = SKIP_HOURS.captures(head).and_then(|found| found.get(1)) else {
        return Vec::new();
    };
    let hours = HOUR.captures_iter(block.as_str()).filter_map(|found| found.get(1));
    // 24 is how RSS 0.91 writes midnight.
    let mut hours: Vec<u8> = hours
        .filter_map(|hour| hour.as_str().parse().ok())
        .filter(|h| *h <= 24)
        .map(|h: u8| h % 24)
        .collect();
    hours.sort_unstable();
    hours.dedup();
    hours
}

fn skip_days(head: &str) -> Vec<Weekday> {
    let Some(block) = SKIP_DAYS.captures(head).and_then(|found| found.get(1)) else {
        return Vec::new();
    };
    let names = DAY.captures_iter(block.as_str()).filter_map(|found| found.get(1));
    names.filter_map(|name| weekday(name.as_str())).collect()
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name.to_ascii_lowercase().as_str() {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hint_is_read() {
        let hints = read(
            "<channel><ttl> 60 </ttl><skipHours><hour>24</hour><hour>3</hour><hour>99</hour>\
             </skipHours><skipDays><day>Sunday</day><day>Noday</day></skipDays>\
             <sy:updatePeriod>\n daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
        );
        let expected = Hints {
            ttl_minutes: Some(60),
            skip_hours: vec![0, 3],
            skip_days: vec![Weekday::Sunday],
            update_every_secs: Some(21_600),
        };
        assert_eq!(hints, expected);
    }

    #[test]
    fn nonsense_gives_no_hint() {
        let head = "<ttl>soon</ttl><ttl>0</ttl><sy:updatePeriod>often</sy:updatePeriod>";
        assert_eq!(read(head), Hints::default());
        assert_eq!(
            read("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>").update_every_secs,
            Some(3_600)
        );
    }
}
