//! Companies change hands: acquire, acquisition, sell, sale, merge, hire and license.

use super::funding::fill_stake;
use super::funding::start;
use super::line::Line;
use super::line::Segment;
use super::line::Unit;
use super::verbs::Form;
use super::verbs::Trigger;
use crate::domain::Basis;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Terms;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::status::Cue;

/// The price, what the company is worth, and how it is paid.
fn fill_price(line: &Line<'_>, candidate: &mut Candidate, segment: Segment, trigger: &Trigger) {
    let (from, to) = if segment.only {
        (0, line.len())
    } else {
        (trigger.start.saturating_sub(6).max(segment.from), segment.to)
    };
    // `A buys X, Y raises $5M`: the sum of the next headline is no price.
    let to = if line.in_title() {
        (trigger.end + 1..to)
            .find(|at| {
                matches!(line.word(*at), "," | ";")
                    && line.party(at + 1).is_some_and(|party| party.value.is_name())
            })
            .unwrap_or(to)
    } else {
        to
    };
    let places = (trigger.start..to).chain(from..trigger.start);
    for sum in places.filter_map(|at| line.sum(at)).filter(|sum| !sum.value.conversion) {
        let amount = Found { value: sum.value.amount.clone(), span: sum.span, rule: sum.rule };
        match sum.value.role {
            Role::Plain if candidate.amount.is_none() => candidate.amount = Some(amount),
            Role::Valuation(basis) if candidate.valuation.is_none() => {
                candidate.valuation =
                    Some(amount.map(|amount| crate::domain::Valuation::new(amount, basis)));
            }
            Role::Plain | Role::Valuation(_) | Role::Cumulative | Role::Other => {}
        }
    }
    // `a deal valuing X at $2 billion` is the price of the whole.
    if candidate.amount.is_none() && candidate.trigger.value == DealKind::Acquisition {
        candidate.amount =
            candidate.valuation.take().map(|worth| worth.map(|worth| worth.amount()));
    }
    candidate.terms = terms(line, from, to);
}

fn terms(line: &Line<'_>, from: usize, to: usize) -> Option<Found<Terms>> {
    let word = |list: &[&str]| (from..to).find(|at| list.contains(&line.word(*at)));
    let stock = (from..to).find(|at| {
        line.is(*at, &["all", "-", "stock"])
            || line.is(*at, &["in", "stock"])
            || line.is(*at, &["share", "swap"])
    });
    let earn =
        (from..to).find(|at| line.is(*at, &["earn", "-", "out"]) || line.word(*at) == "earnout");
    let cash = word(&["cash"]);
    let (at, value) = match (earn, cash, stock) {
        (Some(at), _, _) => (at, Terms::EarnOut),
        (None, Some(at), Some(_)) => (at, Terms::Mixed),
        (None, Some(at), None) if matches!(line.word(at + 2), "stock") => (at, Terms::Mixed),
        (None, Some(at), None) if matches!(line.back(at, 1), "in" | "-" | "all") => {
            (at, Terms::Cash)
        }
        (None, None, Some(at)) => (at, Terms::Stock),
        _ => return None,
    };
    Some(Found { value, span: line.span(at, at + 1)?, rule: "terms.en" })
}

/// `A acquires X for $2 billion`, `X is acquired by A`.
pub(super) fn acquire(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let rule = if line.in_title() { "frame.en.acquires.headline" } else { "frame.en.acquires" };
    let mut candidate = start(line, trigger, segment, DealKind::Acquisition, rule)?;
    if trigger.form == Form::Passive {
        candidate.target = line.subject(trigger.start).cloned();
        if line.word(trigger.end) == "by" {
            candidate.acquirers.extend(line.list(trigger.end + 1).into_iter().next().cloned());
        } else if candidate.acquirers.is_empty() && line.word(trigger.end) != "for" {
            return None;
        }
    } else {
        let place = line.object(trigger.end)?;
        let object = line.party(place)?;
        asset(line, &mut candidate, place, object)?;
        belongings(line, &mut candidate, trigger.end, place);
        candidate
            .acquirers
            .extend(line.subject(trigger.start).filter(|party| party.span != object.span).cloned());
    }
    let target = candidate.target.as_ref()?;
    if matches!(target.value.kind, PartyKind::Person) {
        return None;
    }
    if candidate.acquirers.is_empty() && !target.value.is_name() {
        return None;
    }
    fill_price(line, &mut candidate, segment, trigger);
    fill_stake(line, &mut candidate);
    Some(candidate)
}

