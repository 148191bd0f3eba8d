//! Who is bought, and who buys, by where the names stand.

use std::ops::Range;

use crate::extract::Found;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::segment::Class;

use super::super::scene::Is;
use super::super::scene::Scene;

/// The company named after the verb: 收购以色列AI公司X, 买下Y的母公司X.
pub(super) fn object<'f>(
    scene: &Scene<'f>,
    clause: &Range<usize>,
    verb: usize,
) -> Option<&'f Found<Party>> {
    if let Some(held) = held(scene, clause, verb) {
        return Some(held);
    }
    let mut best: Option<(usize, &'f Found<Party>)> = None;
    let mut at = verb + 1;
    while at < clause.end {
        match scene.item(at)?.is {
            Is::Party(party) => {
                let moves = best.is_none_or(|(last, _)| {
                    owns(scene, last + 1, at) || scene.leads_on(last + 1, at)
                });
                if !moves {
                    break;
                }
                best = Some((at, party));
            }
            Is::Word(
                Class::Finish
                | Class::Say
                | Class::Raise
                | Class::Lead
                | Class::Follow
                | Class::List
                | Class::By
                | Class::Plan,
            ) if best.is_none() => {
                return None;
            }
            Is::Word(
                Class::Finish
                | Class::Say
                | Class::Raise
                | Class::Lead
                | Class::Follow
                | Class::By
                | Class::Plan,
            ) => break,
            Is::Word(Class::And) | Is::Mark('(') if best.is_some() => break,
            _ => {}
        }
        at += 1;
    }
    best.map(|(_, party)| party)
}

/// 收购自然人甲、乙合计持有的丙51%股权: whose shares they are stands behind those who hold them.
fn held<'f>(scene: &Scene<'f>, clause: &Range<usize>, verb: usize) -> Option<&'f Found<Party>> {
    let holds = (verb + 1..clause.end).find(|at| {
        matches!(scene.words(*at), "持有" | "持有的" | "所持" | "所持有" | "分别持有")
    })?;
    let holder = scene.groups_in(&(verb + 1..holds)).next().is_some();
    let company = scene.groups_in(&(holds + 1..clause.end)).next()?.first()?;
    (holder && company.value.is_name() && company.value.kind != PartyKind::Person)
        .then_some(company)
}

/// 的母公司, 旗下: the name after it is the one that is bought.
pub(super) fn owns(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let between = scene.clause_text(&(from..to));
    [
        "母公司",
        "开发商",
        "旗下",
        "子公司",
        "运营商",
        "的公司",
        "团队",
        "对手",
        "劲敌",
        "同行",
        "同业",
        "持有",
        "所持",
        "手中",
        "手上",
        "名下",
    ]
    .iter()
    .any(|word| between.contains(word))
        && !between.contains('和')
}

/// 对X的收购: the company, and where 对 stands.
pub(super) fn toward<'f>(
    scene: &Scene<'f>,
    clause: &Range<usize>,
    verb: usize,
) -> Option<(usize, &'f Found<Party>)> {
    let dui = (clause.start..verb).rev().find(|at| {
        scene.words(*at) == "对"
            || scene.words(*at) == "就"
            || scene.words(*at) == "将"
            || scene.words(*at) == "把"
    })?;
    let group = scene.groups_in(&(dui + 1..verb)).next()?;
    Some((dui, group.first()?))
}

/// The subject of the clauses before: the last name that opens one.
pub(super) fn subject_before<'f>(
    scene: &Scene<'f>,
    clause: &Range<usize>,
) -> Option<&'f Found<Party>> {
    scene.clauses.iter().filter(|before| before.end <= clause.start).rev().take(6).find_map(
        |before| {
            let group = scene.groups_in(before).next()?;
            let opens = (before.start..group.items.start).all(|at| {
                matches!(
                    scene.item(at).map(|item| item.is),
                    Some(
                        Is::Word(
                            Class::Edge
                                | Class::Time
                                | Class::Head
                                | Class::Place
                                | Class::Outlet
                                | Class::Say
                        ) | Is::Date(_)
                            | Is::Mark(_)
                            | Is::Number
                            | Is::Rest
                    )
                )
            });
            // 估值40亿的X, 刚完成B轮融资的AI公司X: what stands before 的 describes it.
            let described = (before.start..group.items.start)
                .rev()
                .find(|at| {
                    !matches!(
                        scene.item(*at).map(|item| item.is),
                        Some(
                            Is::Word(Class::Head | Class::Place | Class::Latin)
                                | Is::Rest
                                | Is::Mark('「' | '“' | '『')
                        )
                    ) && scene.words(*at) != "ai"
                })
                .is_some_and(|at| scene.class(at) == Some(Class::Of));
            group.first().filter(|_| opens || described)
        },
    )
}
