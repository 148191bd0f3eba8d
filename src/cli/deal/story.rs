//! A deal's history as it is read: who broke it, how it moved, what the log learnt when.

use super::decide;
use crate::cli::deals::day;
use crate::cli::deals::local;
use crate::cli::deals::words;
use crate::domain::Cause;
use crate::domain::Lang;
use crate::query::Episode;
use crate::query::Event;
use crate::query::History;
use crate::query::LifeStep;
use crate::query::Price;
use crate::query::Saying;
use crate::query::SourceRef;

/// The story, line by line.
pub(super) fn lines(history: &History) -> Vec<String> {
    let mut lines = vec![format!("{}  (deal {})", history.target, history.deal)];
    if let Some(from) = history.forwarded_from {
        lines.push(format!("  deal {from} became part of this one"));
    }
    if let Some(first) = &history.first {
        let (at, by) = (local(first.at), by(first.source.as_ref()));
        lines.push(format!("  broken by {by} on {at}"));
        lines.extend(quote(first.sentence.as_deref()));
    }
    lines.push(String::new());
    let first = history.first.as_ref().and_then(|first| first.sentence.as_deref());
    for step in &history.life {
        lines.push(reached(step));
        // How it was broken has just been quoted.
        lines.extend(quote(step.sentence.as_deref().filter(|said| Some(*said) != first)));
    }
    lines.extend(times(history));
    lines.extend(moved("the sum", &history.sums));
    lines.extend(moved("the valuation", &history.valuations));
    lines.extend(history.denials.iter().flat_map(denial));
    for absorbed in &history.absorbed {
        let (deal, at) = (absorbed.deal, local(absorbed.at));
        lines.push(format!("  deal {deal} was found to be the same on {at}"));
    }
    lines.push(String::new());
    lines.push("  what the log learnt, and when:".to_owned());
    lines.extend(history.episodes.iter().flat_map(episode));
    if !history.decisions.is_empty() {
        lines.push("  decided by people:".to_owned());
        lines.extend(history.decisions.iter().map(|d| format!("    {}", decide::line(d))));
    }
    lines
}

fn reached(step: &LifeStep) -> String {
    let status = words(step.status.as_str());
    let who = match &step.source {
        Some(source) => format!("by {}", by(Some(source))),
        None if status == "expired" => "nothing followed".to_owned(),
        None => "a person decided so".to_owned(),
    };
    format!("  {}  day {:<4} {status:10}  {who}", day(step.at), step.day)
}

fn times(history: &History) -> Vec<String> {
    let days = |days: i64| if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    let to = |what: &str, length: Option<i64>| {
        // What was first told as announced has no way to it.
        let length = length.filter(|length| *length > 0);
        length.map(|length| format!("  {} from the first report to the {what}", days(length)))
    };
    let announced = to("announcement", history.days_to_announcement);
    announced.into_iter().chain(to("closing", history.days_to_close)).collect()
}

/// `the sum moved: about $50M → CNY 700M`, then who told each.
fn moved(what: &str, prices: &[Price]) -> Vec<String> {
    if prices.len() < 2 {
        return Vec::new();
    }
    let path: Vec<&str> = prices.iter().map(|price| price.words.as_str()).collect();
    let mut lines = vec![format!("  {what} moved: {}", path.join(" → "))];
    for price in prices {
        let (at, by) = (day(price.at), by(price.source.as_ref()));
        lines.push(format!("      {at}  “{}”  by {by}", price.raw));
    }
    lines
}

fn denial(denial: &Saying) -> Vec<String> {
    let (at, by) = (day(denial.at), by(denial.source.as_ref()));
    let mut lines = vec![format!("  denied on {at}, told by {by}")];
    lines.extend(quote(denial.sentence.as_deref()));
    lines
}

fn episode(episode: &Episode) -> Vec<String> {
    let mut lines =
        vec![format!("  {:>3}  {}  {}", episode.revision, local(episode.at), what(episode))];
    // Of a decision that was taken back its own line below says so.
    let of = episode.decision.as_ref().filter(|decision| decision.at == episode.at);
    lines.extend(of.map(|decision| format!("           {}", decide::said(decision))));
    for change in &episode.changes {
        let field = words(change.field.as_str());
        lines.push(format!("           {field}: {}", change.words));
    }
    lines
}

fn what(episode: &Episode) -> String {
    let title =
        episode.source.as_ref().map(|source| format!("{}: “{}”", source.name, source.title));
    let from = match (episode.cause, title) {
        (Cause::Article, Some(title)) => format!("from {title}"),
        (Cause::Article, None) => "from an article".to_owned(),
        (Cause::Person, _) => "by a person".to_owned(),
        (Cause::Replay, Some(title)) => format!("by reading again {title}"),
        (Cause::Replay, None) => "by reading again".to_owned(),
        (Cause::Clock, _) => "by the clock: nothing followed".to_owned(),
    };
    match episode.event {
        Event::Revised if episode.revision == 1 => format!("first known, {from}"),
        Event::Revised if episode.cause == Cause::Person => format!("corrected {from}"),
        Event::Revised => format!("changed {from}"),
        Event::Merged => {
            let into = episode.merged_into.map(|deal| deal.to_string()).unwrap_or_default();
            format!("became part of deal {into}, {from}")
        }
        Event::Removed => format!("told by no article any more, {from}"),
        Event::Dismissed => format!("said to be no deal {from}"),
        Event::Restored => format!("back, {from}"),
    }
}

/// `TechWire (English)`.
fn by(source: Option<&SourceRef>) -> String {
    let Some(source) = source else { return "an article that is read otherwise now".to_owned() };
    let lang = match source.lang {
        Lang::En => "English",
        Lang::Zh => "Chinese",
    };
    format!("{} ({lang})", source.name)
}

fn quote(sentence: Option<&str>) -> Option<String> {
    sentence.map(|sentence| format!("      “{sentence}”"))
}
