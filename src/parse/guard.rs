//! Guards in front of readers that are not ours: size, nesting, number of elements, panics.
//!
//! HTML parsers need time that grows with the square of the nesting (measured: 55 KB of nested
//! `<div>` cost one of them 12 s), so a scan over the bytes refuses such pages before.

use std::any::Any;
use std::cell::Cell;
use std::collections::HashMap;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::sync::Once;

/// The largest page that is parsed: ten times what article pages have.
pub const MAX_PAGE_BYTES: usize = 3 * 1024 * 1024;

/// The deepest nesting. Real pages stay under 100; time grows with the square.
pub const MAX_NESTING: usize = 256;

/// The most elements. Real article pages have 500 to 5,000.
pub const MAX_ELEMENTS: usize = 20_000;

/// The most attributes of one element. Real ones have under 50; parsers compare each with all
/// before it.
pub const MAX_ATTRIBUTES: usize = 256;

/// Why a document was not given to a parser, or what the parser did with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Over [`MAX_PAGE_BYTES`].
    #[error("{bytes} bytes are over the limit of {MAX_PAGE_BYTES}")]
    Bytes {
        /// Its size.
        bytes: usize,
    },
    /// Over [`MAX_NESTING`].
    #[error("elements are nested deeper than {MAX_NESTING}")]
    Nesting,
    /// Over [`MAX_ELEMENTS`].
    #[error("more than {MAX_ELEMENTS} elements")]
    Elements,
    /// Over [`MAX_ATTRIBUTES`].
    #[error("an element has more than {MAX_ATTRIBUTES} attributes")]
    Attributes,
    /// The parser panicked.
    #[error("the reader gave up on it ({message})")]
    Panic {
        /// What it said.
        message: String,
    },
}

/// Elements without content.
const VOID: &[&[u8]] = &[
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param",
    b"source", b"track", b"wbr",
];

/// Elements whose end tag may be missing: their like ends them, so they do not nest by themselves.
const SELF_ENDING: &[&[u8]] = &[
    b"p",
    b"li",
    b"dt",
    b"dd",
    b"tr",
    b"td",
    b"th",
    b"tbody",
    b"thead",
    b"tfoot",
    b"option",
    b"optgroup",
    b"colgroup",
    b"rt",
    b"rp",
    b"html",
    b"head",
    b"body",
];

/// Whether an HTML parser may see `html`.
///
/// Counts, per name, start tags less end tags. Comments and scripts are counted like the rest:
/// where they end is the parser's own business, and a scan that guessed wrong could be led past
/// the nesting.
pub fn check(html: &[u8]) -> Result<(), Refusal> {
    if html.len() > MAX_PAGE_BYTES {
        return Err(Refusal::Bytes { bytes: html.len() });
    }
    let mut open: HashMap<Vec<u8>, usize> = HashMap::new();
    let (mut depth, mut elements) = (0_usize, 0_usize);
    let mut budget = 4 * html.len();
    for tail in starts(html) {
        // `<\/p>` is how an end tag stands in a script's string.
        let tail = tail.strip_prefix(b"\\").unwrap_or(tail);
        let closing = tail.first() == Some(&b'/');
        let name = tag_name(if closing { tail.get(1..).unwrap_or_default() } else { tail });
        if name.is_empty() {
            continue;
        }
        elements += usize::from(!closing);
        if elements > MAX_ELEMENTS {
            return Err(Refusal::Elements);
        }
        if has_too_many_attributes(tail.get(name.len()..).unwrap_or_default(), &mut budget) {
            return Err(Refusal::Attributes);
        }
        if VOID.contains(&name.as_slice()) || SELF_ENDING.contains(&name.as_slice()) {
            continue;
        }
        let count = open.entry(name).or_default();
        if !closing {
            (*count, depth) = (*count + 1, depth + 1);
        } else if *count > 0 {
            (*count, depth) = (*count - 1, depth - 1);
        }
        if depth > MAX_NESTING {
            return Err(Refusal::Nesting);
        }
    }
    Ok(())
}

/// What stands behind each `<`.
fn starts(html: &[u8]) -> impl Iterator<Item = &[u8]> {
    let at = html.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at);
    at.map(|at| html.get(at + 1..).unwrap_or_default())
}

/// Where the tokenizer stands inside a tag (WHATWG HTML, from "before attribute name" on).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Between,
    Name,
    AfterName,
    BeforeValue,
    Quoted(u8),
    Unquoted,
}

