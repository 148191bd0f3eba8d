//! Words that say how far a deal is, who says so, and whether it was before.

mod en;
mod zh;

use super::Found;
use super::text::Sentence;
use super::text::Text;
use crate::domain::Lang;

/// What a word or phrase says about an event in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// `has closed`, `completed`, 已完成交割.
    Completed,
    /// `announced`, `said on Tuesday that it raised`, 宣布.
    Announced,
    /// `in talks`, `close to`, `plans to`, 拟, 正在洽谈.
    Talks,
    /// `seeks`, `explores a sale`, `up for sale`, 寻求.
    Seeking,
    /// `reportedly`, `people familiar with the matter`, 据传, 被曝.
    Rumour,
    /// `called off`, `fell through`, `rejected`, 告吹, 终止.
    Terminated,
    /// `denied`, `said the report was false`, 否认, 不实.
    Denied,
    /// `not`, `no`, 未, 没有.
    Negated,
    /// `if`, `could`, `might`, 可能.
    Hypothetical,
    /// `previously`, `earlier`, `at the time`, 此前, 曾.
    Past,
    /// `advised by`, `declined to comment` and such: neutral, but a clause of its own.
    Comment,
}

/// The cues of a sentence, in order.
pub fn find(text: &Text, sentence: &Sentence) -> Vec<Found<Cue>> {
    match sentence.lang {
        Lang::En => en::find(text, sentence),
        Lang::Zh => zh::find(text, sentence),
    }
}

/// The cue that a lexicon's label names.
fn label(key: &str) -> Cue {
    match key {
        "completed" => Cue::Completed,
        "announced" => Cue::Announced,
        "talks" => Cue::Talks,
        "seeking" => Cue::Seeking,
        "rumour" => Cue::Rumour,
        "terminated" => Cue::Terminated,
        "denied" => Cue::Denied,
        "negated" => Cue::Negated,
        "hypothetical" => Cue::Hypothetical,
        "past" => Cue::Past,
        _ => Cue::Comment,
    }
}
