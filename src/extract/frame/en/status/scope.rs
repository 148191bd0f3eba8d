//! The cues that bear on one trigger, and what they make of its form.

use super::super::line::Line;
use super::super::line::Segment;
use super::super::verbs::Event;
use super::super::verbs::Form;
use super::super::verbs::Trigger;
use super::Claim;
use super::ending::may_end;
use crate::domain::DealStatus;
use crate::extract::Found;
use crate::extract::party::PartyKind;
use crate::extract::status::Cue;

/// `The Evening Times reported that`, `according to Bloomberg`: told by a newspaper, not by a party.
pub(super) fn told_by_outlet(line: &Line<'_>) -> Option<usize> {
    let outlet = |at: usize| {
        let article = if line.word(at) == "the" { at + 1 } else { at };
        line.party(article).filter(|party| party.value.kind == PartyKind::Outlet).map(|_| article)
    };
    (0..line.len()).find(|at| match line.word(*at) {
        "reported" | "reports" => (1..4).any(|n| at.checked_sub(n).and_then(outlet).is_some()),
        "according" => line.word(at + 1) == "to" && outlet(at + 2).is_some(),
        _ => false,
    })
}

/// `X, whose software shows what breaks down, raised`: the clause between the subject and a comma
/// before its verb says what the company is, and nothing of the deal.
pub(super) fn aside(line: &Line<'_>, group: usize) -> Option<(usize, usize)> {
    let comma = group.checked_sub(1).filter(|at| line.word(*at) == ",")?;
    let opens = (0..comma).rev().find(|at| {
        matches!(line.word(*at), "whose" | "which" | "who") && line.back(*at, 1) == ","
    })?;
    Some((opens, comma))
}

/// The cues that bear on one trigger.
pub(super) struct Scope<'a> {
    line: &'a Line<'a>,
    trigger: &'a Trigger,
    /// First unit of the verb group.
    group: usize,
    cues: Vec<&'a Found<Cue>>,
    start: usize,
}

impl<'a> Scope<'a> {
    pub(super) fn new(line: &'a Line<'a>, trigger: &'a Trigger, segment: Segment) -> Scope<'a> {
        // A trigger sees the cues of its own segment and those that open the sentence, which
        // govern all of it.
        let to = line.byte(segment.to);
        let group = line.group_start(trigger.start);
        let aside = aside(line, group).map(|(from, to)| (line.byte(from), line.byte(to)));
        let told_aside = |cue: &Found<Cue>| {
            aside.is_some_and(|(from, to)| from <= cue.span.start() && cue.span.start() < to)
                && matches!(cue.value, Cue::Terminated | Cue::Denied)
        };
        let cues = line
            .facts
            .cues
            .iter()
            .filter(|cue| cue.span.start() < to && !told_aside(cue))
            .collect();
        Scope { line, trigger, group, cues, start: line.byte(trigger.start) }
    }

    pub(super) fn status(cue: &Found<Cue>, value: DealStatus) -> Found<DealStatus> {
        Found { value, span: cue.span, rule: cue.rule }
    }

    pub(super) fn any(&self, cue: Cue, status: DealStatus) -> Option<Found<DealStatus>> {
        self.cues.iter().find(|found| found.value == cue).map(|found| Self::status(found, status))
    }

    /// The nearest cue before the trigger that says how far it is.
    pub(super) fn before(&self) -> Option<&'a Found<Cue>> {
        let steps = [Cue::Talks, Cue::Seeking, Cue::Announced, Cue::Completed];
        let before =
            |cue: &&&Found<Cue>| cue.span.start() < self.start && steps.contains(&cue.value);
        self.cues.iter().rfind(before).copied()
    }

    /// Denied by a word in the verb group, or asked and not told by one before it.
    pub(super) fn negated(&self) -> bool {
        let has = |range: std::ops::Range<usize>, list: &[&str]| {
            range.into_iter().any(|at| list.contains(&self.line.word(at)))
        };
        let open = self.group.saturating_sub(6)..self.group;
        has(self.group..self.trigger.start, &["not", "n't", "never"])
            || matches!(self.line.back(self.group, 1), "without" | "no" | "if" | "unless" | "than")
            || has(open, &["whether"])
            || (matches!(self.trigger.event, Event::Raise | Event::Round) && self.is_in_vain())
    }

