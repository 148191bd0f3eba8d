//! Money goes in: raise, round, invest, lead, stake, secondary.

use super::backers;
use super::line::Line;
use super::line::Segment;
use super::line::Unit;
use super::listing;
use super::status;
use super::status::Claim;
use super::verbs::Form;
use super::verbs::Trigger;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Qualifier;
use crate::domain::Valuation;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;
use crate::extract::money::WHOLE;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

/// A candidate with status and time; none if the words deny the event.
pub(super) fn start(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
    kind: DealKind,
    rule: &'static str,
) -> Option<Candidate> {
    let span = line.span(trigger.start, trigger.end)?;
    let mut candidate = Candidate::new(line.sentence.index, kind, span, rule);
    candidate.status = match status::claimed(line, trigger, segment) {
        Claim::Nothing => return None,
        Claim::Unsaid => None,
        Claim::Is(status) => Some(status),
    };
    candidate.past = status::is_past(line, trigger, segment);
    candidate.when = status::when(line, trigger, segment);
    Some(candidate)
}

/// Reads the sums, the round and the share of a range of units.
pub(super) fn fill_sums(line: &Line<'_>, candidate: &mut Candidate, from: usize, to: usize) {
    for at in from..to {
        match line.unit(at) {
            Some(Unit::Sum(sum)) if !sum.value.conversion => {
                let amount =
                    Found { value: sum.value.amount.clone(), span: sum.span, rule: sum.rule };
                match sum.value.role {
                    // The whole round, and not the part told before it.
                    Role::Plain if candidate.amount.is_none() || sum.rule == WHOLE => {
                        candidate.amount = Some(amount);
                    }
                    Role::Valuation(basis) if candidate.valuation.is_none() => {
                        candidate.valuation =
                            Some(amount.map(|amount| Valuation::new(amount, basis)));
                    }
                    Role::Cumulative if candidate.cumulative.is_none() => {
                        candidate.cumulative = Some(amount);
                    }
                    Role::Plain | Role::Valuation(_) | Role::Cumulative | Role::Other => {}
                }
            }
            Some(Unit::Round(round)) if candidate.round.is_none() => {
                candidate.round = Some(round.clone());
            }
            _ => {}
        }
    }
}

/// The share of the company, if the sentence gives one.
pub(super) fn fill_stake(line: &Line<'_>, candidate: &mut Candidate) {
    if candidate.stake.is_none() {
        candidate.stake = line.facts.percents.first().cloned();
    }
}

/// Borrowed, not sold: the object is a loan or a bond.
fn is_debt(line: &Line<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| {
        matches!(
            line.word(at),
            "loan"
                | "loans"
                | "debt"
                | "bond"
                | "bonds"
                | "notes"
                | "lenders"
                | "borrowing"
                | "borrow"
                | "borrows"
                | "borrowed"
                | "convertible"
        ) || (line.word(at) == "facility"
            && matches!(
                line.back(at, 1),
                "credit"
                    | "loan"
                    | "financing"
                    | "debt"
                    | "backed"
                    | "revolving"
                    | "term"
                    | "draw"
                    | "funding"
            ))
            || line.is(at, &["credit", "line"])
            || line.is(at, &["line", "of", "credit"])
    }) && !(from..to).any(|at| line.word(at) == "equity" && line.word(at + 1) != "-")
}

