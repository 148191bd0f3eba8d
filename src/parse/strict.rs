//! The strict reader, feed-rs, and what it is trusted with.
//!
//! It runs on decoded and repaired text behind [`guard`], with our own ids and dates.

use std::sync::Arc;
use std::time::SystemTime;

use feed_rs::model;
use feed_rs::parser::Builder;
use jiff::Timestamp;

use crate::domain::Document;
use crate::domain::Source;

use super::date;
use super::guard;
use super::written::Item;
use super::written::Link;
use super::written::Text;

/// Reads with feed-rs; an error in its words.
pub(super) fn read(text: &str, doc: &Document, source: &Source) -> Result<Vec<Item>, String> {
    let offset = source.utc_offset_minutes;
    let base = doc.final_url.to_string();
    let outcome = guard::catch(|| {
        Builder::new()
            .base_uri(Some(base))
            .sanitize_content(false)
            // Ids are ours, see `entry`: none is better than one that changes with the title.
            .id_generator(|_, _, _| String::new())
            .timestamp_parser(move |text| {
                date::parse(text, offset)
                    .and_then(|date| SystemTime::try_from(date).ok().map(Into::into))
            })
            .build()
            .parse(text.as_bytes())
    });
    let base = Arc::new(doc.final_url.clone());
    match outcome {
        Ok(Ok(feed)) => Ok(feed.entries.into_iter().map(|entry| item(entry, &base)).collect()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(refusal) => Err(refusal.to_string()),
    }
}

/// What the two readers know together, and why the strict one alone would not do.
///
/// Ours leads where it has a field: it knows the base of every text, Atom inside RSS, and dates
/// and texts of other vocabularies. Where it has none the strict one's counts.
pub(super) fn completed(mut ours: Vec<Item>, strict: Vec<Item>) -> (Vec<Item>, Option<String>) {
    let (count, total) = (strict.len(), ours.len());
    if count > total {
        return (strict, None);
    }
    if count < total {
        let reason = format!("the strict reader returned {count} of {total} entries");
        return (ours, Some(reason));
    }
    for (ours, strict) in ours.iter_mut().zip(strict) {
        fill(ours, strict);
    }
    (ours, None)
}

fn fill(ours: &mut Item, strict: Item) {
    ours.id = ours.id.take().or(strict.id);
    ours.title = ours.title.take().or(strict.title);
    ours.author = ours.author.take().or(strict.author);
    if ours.link().is_none() {
        ours.links.extend(strict.links);
    }
    if ours.summary.is_none() && ours.content.is_none() && ours.others.is_empty() {
        (ours.summary, ours.content, ours.others) = (strict.summary, strict.content, strict.others);
    }
    if ours.published.or(ours.updated).is_none() {
        (ours.published, ours.updated) = (strict.published, strict.updated);
    }
}

fn item(entry: model::Entry, base: &Arc<::url::Url>) -> Item {
    let text = |markup: String| {
        (!markup.trim().is_empty()).then(|| Text { markup, base: Arc::clone(base) })
    };
    let links = entry.links.into_iter().filter(|link| link.target.is_none());
    let links = links.map(|link| Link {
        rel: link.rel.unwrap_or_else(|| "alternate".to_owned()),
        href: link.href,
    });
    let described = entry.media.into_iter().filter_map(|media| media.description);
    Item {
        id: Some(entry.id).filter(|id| !id.is_empty()),
        id_is_no_page: false,
        links: links.collect(),
        title: entry.title.and_then(|title| text(title.content)),
        summary: entry.summary.and_then(|summary| text(summary.content)),
        content: entry.content.and_then(|content| content.body).and_then(text),
        others: described.filter_map(|described| text(described.content)).collect(),
        published: entry.published.and_then(|date| stamp(date.into())),
        updated: entry.updated.and_then(|date| stamp(date.into())),
        author: entry.authors.into_iter().find_map(|person| person.name.or(person.email)),
        publisher: None,
        refused: None,
    }
}

fn stamp(time: SystemTime) -> Option<Timestamp> {
    Timestamp::try_from(time).ok()
}
