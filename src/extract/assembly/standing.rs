//! What is the news of an article, and what is told in passing.

mod beside;
mod confirm;
pub(super) mod layout;
mod other;
mod roundup;

use super::draft::Draft;
use super::draft::Places;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::KindGroup;
use crate::domain::Lang;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::status::Cue;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

pub use confirm::confirm;

use layout::Layout;
use other::has_other_news;
use other::is_aside;
use other::is_opinion;
use roundup::is_roundup;

/// Whether an English article says that it is a newsletter or a round-up.
pub(super) fn is_letter(text: &Text) -> bool {
    roundup::is_letter_en(text)
}

/// Sentences of the body that still count as its lead.
const LEAD: usize = 3;

/// Marks the drafts that are the news; `many` says that the article goes from one story to the next.
pub fn judge(
    text: &Text,
    places: &Places,
    layout: &Layout,
    many: bool,
    mut drafts: Vec<Draft>,
) -> Vec<Draft> {
    let focus = focus_key(text, &drafts);
    let titled = drafts.iter().any(|draft| draft.in_title(text) && !draft.is_past());
    let roundup = many || is_roundup(text, layout, &drafts);
    let lead_end = lead_end(text);
    let opinion = is_opinion(text);
    let beside = opinion || has_other_news(text, &drafts);
    let titleless = text.sentences().first().is_none_or(|first| first.place != Place::Title);
    let items = super::items(text);
    for draft in &mut drafts {
        draft.focus = focus.as_ref() == Some(&draft.key);
        let lead = draft.first_sentence() <= lead_end
            && (is_told(draft) || is_named_in_title(text, draft) || titleless);
        let lead =
            lead && !opinion && !(beside && (draft.first_sentence() > 1 || is_aside(text, draft)));
        let listed = match text.lang() {
            Lang::Zh => is_in_list(text, &items, draft),
            Lang::En => layout.is_item(draft),
        };
        let item = roundup && listed;
        let news = draft.in_title(text) || (!titled && lead) || item || (draft.focus && lead);
        draft.main = news && !draft.is_past();
    }
    beside::mark(text, layout, &mut drafts);
    if !roundup {
        one_each(text, &mut drafts);
    }
    lends_beside(text, &mut drafts);
    fresh_beside(text, &mut drafts);
    if !beside && !drafts.iter().any(|draft| draft.main) {
        // A text whose only deal comes late still tells it, if it tells more than a sum.
        let english = text.lang() == Lang::En;
        let told = |draft: &Draft| {
            let prominent = !english || layout.is_prominent(places.get(&draft.key));
            prominent
                && draft.focus
                && !draft.is_past()
                && (is_told(draft) || is_recent(text, draft) || borrows(draft))
        };
        if let Some(draft) = drafts.iter_mut().find(|draft| told(draft)) {
            draft.main = true;
        }
    }
    if text.lang() == Lang::En && !drafts.iter().any(|draft| draft.main) {
        // A portrait of a company under another headline tells what it did these days.
        let fresh = |draft: &Draft| {
            draft.focus
                && !draft.is_past()
                && is_told(draft)
                && layout.is_prominent(places.get(&draft.key))
                && is_of_these_days(text, draft)
        };
        if let Some(draft) = drafts.iter_mut().find(|draft| fresh(draft)) {
            draft.main = true;
        }
    }
    if text.lang() == Lang::En {
        also_new(text, &mut drafts);
    }
    drafts
}

/// What a text tells beside its first news, and dates to these days, is news as well: `And X on
/// Wednesday bought Y`.
fn also_new(text: &Text, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let Some((before, rest)) = drafts.split_at_mut_checked(at) else { continue };
        let Some((draft, after)) = rest.split_first_mut() else { continue };
        let mut others = before.iter().chain(after.iter());
        let told = others
            .any(|other| other.main && other.key == draft.key && other.group() == draft.group());
        let new = is_told(draft) && (is_dated_now(text, draft) || is_beside(text, draft))
            || is_being_negotiated(draft);
        if !told && !draft.main && !draft.is_past() && new {
            draft.main = true;
        }
    }
}

