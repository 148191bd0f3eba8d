//! `dealwatch entities`: who there is, under which names, and what people say of them.

use super::context::Context;
use super::context::Refusal;
use super::deal::take;
use super::deals::local;
use super::printer::Printer;
use crate::decide::Decision;
use crate::domain::one_line;
use crate::query;
use crate::query::EntityView;
use crate::query::NameOrigin;

/// Names shown in a line of the list.
const NAMES: usize = 4;

/// Arguments of `dealwatch entities`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Companies, investors and people with a name that holds the text
    List {
        /// Part of a name, in either script
        text: Option<String>,
        /// How to print them
        #[arg(long, value_enum, default_value = "table")]
        format: super::Format,
    },
    /// One of them: its names and where they are known from, its deals
    Show {
        /// A name or an id
        name: String,
        /// How to print it
        #[arg(long, value_enum, default_value = "table")]
        format: super::Format,
    },
    /// Give one a further name: `"Moonshot AI=Dark Side of the Moon"`
    Alias {
        /// A known name or id, `=`, and the new names with commas between them
        #[arg(value_name = "NAME=OTHER,…")]
        names: String,
        /// Why
        #[arg(long)]
        because: Option<String>,
    },
    /// Say that two are one
    Merge {
        /// A name or an id
        one: String,
        /// Another
        other: String,
        /// Why
        #[arg(long)]
        because: Option<String>,
    },
    /// Say that a name means somebody else than it was taken for
    Split {
        /// The name
        name: String,
        /// Why
        #[arg(long)]
        because: Option<String>,
    },
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    match &args.command {
        Command::List { text, format } => {
            list(text.as_deref().unwrap_or_default(), *format, context, printer)
        }
        Command::Show { name, format } => show(name, *format, context, printer),
        Command::Alias { names, because } => {
            let Some((name, others)) = names.split_once('=') else {
                let words = format!("`{names}` is no `NAME=OTHER`: the known name comes first");
                return Err(Refusal(words).into());
            };
            let names: Vec<String> = others
                .split([',', '，', '、'])
                .map(|name| name.trim().to_owned())
                .filter(|name| !name.is_empty())
                .collect();
            if names.is_empty() {
                return Err(Refusal("name at least one further name after the `=`".into()).into());
            }
            let (of, because) = (name.trim().to_owned(), because.clone());
            take(&Decision::Alias { of, names, because }, context, printer)
        }
        Command::Merge { one, other, because } => {
            let (one, other, because) = (one.clone(), other.clone(), because.clone());
            take(&Decision::MergeEntities { one, other, because }, context, printer)
        }
        Command::Split { name, because } => {
            let (name, because) = (name.clone(), because.clone());
            take(&Decision::SplitEntity { name, because }, context, printer)
        }
    }
}

fn list(
    text: &str,
    format: super::Format,
    context: &Context,
    printer: &mut Printer,
) -> anyhow::Result<u8> {
    let (loaded, log) = context.log()?;
    let found = log.read_blocking(|conn| query::entities(conn, &loaded.entities, text))?;
    if found.is_empty() {
        printer.say("no entity has such a name")?;
        return Ok(super::EXIT_NOTHING);
    }
    match format {
        super::Format::Json => printer.line(&serde_json::to_string_pretty(&found)?)?,
        super::Format::Jsonl => {
            for entity in &found {
                printer.line(&serde_json::to_string(entity)?)?;
            }
        }
        super::Format::Csv => {
            return Err(Refusal("entities have no CSV; use --format jsonl".to_owned()).into());
        }
        super::Format::Table => {
            for entity in &found {
                let mut names: Vec<&str> =
                    entity.names.iter().map(|name| name.name.as_str()).collect();
                let more = names.len().saturating_sub(NAMES);
                names.truncate(NAMES);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let kind = entity.kind.unwrap_or("met in the news");
                let line = format!("{:24} {kind:16} {}{more}", entity.id, names.join(", "));
                printer.line(&one_line(&line))?;
            }
        }
    }
    Ok(super::EXIT_DONE)
}

fn show(
    name: &str,
    format: super::Format,
    context: &Context,
    printer: &mut Printer,
) -> anyhow::Result<u8> {
    let (loaded, log) = context.log()?;
    let found = log.read_blocking(|conn| query::entity(conn, &loaded.entities, name))?;
    let Some(entity) = found else {
        printer.say(&format!(
            "no entity is called `{name}`; `dealwatch entities list TEXT` looks for parts of names"
        ))?;
        return Ok(super::EXIT_NOTHING);
    };
    printer.record(format, &entity, "one entity", lines)?;
    Ok(super::EXIT_DONE)
}

fn lines(entity: &EntityView) -> Vec<String> {
    let mut lines = vec![format!("{}  ({})", entity.name, entity.id)];
    let ai = entity.ai.map(|ai| if ai { "an AI company" } else { "no AI company" });
    let facts = [entity.kind, ai, entity.country.as_deref()];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        lines.push(format!("  {}", facts.join(", ")));
    }
    lines.extend(entity.parent.as_ref().map(|parent| format!("  owned by {parent}")));
    for name in &entity.names {
        let from = match &name.from {
            NameOrigin::Shipped => "shipped table".to_owned(),
            NameOrigin::Configuration => "configuration".to_owned(),
            NameOrigin::News(at) => format!("met in the news, first {}", local(*at)),
            NameOrigin::Person(decision) => format!("a person, decision {decision}"),
        };
        lines.push(format!("  name   {}  ({from})", name.name));
    }
    lines.extend(entity.parts.iter().map(|part| format!("  holds  {part}")));
    lines.extend(entity.deals.iter().map(|deal| format!("  deal   {deal}")));
    let article = |a: &query::ArticleTitle| format!("  told   article {}: {}", a.article, a.title);
    lines.extend(entity.articles.iter().map(article));
    lines
}
