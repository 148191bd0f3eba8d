//! The nouns of a purchase: `the acquisition of X`, `A's takeover of X`, `X rejects an offer`.

use super::super::funding::start;
use super::super::line::Line;
use super::super::line::Segment;
use super::super::verbs::Trigger;
use super::asset;
use super::price::fill_price;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

/// `the acquisition by A of X`: who buys, and where what is bought stands.
fn by_of<'a>(line: &Line<'a>, trigger: &Trigger) -> Option<(&'a Found<Party>, usize)> {
    let by = (line.word(trigger.end) == "by").then_some(trigger.end + 1)?;
    let buyer = line.object(by)?;
    let of = (line.word(buyer + 1) == "of").then_some(buyer + 2)?;
    Some((line.party(buyer)?, line.object(of)?))
}

/// `the acquisition of X by A`, `A's takeover of X`, `the X acquisition`.
#[allow(clippy::too_many_lines, reason = "one arm for each way of naming the two sides")]
pub(in super::super) fn acquisition(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Candidate> {
    // `A led the deal for the firm`: what one leads is a round.
    if matches!(line.back(trigger.start, 2), "led" | "leads" | "leading") {
        return None;
    }
    let mut candidate =
        start(line, trigger, segment, DealKind::Acquisition, "frame.en.acquisition")?;
    let noun = trigger.start;
    on_the_table(line, &mut candidate, noun);
    if let Some((buyer, place)) = by_of(line, trigger) {
        asset(line, &mut candidate, place, line.party(place)?)?;
        candidate.acquirers.push(buyer.clone());
        fill_price(line, &mut candidate, segment, trigger);
        return Some(candidate);
    }
    let owner;
    let with = line.word(trigger.start) == "deal" && line.word(trigger.end) == "with";
    if with || matches!(line.word(trigger.end), "of" | "for" | "over" | "at" | "on") {
        let place = line.object(trigger.end + 1)?;
        let object = line.party(place)?;
        asset(line, &mut candidate, place, object)?;
        let from = segment.from;
        owner = (from..noun).rev().take(6).find_map(|at| {
            let party = line.party(at)?;
            (matches!(line.word(at + 1), "'s" | "'") || matches!(line.text.of(party.span), "its"))
                .then_some(party)
        });
    } else if let Some(party) = noun
        .checked_sub(1)
        .and_then(|at| line.party(at))
        .filter(|party| party.value.kind == PartyKind::Company)
    {
        // `X denies talk of a Y takeover`, `X rejects Y's offer`: who answers is the target.
        if let Some(answerer) = answerer(line, &candidate, noun).filter(|a| a.span != party.span) {
            candidate.target = Some(answerer.clone());
            candidate.acquirers.push(party.clone());
            fill_price(line, &mut candidate, segment, trigger);
            return Some(candidate);
        }
        candidate.target = Some(party.clone());
        owner = (noun.saturating_sub(5)..noun.saturating_sub(2)).rev().find_map(|at| {
            line.party(at).filter(|party| {
                matches!(line.word(at + 1), "'s" | "'")
                    || matches!(line.text.of(party.span), "its" | "their")
            })
        });
    } else if let Some((answerer, bidder)) = answerer(line, &candidate, noun).zip(
        // `X denies it is in talks with Y over a takeover`
        (0..noun)
            .find(|at| line.word(*at) == "talks" && line.word(at + 1) == "with")
            .and_then(|at| line.object_after(at + 2)),
    ) {
        candidate.target = Some(answerer.clone());
        candidate.acquirers.push(bidder.clone());
        return (answerer.span != bidder.span).then_some(candidate);
    } else if let Some((answerer, bidder)) = answerer(line, &candidate, noun).zip(
        // `X rejects an approach from Y`
        matches!(line.word(trigger.end), "from" | "by")
            .then(|| line.object_after(trigger.end + 1))
            .flatten(),
    ) {
        candidate.target = Some(answerer.clone());
        candidate.acquirers.push(bidder.clone());
        fill_price(line, &mut candidate, segment, trigger);
        return (answerer.span != bidder.span).then_some(candidate);
    } else if let Some((answerer, bidder)) = answerer(line, &candidate, noun).zip(
        // `X denies takeover talks with Y`
        (matches!(
            line.word(trigger.end),
            "talks" | "approach" | "interest" | "offer" | "bid" | "proposal" | "overtures"
        ) && matches!(line.word(trigger.end + 1), "with" | "from" | "by"))
        .then(|| line.object_after(trigger.end + 2))
        .flatten(),
    ) {
        candidate.target = Some(answerer.clone());
        candidate.acquirers.push(bidder.clone());
        fill_price(line, &mut candidate, segment, trigger);
        return (answerer.span != bidder.span).then_some(candidate);
    } else if let Some((target, buyer)) = talks_with(line, trigger) {
        candidate.target = Some(target.clone());
        candidate.acquirers.push(buyer.clone());
        fill_price(line, &mut candidate, segment, trigger);
        return Some(candidate);
    } else if let Some((answerer, bidder)) =
        answerer(line, &candidate, noun).zip(possessor_before(line, noun))
    {
        candidate.target = Some(answerer.clone());
        candidate.acquirers.push(bidder.clone());
        fill_price(line, &mut candidate, segment, trigger);
        return (answerer.span != bidder.span).then_some(candidate);
    } else {
        // `the acquisition`: adds to a deal that other words state.
        candidate.supports_only = true;
        candidate.kind_is_weak = true;
        let by = (trigger.end == noun + 1 && line.word(trigger.end) == "by")
            .then(|| line.party(trigger.end + 1))
            .flatten();
        candidate.acquirers.extend(by.cloned());
        fill_price(line, &mut candidate, segment, trigger);
        let telling = matches!(line.back(noun, 1), "the" | "this" | "proposed" | "planned" | "'s");
        return telling.then_some(candidate);
    }
    let by = (trigger.end..segment.to)
        .find(|at| line.word(*at) == "by")
        .and_then(|at| line.party(at + 1));
    let target = candidate.target.as_ref()?.span;
    let not_target = |party: &&Found<Party>| party.span != target;
    let buyer = owner
        .or(by)
        .or_else(|| board_of(line, noun).filter(not_target))
        .or_else(|| line.subject(noun).filter(not_target))
        .or_else(|| line.subject(noun.saturating_sub(1)).filter(not_target))
        .or_else(|| line.main_subject().and_then(|place| line.party(place)).filter(not_target));
    candidate.acquirers.extend(
        buyer
            .filter(|party| party.span != target && party.value.kind != PartyKind::Person)
            .cloned(),
    );
    fill_price(line, &mut candidate, segment, trigger);
    Some(candidate)
}

/// `A holds takeover talks with X`, `startup X in takeover talks with A`: who is bought, and by whom.
fn talks_with<'a>(
    line: &Line<'a>,
    trigger: &Trigger,
) -> Option<(&'a Found<Party>, &'a Found<Party>)> {
    let talks = matches!(line.word(trigger.end), "talks" | "discussions" | "negotiations");
    let with = talks && line.word(trigger.end + 1) == "with";
    let other = with.then(|| line.object_after(trigger.end + 2)).flatten()?;
    let place = line.subject_place(trigger.start)?;
    let one = line.party(place).filter(|party| party.value.kind == PartyKind::Company)?;
    if !(one.value.is_name() && other.value.is_name()) || one.span == other.span {
        return None;
    }
    // A startup is bought by what is none.
    let small = matches!(line.back(place, 1), "startup" | "up" | "lab" | "unicorn" | "startups");
    Some(if small { (one, other) } else { (other, one) })
}