/// What is bought: the party itself, or something of its.
fn asset(
    line: &Line<'_>,
    candidate: &mut Candidate,
    place: usize,
    object: &Found<Party>,
) -> Option<()> {
    candidate.target = Some(object.clone());
    let owned = matches!(line.word(place + 1), "'s" | "'");
    let noun_from = if owned { place + 2 } else { place + 1 };
    for at in noun_from..noun_from + 5 {
        match line.unit(at) {
            Some(Unit::Word(word))
                if is_unit(word) && (owned || at == noun_from || at <= noun_from + 2) =>
            {
                let span = line.span(place, at + 1)?;
                candidate.asset = Some(Found {
                    value: line.text.printed(span).to_owned(),
                    span,
                    rule: "asset.en.unit",
                });
                candidate.trigger.value = if matches!(
                    word,
                    "assets" | "technology" | "ip" | "patents" | "portfolio" | "intellectual"
                ) {
                    DealKind::AssetPurchase
                } else {
                    DealKind::Divestiture
                };
                candidate.sellers.push(object.clone());
                return Some(());
            }
            Some(Unit::Word(word)) if is_goods(word) => return None,
            Some(Unit::Word(word)) if !owned && at == noun_from && is_end(word) => return Some(()),
            Some(Unit::Word(word)) if is_end(word) => break,
            Some(Unit::Word(_)) => {}
            _ => break,
        }
    }
    if owned { None } else { Some(()) }
}

/// `the patents and source code of X`, `assets from X`: what stands between the verb and a name
/// that `of` governs is bought, and not the company.
fn belongings(line: &Line<'_>, candidate: &mut Candidate, from: usize, owner: usize) {
    let Some(of) = (from..owner).rev().take(5).find(|at| matches!(line.word(*at), "of" | "from"))
    else {
        return;
    };
    let from = if matches!(line.word(from), "the" | "all" | "some" | "certain" | "its") {
        from + 1
    } else {
        from
    };
    let thing = (from..of).find(|at| {
        matches!(
            line.word(*at),
            "assets"
                | "patents"
                | "patent"
                | "technology"
                | "ip"
                | "intellectual"
                | "code"
                | "remains"
                | "remnants"
                | "pieces"
                | "leftovers"
                | "scraps"
        )
    });
    let (Some(_), Some(span)) = (thing, line.span(from, of)) else { return };
    candidate.trigger.value = DealKind::AssetPurchase;
    candidate.asset = Some(Found {
        value: line.text.printed(span).to_owned(),
        span,
        rule: "asset.en.belongings",
    });
}

fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "unit"
            | "business"
            | "division"
            | "arm"
            | "assets"
            | "operations"
            | "subsidiary"
            | "technology"
            | "ip"
            | "patents"
            | "portfolio"
            | "segment"
            | "team"
    )
}

fn is_goods(word: &str) -> bool {
    matches!(
        word,
        "chips"
            | "gpus"
            | "shares"
            | "stock"
            | "servers"
            | "hardware"
            | "products"
            | "processors"
            | "capacity"
            | "power"
            | "drones"
            | "vehicles"
            | "computers"
            | "accelerators"
            | "bonds"
            | "debt"
            | "stake"
            | "systems"
            | "credits"
            | "licenses"
            | "licences"
            | "subscriptions"
            | "ads"
            | "rights"
            | "machines"
            | "robots"
            | "devices"
            | "bitcoin"
            | "tokens"
            | "headquarters"
            | "building"
            | "data"
            | "land"
            | "campus"
    )
}

fn is_end(word: &str) -> bool {
    matches!(
        word,
        "," | "."
            | ";"
            | ":"
            | "("
            | ")"
            | "for"
            | "in"
            | "to"
            | "from"
            | "as"
            | "with"
            | "by"
            | "and"
            | "at"
            | "after"
            | "on"
            | "while"
            | "before"
            | "last"
            | "this"
            | "amid"
            | "but"
            | "–"
            | "—"
            | "-"
            | "which"
            | "who"
            | "that"
            | "when"
            | "earlier"
            | "over"
            | "because"
            | "despite"
    )
}

