//! What is sold: 出售, 转让, 卖给, a part of the company, the company itself; and who may buy it.

use std::ops::Range;

use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::lexicon::list::List;
use crate::extract::party::Party;
use crate::extract::segment::Class;

use super::super::scene::Group;
use super::super::scene::Is;
use super::super::scene::Scene;
use super::all;
use super::is_name;
use super::new;
use super::price::fill;
use super::who::subject_before;

/// 出售, 转让, 卖给, 卖身.
pub(super) fn sell(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> Option<Candidate> {
    let word = scene.words(at);
    let to = ["给", "改嫁", "投奔"].iter().any(|mark| word.contains(mark))
        || word == "卖身" && scene.groups_in(&(at + 1..clause.end)).next().is_some();
    let left: Vec<&Group<'_>> = scene.groups_in(&(clause.start..at)).collect();
    let mut right: Vec<&Group<'_>> = scene.groups_in(&(at + 1..clause.end)).collect();
    // 出售其在本地企业乙中的股权: 其 is who sells.
    if right.len() > 1 && right.first().is_some_and(|group| !group.first().is_some_and(is_name)) {
        right.remove(0);
    }
    let mut candidate = new(scene, DealKind::Acquisition, at, "frame.zh.sell")?;
    if let Some(part) = business(scene, clause, at).filter(|_| !to) {
        return Some(sells_part(scene, clause, candidate, part, &left));
    }
    if to && left.is_empty() && sells_before(scene, clause) {
        return None;
    }
    if to {
        candidate.acquirers = all(right.first().copied());
        candidate.target = left
            .last()
            .and_then(|group| group.first())
            .or_else(|| subject_before(scene, clause))
            .cloned();
        if left.len() > 1 {
            candidate.sellers = all(left.first().copied());
            let words = scene.clause_text(clause);
            if ["旗下", "子公司", "附属", "业务", "部门"].iter().any(|word| words.contains(word))
            {
                candidate.trigger.value = DealKind::Divestiture;
            }
        }
    } else if let Some(subject) = sells_itself(scene, clause, at, &left) {
        candidate.target = Some(subject.clone());
        candidate.acquirers = all(right.first().copied());
        let talks = right.iter().any(|group| {
            group
                .items
                .start
                .checked_sub(1)
                .is_some_and(|at| scene.words(at).ends_with(['与', '和', '同', '跟', '向']))
        });
        if !talks {
            candidate.acquirers.clear();
        }
    } else if let Some(object) = right.first().and_then(|group| group.first()) {
        let buyer =
            (at..clause.end).find(|at| scene.words(*at) == "给" || scene.words(*at) == "予");
        candidate.trigger.value = DealKind::Divestiture;
        candidate.target = Some(object.clone());
        candidate.sellers = all(left.last().copied());
        if let Some(give) = buyer {
            candidate.acquirers = all(scene.groups_in(&(give + 1..clause.end)).next());
        }
        if let Some(toward) = (clause.start..at).find(|at| scene.words(*at) == "向") {
            candidate.acquirers = all(scene.groups_in(&(toward + 1..at)).next());
            candidate.sellers = all(scene.groups_in(&(clause.start..toward)).next_back());
        }
    } else {
        let seeking = scene.facts.cues.iter().any(|cue| {
            cue.value == crate::extract::status::Cue::Seeking
                && scene
                    .items
                    .get(clause.clone())
                    .unwrap_or_default()
                    .iter()
                    .any(|item| item.span.overlaps(cue.span))
        });
        candidate.target = left
            .last()
            .and_then(|group| group.first())
            .or_else(|| subject_before(scene, clause))
            .cloned();
        if !seeking {
            return None;
        }
        candidate.status = scene.found(DealStatus::Seeking, at, "status.zh.seeking");
    }
    candidate.target.as_ref()?;
    if candidate.acquirers.is_empty() {
        candidate.acquirers = partner(scene, &candidate);
    }
    fill(scene, clause, &mut candidate);
    let words = scene.clause_text(clause);
    let company = candidate.stake.is_some()
        || candidate.amount.is_some()
        || candidate.status.is_some()
        || ["股权", "股份", "公司", "控制权", "资产", "业务", "附属", "旗下", "部门"]
            .iter()
            .any(|word| words.contains(word))
        || to && !candidate.acquirers.is_empty()
        || ["完成出售", "出售完成", "完成转让", "完成剥离"].iter().any(|word| words.contains(word));
    if ["旧股", "老股", "存量股", "所持", "参股公司", "参股企业"]
        .iter()
        .any(|word| words.contains(word))
    {
        candidate.trigger.value = DealKind::Secondary;
        candidate.investors =
            candidate.acquirers.drain(..).map(|party| Backer { party, lead: false }).collect();
    }
    company.then_some(candidate)
}

/// 作价1.7亿元卖给乙, of the business that the clause before sells.
fn sells_before(scene: &Scene<'_>, clause: &Range<usize>) -> bool {
    scene.clauses.iter().rfind(|before| before.end <= clause.start).is_some_and(|before| {
        before
            .clone()
            .any(|at| scene.class(at) == Some(Class::Sell) && business(scene, before, at).is_some())
    })
}

/// 正与乙洽谈,打算让出…: who is talked with may buy.
fn partner(scene: &Scene<'_>, candidate: &Candidate) -> Vec<Found<Party>> {
    let other = |group: &&Group<'_>| {
        let with = group.items.start.checked_sub(1).map_or("", |at| scene.words(at));
        with.ends_with(['与', '同', '跟', '和'])
            && matches!(scene.verb_after(group.items.end), Some((_, Class::Plan)))
            && group.first().is_some_and(|first| {
                Some(&first.value.name)
                    != candidate.target.as_ref().map(|target| &target.value.name)
            })
    };
    let mut buyers = all(scene.groups.iter().find(other));
    buyers.retain(is_name);
    buyers
}

