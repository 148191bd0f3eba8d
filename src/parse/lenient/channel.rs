//! What a feed says of itself, outside its entries.

use ::url::Url;

use super::super::date;
use super::super::tags::Kind;
use super::super::tags::attribute;
use super::super::tags::local;
use super::super::tags::next_tag;
use super::super::url;
use super::super::written::Channel;
use super::super::written::Link;
use super::Items;
use super::fields::Field;
use super::fields::fields;
use super::item;
use super::scope::Scope;
use super::scope::Space;
use super::texts;

/// The text outside the entries that is looked at; of real feeds it is under 10 KB.
const MAX_BYTES: usize = 256 * 1024;

/// What a feed says of itself, and what its entries inherit.
pub(super) fn read(
    text: &str,
    items: &Items,
    address: &Url,
    offset_minutes: Option<i16>,
) -> (Channel, Scope) {
    let outside = outside(text, items);
    let mut scope = Scope::new(address);
    let mut channel = Channel::default();
    let mut inside = 0;
    while let Some(tag) = next_tag(&outside, inside) {
        let name = local(tag.name).to_ascii_lowercase();
        if !matches!(name.as_str(), "rss" | "feed" | "rdf" | "channel") || tag.kind == Kind::End {
            break;
        }
        scope = scope.inside(tag.attributes).into_owned();
        let about = attribute(tag.attributes, "rdf:about");
        channel.id = channel.id.or_else(|| about.map(std::borrow::Cow::into_owned));
        let href = attribute(tag.attributes, "href");
        let href = href.and_then(|href| url::absolute(&scope.base, &href));
        channel.links.extend(href.map(alternate));
        let changed = attribute(tag.attributes, "lastmod");
        channel.updated = channel.updated.or(changed.and_then(|d| date::parse(&d, offset_minutes)));
        inside = tag.end;
    }
    for field in fields(outside.get(inside..).unwrap_or_default()) {
        take(&mut channel, &field, &scope, offset_minutes);
    }
    (channel, scope)
}

fn alternate(href: Url) -> Link {
    Link { rel: "alternate".to_owned(), href: href.into() }
}

/// The text with the entries cut out; their end tags stay, which no one minds.
fn outside(text: &str, items: &Items) -> String {
    let mut out = String::new();
    let mut at = 0;
    for item in &items.entries {
        out.push_str(text.get(at..item.start).unwrap_or_default());
        at = item.end;
        if out.len() > MAX_BYTES {
            return out;
        }
    }
    let rest = text.get(at..items.unfinished.unwrap_or(text.len())).unwrap_or_default();
    let room = rest.floor_char_boundary(MAX_BYTES.min(rest.len()));
    out.push_str(rest.get(..room).unwrap_or_default());
    out
}

/// Puts a field where it belongs; the first of a kind wins.
fn take(channel: &mut Channel, field: &Field<'_>, scope: &Scope, offset_minutes: Option<i16>) {
    let name = local(field.name).to_ascii_lowercase();
    let inside = scope.inside(field.attributes);
    match (inside.space(field.name), name.as_str()) {
        // In RSS 1.0 an image may stand before it.
        (Space::Feed, "channel") => {
            for inner in fields(field.value).filter(|inner| local(inner.name) != "channel") {
                take(channel, &inner, &inside, offset_minutes);
            }
        }
        (Space::Feed | Space::Dublin, "title") => {
            item::first(&mut channel.title, || texts::text(field, scope));
        }
        (Space::Feed, "link") => channel.links.extend(item::link(field, &inside)),
        (Space::Feed, "id") => item::first(&mut channel.id, || item::id(field, &inside)),
        (Space::Feed, "guid") | (Space::Dublin, "identifier") => {
            item::first(&mut channel.id, || item::plain(field));
        }
        (Space::Feed, "description" | "subtitle" | "tagline" | "abstract")
        | (Space::Itunes, "summary" | "subtitle")
        | (Space::Dublin, "description" | "abstract") => {
            item::first(&mut channel.summary, || texts::text(field, scope));
        }
        (Space::Feed | Space::Dublin, "pubdate" | "published" | "issued" | "date" | "created") => {
            item::first(&mut channel.published, || item::moment(field, offset_minutes));
        }
        (Space::Feed | Space::Dublin, "updated" | "modified" | "lastbuilddate") => {
            item::first(&mut channel.updated, || item::moment(field, offset_minutes));
        }
        _ => {}
    }
}