/// `the acquisition of X by A`, `A's takeover of X`, `the X acquisition`.
pub(super) fn acquisition(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Candidate> {
    let mut candidate =
        start(line, trigger, segment, DealKind::Acquisition, "frame.en.acquisition")?;
    let noun = trigger.start;
    let owner;
    if matches!(line.word(trigger.end), "of" | "for") {
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
        owner = (noun.saturating_sub(5)..noun.saturating_sub(2))
            .rev()
            .find_map(|at| line.party(at).filter(|_| matches!(line.word(at + 1), "'s" | "'")));
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
        (matches!(line.word(trigger.end), "talks" | "approach" | "interest")
            && matches!(line.word(trigger.end + 1), "with" | "from" | "by"))
        .then(|| line.object_after(trigger.end + 2))
        .flatten(),
    ) {
        candidate.target = Some(answerer.clone());
        candidate.acquirers.push(bidder.clone());
        fill_price(line, &mut candidate, segment, trigger);
        return (answerer.span != bidder.span).then_some(candidate);
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
        .or_else(|| line.subject(noun).filter(not_target))
        .or_else(|| line.subject(noun.saturating_sub(1)).filter(not_target));
    candidate.acquirers.extend(
        buyer
            .filter(|party| party.span != target && party.value.kind != PartyKind::Person)
            .cloned(),
    );
    fill_price(line, &mut candidate, segment, trigger);
    Some(candidate)
}

/// Who denies, rejects or accepts an offer: the first party of the sentence.
fn answerer<'a>(line: &Line<'a>, candidate: &Candidate, noun: usize) -> Option<&'a Found<Party>> {
    let answers = (0..noun).any(|at| {
        matches!(
            line.word(at),
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

/// `X now belongs to A`, `X becomes part of A`.
pub(super) fn join(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Acquisition, "frame.en.joins")?;
    let owner = line.object_after(trigger.end)?;
    candidate.target =
        line.subject(trigger.start).filter(|party| party.span != owner.span).cloned();
    candidate.acquirers.push(owner.clone());
    fill_price(line, &mut candidate, segment, trigger);
    candidate.target.is_some().then_some(candidate)
}

/// `S sells X to A`, `X was sold to A`.
pub(super) fn sell(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Acquisition, "frame.en.sells")?;
    let to = (trigger.end..segment.to.min(trigger.end + 16))
        .find(|at| line.word(*at) == "to" && !line.list(at + 1).is_empty());
    let buyer =
        to.and_then(|at| line.object_after(at + 1).or_else(|| line.list(at + 1).first().copied()));
    let itself = (trigger.end..trigger.end + 3).any(|at| {
        matches!(line.word(at), "itself" | "itselves" | "themselves")
            || line.is(at, &["the", "company"])
    }) || (trigger.end..=trigger.end).any(|at| {
        line.party(at).is_some_and(|party| matches!(party.value.kind, PartyKind::Refers(_)))
    });
    if trigger.form == Form::Passive {
        candidate.target = line.subject(trigger.start).cloned();
        if line.word(trigger.end) == "by" {
            return None;
        }
        if buyer.is_none()
            && candidate.status.as_ref().is_none_or(|s| s.value == DealStatus::Announced)
        {
            return None;
        }
    } else if itself {
        candidate.target = line.subject(trigger.start).cloned();
    } else if line.word(trigger.end) == "to" && line.in_title() {
        // `X sells to Y` in a headline
        candidate.target = line.subject(trigger.start).cloned();
        buyer.filter(|party| party.value.is_name())?;
    } else {
        let place = line.object(trigger.end)?;
        let object = line.party(place)?;
        asset(line, &mut candidate, place, object)?;
        buyer?;
        candidate
            .sellers
            .extend(line.subject(trigger.start).filter(|party| party.span != object.span).cloned());
    }
    candidate.acquirers.extend(buyer.cloned());
    seek(line, &mut candidate);
    fill_price(line, &mut candidate, segment, trigger);
    candidate.target.is_some().then_some(candidate)
}

/// `X explores a sale`, `the sale of X to A`, `X seeks a buyer`.
pub(super) fn sale(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Acquisition, "frame.en.sale")?;
    let buyer_noun = line.word(trigger.start) != "sale";
    let sought = line
        .facts
        .cues
        .iter()
        .any(|cue| matches!(cue.value, Cue::Seeking | Cue::Talks | Cue::Hypothetical));
    // `could not find a buyer`
    let vain = (trigger.start.saturating_sub(6)..trigger.start).any(|at| {
        matches!(line.word(at), "not" | "n't" | "couldn't" | "failed" | "unable" | "without" | "no")
    });
    if buyer_noun && (!sought || vain) {
        return None;
    }
    let of = (line.word(trigger.end) == "of").then(|| line.object_after(trigger.end + 1)).flatten();
    if let Some(place) = of.and_then(|_| line.object(trigger.end + 1))
        && matches!(line.word(place + 1), "'s" | "'")
    {
        asset(line, &mut candidate, place, line.party(place)?);
        candidate.target = None;
    }
    let owner = (segment.from..trigger.start)
        .rev()
        .take(4)
        .find_map(|at| line.party(at).filter(|_| matches!(line.word(at + 1), "'s" | "'")));
    let company = |party: &&Found<Party>| {
        matches!(party.value.kind, PartyKind::Company | PartyKind::Refers(_))
    };
    // `X hires a bank to find a buyer`: who hires is for sale.
    let hirer = (0..trigger.start)
        .find(|at| {
            matches!(line.word(*at), "hires" | "hired" | "taps" | "tapped" | "retains" | "retained")
        })
        .and_then(|at| line.subject(at));
    candidate.target =
        of.or(owner).or(hirer).or_else(|| line.subject(trigger.start)).filter(company).cloned();
    let to = (trigger.end..segment.to.min(trigger.end + 18)).find(|at| line.word(*at) == "to");
    let buyer = to.and_then(|at| line.party(at + 1)).filter(|_| !buyer_noun);
    candidate.acquirers.extend(buyer.cloned());
    if buyer.is_none() && !sought {
        return None;
    }
    seek(line, &mut candidate);
    fill_price(line, &mut candidate, segment, trigger);
    candidate.target.is_some().then_some(candidate)
}

/// A company that looks for a buyer, none being named, seeks.
fn seek(line: &Line<'_>, candidate: &mut Candidate) {
    if !candidate.acquirers.is_empty() {
        return;
    }
    if let Some(status) = candidate.status.as_mut() {
        if matches!(
            status.value,
            DealStatus::InTalks | DealStatus::Rumoured | DealStatus::Announced
        ) {
            status.value = DealStatus::Seeking;
        }
    } else if let Some(cue) = line.facts.cues.first() {
        candidate.status =
            Some(Found { value: DealStatus::Seeking, span: cue.span, rule: cue.rule });
    }
}

/// `X and Y merge`, `X merges with Y`, `the merger of X and Y`.
pub(super) fn merge(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Merger, "frame.en.merges")?;
    let after = line.word(trigger.end);
    let (one, other) = if matches!(after, "of" | "between") {
        let pair = line.list(trigger.end + 1);
        (pair.first().copied(), pair.get(1).copied())
    } else if matches!(after, "with" | "into") {
        let other = line.list(trigger.end + 1).first().copied();
        (line.subject(trigger.start), other)
    } else {
        let mut pair = line.list_before(trigger.start);
        // `A and B have agreed to merge`: the governing verb is passed over.
        if let Some(place) = line.subject_place(trigger.start).filter(|_| pair.len() < 2) {
            pair = line.list_before(place + 1);
        }
        (pair.first().copied(), pair.get(1).copied())
    };
    let (one, other) = (one?, other?);
    // Who folds or merges into another is the one that goes.
    let (one, other) = if after == "into" { (other, one) } else { (one, other) };
    candidate.target = Some(other.clone());
    candidate.acquirers.push(one.clone());
    fill_price(line, &mut candidate, segment, trigger);
    Some(candidate)
}

