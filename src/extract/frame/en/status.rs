//! How far a deal is, by the form of its trigger and the cues around it.

mod ending;
mod past;
mod scope;

use super::line::Line;
use super::line::Segment;
use super::verbs::Form;
use super::verbs::Trigger;
use crate::domain::DealStatus;
use crate::extract::Found;
use crate::extract::status::Cue;

use ending::denied_report;
use scope::Scope;

pub(super) use ending::ending;
pub(super) use past::is_past;
pub(super) use past::when;

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
