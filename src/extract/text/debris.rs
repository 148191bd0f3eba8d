//! What stands on a page and is not the article: related stories, credits, disclaimers, sign-ups.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use aho_corasick::MatchKind;

use super::Place;
use super::Sentence;

/// Lines that open a list of other stories: what follows is debris until a long line.
const OPENERS: &[&str] = &[
    "related stories",
    "related articles",
    "related news",
    "related:",
    "related reading",
    "more from",
    "read more",
    "read next",
    "also read",
    "read also",
    "recommended for you",
    "recommended stories",
    "you may also like",
    "you might also like",
    "most read",
    "most popular",
    "trending now",
    "trending stories",
    "trending:",
    "in case you missed it",
    "other news",
    "more stories",
    "further reading",
    "see also",
    "up next",
    "editor's picks",
    "editors' picks",
    "latest news",
    "top stories",
    "around the web",
    "from our partners",
    "popular posts",
    "相关阅读",
    "相关新闻",
    "相关报道",
    "延伸阅读",
    "推荐阅读",
    "更多阅读",
    "热门文章",
    "热门推荐",
    "猜你喜欢",
    "往期回顾",
    "往期推荐",
    "相关文章",
    "相关推荐",
    "精彩推荐",
    "为您推荐",
    "编辑推荐",
    "24小时热文",
    "热文",
    "更多精彩",
    "点击阅读",
    "大家都在看",
];

/// Lines that are debris by themselves.
const ALONE: &[&str] = &[
    "also read",
    "read more",
    "read also",
    "read:",
    "see also",
    "related:",
    "photo:",
    "image:",
    "image credit",
    "photo credit",
    "image source",
    "photo by",
    "picture:",
    "getty images",
    "subscribe",
    "sign up for",
    "unlock the editor",
    "disclaimer",
    "this article was",
    "this story was originally",
    "follow us on",
    "share this",
    "advertisement",
    "copyright",
    "all rights reserved",
    "reporting by",
    "editing by",
    "written by",
    "责编",
    "责任编辑",
    "编辑:",
    "作者:",
    "来源:",
    "图源",
    "图片来源",
    "图/",
    "免责声明",
    "版权",
    "本文不构成",
    "风险提示",
    "声明:",
    "校对",
];

/// A line that goes on like prose ends a list of other stories, in bytes.
const PROSE: usize = 220;

/// Marks the sentences of debris.
pub fn mark(text: &str, sentences: &mut [Sentence]) {
    let mut inside = false;
    let mut line = usize::MAX;
    let mut line_is_debris = false;
    let lengths = line_lengths(sentences);
    for sentence in sentences.iter_mut() {
        if sentence.place == Place::Title {
            continue;
        }
        if sentence.paragraph != line {
            line = sentence.paragraph;
            let length = lengths.get(line).copied().unwrap_or_default();
            let words = sentence
                .span
                .of(text)
                .trim_start_matches(['-', '•', '*', '·', '【', '[', '(', '#', '|', '>', ' ']);
            let opens = starts_with(&OPENING, words);
            line_is_debris = starts_with(&SINGLE, words) && length < PROSE;
            if opens && length < PROSE {
                // `Related: a headline` is debris by itself; a bare `Related stories` opens a list.
                line_is_debris = true;
                let whole = words.split_once(':').is_some_and(|(_, rest)| !rest.trim().is_empty());
                inside = length < 60 && !whole;
            } else if length >= PROSE {
                inside = false;
            }
        }
        sentence.debris = inside || line_is_debris;
    }
}

/// Bytes of text on each line.
fn line_lengths(sentences: &[Sentence]) -> Vec<usize> {
    let lines = sentences.last().map_or(0, |last| last.paragraph + 1);
    let mut lengths = vec![0; lines];
    for sentence in sentences {
        if let Some(length) = lengths.get_mut(sentence.paragraph) {
            *length += sentence.span.end() - sentence.span.start();
        }
    }
    lengths
}

static OPENING: LazyLock<AhoCorasick> = LazyLock::new(|| anchored(OPENERS));
static SINGLE: LazyLock<AhoCorasick> = LazyLock::new(|| anchored(ALONE));

fn anchored(words: &[&str]) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .start_kind(aho_corasick::StartKind::Anchored)
        .build(words)
        .expect("a few short words make a small automaton")
}

fn starts_with(words: &AhoCorasick, line: &str) -> bool {
    words.find(aho_corasick::Input::new(line).anchored(aho_corasick::Anchored::Yes)).is_some()
}
