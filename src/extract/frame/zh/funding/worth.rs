//! Values and prices told without any deal beside them.

use std::ops::Range;

use crate::domain::DealKind;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;

use super::super::scene::Group;
use super::super::scene::Is;
use super::super::scene::Scene;

/// Words for what is paid for a company.
const PRICES: &[&str] = &[
    "价格",
    "对价",
    "作价",
    "交易金额",
    "收购价",
    "价金",
    "交易额",
    "交易价",
    "转让价",
    "代价",
    "转让款",
    "价款",
    "授权费",
    "许可费",
];

/// Words for what is given to a company.
const GIFTS: &[&str] = &[
    "这笔投资",
    "该笔投资",
    "此笔投资",
    "此次投资",
    "本次投资",
    "该投资",
    "这项投资",
    "投资金额",
    "投资总额",
    "投资额",
    "融资规模",
    "本轮规模",
    "该轮规模",
    "认购金额",
    "认购价款",
    "出资额",
    "出资金额",
    "增资金额",
    "增资款",
    "款项净额",
    "所得净额",
];

/// A value that a sentence tells of the company without any deal: it adds to the deal spoken of.
pub(in crate::extract::frame::zh) fn worth(scene: &Scene<'_>, candidates: &mut Vec<Candidate>) {
    for clause in &scene.clauses {
        let value = scene.items.get(clause.clone()).unwrap_or_default().iter().find(|item| {
            matches!(item.is, Is::Sum(sum) if matches!(sum.value.role, Role::Valuation(_) | Role::Cumulative) && !sum.value.conversion)
        });
        let Some(item) = value else {
            if priced(scene, clause, candidates) {
                return;
            }
            continue;
        };
        let words = scene.clause_text(clause);
        let past = [
            "上市前",
            "最后一轮",
            "最近一轮",
            "彼时",
            "此前",
            "曾",
            "去年",
            "上一轮",
            "上轮",
            "当时",
            "过去",
            "下一轮",
            "下轮",
            "今年初",
            "早前",
        ]
        .iter()
        .any(|word| words.contains(word));
        if past {
            continue;
        }
        let sentence = scene.text.of(scene.sentence.span);
        let bought = PRICES.iter().chain(&["标的公司"]).any(|word| sentence.contains(word));
        let kind = if words.contains("市值") {
            DealKind::Ipo
        } else if bought {
            DealKind::Acquisition
        } else {
            DealKind::Funding
        };
        let mut candidate = Candidate::new(scene.sentence.index, kind, item.span, "frame.zh.worth");
        candidate.supports_only = true;
        candidate.target = scene
            .groups_in(clause)
            .filter_map(Group::first)
            .find(|party| party.value.is_name())
            .cloned();
        scene.take_sums(clause, &mut candidate, false);
        for other in scene.clauses.iter().filter(|_| bought) {
            let words = scene.clause_text(other);
            if PRICES.iter().any(|word| words.contains(word)) {
                scene.take_sums(other, &mut candidate, true);
            }
        }
        candidates.push(candidate);
        return;
    }
}

/// 外媒说约2亿美元, in a sentence on the price of what is bought.
fn priced(scene: &Scene<'_>, clause: &Range<usize>, candidates: &mut Vec<Candidate>) -> bool {
    let Some(at) = clause.clone().find(|at| matches!(scene.item(*at).map(|item| item.is), Some(Is::Sum(sum)) if sum.value.role == Role::Plain)) else {
        return false;
    };
    let sentence = scene.text.of(scene.sentence.span);
    let words = scene.clause_text(clause);
    // 将以现金与新股相结合的方式支付1.46亿美元.
    let pays = words.contains("支付")
        && ["现金", "新股", "股票", "换股"].iter().any(|word| words.contains(word));
    let kind = if pays || PRICES.iter().any(|word| sentence.contains(word)) {
        DealKind::Acquisition
    } else if GIFTS.iter().any(|word| words.contains(word)) {
        DealKind::Funding
    } else {
        return false;
    };
    let Some(item) = scene.item(at) else { return false };
    let mut candidate = Candidate::new(scene.sentence.index, kind, item.span, "frame.zh.price");
    candidate.supports_only = true;
    scene.take_sums(clause, &mut candidate, true);
    scene.take_sums(&(0..scene.items.len()), &mut candidate, false);
    let told = candidate.amount.is_some();
    candidates.push(candidate);
    told
}
