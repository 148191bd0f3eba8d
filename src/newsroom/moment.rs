//! Dates as the formats print them.

use jiff::Timestamp;
use jiff::tz::Offset;
use jiff::tz::TimeZone;

/// China, Hong Kong and Taiwan share it and keep it all year.
const EAST_EIGHT: Offset = Offset::constant(8);

/// `Tue, 24 Nov 2026 17:38:32 GMT`, for RSS 2.0 and for HTTP.
pub(super) fn rfc822(moment: Timestamp) -> String {
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// `Wed, 25 Nov 2026 01:38:32 +0800`.
pub(super) fn rfc822_east(moment: Timestamp) -> String {
    east(moment, "%a, %d %b %Y %H:%M:%S +0800")
}

/// `2026-11-24T17:38:32Z`.
pub(super) fn rfc3339(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2026-11-25T01:38:32+08:00`.
pub(super) fn rfc3339_east(moment: Timestamp) -> String {
    east(moment, "%Y-%m-%dT%H:%M:%S+08:00")
}

/// `2026年11月25日 01:38`.
pub(super) fn chinese(moment: Timestamp) -> String {
    east(moment, "%Y年%-m月%-d日 %H:%M")
}

/// `24 November 2026, 17:38 GMT`.
pub(super) fn english(moment: Timestamp) -> String {
    moment.strftime("%-d %B %Y, %H:%M GMT").to_string()
}

/// `刚刚`, `3分钟前`, `2小时前`, `4天前`: how a list page dates its entries.
pub(super) fn ago(moment: Timestamp, now: Timestamp) -> String {
    let seconds = now.duration_since(moment).as_secs();
    match seconds {
        ..60 => "刚刚".into(),
        60..3600 => format!("{}分钟前", seconds / 60),
        3600..86400 => format!("{}小时前", seconds / 3600),
        _ => format!("{}天前", seconds / 86400),
    }
}

fn east(moment: Timestamp, format: &str) -> String {
    moment.to_zoned_datetime(TimeZone::fixed(EAST_EIGHT)).strftime(format).to_string()
}
