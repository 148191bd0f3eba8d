//! Reads feeds named on stdin and writes what was made of them, one line of JSON each.
//!
//! A line of input: `{"id", "path", "content_type", "base"}`, the last two may be null. A line of
//! output: `{"id", "error", "feed", "entries"}`, with texts as markup and times in RFC 3339. It
//! serves to compare this reader with others on any collection of feeds.

use std::io::BufRead;
use std::io::Write;

use dealwatch::domain::Source;
use dealwatch::domain::SourceKind;
use dealwatch::parse;
use dealwatch::parse::targets;
use dealwatch::parse::written::Channel;
use dealwatch::parse::written::Item;
use dealwatch::parse::written::Link;
use dealwatch::parse::written::Text;
use serde_json::Value;
use serde_json::json;
use url::Url;

/// Stands for the address of a feed that has none, and is cut off again.
const NOWHERE: &str = "http://nowhere.invalid/";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A date without a zone is read as in Greenwich here.
    let source = Source { utc_offset_minutes: Some(0), ..targets::source(SourceKind::Feed) };
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line?)?;
        let text = |key: &str| case.get(key).and_then(Value::as_str).map(str::to_owned);
        let path = text("path").ok_or("a case without `path`")?;
        let base = Url::parse(text("base").as_deref().unwrap_or(NOWHERE))?;
        let bytes = std::fs::read(&path)?;
        let document = targets::document_at(base, &bytes, text("content_type").as_deref());
        let mut read = match parse::written(&document, &source) {
            Ok(feed) => json!({
                "error": null,
                "feed": channel(&feed.channel),
                "entries": feed.items.iter().map(item).collect::<Vec<_>>(),
            }),
            Err(error) => json!({ "error": error.to_string() }),
        };
        read["id"] = case.get("id").cloned().unwrap_or_default();
        writeln!(out, "{read}")?;
    }
    Ok(())
}

fn channel(channel: &Channel) -> Value {
    json!({
        "title": text(channel.title.as_ref()),
        "summary": text(channel.summary.as_ref()),
        "link": channel.link().map(without_nowhere),
        "id": channel.id,
        "published": channel.published,
        "updated": channel.updated,
        "links": links(&channel.links),
    })
}

fn item(item: &Item) -> Value {
    let summary = item.summary.as_ref();
    let summary = summary.or(item.others.first().filter(|_| item.content.is_none()));
    json!({
        "title": text(item.title.as_ref()),
        "summary": text(summary),
        "content": text(item.content.as_ref()),
        "link": item.link().map(without_nowhere),
        "id": item.id,
        "published": item.published,
        "updated": item.updated,
        "links": links(&item.links),
    })
}

fn text(text: Option<&Text>) -> Option<String> {
    text.map(|text| without_nowhere(&text.absolute()))
}

fn links(links: &[Link]) -> Vec<Value> {
    let shown = |link: &Link| json!({ "rel": link.rel, "href": without_nowhere(&link.href) });
    links.iter().map(shown).collect()
}

fn without_nowhere(text: &str) -> String {
    text.replace(NOWHERE, "/")
}
