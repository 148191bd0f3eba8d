//! How a deal came about: the steps of its life, and its revisions as chapters.

use super::show;
use super::show::Chip;
use super::show::Moment;
use super::show::Text;
use crate::domain::Cause;
use crate::query::ChangeView;
use crate::query::DealView;
use crate::query::DecisionView;
use crate::query::Episode;
use crate::query::Event;
use crate::query::StatusView;

/// A step in the life of the deal.
pub(super) struct Step {
    pub(super) chip: Chip,
    pub(super) class: &'static str,
    pub(super) at: Moment,
    /// Who says so; without an outlet it was a person or the clock.
    pub(super) outlet: Option<Text>,
    pub(super) link: Option<String>,
}

impl Step {
    pub(super) fn new(deal: &DealView, step: &StatusView) -> Step {
        let outlet = step.source.as_ref().map(|id| {
            let known = deal.sources.iter().find(|source| source.source == *id);
            Text::new(known.map_or(id.as_str(), |source| &source.name))
        });
        Step {
            chip: step.status.into(),
            class: step.status.as_str(),
            at: Moment::exact(step.at),
            outlet,
            link: step.url.as_deref().and_then(show::web_link),
        }
    }
}

/// A revision as it is told.
pub(super) struct Chapter {
    pub(super) number: i64,
    pub(super) at: Moment,
    pub(super) headline: &'static str,
    /// For a merge, the survivor.
    pub(super) merged_into: Option<i64>,
    pub(super) cause: Text,
    pub(super) outlet: Option<Text>,
    pub(super) title: Option<Text>,
    pub(super) link: Option<String>,
    pub(super) changes: Vec<Change>,
    /// The first revision sets everything: shown on demand.
    pub(super) folded: bool,
}

/// A value that changed.
pub(super) struct Change {
    pub(super) label: &'static str,
    pub(super) words: Text,
}

impl Chapter {
    pub(super) fn new(episode: &Episode) -> Chapter {
        let source = episode.source.as_ref();
        Chapter {
            number: episode.revision,
            at: Moment::exact(episode.at),
            headline: headline(episode),
            merged_into: episode.merged_into.map(|deal| deal.0),
            cause: episode.decision.as_ref().map_or_else(|| Text::new(cause(episode.cause)), by),
            outlet: source.map(|source| Text::new(&source.name)),
            title: source.map(|source| Text::new(&source.title)),
            link: source.and_then(|source| source.url.as_deref()).and_then(show::web_link),
            changes: episode.changes.iter().map(Change::new).collect(),
            folded: episode.revision == 1,
        }
    }
}

fn headline(episode: &Episode) -> &'static str {
    match episode.event {
        Event::Revised if episode.revision == 1 => "First recorded",
        Event::Revised if episode.changes.len() == 1 => "One fact changed",
        Event::Revised => "Facts changed",
        Event::Merged => "Became part of another deal",
        Event::Removed => "No article tells it any more",
        Event::Dismissed => "Dismissed: no deal",
        Event::Restored => "Restored",
    }
}

/// Who decided what, and why.
fn by(decision: &DecisionView) -> Text {
    let because =
        decision.because.as_ref().map(|why| format!(", because {why}")).unwrap_or_default();
    let back = if decision.undone_at.is_some() { " (taken back)" } else { "" };
    Text::new(&format!("{} {}{because}{back}", decision.who, decision.words))
}

fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Article => "from an article",
        Cause::Person => "decided by a person",
        Cause::Replay => "stored articles were read again",
        Cause::Clock => "time passed",
    }
}

impl Change {
    fn new(change: &ChangeView) -> Change {
        Change { label: show::field_label(change.field), words: Text::new(&change.words) }
    }
}