/// `Concurrently A has obtained commitments`: told of a company of the headline, beside its deal.
fn is_beside(text: &Text, draft: &Draft) -> bool {
    is_named_in_title(text, draft)
        && draft.candidates().any(|candidate| {
            text.sentences().get(candidate.sentence).is_some_and(|sentence| {
                text.tokens_of(sentence).iter().any(|token| {
                    matches!(
                        text.of(token.span),
                        "concurrent"
                            | "concurrently"
                            | "simultaneous"
                            | "simultaneously"
                            | "separately"
                            | "alongside"
                    )
                })
            })
        })
}

/// What is talked of now, with a sum, a round or a buyer, is no background.
fn is_being_negotiated(draft: &Draft) -> bool {
    let open = draft
        .status()
        .is_some_and(|status| matches!(status.value, DealStatus::InTalks | DealStatus::Seeking));
    let firm = draft.amount().is_some()
        || draft.candidates().any(|c| c.round.is_some() || !c.acquirers.is_empty());
    open && firm && !draft.candidates().all(|candidate| candidate.supports_only)
}

/// A sentence that states the deal names a day of this week, or says that it is new.
fn is_dated_now(text: &Text, draft: &Draft) -> bool {
    draft.candidates().filter(|candidate| !candidate.supports_only && !candidate.past).any(
        |candidate| {
            text.sentences().get(candidate.sentence).is_some_and(|sentence| {
                let words: Vec<&str> =
                    text.tokens_of(sentence).iter().map(|token| text.of(token.span)).collect();
                words.windows(2).any(|pair| match pair {
                    ["on" | "late" | "early" | "last" | "and" | ",", day] => is_weekday(day),
                    ["this", "week" | "morning" | "afternoon"] => true,
                    _ => false,
                }) || words.iter().any(|word| matches!(*word, "today" | "yesterday"))
            })
        },
    )
}

fn is_weekday(word: &str) -> bool {
    matches!(
        word,
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
    )
}

/// Where the news stands in items, what only the prose between and behind them tells is no item:
/// told in an item, in the line under one, or before the first.
fn is_in_list(text: &Text, items: &[usize], draft: &Draft) -> bool {
    let Some(first) = items.first() else { return true };
    draft.candidates().any(|candidate| {
        text.sentences().get(candidate.sentence).is_some_and(|sentence| {
            let line = sentence.paragraph;
            line <= *first || items.iter().any(|item| *item == line || *item + 1 == line)
        })
    })
}

/// 同时,银行向公司提供1.5亿元授信: a loan told with the round that is the news.
fn lends_beside(text: &Text, drafts: &mut [Draft]) {
    if text.lang() != Lang::Zh {
        return;
    }
    let line = |at: usize| text.sentences().get(at).map_or(0, |sentence| sentence.paragraph);
    let rounds: Vec<(String, usize)> = drafts
        .iter()
        .filter(|draft| draft.main && draft.group() == KindGroup::Funding)
        .flat_map(|draft| draft.candidates().map(|c| (draft.key.clone(), line(c.sentence))))
        .collect();
    for draft in drafts.iter_mut().filter(|draft| !draft.main && !draft.is_past() && borrows(draft))
    {
        let beside = draft.candidates().filter(|c| !c.supports_only).any(|candidate| {
            let words = text.sentences().get(candidate.sentence).map_or("", |s| text.of(s.span));
            let also = ["同时", "此外", "另外", "除股权", "还获", "还从", "亦"]
                .iter()
                .any(|word| words.contains(word));
            rounds
                .iter()
                .any(|(key, at)| *key == draft.key && (*at == line(candidate.sentence) || also))
        });
        draft.main = beside;
    }
}

/// 本周,甲还收购了乙: another deal of the company in the news, of another kind and as new.
fn fresh_beside(text: &Text, drafts: &mut [Draft]) {
    if text.lang() != Lang::Zh {
        return;
    }
    let news: Vec<(String, KindGroup)> = drafts
        .iter()
        .filter(|draft| draft.main)
        .map(|draft| (draft.key.clone(), draft.group()))
        .collect();
    for draft in drafts.iter_mut().filter(|draft| !draft.main && !draft.is_past()) {
        let of_subject = news.iter().any(|(key, _)| *key == draft.key);
        let told = news.iter().any(|(key, group)| *key == draft.key && *group == draft.group());
        draft.main = of_subject && !told && is_told(draft) && is_recent(text, draft);
    }
}

