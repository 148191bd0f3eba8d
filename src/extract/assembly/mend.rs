//! Names that stand beside a company and are taken for the one that a deal is on.

use crate::domain::KindGroup;
use crate::domain::Lang;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::text::Text;

/// Puts the company where a frame took its place or its bidder.
pub(super) fn mend(text: &Text, facts: &[Facts], candidates: &mut [Candidate]) {
    if text.lang() != Lang::En {
        return;
    }
    for candidate in candidates {
        let parties = facts.get(candidate.sentence).map_or(&[][..], |facts| &facts.parties);
        if let Some(company) = placed(text, parties, candidate) {
            candidate.target = Some(company.clone());
        } else if let Some(owned) = owned(text, parties, candidate) {
            let bidder = candidate.target.replace(owned.clone());
            if candidate.acquirers.is_empty() {
                candidate.acquirers.extend(bidder);
            }
        }
    }
}

/// `Tamber of San Rosso`: the place behind a company's name is not what a deal is on.
fn placed<'a>(
    text: &Text,
    parties: &'a [Found<Party>],
    candidate: &Candidate,
) -> Option<&'a Found<Party>> {
    let target = candidate.target.as_ref()?;
    // `the acquisition by Tamber of Alder` names two companies.
    let funded = candidate.kind().group() == KindGroup::Funding;
    if !funded || target.value.kind != PartyKind::Company || target.value.entity.is_some() {
        return None;
    }
    parties.iter().find(|party| {
        party.value.kind == PartyKind::Company
            && text
                .span(party.span.end(), target.span.start())
                .is_some_and(|between| text.of(between).trim() == "of")
    })
}

/// `Tamber shareholders to vote on Alder bid`: whose holders and board are asked is bought, and
/// the name before the bid makes it.
fn owned<'a>(
    text: &Text,
    parties: &'a [Found<Party>],
    candidate: &Candidate,
) -> Option<&'a Found<Party>> {
    let target = candidate.target.as_ref()?;
    let word_after = |party: &Found<Party>| {
        let tail = text.str().get(party.span.end()..).unwrap_or_default();
        let tail = tail.trim_start_matches(['\'', '’']).trim_start_matches("s ").trim_start();
        tail.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()
    };
    let bids = matches!(word_after(target), "bid" | "offer" | "approach" | "proposal" | "takeover");
    if candidate.kind().group() != KindGroup::Control || !bids {
        return None;
    }
    parties.iter().find(|party| {
        party.span.end() < target.span.start()
            && party.value.kind == PartyKind::Company
            && matches!(
                word_after(party),
                "shareholders" | "holders" | "investors" | "board" | "directors" | "stockholders"
            )
    })
}
