//! Items in clauses, and names that stand side by side: 甲、乙和丙等.

use std::ops::Range;

use super::Group;
use super::Is;
use super::Item;
use crate::extract::Found;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::segment::Class;
use crate::extract::text::Text;

pub(super) fn clauses(items: &[Item<'_>], text: &Text) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, item) in items.iter().enumerate() {
        match item.is {
            Is::Mark('(') => depth += 1,
            Is::Mark(')') => depth = depth.saturating_sub(1),
            // 甲、乙,以及老股东丙: the list goes on.
            Is::Stop
                if depth == 0
                    && matches!(
                        items.get(at + 1).map(|next| (next.is, text.of(next.span))),
                        Some((Is::Word(Class::And), "以及" | "及"))
                    )
                    && at.checked_sub(1).is_some_and(|last| {
                        items.get(last).is_some_and(|last| {
                            matches!(last.is, Is::Party(_) | Is::Rest | Is::Word(Class::Etc))
                        })
                    }) => {}
            Is::Stop if depth == 0 => {
                if at > start {
                    clauses.push(start..at);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    if start < items.len() {
        clauses.push(start..items.len());
    }
    clauses
}

pub(super) fn groups<'f>(items: &[Item<'f>], text: &Text) -> Vec<Group<'f>> {
    let mut groups = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let Some(Item { is: Is::Party(party), .. }) = items.get(at) else {
            at += 1;
            continue;
        };
        let start = at;
        let mut parties = vec![*party];
        let mut end = after_bracket(items, at + 1);
        if let Some((owned, after)) = owned(items, end, text) {
            parties = vec![owned];
            end = after;
        }
        while let Some(next) = next_in_list(items, end, text) {
            let Some(Item { is: Is::Party(more), .. }) = items.get(next) else { break };
            if starts_another(items, start, next, text) {
                break;
            }
            end = after_bracket(items, next + 1);
            match owned(items, end, text) {
                Some((owned, after)) => {
                    parties.push(owned);
                    end = after;
                }
                None => parties.push(*more),
            }
        }
        groups.push(Group { items: start..end, parties });
        at = end;
    }
    groups
}

/// 甲卖掉乙、丙吃下丁: the name behind the sign acts in a sentence of its own.
fn starts_another(items: &[Item<'_>], start: usize, next: usize, text: &Text) -> bool {
    let acts = |at: usize| {
        items.get(at).is_some_and(|item| {
            matches!(item.is, Is::Word(Class::Acquire | Class::Sell)) && text.of(item.span) != "并"
        })
    };
    start.checked_sub(1).is_some_and(acts) && acts(after_bracket(items, next + 1))
}

/// 甲旗下的乙: who acts is the one that is owned, if it has a name; and the item behind it.
fn owned<'f>(items: &[Item<'f>], from: usize, text: &Text) -> Option<(&'f Found<Party>, usize)> {
    let words = items.get(from).map_or("", |item| text.of(item.span));
    // 百度昆仑芯: two names side by side are the owner's and its company's.
    let glued = from.checked_sub(1).and_then(|before| items.get(before)).is_some_and(|before| {
        items.get(from).is_some_and(|item| item.span.start() == before.span.end())
    });
    if let Some(Item { is: Is::Party(party), .. }) = items.get(from).filter(|_| glued)
        && party.value.kind == PartyKind::Company
        && party.value.entity.is_some()
    {
        return Some((party, after_bracket(items, from + 1)));
    }
    // 商汤孵化的公司乙.
    let raised = ["孵化", "孵化出", "分拆", "分拆出", "拆分出"].contains(&words)
        && items.get(from + 1).is_some_and(|item| matches!(item.is, Is::Word(Class::Of)));
    if !raised && !matches!(words, "旗下" | "旗下的" | "孵化的" | "分拆的") {
        return None;
    }
    let mut at = from + 1 + usize::from(raised);
    while let Some(item) = items.get(at).filter(|_| at < from + 5) {
        match item.is {
            Is::Party(party) if party.value.is_name() => {
                return Some((party, after_bracket(items, at + 1)));
            }
            Is::Word(Class::Head | Class::Place | Class::Latin) | Is::Mark('「' | '“' | '『') =>
                {}
            Is::Word(Class::Edge) if text.of(item.span).len() > "的".len() => {}
            _ => return None,
        }
        at += 1;
    }
    None
}

/// Passes over a closing quote and a bracket right after a name: 「X」, X(Newco).
fn after_bracket(items: &[Item<'_>], from: usize) -> usize {
    let mut at = from;
    // (国调基金): the short form between brackets stands for what is before them.
    if matches!(items.get(at).map(|item| item.is), Some(Is::Mark(')'))) {
        at += 1;
    }
    if matches!(
        items.get(at).map(|item| item.is),
        Some(Is::Mark('」' | '”' | '》' | '"' | '』' | '\'' | '’'))
    ) {
        at += 1;
    }
    if matches!(items.get(at).map(|item| item.is), Some(Is::Mark('('))) {
        let close =
            items.iter().skip(at).take(14).position(|item| matches!(item.is, Is::Mark(')')));
        let money = items
            .iter()
            .skip(at)
            .take(close.unwrap_or(0))
            .any(|item| matches!(item.is, Is::Sum(_)));
        if let (Some(close), false) = (close, money) {
            at += close + 1;
        }
    }
    at
}

/// The item of the next name of a list, if a list goes on here.
fn next_in_list(items: &[Item<'_>], from: usize, text: &Text) -> Option<usize> {
    let mut at = from;
    let words = |at: usize| items.get(at).map_or("", |item| text.of(item.span));
    // 甲资本旗下基金、乙.
    while matches!(words(at), "旗下" | "旗下的" | "基金" | "关联方") {
        at += 1;
    }
    match items.get(at)?.is {
        Is::Word(Class::And) => at += 1,
        Is::Stop
            if matches!(
                items.get(at + 1).map(|next| (next.is, text.of(next.span))),
                Some((Is::Word(Class::And), "以及" | "及"))
            ) =>
        {
            at += 2;
        }
        // 甲联合乙投资了丙.
        Is::Word(Class::Edge) if matches!(words(at), "联合" | "联同" | "会同" | "连同") => {
            at += 1;
        }
        _ => return None,
    }
    // 三星、D1、Altimeter: what is no name here still stands in the list.
    let unknown = matches!(items.get(at)?.is, Is::Word(Class::Latin) | Is::Rest | Is::Number);
    if unknown && matches!(items.get(at + 1).map(|item| item.is), Some(Is::Word(Class::And))) {
        at += 2;
    }
    // 、老股东X; 和知名机构X.
    while let Some(item) = items.get(at) {
        match item.is {
            Is::Word(Class::Backers | Class::Head | Class::Place | Class::And)
            | Is::Mark('「' | '“' | '《' | '"' | '『' | '\'' | '‘') => at += 1,
            Is::Word(Class::Edge)
                if matches!(words(at), "旗下" | "旗下的" | "知名" | "产业" | "其" | "现有") =>
            {
                at += 1;
            }
            Is::Party(_) => return Some(at),
            _ => return None,
        }
    }
    None
}
