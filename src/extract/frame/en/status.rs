//! How far a deal is, by the form of its trigger and the cues around it.

use super::line::Line;
use super::line::Segment;
use super::verbs::Event;
use super::verbs::Form;
use super::verbs::Trigger;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::date::When;
use crate::extract::party::PartyKind;
use crate::extract::status::Cue;

/// What the words around a trigger claim.
pub(super) enum Claim {
    /// No deal: negated, asked, or an aim of something else.
    Nothing,
    /// A deal, without a word on how far it is.
    Unsaid,
    /// A deal that is this far.
    Is(Found<DealStatus>),
}

impl Claim {
    fn of(status: Option<Found<DealStatus>>) -> Claim {
        status.map_or(Claim::Unsaid, Claim::Is)
    }
}

/// The status that a trigger claims.
pub(super) fn claimed(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Claim {
    let scope = Scope::new(line, trigger, segment);
    if scope.negated() {
        return Claim::Nothing;
    }
    let denied = scope.any(Cue::Denied, DealStatus::Denied).or_else(|| denied_report(line));
    if let Some(found) = denied.or_else(|| scope.ended()) {
        return Claim::Is(found);
    }
    match trigger.form {
        Form::Past | Form::Present | Form::Passive => Claim::of(scope.done()),
        Form::Bare => scope.bare(),
        Form::Gerund => Claim::of(scope.gerund()),
        Form::Noun => Claim::of(scope.noun()),
    }
}

/// Told as something that was before the news.
pub(super) fn is_past(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> bool {
    if line.in_title() {
        return (0..line.len()).any(|at| {
            matches!(
                line.word(at),
                "archive" | "archives" | "flashback" | "throwback" | "anniversary"
            )
        });
    }
    let group = line.group_start(trigger.start);
    // `X said it had raised $5M`: the past of what is reported, not of what was before it.
    let reported = (segment.from..group).any(|at| {
        matches!(
            line.word(at),
            "said"
                | "says"
                | "announced"
                | "told"
                | "confirmed"
                | "disclosed"
                | "revealed"
                | "reported"
        )
    }) && line.facts.dates.iter().all(|date| !date.value.past);
    let had = !reported && (group..trigger.start).any(|at| line.word(at) == "had");
    let from = line.byte(segment.from);
    let to = line.byte(segment.to);
    let start = line.byte(trigger.start);
    let near = |span: Span, reach: usize| {
        span.start() >= from && span.start() < to && span.start().abs_diff(start) < reach
    };
    let dated = line.facts.dates.iter().any(|date| {
        // After another verb a date belongs to that verb: `which raised $5M in 2022, announced`.
        let own = segment.from == 0 || date.span.start() > start;
        date.value.past
            && own
            && near(date.span, 160)
            && !is_of_origin(line, date.span)
            && !is_compared(line, date.span)
    });
    let cued = line.facts.cues.iter().any(|cue| {
        cue.value == Cue::Past && near(cue.span, 60) && bears_on(line, cue, trigger.start)
    });
    had || dated || cued || is_aside(line, trigger, group)
}

/// `X, which raised $5M, said`: told of the company in passing.
fn is_aside(line: &Line<'_>, trigger: &Trigger, group: usize) -> bool {
    trigger.form == Form::Past
        && group == trigger.start
        && line.back(group, 1) == "which"
        && line.back(group, 2) == ","
        && (trigger.end..line.len()).any(|at| {
            line.word(at) == ","
                && matches!(
                    line.word(at + 1),
                    "said"
                        | "says"
                        | "is"
                        | "has"
                        | "will"
                        | "plans"
                        | "told"
                        | "launched"
                        | "named"
                        | "hired"
                        | "raised"
                        | "reported"
                        | "posted"
                        | "opened"
                        | "expects"
                        | "expanded"
                        | "introduced"
                        | "released"
                        | "unveiled"
                        | "announced"
                )
        })
}

/// `months after it raised $5M` tells of an earlier raise; `X raised $10M months after that` and
/// `Months after that, X raised $10M` do not.
fn bears_on(line: &Line<'_>, cue: &Found<Cue>, trigger: usize) -> bool {
    let words = line.text.of(cue.span);
    let succession = words.ends_with("after")
        || matches!(
            words,
            "follows a"
                | "following a"
                | "comes after"
                | "fresh off"
                | "on the heels of"
                | "comes just"
        );
    if !succession {
        return true;
    }
    let from = line.unit_at(cue.span.start());
    from < trigger && (from..trigger).all(|at| line.word(at) != ",")
}

/// `up from $11 billion in January`, `twice what it was last year`: the time of a comparison.
fn is_compared(line: &Line<'_>, date: Span) -> bool {
    let place = line.unit_at(date.start());
    let before = || (place.saturating_sub(7)..place).rev();
    let clause = || before().take_while(|at| !matches!(line.word(*at), "," | ";" | "." | "and"));
    let from = clause().any(|at| {
        matches!(line.word(at), "from" | "than" | "against" | "above")
            && (at + 1..place).any(|at| line.sum(at).is_some())
    });
    from || clause()
        .any(|at| matches!(line.word(at), "double" | "twice" | "triple" | "times" | "than"))
}

/// `founded in 2021`, `since 2019`: dates the company, or a stretch of time, and not the deal.
fn is_of_origin(line: &Line<'_>, date: Span) -> bool {
    let place = line.unit_at(date.start());
    let before = |n| line.back(place, n);
    let origin = |word| {
        matches!(
            word,
            "founded"
                | "launched"
                | "started"
                | "established"
                | "created"
                | "formed"
                | "up"
                | "began"
                | "born"
                | "incorporated"
                | "joined"
                | "left"
                | "graduated"
                | "founding"
                | "released"
                | "unveiled"
                | "introduced"
        )
    };
    matches!(before(1), "since" | "by" | "until" | "from" | "through")
        || origin(before(1))
        || (matches!(before(1), "in" | "of" | "late" | "early") && origin(before(2)))
        || (before(2) == "in" && origin(before(3)))
}

/// The date beside a trigger.
pub(super) fn when(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Found<When>> {
    let (from, to) = (line.byte(segment.from), line.byte(segment.to));
    let start = line.byte(trigger.start);
    let within = line.facts.dates.iter().filter(|date| {
        date.span.start() >= from && date.span.start() < to && date.value.date.is_some()
    });
    within.min_by_key(|date| date.span.start().abs_diff(start)).cloned()
}

/// `rejected a newspaper report that`, `dismisses talk of`: what is told is denied, not ended.
fn denied_report(line: &Line<'_>) -> Option<Found<DealStatus>> {
    let verb = (0..line.len()).find(|at| {
        matches!(
            line.word(*at),
            "rejected"
                | "rejects"
                | "dismissed"
                | "dismisses"
                | "disputed"
                | "disputes"
                | "rubbished"
                | "rubbishes"
                | "refuted"
                | "refutes"
        ) && (at + 1..at + 6).any(|at| {
            matches!(
                line.word(at),
                "report"
                    | "reports"
                    | "talk"
                    | "rumours"
                    | "rumors"
                    | "rumour"
                    | "rumor"
                    | "speculation"
                    | "story"
                    | "account"
                    | "claim"
                    | "claims"
                    | "suggestion"
                    | "suggestions"
            )
        })
    })?;
    let span = line.span(verb, verb + 1)?;
    Some(Found { value: DealStatus::Denied, span, rule: "status.en.denied_report" })
}

/// `The deal fell through`, `talks have ended`: ends a deal that other words state.
///
/// `There is no offer`, `the report is wrong`, `that is fiction`: denies it.
pub(super) fn ending(line: &Line<'_>) -> Option<Candidate> {
    if let Some(found) = denied_plainly(line).or_else(|| denied_report(line)) {
        let rule = "frame.en.denies";
        let mut candidate =
            Candidate::new(line.sentence.index, DealKind::Acquisition, found.span, rule);
        candidate.status = Some(found);
        candidate.supports_only = true;
        candidate.kind_is_weak = true;
        return Some(candidate);
    }
    let cue = line.facts.cues.iter().find(|cue| cue.value == Cue::Terminated)?;
    let place = line.unit_at(cue.span.start());
    let named = (place.saturating_sub(8)..place + 6).find(|at| {
        matches!(
            line.word(*at),
            "deal"
                | "acquisition"
                | "merger"
                | "takeover"
                | "talks"
                | "transaction"
                | "negotiations"
                | "buyout"
        )
    })?;
    let span = line.span(named, named + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Acquisition, span, "frame.en.ends");
    candidate.status =
        Some(Found { value: DealStatus::Terminated, span: cue.span, rule: cue.rule });
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    Some(candidate)
}

/// `The Evening Times reported that`, `according to Bloomberg`: told by a newspaper, not by a party.
fn told_by_outlet(line: &Line<'_>) -> Option<usize> {
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

/// Words that deny the deal that the article is about.
fn denied_plainly(line: &Line<'_>) -> Option<Found<DealStatus>> {
    let there_is = |at: usize| {
        line.is(at, &["there", "is", "no"])
            || line.is(at, &["there", "was", "no"])
            || line.is(at, &["there", "are", "no"])
            || line.is(at, &["there", "were", "no"])
    };
    let dealing = |word: &str| {
        matches!(
            word,
            "offer" | "deal" | "talks" | "bid" | "negotiations" | "discussions" | "round"
        )
    };
    let place = (0..line.len()).find(|at| {
        (there_is(*at) && (at + 3..at + 6).any(|at| dealing(line.word(at))))
            || line.is(*at, &["is", "not", "for", "sale"])
            || line.is(*at, &["pure", "invention"])
            || (matches!(line.word(*at), "is" | "was" | "are" | "were")
                && (at + 1..at + 4).any(|at| {
                    matches!(
                        line.word(at),
                        "fiction" | "fabricated" | "nonsense" | "wrong" | "false"
                    )
                })
                && (0..*at).any(|at| {
                    matches!(
                        line.word(at),
                        "report" | "reports" | "story" | "account" | "rumour" | "rumor" | "claim"
                    )
                }))
    })?;
    let span = line.span(place, place + 2)?;
    Some(Found { value: DealStatus::Denied, span, rule: "status.en.denied_plainly" })
}

/// `X, whose software shows what breaks down, raised`: the clause between the subject and a comma
/// before its verb says what the company is, and nothing of the deal.
fn aside(line: &Line<'_>, group: usize) -> Option<(usize, usize)> {
    let comma = group.checked_sub(1).filter(|at| line.word(*at) == ",")?;
    let opens = (0..comma).rev().find(|at| {
        matches!(line.word(*at), "whose" | "which" | "who") && line.back(*at, 1) == ","
    })?;
    Some((opens, comma))
}

/// The cues that bear on one trigger.
struct Scope<'a> {
    line: &'a Line<'a>,
    trigger: &'a Trigger,
    /// First unit of the verb group.
    group: usize,
    cues: Vec<&'a Found<Cue>>,
    start: usize,
}

impl<'a> Scope<'a> {
    fn new(line: &'a Line<'a>, trigger: &'a Trigger, segment: Segment) -> Scope<'a> {
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

    fn status(cue: &Found<Cue>, value: DealStatus) -> Found<DealStatus> {
        Found { value, span: cue.span, rule: cue.rule }
    }

    fn any(&self, cue: Cue, status: DealStatus) -> Option<Found<DealStatus>> {
        self.cues.iter().find(|found| found.value == cue).map(|found| Self::status(found, status))
    }

    /// The nearest cue before the trigger that says how far it is.
    fn before(&self) -> Option<&'a Found<Cue>> {
        let steps = [Cue::Talks, Cue::Seeking, Cue::Announced, Cue::Completed];
        let before =
            |cue: &&&Found<Cue>| cue.span.start() < self.start && steps.contains(&cue.value);
        self.cues.iter().rfind(before).copied()
    }

    /// Denied by a word in the verb group, or asked and not told by one before it.
    fn negated(&self) -> bool {
        let has = |range: std::ops::Range<usize>, list: &[&str]| {
            range.into_iter().any(|at| list.contains(&self.line.word(at)))
        };
        let open = self.group.saturating_sub(6)..self.group;
        has(self.group..self.trigger.start, &["not", "n't", "never"])
            || matches!(self.line.back(self.group, 1), "without" | "no" | "if" | "unless" | "than")
            || has(open, &["whether"])
    }

    /// Called off, close to the trigger.
    fn ended(&self) -> Option<Found<DealStatus>> {
        let near = self.cues.iter().find(|cue| {
            cue.value == Cue::Terminated && cue.span.start().abs_diff(self.start) < 90
        })?;
        Some(Self::status(near, DealStatus::Terminated))
    }

    fn rumoured(&self, status: DealStatus) -> Option<Found<DealStatus>> {
        self.any(Cue::Rumour, status).or_else(|| {
            let place = told_by_outlet(self.line)?;
            let span = self.line.span(place, place + 1)?;
            Some(Found { value: status, span, rule: "status.en.outlet" })
        })
    }

    fn modal(&self) -> bool {
        (self.group..self.trigger.start).any(|at| {
            matches!(self.line.word(at), "could" | "may" | "might" | "would" | "should" | "can")
        })
    }

    /// `raised`, `acquires`, `was bought`.
    fn done(&self) -> Option<Found<DealStatus>> {
        let span = self.line.span(self.group, self.trigger.end);
        let verb = self.line.word(self.trigger.start);
        if verb.starts_with("offer") {
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

    /// `to raise`: what governs it says how far it is.
    fn bare(&self) -> Claim {
        let control = matches!(
            self.trigger.event,
            Event::Acquire
                | Event::Merge
                | Event::Stake
                | Event::Invest
                | Event::Lead
                | Event::Sell
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
        if self.modal() {
            return with(DealStatus::InTalks, "status.en.modal");
        }
        // `A and B are to merge`
        let is_to = (self.group..self.trigger.start)
            .any(|at| matches!(self.line.word(at), "is" | "are") && self.line.word(at + 1) == "to");
        if is_to {
            return with(DealStatus::Announced, "status.en.is_to");
        }
        if (self.group..self.trigger.start).any(|at| self.line.word(at) == "will")
            || matches!(
                governor,
                "deal"
                    | "agreement"
                    | "agreed"
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
        {
            return with(DealStatus::Announced, "status.en.will");
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
        let headline =
            self.line.in_title() && self.line.party(self.group.saturating_sub(1)).is_some();
        if headline {
            let status = if control { DealStatus::Announced } else { DealStatus::InTalks };
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
    fn gerund(&self) -> Option<Found<DealStatus>> {
        let verb = self.line.word(self.trigger.start);
        if verb.starts_with("eye") || verb.starts_with("court") || verb.starts_with("woo") {
            let span = self.line.span(self.trigger.start, self.trigger.end)?;
            return Some(Found { value: DealStatus::InTalks, span, rule: "status.en.eyes" });
        }
        let control = matches!(
            self.trigger.event,
            Event::Acquire | Event::Merge | Event::Stake | Event::Sell
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
        let status = if control
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
    fn noun(&self) -> Option<Found<DealStatus>> {
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
        let after =
            self.cues.iter().find(|cue| matches!(cue.value, Cue::Completed | Cue::Talks))?;
        let status =
            if after.value == Cue::Completed { DealStatus::Completed } else { DealStatus::InTalks };
        Some(Self::status(after, status))
    }
}
