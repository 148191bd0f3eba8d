//! Dates in Chinese, absolute and relative: 2024年3月5日, 去年12月, 今日, 近日.

use jiff::Timestamp;
use jiff::civil::Date;
use std::ops::Range;
use std::sync::LazyLock;

use super::Found;
use super::When;
use super::day_of;
use crate::domain::PartialDate;
use crate::extract::lexicon::dictionary::Dictionary;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// The dates of a sentence.
pub(super) fn find(
    text: &Text,
    sentence: &Sentence,
    published: Option<Timestamp>,
) -> Vec<Found<When>> {
    let today = day_of(published);
    scan(text.of(sentence.span), today)
        .into_iter()
        .filter_map(|(range, value)| {
            let base = sentence.span.start();
            let span = text.span(base + range.start, base + range.end)?;
            Some(Found { value, span, rule: "date.zh" })
        })
        .collect()
}

/// Days since which a date counts as before the news.
const OLD_DAYS: i32 = 20;

/// Words for a day near the article's own, with its distance in days.
const DAYS: &[(&str, i64)] = &[
    ("今日", 0),
    ("今天", 0),
    ("今晨", 0),
    ("今早", 0),
    ("今晚", 0),
    ("昨日", -1),
    ("昨天", -1),
    ("昨晚", -1),
    ("前天", -2),
    ("日前", 0),
    ("近日", 0),
];

/// Words for a year by its distance from the article's own.
const YEARS: &[(&str, i16)] =
    &[("去年", -1), ("前年", -2), ("今年", 0), ("明年", 1), ("本年", 0), ("同年", 0), ("次年", 0)];

/// Words for a week or month beside the article's own, and whether it lies ahead.
const WEEKS: &[(&str, bool)] = &[
    ("上个月", false),
    ("上月", false),
    ("上周", false),
    ("下个月", true),
    ("下月", true),
    ("下周", true),
];

/// Every word that a date without digits starts with.
static WORDS: LazyLock<Dictionary<()>> = LazyLock::new(|| {
    let days = DAYS.iter().map(|(word, _)| *word);
    let years = YEARS.iter().map(|(word, _)| *word);
    let weeks = WEEKS.iter().map(|(word, _)| *word);
    Dictionary::new(days.chain(years).chain(weeks).map(|word| (word, ())))
});

fn scan(text: &str, today: Option<Date>) -> Vec<(Range<usize>, When)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let hit = date_at(text, at, first, today);
        at += match hit {
            Some((length, when)) => {
                found.push((at..at + length, when));
                length
            }
            None if first.is_ascii_digit() => digits(text, at).1.max(1),
            None => first.len_utf8(),
        };
    }
    found
}

fn date_at(text: &str, at: usize, first: char, today: Option<Date>) -> Option<(usize, When)> {
    if first.is_ascii_digit() {
        return numeric(text, at, today);
    }
    let rest = text.get(at..)?;
    WORDS.at_start(rest)?;
    if let Some((word, days)) = DAYS.iter().find(|(word, _)| rest.starts_with(word)) {
        let named = !matches!(*word, "日前" | "近日");
        let date = today
            .filter(|_| named)
            .and_then(|today| today.checked_add(jiff::Span::new().days(*days)).ok());
        return Some((
            word.len(),
            When { date: date.map(PartialDate::from), past: false, future: false },
        ));
    }
    if let Some((word, shift)) = YEARS.iter().find(|(word, _)| rest.starts_with(word)) {
        let year = today.map(|today| today.year() + shift);
        let (length, month, day) = month_day(text, at + word.len());
        let date = year.and_then(|year| PartialDate::new(year, month, day));
        let mut when = judge(date, today);
        when.past |= *shift < 0 || matches!(*word, "同年" | "次年");
        when.future |= *shift > 0;
        return Some((word.len() + length, when));
    }
    for (word, future) in WEEKS {
        if rest.starts_with(word) {
            let when = When { date: None, past: false, future: *future };
            return Some((word.len(), when));
        }
    }
    None
}

/// Value and length of the digits here.
fn digits(text: &str, at: usize) -> (Option<i16>, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    (
        rest.get(..length)
            .filter(|digits| digits.len() <= 4)
            .and_then(|digits| digits.parse().ok()),
        length,
    )
}

fn skip_space(text: &str, at: usize) -> usize {
    at + usize::from(text.get(at..).is_some_and(|rest| rest.starts_with(' ')))
}

