//! How far a deal is, by the cues of its sentence, and whether it is told as past.

use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::KindGroup;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::date::When;
use crate::extract::status::Cue;
use crate::extract::text::Place;

use super::scene::Is;
use super::scene::Scene;
use crate::extract::segment::Class;

/// Fills status and time of a candidate whose slots are set.
#[expect(clippy::too_many_lines, reason = "one cue after the other, the firmest first")]
pub(super) fn settle(scene: &Scene<'_>, candidate: &mut Candidate) {
    let trigger = candidate.trigger.span;
    let clause = clause_span(scene, trigger);
    let next = next_sentence_part(scene, trigger);
    let cue_in = |wanted: Cue, from: usize, to: usize| {
        scene
            .facts
            .cues
            .iter()
            .find(|cue| cue.value == wanted && cue.span.start() >= from && cue.span.end() <= to)
    };
    let start = scene.sentence.span.start();
    let (from, to) = (clause.start(), clause.end());
    let found =
        |status, cue: &Found<Cue>, rule| Some(Found { value: status, span: cue.span, rule });
    // What a company announces in its own clause is no rumour told in the clause before.
    let announces =
        ["宣布", "官宣", "公告", "公布"].iter().any(|word| scene.text.of(clause).contains(word));
    let rumour = cue_in(Cue::Rumour, if announces { from } else { start }, to);

    let talks = cue_in(Cue::Talks, from, to)
        .or_else(|| cue_in(Cue::Talks, previous_clause(scene, from), from));
    // 曾估值20亿元的公司被卖: what it was worth is past, not the deal.
    let of_worth = |cue: &Found<Cue>| {
        let tail = scene.text.str().get(cue.span.end()..).unwrap_or_default();
        ["估值", "被誉", "被称", "号称", "红极"].iter().any(|word| tail.starts_with(word))
    };
    let past = scene
        .facts
        .cues
        .iter()
        .find(|cue| {
            cue.value == Cue::Past
                && cue.span.start() >= from
                && cue.span.end() <= to
                && !of_worth(cue)
        })
        .filter(|cue| cue.span.start() < trigger.end() + 30);
    if past.is_some() {
        candidate.past = true;
    }
    // 公司今年2月完成的A轮由乙领投: in a text on something else the round is known already.
    let known = ["完成的", "宣布的", "公布的", "获得的"].iter().any(|word| {
        scene.text.of(clause).find(word).is_some_and(|at| {
            let end = clause.start() + at + word.len();
            trigger.start() >= end
                && trigger.start() < end + 24
                && !scene.text.of(clause).contains("宣布完成")
        })
    });
    // 甲2023年成立,种子轮募得500万美元: told with the company's beginnings.
    let founded = ["年成立", "成立于", "创立于", "创办于", "年创立"]
        .iter()
        .any(|word| scene.text.of(scene.sentence.span).contains(word))
        && scene.sentence.paragraph > 0
        && candidate.kind() == DealKind::Funding
        && candidate.round.is_some()
        && !["近日", "宣布", "日前", "本轮", "最新"]
            .iter()
            .any(|word| scene.text.of(scene.sentence.span).contains(word))
        && scene.facts.dates.iter().any(|date| date.span.end() <= trigger.start());
    candidate.past |= founded;
    candidate.past |= is_long_ago(scene, clause, trigger, candidate.kind());
    if known && scene.sentence.place == Place::Body && candidate.kind() == DealKind::Funding {
        candidate.past = true;
    }
    let clause_items = scene.clauses.iter().find(|items| {
        scene.item(items.start).is_some_and(|item| item.span.start() <= trigger.start())
            && items
                .end
                .checked_sub(1)
                .and_then(|last| scene.item(last))
                .is_some_and(|item| item.span.end() >= trigger.end())
    });
    if let Some(date) = clause_items.and_then(|items| scene.date_in(items)) {
        candidate.past |= date.value.past;
        candidate.when = Some(date.clone());
    } else if let Some(before) = clause_items
        .and_then(|items| scene.clauses.iter().rfind(|clause| clause.end <= items.start))
        .and_then(|items| scene.date_in(items))
        .or_else(|| opening_date(scene, trigger))
        .filter(|date| date.value.past)
    {
        candidate.past = true;
        candidate.when = Some(before.clone());
    }
    if candidate.status.is_some() {
        return;
    }
    let group = candidate.kind().group();
    let closed = cue_in(Cue::Completed, from, to);
    let done = done_already(scene, clause);
    // 针对“甲拟入主乙”的传闻,…,传闻不属实: a sentence on a rumour denies as a whole.
    let heard = ["传闻", "传言", "网传", "报道"]
        .iter()
        .any(|word| scene.text.of(scene.sentence.span).contains(word));
    let next = if heard { scene.sentence.span.end() } else { next };
    candidate.status = if let Some(cue) = cue_in(Cue::Denied, start, next) {
        found(DealStatus::Denied, cue, "status.zh.denied")
    } else if let Some(cue) = terminated(scene, from, trigger) {
        found(DealStatus::Terminated, cue, "status.zh.terminated")
    } else if let Some(cue) = cue_in(Cue::Seeking, from, to) {
        let status =
            if group == KindGroup::Control { DealStatus::Seeking } else { DealStatus::InTalks };
        found(status, cue, "status.zh.seeking")
    } else if let Some(span) =
        starts(scene, clause, trigger).filter(|_| group == KindGroup::Funding)
    {
        Some(Found { value: DealStatus::InTalks, span, rule: "status.zh.starts" })
    } else if let Some(cue) = talks.filter(|cue| cue.span.start() <= trigger.end() + 40) {
        found(DealStatus::InTalks, cue, "status.zh.talks")
    } else if let Some(cue) = closed.filter(|_| rumour.is_none()).filter(|cue| {
        group != KindGroup::Funding
            || candidate.kind() == DealKind::InvestmentStake
            || settles(scene, clause, cue.span)
    }) {
        found(DealStatus::Completed, cue, "status.zh.completed")
    } else if let Some(span) = done.filter(|_| {
        rumour.is_none()
            && (group == KindGroup::Control || candidate.kind() == DealKind::InvestmentStake)
    }) {
        Some(Found { value: DealStatus::Completed, span, rule: "status.zh.done" })
    } else if let Some(cue) = rumour {
        found(DealStatus::Rumoured, cue, "status.zh.rumour")
    } else if let Some(cue) = cue_in(Cue::Hypothetical, from, trigger.end()) {
        found(DealStatus::InTalks, cue, "status.zh.hypothetical")
    } else if candidate.past {
        Some(Found { value: DealStatus::Completed, span: trigger, rule: "status.zh.past" })
    } else if let Some(cue) = cue_in(Cue::Announced, from, to) {
        found(DealStatus::Announced, cue, "status.zh.announced")
    } else {
        None
    };
    // 甲据悉已买下乙: a headline that only passes on what was heard.
    let heard = scene.text.of(clause).find("据悉").filter(|_| {
        scene.sentence.place == Place::Title
            && candidate.status.as_ref().is_none_or(|status| {
                matches!(status.value, DealStatus::Completed | DealStatus::Announced)
            })
    });
    if let Some(at) = heard {
        let at = clause.start() + at;
        let span = scene.text.span(at, at + "据悉".len()).unwrap_or(trigger);
        candidate.status =
            Some(Found { value: DealStatus::Rumoured, span, rule: "status.zh.heard" });
    }
}

