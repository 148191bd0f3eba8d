//! `dealwatch deal`: one deal, its proof, its history; and what people decide about it.

mod decide;
mod story;

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::context::Context;
use super::deals::at;
use super::deals::local;
use super::deals::words;
use super::printer::Printer;
use crate::config;
use crate::decide::Decision;
use crate::domain::AsOf;
use crate::domain::DealId;
use crate::query;
use crate::query::DealView;
use crate::query::Why;
use crate::query::plain;

pub(super) use decide::take;

/// Arguments of `dealwatch deal`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Everything the log knows of a deal
    Show {
        #[command(flatten)]
        one: One,
        /// As the log knew it then: 7d, 2026-03-09 (to its end, UTC) or 2026-03-09T14:30
        #[arg(long, value_name = "TIME")]
        as_of: Option<AsOf>,
    },
    /// For each value the sentence and the rule behind it, and why the mentions are one deal
    Why(One),
    /// How it came about: who broke it, how it moved, until today
    History(One),
    /// Say that two deals are one; the older number stays, the other leads to it
    Merge {
        /// A deal's number
        one: i64,
        /// The other deal's number
        other: i64,
        /// Why, for those who read its history
        #[arg(long)]
        because: Option<String>,
    },
    /// Say that some of its articles tell another deal
    Split {
        /// The deal's number
        id: i64,
        /// The articles, by number (`deal show` has it) or address
        #[arg(required = true, value_name = "ARTICLE")]
        articles: Vec<String>,
        /// Why, for those who read its history
        #[arg(long)]
        because: Option<String>,
    },
    /// Give fields a value, whatever the articles say: target, kind, status, round, amount, …
    Set {
        /// The deal's number
        id: i64,
        /// `round=b`, `amount="$40M"`, `investors="Sequoia China (lead), Osprey Lane"`; nothing
        /// after the `=` takes the value away
        #[arg(required = true, value_name = "FIELD=VALUE")]
        values: Vec<String>,
        /// Why: it is shown as the proof
        #[arg(long)]
        because: String,
    },
    /// Say that it is no deal: it leaves the listings, and nobody is told of it
    Dismiss {
        /// The deal's number
        id: i64,
        /// Why, for those who read its history
        #[arg(long)]
        because: Option<String>,
    },
    /// Take back what was last decided about it
    Undo {
        /// The deal's number
        #[arg(required_unless_present = "decision")]
        id: Option<i64>,
        /// This decision instead of the last
        #[arg(long, value_name = "NUMBER", conflicts_with = "id")]
        decision: Option<i64>,
    },
    /// What people decided, about one deal or at all
    Decisions {
        /// The deal's number
        id: Option<i64>,
        /// How to print it
        #[arg(long, value_enum, default_value = "table")]
        format: super::Format,
    },
}

#[derive(Debug, clap::Args)]
struct One {
    /// The deal's number
    id: i64,
    /// How to print it
    #[arg(long, value_enum, default_value = "table")]
    format: super::Format,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    match &args.command {
        Command::Show { one, as_of } => {
            let id = DealId(one.id);
            let (_, log) = context.log()?;
            let rates = config::rates()?;
            let deal = at(&log, *as_of, &rates, |conn, _| query::deal(conn, id, true))?;
            if deal.is_none() && as_of.is_some() {
                printer.say(&format!("the log knew no deal {} then", one.id))?;
                return Ok(super::EXIT_NOTHING);
            }
            answer(one, deal, printer, show)
        }
        Command::Why(one) => {
            let (_, log) = context.log()?;
            let why = log.read_blocking(|conn| query::why(conn, DealId(one.id)))?;
            answer(one, why, printer, self::why)
        }
        Command::History(one) => {
            let (_, log) = context.log()?;
            let history = log.read_blocking(|conn| query::history(conn, DealId(one.id)))?;
            answer(one, history, printer, story::lines)
        }
        Command::Decisions { id, format } => decide::list(*id, *format, context, printer),
        Command::Merge { one, other, because } => {
            let (one, other, because) = (DealId(*one), DealId(*other), because.clone());
            decide::take(&Decision::Merge { one, other, because }, context, printer)
        }
        Command::Split { id, articles, because } => {
            let (deal, articles, because) = (DealId(*id), articles.clone(), because.clone());
            decide::take(&Decision::Split { deal, articles, because }, context, printer)
        }
        Command::Set { id, values, because } => {
            let values = values.iter().map(|pair| decide::given(pair));
            let decision = Decision::Set {
                deal: DealId(*id),
                values: values.collect::<Result<_, _>>()?,
                because: Some(because.clone()),
            };
            decide::take(&decision, context, printer)
        }
        Command::Dismiss { id, because } => {
            let decision = Decision::Dismiss { deal: DealId(*id), because: because.clone() };
            decide::take(&decision, context, printer)
        }
        Command::Undo { id, decision } => {
            let undo = Decision::Undo { deal: id.map(DealId), decision: *decision };
            decide::take(&undo, context, printer)
        }
    }
}

