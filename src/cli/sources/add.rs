//! `dealwatch sources add`: from a site's address to a source in one's own catalogue.

pub(super) mod candidate;
mod search;

use std::io::BufRead as _;
use std::io::IsTerminal as _;

use url::Url;

use super::asker;
use super::own;
use crate::cli;
use crate::cli::context::Context;
use crate::cli::context::Refusal;
use crate::cli::deals::local;
use crate::cli::printer::Printer;
use crate::config::Loaded;
use crate::domain::Lang;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceId;
use crate::domain::measure;
use crate::domain::one_line;
use crate::domain::shown;
use crate::domain::shown_text;
use crate::parse;
use crate::source::own::tables;
use candidate::Candidate;

/// First items that are shown of each candidate.
const ITEMS_SHOWN: usize = 3;

/// Arguments of `dealwatch sources add`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A site, one of its pages, or a feed.
    #[arg(value_name = "URL")]
    url: String,
    /// Add it without a question.
    #[arg(long)]
    yes: bool,
    /// Only show what would be added.
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// Which of the feeds that were found [default: the first that is new].
    #[arg(long, value_name = "N")]
    candidate: Option<usize>,
    /// Its id.
    #[arg(long)]
    id: Option<String>,
    /// Its name, for people.
    #[arg(long)]
    name: Option<String>,
    /// Who speaks: filing, company, wire, media or aggregator.
    #[arg(long)]
    class: Option<SourceClass>,
    /// How often it is asked at most, in seconds.
    #[arg(long, value_name = "SECONDS")]
    every: Option<u32>,
    /// Its language: en or zh.
    #[arg(long)]
    lang: Option<Lang>,
    /// It is on this machine or in your own network.
    #[arg(long)]
    allow_private: bool,
}

/// Runs the command; exit code 3 when there is no feed.
pub(super) fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let loaded = context.load()?;
    let url = address(&args.url)?;
    refuse_known(&loaded, &url)?;
    let fetcher = asker::fetcher(&loaded)?;
    let say = |words: &str| printer.say(&one_line(words));
    let found = cli::run::block_on(search::run(&fetcher, &url, args.allow_private, say))??;
    if found.candidates.is_empty() {
        return nothing(&url, &found, printer);
    }
    let candidates = named(found.candidates, args, &loaded)?;
    for (number, candidate) in candidates.iter().enumerate() {
        show(number + 1, candidate, &loaded, printer)?;
    }
    let chosen = match choose(args, &candidates, &loaded, printer)? {
        Choice::Add(chosen) => chosen,
        Choice::Shown => return Ok(cli::EXIT_DONE),
        Choice::Unanswered => {
            printer.say("nothing was added: say `--yes` to add it")?;
            return Ok(cli::EXIT_REFUSED);
        }
    };
    refuse_known(&loaded, &chosen.url)?;
    let path = own::add(&loaded, std::slice::from_ref(chosen))?;
    printer.say(&format!("added `{}` to {}", chosen.id, path.display()))?;
    own::put_in_force(&loaded, printer)?;
    Ok(cli::EXIT_DONE)
}

fn address(text: &str) -> anyhow::Result<Url> {
    parse::url::typed(text)
        .map_err(|reason| Refusal(format!("`{}` {reason}", shown_text(text))).into())
}

fn refuse_known(loaded: &Loaded, url: &Url) -> anyhow::Result<()> {
    let Some(known) = own::known(loaded, url) else { return Ok(()) };
    Err(Refusal(format!("this is the source `{}` already: {}", known.id, state(known))).into())
}

/// What can be done with a source that is known.
fn state(known: &Source) -> String {
    if known.enabled {
        format!("it is polled; `dealwatch sources test {}` shows how it does", known.id)
    } else {
        format!("it is switched off; to poll it, add \"{}\" to `sources.enable`", known.id)
    }
}

/// Puts in what the command line says, and makes sure that no id is taken.
fn named(
    candidates: Vec<Candidate>,
    args: &Args,
    loaded: &Loaded,
) -> anyhow::Result<Vec<Candidate>> {
    let taken = |id: &str| loaded.registry.get(&SourceId::from(id)).is_some();
    if let Some(id) = args.id.as_deref().filter(|id| taken(id)) {
        let words = format!("the id `{id}` is taken; choose another, or leave `--id` out");
        return Err(Refusal(words).into());
    }
    let named = candidates.into_iter().map(|mut candidate| {
        candidate.propose(taken);
        let source = &mut candidate.source;
        source.id = args.id.as_deref().map_or_else(|| source.id.clone(), SourceId::from);
        source.name = args.name.clone().unwrap_or_else(|| source.name.clone());
        source.class = args.class.unwrap_or(source.class);
        source.every_secs = args.every.unwrap_or(source.every_secs);
        source.language = args.lang.or(source.language);
        source.allow_private = args.allow_private;
        candidate
    });
    Ok(named.collect())
}