/// 交割, 到账, 配售已完成: new shares change hands by the words themselves, where 完成融资 only says
/// that the round is signed.
fn settles(scene: &Scene<'_>, clause: Span, cue: Span) -> bool {
    let words = scene.text.of(cue);
    ["交割", "到账", "过户", "交收"].iter().any(|word| words.contains(word))
        || ["配售", "增发", "定增", "配股"].iter().any(|word| scene.text.of(clause).contains(word))
            && words.contains('已')
}

/// 收购乙两年后, 2023年以5亿元收购的乙: a purchase that only dates or names something else.
fn is_long_ago(scene: &Scene<'_>, clause: Span, trigger: Span, kind: DealKind) -> bool {
    if kind.group() != KindGroup::Control {
        return false;
    }
    let words = scene.text.of(clause);
    let after = scene.text.str().get(trigger.end()..clause.end()).unwrap_or_default();
    let later =
        ["年后", "年後", "个月后", "個月後", "年来"].iter().any(|word| after.contains(word));
    let named =
        after.starts_with('的')
            && scene.facts.dates.iter().any(|date| {
                clause.start() <= date.span.start() && date.span.end() <= trigger.start()
            })
            && !["宣布", "完成"].iter().any(|word| words.contains(word));
    later || named
}

/// 启动B轮融资, 开启新一轮募资: what only begins.
fn starts(scene: &Scene<'_>, clause: Span, trigger: Span) -> Option<Span> {
    const BEGINS: &[&str] = &["启动", "开启", "重启"];
    let words = scene.text.of(clause);
    let raises = ["融资", "募资", "轮"].iter().any(|noun| scene.text.of(trigger).contains(noun));
    let (at, word) = BEGINS.iter().find_map(|word| words.find(word).map(|at| (at, *word)))?;
    let at = clause.start() + at;
    let done = ["完成", "获", "领投"].iter().any(|word| words.contains(word));
    (raises && !done && at < trigger.start() && trigger.start() - at < 60)
        .then(|| scene.text.span(at, at + word.len()))
        .flatten()
}

