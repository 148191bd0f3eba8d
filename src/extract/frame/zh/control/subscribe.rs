//! New shares that one company takes of another, as filings say it: 认购人同意认购目标公司的新股份.

use std::ops::Range;

use crate::domain::DealKind;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

use super::super::scene::Group;
use super::super::scene::Is;
use super::super::scene::Scene;
use super::new;
use super::price::fill;
use super::who::object;
use super::who::subject_before;

/// 甲同意认购乙的新股份, 代价为…: a share, and no round of several who give.
pub(super) fn subscribe(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> Option<Candidate> {
    const SHARES: &[&str] = &["股份", "股本", "优先股", "新股", "注册资本", "股权", "普通股"];
    const FILED: &[&str] = &[
        "目标公司",
        "标的公司",
        "认购协议",
        "认购事项",
        "认购股份",
        "认购人",
        "认购方",
        "股份认购",
    ];
    const OTHERS: &[&str] = &["基石", "招股", "公开发售", "超额", "配售", "基金份额", "首次公开"];
    let sentence = scene.text.of(scene.sentence.span);
    let tail = scene.clause_text(&(at..clause.end));
    let has = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
    let round = scene.items.iter().any(|item| matches!(item.is, Is::Round(_)));
    let filed = has(FILED, sentence);
    if round || !filed || !has(SHARES, tail) || has(OTHERS, sentence) {
        return None;
    }
    let buyer = scene.groups_in(&(clause.start..at)).next_back().and_then(Group::first);
    let buyer = buyer.or_else(|| subject_before(scene, clause))?;
    let issuer =
        |party: &&Found<Party>| party.value.kind == PartyKind::Company || of_target(scene, party);
    let target = object(scene, clause, at)
        .filter(issuer)
        .or_else(|| scene.facts.parties.iter().find(|party| of_target(scene, party)))?;
    if target.span == buyer.span {
        return None;
    }
    let mut candidate = new(scene, DealKind::InvestmentStake, at, "frame.zh.subscribe")?;
    candidate.target = Some(target.clone());
    fill(scene, clause, &mut candidate);
    let buyer = Backer { party: buyer.clone(), lead: false };
    if candidate.stake.as_ref().is_some_and(|stake| stake.value.0 >= 5000) {
        candidate.trigger.value = DealKind::Acquisition;
        candidate.acquirers = vec![buyer.party];
    } else {
        candidate.investors = vec![buyer];
    }
    Some(candidate)
}

/// 目标公司, 标的公司.
fn of_target(scene: &Scene<'_>, party: &Found<Party>) -> bool {
    matches!(scene.text.of(party.span), "目标公司" | "标的公司" | "标的企业" | "目标集团")
}
