//! The elements inside an element, taken from a text that may be no XML.

use super::super::tags::Kind;
use super::super::tags::Tag;
use super::super::tags::next_tag;

/// Elements of one entry that are looked at; real entries have under 40, and up to
/// a hundred with all their categories. Bounds the work on an
/// entry whose elements never end.
const MAX_FIELDS: usize = 400;

/// After so many elements without end tag in one entry no more are searched for: each search
/// reads the whole entry.
const MAX_UNCLOSED: usize = 8;

/// An element inside an entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'a> {
    pub name: &'a str,
    pub attributes: &'a str,
    /// What stands between its tags, as it stands.
    pub value: &'a str,
}

/// The elements of `inside`, one level deep. One without end tag ends at the next tag.
pub(super) fn fields(inside: &str) -> impl Iterator<Item = Field<'_>> {
    let mut at = 0;
    let mut unclosed = 0;
    std::iter::from_fn(move || {
        loop {
            let tag = next_tag(inside, at)?;
            at = tag.end;
            let value = match tag.kind {
                Kind::End => continue,
                Kind::Empty => "",
                Kind::Start => {
                    let found = if unclosed < MAX_UNCLOSED { close(inside, &tag) } else { None };
                    unclosed += usize::from(found.is_none());
                    let (end, after) = found.unwrap_or_else(|| {
                        let next = next_tag(inside, tag.end).map_or(inside.len(), |tag| tag.start);
                        (next, next)
                    });
                    at = after;
                    inside.get(tag.end..end).unwrap_or_default()
                }
            };
            return Some(Field { name: tag.name, attributes: tag.attributes, value });
        }
    })
    .take(MAX_FIELDS)
}

/// Where the element that `start` opens ends, and where the text goes on behind it.
/// `None` if its end tag is missing.
fn close(text: &str, start: &Tag<'_>) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    let mut at = start.end;
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
        if tag.name != start.name {
            continue;
        }
        match tag.kind {
            Kind::Start => depth += 1,
            Kind::End if depth == 0 => return Some((tag.start, tag.end)),
            Kind::End => depth -= 1,
            Kind::Empty => {}
        }
    }
    None
}