/// 2024年3月5日, 2025-12-30, 2025/6/12, 3月5日, 12月, 5日.
fn numeric(text: &str, at: usize, today: Option<Date>) -> Option<(usize, When)> {
    let (value, length) = digits(text, at);
    let value = value?;
    let after = skip_space(text, at + length);
    let rest = text.get(after..)?;
    if length == 4 && (1990..2100).contains(&value) {
        if rest.starts_with('年') {
            let (more, month, day) = month_day(text, after + '年'.len_utf8());
            let date = PartialDate::new(value, month, day);
            return Some((after + '年'.len_utf8() + more - at, judge(date, today)));
        }
        return iso(text, at, value, today);
    }
    if let (more @ 1.., Some(month), day) = month_day(text, at) {
        let mut year = today.map(Date::year);
        if let Some(today) = today
            && let Ok(date) = Date::new(today.year(), month, day.unwrap_or(1))
            && date > today
            && days_between(today, date) > 150
        {
            // 12月 in an article of January was last year.
            year = Some(today.year() - 1);
        }
        let date = year.and_then(|year| PartialDate::new(year, Some(month), day));
        return Some((more, judge(date, today)));
    }
    None
}

fn iso(text: &str, at: usize, year: i16, today: Option<Date>) -> Option<(usize, When)> {
    let mark = text.get(at + 4..)?.chars().next().filter(|mark| "-/.".contains(*mark))?;
    let (month, month_length) = digits(text, at + 5);
    let next = at + 5 + month_length;
    if !text.get(next..)?.starts_with(mark) {
        return None;
    }
    let (day, day_length) = digits(text, next + 1);
    let date =
        PartialDate::new(year, Some(i8::try_from(month?).ok()?), Some(i8::try_from(day?).ok()?))?;
    Some((next + 1 + day_length - at, judge(Some(date), today)))
}

/// The length of 3月5日 or 3月 here, with its month and day.
fn month_day(text: &str, from: usize) -> (usize, Option<i8>, Option<i8>) {
    let nothing = (0, None, None);
    let start = skip_space(text, from);
    let (month, length) = digits(text, start);
    let after = skip_space(text, start + length);
    let Some(month) =
        month.and_then(|month| i8::try_from(month).ok()).filter(|month| (1..=12).contains(month))
    else {
        return nothing;
    };
    let Some(rest) = text.get(after..).filter(|rest| rest.starts_with('月')) else {
        return nothing;
    };
    // 3月龄 and 6月份: the latter is a month.
    let after = after + '月'.len_utf8() + if rest.starts_with("月份") { "份".len() } else { 0 };
    let day_start = skip_space(text, after);
    let (day, length) = digits(text, day_start);
    let close = skip_space(text, day_start + length);
    let day = day.and_then(|day| i8::try_from(day).ok()).filter(|day| (1..=31).contains(day));
    match (day, text.get(close..)) {
        (Some(day), Some(rest)) if rest.starts_with(['日', '号']) => {
            (close + '日'.len_utf8() - from, Some(month), Some(day))
        }
        _ => (after - from, Some(month), None),
    }
}

fn days_between(one: Date, other: Date) -> i32 {
    one.until(other).map_or(0, |span| span.get_days())
}

/// Long before or after the article's own day.
fn judge(date: Option<PartialDate>, today: Option<Date>) -> When {
    let (mut past, mut future) = (false, false);
    if let (Some(date), Some(today)) = (date, today) {
        let (first, last) = date.bounds();
        // A bare year that is over was before the news, however short the time since.
        let year_over = first.month() == 1 && last.month() == 12 && last.year() < today.year();
        past = days_between(last, today) > OLD_DAYS || year_over;
        future = first > today;
    }
    When { date, past, future }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one place that calls the rule. The article is of 9 March 2026.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let today = jiff::civil::date(2026, 3, 9);
        let found: Vec<(&str, String)> = scan(text, Some(today))
            .into_iter()
            .map(|(range, when)| {
                let date = when.date.map_or("-".to_owned(), |date| date.to_string());
                let mark = if when.past {
                    " past"
                } else if when.future {
                    " future"
                } else {
                    ""
                };
                (text.get(range).unwrap(), format!("{date}{mark}"))
            })
            .collect();
        let found: Vec<_> = found.iter().map(|(words, date)| (*words, date.as_str())).collect();
        assert_eq!(found, expected, "in: {text}");
    }

    #[test]
    fn dates_are_as_precise_as_printed() {
        check("2024年3月5日宣布", &[("2024年3月5日", "2024-03-05 past")]);
        check("2023 年 7 月", &[("2023 年 7 月", "2023-07 past")]);
        check("2026-03-08", &[("2026-03-08", "2026-03-08")]);
        check("3月5日获悉", &[("3月5日", "2026-03-05")]);
    }

    #[test]
    fn relative_dates_need_the_article_s_day() {
        check("今日宣布", &[("今日", "2026-03-09")]);
        check("近日完成", &[("近日", "-")]);
        check("去年12月", &[("去年12月", "2025-12 past")]);
        check("12月完成", &[("12月", "2025-12 past")]);
        check("明年初", &[("明年", "2027 future")]);
    }

    #[test]
    fn numbers_are_no_dates() {
        check("2000台", &[]);
        check("融资30亿元", &[]);
        check("13月", &[]);
    }
}
