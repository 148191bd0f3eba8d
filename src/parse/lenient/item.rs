//! The fields of one entry, of any dialect.

use std::borrow::Cow;

use jiff::Timestamp;

use super::super::date;
use super::super::tags::attribute;
use super::super::tags::content;
use super::super::tags::local;
use super::super::tags::next_tag;
use super::super::text;
use super::super::url;
use super::super::written::Item;
use super::super::written::Link;
use super::super::written::Text;
use super::fields::Field;
use super::fields::fields;
use super::scope::Scope;
use super::scope::Space;
use super::texts;

/// An entry being read.
struct Reader {
    item: Item,
    /// Titles and texts of other vocabularies: they count where the entry's own are missing.
    other_title: Option<Text>,
    offset_minutes: Option<i16>,
    /// How many elements of media are open around the field.
    media: usize,
}

/// A group, the content in it, and one more.
const MAX_MEDIA: usize = 3;

/// Reads an entry from its start tag to before its end tag.
pub(super) fn read(slice: &str, scope: &Scope, offset_minutes: Option<i16>) -> Item {
    let Some(start) = next_tag(slice, 0) else {
        return Item::default();
    };
    let scope = scope.inside(start.attributes);
    let mut reader = Reader { item: Item::default(), other_title: None, offset_minutes, media: 0 };
    for field in fields(slice.get(start.end..).unwrap_or_default()) {
        reader.take(&field, &scope);
    }
    let Reader { mut item, other_title, .. } = reader;
    item.title = item.title.or(other_title);
    let own = |name: &str| attribute(start.attributes, name).map(Cow::into_owned);
    item.id = item.id.or_else(|| own("rdf:about")).or_else(|| own("about"));
    // The Channel Definition Format writes both as attributes.
    let href = own("href").and_then(|href| url::absolute(&scope.base, &href));
    item.links.extend(href.map(|href| Link { rel: "alternate".to_owned(), href: href.into() }));
    let changed = own("lastmod").and_then(|date| date::parse(&date, offset_minutes));
    item.updated = item.updated.or(changed);
    item
}

impl Reader {
    /// Puts a field where it belongs; the first of a kind wins.
    fn take(&mut self, field: &Field<'_>, scope: &Scope) {
        let name = local(field.name).to_ascii_lowercase();
        let inside = scope.inside(field.attributes);
        match (inside.space(field.name), name.as_str()) {
            (Space::Media, "group" | "content") if self.media < MAX_MEDIA => {
                self.media += 1;
                for inner in fields(field.value) {
                    self.take(&inner, &inside);
                }
                self.media -= 1;
            }
            (Space::Feed, "title") => first(&mut self.item.title, || texts::text(field, scope)),
            (Space::Dublin | Space::Media | Space::Itunes, "title") | (Space::Feed, "header") => {
                first(&mut self.other_title, || texts::text(field, scope));
            }
            (Space::Feed, "link") => self.item.links.extend(link(field, &inside)),
            (Space::Feed, "guid") => self.guid(field),
            (Space::Feed, "id") => first(&mut self.item.id, || id(field, &inside)),
            (Space::Dublin, "identifier") => first(&mut self.item.id, || plain(field)),
            (Space::Feed | Space::Dublin, "author" | "creator") | (Space::Itunes, "author") => {
                first(&mut self.item.author, || author(field));
            }
            (Space::Feed | Space::Dublin, name) if self.date(name, field) => {}
            _ => self.text(name.as_str(), field, scope),
        }
    }

    fn guid(&mut self, field: &Field<'_>) {
        if self.item.id.is_none() {
            self.item.id = plain(field);
            let permanent = attribute(field.attributes, "isPermaLink");
            self.item.id_is_no_page = permanent.is_some_and(|said| said.trim() == "false");
        }
    }

    /// Whether the field is a date.
    fn date(&mut self, name: &str, field: &Field<'_>) -> bool {
        let slot = match name {
            "pubdate" | "published" | "issued" | "date" | "created" | "available" => {
                &mut self.item.published
            }
            "updated" | "modified" | "lastbuilddate" => &mut self.item.updated,
            _ => return false,
        };
        first(slot, || moment(field, self.offset_minutes));
        true
    }

    fn text(&mut self, name: &str, field: &Field<'_>, scope: &Scope) {
        let item = &mut self.item;
        let value = || texts::text(field, scope);
        match (scope.inside(field.attributes).space(field.name), name) {
            (Space::Feed, "summary" | "description")
            | (Space::Dublin, "description" | "abstract")
                if item.summary.is_none() =>
            {
                item.summary = value();
            }
            (Space::Feed, "abstract") if item.summary.is_none() => item.summary = value(),
            (
                Space::Feed,
                "summary" | "description" | "content" | "fullitem" | "encoded" | "body",
            )
            | (Space::Content, "encoded")
            | (Space::Xhtml, "body" | "div") => match &item.content {
                None => item.content = value(),
                Some(_) => item.others.extend(value()),
            },
            (Space::Media, "description" | "text")
            | (Space::Itunes, "summary" | "subtitle")
            | (Space::Dublin, "description" | "abstract") => item.others.extend(value()),
            _ => {}
        }
    }
}

/// Fills an empty slot.
pub(super) fn first<T>(slot: &mut Option<T>, value: impl FnOnce() -> Option<T>) {
    if slot.is_none() {
        *slot = value();
    }
}

/// The plain text of an element.
pub(super) fn plain(field: &Field<'_>) -> Option<String> {
    Some(content(field.value).trim().to_owned()).filter(|text| !text.is_empty())
}

/// Atom's id. One that is a path names a page of the document's host; anything else stays as given.
pub(super) fn id(field: &Field<'_>, scope: &Scope) -> Option<String> {
    let given = plain(field)?;
    let page = given.starts_with('/').then(|| url::absolute(&scope.base, &given)).flatten();
    Some(page.map_or(given, String::from))
}

pub(super) fn moment(field: &Field<'_>, offset_minutes: Option<i16>) -> Option<Timestamp> {
    date::parse(&text::line(&content(field.value)), offset_minutes)
}

/// The address of a `link`: its text as in RSS, or its `href` as in Atom.
pub(super) fn link(field: &Field<'_>, scope: &Scope) -> Option<Link> {
    let written = text::line(&content(field.value));
    let href = attribute(field.attributes, "href").filter(|href| !href.trim().is_empty());
    let href = url::absolute(&scope.base, href.as_deref().unwrap_or(&written))?;
    let rel = attribute(field.attributes, "rel").filter(|rel| !rel.trim().is_empty());
    let rel = rel.map_or_else(|| "alternate".to_owned(), |rel| rel.trim().to_ascii_lowercase());
    // RFC 4287 §4.2.7.2 allows the whole name of a registered relation.
    let rel = rel.strip_prefix("http://www.iana.org/assignments/relation/").unwrap_or(&rel);
    Some(Link { rel: rel.to_owned(), href: href.into() })
}

/// Atom's `name` inside the author, else its text.
fn author(field: &Field<'_>) -> Option<String> {
    let named = fields(field.value).find(|inner| local(inner.name) == "name");
    plain(named.as_ref().unwrap_or(field))
}
