//! Which candidates speak of one deal.

use super::draft::Draft;
use super::focus::Named;
use super::keys::Keys;
use crate::domain::Amount;
use crate::domain::Basis;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::KindGroup;
use crate::domain::Valuation;
use crate::extract::candidate::Candidate;
use crate::extract::money::WHOLE;
use crate::extract::text::Place;
use crate::extract::text::Text;
use crate::extract::trace::Trace;

/// Deals of one article; each candidate is compared with each of them. The longest round-ups have
/// about fifty.
const MOST_DEALS: usize = 200;

/// Puts every candidate to the deal it speaks of.
///
/// Candidates without a target of their own go to the deal told last; in an article of many
/// stories only to one of their own line.
pub fn merge(
    text: &Text,
    keys: &Keys,
    mut named: Vec<Named>,
    many: bool,
    trace: &mut Trace,
) -> Vec<Draft> {
    worth_in_title(text, &mut named);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut last: Option<usize> = None;
    let items = super::items(text);
    let line = |candidate: &Candidate| {
        text.sentences().get(candidate.sentence).map_or(0, |sentence| sentence.paragraph)
    };
    for part in named {
        let candidate = &part.candidate;
        let place = match &part.key {
            Some(key) => of_target(&drafts, keys, key, candidate),
            None => spoken_of(&drafts, keys, last, candidate),
        };
        // An item of a list adds to no deal of another item.
        let own = line(candidate);
        let place = place.filter(|place| {
            part.key.is_some()
                || items.is_empty()
                || drafts.get(*place).is_some_and(|draft| {
                    let reach = usize::from(!items.contains(&own));
                    draft.candidates().any(|told| (line(told)..=line(told) + reach).contains(&own))
                })
        });
        let place = place.filter(|place| {
            part.key.is_some()
                || !many
                || drafts
                    .get(*place)
                    .is_some_and(|draft| draft.candidates().any(|told| line(told) == own))
        });
        let room = drafts.len() < MOST_DEALS;
        match (place.and_then(|place| drafts.get_mut(place)), &part.key) {
            (Some(draft), _) => {
                last = place;
                draft.parts.push(part);
            }
            (None, Some(key)) if !candidate.supports_only && room => {
                last = Some(drafts.len());
                drafts.push(Draft::new(key.clone(), part));
            }
            // …;A轮1.3亿元,由乙领投: another round of the company spoken of.
            (None, None) if tells_a_round(candidate) && last.is_some() && room && !many => {
                let Some(owner) = last.and_then(|last| drafts.get(last)) else { continue };
                let listed = items.contains(&own);
                if listed && !owner.candidates().any(|told| line(told) == own) {
                    continue;
                }
                let key = owner.key.clone();
                let target = owner.first(|candidate| candidate.target.as_ref()).cloned();
                let mut part = part;
                part.candidate.target = target;
                last = Some(drafts.len());
                drafts.push(Draft::new(key, part));
            }
            (None, _) => {
                let note = "dropped: no deal to add to".to_owned();
                trace.note(candidate.trigger.rule, text, candidate.trigger.span, note);
            }
        }
    }
    drafts
}

/// A round by name with its sum or its backers.
pub(super) fn tells_a_round(candidate: &Candidate) -> bool {
    !candidate.supports_only
        && candidate.round.is_some()
        && (candidate.amount.is_some() || !candidate.investors.is_empty())
}

/// `X is back, eyeing $15B`: a sum of the headline that the text calls a worth is one.
fn worth_in_title(text: &Text, named: &mut [Named]) {
    let worths: Vec<Amount> = named
        .iter()
        .filter(|part| !part.candidate.past)
        .filter_map(|part| part.candidate.valuation.as_ref())
        .map(|worth| worth.value.amount())
        .collect();
    for part in named.iter_mut() {
        let titled = text
            .sentences()
            .get(part.candidate.sentence)
            .is_some_and(|sentence| sentence.place == Place::Title);
        let candidate = &mut part.candidate;
        if !titled
            || candidate.kind().group() != KindGroup::Funding
            || candidate.valuation.is_some()
        {
            continue;
        }
        let same = |worth: &&Amount| {
            candidate.amount.as_ref().is_some_and(|amount| {
                amount.value.headline().is_some()
                    && amount.value.headline() == worth.headline()
                    && amount.value.currency == worth.currency
            })
        };
        if worths.iter().any(|worth| same(&worth)) {
            candidate.valuation = candidate
                .amount
                .take()
                .map(|amount| amount.map(|amount| Valuation::new(amount, Basis::Unspecified)));
            candidate.target_amount = None;
        }
    }
}

