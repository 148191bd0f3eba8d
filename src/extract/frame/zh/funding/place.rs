//! What the names of a clause do in it: lead, follow, give, own the round.

use std::ops::Range;

use crate::extract::party::PartyKind;
use crate::extract::party::Reference;
use crate::extract::segment::Class;

use super::super::scene::Group;
use super::super::scene::Is;
use super::super::scene::Scene;

/// What a group of names does in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Leads,
    Follows,
    /// Gives money to an object that is named after the verb.
    Invests,
    /// 领投X的B轮, 投资X.
    Object,
    /// X的C轮, X A轮融资.
    Owner,
    /// Stands before the verb.
    Subject,
    Bystander,
}

pub(super) fn place(scene: &Scene<'_>, clause: &Range<usize>, group: &Group<'_>) -> Place {
    let after = scene.verb_after(group.items.end).filter(|(at, _)| clause.contains(at));
    let before = scene.word_before(group.items.start).filter(|(at, _)| clause.contains(at));
    let next =
        scene.item(group.items.end).filter(|_| group.items.end < clause.end).map(|item| item.is);
    let reference = is_reference(group);
    if !reference && stands_for_maker(scene, clause, group.items.end) {
        return Place::Bystander;
    }
    // 甲控股子公司拟增资: the subsidiary raises, whoever it is.
    if !reference && stands_for_daughter(scene, clause, group.items.end) {
        return Place::Bystander;
    }
    // 出资方里有保险系的甲、地方国资乙和丙: every name of the clause.
    let backers = (clause.start..(clause.start + 3).min(group.items.start))
        .any(|at| scene.class(at) == Some(Class::Backers) && !scene.words(at).contains("股东"));
    if backers
        && after.is_none_or(|(_, class)| !matches!(class, Class::Lead))
        && !owns_round(scene, group.items.end)
    {
        let lead = says_lead(scene, clause.start..group.items.start);
        return if lead { Place::Leads } else { Place::Follows };
    }
    if let Some(place) = placed_by(scene, clause, group, before, after) {
        return place;
    }
    let of = matches!(next, Some(Is::Word(Class::Of)));
    if of && before.is_some_and(|(at, _)| given_to(scene, clause, at, group.items.end)) {
        return Place::Object;
    }
    if of {
        return if owns_round(scene, group.items.end) { Place::Owner } else { Place::Bystander };
    }
    let with = group
        .items
        .start
        .checked_sub(1)
        .filter(|at| *at >= clause.start)
        .map_or("", |at| scene.words(at));
    if with.ends_with(['与', '同', '和', '跟', '向'])
        && (matches!(after, Some((_, Class::Plan))) || signs_for_money(scene, clause, group))
    {
        return Place::Follows;
    }
    // 携手某某资本完成A轮融资: who puts money in stands beside the company.
    let fund = group.first().is_some_and(|party| party.value.kind == PartyKind::Investor);
    let beside = fund && matches!(with, "携手" | "联手" | "牵手");
    if beside && matches!(after, Some((_, Class::Finish | Class::Raise))) {
        return Place::Follows;
    }
    // 甲婉拒乙领投的融资: who refuses does not lead.
    let refuses = after.is_some_and(|(verb, _)| {
        (group.items.end..verb).any(|at| {
            matches!(
                scene.words(at),
                "婉拒" | "拒绝" | "回绝" | "谢绝" | "拒绝了" | "否认" | "终止" | "取消"
            )
        })
    });
    // 甲作为领投方出资.
    let as_lead = after.is_some_and(|(verb, _)| says_lead(scene, group.items.end..verb));
    // 向甲平台运营方乙追加投资: the one right before the verb gets it.
    let toward = (clause.start..group.items.start).any(|at| matches!(scene.words(at), "向" | "对"));
    if toward
        && matches!(after, Some((_, Class::Invest | Class::Follow)))
        && !reference
        && after.is_some_and(|(verb, _)| {
            scene.groups_in(&(group.items.end..verb)).next().is_none()
                && ["投资", "注资", "增资", "入股"]
                    .iter()
                    .any(|word| scene.words(verb).contains(word))
        })
    {
        return Place::Object;
    }
    match after {
        _ if refuses => {}
        _ if as_lead => return Place::Leads,
        Some((_, Class::Lead)) => return Place::Leads,
        Some((_, Class::Follow)) => return Place::Follows,
        Some((at, Class::Invest)) if invests(scene, clause, at) => return Place::Invests,
        // 甲投了一百五十万美元的种子轮: of the company spoken of.
        Some((at, Class::Invest))
            if matches!(scene.words(at), "投了" | "投资了" | "投给" | "投入了")
                && (at + 1..clause.end)
                    .any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Round(_)))) =>
        {
            return Place::Follows;
        }
        // 种子轮融资800万美元,X投资: a clause of its own after the round.
        Some((at, Class::Invest))
            if at + 1 == clause.end && clause.start > 0 && at == group.items.end =>
        {
            return Place::Follows;
        }
        _ => {}
    }
    if owns_round(scene, group.items.end) {
        return Place::Owner;
    }
    if group.items.start == clause.start
        || before.is_none_or(|(_, class)| {
            matches!(class, Class::Say | Class::Of | Class::Plan | Class::And)
        })
    {
        Place::Subject
    } else {
        Place::Bystander
    }
}

