//! Dates as feeds and pages print them, in English and Chinese.
//!
//! # Invariants
//!
//! - A date without a zone is read only in the offset its source is configured with, never
//!   silently as UTC. A day without a time is that day's first moment there.
//! - What can mean two days (`02/03/2024`) or two zones (`CST` with no configured offset) is
//!   refused: no date is better than a wrong one.
//! - No clock: what is relative needs `now`.

mod relative;

use std::borrow::Cow;
use std::sync::LazyLock;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Time;
use jiff::tz::Offset;
use regex::Captures;
use regex::Regex;

/// Longer texts are no date; list pages put whole sentences into a date's element.
const LONGEST: usize = 200;

/// A publisher's clock may run ahead, and a zone may be missed by a day; more is an error.
const AHEAD: Duration = Duration::from_hours(24);

/// News is not dated before the web, nor in a far future.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// Reads an absolute date.
///
/// `offset_minutes`, east of Greenwich, is for dates without a zone; without it they are refused.
pub fn parse(text: &str, offset_minutes: Option<i16>) -> Option<Timestamp> {
    let text = folded(text).filter(|text| !REPUBLIC.is_match(text))?;
    epoch(&text).or_else(|| absolute(&text, default_offset(offset_minutes)))
}

/// As [`parse`], and what is told relative to `now`: `3分钟前`, `昨天 14:02`, `11-23`,
/// "5 minutes ago".
pub fn parse_at(text: &str, offset_minutes: Option<i16>, now: Timestamp) -> Option<Timestamp> {
    let offset = default_offset(offset_minutes);
    let folded = folded(text).filter(|text| !REPUBLIC.is_match(text))?;
    epoch(&folded)
        .or_else(|| absolute(&folded, offset))
        .or_else(|| relative::read(&folded, offset, now))
}

/// Why [`parse`] refuses a date, in words.
pub fn refusal(text: &str, offset_minutes: Option<i16>) -> &'static str {
    let Some(folded) = folded(text) else { return "is too long to be a date" };
    if REPUBLIC.is_match(&folded) {
        return "may count its year from 1911";
    }
    if SLASHED.is_match(&folded) {
        return "may be of two days";
    }
    if offset_minutes.is_none() && parse(text, Some(0)).is_some() {
        return "names no time zone: set `utc_offset_minutes` for the source";
    }
    "is in no form that is known"
}

/// A date that lies more than a day ahead of `now` becomes `now`.
pub fn clamp(date: Timestamp, now: Timestamp) -> Timestamp {
    let limit = now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
    if date > limit { now } else { date }
}

fn default_offset(minutes: Option<i16>) -> Option<Offset> {
    Offset::from_seconds(i32::from(minutes?) * 60).ok()
}

/// Full-width digits and signs as ASCII, white space as one space.
fn folded(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_graphic()) {
        return Some(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() && out.ends_with(' ') => {}
            c if c.is_whitespace() => out.push(' '),
            '！'..='～' => out.extend(char::from_u32(u32::from(c) - 0xfee0)),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '時' => out.push('时'),
            '點' => out.push('点'),
            '後' => out.push('后'),
            _ => out.push(c),
        }
    }
    Some(Cow::Owned(out))
}

/// Unix seconds and milliseconds, and `20240102123005` is none of them.
fn epoch(text: &str) -> Option<Timestamp> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let date = match text.len() {
        9 | 10 => Timestamp::from_second(number),
        13 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    date.ok().filter(|date| YEARS.contains(&Offset::UTC.to_datetime(*date).year()))
}

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
    };
}
use pattern;

