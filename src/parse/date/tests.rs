//! Tables of dates as they are met.

use super::*;

const SHANGHAI: Option<i16> = Some(480);

fn show(date: Option<Timestamp>) -> String {
    date.map_or("-".to_owned(), |date| date.to_string())
}

#[track_caller]
fn check(text: &str, offset_minutes: Option<i16>, expected: &str) {
    assert_eq!(show(parse(text, offset_minutes)), expected, "in: {text}");
}

#[track_caller]
fn check_at(text: &str, expected: &str) {
    let now = "2026-11-24T04:00:00Z".parse().unwrap();
    assert_eq!(show(parse_at(text, SHANGHAI, now)), expected, "in: {text}");
}

#[test]
fn feeds_of_every_kind_are_read() {
    check("Tue, 02 Jan 2024 12:30:05 GMT", None, "2024-01-02T12:30:05Z");
    check("02 Jan 24 12:30 +0800", None, "2024-01-02T04:30:00Z");
    check("Tuesday, 02-Jan-99 12:30:05 UTC", None, "1999-01-02T12:30:05Z");
    check("Tue, 2 January 2024 12:30:05 EST", None, "2024-01-02T17:30:05Z");
    check("Tue, 02 Jan 2024 12:30:05 GMT+8", None, "2024-01-02T04:30:05Z");
    check("2024-01-02T12:30:05Z", None, "2024-01-02T12:30:05Z");
    check("2024-01-02T12:30:05.123+08:00", None, "2024-01-02T04:30:05Z");
    check("2024-01-02 12:30:05 +0800", None, "2024-01-02T04:30:05Z");
    check("2024-01-02T12:30-05:00", None, "2024-01-02T17:30:00Z");
    check("Tue Jan  2 12:30:05 UTC 2024", None, "2024-01-02T12:30:05Z");
    check("Tue Jan 2 12:30:05 2024", Some(0), "2024-01-02T12:30:05Z");
    check("20240102T123005Z", None, "2024-01-02T12:30:05Z");
    check("20240102123005", SHANGHAI, "2024-01-02T04:30:05Z");
    check("1704198605", None, "2024-01-02T12:30:05Z");
    check("1704198605000", None, "2024-01-02T12:30:05Z");
    check("Tue, 2 Jan 2024 12:30:05 +0000 (UTC)", None, "2024-01-02T12:30:05Z");
    check("2024-01-02T12:30:05+0800", None, "2024-01-02T04:30:05Z");
    check("2024-01-02 12:30 UTC+8", None, "2024-01-02T04:30:00Z");
    check("2024-01-02 12:30:05 GMT+0530", None, "2024-01-02T07:00:05Z");
    check("Jan 2, 2024 3:04 PM EST", None, "2024-01-02T20:04:00Z");
    check("Thu, 31 Dec 2026 23:59:60 GMT", None, "2026-12-31T23:59:59Z");
}

#[test]
fn chinese_forms_are_read_in_the_source_s_offset() {
    check("2024-01-02 12:30:05", SHANGHAI, "2024-01-02T04:30:05Z");
    check("2024/1/2", SHANGHAI, "2024-01-01T16:00:00Z");
    check("2024.01.02 09:05", SHANGHAI, "2024-01-02T01:05:00Z");
    check("2024年1月2日 12:30", SHANGHAI, "2024-01-02T04:30:00Z");
    check("2024年1月2日下午3:30", SHANGHAI, "2024-01-02T07:30:00Z");
    check("2024年01月02日 15时30分", SHANGHAI, "2024-01-02T07:30:00Z");
    check("２０２４年１月２日　１２：３０", SHANGHAI, "2024-01-02T04:30:00Z");
    check("发布时间：2024-01-02 12:30 来源：示例网", SHANGHAI, "2024-01-02T04:30:00Z");
    check("2024-01-02 12:30 北京时间", None, "2024-01-02T04:30:00Z");
    check("Tue, 02 Jan 2024 12:30:05 CST", SHANGHAI, "2024-01-02T04:30:05Z");
    check("Tue, 02 Jan 2024 12:30:05 CST", Some(-360), "2024-01-02T18:30:05Z");
    check("星期二, 02 一月 2024 12:30:05 +0800", None, "2024-01-02T04:30:05Z");
    check("星期二, 02 十二月 2025", SHANGHAI, "2025-12-01T16:00:00Z");
    check("周二，2 十月 2024 12:30", SHANGHAI, "2024-10-02T04:30:00Z");
    check("十一月 2, 2024 下午3:30", SHANGHAI, "2024-11-02T07:30:00Z");
    check("2024年1月2日 - 15:09", SHANGHAI, "2024-01-02T07:09:00Z");
    check("2024年01月02日 15:09 - 示例网", SHANGHAI, "2024-01-02T07:09:00Z");
}