/// `A hires the founders of X and licenses its technology`.
pub(super) fn hire(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let word = |list: &[&str]| (0..line.len()).any(|at| list.contains(&line.word(at)));
    let named =
        matches!(line.word(trigger.start), "acquihire" | "acquihires" | "acquihired" | "acqui");
    let license = word(&["license", "licence", "licensing", "licenses", "licensed", "licences"]);
    let people = word(&[
        "founder",
        "founders",
        "team",
        "staff",
        "employees",
        "engineers",
        "researchers",
        "executives",
        "cofounder",
        "cofounders",
        "ceo",
        "leadership",
    ]);
    let hires = word(&[
        "hire", "hires", "hired", "hiring", "join", "joins", "joined", "joining", "recruits",
        "poached", "poaches", "bring", "brings",
    ]);
    // The licence may be told in the text below the headline.
    let license = license
        || (line.in_title()
            && ["licens", "licence"].iter().any(|word| line.text.str().contains(word)));
    if !(named || (license && people && hires)) {
        return None;
    }
    let mut candidate = start(line, trigger, segment, DealKind::Acquihire, "frame.en.hires")?;
    let buyer = line.subject(trigger.start).cloned();
    let target = (trigger.end..line.len()).find_map(|at| {
        let party = line.party(at).filter(|party| party.value.kind == PartyKind::Company)?;
        let fits =
            matches!(
                line.back(at, 1),
                "of" | "from" | "at" | "with" | "startup" | "company" | "-" | "up"
            ) || matches!(line.word(at + 1), "'s" | "'" | "ceo" | "founders" | "founder" | "co");
        (fits && buyer.as_ref().is_none_or(|buyer| buyer.span != party.span)).then(|| party.clone())
    });
    candidate.target = target;
    candidate.acquirers.extend(buyer);
    let whole = Segment { from: 0, to: line.len(), only: true };
    fill_price(line, &mut candidate, whole, trigger);
    (candidate.target.is_some() && !candidate.acquirers.is_empty()).then_some(candidate)
}

