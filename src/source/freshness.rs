//! What header fields say about time: freshness (RFC 9111 §4.2) and `Retry-After` (RFC 9110
//! §10.2.3).
//!
//! Dates are compared with the server's own `Date` where it is sent, so that a wrong clock on
//! either side does no harm.

use std::time::SystemTime;

use jiff::Timestamp;

use super::cadence::MAX_RETRY_AFTER_SECS;

/// The fields that say how long an answer stays fresh, as sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct FreshnessFields<'a> {
    /// `Cache-Control`.
    pub cache_control: Option<&'a str>,
    /// `Age`.
    pub age: Option<&'a str>,
    /// `Expires`.
    pub expires: Option<&'a str>,
    /// `Date`.
    pub date: Option<&'a str>,
}

/// For how long an answer may be used, counted from when it left its origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// The answer says nothing of it: a 304 leaves what was said before in force.
    Unsaid,
    /// It asks not to be kept (`no-store`, `no-cache`, `Expires: 0`), which wishes nothing about
    /// the next poll: validators still work.
    NoWish,
    /// So many seconds.
    Secs(u64),
}

/// Reads what the answer says of its lifetime; `max-age` counts before `Expires`.
pub fn lifetime(fields: FreshnessFields<'_>, now: Timestamp) -> Lifetime {
    let control = fields.cache_control.unwrap_or_default();
    let mut max_age = None;
    for directive in control.split(',') {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "no-store" | "no-cache" => return Lifetime::NoWish,
            "max-age" => max_age = max_age.or(digits(value.trim().trim_matches('"'))),
            _ => {}
        }
    }
    if let Some(max_age) = max_age {
        return Lifetime::Secs(max_age);
    }
    let Some(expires) = fields.expires else { return Lifetime::Unsaid };
    let Some(expires) = http_date(expires) else { return Lifetime::NoWish };
    let sent = fields.date.and_then(http_date).unwrap_or(now);
    match u64::try_from(expires.duration_since(sent).as_secs()) {
        Ok(secs) if secs > 0 => Lifetime::Secs(secs),
        _ => Lifetime::NoWish,
    }
}

/// Seconds that the answer spent in caches on its way; 0 if it does not say.
pub fn age_secs(fields: FreshnessFields<'_>) -> u64 {
    fields.age.and_then(|age| digits(age.trim())).unwrap_or(0)
}

/// Seconds to wait, from seconds or an HTTP date; `None` for garbage, 0 and the past.
///
/// More than a week is a week: longer waits are mistakes more often than wishes.
pub fn retry_after(field: Option<&str>, date: Option<&str>, now: Timestamp) -> Option<u64> {
    let field = field?.trim();
    let secs = digits(field).or_else(|| {
        let at = http_date(field)?;
        let sent = date.and_then(http_date).unwrap_or(now);
        u64::try_from(at.duration_since(sent).as_secs()).ok()
    })?;
    (secs > 0).then(|| secs.min(MAX_RETRY_AFTER_SECS))
}

/// Digits only; a number too large for us is simply very large.
fn digits(text: &str) -> Option<u64> {
    let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().unwrap_or(u64::MAX))
}

fn http_date(text: &str) -> Option<Timestamp> {
    let time: SystemTime = httpdate::parse_http_date(text.trim()).ok()?;
    Timestamp::try_from(time).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-03-07T12:00:00Z";
    const NOW_HTTP: &str = "Sat, 07 Mar 2026 12:00:00 GMT";

    #[track_caller]
    fn fresh(fields: [Option<&str>; 4], expected: Option<u64>) {
        let [cache_control, age, expires, date] = fields;
        let fields = FreshnessFields { cache_control, age, expires, date };
        let left = match lifetime(fields, NOW.parse().unwrap()) {
            Lifetime::Secs(secs) => Some(secs.saturating_sub(age_secs(fields))),
            Lifetime::Unsaid | Lifetime::NoWish => None,
        };
        assert_eq!(left, expected, "{fields:?}");
    }

    #[test]
    fn t10_max_age_counts_from_when_the_answer_left_its_origin() {
        fresh([Some("max-age=43200"), None, None, None], Some(43_200));
        fresh([Some("public, Max-Age=\"43200\""), Some("43000"), None, None], Some(200));
        fresh([Some("max-age=10"), Some("43000"), None, None], Some(0));
        fresh([Some("max-age=99999999999999999999999"), None, None, None], Some(u64::MAX));
    }

    #[test]
    fn expires_is_measured_by_the_servers_own_clock() {
        let later = "Sat, 07 Mar 2026 13:00:00 GMT";
        fresh([None, None, Some(later), None], Some(3_600));
        fresh([None, None, Some(later), Some("Sat, 07 Mar 2026 12:30:00 GMT")], Some(1_800));
        fresh([Some("max-age=60"), None, Some(later), None], Some(60));
        fresh([None, None, Some(NOW_HTTP), Some(later)], None);
    }

    #[test]
    fn nothing_usable_is_nothing() {
        fresh([None, None, None, None], None);
        fresh([None, None, Some("0"), None], None);
        fresh([Some("no-cache, max-age=600"), None, None, None], None);
        fresh([Some("max-age=-1"), None, None, None], None);
        fresh([Some("s-maxage=600, private"), None, None, None], None);
    }

    #[test]
    fn an_answer_that_says_nothing_differs_from_one_that_wishes_nothing() {
        let now = NOW.parse().unwrap();
        let control = |text| FreshnessFields { cache_control: Some(text), ..Default::default() };
        assert_eq!(lifetime(FreshnessFields::default(), now), Lifetime::Unsaid);
        assert_eq!(lifetime(control("private"), now), Lifetime::Unsaid);
        assert_eq!(lifetime(control("max-age=0"), now), Lifetime::Secs(0));
        assert_eq!(lifetime(control("no-store"), now), Lifetime::NoWish);
        let past = FreshnessFields { expires: Some("0"), ..Default::default() };
        assert_eq!(lifetime(past, now), Lifetime::NoWish);
    }

    #[track_caller]
    fn retry(field: &str, date: Option<&str>, expected: Option<u64>) {
        assert_eq!(retry_after(Some(field), date, NOW.parse().unwrap()), expected, "{field}");
    }

    #[test]
    fn t11_retry_after_is_seconds_or_a_date_by_the_servers_clock() {
        retry("120", None, Some(120));
        retry(" 120 ", None, Some(120));
        retry("Sat, 07 Mar 2026 12:10:00 GMT", None, Some(600));
        // The server's clock is an hour ahead; it means ten minutes all the same.
        retry("Sat, 07 Mar 2026 13:10:00 GMT", Some("Sat, 07 Mar 2026 13:00:00 GMT"), Some(600));
    }

    #[test]
    fn t11_garbage_and_the_past_are_nothing_and_ten_years_are_a_week() {
        for field in ["soon", "", "-5", "1.5", "0", "Sat, 07 Mar 2020 12:10:00 GMT"] {
            retry(field, None, None);
        }
        retry("315360000", None, Some(604_800));
        retry("Fri, 07 Mar 2036 12:00:00 GMT", None, Some(604_800));
        retry("99999999999999999999999", None, Some(604_800));
        assert_eq!(retry_after(None, None, NOW.parse().unwrap()), None);
    }
}
