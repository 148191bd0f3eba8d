//! Addresses inside markup, made absolute.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::LazyLock;

use ::url::Url;
use regex::Captures;
use regex::Regex;

use super::tags;
use super::tags::Kind;
use super::text;

/// Attributes that hold an address (WHATWG HTML, attributes index; and those of old pages).
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?i)(\s(?:href|src|cite|action|formaction|longdesc|background|codebase|classid|data|usemap|profile|poster|icon|manifest)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#,
    )
    .expect("a constant pattern")
});

/// Bases that may be open inside each other; publishers use one.
const MAX_BASES: usize = 16;

/// `markup` with its addresses resolved against `base`, or against the `xml:base` of an element
/// around them.
pub(super) fn absolute<'a>(markup: &'a str, base: &Arc<Url>) -> Cow<'a, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut bases = Bases { document: Arc::clone(base), open: Vec::new() };
    let mut at = 0;
    while let Some(tag) = tags::next_tag(markup, at) {
        at = tag.end;
        let base = bases.at(&tag);
        if tag.kind == Kind::End || tag.attributes.is_empty() {
            continue;
        }
        let Some(whole) = markup.get(tag.start..tag.end) else { continue };
        let written = ADDRESS.replace_all(whole, |found: &Captures<'_>| resolved(found, &base));
        if let Cow::Owned(written) = written {
            out.push_str(markup.get(copied..tag.start).unwrap_or_default());
            out.push_str(&written);
            copied = tag.end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(markup);
    }
    out.push_str(markup.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

fn resolved(found: &Captures<'_>, base: &Url) -> String {
    let name = found.get(1).map_or("", |name| name.as_str());
    let value = found.get(2).or(found.get(3)).or(found.get(4)).map_or("", |value| value.as_str());
    let address = text::entities(value.trim());
    // One with a scheme is absolute as it stands.
    let relative = Url::parse(&address) == Err(url::ParseError::RelativeUrlWithoutBase);
    match base.join(&address) {
        Ok(url) if relative => format!("{name}\"{}\"", url.as_str().replace('&', "&amp;")),
        _ => found.get(0).map_or_else(String::new, |whole| whole.as_str().to_owned()),
    }
}

/// The bases of the elements that are open.
struct Bases<'a> {
    document: Arc<Url>,
    /// The element's name, how many of that name are open inside it, and its base.
    open: Vec<(&'a str, usize, Arc<Url>)>,
}

impl<'a> Bases<'a> {
    /// The base that holds inside `tag`.
    fn at(&mut self, tag: &tags::Tag<'a>) -> Arc<Url> {
        match (self.open.last_mut(), tag.kind) {
            (Some(open), Kind::Start) if open.0 == tag.name => open.1 += 1,
            (Some(open), Kind::End) if open.0 == tag.name && open.1 > 0 => open.1 -= 1,
            (Some(open), Kind::End) if open.0 == tag.name => {
                self.open.pop();
            }
            _ => {}
        }
        let around = self.open.last().map_or(&self.document, |open| &open.2);
        let own = (tag.kind != Kind::End && tag.attributes.contains("xml:base"))
            .then(|| tags::attribute(tag.attributes, "xml:base"))
            .flatten()
            .and_then(|own| around.join(&own).ok());
        let Some(own) = own.map(Arc::new) else {
            return Arc::clone(around);
        };
        if tag.kind == Kind::Start && self.open.len() < MAX_BASES {
            self.open.push((tag.name, 0, Arc::clone(&own)));
        }
        own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markup: &str, expected: &str) {
        let base = Arc::new(Url::parse("https://news.example.com/a/list").unwrap());
        assert_eq!(absolute(markup, &base), expected, "in: {markup}");
    }

    #[test]
    fn relative_addresses_are_resolved_and_others_left() {
        check("<a href='b'>x</a>", "<a href=\"https://news.example.com/a/b\">x</a>");
        check("<p><img alt=x src=/i.png>", "<p><img alt=x src=\"https://news.example.com/i.png\">");
        check("<a href='//cdn.test/x'>", "<a href=\"https://cdn.test/x\">");
        check("<a HREF=\"?a=1&amp;b\">", "<a HREF=\"https://news.example.com/a/list?a=1&amp;b\">");
        check("<a href='https://o.test/'>", "<a href='https://o.test/'>");
        check("<a href='mailto:a@b.test'>", "<a href='mailto:a@b.test'>");
        check("no <b>link</b> & 1 < 2", "no <b>link</b> & 1 < 2");
    }

    #[test]
    fn the_base_of_an_element_holds_until_its_end() {
        check(
            "<div xml:base='/x/'><div><a href='1'>a</a></div><a href='2'>b</a></div><a href='3'>c</a>",
            "<div xml:base='/x/'><div><a href=\"https://news.example.com/x/1\">a</a></div>\
             <a href=\"https://news.example.com/x/2\">b</a></div>\
             <a href=\"https://news.example.com/a/3\">c</a>",
        );
    }
}