/// `X raises $40M in a Series B led by Y`.
pub(super) fn raise(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let debt = is_debt(line, trigger.start, segment.to.min(trigger.end + 14));
    let kind = if debt { DealKind::Debt } else { DealKind::Funding };
    // `AI startups raised $40B last quarter`: a statistic.
    let many = line.back(line.group_start(trigger.start), 1);
    if matches!(
        many,
        "startups"
            | "companies"
            | "firms"
            | "ventures"
            | "labs"
            | "unicorns"
            | "founders"
            | "makers"
            | "ups"
    ) && matches!(trigger.form, Form::Past | Form::Present | Form::Bare)
        && line.in_title()
    {
        return None;
    }
    let ipo = (trigger.start.saturating_sub(8)..line.len().min(trigger.end + 14))
        .any(|at| line.word(at) == "ipo" || line.is(at, &["initial", "public"]));
    let kind = if ipo { DealKind::Ipo } else { kind };
    let rule = if line.in_title() { "frame.en.raises.headline" } else { "frame.en.raises" };
    let mut candidate = start(line, trigger, segment, kind, rule)?;
    if ipo {
        candidate.status = listing::traded(line).or_else(|| candidate.status.take());
    }
    let passive = trigger.form == Form::Passive;
    if passive && line.word(trigger.end) == "by" {
        candidate.target = line.party(trigger.end + 1).cloned();
    } else {
        candidate.target = line
            .subject(trigger.start)
            .cloned()
            .or_else(|| possessor(line, trigger.end, segment.to))
            .or_else(|| beneficiary(line, trigger.end, segment.to));
    }
    // `Investors raise money for X`: what funds raise is not a company's round.
    if candidate
        .target
        .as_ref()
        .is_some_and(|target| matches!(target.value.kind, PartyKind::Investor | PartyKind::Person))
    {
        let other = possessor(line, trigger.end, segment.to)
            .or_else(|| beneficiary(line, trigger.end, segment.to));
        if other.is_some() {
            candidate.target = other;
        }
    }
    fill_sums(line, &mut candidate, trigger.end, segment.to);
    if candidate.amount.is_none() && (passive || segment.only) {
        fill_sums(line, &mut candidate, segment.from, trigger.start);
    }
    if segment.only && (candidate.valuation.is_none() || candidate.round.is_none()) {
        fill_leftovers(line, &mut candidate);
    }
    backers::fill(line, &mut candidate, segment);
    let vague = candidate.amount.is_none()
        && candidate.round.is_none()
        && candidate.valuation.is_none()
        && candidate.investors.is_empty();
    if vague && !line.in_title() && !is_sought(&candidate) {
        candidate.supports_only = true;
    }
    if is_sought(&candidate) {
        candidate.target_amount.clone_from(&candidate.amount);
    }
    Some(candidate)
}

fn is_sought(candidate: &Candidate) -> bool {
    candidate
        .status
        .as_ref()
        .is_some_and(|status| matches!(status.value, DealStatus::InTalks | DealStatus::Seeking))
}

/// Valuation, total and round from anywhere in a sentence that tells of one deal.
fn fill_leftovers(line: &Line<'_>, candidate: &mut Candidate) {
    let amount = candidate.amount.take();
    fill_sums(line, candidate, 0, line.len());
    candidate.amount = amount;
}

/// `announces X's $40M round`: the possessor of the money.
fn possessor(line: &Line<'_>, from: usize, to: usize) -> Option<Found<Party>> {
    (from..to.min(from + 8)).find_map(|at| {
        let party = line.party(at)?;
        matches!(line.word(at + 1), "'s" | "'").then(|| party.clone())
    })
}

/// `$40M for X`, `a round in X`.
fn beneficiary(line: &Line<'_>, from: usize, to: usize) -> Option<Found<Party>> {
    (from..to).find_map(|at| {
        let prepositions = matches!(line.word(at), "for" | "in" | "into" | "at" | "of");
        let party = prepositions.then(|| line.object_after(at + 1)).flatten()?;
        Some(party.clone())
    })
}

impl<'a> Line<'a> {
    /// The party that a preposition governs: right after it, descriptors aside.
    pub(super) fn object_after(&self, from: usize) -> Option<&'a Found<Party>> {
        let place = self.object(from)?;
        let owner = self
            .party(place)
            .is_some_and(|party| matches!(self.text.of(party.span), "its" | "their"));
        if place > from + 6 || owner {
            return None;
        }
        self.party(place)
            .filter(|party| matches!(party.value.kind, PartyKind::Company | PartyKind::Refers(_)))
    }
}