/// 甲正就出让控股权与乙谈判: the shares are the subject's own.
fn sells_itself<'f>(
    scene: &Scene<'f>,
    clause: &Range<usize>,
    verb: usize,
    left: &[&Group<'f>],
) -> Option<&'f Found<Party>> {
    let next = scene.text.str().get(scene.item(verb)?.span.end()..)?;
    let own = ["控股权", "控制权", "多数股权", "全部股权", "公司控股权", "自身", "公司"]
        .iter()
        .any(|word| next.starts_with(word));
    let about = (clause.start..verb).any(|at| scene.words(at).ends_with('就'));
    (own && about).then(|| left.last().and_then(|group| group.first())).flatten()
}

/// A part of the company is sold, perhaps to whoever a later clause names.
fn sells_part(
    scene: &Scene<'_>,
    clause: &Range<usize>,
    mut candidate: Candidate,
    part: Found<Party>,
    left: &[&Group<'_>],
) -> Candidate {
    candidate.trigger.value = DealKind::Divestiture;
    candidate.target = Some(part);
    candidate.sellers = all(left.last().copied());
    let given = scene.clauses.iter().filter(|other| other.start >= clause.start).take(3).find_map(
        |other| {
            let give = other.clone().find(|at| {
                matches!(scene.words(*at), "卖给" | "出售给" | "转让给" | "给" | "予" | "与")
            })?;
            scene.groups_in(&(give + 1..other.end)).next()
        },
    );
    candidate.acquirers = all(given);
    candidate.acquirers.retain(is_name);
    fill(scene, clause, &mut candidate);
    candidate
}

/// 出售旗下智能物联网芯片业务: a part of the company, told by what it does.
fn business(scene: &Scene<'_>, clause: &Range<usize>, verb: usize) -> Option<Found<Party>> {
    const PARTS: &[&str] = &["业务", "部门", "事业部", "产品线", "业务板块", "事业群"];
    let end = (verb + 1..clause.end.min(verb + 12)).find(|at| {
        PARTS.contains(&scene.words(*at))
            || PARTS.iter().any(|part| scene.words(*at).ends_with(part))
    })?;
    let start = (verb + 1..end)
        .find(|at| matches!(scene.words(*at), "旗下" | "旗下的" | "其" | "名下" | "所属"))
        .map_or(verb + 1, |at| at + 1);
    let plain = (start..end).all(|at| match scene.item(at).map(|item| item.is) {
        Some(Is::Party(_)) => at == start,
        Some(Is::Rest) => true,
        Some(Is::Word(class)) => {
            matches!(class, Class::Edge | Class::Head | Class::Latin | Class::Place)
        }
        _ => false,
    });
    // 旗下AI部门观澜智能: the part has a name.
    let quoted =
        matches!(scene.item(end + 1).map(|item| item.is), Some(Is::Mark('「' | '“' | '『')));
    let next = end + 1 + usize::from(quoted);
    let named = matches!(scene.item(next).map(|item| item.is), Some(Is::Party(_)));
    if !plain || start >= end || named {
        return None;
    }
    let span = scene.text.span(scene.item(start)?.span.start(), scene.item(end)?.span.end())?;
    let value = Party::named(scene.text.printed(span));
    Some(Found { value, span, rule: "party.zh.business" })
}

/// 潜在买家有甲和乙: who may buy what the text says is for sale.
pub(super) fn bidders(scene: &Scene<'_>) -> Option<Candidate> {
    static BUYERS: List = List::new(&[
        "买方为",
        "买家为",
        "收购方为",
        "受让方为",
        "接盘方为",
        "买方是",
        "买家是",
        "潜在买家",
        "潜在买方",
        "潜在收购方",
        "有意买家",
        "意向买家",
        "竞购方",
        "接盘方",
    ]);
    let clause = scene.clauses.iter().find(|clause| BUYERS.within(scene.clause_text(clause)))?;
    let bidders: Vec<Found<Party>> = scene
        .groups_in(clause)
        .flat_map(|group| group.parties.iter().copied())
        .filter(|party| is_name(party))
        .cloned()
        .collect();
    let first = bidders.first()?;
    let mut candidate =
        Candidate::new(scene.sentence.index, DealKind::Acquisition, first.span, "frame.zh.bidders");
    candidate.acquirers = bidders;
    candidate.supports_only = true;
    Some(candidate)
}