/// A loan with its sum.
fn borrows(draft: &Draft) -> bool {
    draft.amount().is_some() && draft.kind().is_some_and(|kind| kind.value == DealKind::Debt)
}

/// `Two weeks ago it took in`, `this week`: the sentence says how fresh the deal is.
fn is_of_these_days(text: &Text, draft: &Draft) -> bool {
    draft.candidates().filter(|candidate| !candidate.supports_only).any(|candidate| {
        text.sentences().get(candidate.sentence).is_some_and(|sentence| {
            let words: Vec<&str> =
                text.tokens_of(sentence).iter().take(8).map(|token| text.of(token.span)).collect();
            words.windows(2).any(|pair| {
                matches!(pair, ["weeks" | "days" | "week", "ago"] | ["this" | "last", "week"])
            })
        })
    })
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
        // Of several headlines in one each denies its own.
        if at > 0 && text.sentences().get(at).is_some_and(|s| s.place == Place::Title) {
            continue;
        }
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

/// Whether the headline names who buys.
fn buyer_is_named_in_title(text: &Text, draft: &Draft) -> bool {
    let titles = || text.sentences().iter().filter(|sentence| sentence.place == Place::Title);
    draft.candidates().flat_map(|candidate| &candidate.acquirers).any(|buyer| {
        let name = text.of(buyer.span);
        !name.is_empty() && titles().any(|title| text.of(title.span).contains(name))
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
            // 甲谈崩了,乙挖走团队,丙买下公司: several buyers of one company in the lead.
            let rivals = text.lang() == Lang::Zh
                && draft.group() == KindGroup::Control
                && in_bullet(text, draft)
                && in_bullet(text, other)
                && rival(other, draft);
            // 授信 beside B轮: a loan is no round.
            let lends = |draft: &Draft| {
                text.lang() == Lang::Zh
                    && draft.kind().is_some_and(|kind| kind.value == DealKind::Debt)
            };
            other.main
                && other.key == draft.key
                && other.group() == draft.group()
                && lends(other) == lends(draft)
                && !together
                && !rivals
        });
        if told && !draft.in_title(text) {
            draft.main = false;
        }
    }
}

/// Told in a line that opens with a list sign.
fn in_bullet(text: &Text, draft: &Draft) -> bool {
    draft.candidates().any(|candidate| {
        text.sentences().get(candidate.sentence).is_some_and(|sentence| sentence.bullet)
    })
}

/// Two that are told apart by who buys.
fn rival(one: &Draft, other: &Draft) -> bool {
    let buyers = |draft: &Draft| -> Vec<String> {
        draft.candidates().flat_map(|c| &c.acquirers).map(|p| p.value.name.clone()).collect()
    };
    let (one, other) = (buyers(one), buyers(other));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|name| other.contains(name))
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
        .or_else(|| {
            let named = |draft: &&Draft| {
                !draft.is_past()
                    && (is_named_in_title(text, draft) || buyer_is_named_in_title(text, draft))
            };
            drafts.iter().find(named).filter(|_| text.lang() == Lang::Zh)
        })
        .or_else(|| drafts.iter().find(|draft| !draft.is_past()))
        .or(drafts.first())
        .map(|draft| draft.key.clone())
}

/// The last sentence of the lead; in English, what stands on headings and credits before it does not
/// count.
fn lead_end(text: &Text) -> usize {
    let title = text.sentences().iter().filter(|s| s.place == Place::Title).count();
    if text.lang() == Lang::Zh {
        return title + LEAD - 1;
    }
    let prose = |sentence: &&Sentence| {
        let length = sentence.span.end() - sentence.span.start();
        !sentence.debris && length >= PROSE
    };
    let body = text
        .sentences()
        .get(title..title + HEAD)
        .unwrap_or_else(|| text.sentences().get(title..).unwrap_or_default());
    let last = body.iter().filter(prose).nth(LEAD - 1).map(|sentence| sentence.index);
    last.unwrap_or(title + LEAD - 1).max(title + LEAD - 1)
}

/// Sentences among which the lead is looked for.
const HEAD: usize = 12;

/// A sentence of fewer bytes is a heading, a credit or a cry.
const PROSE: usize = 60;