/// 获X天使轮投资, 获X数千万元注资: a noun of giving ends what follows the name.
fn gives(scene: &Scene<'_>, clause: &Range<usize>, from: usize) -> bool {
    let mut given = false;
    for at in from..clause.end {
        match scene.item(at).map(|item| item.is) {
            // 引入甲作为战略投资者, 新增乙为股东.
            Some(Is::Word(Class::Lead | Class::Follow | Class::Invest | Class::Backers)) => {
                given = true;
            }
            Some(Is::Round(round)) if scene.text.of(round.span).ends_with("投资") => given = true,
            Some(Is::Word(Class::Raise)) => {
                given |= matches!(scene.words(at), "增资" | "资金" | "天使资金");
            }
            Some(Is::Sum(_)) if at == from => given = true,
            // 「甲」获500 Global种子轮: the company is named before the verb.
            Some(Is::Round(_)) if at == from => {
                given |= scene.groups_in(&(clause.start..from)).count() > 1;
            }
            _ => {}
        }
    }
    given
}

/// 产品Z背后的X, 产品Y的母公司X: the company is named next.
fn stands_for_maker(scene: &Scene<'_>, clause: &Range<usize>, from: usize) -> bool {
    let end = (from + 3).min(clause.end);
    let maker = (from..end).find(|at| {
        ["背后的", "背后", "母公司", "开发商", "运营商", "开发者"].contains(&scene.words(*at))
    });
    maker.is_some_and(|at| {
        (at + 1..(at + 4).min(clause.end))
            .any(|next| matches!(scene.item(next).map(|item| item.is), Some(Is::Party(_))))
    })
}

/// 甲控股子公司, 甲旗下公司, 甲参股公司: the words after the name turn it into another company.
fn stands_for_daughter(scene: &Scene<'_>, clause: &Range<usize>, from: usize) -> bool {
    let own = matches!(scene.words(from), "控股" | "全资" | "旗下" | "的" | "下属" | "旗下的");
    let at = from + usize::from(own);
    // 甲旗下医疗AI公司获入股: whoever that is.
    if matches!(scene.words(from), "旗下" | "旗下的" | "孵化的" | "分拆的") {
        let next = (at..clause.end.min(at + 8)).find(|at| {
            !matches!(
                scene.item(*at).map(|item| item.is),
                Some(Is::Rest | Is::Word(Class::Latin | Class::Edge | Class::Place))
            )
        });
        let noun = next.is_some_and(|at| {
            scene.class(at) == Some(Class::Head)
                && !matches!(
                    scene.item(at + 1).map(|item| item.is),
                    Some(Is::Party(_) | Is::Mark('「' | '“' | '『'))
                )
        });
        if noun {
            return true;
        }
    }
    at < clause.end
        && matches!(
            scene.words(at),
            "子公司"
                | "全资子公司"
                | "控股子公司"
                | "参股公司"
                | "控股公司"
                | "孙公司"
                | "附属公司"
        )
}

/// The verb has an object, or the money stands after it.
fn invests(scene: &Scene<'_>, clause: &Range<usize>, verb: usize) -> bool {
    let tail = verb + 1..clause.end;
    let toward =
        clause.clone().take_while(|at| *at < verb).any(|at| matches!(scene.words(at), "向" | "对"));
    let sum = scene
        .items
        .get(tail.clone())
        .unwrap_or_default()
        .first()
        .is_some_and(|item| matches!(item.is, Is::Sum(_)));
    toward
        || (sum
            && matches!(
                scene.words(verb),
                "注资" | "投资" | "入股" | "投入" | "投资了" | "给了" | "投了"
            ))
        || scene
            .items
            .get(tail)
            .unwrap_or_default()
            .iter()
            .any(|item| matches!(item.is, Is::Party(_)))
}

/// 与甲、乙签订融资租赁协议: whom the borrower signs with.
fn signs_for_money(scene: &Scene<'_>, clause: &Range<usize>, group: &Group<'_>) -> bool {
    let tail = scene.clause_text(&(group.items.end..clause.end));
    let signs = ["签", "达成", "订立"].iter().any(|word| tail.contains(word));
    signs && (group.items.end..clause.end).any(|at| scene.class(at) == Some(Class::Lend))
}

