//! A deal in the making: candidates that speak of the same one.

mod finish;
mod trade;

use super::focus::Named;
use super::loose::RULES as LOOSE;
use crate::domain::Amount;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::KindGroup;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::confidence::Support;
use crate::extract::money::INFERRED;
use crate::extract::money::WHOLE;
use crate::extract::text::Place;
use crate::extract::text::Text;

pub use finish::Places;
pub use finish::Whole;
pub use finish::places;
pub use trade::mark_ai;

/// Whether somebody says in words of his own that there is a deal; a bare `raises` in a headline
/// may pass on what unnamed sources say.
fn is_said(claims: &[Found<DealStatus>]) -> bool {
    claims.iter().any(|found| match found.value {
        DealStatus::Announced => !matches!(
            found.rule,
            "status.en.done" | "status.en.headline" | "status.en.plain" | "status.en.gerund"
        ),
        DealStatus::InTalks | DealStatus::Seeking => true,
        _ => false,
    })
}

/// 知情人士说,远东出资过半: who tells what the deal is like does not make it a rumour.
fn only_heard_of(candidate: &Candidate) -> bool {
    candidate.supports_only
        && candidate.trigger.rule == "frame.zh.funding"
        && candidate.status.as_ref().is_some_and(|status| status.rule == "status.zh.rumour")
}

/// Candidates on one deal.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The target's identity within the article.
    pub key: String,
    /// In order of the text; never empty.
    pub parts: Vec<Named>,
    /// It is the news.
    pub main: bool,
    /// Its target is the company that the article is about.
    pub focus: bool,
}

impl Draft {
    /// A draft of one candidate.
    pub fn new(key: String, part: Named) -> Draft {
        Draft { key, parts: vec![part], main: false, focus: false }
    }

    /// The candidates, in order of the text.
    pub fn candidates(&self) -> impl Iterator<Item = &Candidate> {
        self.parts.iter().map(|part| &part.candidate)
    }

    /// Candidates from the most telling to the least: what is not past before what is, what
    /// states the deal before what adds to it, then in order of the text.
    fn ranked(&self) -> Vec<&Candidate> {
        let mut ranked: Vec<&Candidate> = self.candidates().collect();
        ranked.sort_by_key(|candidate| (candidate.supports_only, candidate.past));
        ranked
    }

    /// Whether its target is known by name.
    pub fn key_is_named(&self) -> bool {
        self.parts.iter().any(|part| part.key.is_some())
    }

    /// The group of kinds it belongs to.
    pub fn group(&self) -> KindGroup {
        self.parts.first().map_or(KindGroup::Funding, |part| part.candidate.kind().group())
    }

    /// The kind: the first that is certain, else the first.
    pub fn kind(&self) -> Option<Found<DealKind>> {
        let ranked = self.ranked();
        // `buys` says less than `the patents of`, or `hires the team of`.
        let specific = ranked.iter().find(|c| {
            !c.supports_only
                && !c.past
                && matches!(c.kind(), DealKind::AssetPurchase | DealKind::Acquihire)
        });
        let certain =
            specific.or_else(|| ranked.iter().find(|c| !c.kind_is_weak && !c.supports_only));
        certain.or_else(|| ranked.first()).map(|candidate| candidate.trigger.clone())
    }

    /// Whether all of it is told as something that was.
    pub fn is_past(&self) -> bool {
        self.candidates().filter(|c| !c.supports_only).all(|candidate| candidate.past)
    }

    /// The first sentence that speaks of it.
    pub fn first_sentence(&self) -> usize {
        self.candidates().map(|candidate| candidate.sentence).min().unwrap_or_default()
    }

    /// Whether one of the candidates stands in the title.
    pub fn in_title(&self, text: &Text) -> bool {
        self.candidates().any(|candidate| {
            text.sentences().get(candidate.sentence).is_some_and(|s| s.place == Place::Title)
        })
    }