#[test]
fn english_pages_are_read() {
    check("Aug 14, 2026", Some(0), "2026-08-14T00:00:00Z");
    check("August 14, 2026 at 3:05 pm", Some(-240), "2026-08-14T19:05:00Z");
    check("Published 14th Sept 2026", Some(0), "2026-09-14T00:00:00Z");
    check("Aug 14, 2026 3:05 PM by Jo Smith", Some(0), "2026-08-14T15:05:00Z");
    check("Aug 14, 2026 15:05 | 4 comments", Some(0), "2026-08-14T15:05:00Z");
    check("Jan 2, 2024 - 15:09", Some(0), "2024-01-02T15:09:00Z");
    check("2 January 2024 – 3:09 pm", Some(0), "2024-01-02T15:09:00Z");
    check("2024-01-02 - 15:09", Some(0), "2024-01-02T15:09:00Z");
    check("02/Jan/2024:10:00:00 +0800", None, "2024-01-02T02:00:00Z");
    check("[02/Jan/2024:10:00:00 -0500]", None, "2024-01-02T15:00:00Z");
    check("12/25/2024 10:00 AM", Some(0), "2024-12-25T10:00:00Z");
    check("25/12/2024", Some(0), "2024-12-25T00:00:00Z");
}

#[test]
fn what_is_ambiguous_or_impossible_is_refused() {
    check("02/03/2024", Some(0), "-");
    check("2024-01-02 12:30:05", None, "-");
    check("Tue, 02 Jan 2024 12:30:05 CST", None, "-");
    check("Tue, 02 Jan 2024 12:30:05 XYZT", SHANGHAI, "-");
    check("Aug 14, 2026 3:05 PM ET", Some(0), "-");
    check("Nov 24, 2026, 08:30 ET", Some(-300), "2026-11-24T13:30:00Z");
    check("2024-01-02 09:10-18:00", Some(0), "-");
    check("2024-13-02", SHANGHAI, "-");
    check("2024-02-30 10:00", SHANGHAI, "-");
    check("民國113年1月2日", SHANGHAI, "-");
    check("0001-01-01T00:00:00Z", None, "-");
    check("12345", None, "-");
    check("", None, "-");
    check("soon", SHANGHAI, "-");
}

#[test]
fn ages_and_named_days_count_from_now() {
    check_at("刚刚", "2026-11-24T04:00:00Z");
    check_at("3分钟前", "2026-11-24T03:57:00Z");
    check_at("半小时前", "2026-11-24T03:30:00Z");
    check_at("2 小时前", "2026-11-24T02:00:00Z");
    check_at("今天 11:02", "2026-11-24T03:02:00Z");
    check_at("昨天 14:02", "2026-11-23T06:02:00Z");
    check_at("前天 下午2:02", "2026-11-22T06:02:00Z");
    check_at("11-23", "2026-11-22T16:00:00Z");
    check_at("11-23 09:10", "2026-11-23T01:10:00Z");
    check_at("12月30日 09:10", "2025-12-30T01:10:00Z");
    check_at("09:10", "2026-11-24T01:10:00Z");
    check_at("12:30", "2026-11-24T04:30:00Z");
    check_at("18:05", "2026-11-23T10:05:00Z");
    check_at("5 minutes ago", "2026-11-24T03:55:00Z");
    check_at("an hour ago", "2026-11-24T03:00:00Z");
    check_at("Yesterday", "2026-11-22T16:00:00Z");
    check_at("大前天 08:00", "2026-11-21T00:00:00Z");
    check_at("前天", "2026-11-21T16:00:00Z");
    check_at("今天 08:00", "2026-11-24T00:00:00Z");
    check_at("11月23日", "2026-11-22T16:00:00Z");
    check_at("3個小時前", "2026-11-24T01:00:00Z");
    check_at("5 min ago", "2026-11-24T03:55:00Z");
    check_at("3 days ago", "2026-11-21T04:00:00Z");
    check_at("2 months ago", "2026-09-25T04:00:00Z");
    check_at("Nov 23", "2026-11-22T16:00:00Z");
    check_at("Posted 3 Dec., 14:05", "2025-12-03T06:05:00Z");
    check_at("1795492800", "2026-11-24T04:00:00Z");
    check_at("1795492800000", "2026-11-24T04:00:00Z");
    check_at("Aug 14, 2026 3:05 PM ET", "-");
    check_at("113年1月2日", "-");
    check_at("民國113年01月02日 10:30", "-");
    check_at("民國 113-01-02", "-");
    check_at("13年11月23日", "-");
}

#[test]
fn a_date_far_ahead_becomes_now() {
    let now: Timestamp = "2026-11-24T04:00:00Z".parse().unwrap();
    let tomorrow = "2026-11-25T03:00:00Z".parse().unwrap();
    assert_eq!(clamp(tomorrow, now), tomorrow);
    assert_eq!(clamp("2027-11-25T03:00:00Z".parse().unwrap(), now), now);
}
