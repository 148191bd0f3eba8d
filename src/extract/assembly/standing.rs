//! What is the news of an article, and what is told in passing.

use super::draft::Draft;
use crate::domain::DealStatus;
use crate::domain::KindGroup;
use crate::domain::Lang;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::status::Cue;
use crate::extract::text::Place;
use crate::extract::text::Text;

/// Sentences of the body that still count as its lead.
const LEAD: usize = 3;

/// Marks the drafts that are the news.
pub fn judge(text: &Text, mut drafts: Vec<Draft>) -> Vec<Draft> {
    let focus = focus_key(text, &drafts);
    let titled = drafts.iter().any(|draft| draft.in_title(text) && !draft.is_past());
    let roundup = is_roundup(text, &drafts);
    let lead_end = lead_end(text);
    let beside = has_other_news(text, &drafts);
    let titleless = text.sentences().first().is_none_or(|first| first.place != Place::Title);
    for draft in &mut drafts {
        draft.focus = focus.as_ref() == Some(&draft.key);
        let lead = draft.first_sentence() <= lead_end
            && (is_told(draft) || is_named_in_title(text, draft) || titleless);
        let lead = lead && !(beside && draft.first_sentence() > 1);
        let news = draft.in_title(text) || (!titled && lead) || roundup || (draft.focus && lead);
        draft.main = news && !draft.is_past();
    }
    if !roundup {
        one_each(text, &mut drafts);
    }
    if !beside && !drafts.iter().any(|draft| draft.main) {
        // A text whose only deal comes late still tells it, if it tells more than a sum.
        let told = |draft: &Draft| {
            draft.focus && !draft.is_past() && (is_told(draft) || is_recent(text, draft))
        };
        if let Some(draft) = drafts.iter_mut().find(|draft| told(draft)) {
            draft.main = true;
        }
    }
    drafts
}

/// 乙方面表示消息不实: a sentence that denies, and tells no deal, denies the news before it.
pub fn deny(text: &Text, facts: &[Facts], drafts: &mut [Draft]) {
    if text.lang() != Lang::Zh {
        return;
    }
    for (at, facts) in facts.iter().enumerate() {
        let firm = |cue: &&Found<Cue>| {
            let words = text.of(cue.span);
            cue.value == Cue::Denied
                && ["实", "否认", "辟谣", "谣言", "乌有", "假消息"]
                    .iter()
                    .any(|word| words.contains(word))
        };
        let Some(cue) = facts.cues.iter().find(firm) else { continue };
        let told = drafts.iter().any(|draft| draft.candidates().any(|c| c.sentence == at));
        let near = |draft: &&mut Draft| {
            let line =
                |at: usize| text.sentences().get(at).map_or(0, |sentence| sentence.paragraph);
            let first = draft.first_sentence();
            draft.main && first < at && at <= first + NEAR && line(at) <= line(first) + 2
        };
        let (false, Some(draft)) = (told, drafts.iter_mut().find(near)) else { continue };
        let open = draft.status().is_none_or(|status| {
            matches!(status.value, DealStatus::Rumoured | DealStatus::InTalks)
        });
        if let Some(part) = draft.parts.first_mut().filter(|_| open) {
            part.candidate.status =
                Some(Found { value: DealStatus::Denied, span: cue.span, rule: "status.zh.denied" });
        }
    }
}

/// How many sentences on a denial may stand.
const NEAR: usize = 6;

/// 最近,甲拿到亿级融资: a sum that the text itself calls new.
fn is_recent(text: &Text, draft: &Draft) -> bool {
    const RECENT: &[&str] =
        &["最近", "近日", "日前", "近期", "本周", "刚刚", "今日", "今天", "上周"];
    draft.amount().is_some()
        && draft.candidates().any(|candidate| {
            text.sentences().get(candidate.sentence).is_some_and(|sentence| {
                RECENT.iter().any(|word| text.of(sentence.span).contains(word))
            })
        })
}