    /// The first value of a slot, in order of rank.
    pub fn first<'a, T>(&'a self, slot: impl Fn(&'a Candidate) -> Option<&'a T>) -> Option<&'a T> {
        self.ranked().into_iter().find_map(slot)
    }

    /// The sum: the first that is told with a figure, a firm one before a vague one in the title.
    pub fn amount(&self) -> Option<&Found<Amount>> {
        let with_figure = |candidate: &'_ Candidate| {
            candidate.amount.as_ref().is_some_and(|amount| amount.value.headline().is_some())
        };
        let printed = |candidate: &'_ Candidate| {
            candidate.amount.as_ref().is_some_and(|amount| amount.rule != INFERRED)
                && !candidate.past
        };
        let mut ranked = self.ranked();
        // What one backer gives yields to what the round brings.
        ranked
            .sort_by_key(|candidate| candidate.kind_is_weak && self.group() == KindGroup::Funding);
        let whole = |candidate: &&&Candidate| {
            candidate.amount.as_ref().is_some_and(|amount| amount.rule == WHOLE)
        };
        ranked
            .iter()
            .find(whole)
            .or_else(|| {
                ranked.iter().find(|candidate| with_figure(candidate) && printed(candidate))
            })
            .or_else(|| ranked.iter().find(|candidate| with_figure(candidate)))
            .or_else(|| ranked.iter().find(|candidate| candidate.amount.is_some()))
            .and_then(|candidate| candidate.amount.as_ref())
    }

    /// The status that the candidates claim: what ends or denies a deal before what began it, what
    /// completes it before what announces it; else the first.
    pub fn status(&self) -> Option<Found<DealStatus>> {
        // Below a headline alone what was heard is the claim.
        let stated = self.candidates().any(|told| !told.supports_only && told.sentence > 0);
        let own: Vec<_> = self
            .ranked()
            .into_iter()
            .filter(|candidate| !candidate.past || self.is_past())
            .filter(|candidate| !(stated && only_heard_of(candidate)))
            .filter_map(|candidate| candidate.status.clone())
            .collect();
        let of = |status| own.iter().find(|found| found.value == status).cloned();
        of(DealStatus::Terminated)
            .or_else(|| of(DealStatus::Denied))
            .or_else(|| of(DealStatus::Completed))
            .or_else(|| self.rumoured().filter(|_| !is_said(&own)))
            // 据悉再融20亿 in the headline, 正与投资者谈判 in the text: it is still being talked of.
            .or_else(|| {
                let heard = own.first().is_some_and(|first| {
                    matches!(first.rule, "status.zh.rumour" | "status.zh.heard")
                });
                of(DealStatus::InTalks).filter(|_| heard)
            })
            .or_else(|| own.first().cloned())
    }

    /// What unnamed sources say happened. `The deal is worth $2bn, a source said` is no rumour of
    /// the deal, which a noun with an article takes as known.
    fn rumoured(&self) -> Option<Found<DealStatus>> {
        let nominal = |rule: &str| {
            matches!(rule, "frame.en.acquisition" | "frame.en.round" | "frame.en.price")
        };
        self.candidates()
            .filter(|candidate| !candidate.supports_only && !nominal(candidate.trigger.rule))
            .filter(|candidate| !candidate.past || self.is_past())
            .filter_map(|candidate| candidate.status.as_ref())
            .find(|status| status.value == DealStatus::Rumoured)
            .cloned()
    }

    /// What [`crate::extract::confidence`] wants to know.
    pub fn support(&self, text: &Text) -> Support {
        let amounts: Vec<_> = self.candidates().filter_map(|c| c.amount.as_ref()).collect();
        let conflict = amounts.windows(2).any(|pair| match pair {
            [one, other] => {
                one.value.currency == other.value.currency
                    && one.value.headline().is_some()
                    && other.value.headline().is_some()
                    && one.value.headline() != other.value.headline()
            }
            _ => false,
        });
        Support {
            candidates: self.parts.len(),
            in_title: self.in_title(text),
            referred: self.parts.iter().all(|part| part.referred),
            loose: self.candidates().all(|c| c.trigger.rule.starts_with(LOOSE)),
            amount_conflict: conflict,
            currency_inferred: self
                .amount()
                .is_some_and(|sum| matches!(sum.rule, INFERRED | "money.en.figures")),
        }
    }
}
