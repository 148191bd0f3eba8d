//! Dates told relative to the time of reading, as list pages print them.

use std::time::Duration;

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::LazyLock;
use super::Regex;
use super::at;
use super::civil;
use super::month;
use super::number;
use super::pattern;
use super::time_and_zone;

pattern!(JUST_NOW, r"(?i)刚刚|剛剛|just now|moments? ago");
pattern!(
    AGO_ZH,
    r"(\d{1,3}|半|几|数) ?[个個]? ?(秒|秒钟|分钟|分鐘|小时|小時|钟头|天|日|周|星期|月|年) ?(?:之?前|以前)"
);
pattern!(
    AGO_EN,
    r"(?i)\b(\d{1,3}|an?|one) ?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?|mos?|years?|yrs?|y) ago\b"
);
pattern!(DAY_WORD, r"(?i)(今天|今日|昨天|昨日|大前天|前天|\btoday\b|\byesterday\b)");
pattern!(MONTH_DAY, r"(?:^|[^\d./年-])(\d{1,2})(?:-|/|月)(\d{1,2})日?(?:[^\d/-]|$)");
pattern!(MONTH_DAY_EN, r"(?i)\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?\b");
pattern!(DAY_MONTH, r"(?i)\b(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\b");
pattern!(YEAR, r"\d{4}");
pattern!(ONLY_TIME, r"^\d{1,2}:\d{2}(?::\d{2})?$");

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Reads what [`super::parse`] does not: ages, named days, days without a year.
pub(super) fn read(text: &str, offset: Option<Offset>, now: Timestamp) -> Option<Timestamp> {
    if JUST_NOW.is_match(text) {
        return Some(now);
    }
    if let Some(age) = age(text) {
        return now.checked_sub(age).ok();
    }
    let offset = offset?;
    let today = offset.to_datetime(now).date();
    if let Some(word) = DAY_WORD.find(text) {
        let rest = text.get(word.end()..).unwrap_or_default();
        let (time, _) = time_and_zone(rest)?;
        return at(named_day(word.as_str(), today)?, time, offset);
    }
    if ONLY_TIME.is_match(text) {
        let time = time_and_zone(text)?.0;
        // A time that is still to come was yesterday's; clocks differ by some minutes.
        let soon = now.checked_add(Duration::from_secs(HOUR)).unwrap_or(now);
        return at(today, time, offset)
            .filter(|read| *read <= soon)
            .or_else(|| at(today.yesterday().ok()?, time, offset));
    }
    if let Some((date, rest)) = named_month(text, today) {
        return at(date, time_and_zone(rest)?.0, offset);
    }
    let found = MONTH_DAY.captures(text)?;
    let date = latest(number(&found, 1)?, number(&found, 2)?, today)?;
    let rest = text.get(found.get(2)?.end()..).unwrap_or_default();
    at(date, time_and_zone(rest)?.0, offset)
}

fn age(text: &str) -> Option<Duration> {
    let found = AGO_ZH.captures(text).or_else(|| AGO_EN.captures(text))?;
    let unit = match found.get(2)?.as_str().to_ascii_lowercase().as_str() {
        "秒" | "秒钟" | "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "分钟" | "分鐘" | "m" | "min" | "mins" | "minute" | "minutes" => MINUTE,
        "小时" | "小時" | "钟头" | "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
        "周" | "星期" | "w" | "week" | "weeks" => 7 * DAY,
        "月" | "month" | "months" | "mo" | "mos" => 30 * DAY,
        "年" | "y" | "yr" | "yrs" | "year" | "years" => 365 * DAY,
        _ => DAY,
    };
    let seconds = match found.get(1)?.as_str() {
        "半" => unit / 2,
        // "A few": the least it can mean, so that no news looks older than it is.
        "几" | "数" => 2 * unit,
        digits => digits.parse::<u64>().unwrap_or(1) * unit,
    };
    Some(Duration::from_secs(seconds))
}

/// `Nov 23` and `23 November`, without a year.
fn named_month(text: &str, today: Date) -> Option<(Date, &str)> {
    if YEAR.is_match(text) {
        return None;
    }
    let day_first = DAY_MONTH.captures_iter(text).map(|found| (found, 2, 1));
    let found = MONTH_DAY_EN.captures_iter(text).map(|found| (found, 1, 2)).chain(day_first);
    found.into_iter().find_map(|(found, name, day)| {
        let date = latest(month(found.get(name)?.as_str())?, number(&found, day)?, today)?;
        Some((date, text.get(found.get(0)?.end()..).unwrap_or_default()))
    })
}

fn named_day(word: &str, today: Date) -> Option<Date> {
    let back = match word.to_ascii_lowercase().as_str() {
        "昨天" | "昨日" | "yesterday" => 1,
        "前天" => 2,
        "大前天" => 3,
        _ => 0,
    };
    today.checked_sub(back.days()).ok()
}

/// The latest such day that is not after tomorrow.
fn latest(month: i8, day: i8, today: Date) -> Option<Date> {
    let tomorrow = today.tomorrow().ok()?;
    let this_year = civil(today.year(), month, day).filter(|date| *date <= tomorrow);
    this_year.or_else(|| civil(today.year() - 1, month, day))
}