/// `the $40M Series B of X was led by Y`, `X's round`, `$5M for X`.
pub(super) fn round(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let word = line.word(trigger.start);
    let near = trigger.start.saturating_sub(7).max(segment.from);
    let sum = (near..segment.to.min(trigger.end + 8))
        .any(|at| line.sum(at).is_some_and(|sum| sum.value.role != Role::Other));
    let named = line.is_round(trigger.start);
    let mut candidate = start(line, trigger, segment, DealKind::Funding, "frame.en.round")?;
    if is_debt(line, near, segment.to.min(trigger.end + 4)) {
        candidate.trigger.value = DealKind::Debt;
    }
    fill_sums(line, &mut candidate, near, segment.to);
    if segment.only {
        fill_leftovers(line, &mut candidate);
        if candidate.amount.is_none() {
            fill_sums(line, &mut candidate, 0, line.len());
        }
    }
    // `consists of €468m in equity and €132m in debt`: parts, of which none is the round.
    let parts = (trigger.end..segment.to.min(trigger.end + 6)).any(|at| {
        matches!(
            line.word(at),
            "consists" | "comprises" | "comprising" | "splits" | "split" | "combines"
        )
    });
    if parts {
        candidate.amount = None;
        candidate.trigger.value = DealKind::Funding;
    }
    backers::fill(line, &mut candidate, segment);
    let owner = (segment.from..trigger.start).rev().take(9).find_map(|at| {
        let party = line.party(at)?;
        let owns = matches!(line.word(at + 1), "'s" | "'")
            || (matches!(party.value.kind, PartyKind::Refers(_))
                && matches!(line.text.of(party.span), "its" | "their"));
        owns.then(|| party.clone())
    });
    let backer = |party: &Found<Party>| {
        candidate.investors.iter().any(|backer| backer.party.span == party.span)
    };
    // `the Acme round`, `takes Acme round to $5M`
    let owner = owner.or_else(|| {
        let before = trigger.start.checked_sub(1)?;
        line.party(before).filter(|party| party.value.kind == PartyKind::Company).cloned()
    });
    candidate.target = owner.or_else(|| {
        let after = line.word(trigger.end);
        let prepositions = matches!(after, "for" | "in" | "at" | "of" | "by")
            && candidate.investors.is_empty()
            || matches!(after, "for" | "in" | "at");
        prepositions.then(|| line.object_after(trigger.end + 1).cloned()).flatten()
    });
    if candidate.target.is_none() && (sum || named) {
        candidate.target = line
            .subject(trigger.start)
            .filter(|party| {
                party.value.kind == PartyKind::Company && !backer(party) && !backers::is_fund(party)
            })
            .cloned();
    }
    if candidate.target.is_none() {
        // `Funding: $5M for X`, `the round, which values X at $400 million`
        let given =
            (near..segment.to).find(|at| line.sum(*at).is_some() && line.word(at + 1) == "for");
        let valued =
            (0..line.len()).find(|at| matches!(line.word(*at), "values" | "valuing" | "valued"));
        let named = given
            .and_then(|at| line.object_after(at + 2))
            .or_else(|| valued.filter(|_| sum).and_then(|at| line.object_after(at + 1)));
        candidate.target = named.filter(|party| party.value.is_name()).cloned();
    }
    let weighty = sum || named || !candidate.investors.is_empty();
    if !weighty || (matches!(word, "loan" | "facility") && !sum) {
        return None;
    }
    if candidate.target.is_none() || !(sum || named) {
        candidate.supports_only = true;
        candidate.kind_is_weak = true;
        // `a $40M Series B led by Y`, apart from its verb, still speaks of the deal at hand.
        if candidate.target.as_ref().is_some_and(|t| !t.value.is_name()) {
            candidate.target = None;
        }
    }
    Some(candidate)
}

