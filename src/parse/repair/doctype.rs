//! Entities that a document declares itself.
//!
//! Feeds of the first years did so for HTML's names, and a few still do. An external entity is
//! never fetched, and a value that names another entity is not expanded: so no document grows by
//! more than one step, and that step is bounded.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"([^"]*)"|'([^']*)')\s*>"#)
        .expect("a constant pattern")
});

/// Declarations that are read. HTML itself has 253.
const MAX_DECLARED: usize = 512;

/// The longest value, in bytes: a sentence.
const MAX_VALUE: usize = 256;

/// What all expansions of a document may add, in bytes.
const MAX_GROWTH: usize = 256 * 1024;

/// What a document declares, by name.
pub(super) struct Declared<'a> {
    values: HashMap<&'a str, &'a str>,
    /// Values that name other entities, are too long, or come from elsewhere: the marks of a bomb.
    pub refused: bool,
}

/// Reads the declarations in `before`, the text before the root element.
pub(super) fn declared(before: &str) -> Declared<'_> {
    let mut declared = Declared { values: HashMap::new(), refused: false };
    if !before.contains("<!ENTITY") {
        return declared;
    }
    let written = before.matches("<!ENTITY").count();
    for found in ENTITY.captures_iter(before).take(MAX_DECLARED) {
        let (Some(name), Some(value)) = (found.get(1), found.get(2).or(found.get(3))) else {
            continue;
        };
        let value = value.as_str();
        let plain = !value.contains('<') && (!value.contains('&') || value.contains("&#"));
        if plain && value.len() <= MAX_VALUE {
            declared.values.entry(name.as_str()).or_insert(value);
        }
    }
    declared.refused = declared.values.len() < written;
    declared
}

impl Declared<'_> {
    /// `text` with the declared entities written out, once.
    pub(super) fn expanded<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        if self.values.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut room = MAX_GROWTH;
        while let Some((before, tail)) = rest.split_once('&') {
            out.push_str(before);
            rest = tail;
            let name = tail.split_once(';').map(|(name, _)| name).filter(|name| name.len() < 64);
            match name.and_then(|name| Some((name, *self.values.get(name)?))) {
                Some((name, value)) if value.len() <= room => {
                    room -= value.len();
                    out.push_str(value);
                    rest = tail.get(name.len() + 1..).unwrap_or_default();
                }
                Some(_) => {
                    self.refused = true;
                    out.push('&');
                }
                None => out.push('&'),
            }
        }
        out.push_str(rest);
        Cow::Owned(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, text: &str, expected: &str, refused: bool) {
        let mut declared = declared(before);
        assert_eq!(declared.expanded(text), expected, "with: {before}");
        assert_eq!(declared.refused, refused, "with: {before}");
    }

    #[test]
    fn plain_values_are_written_out() {
        check(
            "<!DOCTYPE rss [<!ENTITY co \"Example &#169;\">]>",
            "a &co; b &x;",
            "a Example &#169; b &x;",
            false,
        );
        check("<!DOCTYPE rss>", "a &co;", "a &co;", false);
    }

    #[test]
    fn entities_of_entities_and_of_files_are_not() {
        check("<!ENTITY a \"&b;&b;\"><!ENTITY b 'x'>", "&a;&b;", "&a;x", true);
        check("<!ENTITY f SYSTEM \"file:///etc/passwd\">", "&f;", "&f;", true);
        check("<!ENTITY % p \"x\">", "%p;", "%p;", true);
        check("<!ENTITY m \"<b>x</b>\">", "&m;", "&m;", true);
    }

    #[test]
    fn expansion_is_bounded() {
        let value = "x".repeat(MAX_VALUE);
        let before = format!("<!ENTITY a \"{value}\">");
        let mut declared = declared(&before);
        let text = "&a;".repeat(100_000);
        assert!(declared.expanded(&text).len() <= text.len() + MAX_GROWTH);
        assert!(declared.refused);
    }
}
