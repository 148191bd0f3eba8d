//! Money for new shares: X完成B轮融资, Y领投, 获Z投资, 本轮由A、B跟投; also loans and resales.

mod clause;
mod further;
mod place;
mod trigger;
mod worth;

use std::ops::Range;

use crate::domain::DealKind;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::segment::Class;
use crate::extract::status::Cue;

use super::scene::Is;
use super::scene::Scene;

use clause::Clause;
use trigger::trigger;

pub(super) use worth::worth;

/// Appends the candidates of a sentence; clauses whose trigger is taken are left out.
pub(super) fn read(scene: &Scene<'_>, taken: &[Span], all: &mut Vec<Candidate>) {
    // What other sentences told is not weighed by the words of this one.
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut current: Option<Candidate> = None;
    let mut subject: Option<&Found<Party>> = None;
    let mut siblings = Vec::new();
    for clause in &scene.clauses {
        let covers = |span: &Span| {
            scene
                .items
                .get(clause.clone())
                .unwrap_or_default()
                .iter()
                .any(|item| item.span.overlaps(*span))
        };
        // 收购X股权,增资金额2亿元: the price of what the sentence tells already.
        let adds = !taken.is_empty()
            && trigger(scene, clause).is_some_and(|(at, _)| scene.words(at) == "增资");
        if adds || taken.iter().any(covers) {
            candidates.extend(current.take());
            subject = None;
            continue;
        }
        let reading = Clause::read(scene, clause, subject);
        // 继今年3月的A轮之后,再获2亿美元: the round that was before is no news.
        if follows_on(scene, clause) {
            subject = reading.subject.or(reading.owner).or(subject);
            continue;
        }
        let Some(trigger) = reading.trigger else {
            if current.is_none() {
                current = listed_alone(scene, clause);
            }
            if let Some(current) = &mut current {
                reading.adds(scene, clause, current);
            }
            subject = reading.subject.or(subject);
            continue;
        };
        let target = reading.target();
        let new = match (&mut current, target) {
            (None, _) => true,
            (Some(current), Some(target)) if is_name(target) => match &current.target {
                None => {
                    current.target = Some(target.clone());
                    false
                }
                Some(old) if is_name(old) => old.value.name != target.value.name,
                _ => {
                    // 公司融资进展: a heading says nothing of its own.
                    let empty = current.amount.is_none()
                        && current.round.is_none()
                        && current.investors.is_empty();
                    if empty {
                        current.target = Some(target.clone());
                    }
                    !empty
                }
            },
            (Some(current), _) => Clause::opens_another(scene, clause, current),
        };
        let known = current.as_ref().and_then(|current| current.target.clone());
        if new {
            candidates.extend(current.take());
            let mut candidate = opened(scene, &reading, trigger);
            candidate.target = target
                .or(subject.filter(|subject| {
                    !reading.of_a_known_round && subject.value.kind != PartyKind::Person
                }))
                .cloned()
                .or(known.filter(|_| target.is_none()));
            current = Some(candidate);
        }
        if let Some(current) = &mut current {
            if current.target.is_none() {
                current.target = target.cloned();
            }
            reading.fill(scene, clause, current);
            if new {
                siblings.extend(
                    reading
                        .others(scene, clause)
                        .into_iter()
                        .map(|party| Candidate { target: Some(party.clone()), ..current.clone() }),
                );
            }
        }
        subject = reading.subject.or(subject);
    }
    candidates.extend(current);
    candidates.extend(siblings);
    weigh(scene, all, &mut candidates);
    for candidate in &mut candidates {
        let bare = candidate.target.as_ref().is_none_or(|target| !is_name(target));
        let told = candidate.amount.is_some() || candidate.round.is_some();
        // 公司完成新一轮融资 states a deal, whoever the company is.
        let referred = candidate.target.is_some()
            && scene.text.of(scene.sentence.span).contains("完成")
            && scene.text.of(scene.sentence.span).contains("融资");
        candidate.supports_only = bare && !told && !referred;
    }
    all.append(&mut candidates);
}