/// `A invests $5M in X`, `A backs X`, `A's $5M investment in X`.
pub(super) fn invest(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let rule = if line.in_title() { "frame.en.invests.headline" } else { "frame.en.invests" };
    let mut candidate = start(line, trigger, segment, DealKind::Funding, rule)?;
    let backs = line.word(trigger.start).starts_with("back");
    let cheque =
        (trigger.end..trigger.end + 5).any(|at| matches!(line.word(at), "cheque" | "check"));
    candidate.target = if backs {
        line.object(trigger.end).and_then(|place| line.party(place)).cloned()
    } else {
        let into = (trigger.end..segment.to.min(trigger.end + 12)).find(|at| {
            (matches!(line.word(*at), "in" | "into" | "on" | "behind")
                || (cheque && matches!(line.word(*at), "for" | "to")))
                && line.object_after(at + 1).is_some()
        });
        into.and_then(|at| line.object_after(at + 1)).cloned()
    };
    let passive = trigger.form == Form::Passive && line.word(trigger.end) == "by";
    let mut parties =
        if passive { line.list(trigger.end + 1) } else { line.list_before(trigger.start) };
    if parties.is_empty() && trigger.form != Form::Noun {
        parties.extend(line.subject(trigger.start));
    }
    if trigger.form == Form::Noun {
        parties = (segment.from..trigger.start)
            .rev()
            .take(6)
            .find_map(|at| {
                let party = line.party(at).filter(|_| matches!(line.word(at + 1), "'s" | "'"))?;
                Some(vec![party])
            })
            .unwrap_or_default();
    }
    fill_sums(line, &mut candidate, trigger.start.saturating_sub(4).max(segment.from), segment.to);
    fill_stake(line, &mut candidate);
    let target = candidate.target.as_ref().map(|target| target.span);
    for party in parties.into_iter().filter(|party| Some(party.span) != target) {
        backers::push(&mut candidate.investors, Backer { party: party.clone(), lead: false });
    }
    if parties_missing(trigger, &candidate) {
        let subject = line.subject(trigger.start).filter(|party| Some(party.span) != target);
        let subject = subject.filter(|party| !matches!(party.value.kind, PartyKind::Person));
        candidate
            .investors
            .extend(subject.map(|party| Backer { party: party.clone(), lead: false }));
    }
    candidate.kind_is_weak = candidate.investors.is_empty();
    let corporate = candidate.investors.len() == 1
        && candidate.investors.iter().all(|b| {
            matches!(
                b.party.value.kind,
                PartyKind::Company | PartyKind::Government | PartyKind::Refers(_)
            )
        });
    if corporate {
        candidate.trigger.value = DealKind::InvestmentStake;
        candidate.kind_is_weak = true;
    }
    backers::fill(line, &mut candidate, segment);
    let ended = candidate
        .status
        .as_ref()
        .is_some_and(|status| matches!(status.value, DealStatus::Terminated | DealStatus::Denied));
    if candidate.target.is_none() && ended {
        return None;
    }
    if candidate.target.is_none() {
        // `SoftBank invested around $500 million`: a part of the round, not the round.
        candidate.amount = None;
        candidate.supports_only = true;
        candidate.kind_is_weak = true;
    } else if candidate.amount.is_none()
        && candidate.round.is_none()
        && candidate.stake.is_none()
        && !line.in_title()
    {
        // `A invested in X`, without more: adds a name to a deal, and makes none.
        candidate.supports_only = true;
    } else if candidate.amount.is_none()
        && !backs
        && candidate.stake.is_none()
        && trigger.form != Form::Past
        && trigger.form != Form::Present
    {
        candidate.supports_only = true;
    }
    (!candidate.investors.is_empty() || candidate.amount.is_some()).then_some(candidate)
}

/// A noun without a possessor: who invests is the subject of the sentence.
fn parties_missing(trigger: &Trigger, candidate: &Candidate) -> bool {
    trigger.form == Form::Noun && candidate.investors.is_empty()
}

/// `A leads X's $40M round`, `A led a $40M round in X`, `A led the round`.
pub(super) fn lead(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Funding, "frame.en.leads")?;
    let mut parties = line.list_before(trigger.start);
    // `Leading the round was A`
    let was = (trigger.end..segment.to.min(trigger.end + 10))
        .find(|at| matches!(line.word(*at), "was" | "were" | "is" | "are"))
        .filter(|_| parties.is_empty() && trigger.start == 0);
    if let Some(was) = was {
        parties = line.list(was + 1);
    }
    if parties.is_empty() {
        parties.extend(line.subject(trigger.start));
    }
    for party in parties {
        backers::push(&mut candidate.investors, Backer { party: party.clone(), lead: true });
    }
    candidate.target = possessor(line, trigger.end, segment.to).or_else(|| {
        (trigger.end..segment.to.min(trigger.end + 14)).find_map(|at| {
            let governs = matches!(line.word(at), "for" | "in" | "at" | "into" | "of");
            governs.then(|| line.object_after(at + 1).cloned()).flatten()
        })
    });
    // `leads X round`, `Name: A leads $5M round in the maker of`
    if candidate.target.is_none() {
        candidate.target = (trigger.end..segment.to.min(trigger.end + 4))
            .find(|at| {
                line.party(*at).is_some_and(|party| party.value.kind == PartyKind::Company)
                    && (line.word(at + 1) == "round" || line.is_round(at + 1))
            })
            .and_then(|at| line.party(at).cloned())
            .or_else(|| topic(line).filter(|_| trigger.start > 1));
    }
    fill_sums(line, &mut candidate, trigger.end, segment.to);
    backers::fill(line, &mut candidate, segment);
    if let Some(target) = candidate.target.as_ref().map(|target| target.span) {
        candidate.investors.retain(|backer| backer.party.span != target);
    }
    if candidate.target.is_none() {
        candidate.supports_only = true;
        candidate.kind_is_weak = true;
        if line.word(trigger.end) == "with" {
            candidate.amount = None;
        }
    }
    Some(candidate)
}

