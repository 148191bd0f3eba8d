//! `dealwatch sources import`: the feeds of another reader, or of a list.

use std::collections::HashSet;
use std::io::Read as _;
use std::path::PathBuf;

use super::add::candidate::draft;
use super::own;
use crate::cli;
use crate::cli::context::Context;
use crate::cli::printer::Printer;
use crate::cli::table::Table;
use crate::config::Loaded;
use crate::domain::Lang;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceId;
use crate::domain::SourceKind;
use crate::domain::measure;
use crate::domain::one_line;
use crate::domain::shown;
use crate::domain::shown_text;
use crate::parse;
use crate::parse::opml;
use crate::parse::opml::Outline;
use crate::source::catalogue;
use crate::source::own::tables;
use crate::source::propose;
use anyhow::Context as _;

/// Arguments of `dealwatch sources import`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// OPML, or one address a line; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only show what would be added.
    #[arg(long)]
    dry_run: bool,
    /// Add them switched off.
    #[arg(long)]
    disabled: bool,
    /// Who speaks in all of them [default: told by the address].
    #[arg(long)]
    class: Option<SourceClass>,
    /// How often each is asked at most, in seconds.
    #[arg(long, value_name = "SECONDS")]
    every: Option<u32>,
    /// Their language, where the list does not say: en or zh.
    #[arg(long)]
    lang: Option<Lang>,
}

/// Runs the command; exit code 3 when there is nothing to add.
pub(super) fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let loaded = context.load()?;
    let list = opml::read(&bytes(args)?);
    for warning in &list.warnings {
        printer.say(&one_line(warning))?;
    }
    let mut taken = Taken::of(&loaded);
    let mut new = Vec::new();
    let mut skipped = 0;
    for outline in &list.outlines {
        match taken.source(outline, args) {
            Ok(source) => new.push(source),
            Err(words) => {
                skipped += 1;
                printer.say(&one_line(&format!("left out: {words}")))?;
            }
        }
    }
    let (count, left) = (measure::count(new.len(), "source"), measure::count(skipped, "outline"));
    if new.is_empty() {
        printer.say(&format!("nothing to add; {left} left out"))?;
        return Ok(cli::EXIT_NOTHING);
    }
    print(&new, printer)?;
    if args.dry_run {
        printer.say(&format!("{count} would be added, {left} left out"))?;
        return Ok(cli::EXIT_DONE);
    }
    let path = own::add(&loaded, &new)?;
    printer.say(&format!("added {count} to {}, {left} left out", path.display()))?;
    own::put_in_force(&loaded, printer)?;
    printer.say("`dealwatch sources test --all` tries them")?;
    Ok(cli::EXIT_DONE)
}

fn bytes(args: &Args) -> anyhow::Result<Vec<u8>> {
    if args.file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(&args.file).with_context(|| format!("cannot read {}", args.file.display()))
}

fn print(new: &[Source], printer: &mut Printer) -> std::io::Result<()> {
    let mut table = Table::new(&["ID", "CLASS", "LANG", "NAME", "URL"]).keeping(&["ID"]);
    for source in new {
        table.row([
            source.id.to_string(),
            source.class.to_string(),
            source.language.map(|lang| lang.to_string()).unwrap_or_default(),
            source.name.clone(),
            shown(&source.url),
        ]);
    }
    printer.table(&table, false)
}

/// Ids and addresses that are in use, those of the list so far with them.
struct Taken {
    ids: HashSet<String>,
    addresses: HashSet<String>,
}

impl Taken {
    fn of(loaded: &Loaded) -> Taken {
        let all = loaded.registry.all();
        Taken {
            ids: all.iter().map(|source| source.id.to_string()).collect(),
            addresses: all.iter().map(|source| parse::url::canonical(&source.url)).collect(),
        }
    }

    /// The source of an outline, or why there is none.
    fn source(&mut self, outline: &Outline, args: &Args) -> Result<Source, String> {
        let title = outline.title.clone().unwrap_or_default();
        let Some(address) = &outline.feed else {
            let site = outline.site.as_deref().unwrap_or_default();
            return Err(format!("`{title}` names no feed: try `dealwatch sources add {site}`"));
        };
        let url = parse::url::typed(address)
            .map_err(|reason| format!("`{}` {reason}", shown_text(address)))?;
        if !self.addresses.insert(parse::url::canonical(&url)) {
            return Err(format!("`{}` is there already", shown(&url)));
        }
        let own = |key: &str| {
            let found = outline.own.iter().find(|(name, _)| name == key);
            found.map(|(_, value)| value.as_str())
        };
        let class = own("class").and_then(|word| word.parse().ok());
        let class = args.class.or(class).unwrap_or_else(|| propose::class(&url));
        let mut source = draft(url, SourceKind::Feed, class);
        if let Some(id) = own("id").filter(|id| !self.ids.contains(*id)) {
            source.id = SourceId::from(id);
        } else {
            let id = propose::id(&source.url, |id| self.ids.contains(id));
            source.id = SourceId::from(id.as_str());
        }
        source.name = if title.is_empty() { source.id.to_string() } else { title };
        source.language = outline.language.as_deref().and_then(language).or(args.lang);
        source.country = own("country").map(str::to_owned);
        let every = own("every_secs").and_then(|secs| secs.parse().ok());
        source.every_secs = args.every.or(every).unwrap_or(source.every_secs);
        source.utc_offset_minutes = own("utc_offset_minutes").and_then(|word| word.parse().ok());
        source.enabled = !args.disabled && own("enabled") != Some("false");
        source.notes = notes(outline, own("id").is_some());
        // An odd value in the list must not refuse all the others.
        let text = tables(std::slice::from_ref(&source));
        let checked = catalogue::parse(std::path::Path::new(address), &text);
        checked.map_err(|error| format!("{error:#}"))?;
        self.ids.insert(source.id.to_string());
        Ok(source)
    }
}

/// `en-US` is en, `zh-TW` and `cn` are zh.
fn language(word: &str) -> Option<Lang> {
    let word = word.to_ascii_lowercase();
    let first = word.split(['-', '_']).next().unwrap_or_default();
    match first {
        "en" => Some(Lang::En),
        "zh" | "cn" => Some(Lang::Zh),
        _ => None,
    }
}

/// What the list says of it: its groups, unless we made them, and its description.
fn notes(outline: &Outline, is_ours: bool) -> Option<String> {
    let groups = (!is_ours && !outline.groups.is_empty())
        .then(|| format!("Group: {}.", outline.groups.join(" / ")));
    let notes: Vec<String> = groups.into_iter().chain(outline.description.clone()).collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}
