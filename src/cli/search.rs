//! `dealwatch search`: words in articles and deals.

use super::Format;
use super::context::Context;
use super::context::Refusal;
use super::deals;
use super::deals::local;
use super::printer::Printer;
use super::table::Table;
use crate::config;
use crate::query;

/// Arguments of `dealwatch search`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// All of them must occur; a quoted argument is a phrase.
    #[arg(required = true)]
    words: Vec<String>,
    /// How to print what is found.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// At most so many articles, and so many deals.
    #[arg(long, default_value_t = 20)]
    limit: u32,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let (_, log) = context.log()?;
    let rates = config::rates()?;
    let phrase = |word: &String| {
        if word.contains(char::is_whitespace) { format!("\"{word}\"") } else { word.clone() }
    };
    let text = args.words.iter().map(phrase).collect::<Vec<_>>().join(" ");
    let hits =
        log.read_blocking(|conn| query::search(conn, &text, args.limit, &deals::asking(&rates)))?;
    match args.format {
        Format::Json => printer.line(&serde_json::to_string_pretty(&hits)?)?,
        Format::Jsonl => printer.line(&serde_json::to_string(&hits)?)?,
        Format::Csv => {
            return Err(
                Refusal("a search has no CSV; use `deals WORDS --format csv`".to_owned()).into()
            );
        }
        Format::Table => {
            deals::print(&hits.deals, Format::Table, printer)?;
            if !hits.deals.is_empty() && !hits.articles.is_empty() {
                printer.line("")?;
            }
            let mut table = Table::new(&["ARTICLE", "AT", "SOURCE", "TITLE", "DEALS"]);
            for hit in &hits.articles {
                let told: Vec<String> = hit.deals.iter().map(ToString::to_string).collect();
                table.row([
                    hit.article.to_string(),
                    local(hit.at),
                    hit.source.to_string(),
                    hit.title.clone(),
                    told.join(" "),
                ]);
            }
            if !table.is_empty() {
                printer.table(&table, false)?;
            }
        }
    }
    if hits.deals.is_empty() && hits.articles.is_empty() {
        printer.say("nothing contains all of these words")?;
        return Ok(super::EXIT_NOTHING);
    }
    Ok(super::EXIT_DONE)
}