/// `Name: what happened`, in a headline: the name is what it is about.
fn topic(line: &Line<'_>) -> Option<Found<Party>> {
    let party = line.party(0).filter(|party| party.value.kind == PartyKind::Company)?;
    (line.in_title() && line.word(1) == ":").then(|| party.clone())
}

/// More than half of a company, in hundredths of a percent: its buyer controls it.
const HALF: u32 = 5_000;

/// `A takes a 30% stake in X`.
pub(super) fn stake(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::InvestmentStake, "frame.en.stake")?;
    let from = if trigger.form == Form::Noun { trigger.end + 1 } else { trigger.end };
    candidate.target = line.object(from).and_then(|place| line.party(place)).cloned();
    let target = candidate.target.as_ref()?.span;
    let gives = matches!(
        line.word(trigger.start),
        "give" | "gives" | "gave" | "giving" | "hands" | "handed"
    );
    let holder = if gives { line.party(trigger.start + 1) } else { line.subject(trigger.start) };
    let subject = holder.filter(|party| party.span != target);
    let verb = trigger.form != Form::Noun
        || (segment.from..trigger.start).any(|at| {
            matches!(
                line.word(at),
                "take"
                    | "takes"
                    | "took"
                    | "taking"
                    | "buy"
                    | "buys"
                    | "buying"
                    | "bought"
                    | "acquire"
                    | "acquires"
                    | "acquired"
                    | "acquiring"
                    | "purchase"
                    | "purchased"
                    | "get"
                    | "gets"
                    | "invest"
                    | "investing"
                    | "eye"
                    | "eyes"
                    | "eyeing"
                    | "seek"
                    | "seeks"
                    | "seeking"
                    | "weigh"
                    | "weighs"
                    | "weighing"
                    | "mulls"
                    | "considers"
                    | "considering"
                    | "discuss"
                    | "discussing"
            )
        });
    let priced =
        (trigger.start.saturating_sub(4)..trigger.end + 2).any(|at| line.sum(at).is_some());
    if !verb && !priced {
        return None;
    }
    let verb_at = if trigger.form == Form::Noun {
        (segment.from..trigger.start)
            .rev()
            .take(5)
            .find(|at| line.word(*at).starts_with("eye") || line.word(*at).starts_with("tak"))
    } else {
        Some(trigger.start)
    };
    let several = verb_at.map(|at| line.list_before(at)).unwrap_or_default();
    for party in several.into_iter().filter(|party| party.span != target && !gives) {
        backers::push(&mut candidate.investors, Backer { party: party.clone(), lead: false });
    }
    if candidate.investors.is_empty() {
        let subject = subject.map(|party| Backer { party: party.clone(), lead: false });
        candidate.investors.extend(subject);
    }
    fill_stake(line, &mut candidate);
    fill_sums(line, &mut candidate, segment.from, segment.to);
    let control = candidate.stake.as_ref().is_some_and(|stake| stake.value.0 > HALF)
        || (trigger.start..trigger.end)
            .chain([trigger.start.saturating_sub(1)])
            .any(|at| matches!(line.word(at), "majority" | "controlling"));
    if control {
        candidate.trigger.value = DealKind::Acquisition;
        candidate.acquirers.extend(candidate.investors.drain(..).map(|backer| backer.party));
        return (!candidate.acquirers.is_empty()).then_some(candidate);
    }
    (!candidate.investors.is_empty()).then_some(candidate)
}

/// A line of a list: `X (robots that fold), $5M seed led by Y`, `X (Lisbon): €4m to sell agents`.
pub(super) fn item(line: &Line<'_>) -> Option<Candidate> {
    let first = (0..line.len().min(5)).find(|at| line.party(*at).is_some())?;
    let alone = !(0..first).any(|at| {
        matches!(line.unit(at), Some(Unit::Word(word)) if word.chars().any(char::is_alphabetic))
    });
    let party = line.party(first).filter(|party| party.value.kind == PartyKind::Company)?;
    let mut at = first + 1;
    if line.word(at) == "(" {
        at = (at..at + 20).find(|at| line.word(*at) == ")")? + 1;
    }
    if !matches!(line.word(at), "," | ":" | "–" | "—" | "-" | "|") {
        return None;
    }
    let sum = (at + 1..at + 4)
        .find(|at| line.sum(*at).is_some_and(|sum| sum.value.role == Role::Plain))?;
    let round = (sum..line.len())
        .any(|at| line.is_round(at) || line.is(at, &["led", "by"]) || line.is(at, &["from"]));
    let listed = line.sentence.bullet || (alone && !line.in_title() && line.word(at) == ":");
    if !(round || (line.of_funding && listed)) {
        return None;
    }
    let span = line.span(sum, sum + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Funding, span, "frame.en.item");
    candidate.target = Some(party.clone());
    fill_sums(line, &mut candidate, sum, line.len());
    let segment = Segment { from: sum, to: line.len(), only: false };
    backers::fill(line, &mut candidate, segment);
    Some(candidate)
}