    /// `after failing to raise`, `unable to raise`: no round.
    fn is_in_vain(&self) -> bool {
        let from = self.group.saturating_sub(2);
        (from..self.trigger.start).any(|at| {
            matches!(
                self.line.word(at),
                "failing" | "failed" | "fails" | "unable" | "struggling" | "struggled"
            )
        })
    }

    /// Called off, close to the trigger.
    pub(super) fn ended(&self) -> Option<Found<DealStatus>> {
        let near = self.cues.iter().find(|cue| {
            cue.value == Cue::Terminated
                && cue.span.start().abs_diff(self.start) < 90
                && !self.is_of_company(cue)
                && !may_end(self.line, cue)
        })?;
        Some(Self::status(near, DealStatus::Terminated))
    }

    /// `the Journal first reported and the company confirmed`: no hearsay any more.
    fn is_confirmed(&self) -> bool {
        (0..self.line.len()).any(|at| {
            matches!(self.line.word(at), "confirmed" | "confirms" | "confirming")
                && (1..4).all(|n| {
                    !matches!(
                        self.line.back(at, n),
                        "not"
                            | "n't"
                            | "never"
                            | "be"
                            | "nor"
                            | "neither"
                            | "independently"
                            | "yet"
                    )
                })
                && !(at + 1..at + 5).any(|at| {
                    matches!(
                        self.line.word(at),
                        "talks" | "discussions" | "negotiations" | "interest"
                    )
                })
        })
    }

    /// `collapsed AI firm X`: the company has ended, and not the deal.
    fn is_of_company(&self, cue: &Found<Cue>) -> bool {
        let at = self.line.unit_at(cue.span.start());
        matches!(self.line.word(at), "collapsed" | "dead" | "abandoned")
            && matches!(self.line.back(at, 1), "" | "the" | "a" | "an" | "of" | "for" | "its")
            && (at + 1..at + 6).any(|at| {
                self.line.party(at).is_some()
                    || matches!(
                        self.line.word(at),
                        "firm" | "company" | "startup" | "lab" | "maker"
                    )
            })
            && (at + 1..at + 6).all(|at| {
                !matches!(self.line.word(at), "deal" | "merger" | "talks" | "takeover" | "bid")
            })
    }

    pub(super) fn rumoured(&self, status: DealStatus) -> Option<Found<DealStatus>> {
        if self.is_confirmed() {
            return None;
        }
        self.any(Cue::Rumour, status).or_else(|| {
            let place = told_by_outlet(self.line)?;
            let span = self.line.span(place, place + 1)?;
            Some(Found { value: status, span, rule: "status.en.outlet" })
        })
    }

    pub(super) fn modal(&self) -> bool {
        (self.group..self.trigger.start).any(|at| {
            matches!(self.line.word(at), "could" | "may" | "might" | "would" | "should" | "can")
        })
    }

    /// `A said it would buy X`, `the deal under which A would buy X`: those who deal say so, and no
    /// unnamed source.
    fn promised(&self) -> Option<Found<DealStatus>> {
        let would = (self.group..self.trigger.start).find(|at| self.line.word(*at) == "would")?;
        let told = (0..self.group).rev().find(|at| {
            matches!(
                self.line.word(*at),
                "said" | "says" | "announced" | "agreement" | "deal" | "terms" | "confirmed"
            )
        })?;
        let sources = self
            .cues
            .iter()
            .any(|cue| matches!(cue.value, Cue::Rumour | Cue::Talks | Cue::Seeking));
        let company = match self.line.word(told) {
            "agreement" | "deal" | "terms" => {
                self.line.word(told + 1) == "under"
                    || self.line.back(told, 1) == "the" && self.line.back(told, 2) == "under"
            }
            _ => self.line.subject(told).is_some_and(|party| {
                matches!(
                    party.value.kind,
                    PartyKind::Company | PartyKind::Refers(_) | PartyKind::Investor
                )
            }),
        };
        let span = self.line.span(would, would + 1)?;
        (company && !sources && told_by_outlet(self.line).is_none()).then_some(Found {
            value: DealStatus::Announced,
            span,
            rule: "status.en.promised",
        })
    }