/// 已通过子公司增资, 已买下: what is done by the words of its own clause.
fn done_already(scene: &Scene<'_>, clause: Span) -> Option<Span> {
    const DONE: &[&str] = &[
        "已通过",
        "已向",
        "已以",
        "已对",
        "已增资",
        "已入股",
        "已取得",
        "已认购",
        "已斥资",
        "已受让",
        "已将",
        "已正式",
        "已全资",
        "已被",
        "已于",
    ];
    let words = scene.text.of(clause);
    let (at, word) =
        DONE.iter().find_map(|word| words.find(word).map(|at| (clause.start() + at, *word)))?;
    scene.text.span(at, at + word.len())
}

/// 去年9月,甲去了乙的办公室,提出…: the date that opens a sentence holds for all of it.
fn opening_date<'f>(scene: &Scene<'f>, trigger: Span) -> Option<&'f Found<When>> {
    let first = scene.facts.dates.first()?;
    let opens = first.span.start() == scene.sentence.span.start();
    (opens && first.span.end() <= trigger.start()).then_some(first)
}

/// Words that end a deal: in its clause, or in a later one that tells of no other deal.
fn terminated<'f>(scene: &Scene<'f>, from: usize, trigger: Span) -> Option<&'f Found<Cue>> {
    let mut reach = trigger.end();
    for clause in &scene.clauses {
        let (Some(first), Some(last)) =
            (scene.item(clause.start), clause.end.checked_sub(1).and_then(|last| scene.item(last)))
        else {
            continue;
        };
        let own = first.span.start() <= trigger.start() && trigger.end() <= last.span.end();
        let another = clause.clone().any(|at| {
            matches!(
                scene.class(at),
                Some(
                    Class::Acquire
                        | Class::Sell
                        | Class::Raise
                        | Class::Lead
                        | Class::Hire
                        | Class::Merge
                )
            ) || matches!(scene.item(at).map(|item| item.is), Some(Is::Round(_)))
        });
        if own || (first.span.start() >= trigger.end() && !another) {
            reach = reach.max(last.span.end());
        } else if first.span.start() >= trigger.end() {
            break;
        }
    }
    scene.facts.cues.iter().find(|cue| {
        cue.value == Cue::Terminated
            && cue.span.start() >= from
            && cue.span.end() <= reach
            && !negated(scene, cue.span)
            && !waives(scene, cue.span)
    })
}

/// 放弃优先认购权, 取消限售: another thing than the deal ends.
fn waives(scene: &Scene<'_>, cue: Span) -> bool {
    let tail = scene.text.str().get(cue.end()..).unwrap_or_default();
    [
        "优先",
        "同比例",
        "本次优先",
        "对应",
        "行使",
        "了优先",
        "限售",
        "公开发行",
        "上市",
        "挂牌",
        "上市辅导费",
    ]
    .iter()
    .any(|word| tail.starts_with(word))
}

fn negated(scene: &Scene<'_>, span: Span) -> bool {
    scene.facts.cues.iter().any(|cue| cue.value == Cue::Negated && cue.span.end() == span.start())
}

fn clause_span(scene: &Scene<'_>, trigger: Span) -> Span {
    scene
        .clauses
        .iter()
        .filter_map(|items| {
            let (first, last) = (scene.item(items.start)?, scene.item(items.end.checked_sub(1)?)?);
            scene.text.span(first.span.start(), last.span.end())
        })
        .find(|clause| clause.contains(trigger))
        .unwrap_or(trigger)
}

/// Where the clause before this one starts.
fn previous_clause(scene: &Scene<'_>, from: usize) -> usize {
    scene
        .clauses
        .iter()
        .filter_map(|items| scene.item(items.start))
        .map(|item| item.span.start())
        .rfind(|start| *start < from)
        .unwrap_or(from)
}

/// Two clauses on: that far 交易告吹 reaches back.
fn next_sentence_part(scene: &Scene<'_>, trigger: Span) -> usize {
    scene
        .clauses
        .iter()
        .filter_map(|items| scene.item(items.end.checked_sub(1)?))
        .map(|item| item.span.end())
        .filter(|end| *end >= trigger.end())
        .nth(2)
        .unwrap_or(scene.sentence.span.end())
}