/// `X lets employees sell shares in a tender offer`.
pub(super) fn secondary(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Secondary, "frame.en.secondary")?;
    let owner = (segment.from..trigger.start).rev().find_map(|at| {
        let party = line.party(at).filter(|party| party.value.kind == PartyKind::Company)?;
        Some(party.clone())
    });
    candidate.target = line
        .subject(trigger.start)
        .filter(|p| p.value.kind != PartyKind::Investor)
        .cloned()
        .or(owner)
        .or_else(|| beneficiary(line, trigger.end, segment.to));
    fill_sums(line, &mut candidate, segment.from, segment.to);
    if segment.only {
        fill_leftovers(line, &mut candidate);
    }
    if candidate.target.is_none()
        || (candidate.amount.is_none() && candidate.valuation.is_none() && !line.in_title())
    {
        return None;
    }
    Some(candidate)
}

/// `X is valued at $9 billion`, told beside the deal.
pub(super) fn worth(line: &Line<'_>) -> Option<Candidate> {
    let sum = line
        .facts
        .sums
        .iter()
        .find(|sum| matches!(sum.value.role, Role::Valuation(_) | Role::Cumulative))?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Funding, sum.span, "frame.en.worth");
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    let about_deal = (0..line.len()).any(|at| {
        matches!(
            line.word(at),
            "round"
                | "funding"
                | "financing"
                | "deal"
                | "investment"
                | "raise"
                | "transaction"
                | "investors"
                | "money"
                | "raising"
                | "it"
                | "valuation"
                | "values"
                | "value"
                | "valued"
                | "valuing"
        )
    });
    // What is said after the sum, `twice what it was a year ago`, compares.
    let before = |start: usize| start < sum.span.start();
    let past = line
        .facts
        .cues
        .iter()
        .any(|cue| cue.value == crate::extract::status::Cue::Past && before(cue.span.start()))
        || line.facts.dates.iter().any(|date| date.value.past && before(date.span.start()));
    // `The startup was valued at $500 million`, without a word on the round: what it was before.
    let was = (1..line.len()).any(|at| {
        matches!(line.word(at), "valued" | "worth")
            && matches!(line.back(at, 1), "was" | "were" | "been" | "last")
            && line.back(at, 2) != "has"
    }) && !line.facts.dates.is_empty();
    let of_round = (0..line.len()).any(|at| {
        line.is_round(at)
            || matches!(
                line.word(at),
                "round"
                    | "funding"
                    | "financing"
                    | "deal"
                    | "investment"
                    | "raise"
                    | "transaction"
                    | "latest"
            )
    });
    if !about_deal || past || (was && !of_round) {
        return None;
    }
    let amount = Found { value: sum.value.amount.clone(), span: sum.span, rule: sum.rule };
    match sum.value.role {
        Role::Valuation(basis) => {
            candidate.valuation = Some(amount.map(|amount| Valuation::new(amount, basis)));
        }
        Role::Cumulative => candidate.cumulative = Some(amount),
        Role::Plain | Role::Other => {}
    }
    candidate.target =
        line.facts.parties.iter().find(|party| party.value.kind == PartyKind::Company).cloned();
    Some(candidate)
}

/// `The amount was not disclosed.`: of a deal that other words state.
pub(super) fn untold(line: &Line<'_>) -> Option<Candidate> {
    let sum = line.facts.sums.iter().find(|sum| {
        sum.value.role == Role::Plain && sum.value.amount.qualifier == Qualifier::Undisclosed
    })?;
    let of_money = (0..line.len()).any(|at| matches!(line.word(at), "round" | "investment"))
        || line
            .text
            .of(sum.span)
            .split_whitespace()
            .any(|word| matches!(word, "amount" | "size" | "sum" | "funding"));
    let kind = if of_money { DealKind::Funding } else { DealKind::Acquisition };
    let mut candidate = Candidate::new(line.sentence.index, kind, sum.span, "frame.en.untold");
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    candidate.amount =
        Some(Found { value: sum.value.amount.clone(), span: sum.span, rule: sum.rule });
    Some(candidate)
}