/// 领投方, 领头的是 among these items.
fn says_lead(scene: &Scene<'_>, range: Range<usize>) -> bool {
    let mut words = range.map(|at| scene.words(at));
    words.any(|word| ["领投", "领头", "带头"].iter().any(|lead| word.starts_with(lead)))
}

/// 对甲的5亿美元投资: a noun of giving behind 的 and a sum.
fn given_to(scene: &Scene<'_>, clause: &Range<usize>, before: usize, from: usize) -> bool {
    matches!(scene.words(before), "对" | "向")
        && (from + 1..clause.end)
            .find(|at| {
                !matches!(
                    scene.item(*at).map(|item| item.is),
                    Some(
                        Is::Sum(_) | Is::Word(Class::Edge | Class::Time) | Is::Mark(_) | Is::Number
                    )
                )
            })
            .is_some_and(|at| scene.class(at) == Some(Class::Invest))
}

/// X的C轮, X新一轮融资, X A轮.
fn owns_round(scene: &Scene<'_>, from: usize) -> bool {
    for at in from..from + 5 {
        match scene.item(at).map(|item| item.is) {
            Some(Is::Round(_) | Is::Word(Class::Raise)) => return true,
            Some(
                Is::Word(Class::Of | Class::Edge | Class::Time)
                | Is::Sum(_)
                | Is::Date(_)
                | Is::Mark(_)
                | Is::Number,
            ) => {}
            _ => return false,
        }
    }
    false
}

/// What the word before the names, and the verb after them, make of them.
fn placed_by(
    scene: &Scene<'_>,
    clause: &Range<usize>,
    group: &Group<'_>,
    before: Option<(usize, Class)>,
    after: Option<(usize, Class)>,
) -> Option<Place> {
    let reference = is_reference(group);
    if let Some((at, class)) = before {
        let word = scene.words(at);
        match class {
            // 从甲银行借到2500万欧元.
            Class::Edge
                if word == "从"
                    && (matches!(after, Some((_, Class::Lend)))
                        || matches!(after, Some((_, Class::Finish)))
                            && (group.items.end..clause.end)
                                .any(|at| matches!(scene.class(at), Some(Class::Lend)))) =>
            {
                return Some(Place::Follows);
            }
            // 婉拒甲、乙投资: who would have given.
            Class::Plan if matches!(word, "婉拒" | "拒绝" | "回绝" | "谢绝" | "拒绝了") =>
            {
                return Some(Place::Follows);
            }
            Class::Backers if word.starts_with("领") || word.starts_with("带头") => {
                return Some(Place::Leads);
            }
            // 老股东有甲、乙 tells who was there before; 老股东甲跟投 who gives now.
            Class::Backers
                if word.contains("股东")
                    && !word.starts_with('新')
                    && !matches!(after, Some((_, Class::Follow | Class::Lead))) =>
            {
                return Some(Place::Bystander);
            }
            Class::Backers => return Some(Place::Follows),
            // 向X投入, 对X战略投资.
            Class::Edge
                if matches!(word, "向" | "对")
                    && matches!(after, Some((_, Class::Invest | Class::Follow))) =>
            {
                return Some(Place::Object);
            }
            // 甲银行向乙提供10亿元授信.
            Class::Edge
                if matches!(word, "向" | "为" | "给" | "对")
                    && (group.items.end..clause.end)
                        .any(|at| scene.class(at) == Some(Class::Lend)) =>
            {
                return Some(Place::Object);
            }
            Class::Lead | Class::Invest | Class::Follow
                if !matches!(after, Some((_, Class::Lead | Class::Follow))) =>
            {
                return Some(if word.ends_with('方') { Place::Leads } else { Place::Object });
            }
            Class::By if !reference => match after {
                Some((_, Class::Lead)) => return Some(Place::Leads),
                Some((_, Class::Follow | Class::Invest)) => return Some(Place::Follows),
                _ if matches!(word, "来自" | "获") => return Some(Place::Follows),
                _ => {}
            },
            Class::Finish
                if !reference
                    && word.contains(['获', '引', '得', '迎', '拿', '增'])
                    && gives(scene, clause, group.items.end) =>
            {
                match after {
                    Some((_, Class::Lead)) => return Some(Place::Leads),
                    _ => return Some(Place::Follows),
                }
            }
            _ => {}
        }
    }
    None
}

fn is_reference(group: &Group<'_>) -> bool {
    group.first().is_some_and(|party| {
        matches!(party.value.kind, PartyKind::Refers(Reference::Company | Reference::It))
    })
}