/// A candidate of which the trigger is known.
fn opened(scene: &Scene<'_>, reading: &Clause<'_>, trigger: Span) -> Candidate {
    let words = scene.text.of(trigger);
    let raises = ["募资", "募集", "集资"].iter().any(|word| words.contains(word))
        && !scene.text.of(scene.sentence.span).contains('轮');
    let rule = if raises { "frame.zh.raises" } else { "frame.zh.funding" };
    let mut candidate = Candidate::new(scene.sentence.index, reading.kind, trigger, rule);
    candidate.kind_is_weak = reading.weak;
    candidate
}

/// 甲继A轮之后: a clause that only says after what the news comes.
fn follows_on(scene: &Scene<'_>, clause: &Range<usize>) -> bool {
    let words = scene.clause_text(clause);
    let last = scene.clauses.last().is_none_or(|last| last == clause);
    !last
        && words.contains('继')
        && (words.ends_with("之后") || words.ends_with('后'))
        && clause.clone().any(|at| scene.words(at).starts_with('继'))
}

/// Puts givers in their places, and leaves out what is no deal; `all` is what was read before.
fn weigh(scene: &Scene<'_>, all: &[Candidate], candidates: &mut Vec<Candidate>) {
    for candidate in candidates.iter_mut() {
        fund_gives(candidate);
        banks_lend(scene, candidate);
    }
    if let [candidate] = candidates.as_mut_slice() {
        opening_sum(scene, candidate);
    }
    // 甲港股募资62亿港元,首日破发: what a listing brings is no round.
    let lists = |candidate: &Candidate| {
        candidate.round.is_none()
            && candidate.investors.is_empty()
            && all.iter().any(|told| {
                told.kind() == DealKind::Ipo
                    && told.sentence == candidate.sentence
                    && !told.supports_only
                    && told.target.as_ref().map(|party| &party.value.name)
                        == candidate.target.as_ref().map(|party| &party.value.name)
            })
    };
    candidates.retain(|candidate| is_deal(scene, candidate) && !lists(candidate));
}

/// 领投:甲、乙 in a sentence of its own: it adds to the deal told before.
fn listed_alone(scene: &Scene<'_>, clause: &Range<usize>) -> Option<Candidate> {
    let before = scene.clauses.iter().rfind(|before| before.end <= clause.start)?;
    let opens = scene.item(before.end).is_some_and(|item| scene.text.of(item.span) == ":");
    let of_backers = before
        .clone()
        .any(|at| matches!(scene.class(at), Some(Class::Lead | Class::Follow | Class::Backers)));
    let names =
        clause.clone().any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Party(_))));
    if !(opens && of_backers && names && before.len() <= 3) {
        return None;
    }
    let span = scene.item(before.start)?.span;
    let mut candidate =
        Candidate::new(scene.sentence.index, DealKind::Funding, span, "frame.zh.funding");
    candidate.supports_only = true;
    Some(candidate)
}

/// 某某基金首次加入: who invests for a living stands beside those who give, and is no target.
fn fund_gives(candidate: &mut Candidate) {
    let fund =
        candidate.target.as_ref().is_some_and(|target| target.value.kind == PartyKind::Investor);
    // 天使轮到账 after 真格基金的2000万美元: a round is not the fund's own.
    let round = candidate.round.is_some() && candidate.kind() == DealKind::Funding;
    if fund
        && (!candidate.investors.is_empty() || round)
        && let Some(party) = candidate.target.take()
    {
        candidate.investors.insert(0, Backer { party, lead: false });
    }
}

