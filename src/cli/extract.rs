//! `dealwatch extract`: what a text says of deals.

use std::fs::File;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::path::PathBuf;

use anyhow::Context as _;

use super::context::Context;
use super::context::Refusal;
use super::printer::Printer;
use crate::domain::Lang;
use crate::entity::EntityTable;
use crate::extract;
use crate::extract::Input;
use crate::extract::batch;

/// A line of the batch is at most this long; a longer one is a mistake, not a document.
const MAX_LINE_BYTES: usize = 16 * 1024 * 1024;

/// Arguments of `dealwatch extract`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A text whose first line is the title; with --jsonl one JSON document a line. `-` is standard
    /// input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// One document `{"id","title","text"}` a line in, one line out, in order.
    #[arg(long)]
    jsonl: bool,
    /// Say which rule read which words, and why a candidate was dropped.
    #[arg(long, conflicts_with = "jsonl")]
    explain: bool,
    /// The text's language, if it should not be told from the text.
    #[arg(long, value_parser = |word: &str| word.parse::<Lang>())]
    lang: Option<Lang>,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let table = context.load()?.entities;
    let input = open(&args.file)?;
    if args.jsonl {
        batch(input, &table, printer)?;
    } else {
        one(input, args, &table, printer)?;
    }
    Ok(super::EXIT_DONE)
}

fn open(file: &PathBuf) -> anyhow::Result<Box<dyn BufRead>> {
    if file.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Box::new(BufReader::new(opened)))
}

fn batch(
    mut input: Box<dyn BufRead>,
    table: &EntityTable,
    printer: &mut Printer,
) -> anyhow::Result<()> {
    for number in 1_usize.. {
        let Some(line) = next_line(&mut input, number)? else { break };
        if line.trim().is_empty() {
            continue;
        }
        let answer = batch::json_line(&line, table).map_err(|error| {
            Refusal(format!("line {number} is no document {{\"id\",\"title\",\"text\"}}: {error}"))
        })?;
        printer.line(&answer)?;
    }
    Ok(())
}

/// The next line; `None` at the end.
pub fn next_line(input: &mut dyn BufRead, number: usize) -> anyhow::Result<Option<String>> {
    let mut line = Vec::new();
    let limit = MAX_LINE_BYTES as u64;
    input.take(limit).read_until(b'\n', &mut line).context("cannot read on")?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.len() == MAX_LINE_BYTES {
        return Err(Refusal(format!("line {number} is longer than 16 MB")).into());
    }
    let line =
        String::from_utf8(line).map_err(|_| Refusal(format!("line {number} is not in UTF-8")))?;
    Ok(Some(line))
}

fn one(
    mut input: Box<dyn BufRead>,
    args: &Args,
    table: &EntityTable,
    printer: &mut Printer,
) -> anyhow::Result<()> {
    let mut text = String::new();
    input.read_to_string(&mut text).context("cannot read the text; is it in UTF-8?")?;
    let (title, text) = text.split_once('\n').unwrap_or((text.as_str(), ""));
    let input = Input { title, text, lang: args.lang, published: None };
    let extraction = extract::extract(&input, table);
    if args.explain {
        printer.line(extract::explain(&extraction).trim_end())?;
    } else {
        printer.line(&serde_json::to_string_pretty(&extraction.mentions)?)?;
    }
    Ok(())
}
