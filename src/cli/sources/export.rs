//! `dealwatch sources export`: the sources for another reader (OPML), or as a catalogue (TOML).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::cli;
use crate::cli::context::Context;
use crate::cli::printer::Printer;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceKind;
use crate::domain::measure;
use crate::parse::opml::PREFIX;
use crate::source::own::tables;

/// The name of our own attributes, which other readers leave alone.
const NAMESPACE: &str = "urn:dealwatch:opml";

/// Arguments of `dealwatch sources export`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// OPML 2.0, as every feed reader takes it: the feeds, without pages and the like.
    #[arg(long, conflicts_with = "toml")]
    opml: bool,
    /// A catalogue, with every value of every source.
    #[arg(long, required_unless_present = "opml")]
    toml: bool,
    /// Those that are switched off, too.
    #[arg(long)]
    all: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let loaded = context.load()?;
    let sources: Vec<Source> =
        loaded.registry.all().iter().filter(|source| args.all || source.enabled).cloned().collect();
    if args.toml {
        printer.line(tables(&sources).trim_end())?;
        return Ok(cli::EXIT_DONE);
    }
    let (feeds, others): (Vec<&Source>, Vec<&Source>) =
        sources.iter().partition(|source| source.kind == SourceKind::Feed);
    printer.line(opml(&feeds).trim_end())?;
    if !others.is_empty() {
        let others = measure::count(others.len(), "source");
        printer.say(&format!("left out: {others} that other readers cannot read (pages, APIs)"))?;
    }
    Ok(cli::EXIT_DONE)
}

/// Grouped by who speaks; our own values in attributes of their own.
fn opml(feeds: &[&Source]) -> String {
    let mut groups: BTreeMap<SourceClass, Vec<&Source>> = BTreeMap::new();
    for source in feeds {
        groups.entry(source.class).or_default().push(source);
    }
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" \
         xmlns:{PREFIX}=\"{NAMESPACE}\">\n  <head>\n    <title>dealwatch</title>\n  </head>\n  \
         <body>\n"
    );
    for (class, sources) in groups {
        // Writing to a string does not fail, here and below.
        let _infallible = writeln!(out, "    <outline text=\"{class}\">");
        for source in sources {
            out.push_str(&outline(source));
        }
        out.push_str("    </outline>\n");
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

fn outline(source: &Source) -> String {
    let mut line = "      <outline type=\"rss\"".to_owned();
    let mut put = |name: &str, value: &str| {
        let _infallible = write!(line, " {name}=\"{}\"", escaped(value));
    };
    put("text", &source.name);
    put("title", &source.name);
    put("xmlUrl", source.url.as_str());
    if let Some(language) = source.language {
        put("language", language.as_str());
    }
    if let Some(notes) = &source.notes {
        put("description", notes);
    }
    let mut own = |name: &str, value: &str| put(&format!("{PREFIX}:{name}"), value);
    own("id", source.id.as_str());
    own("class", source.class.as_str());
    own("every_secs", &source.every_secs.to_string());
    if let Some(country) = &source.country {
        own("country", country);
    }
    if let Some(minutes) = source.utc_offset_minutes {
        own("utc_offset_minutes", &minutes.to_string());
    }
    if !source.enabled {
        own("enabled", "false");
    }
    line.push_str("/>\n");
    line
}

/// For an attribute in double quotes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
