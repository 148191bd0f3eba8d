//! Times, spans of time, sizes and counts in words.

use jiff::Timestamp;

/// `45 s`, `15 min`, `2 h`, `3 d`; one decimal below ten.
pub fn span(secs: u64) -> String {
    const STEPS: [(u64, &str); 3] = [(86_400, "d"), (3_600, "h"), (60, "min")];
    let step =
        STEPS.into_iter().find(|(unit, _)| secs >= *unit && (secs >= 2 * unit || *unit < 86_400));
    let Some((unit, word)) = step else { return format!("{secs} s") };
    let tenths = secs * 10 / unit;
    if tenths < 100 && !tenths.is_multiple_of(10) {
        format!("{}.{} {word}", tenths / 10, tenths % 10)
    } else {
        format!("{} {word}", secs / unit)
    }
}

/// `812 B`, `12 KB`, `3.4 MB`.
pub fn size(bytes: u64) -> String {
    const STEPS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB")];
    let Some((unit, word)) = STEPS.into_iter().find(|(unit, _)| bytes >= *unit) else {
        return format!("{bytes} B");
    };
    let tenths = bytes * 10 / unit;
    if tenths < 100 {
        format!("{}.{} {word}", tenths / 10, tenths % 10)
    } else {
        format!("{} {word}", bytes / unit)
    }
}

/// `2026-11-24 12:00:00 UTC`: for words that are read in any zone.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// `1 item`, `3 items`.
pub fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_sizes_are_short() {
        let spans: Vec<String> =
            [0, 59, 60, 90, 900, 3_600, 5_400, 86_400, 100_000, 172_800, 8_640_000]
                .map(span)
                .into();
        assert_eq!(
            spans,
            [
                "0 s", "59 s", "1 min", "1.5 min", "15 min", "1 h", "1.5 h", "24 h", "27 h", "2 d",
                "100 d"
            ]
        );
        let sizes: Vec<String> = [0, 999, 1_000, 12_345, 3_400_000].map(size).into();
        assert_eq!(sizes, ["0 B", "999 B", "1.0 KB", "12 KB", "3.4 MB"]);
        let at = Timestamp::from_nanosecond(1_795_000_000_123_456_789).unwrap();
        assert_eq!(moment(at), "2026-11-18 11:06:40 UTC");
        assert_eq!((count(1, "item"), count(0, "item")), ("1 item".into(), "0 items".into()));
    }
}
