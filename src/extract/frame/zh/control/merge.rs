//! Two become one: 甲与乙合并, 吸收合并.

use std::ops::Range;

use crate::domain::DealKind;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;

use super::super::scene::Scene;
use super::is_name;
use super::new;
use super::price::fill;
use super::who::object;
use super::who::subject_before;

/// 甲与乙合并, 甲吸收合并乙.
pub(super) fn merge(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> Option<Candidate> {
    // 甲与乙重组: of two companies side by side; 重组乙 is a purchase or a company's own affair.
    let joint = scene.words(at) == "重组"
        && scene.groups_in(&(clause.start..at)).any(|group| {
            group.parties.len() == 2 && group.parties.iter().all(|party| is_name(party))
        });
    if !joint
        && !["合并", "换股合并", "吸收合并", "换股吸收合并", "吸并"].contains(&scene.words(at))
    {
        return None;
    }
    let mut candidate = new(scene, DealKind::Merger, at, "frame.zh.merge")?;
    let left: Vec<&Found<Party>> = scene
        .groups_in(&(clause.start..at))
        .flat_map(|group| group.parties.iter().copied())
        .filter(|party| is_name(party))
        .collect();
    let right = object(scene, clause, at).filter(|party| is_name(party));
    // 甲、乙双双公告,两家公司的合并终止.
    let pair = scene.groups_in(&(0..clause.start)).find(|group| group.parties.len() == 2);
    let both = ["两家", "双方", "两公司", "二者"]
        .iter()
        .any(|word| scene.clause_text(clause).contains(word));
    let left = match pair.filter(|_| left.is_empty() && both) {
        Some(pair) => pair.parties.iter().copied().filter(|party| is_name(party)).collect(),
        None => left,
    };
    let before = subject_before(scene, clause).filter(|_| left.is_empty());
    match (left.as_slice(), right) {
        ([], Some(target)) if before.is_some() => {
            candidate.acquirers = before.cloned().into_iter().collect();
            candidate.target = Some(target.clone());
        }
        ([.., buyer], Some(target)) => {
            candidate.acquirers = vec![(*buyer).clone()];
            candidate.target = Some(target.clone());
        }
        // 甲与乙合并: the first named goes on, as a rule.
        ([other, target, ..], None) => {
            candidate.target = Some((*target).clone());
            candidate.acquirers = vec![(*other).clone()];
        }
        _ => return None,
    }
    fill(scene, clause, &mut candidate);
    Some(candidate)
}
