//! Words in braces: those of a catalogue's row, and those that stand for the time of a request.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::tz::Offset;
use regex::Captures;
use regex::Regex;
use url::form_urlencoded;

static BRACES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{([a-z_]+)\}").expect("a constant pattern"));

static OPEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:\{|%7B)([a-z_]+)(?:\}|%7D)").expect("a constant pattern"));

// In the path of an address braces are kept percent-encoded.
static MOMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\{|%7B)(date|yyyymmdd|unix|unix_ms)(?:-(\d{1,4})([dhm]))?(?:\}|%7D)")
        .expect("a constant pattern")
});

/// Fills `{name}` in an address, percent-encoded; in the path a slash stays one.
///
/// Words that stand for a moment stay. Returns the address and the names that have no value.
pub fn fill(address: &str, values: &BTreeMap<String, String>) -> (String, Vec<String>) {
    let query_at = address.find('?').unwrap_or(address.len());
    let mut missing = Vec::new();
    let filled = BRACES.replace_all(address, |found: &Captures<'_>| {
        let (whole, name) = (&found[0], &found[1]);
        let in_path = found.get(0).is_some_and(|found| found.start() < query_at);
        match values.get(name) {
            Some(value) => encoded(value, in_path),
            None => {
                if !has_moment(whole) {
                    missing.push(name.to_owned());
                }
                whole.to_owned()
            }
        }
    });
    (filled.into_owned(), missing)
}

/// The names in braces that [`fill`] would fill.
pub fn names(address: &str) -> Vec<&str> {
    BRACES.captures_iter(address).filter_map(|found| Some(found.get(1)?.as_str())).collect()
}

/// The names that are still to be filled in, in an address that was parsed.
pub fn open(address: &str) -> Vec<&str> {
    OPEN.captures_iter(address)
        .filter(|found| !has_moment(&found[0]))
        .filter_map(|found| Some(found.get(1)?.as_str()))
        .collect()
}

/// Whether the text depends on the time of the request.
pub fn has_moment(text: &str) -> bool {
    MOMENT.is_match(text)
}

/// Fills the words that stand for a moment; days are those of the source's zone.
pub fn at(text: &str, now: Timestamp, offset_minutes: Option<i16>) -> String {
    let offset = Offset::from_seconds(i32::from(offset_minutes.unwrap_or(0)) * 60);
    let offset = offset.unwrap_or(Offset::UTC);
    let filled = MOMENT.replace_all(text, |found: &Captures<'_>| {
        let count: i64 = found.get(2).and_then(|n| n.as_str().parse().ok()).unwrap_or(0);
        let unit = match found.get(3).map(|unit| unit.as_str()) {
            Some("d") => SignedDuration::from_hours(24 * count),
            Some("h") => SignedDuration::from_hours(count),
            _ => SignedDuration::from_mins(count),
        };
        let moment = now.saturating_sub(unit).unwrap_or(now);
        let day = offset.to_datetime(moment).date();
        match &found[1] {
            "date" => day.to_string(),
            "yyyymmdd" => day.strftime("%Y%m%d").to_string(),
            "unix" => moment.as_second().to_string(),
            _ => moment.as_millisecond().to_string(),
        }
    });
    filled.into_owned()
}

fn encoded(value: &str, in_path: bool) -> String {
    let encoded: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
    // A plus sign means a space in a query alone.
    let encoded = encoded.replace('+', "%20");
    if in_path { encoded.replace("%2F", "/") } else { encoded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_filled(address: &str, expected: &str, missing: &[&str]) {
        let values = [("query", "\"series b\" OR 融资+"), ("route", "a b/c"), ("hl", "zh-CN")];
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert_eq!(
            fill(address, &values),
            (expected.to_owned(), missing.iter().map(|name| (*name).to_owned()).collect())
        );
    }

    #[test]
    fn values_are_encoded_where_they_stand() {
        check_filled(
            "https://a.test/s?q={query}&hl={hl}",
            "https://a.test/s?q=%22series%20b%22%20OR%20%E8%9E%8D%E8%B5%84%2B&hl=zh-CN",
            &[],
        );
        check_filled("https://a.test/{route}?x={route}", "https://a.test/a%20b/c?x=a%20b%2Fc", &[]);
        check_filled(
            "https://a.test/?a={none}&b={date}",
            "https://a.test/?a={none}&b={date}",
            &["none"],
        );
    }

    #[test]
    fn what_is_not_filled_in_is_known() {
        let check = |address: &str, expected: &[&str]| assert_eq!(open(address), expected);
        check("https://a.test/%7Bnumber%7D/x?q={query}&d={date}", &["number", "query"]);
        check("https://a.test/?q=%7B&d={date-3d}", &[]);
    }

    #[track_caller]
    fn check_at(text: &str, expected: &str) {
        assert_eq!(at(text, "2026-11-24T20:30:00Z".parse().unwrap(), Some(480)), expected);
    }

    #[test]
    fn moments_are_those_of_the_sources_zone() {
        check_at("{date-7d}~{date}", "2026-11-18~2026-11-25");
        check_at("d={yyyymmdd}", "d=20261125");
        check_at("t={unix}&from={unix-1d}", "t=1795552200&from=1795465800");
        check_at("%7Bunix_ms-30m%7D", "1795550400000");
        check_at("{query} {date-x}", "{query} {date-x}");
    }
}