/// What a company does with an offer before it answers.
fn is_offered(word: &str) -> bool {
    matches!(
        word,
        "get"
            | "gets"
            | "got"
            | "receive"
            | "receives"
            | "received"
            | "draws"
            | "drew"
            | "fields"
            | "fielded"
            | "attracts"
            | "attracted"
            | "weighs"
            | "considers"
            | "reviews"
            | "ponders"
            | "weighing"
            | "considering"
            | "studying"
            | "reviewing"
            | "tabled"
            | "tables"
            | "lodged"
            | "submitted"
            | "mulling"
    )
}

/// `gets an offer from A`, `weighs a bid`: nothing is agreed.
fn on_the_table(line: &Line<'_>, candidate: &mut Candidate, noun: usize) {
    let verb = (0..noun).find(|at| {
        is_offered(line.word(*at))
            || matches!(line.word(*at), "ups" | "hikes" | "sweetens")
            || matches!(line.word(*at), "target" | "subject") && line.word(at + 1) == "of"
    });
    if let Some(span) = verb.and_then(|at| line.span(at, at + 1))
        && candidate.status.as_ref().is_none_or(|found| found.value == DealStatus::Announced)
    {
        candidate.status =
            Some(Found { value: DealStatus::InTalks, span, rule: "status.en.offered" });
    }
}

