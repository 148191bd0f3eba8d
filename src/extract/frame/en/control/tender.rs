//! A tender offer by which one company buys another; holders who sell to new investors are
//! [`super::super::funding`]'s.

use super::super::line::Line;
use super::super::verbs::Trigger;
use super::is_shell;
use crate::domain::DealKind;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

/// `tender offer for X`, `to purchase all outstanding shares of X`: for the whole of another
/// company.
pub(in super::super) fn bids_for_all(line: &Line<'_>, trigger: &Trigger) -> bool {
    target(line, trigger).is_some()
}

/// The purchase of the company that such an offer is for.
pub(in super::super) fn tender(
    line: &Line<'_>,
    trigger: &Trigger,
    mut candidate: Candidate,
) -> Option<Candidate> {
    let target = target(line, trigger)?;
    candidate.trigger.value = DealKind::Acquisition;
    candidate.trigger.rule = "frame.en.tender";
    candidate.target = Some(target.clone());
    let buyer = (0..trigger.start).filter_map(|at| line.party(at)).find(|party| {
        party.span != target.span
            && party.value.is_name()
            && party.value.kind != PartyKind::Person
            && !is_shell(&party.value)
    });
    candidate.acquirers.extend(buyer.cloned());
    (!candidate.acquirers.is_empty()).then_some(candidate)
}

fn target<'a>(line: &Line<'a>, trigger: &Trigger) -> Option<&'a Found<Party>> {
    let named = |at: usize| line.object_after(at).filter(|party| party.value.is_name());
    let whole = (trigger.end..line.len().min(trigger.end + 30)).find_map(|at| {
        let shares = line.word(at) == "shares" || line.is(at, &["common", "stock"]);
        let of = (at + 1..at + 6).find(|at| line.word(*at) == "of")?;
        let all = (at.saturating_sub(4)..at)
            .any(|at| matches!(line.word(at), "all" | "outstanding" | "remaining" | "issued"));
        if !(shares && all) {
            return None;
        }
        named(of + 1).or_else(|| {
            (of + 2..of + 5).find(|at| line.word(*at) == "of").and_then(|of| named(of + 1))
        })
    });
    whole.or_else(|| {
        let before = (0..trigger.start).find_map(|at| line.party(at).filter(|p| p.value.is_name()));
        let subject = line.subject(trigger.start).or(before)?;
        let target = (line.word(trigger.end) == "for").then(|| named(trigger.end + 1)).flatten()?;
        (target.span != subject.span && target.value.kind == PartyKind::Company).then_some(target)
    })
}
