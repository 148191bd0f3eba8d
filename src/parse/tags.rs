//! A scan over the tags of a text that may be no XML.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::text;

static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#)
        .expect("a constant pattern")
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    End,
    Empty,
}

pub(super) struct Tag<'a> {
    pub kind: Kind,
    pub name: &'a str,
    pub attributes: &'a str,
    pub start: usize,
    /// Behind the `>`.
    pub end: usize,
}

/// The next tag at or after `from`; CDATA, comments, declarations and bare `<` are passed over.
pub(super) fn next_tag(text: &str, from: usize) -> Option<Tag<'_>> {
    let mut at = from;
    loop {
        at += text.get(at..)?.find('<')?;
        let tail = text.get(at..)?;
        if let Some(length) = passed_over(tail) {
            at += length;
            continue;
        }
        let closing = tail.starts_with("</");
        let body = tail.get(if closing { 2 } else { 1 }..)?;
        if !body.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            at += 1;
            continue;
        }
        // A tag that is cut off is none.
        let inside = body.get(..tag_end(body)?)?;
        let end = at + (tail.len() - body.len()) + inside.len() + 1;
        let empty = inside.ends_with('/');
        let inside = inside.strip_suffix('/').unwrap_or(inside);
        let split = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(split)?;
        let kind = match (closing, empty) {
            (true, _) => Kind::End,
            (false, true) => Kind::Empty,
            (false, false) => Kind::Start,
        };
        return Some(Tag { kind, name, attributes, start: at, end });
    }
}

/// The length of a CDATA section, comment, declaration or instruction at the start of `tail`.
fn passed_over(tail: &str) -> Option<usize> {
    let until = |end: &str| tail.find(end).map_or(tail.len(), |at| at + end.len());
    if tail.starts_with("<![CDATA[") {
        Some(until("]]>"))
    } else if tail.starts_with("<!--") {
        Some(until("-->"))
    } else if tail.starts_with("<!") || tail.starts_with("<?") {
        Some(until(">"))
    } else {
        None
    }
}

/// Where the tag's `>` stands; one inside a quoted value does not count if the quote ends.
fn tag_end(body: &str) -> Option<usize> {
    let plain = body.find('>')?;
    let head = body.get(..plain)?;
    let mut quote = None;
    for byte in head.bytes().filter(|byte| matches!(byte, b'"' | b'\'')) {
        match quote {
            None => quote = Some(byte),
            Some(open) if open == byte => quote = None,
            Some(_) => {}
        }
    }
    let Some(quote) = quote else {
        return Some(plain);
    };
    let rest = body.get(plain..)?;
    // The quoted value goes on, unless a tag begins first: then the quote was never closed.
    let closed =
        rest.find(char::from(quote)).filter(|at| !rest.get(..*at).is_some_and(|s| s.contains('<')));
    match closed {
        Some(at) => rest.get(at..)?.find('>').map(|more| plain + at + more),
        None => Some(plain),
    }
}

/// An attribute's value, references decoded; names are compared without case.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<Cow<'a, str>> {
    ATTRIBUTE
        .captures_iter(attributes)
        .find(|found| found.get(1).is_some_and(|found| found.as_str().eq_ignore_ascii_case(name)))
        .and_then(|found| found.get(2).or(found.get(3)).or(found.get(4)))
        .map(|value| text::entities(value.as_str().trim()))
}

/// As [`attribute`], whatever the case of the name: in HTML it means nothing, in OPML nobody agrees.
pub(super) fn attribute_any_case<'a>(attributes: &'a str, name: &str) -> Option<Cow<'a, str>> {
    ATTRIBUTE
        .captures_iter(attributes)
        .find(|found| found.get(1).is_some_and(|found| found.as_str().eq_ignore_ascii_case(name)))
        .and_then(|found| found.get(2).or(found.get(3)).or(found.get(4)))
        .map(|value| text::entities(value.as_str().trim()))
}

/// Every attribute with its value.
pub(super) fn attributes(attributes: &str) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    ATTRIBUTE.captures_iter(attributes).filter_map(|found| {
        let value = found.get(2).or(found.get(3)).or(found.get(4))?;
        Some((found.get(1)?.as_str(), text::entities(value.as_str().trim())))
    })
}

pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

pub(super) fn prefix(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

/// The value of an element as markup: CDATA opened, comments gone, references decoded once.
///
/// Where tags stand unescaped the text is the markup itself, and its references stay.
pub(super) fn content(value: &str) -> String {
    let is_markup = next_tag(value, 0).is_some();
    let mut out = String::with_capacity(value.len());
    let push = |out: &mut String, text: &str| {
        // The end of a section that stood inside another.
        let text = &text.replace("]]>", "");
        if is_markup { out.push_str(text) } else { out.push_str(&text::entities(text)) }
    };
    let mut rest = value.trim();
    while let Some((before, tail)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        push(&mut out, before);
        if let Some(data) = tail.strip_prefix("<![CDATA[") {
            let (inside, after) = data.split_once("]]>").unwrap_or((data, ""));
            out.push_str(&inside.replace("<![CDATA[", ""));
            rest = after;
        } else if let Some(comment) = tail.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else {
            out.push('<');
            rest = tail.get(1..).unwrap_or_default();
        }
    }
    push(&mut out, rest);
    out
}
