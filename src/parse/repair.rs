//! Makes the text of a feed into XML that a strict reader accepts.

mod doctype;

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::LazyLock;

use regex::Captures;
use regex::Regex;

use super::tags;
use super::tags::Kind;
use super::text;

/// A feed's text, repaired, and what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repaired {
    pub text: String,
    pub done: Vec<&'static str>,
}

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
    };
}

pattern!(ROOT, r"<(?:[A-Za-z][\w.-]*:)?(?:rss|feed|RDF)(?:\s[^>]*)?>");
pattern!(COMMENT, r"(?s)<!--.*?-->|<\?.*?\?>");
pattern!(DOCTYPE, r"(?s)<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>");
pattern!(VERSION, r#"\sversion\s*=\s*(?:"([^"]*)"|'([^']*)')"#);
pattern!(DEFAULT_NAMESPACE, r#"\sxmlns\s*=\s*(?:"[^"]*"|'[^']*')"#);
pattern!(AUTHOR, r"(?s)<((?:\w+:)?(?:author|creator|managingEditor|webMaster))>(.*?)</");
pattern!(EMAIL, r"(?:mailto:)?[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+");

/// Root elements of feeds: of RSS, Atom, RSS 1.0, the Channel Definition Format, and of a lone
/// entry, which RFC 4287 allows.
const ROOTS: &[&str] = &["rss", "feed", "RDF", "channel", "entry"];

/// Where the feed's root element starts; `None` if the text is no XML feed.
pub(super) fn root(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(tag) = tags::next_tag(text, at) {
        let name = tags::local(tag.name);
        if tag.kind != Kind::End && ROOTS.iter().any(|root| root.eq_ignore_ascii_case(name)) {
            return Some(tag.start);
        }
        at = tag.end;
    }
    // A comment or quote that never ends may hide it.
    ROOT.find(text).map(|root| root.start())
}

/// Repairs `text` from its root element on.
pub(super) fn repair(text: &str) -> Repaired {
    let mut done = Vec::new();
    let start = root(text).unwrap_or(0);
    let (before, body) = text.split_at_checked(start).unwrap_or(("", text));
    let junk = DOCTYPE.replace_all(before, "");
    if !COMMENT.replace_all(&junk, "").trim().is_empty() {
        done.push("text before the feed");
    }
    let body = legal_characters(body, &mut done);
    let mut declared = doctype::declared(before);
    let body = declared.expanded(&body);
    if declared.refused {
        done.push("entities of entities, of markup or of files stay as they stand");
    }
    let body = references(&body, &mut done);
    let body = spaced_authors(&body);
    let text = readable_root(&body, &mut done);
    Repaired { text, done }
}

/// Drops what XML 1.0 §2.2 forbids; C1 controls are windows-1252 by mistake.
fn legal_characters<'a>(text: &'a str, done: &mut Vec<&'static str>) -> Cow<'a, str> {
    let illegal = |c: char| {
        matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
    };
    if !text.contains(illegal) {
        return Cow::Borrowed(text);
    }
    done.push("control characters");
    let kept = text.chars().filter_map(|c| match c {
        '\u{80}'..='\u{9f}' => Some(text::windows_1252(c)).filter(|c| !illegal(*c)),
        c => Some(c).filter(|c| !illegal(*c)),
    });
    Cow::Owned(kept.collect())
}

/// Outside CDATA: a bare `&` is escaped, HTML's names become characters, references to what is
/// no character go.
fn references<'a>(text: &'a str, done: &mut Vec<&'static str>) -> Cow<'a, str> {
    let mut out = String::new();
    let (mut changed, mut faulty) = (false, false);
    let mut rest = text;
    let mut sections = Sections::default();
    while let Some(at) = rest.find(['&', '<']) {
        let (before, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let (written, length) = if tail.starts_with('&') {
            reference(tail)
        } else {
            let length = sections.length(tail);
            (Cow::Borrowed(tail.get(..length).unwrap_or("<")), length)
        };
        let original = tail.get(..length).unwrap_or_default();
        changed |= written != original;
        // A number that names a character is legal, and written out for brevity alone.
        faulty |= written != original && (written.is_empty() || !original.starts_with("&#"));
        out.push_str(&written);
        rest = tail.get(length..).unwrap_or_default();
    }
    if !changed {
        return Cow::Borrowed(text);
    }
    if faulty {
        done.push("references and bare &");
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// CDATA sections and comments, whose content is left alone.
///
/// It remembers that no end follows: a text full of beginnings would be read again for each.
#[derive(Default)]
struct Sections {
    no_data_end: bool,
    no_comment_end: bool,
}

impl Sections {
    /// The length of the section at the start of `tail`, else of the `<` alone.
    fn length(&mut self, tail: &str) -> usize {
        let (end, none) = if tail.starts_with("<![CDATA[") {
            ("]]>", &mut self.no_data_end)
        } else if tail.starts_with("<!--") {
            ("-->", &mut self.no_comment_end)
        } else {
            return 1;
        };
        let found = if *none { None } else { tail.find(end) };
        *none = found.is_none();
        found.map_or(1, |at| at + end.len())
    }
}

/// What is written for the reference or sign at the start of `tail`, and how much it replaces.
fn reference(tail: &str) -> (Cow<'_, str>, usize) {
    let Some((value, length)) = text::reference(tail) else {
        return (Cow::Borrowed("&amp;"), 1);
    };
    match value.as_ref() {
        "&" => (Cow::Borrowed("&amp;"), length),
        "<" => (Cow::Borrowed("&lt;"), length),
        ">" => (Cow::Borrowed("&gt;"), length),
        "\"" => (Cow::Borrowed("&quot;"), length),
        "'" => (Cow::Borrowed("&apos;"), length),
        _ => (value, length),
    }
}

/// feed-rs 3.0 cuts one byte beside an e-mail address and panics inside a Chinese character
/// (`model::Person::parse`), so a space is put there.
fn spaced_authors(text: &str) -> Cow<'_, str> {
    if !text.contains('@') {
        return Cow::Borrowed(text);
    }
    AUTHOR.replace_all(text, |found: &Captures<'_>| {
        let (name, inside) = (found.get(1), found.get(2));
        let inside = inside.map_or("", |inside| inside.as_str());
        let spaced = EMAIL.replace_all(inside, " $0 ");
        format!("<{0}>{spaced}</", name.map_or("author", |name| name.as_str()))
    })
}

/// An `rss` element is given version 2.0, whichever it names, and loses the default namespaces
/// that its early versions had: the elements are the same.
fn readable_root(text: &str, done: &mut Vec<&'static str>) -> String {
    let end = text.find('>').unwrap_or(0);
    let (tag, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    if !tag.starts_with("<rss") {
        return text.to_owned();
    }
    let version = VERSION.captures(tag).and_then(|found| found.get(1).or(found.get(2)));
    if version.is_none_or(|version| !version.as_str().starts_with(['0', '2'])) {
        done.push("version of RSS");
    }
    let tag = VERSION.replace(tag, "");
    let tag = DEFAULT_NAMESPACE.replace(&tag, "");
    let mut out = String::with_capacity(text.len() + 16);
    let attributes = tag.strip_prefix("<rss").unwrap_or_default();
    // Writing to a string cannot fail.
    write!(out, "<rss version=\"2.0\"{attributes}{rest}").unwrap_or_default();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, done: &[&str]) {
        let repaired = repair(text);
        assert_eq!((repaired.text.as_str(), repaired.done.as_slice()), (expected, done));
    }

    #[test]
    fn a_healthy_feed_is_left_alone() {
        let feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>A &amp; b</title></feed>";
        check(feed, feed, &[]);
        check(&format!("\n<!DOCTYPE feed>\n<!-- hello -->{feed}"), feed, &[]);
    }

    #[test]
    fn what_stands_before_the_root_goes() {
        let feed = "<rss version=\"2.0\"></rss>";
        let junk = format!("<br />\n<b>Warning</b>: no file in <b>x.php</b>\n{feed}");
        check(&junk, feed, &["text before the feed"]);
    }

    #[test]
    fn references_become_legal() {
        check(
            "<feed>R&D &nbsp;&euro; &#0;&#x1f;x &amp; &lt; &amp;nbsp; &#60;</feed>",
            "<feed>R&amp;D \u{a0}€ x &amp; &lt; &amp;nbsp; &lt;</feed>",
            &["references and bare &"],
        );
        let data = "<feed><![CDATA[R&D &nbsp;]]><!-- & --></feed>";
        check(data, data, &[]);
    }

    #[test]
    fn numbered_references_are_no_damage() {
        check("<feed>a&#8217;b&#x3c;</feed>", "<feed>a\u{2019}b&lt;</feed>", &[]);
    }

    #[test]
    fn controls_go_and_c1_is_read_as_windows_1252() {
        check("<feed>a\u{1b}b\u{93}c</feed>", "<feed>ab\u{201c}c</feed>", &["control characters"]);
    }

    #[test]
    fn every_rss_gets_a_version_that_is_read() {
        check(
            "<rss><channel/></rss>",
            "<rss version=\"2.0\"><channel/></rss>",
            &["version of RSS"],
        );
        check("<rss version='0.93' a='b'></rss>", "<rss version=\"2.0\" a='b'></rss>", &[]);
        check(
            "<rss version=\"2.0\" xmlns=\"http://backend.userland.com/rss2\"></rss>",
            "<rss version=\"2.0\"></rss>",
            &[],
        );
    }

    #[test]
    fn an_address_beside_a_chinese_character_gets_space() {
        check(
            "<feed><author>编辑：zs@example.com（张三）</author></feed>",
            "<feed><author>编辑： zs@example.com （张三）</author></feed>",
            &[],
        );
    }
}