/// Whether the headline tells of something else that a company does: a launch, an office, a post. A
/// deal that comes after the first sentence is then told in passing.
fn has_other_news(text: &Text, drafts: &[Draft]) -> bool {
    let titled = drafts.iter().any(|draft| draft.in_title(text));
    let verb = |word: &str| {
        matches!(
            word,
            "launches"
                | "launch"
                | "opens"
                | "releases"
                | "unveils"
                | "rolls"
                | "learns"
                | "names"
                | "appoints"
                | "ships"
                | "introduces"
                | "debuts"
                | "hires"
                | "poaches"
                | "open-sources"
                | "previews"
                | "tests"
                | "teaches"
                | "brings"
                | "rebrands"
                | "adds"
                | "cuts"
                | "sued"
                | "sues"
                | "partners"
                | "recruits"
                | "promotes"
                | "publishes"
        )
    };
    let mut titles = text.sentences().iter().filter(|sentence| sentence.place == Place::Title);
    !titled
        && titles.any(|title| text.tokens_of(title).iter().any(|token| verb(text.of(token.span))))
}

/// A round by name, a backer with a sum, or a change of hands.
fn is_told(draft: &Draft) -> bool {
    let backed = draft.candidates().any(|candidate| !candidate.investors.is_empty());
    draft.group() != KindGroup::Funding
        || draft.candidates().any(|candidate| candidate.round.is_some())
        || (backed && (draft.amount().is_some() || draft.first(|c| c.valuation.as_ref()).is_some()))
}

/// Whether the headline names the target.
fn is_named_in_title(text: &Text, draft: &Draft) -> bool {
    let titles = || text.sentences().iter().filter(|sentence| sentence.place == Place::Title);
    draft.candidates().filter_map(|candidate| candidate.target.as_ref()).any(|target| {
        let name = text.of(target.span);
        titles().any(|title| text.of(title.span).contains(name))
    })
}

/// Of one company's deals of one kind an article has one as its news: the title's, else the first.
fn one_each(text: &Text, drafts: &mut [Draft]) {
    let several = tells_several_rounds(text);
    for at in 0..drafts.len() {
        let Some((before, rest)) = drafts.split_at_mut_checked(at) else { continue };
        let Some(draft) = rest.first_mut() else { continue };
        let told = before.iter().any(|other| {
            let told_apart = |candidate: &Candidate| candidate.round.is_some() && !candidate.past;
            let together = several
                && draft.candidates().any(told_apart)
                && draft.first_sentence() <= lead_end(text);
            other.main && other.key == draft.key && other.group() == draft.group() && !together
        });
        if told && !draft.in_title(text) {
            draft.main = false;
        }
    }
}

/// 连拿两轮, 两轮融资: the lead says that more than one round is its news.
fn tells_several_rounds(text: &Text) -> bool {
    const WORDS: &[&str] = &[
        "两轮",
        "三轮",
        "双轮",
        "连续完成",
        "接连完成",
        "连完",
        "连拿",
        "连获",
        "同时完成",
        "先后完成",
    ];
    text.sentences()
        .iter()
        .take(lead_end(text))
        .any(|sentence| WORDS.iter().any(|word| text.of(sentence.span).contains(word)))
}

/// The target of the first deal in the title, else of the first that is not past.
fn focus_key(text: &Text, drafts: &[Draft]) -> Option<String> {
    drafts
        .iter()
        .find(|draft| draft.in_title(text) && !draft.is_past())
        .or_else(|| drafts.iter().find(|draft| !draft.is_past()))
        .or(drafts.first())
        .map(|draft| draft.key.clone())
}

/// The last sentence of the lead.
fn lead_end(text: &Text) -> usize {
    let title = text.sentences().iter().filter(|s| s.place == Place::Title).count();
    title + LEAD - 1
}

/// The most lines of a text so short that several deals in it are all its news.
const SHORT: usize = 4;

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
    ];
    text.sentences()
        .iter()
        .filter(|sentence| sentence.place == Place::Title)
        .any(|title| WORDS.iter().any(|word| text.of(title.span).contains(word)))
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

/// Three or more deals of different companies on lines of their own.
fn is_roundup(text: &Text, drafts: &[Draft]) -> bool {
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
    let all_lines = text.sentences().last().map_or(1, |sentence| sentence.paragraph);
    let titled = drafts.iter().any(|draft| draft.in_title(text));
    let listed = lines.len() >= 3 && (bullets >= 3 || lines.len() * 2 >= all_lines);
    let short = all_lines <= SHORT || text.lang() == Lang::En;
    let digest = is_digest_zh(text) || is_digest_en(text);
    (keys.len() >= 3 && (listed || short && !titled || lines.len() >= 3 && digest))
        || (keys.len() >= 2 && is_digest_en(text))
}