/// 与甲银行、乙银行等签订联合授信: who lends is named as a bank, wherever it stands.
fn banks_lend(scene: &Scene<'_>, candidate: &mut Candidate) {
    if candidate.kind() != DealKind::Debt || !candidate.investors.is_empty() {
        return;
    }
    // 甲与乙、丙签署融资租赁协议: whom the borrower signs with.
    let target = candidate.target.as_ref().map(|target| target.span);
    let signs =
        ["签", "达成", "订立"].iter().any(|word| scene.text.of(scene.sentence.span).contains(word));
    let signers: Vec<&Found<Party>> = scene
        .groups
        .iter()
        .filter(|group| signs && group.parties.len() > 1)
        .find(|group| group.first().map(|first| first.span) == target)
        .map(|group| group.parties.iter().copied().skip(1).collect())
        .unwrap_or_default();
    for party in signers {
        clause::add_backer(candidate, party, false);
    }
    if !candidate.investors.is_empty() {
        return;
    }
    let bank = |party: &&Found<Party>| {
        let words = scene.text.of(party.span);
        is_name(party)
            && ["银行", "农商行", "租赁", "信托", "国开行", "信用社", "bank"]
                .iter()
                .any(|ending| words.ends_with(ending))
    };
    for party in scene.groups.iter().flat_map(|group| group.parties.iter().copied()).filter(bank) {
        clause::add_backer(candidate, party, false);
    }
}

/// 近亿元!甲完成天使轮: a sum that opens a headline is the round's.
fn opening_sum(scene: &Scene<'_>, candidate: &mut Candidate) {
    let title = scene.sentence.place == crate::extract::text::Place::Title;
    if !title || candidate.amount.is_some() || candidate.kind() != DealKind::Funding {
        return;
    }
    let Some(first) = scene.clauses.first() else { return };
    let only_sum = first.clone().all(|at| {
        matches!(
            scene.item(at).map(|item| item.is),
            Some(Is::Sum(_) | Is::Mark(_) | Is::Word(Class::Edge | Class::Raise))
        )
    });
    if only_sum {
        scene.take_sums(first, candidate, true);
    }
}

/// Whether enough is told: a round, a sum, or who gives; or that a round was closed at all.
fn is_deal(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let sum = candidate.amount.is_some();
    let adds = candidate.valuation.is_some() || candidate.cumulative.is_some();
    // One of the two must be a name by more than the verb beside it.
    let sure = |party: &Found<Party>| {
        !matches!(
            party.rule,
            "party.zh.verb" | "party.zh.subject" | "party.zh.list" | "party.zh.seen"
        )
    };
    let known = candidate.target.as_ref().is_none_or(sure)
        || candidate.investors.iter().any(|backer| sure(&backer.party));
    if candidate.round.is_none() && !sum && !adds && !known {
        let words = scene.text.of(candidate.trigger.span);
        if !["融资", "募资", "集资", "领投"].iter().any(|word| words.contains(word)) {
            return false;
        }
    }
    match candidate.kind() {
        DealKind::Debt => sum,
        DealKind::Secondary => {
            let offered = scene.facts.cues.iter().any(|cue| cue.value == Cue::Talks);
            sum || offered || !candidate.investors.is_empty() || candidate.valuation.is_some()
        }
        DealKind::InvestmentStake => !candidate.investors.is_empty(),
        _ => {
            let sentence = scene.text.of(scene.sentence.span);
            let closed = [
                "新一轮",
                "轮融资",
                "一笔融资",
                "融资完成",
                "完成融资",
                "获融资",
                "巨额融资",
                "再融资",
                "拿钱",
                "亿级",
                "募资",
                "集资",
                "老股",
                "连融",
                "新融资",
                "配售",
                "旧股",
            ]
            .iter()
            .any(|word| sentence.contains(word));
            let ended = scene
                .facts
                .cues
                .iter()
                .any(|cue| matches!(cue.value, Cue::Terminated | Cue::Denied));
            let told = candidate.round.is_some() || sum || !candidate.investors.is_empty();
            told || adds || closed || ended
        }
    }
}

fn is_name(party: &Found<Party>) -> bool {
    party.value.is_name()
}
