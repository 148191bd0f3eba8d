//! Shares of a company in Chinese: 49%股权, 持股58.62%, 六成股份.

use std::ops::Range;

use super::Found;
use crate::domain::Percent;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// The shares of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Found<Percent>> {
    scan(text.of(sentence.span))
        .into_iter()
        .filter_map(|(range, value)| {
            let base = sentence.span.start();
            let span = text.span(base + range.start, base + range.end)?;
            Some(Found { value, span, rule: "percent.zh.share" })
        })
        .collect()
}

/// What is owned: right after the number, perhaps with 的 between.
const AFTER: &[&str] = &[
    "股权",
    "股份",
    "权益",
    "股本",
    "持股",
    "股",
    "的股权",
    "的股份",
    "的股",
    "控股权",
    "的权益",
    "已发行",
];

/// Owning and buying: shortly before the number.
const BEFORE: &[&str] = &[
    "持股",
    "持有",
    "占股",
    "股比",
    "控股",
    "持股比例",
    "占比",
    "股权比例",
    "持股增至",
    "持股升至",
    "持股降至",
];

/// How far before the number those words may stand, in bytes.
const REACH: usize = 24;

fn scan(text: &str) -> Vec<(Range<usize>, Percent)> {
    let mut found = Vec::new();
    for (at, sign) in text.match_indices('%') {
        let head = text.get(..at).unwrap_or_default();
        let digits =
            head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let number = text.get(at - digits..at).unwrap_or_default();
        let Some(value) = hundredths(number) else { continue };
        if is_share(text, at - digits, at + sign.len()) {
            found.push((at - digits..at + sign.len(), value));
        }
    }
    for (at, sign) in text.match_indices('成') {
        let Some(tenth) = text.get(..at).and_then(|head| head.chars().next_back()) else {
            continue;
        };
        let Some(count) = "一二三四五六七八九"
            .chars()
            .position(|digit| digit == tenth)
            .or((tenth == '两').then_some(1))
        else {
            continue;
        };
        let mut value = u32::try_from(count + 1).unwrap_or_default() * 1000;
        let mut end = at + sign.len();
        // 一成五, 两成半.
        if let Some(half) = text.get(end..).and_then(|tail| tail.chars().next())
            && let Some(more) = "一二三四五六七八九"
                .chars()
                .position(|digit| digit == half)
                .or((half == '半').then_some(4))
        {
            value += u32::try_from(more + 1).unwrap_or_default() * 100;
            end += half.len_utf8();
        }
        let value = Percent(value);
        let tail = text.get(end..).unwrap_or_default();
        if AFTER.iter().any(|word| tail.starts_with(word)) {
            found.push((at - tenth.len_utf8()..end, value));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

fn is_share(text: &str, start: usize, end: usize) -> bool {
    let tail = text.get(end..).unwrap_or_default().trim_start();
    if AFTER.iter().any(|word| tail.starts_with(word)) {
        return true;
    }
    let from = text.ceil_char_boundary(start.saturating_sub(REACH));
    let lead = text.get(from..start).unwrap_or_default();
    let clause = lead.rfind([',', '。', ';']).map_or(lead, |cut| lead.get(cut..).unwrap_or(lead));
    // 完成出售X55%: a trade of shares, and nothing behind the number.
    let closed = tail.is_empty() || tail.starts_with([',', '。', ';', '、', ')', ' ', '(']);
    let trade =
        ["出售", "收购", "转让", "购入", "买下", "沽"].iter().any(|word| clause.contains(word));
    (BEFORE.iter().any(|word| clause.contains(word)) || closed && trade)
        && !clause.contains('涨')
        && !clause.contains('跌')
}

/// `58.62` as hundredths; more than a whole is no share.
fn hundredths(number: &str) -> Option<Percent> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: u32 = whole.parse().ok().filter(|whole| *whole <= 100)?;
    let fraction: u32 = match fraction.len() {
        0 => 0,
        1 => fraction.parse::<u32>().ok()? * 10,
        _ => fraction.get(..2)?.parse().ok()?,
    };
    Some(Percent(whole * 100 + fraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one place that calls the rule.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, u32)]) {
        let found: Vec<(&str, u32)> = scan(text)
            .into_iter()
            .map(|(range, share)| (text.get(range).unwrap(), share.0))
            .collect();
        assert_eq!(found, expected, "in: {text}");
    }

    #[test]
    fn shares_are_read_in_hundredths() {
        check("收购其51%股权", &[("51%", 5100)]);
        check("交易后持股58.62%", &[("58.62%", 5862)]);
        check("取得六成股权", &[("六成", 6000)]);
        check("买下一成五股权", &[("一成五", 1500)]);
        check("出售两成半股份", &[("两成半", 2500)]);
        check("出售49.5%的股份", &[("49.5%", 4950)]);
    }

    #[test]
    fn growth_and_prices_are_no_shares() {
        check("股价涨12%", &[]);
        check("营收增长三成", &[]);
        check("占股东大会120%", &[]);
    }
}