    /// `The acquisition of X closed on Tuesday`.
    fn has_closed(&self) -> Option<Found<DealStatus>> {
        let to = self.line.len().min(self.trigger.end + 14);
        let verb = (self.trigger.end..to)
            .take_while(|at| !matches!(self.line.word(*at), "," | ";" | "." | "which" | "that"))
            .find(|at| {
                matches!(
                    self.line.word(*at),
                    "closed" | "completed" | "concluded" | "finalised" | "finalized"
                ) && !matches!(self.line.back(*at, 1), "be" | "to" | "not" | "n't" | "being")
            })?;
        let open = (self.trigger.end..verb).any(|at| {
            matches!(
                self.line.word(at),
                "expected" | "will" | "should" | "could" | "to" | "once" | "when" | "if"
            )
        });
        let span = self.line.span(verb, verb + 1)?;
        (!open).then_some(Found {
            value: DealStatus::Completed,
            span,
            rule: "status.en.has_closed",
        })
    }

    /// `raised`, `acquires`, `was bought`.
    pub(super) fn done(&self) -> Option<Found<DealStatus>> {
        let span = self.line.span(self.group, self.trigger.end);
        let verb = self.line.word(self.trigger.start);
        if verb.starts_with("offer") || verb.starts_with("bid") {
            return span.map(|span| Found {
                value: DealStatus::InTalks,
                span,
                rule: "status.en.offers",
            });
        }
        // `X to be acquired by Y` in a headline is signed, unless more is said.
        if self.trigger.form == Form::Passive && self.line.in_title() && self.cues.is_empty() {
            return span.map(|span| Found {
                value: DealStatus::Announced,
                span,
                rule: "status.en.headline",
            });
        }
        if let Some(promised) = self.promised() {
            return Some(promised);
        }
        // `X is to be sold to A`
        let is_to = (self.group..self.trigger.start).find(|at| {
            matches!(self.line.word(*at), "is" | "are") && self.line.is(at + 1, &["to", "be"])
        });
        if let Some(span) = is_to.and_then(|at| self.line.span(at, at + 2))
            && self.cues.iter().all(|cue| !matches!(cue.value, Cue::Rumour | Cue::Talks))
        {
            return Some(Found { value: DealStatus::Announced, span, rule: "status.en.is_to" });
        }
        if self.modal()
            || (self.trigger.form == Form::Passive
                && (self.group..self.trigger.start).any(|at| self.line.word(at) == "to"))
        {
            if let Some(before) = self.before().filter(|cue| cue.value == Cue::Announced) {
                return Some(Self::status(before, DealStatus::Announced));
            }
            return span.map(|span| Found {
                value: DealStatus::InTalks,
                span,
                rule: "status.en.modal",
            });
        }
        if self.line.word(self.trigger.start).starts_with("clos")
            || self.line.word(self.trigger.start).starts_with("complet")
            || self.line.word(self.trigger.start).starts_with("finali")
        {
            let completed = (self.group..self.trigger.start)
                .any(|at| matches!(self.line.word(at), "has" | "have" | "had"))
                || self.trigger.form == Form::Past;
            if completed {
                // What unnamed sources say is done is a rumour, however done they say it is.
                return self.rumoured(DealStatus::Rumoured).or_else(|| {
                    span.map(|span| Found {
                        value: DealStatus::Completed,
                        span,
                        rule: "status.en.closed",
                    })
                });
            }
        }
        if matches!(
            self.line.word(self.trigger.start),
            "seeks" | "sought" | "targets" | "eyes" | "nears" | "seek"
        ) {
            return span.map(|span| Found {
                value: DealStatus::InTalks,
                span,
                rule: "status.en.seeks",
            });
        }
        self.rumoured(DealStatus::Rumoured).or_else(|| {
            span.map(|span| Found { value: DealStatus::Announced, span, rule: "status.en.done" })
        })
    }

