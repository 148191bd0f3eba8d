//! What an element inherits: names of namespaces, and the address that links are relative to.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::LazyLock;

use ::url::Url;
use regex::Regex;

use super::super::tags;
use super::super::text;

/// The vocabularies that entries are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS of any version, Atom of any version, or no namespace at all.
    Feed,
    /// Dublin Core, elements or terms.
    Dublin,
    /// `content:encoded`.
    Content,
    Media,
    Itunes,
    Xhtml,
    Other,
}

/// Beginnings of namespace names, without scheme, in lower case. Publishers misspell the rest.
const NAMES: &[(&str, Space)] = &[
    ("www.w3.org/2005/atom", Space::Feed),
    ("purl.org/atom/ns", Space::Feed),
    ("purl.org/dc/", Space::Dublin),
    ("purl.org/rss/1.0/modules/content", Space::Content),
    ("purl.org/rss/1.0/modules/", Space::Other),
    ("purl.org/rss/", Space::Feed),
    ("purl.org/net/rss", Space::Feed),
    ("backend.userland.com/", Space::Feed),
    ("blogs.law.harvard.edu/tech/rss", Space::Feed),
    ("cyber.law.harvard.edu/rss", Space::Feed),
    ("my.netscape.com/", Space::Feed),
    ("channel.netscape.com/", Space::Feed),
    ("search.yahoo.com/", Space::Media),
    ("tools.search.yahoo.com/mrss", Space::Media),
    ("www.itunes.com/", Space::Itunes),
    ("www.w3.org/1999/xhtml", Space::Xhtml),
];

/// What a prefix means where it is not declared.
const PREFIXES: &[(&str, Space)] = &[
    ("", Space::Feed),
    ("atom", Space::Feed),
    ("rss", Space::Feed),
    ("dc", Space::Dublin),
    ("dcterms", Space::Dublin),
    ("content", Space::Content),
    ("media", Space::Media),
    ("itunes", Space::Itunes),
    ("xhtml", Space::Xhtml),
];

static DECLARATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"xmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')"#).expect("a constant pattern")
});

/// Declarations of one document that are remembered; real feeds have under 20.
const MAX_DECLARED: usize = 64;

/// What holds inside an element.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// Prefix and meaning, the innermost last.
    declared: Vec<(String, Space)>,
    pub base: Arc<Url>,
}

impl Scope {
    pub(super) fn new(base: &Url) -> Scope {
        Scope { declared: Vec::new(), base: Arc::new(base.clone()) }
    }

    /// What holds inside the element with these attributes.
    pub(super) fn inside(&self, attributes: &str) -> Cow<'_, Scope> {
        if !attributes.contains("xmlns") && !attributes.contains("xml:base") {
            return Cow::Borrowed(self);
        }
        let mut scope = self.clone();
        for found in DECLARATION.captures_iter(attributes) {
            let prefix = found.get(1).map_or("", |prefix| prefix.as_str());
            let name = found.get(2).or(found.get(3)).map_or("", |name| name.as_str());
            if scope.declared.len() < MAX_DECLARED {
                scope.declared.push((prefix.to_owned(), meaning(name, prefix)));
            }
        }
        let own = tags::attribute(attributes, "xml:base");
        if let Some(base) = own.and_then(|own| self.base.join(&text::entities(&own)).ok()) {
            scope.base = Arc::new(base);
        }
        Cow::Owned(scope)
    }

    /// The vocabulary of an element's name.
    pub(super) fn space(&self, name: &str) -> Space {
        let prefix = tags::prefix(name);
        let declared = self.declared.iter().rev().find(|(declared, _)| declared == prefix);
        declared.map_or_else(|| conventional(prefix), |(_, space)| *space)
    }
}

fn meaning(name: &str, prefix: &str) -> Space {
    let name = name.trim().to_ascii_lowercase();
    let name = name.trim_start_matches("https://").trim_start_matches("http://");
    let known = NAMES.iter().find(|(start, _)| name.starts_with(start));
    known.map_or_else(|| conventional(prefix), |(_, space)| *space)
}

fn conventional(prefix: &str) -> Space {
    let known = PREFIXES.iter().find(|(name, _)| name.eq_ignore_ascii_case(prefix));
    known.map_or(Space::Other, |(_, space)| *space)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        Scope::new(&Url::parse("https://news.example.com/feed").unwrap())
    }

    #[test]
    fn names_decide_before_prefixes() {
        let scope = scope();
        let inside = scope.inside(
            " xmlns=\"http://www.w3.org/2005/Atom\" xmlns:x='HTTPS://purl.org/DC/terms' \
             xmlns:dc=\"http://odd.example/\" xmlns:media='http://slash.example/'",
        );
        assert_eq!(inside.space("title"), Space::Feed);
        assert_eq!(inside.space("x:date"), Space::Dublin);
        // A name that nobody knows under a prefix that everybody does is a misspelling.
        assert_eq!(inside.space("dc:date"), Space::Dublin);
        assert_eq!(inside.space("content:encoded"), Space::Content);
        assert_eq!(inside.space("zz:title"), Space::Other);
    }

    #[test]
    fn bases_are_relative_to_the_base_around_them() {
        let scope = scope();
        let outer = scope.inside(" xml:base='/a/'");
        let inner = outer.inside(" xml:base=\"b/\"");
        assert_eq!(inner.base.as_str(), "https://news.example.com/a/b/");
        assert_eq!(outer.inside(" xml:base='::'").base.as_str(), "https://news.example.com/a/::");
    }
}
