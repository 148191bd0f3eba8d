//! Whether an article is a round-up: several deals of different companies, each its news.

use super::super::draft::Draft;
use super::layout::Layout;
use crate::domain::Lang;
use crate::extract::candidate::Candidate;
use crate::extract::text::Place;
use crate::extract::text::Text;

/// Whether the article tells several stories.
pub(super) fn is_roundup(text: &Text, layout: &Layout, drafts: &[Draft]) -> bool {
    match text.lang() {
        Lang::En => is_roundup_en(text, layout, drafts),
        Lang::Zh => is_roundup_zh(text, drafts),
    }
}

/// Deals of different companies that open paragraphs or bullets of their own, most of them; a
/// feature that tells three deals on its way has more paragraphs about its subject.
fn is_roundup_en(text: &Text, layout: &Layout, drafts: &[Draft]) -> bool {
    let items: Vec<&Draft> =
        drafts.iter().filter(|draft| !draft.is_past() && layout.is_item(draft)).collect();
    let mut lines: Vec<usize> =
        items.iter().filter_map(|draft| layout.line(draft.first_sentence())).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut keys: Vec<&str> = items.iter().map(|draft| draft.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let bullets = items
        .iter()
        .filter_map(|draft| text.sentences().get(draft.first_sentence()))
        .filter(|sentence| sentence.bullet)
        .count();
    let all = layout.lines_of_prose();
    if is_digest_en(text) || layout.has_sections() {
        return keys.len() >= 2;
    }
    let titled = drafts.iter().any(|draft| draft.in_title(text) && !draft.is_past());
    let enough = keys.len() >= 3;
    let mostly = lines.len() * 2 >= all || (!titled && layout.has_no_subject());
    enough && (lines.len() >= 3 && (bullets >= 3 || mostly) || (!titled && all <= SHORT))
}

/// The most lines of a text so short that several deals in it are all its news.
const SHORT: usize = 4;

/// Three or more deals of different companies on lines of their own.
fn is_roundup_zh(text: &Text, drafts: &[Draft]) -> bool {
    let news: Vec<&Draft> = drafts.iter().filter(|draft| !draft.is_past()).collect();
    let sentence = |draft: &&Draft| text.sentences().get(draft.first_sentence());
    // What the headline tells as well stands on a line of its own all the same.
    let line =
        |candidate: &Candidate| text.sentences().get(candidate.sentence).map(|s| s.paragraph);
    let mut lines: Vec<usize> = if text.lang() == Lang::Zh {
        news.iter()
            .filter_map(|draft| draft.candidates().filter_map(line).find(|line| *line > 0))
            .collect()
    } else {
        news.iter().filter_map(sentence).map(|s| s.paragraph).collect()
    };
    lines.sort_unstable();
    lines.dedup();
    let mut keys: Vec<&str> = news.iter().map(|draft| draft.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let bullets = news.iter().filter_map(sentence).filter(|sentence| sentence.bullet).count();
    let mut all: Vec<usize> =
        text.sentences().iter().filter(|s| !s.debris).map(|s| s.paragraph).collect();
    all.dedup();
    let all_lines = all.len().saturating_sub(1).max(1);
    let titled = drafts.iter().any(|draft| draft.in_title(text));
    let listed = lines.len() >= 3 && (bullets >= 3 || lines.len() * 2 >= all_lines);
    let last_line = text.sentences().last().map_or(1, |sentence| sentence.paragraph);
    let short = last_line <= SHORT || text.lang() == Lang::En;
    let digest = is_digest_zh(text) || is_digest_en(text);
    (keys.len() >= 3 && (listed || short && !titled || lines.len() >= 3 && digest))
        || (keys.len() >= 2 && is_digest_en(text))
        || (keys.len() >= 2 && bullets >= 2 && lines.len() >= 2 && digest && !titled)
        || (keys.len() >= 2 && counts_deals(text))
}

/// A Chinese headline that calls it a round-up: 早报, 一周融资.
fn is_digest_zh(text: &Text) -> bool {
    const WORDS: &[&str] = &[
        "早报",
        "晚报",
        "日报",
        "周报",
        "快讯",
        "速递",
        "速览",
        "盘点",
        "简讯",
        "短讯",
        "汇总",
        "一周",
        "本周",
        "要闻",
        "榜",
        "投融资",
        "合集",
        "周刊",
        "周记",
        "月报",
        "月记",
        "早安",
        "晚安",
        "晨报",
        "简报",
        "快报",
        "一览",
        "雷达",
        "夜话",
        "这周",
        "这一周",
        "融资观察",
    ];
    text.sentences().iter().filter(|sentence| sentence.place == Place::Title).any(|title| {
        let words = text.of(title.span);
        WORDS.iter().any(|word| words.contains(word)) || words.matches(';').count() >= 2
    })
}

/// 两笔方向相反的交易, 一天三起收购: the headline counts the deals it tells.
fn counts_deals(text: &Text) -> bool {
    const COUNTS: &[&str] = &[
        "两笔",
        "三笔",
        "四笔",
        "五笔",
        "六笔",
        "七笔",
        "八笔",
        "两起",
        "三起",
        "四起",
        "五起",
        "两桩",
        "三桩",
        "两单",
        "三单",
        "两宗",
        "三宗",
        "一买一卖",
        "两场",
        "三场",
    ];
    const DEALS: &[&str] = &["交易", "融资", "收购", "并购", "投资", "ipo", "募资", "买卖"];
    text.sentences().iter().filter(|sentence| sentence.place == Place::Title).any(|title| {
        let words = text.of(title.span);
        COUNTS.iter().any(|word| words.contains(word))
            && DEALS.iter().any(|word| words.contains(word))
    })
}

/// An English headline that announces several stories: `This week in`, `five raises you missed`.
fn is_digest_en(text: &Text) -> bool {
    text.sentences().iter().filter(|sentence| sentence.place == Place::Title).any(|title| {
        let words: Vec<&str> =
            text.tokens_of(title).iter().map(|token| text.of(token.span)).collect();
        let pair = |pair: &[&str]| {
            matches!(
                pair,
                ["this" | "the", "week"]
                    | ["week", "in"]
                    | ["term", "sheet"]
                    | ["and", "more"]
                    | ["who", "raised"]
                    | ["deals", "of"]
                    | ["funding", "rounds" | "news" | "roundup" | "digest" | "wrap"]
            )
        };
        words.windows(2).any(pair)
            || words.iter().any(|word| {
                matches!(
                    *word,
                    "roundup" | "round-up" | "digest" | "briefing" | "briefs" | "weekly"
                )
            })
            || words.windows(3).any(|three| matches!(three, ["round", "-", "up"]))
            || words.windows(2).any(|two| {
                matches!(
                    two[0],
                    "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten"
                ) && matches!(two[1], "raises" | "deals" | "rounds" | "startups" | "exits")
            })
    })
}

/// Words of a newsletter about itself.
const LETTER: &[&str] = &[
    "unsubscribe",
    "view in browser",
    "view this email",
    "manage preferences",
    "you are getting this because",
    "you are receiving this",
    "you're receiving this",
    "today's edition",
    "this edition",
    "this week's edition",
    "this week's issue",
    "paid subscribers",
    "in brief",
    "briefly noted",
    "quick hits",
    "good morning",
    "deals of the week",
    "also this week",
    "elsewhere this week",
    "forwarded this",
    "hit reply",
];

/// Whether an English article says that it is a newsletter or a round-up: by its headline, by the
/// number of its issue, by what it says of itself, or by having no headline at all.
pub(super) fn is_letter_en(text: &Text) -> bool {
    let titles = || text.sentences().iter().filter(|sentence| sentence.place == Place::Title);
    let numbered = titles().any(|title| {
        let words: Vec<&str> =
            text.tokens_of(title).iter().map(|token| text.of(token.span)).collect();
        words.windows(2).any(|pair| {
            matches!(pair[0], "#" | "no" | "issue" | "vol" | "edition")
                && pair[1].starts_with(|letter: char| letter.is_ascii_digit())
        })
    });
    numbered
        || titles().next().is_none()
        || is_digest_en(text)
        || LETTER.iter().any(|words| text.str().contains(words))
}