/// The draft on this target that the candidate agrees with.
fn of_target(drafts: &[Draft], keys: &Keys, key: &str, candidate: &Candidate) -> Option<usize> {
    drafts.iter().position(|draft| {
        draft.key == key && same_group(draft, candidate) && agrees(draft, keys, candidate)
    })
}

/// The draft that `the round` or `the deal` means.
fn spoken_of(
    drafts: &[Draft],
    keys: &Keys,
    last: Option<usize>,
    candidate: &Candidate,
) -> Option<usize> {
    let fits = |draft: &Draft| same_group(draft, candidate) && agrees(draft, keys, candidate);
    last.filter(|last| drafts.get(*last).is_some_and(fits))
        .or_else(|| drafts.iter().rposition(|draft| fits(draft) && !draft.is_past()))
}

/// Whether nothing in the candidate contradicts the draft.
fn agrees(draft: &Draft, keys: &Keys, candidate: &Candidate) -> bool {
    let same_round = match (draft.first(|c| c.round.as_ref()), &candidate.round) {
        // 其中,Pre-A轮由甲领投;Pre-A+轮由乙投资: told apart in one sentence.
        (Some(one), Some(other)) => {
            one.value.base == other.value.base
                && (one.value == other.value
                    || !draft.candidates().any(|told| {
                        told.sentence > 0
                            && told.sentence + 1 >= candidate.sentence
                            && told.round.as_ref().is_some_and(|round| round.value == one.value)
                    }))
        }
        _ => true,
    };
    let (same_amount, told) = match (draft.amount(), candidate.amount.as_ref()) {
        // A part of a round fits the whole.
        (Some(one), Some(other)) if one.rule == WHOLE || other.rule == WHOLE => (true, true),
        // What one investor gives is less than the whole round.
        (Some(one), Some(other)) if is_share(draft, candidate, &one.value, &other.value) => {
            (true, true)
        }
        (Some(one), Some(other)) => (compatible(&one.value, &other.value), true),
        _ => (true, false),
    };
    let buyers = (draft.first(|c| c.acquirers.first()), candidate.acquirers.first());
    let same_buyer = match buyers {
        (Some(one), Some(other)) if draft.group() == KindGroup::Control => {
            same_name(&keys.of(&one.value), &keys.of(&other.value))
        }
        _ => true,
    };
    // Who took part in an earlier round says nothing of the one at hand.
    if candidate.past
        && candidate.supports_only
        && candidate.trigger.rule == "frame.en.backers"
        && candidate.amount.is_none()
        && !candidate.investors.is_empty()
        && !draft.is_past()
    {
        return false;
    }
    // What is sought now is not the round of the same size that was closed before.
    if candidate.past && !draft.is_past() && is_open(draft) && !candidate.supports_only {
        return false;
    }
    // Something earlier needs a figure to be known as the deal at hand.
    let same_time = candidate.supports_only
        || draft.is_past() == candidate.past
        || (told && same_amount)
        || draft.group() != KindGroup::Funding;
    same_round && same_amount && same_time && same_buyer
}

