//! Who puts money in is the subject: invests, backs, leads.

use super::super::backers;
use super::super::line::Line;
use super::super::line::Segment;
use super::super::verbs::Form;
use super::super::verbs::Trigger;
use super::super::verbs::given_money;
use super::super::verbs::gives_to;
use super::fill_stake;
use super::fill_sums;
use super::possessor;
use super::start;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

/// `A invests $5M in X`, `A backs X`, `A's $5M investment in X`.
#[allow(clippy::too_many_lines, reason = "one step for each side and each way of giving")]
pub(in super::super) fn invest(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Candidate> {
    let rule = if line.in_title() { "frame.en.invests.headline" } else { "frame.en.invests" };
    let mut candidate = start(line, trigger, segment, DealKind::Funding, rule)?;
    let backs = line.word(trigger.start).starts_with("back");
    let cheque =
        (trigger.start..trigger.end + 5).any(|at| matches!(line.word(at), "cheque" | "check"));
    let given = gives_to(line, trigger.start);
    let handed = given_money(line, trigger.start).filter(|_| !backs && given.is_none());
    // `backs X with a $5M loan`
    let backed = backs
        .then(|| (trigger.end..segment.to).find(|at| line.word(*at) == "with"))
        .flatten()
        .filter(|with| (*with..with + 3).any(|at| line.sum(at).is_some()))
        .map(|with| with + 5);
    let to = given.or(backed).or_else(|| handed.map(|_| segment.to.max(trigger.end + 9)));
    if to.is_some_and(|to| lends(line, trigger, to)) {
        candidate.trigger.value = DealKind::Debt;
    }
    candidate.target = if let Some(given) = given {
        line.object_after(given).cloned()
    } else if let Some(handed) = handed {
        line.party(handed).cloned()
    } else if backs {
        line.object(trigger.end).and_then(|place| line.party(place)).cloned()
    } else {
        let into = (trigger.end..segment.to.min(trigger.end + 12)).find(|at| {
            (matches!(line.word(*at), "in" | "into" | "on" | "behind")
                || (cheque && matches!(line.word(*at), "for" | "to" | "at" | "with")))
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
        parties = owner_of(line, trigger, segment).into_iter().collect();
    }
    // `a $30 million cheque from A`, `turned down a $2 billion investment from A`
    if trigger.form == Form::Noun && line.word(trigger.end) == "from" && parties.is_empty() {
        parties = line.list(trigger.end + 1);
        let gave = parties.iter().map(|party| party.span).collect::<Vec<_>>();
        let object = candidate.target.take().filter(|target| !gave.contains(&target.span));
        candidate.target = object.or_else(|| {
            line.subject(trigger.start)
                .filter(|party| {
                    party.value.kind == PartyKind::Company && !gave.contains(&party.span)
                })
                .cloned()
        });
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
    let invests = candidate.investors.iter().any(|backer| {
        let words = line.text.of(backer.party.span);
        matches!(backer.party.value.kind, PartyKind::Refers(_))
            && ["investor", "fund", "venture", "backer"].iter().any(|word| words.contains(word))
    });
    let corporate = !invests
        && candidate.investors.len() == 1
        && candidate.investors.iter().all(|b| {
            matches!(
                b.party.value.kind,
                PartyKind::Company | PartyKind::Government | PartyKind::Refers(_)
            )
        });
    if corporate && candidate.kind() != DealKind::Debt {
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
        // `SoftBank invested around $500 million`: a part of the round, not the round; but what is
        // paid for a share is the price of it.
        if candidate.stake.is_none() {
            candidate.amount = None;
        }
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
        && !line.in_title()
        && candidate.stake.is_none()
        && trigger.form != Form::Past
        && trigger.form != Form::Present
    {
        candidate.supports_only = true;
    }
    (!candidate.investors.is_empty() || candidate.amount.is_some()).then_some(candidate)
}

/// What is given, up to a place, is lent.
fn lends(line: &Line<'_>, trigger: &Trigger, to: usize) -> bool {
    let verb = matches!(
        line.word(trigger.start),
        "lends" | "lent" | "lending" | "loaned" | "loans" | "advanced"
    );
    let credit =
        |at: usize| matches!(line.word(at), "loan" | "debt" | "facility" | "credit" | "loans");
    verb || (trigger.end..to).any(credit)
}

/// A noun without a possessor: who invests is the subject of the sentence.
fn parties_missing(trigger: &Trigger, candidate: &Candidate) -> bool {
    trigger.form == Form::Noun && candidate.investors.is_empty()
}

/// `A leads X's $40M round`, `A led a $40M round in X`, `A led the round`.
pub(in super::super) fn lead(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Candidate> {
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
    if candidate.target.is_none() {
        candidate.target = teller(line, trigger).cloned();
    }
    if candidate.target.is_none() {
        candidate.target = led_for(line, trigger)
            .filter(|party| !candidate.investors.iter().any(|b| b.party.span == party.span))
            .cloned();
    }
    fill_sums(line, &mut candidate, trigger.end, segment.to);
    if segment.only && candidate.valuation.is_none() {
        super::fill_leftovers(line, &mut candidate);
    }
    backers::fill(line, &mut candidate, segment);
    if let Some(target) = candidate.target.as_ref().map(|target| target.span) {
        candidate.investors.retain(|backer| backer.party.span != target);
    }
    // `A, whose chief executive Jane Doe led the investment`: of another deal than this one's.
    let of_persons = !candidate.investors.is_empty()
        && candidate.investors.iter().all(|backer| backer.party.value.kind == PartyKind::Person);
    if candidate.target.is_none()
        && of_persons
        && candidate.amount.is_none()
        && candidate.round.is_none()
        && (trigger.start.saturating_sub(6)..trigger.start).any(|at| line.word(at) == "whose")
    {
        return None;
    }
    if candidate.target.is_none() {
        candidate.supports_only = true;
        candidate.kind_is_weak = true;
        // `led the round with a $5 million cheque`: a part of it.
        let with = (trigger.end..segment.to.min(trigger.end + 4))
            .find(|at| line.word(*at) == "with")
            .is_some_and(|with| (with + 1..with + 4).any(|at| line.sum(at).is_some()));
        if with || line.word(trigger.end) == "with" {
            candidate.amount = None;
        }
    }
    Some(candidate)
}

/// `A led a $5M investment that values X at`, `X is worth more after A led a $5M round`, `A leads a
/// $5M bet on X`: for whom.
fn led_for<'a>(line: &Line<'a>, trigger: &Trigger) -> Option<&'a Found<Party>> {
    let after = (trigger.end..line.len()).find_map(|at| {
        let of = match line.word(at) {
            "values" | "valuing" | "valued" | "gives" | "giving" => true,
            "on" => matches!(line.back(at, 1), "bet" | "wager" | "gamble" | "tag"),
            _ => false,
        };
        of.then(|| line.object_after(at + 1)).flatten()
    });
    let since = || {
        let since = (1..trigger.start)
            .rfind(|at| matches!(line.word(*at), "after" | "when" | "once" | "as"))?;
        let subject = line.first_party_after(0, since).and_then(|place| line.party(place))?;
        let money = (trigger.end..line.len()).any(|at| line.sum(at).is_some());
        (money && subject.value.kind == PartyKind::Company).then_some(subject)
    };
    after.filter(|party| party.value.is_name()).or_else(since)
}

/// `X said on Tuesday that A had led a $5M round`: who tells it was given the money.
fn teller<'a>(line: &Line<'a>, trigger: &Trigger) -> Option<&'a Found<Party>> {
    let verb = (1..trigger.start).find(|at| {
        matches!(line.word(*at), "said" | "says" | "announced" | "announces" | "confirmed")
    })?;
    let that = (verb..trigger.start).any(|at| line.word(at) == "that");
    let company =
        line.subject(verb).filter(|party| matches!(party.value.kind, PartyKind::Company))?;
    let others = line.list_before(trigger.start);
    (that && others.iter().all(|party| party.span != company.span)).then_some(company)
}

/// `Name: what happened`, in a headline: the name is what it is about.
fn topic(line: &Line<'_>) -> Option<Found<Party>> {
    let party = line.party(0).filter(|party| party.value.kind == PartyKind::Company)?;
    (line.in_title() && line.word(1) == ":").then(|| party.clone())
}

/// `A's $5M investment in X`: whose it is.
fn owner_of<'a>(line: &Line<'a>, trigger: &Trigger, segment: Segment) -> Option<&'a Found<Party>> {
    (segment.from..trigger.start)
        .rev()
        .take(6)
        .find_map(|at| line.party(at).filter(|_| matches!(line.word(at + 1), "'s" | "'")))
}
