//! `dealwatch sources list`: what is polled, and how it is doing.

use serde_json::json;

use super::pause;
use super::pause::Pauses;

use crate::cli::EXIT_DONE;
use crate::cli::Format;
use crate::cli::context::Context;
use crate::cli::deals::local;
use crate::cli::printer::Printer;
use crate::cli::table::Table;
use crate::config::Loaded;
use crate::domain::shown;
use crate::query;
use crate::query::SourceView;
use crate::query::export;
use crate::store::Store;

/// Arguments of `dealwatch sources list`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Those that are switched off, too.
    #[arg(long)]
    all: bool,
    /// How to print them.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// Runs the command.
pub(super) fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let Args { all, format } = *args;
    let loaded = context.load()?;
    let known = known(&loaded)?;
    let pauses = Pauses::load(&loaded)?;
    let sources = loaded.registry.all().iter().filter(|source| all || source.enabled);
    let mut documents = Vec::new();
    let mut table =
        Table::new(&["ID", "KIND", "LANG", "CLASS", "HEALTH", "LAST OK", "NEXT", "WORDS"])
            .keeping(&["ID", "HEALTH", "LAST OK", "NEXT"]);
    for source in sources {
        let view = known.iter().find(|view| view.id == source.id);
        let mut document = json!({ "source": source, "polls": view });
        // Its secrets are not for whoever reads the output.
        document["source"]["url"] = shown(&source.url).into();
        let pause = pauses.of(&source.url).filter(|_| source.enabled);
        document["host_pause"] = json!(pause);
        documents.push(document);
        let words = view.and_then(|view| view.reason.clone());
        let words = pause.map(pause::words).into_iter().chain(words).collect::<Vec<_>>();
        let health = match view {
            _ if !source.enabled => "off",
            Some(view) => view.health.as_str(),
            None => "new",
        };
        table.row([
            source.id.to_string(),
            source.kind.to_string(),
            source.language.map(|lang| lang.to_string()).unwrap_or_default(),
            source.class.to_string(),
            health.to_owned(),
            view.and_then(|view| view.succeeded_at).map(local).unwrap_or_default(),
            view.and_then(|view| view.next_poll_at).map(local).unwrap_or_default(),
            words.join("; "),
        ]);
    }
    match format {
        Format::Table | Format::Csv => printer.table(&table, format == Format::Csv)?,
        Format::Json => export::json(printer.out(), &documents)?,
        Format::Jsonl => {
            for document in &documents {
                export::jsonl(printer.out(), document)?;
            }
        }
    }
    Ok(EXIT_DONE)
}

/// What the log remembers; nothing before the first start.
fn known(loaded: &Loaded) -> anyhow::Result<Vec<SourceView>> {
    let database = loaded.database();
    if !database.exists() {
        return Ok(Vec::new());
    }
    Ok(Store::open_read_only(&database)?.read_blocking(query::sources)?)
}