/// 甲13亿欧元押注乙, then 甲将领投乙的C轮,总额17亿欧元: one sum is what a backer of the other gives.
fn is_share(draft: &Draft, candidate: &Candidate, one: &Amount, other: &Amount) -> bool {
    let by_backer = draft.candidates().all(|candidate| candidate.kind_is_weak)
        && draft.group() == KindGroup::Funding
        && !draft.is_past()
        && !candidate.past;
    let backed = draft.first(|candidate| candidate.investors.first()).is_some_and(|backer| {
        candidate.investors.iter().any(|other| other.party.value.name == backer.party.value.name)
    });
    // 甲拟拿13亿欧元投资乙, then 乙的C轮共17亿欧元.
    let round = candidate.round.is_some()
        && candidate.investors.is_empty()
        && candidate.trigger.rule.starts_with("frame.zh");
    by_backer
        && (backed || round)
        && one.currency == other.currency
        && one.headline() < other.headline()
}

/// Equal, or one the other's beginning: `Alder` and `Alder Motors`.
fn same_name(one: &str, other: &str) -> bool {
    let begins = |long: &str, short: &str| short.len() >= SHORTEST && long.starts_with(short);
    one == other || begins(one, other) || begins(other, one)
}

/// A name of fewer bytes may begin another by chance.
const SHORTEST: usize = 4;

/// Still being negotiated.
fn is_open(draft: &Draft) -> bool {
    draft
        .status()
        .is_some_and(|status| matches!(status.value, DealStatus::InTalks | DealStatus::Seeking))
}

/// What only tells a company's worth fits a round and a listing alike.
fn same_group(draft: &Draft, candidate: &Candidate) -> bool {
    if candidate.trigger.rule == "frame.en.denies" {
        return true;
    }
    // What is paid may be paid for a share.
    let stake = draft.candidates().any(|candidate| candidate.kind() == DealKind::InvestmentStake);
    if candidate.trigger.rule == "frame.en.price" && stake {
        return true;
    }
    // 拟出资6.8亿元参投甲, then 以6.8亿元收购甲58%股权: the looser words mean the same money.
    let loose = candidate.kind_is_weak
        || draft.candidates().all(|told| told.kind_is_weak || told.supports_only);
    let same_sum = match (draft.amount(), &candidate.amount) {
        (Some(one), Some(other)) => {
            one.value.currency == other.value.currency
                && one.value.headline().is_some()
                && one.value.headline() == other.value.headline()
        }
        _ => false,
    };
    let rounds = draft.first(|told| told.round.as_ref()).is_some() || candidate.round.is_some();
    let chinese = candidate.trigger.rule.starts_with("frame.zh");
    if chinese && loose && same_sum && !rounds && draft.key_is_named() {
        return true;
    }
    // B轮, then 银行另提供1.5亿元授信.
    let lent = candidate.kind() == DealKind::Debt && !candidate.supports_only;
    let round = draft.first(|told| told.round.as_ref()).is_some();
    if chinese && lent && round && candidate.round.is_none() {
        return false;
    }
    // 撤回上市申请, then 公司原拟募资25亿元.
    if candidate.trigger.rule == "frame.zh.raises"
        && candidate.investors.is_empty()
        && draft.group() == KindGroup::Ipo
    {
        return true;
    }
    let worth =
        candidate.supports_only && candidate.amount.is_none() && candidate.valuation.is_some();
    // `raised $750 million` under a debut is what the listing brought.
    let proceeds = candidate.kind() == DealKind::Funding
        && candidate.trigger.rule == "frame.en.raises"
        && candidate.round.is_none()
        && candidate.investors.is_empty()
        && !candidate.past
        && draft.amount().is_none()
        && !draft.is_past();
    if draft.group() == KindGroup::Ipo && proceeds {
        return true;
    }
    draft.group() == candidate.kind().group() || (worth && draft.group() == KindGroup::Ipo)
}

/// Whether two sums can be the same sum: other currency, or ranges that meet.
fn compatible(one: &Amount, other: &Amount) -> bool {
    if one.currency != other.currency || one.headline().is_none() || other.headline().is_none() {
        return true;
    }
    let low = |amount: &Amount| amount.min.unwrap_or(0);
    let high = |amount: &Amount| amount.max.unwrap_or(i64::MAX);
    // A fifth either way: `nearly $500 million` in the title is `$480 million` in the text.
    let below = |amount: &Amount| low(amount) - low(amount) / 5;
    below(one) <= high(other) && below(other) <= high(one)
}
