//! Status cues in Chinese: 拟, 洽谈, 据知情人士, 否认, 告吹, 完成交割.

use std::sync::LazyLock;

use super::Cue;
use super::Found;
use crate::extract::lexicon;
use crate::extract::lexicon::dictionary::Dictionary;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

static LEXICON: LazyLock<Dictionary<Cue>> =
    LazyLock::new(|| {
        let cues = lexicon::read(include_str!("../lexicon/status_zh.toml"));
        Dictionary::new(cues.iter().flat_map(|(label, words)| {
            words.iter().map(|word| (word.as_str(), super::label(label)))
        }))
    });

/// Words that hold a cue of one character and mean something else.
const EXCEPT: &[&str] = &[
    "传统",
    "传感",
    "传播",
    "传媒",
    "传输",
    "传奇",
    "传递",
    "宣传",
    "上传",
    "流传",
    "传给",
    "传承",
    "遗传",
    "传真",
    "传神",
    "未来",
    "未必",
    "没落",
    "模拟",
    "虚拟",
    "拟人",
    "拟合",
    "或者",
    "抑或",
    "弱",
    "若干",
    "倘",
    "淹没",
    "未名",
    "未上市",
    "传音",
    "沉没",
    "传达",
    "拟态",
    "类似",
    "若愚",
    "未知君",
    "未央",
    "未到",
    "孪生",
    "传导",
    "真传",
    "传世",
    "正传",
    "曾国",
    "曾毓群",
    "准备金",
];

/// The cues of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Found<Cue>> {
    let words = text.of(sentence.span);
    LEXICON
        .find(words)
        .filter_map(|hit| {
            if hit.end - hit.start <= "传".len() && inside_other_word(words, hit.start) {
                return None;
            }
            let base = sentence.span.start();
            let span = text.span(base + hit.start, base + hit.end)?;
            Some(Found { value: hit.label, span, rule: "status.zh.cue" })
        })
        .collect()
}

/// Whether the character here belongs to one of [`EXCEPT`].
fn inside_other_word(text: &str, at: usize) -> bool {
    EXCEPT.iter().any(|word| {
        word.char_indices().any(|(offset, _)| {
            at.checked_sub(offset)
                .and_then(|start| text.get(start..start + word.len()))
                .is_some_and(|here| here == *word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one place that calls the rule.
    #[track_caller]
    fn check(words: &str, expected: &[(&str, Cue)]) {
        let text = Text::new("", words, None);
        let found: Vec<(&str, Cue)> = text
            .sentences()
            .iter()
            .flat_map(|sentence| find(&text, sentence))
            .map(|found| (text.printed(found.span), found.value))
            .collect();
        assert_eq!(found, expected, "in: {words}");
    }

    #[test]
    fn the_longest_words_win() {
        check("双方正在洽谈收购事宜", &[("洽谈", Cue::Talks)]);
        check("公司否认了这一消息", &[("否认", Cue::Denied)]);
        check("这笔交易最终告吹", &[("告吹", Cue::Terminated)]);
        check(
            "收購完成，工商變更已辦妥",
            &[("收購完成", Cue::Completed), ("工商變更", Cue::Completed)],
        );
    }

    #[test]
    fn a_cue_inside_another_word_says_nothing() {
        check("传感器与未来工厂", &[]);
        check("模拟芯片", &[]);
    }
}