/// Whether the tag whose name just ended has more than [`MAX_ATTRIBUTES`].
///
/// Also true when `budget`, the bytes that may be read for all tags together, is used up: then
/// quotes that never end hold one tag inside the other.
fn has_too_many_attributes(tag: &[u8], budget: &mut usize) -> bool {
    let mut count = 0;
    let mut state = Within::Between;
    for byte in tag {
        if *budget == 0 || count > MAX_ATTRIBUTES {
            return true;
        }
        *budget -= 1;
        state = match (state, *byte) {
            (Within::Quoted(quote), byte) if byte == quote => Within::Between,
            (Within::Quoted(_), _) => state,
            (_, b'>') => return false,
            (Within::Name | Within::AfterName, b'=') => Within::BeforeValue,
            (Within::BeforeValue, quote @ (b'"' | b'\'')) => Within::Quoted(quote),
            (Within::Name | Within::AfterName, byte) if byte.is_ascii_whitespace() => {
                Within::AfterName
            }
            (Within::BeforeValue, byte) if byte.is_ascii_whitespace() => state,
            (Within::BeforeValue | Within::Unquoted, byte) if !byte.is_ascii_whitespace() => {
                Within::Unquoted
            }
            (Within::Name | Within::AfterName | Within::Between, b'/') => Within::Between,
            (Within::Name, _) => state,
            (_, byte) if byte.is_ascii_whitespace() => Within::Between,
            _ => {
                count += 1;
                Within::Name
            }
        };
    }
    false
}

fn tag_name(tail: &[u8]) -> Vec<u8> {
    if !tail.first().is_some_and(u8::is_ascii_alphabetic) {
        return Vec::new();
    }
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    tail.iter().take_while(|byte| !ends(byte)).map(u8::to_ascii_lowercase).collect()
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs a reader that is not ours; its panic is an error, and not a message on stderr.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Refusal> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                loud(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    // Nothing that the closure touches is used after a panic: readers own their state.
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    outcome.map_err(|payload| Refusal::Panic { message: message(payload.as_ref()) })
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "panic".to_owned());
    text.chars().filter(|c| !c.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_that(html: &str, expected: &Result<(), Refusal>) {
        assert_eq!(&check(html.as_bytes()), expected);
    }

    #[test]
    fn ordinary_pages_pass() {
        check_that("<html><body><div><p>one<p>two<br><img src=x></div>", &Ok(()));
        check_that(&"<p>paragraph without an end".repeat(5_000), &Ok(()));
        check_that(&"<div><span>a</span></div>".repeat(5_000), &Ok(()));
        check_that(&"<p title=\"a > b c d e\" class='x'>a = b\n".repeat(5_000), &Ok(()));
        check_that(&format!("<p>{}", "a=1 ".repeat(1_000)), &Ok(()));
        check_that(&"<script>x='<b>1<\\/b>'</script>".repeat(400), &Ok(()));
    }

    #[test]
    fn hostile_pages_are_refused() {
        check_that(&"<div>".repeat(5_000), &Err(Refusal::Nesting));
        check_that(&"<div></x>".repeat(5_000), &Err(Refusal::Nesting));
        check_that(&"<table><tr><td>".repeat(5_000), &Err(Refusal::Nesting));
        check_that(&format!("<!-->{}-->", "<DIV\n>".repeat(300)), &Err(Refusal::Nesting));
        check_that(&"<a></a>".repeat(20_001), &Err(Refusal::Elements));
        let many = "a=1 ".repeat(300);
        for before in ["<i ", "<i x='>' ", "<i x='<b' ", "<i / x = > <i "] {
            check_that(&format!("{before}{many}>"), &Err(Refusal::Attributes));
        }
        check_that(&format!("{}{}", "<i x=\"", "<i x='".repeat(9_000)), &Err(Refusal::Attributes));
        let bytes = MAX_PAGE_BYTES + 1;
        check_that(&"x".repeat(bytes), &Err(Refusal::Bytes { bytes }));
    }

    #[test]
    fn a_panic_becomes_an_error() {
        let outcome = catch(|| panic!("at byte {}", 7));
        assert_eq!(outcome, Err::<(), _>(Refusal::Panic { message: "at byte 7".to_owned() }));
        assert_eq!(catch(|| 1), Ok(1));
    }
}