pattern!(YEAR_FIRST, r"(?:^|\D)(\d{4})(?: ?年 ?|[-/.])(\d{1,2})(?: ?月 ?|[-/.])(\d{1,2}) ?[日号]?");
pattern!(COMPACT, r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2}:?\d{2})?$");
pattern!(
    DAY_FIRST,
    r"(?i)(?:^|[^\d:])(\d{1,2})(?:st|nd|rd|th)?(?: |-|/)+([a-z]{3,9})[.,]?(?: |-|/)+(\d{4}|\d{2})(?:\D|$)"
);
pattern!(MONTH_FIRST, r"(?i)\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,|,? )? ?(\d{4})\b");
// As Java and blog software print them in Chinese: `02 一月 2024`, `一月 2, 2024`.
pattern!(
    DAY_FIRST_ZH,
    r"(?:^|\D)(\d{1,2})[ -]+(十?[一二三四五六七八九十])月,?[ -]+(\d{4})(?:\D|$)"
);
pattern!(MONTH_FIRST_ZH, r"(十?[一二三四五六七八九十])月 ?(\d{1,2})日?,? (\d{4})(?:\D|$)");
// 民國113年 is 2024; where only 113年 or 13年 is said, it may be a year of either count.
pattern!(REPUBLIC, r"民[国國] ?\d|(?:^|\D)\d{2,3} ?年 ?\d{1,2} ?月");
pattern!(CTIME, r"(?i)\b([a-z]{3}) (\d{1,2}) (\d{1,2}:\d{2}:\d{2}) (.*?)\b(\d{4})$");
pattern!(SLASHED, r"^(\d{1,2})/(\d{1,2})/(\d{4})(?:\D|$)");
pattern!(
    TIME,
    r"(?i)(?:^|\D)(?:(上午|下午|早上|凌晨|清晨|中午|傍晚|晚上|晚) ?)?(\d{1,2})(?: ?[:时点] ?)(?:(\d{2})(?: ?[:分] ?(\d{2})秒?)?(?:[.,]\d+)?分?)? ?(am|pm|a\.m\.|p\.m\.)?"
);
// Directly behind the time: a word further on is the byline or the number of comments.
pattern!(
    ZONE,
    r"^[\s(\[]*(?:(?i:utc|gmt)\s?([+-]\d{1,2})(?::?(\d{2}))?|([+-]\d{2}):?(\d{2})?|((?i:utc|gmt|z)|[A-Z]{1,5})\b|(北京时间|中国标准时间))"
);

fn absolute(text: &str, default: Option<Offset>) -> Option<Timestamp> {
    if let Some(found) = COMPACT.captures(text) {
        return compact(&found, default);
    }
    let (date, rest) = day(text)?;
    let (time, zone) = time_and_zone(&rest)?;
    let offset = zone_offset(zone, default)?;
    at(date, time, offset)
}

fn at(date: Date, time: Time, offset: Offset) -> Option<Timestamp> {
    offset.to_timestamp(DateTime::from_parts(date, time)).ok()
}

fn compact(found: &Captures<'_>, default: Option<Offset>) -> Option<Timestamp> {
    let date = civil(number(found, 1)?, number(found, 2)?, number(found, 3)?)?;
    let part = |group| number(found, group).unwrap_or(0);
    let time = Time::new(part(4), part(5), part(6), 0).ok()?;
    let offset = zone_offset(found.get(7).map_or("", |zone| zone.as_str()), default)?;
    at(date, time, offset)
}

/// The day, and what the text says beside it.
fn day(text: &str) -> Option<(Date, Cow<'_, str>)> {
    if let Some(found) = YEAR_FIRST.captures(text) {
        let date = civil(number(&found, 1)?, number(&found, 2)?, number(&found, 3)?)?;
        return Some((date, after(text, &found)));
    }
    if let Some(found) = CTIME.captures(text) {
        let month = month(found.get(1)?.as_str())?;
        let date = civil(number(&found, 5)?, month, number(&found, 2)?)?;
        let rest = format!("{} {}", found.get(3)?.as_str(), found.get(4)?.as_str());
        return Some((date, Cow::Owned(rest)));
    }
    if let Some(found) = DAY_FIRST.captures(text)
        && let Some(month) = month(found.get(2)?.as_str())
    {
        let date = civil(full_year(number(&found, 3)?), month, number(&found, 1)?)?;
        let rest = text.get(found.get(3)?.end()..).unwrap_or_default();
        return Some((date, Cow::Borrowed(rest)));
    }
    if let Some(found) = MONTH_FIRST.captures(text)
        && let Some(month) = month(found.get(1)?.as_str())
    {
        let date = civil(number(&found, 3)?, month, number(&found, 2)?)?;
        return Some((date, after(text, &found)));
    }
    if let Some(found) = DAY_FIRST_ZH.captures(text) {
        let month = month_zh(found.get(2)?.as_str())?;
        let rest = text.get(found.get(3)?.end()..).unwrap_or_default();
        return Some((civil(number(&found, 3)?, month, number(&found, 1)?)?, Cow::Borrowed(rest)));
    }
    if let Some(found) = MONTH_FIRST_ZH.captures(text) {
        let month = month_zh(found.get(1)?.as_str())?;
        let rest = text.get(found.get(3)?.end()..).unwrap_or_default();
        return Some((civil(number(&found, 3)?, month, number(&found, 2)?)?, Cow::Borrowed(rest)));
    }
    let found = SLASHED.captures(text)?;
    let (one, other) = (number::<i8>(&found, 1)?, number::<i8>(&found, 2)?);
    let (month, day) = match (one > 12, other > 12) {
        (true, false) => (other, one),
        (false, true) => (one, other),
        _ if one == other => (one, other),
        _ => return None,
    };
    let rest = text.get(found.get(3)?.end()..).unwrap_or_default();
    Some((civil(number(&found, 3)?, month, day)?, Cow::Borrowed(rest)))
}