    /// `Could A buy X?`, as a headline.
    fn asks(&self) -> bool {
        let modal = matches!(self.line.word(0), "could" | "will" | "might" | "should");
        self.line.in_title() && modal
    }

    /// `near $5M deal to buy X`: the sum takes in the word.
    fn is_near(&self) -> bool {
        (self.group.saturating_sub(6)..self.group).any(|at| {
            matches!(self.line.word(at), "near" | "nearing" | "nears")
                || self
                    .line
                    .sum(at)
                    .is_some_and(|sum| self.line.text.of(sum.span).starts_with("near "))
        })
    }

    /// `to raise`: what governs it says how far it is.
    pub(super) fn bare(&self) -> Claim {
        let control = matches!(
            self.trigger.event,
            Event::Acquire
                | Event::Merge
                | Event::Stake
                | Event::Invest
                | Event::Lead
                | Event::Sell
                | Event::Join
        );
        let span = self.line.span(self.group, self.trigger.end);
        let with = |value, rule| Claim::of(span.map(|span| Found { value, span, rule }));
        let by = |cue, status| Claim::Is(Self::status(cue, status));
        let governor = self.line.back(self.group, 1);
        if let Some(before) = self.before() {
            let far = before.span.end() + 40 < self.line.byte(self.group);
            return match before.value {
                Cue::Seeking | Cue::Talks => by(before, DealStatus::InTalks),
                Cue::Completed if far => Claim::Nothing,
                _ if matches!(governor, "plans" | "plan" | "intention" | "bid" | "offer") => {
                    by(before, DealStatus::InTalks)
                }
                _ if control || !far => by(before, DealStatus::Announced),
                _ => Claim::Nothing,
            };
        }
        if let Some(promised) = self.promised() {
            return Claim::Is(promised);
        }
        if self.modal() || self.asks() {
            return with(DealStatus::InTalks, "status.en.modal");
        }
        // `A and B are to merge`
        let is_to = (self.group..self.trigger.start)
            .any(|at| matches!(self.line.word(at), "is" | "are") && self.line.word(at + 1) == "to");
        if is_to {
            return with(DealStatus::Announced, "status.en.is_to");
        }
        // `near $5M deal to buy X`
        if governor == "deal" && self.is_near() {
            return with(DealStatus::InTalks, "status.en.near");
        }
        if (self.group..self.trigger.start).any(|at| self.line.word(at) == "will")
            || settles(governor)
        {
            return with(DealStatus::Announced, "status.en.will");
        }
        // `used part of the money to buy X`
        let used = (self.group.saturating_sub(8)..self.group)
            .any(|at| matches!(self.line.word(at), "used" | "spent" | "using"));
        if used && control {
            return with(DealStatus::Announced, "status.en.used");
        }
        let allowed = self.group.checked_sub(2).is_some_and(|at| {
            self.line.party(at + 1).is_some()
                && matches!(self.line.word(at), "cleared" | "allowed" | "permitted" | "authorized")
        });
        if allowed {
            return with(DealStatus::Announced, "status.en.cleared");
        }
        if matches!(governor, "plan" | "plans" | "bid" | "offer" | "wants" | "talks" | "proposal") {
            return with(DealStatus::InTalks, "status.en.plans");
        }
        // `X to raise`, `X staff to sell`
        let headline = self.line.in_title()
            && (1..3)
                .any(|n| self.group.checked_sub(n).is_some_and(|at| self.line.party(at).is_some()));
        if headline {
            // `Founders of X join Y`: a plural subject, and nothing that is still to come.
            let to_come = (self.group..self.trigger.start).any(|at| self.line.word(at) == "to");
            let status =
                if control || !to_come { DealStatus::Announced } else { DealStatus::InTalks };
            return with(status, "status.en.headline");
        }
        if let Some(rumour) = self.rumoured(DealStatus::InTalks) {
            return Claim::Is(rumour);
        }
        if self.trigger.event == Event::Ipo {
            return Claim::Unsaid;
        }
        // Plural subjects have no ending: `investors raise`.
        let plain = (self.group..self.trigger.start).all(|at| self.line.word(at) != "to");
        if plain { with(DealStatus::Announced, "status.en.plain") } else { Claim::Nothing }
    }