/// Prints an answer as it was asked for, or says that there is no such deal.
fn answer<T: Serialize>(
    one: &One,
    answer: Option<T>,
    printer: &mut Printer,
    lines: impl Fn(&T) -> Vec<String>,
) -> anyhow::Result<u8> {
    let Some(answer) = answer else {
        printer.say(&format!("there is no deal {}", one.id))?;
        return Ok(super::EXIT_NOTHING);
    };
    printer.record(one.format, &answer, "one deal", lines)?;
    Ok(super::EXIT_DONE)
}

fn show(deal: &DealView) -> Vec<String> {
    let mut lines = vec![format!("{}  (deal {})", deal.target, deal.id)];
    if let Some(from) = deal.forwarded_from {
        lines.push(format!("  deal {from} became part of this one"));
    }
    let value = serde_json::to_value(deal).unwrap_or_default();
    for field in crate::domain::Field::ALL {
        let Some(raw) = value.get(field.as_str()).filter(|raw| !is_empty(raw)) else { continue };
        let printed = raw.get("raw").and_then(Value::as_str);
        let printed = printed.map(|words| format!("  “{words}”")).unwrap_or_default();
        let value = plain::value(*field, raw);
        lines.push(format!("  {:15} {value}{printed}", words(field.as_str())));
    }
    let tellings = tellings(deal.sources.len(), deal.source_count);
    lines.push(format!("  {:15} {:.2}, {tellings}", "confidence", deal.confidence));
    if !deal.doubts.is_empty() {
        let doubts: Vec<String> = deal.doubts.iter().map(|d| words(d.as_str())).collect();
        lines.push(format!("  {:15} {}", "doubts", doubts.join(", ")));
    }
    for step in &deal.status_history {
        let by = step.source.as_ref().map(|s| format!(", {s}")).unwrap_or_default();
        lines.push(format!("  {:15} {}  {}{by}", "", local(step.at), words(step.status.as_str())));
    }
    for conflict in &deal.conflicts {
        let sources: Vec<&str> =
            conflict.sources.iter().map(super::super::domain::ids::SourceId::as_str).collect();
        let other = plain::value(conflict.field, &conflict.value);
        let field = words(conflict.field.as_str());
        lines.push(format!("  {:15} {field} {other} ({})", "but", sources.join(", ")));
    }
    for source in &deal.sources {
        let passing = if source.main { "" } else { " (in passing)" };
        lines.push(format!(
            "  {:15} {}  {}: {}{passing} (article {})",
            "told by",
            local(source.at),
            source.name,
            source.title,
            source.article
        ));
        lines.extend(source.url.as_ref().map(|url| format!("  {:15} {url}", "")));
    }
    lines
}

/// `3 articles, 1 source`: copies of one agency's story are one source.
fn tellings(articles: usize, sources: u32) -> String {
    let plural = |one: bool| if one { "" } else { "s" };
    let (of_articles, of_sources) = (plural(articles == 1), plural(sources == 1));
    format!("{articles} article{of_articles}, {sources} source{of_sources}")
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

fn why(why: &Why) -> Vec<String> {
    let mut lines = vec![format!("{}  (deal {})", why.target, why.deal)];
    for reason in &why.fields {
        lines.push(format!("  {}: {}", words(reason.field.as_str()), reason.words));
        if let Some(sentence) = &reason.quote.sentence {
            lines.push(format!("      “{sentence}”"));
        }
        if let Some(person) = reason.quote.person() {
            lines.push(format!("      {person}"));
            continue;
        }
        let source = reason
            .quote
            .source
            .as_ref()
            .map(|source| format!("{}, {}", source.name, local(source.at)));
        lines.push(format!(
            "      {} by {}",
            source.unwrap_or_else(|| "a text that is no longer read so".to_owned()),
            reason.quote.rule
        ));
    }
    if !why.conflicts.is_empty() {
        lines.push("  not shown:".to_owned());
    }
    for conflict in &why.conflicts {
        let sources: Vec<&str> =
            conflict.sources.iter().map(super::super::domain::ids::SourceId::as_str).collect();
        let other = plain::value(conflict.field, &conflict.value);
        let field = words(conflict.field.as_str());
        lines.push(format!("      {field} {other} ({})", sources.join(", ")));
    }
    let current = why.mentions.iter().filter(|mention| mention.current);
    let articles: BTreeSet<_> = current.map(|mention| mention.article).collect();
    lines.push(format!("  told by {}", tellings(articles.len(), why.source_count)));
    lines.push("  one deal because:".to_owned());
    lines.extend(why.reasons.iter().map(|reason| format!("      {reason}")));
    for mention in &why.mentions {
        let amount = mention.amount.as_deref().unwrap_or("no sum");
        lines.push(format!(
            "  mention {} (article {}): {} {}, {amount}; {}, {}{}",
            mention.id,
            mention.article,
            mention.target,
            words(mention.status.as_str()),
            mention.source,
            local(mention.at),
            if mention.main { "" } else { ", in passing" }
        ));
    }
    lines
}