fn after<'a>(text: &'a str, found: &Captures<'_>) -> Cow<'a, str> {
    let end = found.get(0).map_or(text.len(), |whole| whole.end());
    Cow::Borrowed(text.get(end..).unwrap_or_default())
}

/// The time of day, midnight if none is told, and what stands behind it.
///
/// `None` if a time is told that cannot be.
fn time_and_zone(rest: &str) -> Option<(Time, &str)> {
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest);
    let Some(found) = TIME.captures(rest) else {
        return Some((Time::midnight(), ""));
    };
    let mut hour: i8 = number(&found, 2)?;
    let word = found.get(1).or(found.get(5)).map(|word| word.as_str().to_ascii_lowercase());
    match word.as_deref() {
        Some("下午" | "傍晚" | "晚上" | "晚" | "pm" | "p.m.") if hour < 12 => hour += 12,
        Some("中午") if hour < 3 => hour += 12,
        Some("上午" | "凌晨" | "am" | "a.m.") if hour == 12 => hour = 0,
        _ => {}
    }
    let minute = number(&found, 3).unwrap_or(0);
    // A leap second is the last one that exists here.
    let second = number(&found, 4).unwrap_or(0).min(59);
    let hour = if hour == 24 && minute == 0 { 0 } else { hour };
    let time = Time::new(hour, minute, second, 0).ok()?;
    let end = found.get(0)?.end();
    Some((time, rest.get(end..).unwrap_or_default()))
}

/// The offset that the text behind the time tells, else the default.
///
/// A zone that is told and not known refuses the date.
fn zone_offset(text: &str, default: Option<Offset>) -> Option<Offset> {
    let Some(found) = ZONE.captures(text.trim()) else {
        return default;
    };
    let signed = |hours: usize, minutes: usize| -> Option<Offset> {
        let text = found.get(hours)?.as_str();
        let whole: i32 = text.parse().ok()?;
        let part: i32 = number(&found, minutes).unwrap_or(0);
        let part = if text.starts_with('-') { -part } else { part };
        Offset::from_seconds(whole * 3600 + part * 60).ok().filter(|_| whole.abs() <= 14)
    };
    if found.get(1).is_some() {
        return signed(1, 2);
    }
    if found.get(3).is_some() {
        return signed(3, 4);
    }
    match found.get(5) {
        Some(name) => named_zone(&name.as_str().to_ascii_uppercase(), default),
        None => Offset::from_seconds(8 * 3600).ok(),
    }
}

fn named_zone(name: &str, default: Option<Offset>) -> Option<Offset> {
    let minutes = match name {
        "Z" | "UT" | "UTC" | "GMT" | "WET" => 0,
        "EST" | "CDT" => -300,
        "EDT" => -240,
        "MST" | "PDT" => -420,
        "MDT" => -360,
        "PST" => -480,
        "BST" | "CET" | "WEST" => 60,
        "CEST" | "EET" => 120,
        "EEST" | "MSK" => 180,
        "HKT" | "SGT" | "AWST" => 480,
        "JST" | "KST" => 540,
        "AEST" => 600,
        "AEDT" => 660,
        "NZST" => 720,
        "NZDT" => 780,
        // China or US Central; India, Israel or Ireland: the source's own offset decides.
        "CST" => return default.filter(|offset| [480, -360, -300].contains(&minutes_of(*offset))),
        "ET" => return default.filter(|offset| [-300, -240].contains(&minutes_of(*offset))),
        "IST" => return default.filter(|offset| [330, 120, 60].contains(&minutes_of(*offset))),
        _ => return None,
    };
    Offset::from_seconds(minutes * 60).ok()
}

fn minutes_of(offset: Offset) -> i32 {
    offset.seconds() / 60
}

fn number<T: std::str::FromStr>(found: &Captures<'_>, group: usize) -> Option<T> {
    found.get(group)?.as_str().parse().ok()
}

fn civil(year: i16, month: i8, day: i8) -> Option<Date> {
    YEARS.contains(&year).then_some(())?;
    Date::new(year, month, day).ok()
}

/// Two digits as RFC 2822 §4.3 and RFC 850 read them.
fn full_year(year: i16) -> i16 {
    match year {
        0..=68 => year + 2000,
        69..=99 => year + 1900,
        _ => year,
    }
}

fn month(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_ascii_lowercase();
    let at = NAMES
        .iter()
        .position(|full| full.starts_with(&name) || (name == "sept" && full.starts_with("sept")))?;
    i8::try_from(at + 1).ok()
}

/// 一 to 十二, without the 月.
fn month_zh(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] =
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let at = NAMES.iter().position(|known| *known == name)?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests;