/// What was found, its first items, and what it could be.
fn show(
    number: usize,
    candidate: &Candidate,
    loaded: &Loaded,
    printer: &mut Printer,
) -> std::io::Result<()> {
    let source = &candidate.source;
    let title = candidate.title.as_deref().unwrap_or("without a title");
    printer.line(&one_line(&format!("{number}  {title}")))?;
    printer.line(&format!("   {}  ({})", shown(&source.url), candidate.found.as_str()))?;
    if let Some(known) = own::known(loaded, &source.url) {
        printer.line(&format!("   this is the source `{}` already: {}", known.id, state(known)))?;
    }
    let mut about = vec![measure::count(candidate.items.len(), "item")];
    about.extend(source.language.map(|lang| lang.to_string()));
    about
        .extend(candidate.rhythm_secs.map(|secs| format!("an item every {}", measure::span(secs))));
    about.extend(candidate.warnings.first().cloned());
    printer.line(&one_line(&format!("   {}", about.join(", "))))?;
    for item in candidate.items.iter().take(ITEMS_SHOWN) {
        let at = item.published.or(item.updated);
        let at = at.map_or_else(|| "no date         ".to_owned(), local);
        printer.line(&format!("     {at}  {}", one_line(&item.title)))?;
    }
    printer.line("")
}

/// What a person wants done with what was found.
enum Choice<'a> {
    Add(&'a Source),
    /// Only a look, or no.
    Shown,
    /// Nobody is there to ask.
    Unanswered,
}

/// The source to add, once a person agrees.
fn choose<'a>(
    args: &Args,
    candidates: &'a [Candidate],
    loaded: &Loaded,
    printer: &mut Printer,
) -> anyhow::Result<Choice<'a>> {
    let count = candidates.len();
    let pick = |number: usize| number.checked_sub(1).and_then(|place| candidates.get(place));
    let is_new = |candidate: &Candidate| own::known(loaded, &candidate.source.url).is_none();
    let first = candidates.iter().position(is_new).map_or(1, |place| place + 1);
    let number = args.candidate.unwrap_or(first);
    let Some(chosen) = pick(number) else {
        let words = format!("there is no candidate {number}: 1 to {count} were found");
        return Err(Refusal(words).into());
    };
    printer.line(tables(std::slice::from_ref(&chosen.source)).trim_end())?;
    if args.dry_run {
        return Ok(Choice::Shown);
    }
    if args.yes {
        return Ok(Choice::Add(&chosen.source));
    }
    if !std::io::stdin().is_terminal() {
        return Ok(Choice::Unanswered);
    }
    let place = loaded.own_catalogues().into_iter().next().unwrap_or_default();
    let others =
        if count > 1 { format!(", or another number up to {count}") } else { String::new() };
    printer.say(&format!("add candidate {number} to {}? [Y/n{others}]", place.display()))?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    let answer = answer.trim().to_lowercase();
    let chosen = match answer.as_str() {
        "" | "y" | "yes" => Some(chosen),
        other => other.parse().ok().and_then(pick),
    };
    Ok(chosen.map_or(Choice::Shown, |candidate| Choice::Add(&candidate.source)))
}

/// There is no feed: what was tried, and how to read the page itself.
fn nothing(url: &Url, found: &search::Search, printer: &mut Printer) -> anyhow::Result<u8> {
    for words in &found.trouble {
        printer.say(&one_line(words))?;
    }
    printer.say(&format!("no feed was found at {}", shown(url)))?;
    if !found.is_page {
        printer.say(
            "if you know the feed's own address, give that; nothing else was asked of a host that \
             refuses or does not answer",
        )?;
        return Ok(cli::EXIT_NOTHING);
    }
    let mut source =
        candidate::draft(url.clone(), crate::domain::SourceKind::Page, SourceClass::Media);
    source.id = SourceId::from(crate::source::propose::id(url, |_| false).as_str());
    source.name = found.title.clone().unwrap_or_else(|| source.id.to_string());
    source.selectors = Some(crate::domain::Selectors {
        item: "article".to_owned(),
        title: Some("h2 a".to_owned()),
        link: Some("h2 a".to_owned()),
        date: Some("time".to_owned()),
        summary: Some("p".to_owned()),
    });
    printer.say(
        "Its list of articles can be read as a page, by CSS selectors: look at the page's source \
         in a browser, put this into your catalogue with the selectors that fit, and try it with \
         `dealwatch sources test ID`.",
    )?;
    printer.line(tables(&[source]).trim_end())?;
    Ok(cli::EXIT_NOTHING)
}
