//! The outlet that an aggregator's entry names: `source` of RSS, Bing's `News:Source`.

use std::ops::Range;

use ::url::Url;

use crate::domain::Publisher;

use super::tags;
use super::tags::Kind;
use super::text;
use super::url;
use super::written::Item;

/// Signs between a headline and the outlet's name behind it.
const BETWEEN: &[&str] = &[" - ", " – ", " — ", " | ", "_"];

/// Puts the publisher that each entry names beside it; `entries` are where they stand in `text`.
pub(super) fn note(found: &mut [Item], text: &str, entries: &[Range<usize>]) {
    // Only where every entry is there can the two be put side by side.
    if found.len() != entries.len() {
        return;
    }
    for (found, range) in found.iter_mut().zip(entries) {
        found.publisher = of(text.get(range.clone()).unwrap_or_default());
    }
}

fn of(slice: &str) -> Option<Publisher> {
    let mut at = 0;
    while let Some(tag) = tags::next_tag(slice, at) {
        at = tag.end;
        let is_source = matches!(tag.name, "source" | "News:Source" | "news:source");
        if tag.kind != Kind::Start || !is_source {
            continue;
        }
        let end = tags::next_tag(slice, tag.end).map_or(slice.len(), |next| next.start);
        let name = tags::content(slice.get(tag.end..end).unwrap_or_default());
        let address = tags::attribute(tag.attributes, "url");
        let site = address.and_then(|address| Url::parse(&address).ok());
        let name = text::line(&name);
        // Atom's `source` holds a whole head of a feed, and no text of its own.
        return (!name.is_empty()).then(|| Publisher { name, site: site.as_ref().map(url::site) });
    }
    None
}

/// The headline without the publisher's name behind it.
pub(super) fn headline<'a>(title: &'a str, publisher: &Publisher) -> &'a str {
    let bare = title.strip_suffix(publisher.name.as_str());
    let bare = bare.and_then(|bare| BETWEEN.iter().find_map(|sign| bare.strip_suffix(sign)));
    bare.map(str::trim_end).filter(|bare| !bare.is_empty()).unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(slice: &str, expected: Option<(&str, Option<&str>)>) {
        let found = of(slice);
        let found = found.as_ref().map(|found| (found.name.as_str(), found.site.as_deref()));
        assert_eq!(found, expected, "in: {slice}");
    }

    #[test]
    fn the_outlet_is_named() {
        let site = Some("quay.test");
        check(
            "<item><source url=\"https://www.quay.test/\">The Quay &amp; Post</source>",
            Some(("The Quay & Post", site)),
        );
        check("<item><News:Source>Quay Post</News:Source>", Some(("Quay Post", None)));
        check("<entry><source><title>A feed</title></source>", None);
        check("<item><source url='x'/></item>", None);
        check("<item><title>A</title>", None);
    }

    #[test]
    fn the_name_behind_the_headline_is_no_part_of_it() {
        let publisher = Publisher { name: "Quay Post".to_owned(), site: None };
        let check = |title: &str, expected: &str| assert_eq!(headline(title, &publisher), expected);
        check("A raises $1M - Quay Post", "A raises $1M");
        check("A raises $1M | Quay Post", "A raises $1M");
        check("A buys Quay Post", "A buys Quay Post");
        check(" - Quay Post", " - Quay Post");
    }
}