/// `The deal is worth more than $2 billion`: the price of a deal that other words state.
pub(super) fn price(line: &Line<'_>) -> Option<Candidate> {
    let sum = line.facts.sums.iter().find(|sum| {
        matches!(sum.value.role, Role::Plain | Role::Valuation(_)) && !sum.value.conversion
    })?;
    let place = line.unit_at(sum.span.start());
    let from = place.saturating_sub(14);
    let deal = (from..place).find(|at| {
        matches!(
            line.word(*at),
            "deal"
                | "transaction"
                | "price"
                | "paid"
                | "pay"
                | "pays"
                | "paying"
                | "consideration"
                | "fetch"
                | "bill"
                | "fetched"
                | "fetching"
                | "acquisition"
                | "takeover"
                | "purchase"
                | "buyout"
                | "tag"
                | "cost"
        )
    })?;
    let past = line.facts.dates.iter().any(|date| date.value.past)
        || line.facts.cues.iter().any(|cue| cue.value == Cue::Past);
    let names = line.facts.parties.iter().filter(|party| party.value.kind == PartyKind::Company);
    if past || names.count() > 3 {
        return None;
    }
    let span = line.span(deal, deal + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Acquisition, span, "frame.en.price");
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    let amount = sum.value.amount.clone();
    candidate.amount = Some(Found { value: amount, span: sum.span, rule: sum.rule });
    Some(candidate)
}

/// `The all-cash transaction values the company at $620 million`: the price of a deal that other
/// words state.
pub(super) fn whole_price(line: &Line<'_>) -> Option<Candidate> {
    let values = (0..line.len()).find(|at| {
        matches!(line.word(*at), "values" | "valued" | "valuing" | "puts" | "put" | "prices")
    })?;
    let priced = (values + 1..values + 4)
        .any(|at| matches!(line.word(at), "deal" | "price" | "purchase" | "takeover"));
    let deal = priced
        || (0..values).any(|at| {
            matches!(
                line.word(at),
                "transaction"
                    | "takeover"
                    | "acquisition"
                    | "merger"
                    | "buyout"
                    | "offer"
                    | "bid"
                    | "terms"
                    | "purchase"
            )
        });
    let round = (0..line.len()).any(|at| {
        line.is_round(at) || matches!(line.word(at), "round" | "funding" | "financing" | "ipo")
    });
    if !deal || round {
        return None;
    }
    // A worth before or after new money is that of a round.
    let worth = Role::Valuation(Basis::Unspecified);
    let sum =
        (values..line.len()).find_map(|at| line.sum(at).filter(|sum| sum.value.role == worth))?;
    let span = line.span(values, values + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Acquisition, span, "frame.en.price");
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    candidate.amount =
        Some(Found { value: sum.value.amount.clone(), span: sum.span, rule: sum.rule });
    Some(candidate)
}

/// `A and B have stopped talking`, `A ended talks with B`: a deal that will not be.
pub(super) fn broken_talks(line: &Line<'_>) -> Option<Candidate> {
    let verb = (0..line.len()).find(|at| {
        matches!(
            line.word(*at),
            "stopped" | "ended" | "end" | "broke" | "broken" | "quit" | "abandoned" | "halted"
        ) && (at + 1..at + 4)
            .any(|at| matches!(line.word(at), "talking" | "talks" | "negotiating" | "negotiations"))
    })?;
    let noun = (verb + 1..verb + 4).find(|at| {
        matches!(line.word(*at), "talking" | "talks" | "negotiating" | "negotiations")
    })?;
    let named = |party: &&Found<Party>| party.value.kind == PartyKind::Company;
    let (one, other) = if line.word(noun + 1) == "with" {
        (line.subject(verb)?, line.object_after(noun + 2)?)
    } else {
        let before: Vec<_> = (0..verb).filter_map(|at| line.party(at)).filter(named).collect();
        (before.first().copied()?, before.get(1).copied()?)
    };
    let span = line.span(verb, noun + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Acquisition, span, "frame.en.talks_ended");
    candidate.status =
        Some(Found { value: DealStatus::Terminated, span, rule: "status.en.talks_ended" });
    candidate.kind_is_weak = true;
    candidate.target = Some(other.clone());
    candidate.acquirers.push(one.clone());
    (one.value.is_name() && other.value.is_name()).then_some(candidate)
}