    /// `is raising`, `in talks about raising`.
    pub(super) fn gerund(&self) -> Option<Found<DealStatus>> {
        let verb = self.line.word(self.trigger.start);
        let circles = [
            "circl", "stalk", "pursu", "chas", "eye", "court", "woo", "clos", "hom", "zero", "hon",
            "swoop", "mov", "pounc",
        ];
        let acquires = self.trigger.event == Event::Acquire;
        // `swoops for X in a $5M deal`
        let dealt = matches!(verb, "swoops" | "pounces")
            && (0..self.line.len()).any(|at| self.line.sum(at).is_some());
        if acquires && !dealt && circles.iter().any(|stem| verb.starts_with(stem)) {
            let span = self.line.span(self.trigger.start, self.trigger.end)?;
            return Some(Found { value: DealStatus::InTalks, span, rule: "status.en.eyes" });
        }
        let control = matches!(
            self.trigger.event,
            Event::Acquire | Event::Merge | Event::Stake | Event::Sell | Event::Hire
        );
        if let Some(before) = self.before() {
            let status = match before.value {
                Cue::Completed => DealStatus::Completed,
                Cue::Announced => DealStatus::Announced,
                _ => DealStatus::InTalks,
            };
            return Some(Self::status(before, status));
        }
        let span = self.line.span(self.group, self.trigger.end)?;
        // `A is adding $7m to X`: who gives speaks of what is settled.
        let gives = self.trigger.event == Event::Invest
            && (self.group..self.trigger.start)
                .any(|at| matches!(self.line.word(at), "is" | "are"));
        let status = if control
            || gives
            || matches!(
                self.line.back(self.trigger.start, 1),
                "after" | "by" | "since" | "," | "of"
            ) {
            DealStatus::Announced
        } else {
            DealStatus::InTalks
        };
        Some(Found { value: status, span, rule: "status.en.gerund" })
    }

    /// `a $40M round`, `the acquisition of X`.
    pub(super) fn noun(&self) -> Option<Found<DealStatus>> {
        if let Some(closed) = self.has_closed() {
            return Some(closed);
        }
        if let Some(before) = self.before() {
            let status = match before.value {
                Cue::Completed => DealStatus::Completed,
                Cue::Announced => DealStatus::Announced,
                _ => DealStatus::InTalks,
            };
            return Some(Self::status(before, status));
        }
        if let Some(rumour) = self.rumoured(DealStatus::Rumoured) {
            return Some(rumour);
        }
        // `A may take stake in X`
        let may = (self.trigger.start.saturating_sub(4)..self.trigger.start)
            .find(|at| matches!(self.line.word(*at), "may" | "could" | "might"))
            .filter(|_| self.line.in_title());
        if let Some(span) = may.and_then(|at| self.line.span(at, at + 1)) {
            return Some(Found { value: DealStatus::InTalks, span, rule: "status.en.modal" });
        }
        let after =
            self.cues.iter().find(|cue| matches!(cue.value, Cue::Completed | Cue::Talks))?;
        let status =
            if after.value == Cue::Completed { DealStatus::Completed } else { DealStatus::InTalks };
        Some(Self::status(after, status))
    }
}

/// What governs the verb of a settled deal: `agreed to`, `a pact to`, `is thrilled to`.
fn settles(governor: &str) -> bool {
    matches!(
        governor,
        "deal"
            | "agreement"
            | "agreed"
            | "agreeing"
            | "agree"
            | "agrees"
            | "decided"
            | "chose"
            | "opted"
            | "moved"
            | "committed"
            | "promised"
            | "says"
            | "said"
            | "decides"
            | "moves"
            | "pact"
            | "contract"
            | "thrilled"
            | "excited"
            | "pleased"
            | "proud"
            | "delighted"
            | "happy"
    )
}