/// Who denies, rejects or accepts an offer: the first party of the sentence.
fn answerer<'a>(line: &Line<'a>, candidate: &Candidate, noun: usize) -> Option<&'a Found<Party>> {
    let answers = (0..noun).any(|at| {
        let word = line.word(at);
        is_offered(word)
            // `X is the target of a bid by A`, `X has turned down an approach from A`
            || matches!(word, "target" | "subject" | "object") && line.word(at + 1) == "of"
            || matches!(word, "turned" | "turns" | "turn" | "turning" | "knocked" | "shot" | "voted")
                && line.word(at + 1) == "down"
            || word == "knocked" && line.word(at + 1) == "back"
            || matches!(
                word,
                "snubbed" | "snubs" | "spurning" | "rejecting" | "refused" | "refuses" | "dismissed"
                    | "declined" | "declines" | "accepting" | "welcomed" | "welcomes" | "recommends"
                    | "recommended"
            )
            || matches!(
                word,
                "back"
                    | "vote"
                    | "votes"
                    | "voted"
                    | "reject"
                    | "accept"
                    | "spurn"
                    | "rebuff"
                    | "backs"
                    | "backed"
                    | "approve"
                    | "approves"
                    | "approved"
                    | "rejects"
                    | "rejected"
                    | "rebuffs"
                    | "rebuffed"
                    | "spurns"
                    | "spurned"
                    | "accepts"
                    | "accepted"
                    | "confirms"
                    | "confirmed"
            )
    });
    let denied = candidate.status.as_ref().is_some_and(|s| s.value == DealStatus::Denied);
    if !answers && !denied {
        return None;
    }
    line.first_party_after(0, noun.saturating_sub(1)).and_then(|place| line.party(place))
}

/// `Y's $2 billion takeover`: the possessor a few units before.
fn possessor_before<'a>(line: &Line<'a>, noun: usize) -> Option<&'a Found<Party>> {
    (noun.saturating_sub(5)..noun)
        .rev()
        .find_map(|at| line.party(at).filter(|_| matches!(line.word(at + 1), "'s" | "'")))
}

/// `A's board signed off on the purchase of X`: who buys.
fn board_of<'a>(line: &Line<'a>, noun: usize) -> Option<&'a Found<Party>> {
    (0..noun.min(3)).find_map(|at| {
        let party = line.party(at).filter(|party| party.value.kind == PartyKind::Company)?;
        let next = if matches!(line.word(at + 1), "'s" | "'") { at + 2 } else { at + 1 };
        matches!(
            line.word(next),
            "board" | "shareholders" | "directors" | "investors" | "stockholders"
        )
        .then_some(party)
    })
}
