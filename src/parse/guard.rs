//! Guards in front of readers that are not ours: size, nesting, number of elements, panics.
//!
//! HTML parsers need time that grows with the square of the nesting (measured: 55 KB of nested
//! `<div>` cost one of them 12 s), so every page is measured before, and refused if it is wild.

mod tree;

use std::any::Any;
use std::cell::Cell;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::sync::Once;

use html5ever::ParseOpts;
use html5ever::parse_document;
use html5ever::tendril::TendrilSink as _;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::Html;
use scraper::HtmlTreeSink;

pub use tree::Size;

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

/// Whether an HTML parser may see `html`: its size, and that of the tree it stands for.
///
/// Costs a part of what the parse does. Parsers have to read it without scripting, as [`page`]
/// does: then what `noscript` holds is elements for them too.
pub fn check(html: &[u8]) -> Result<Size, Refusal> {
    if html.len() > MAX_PAGE_BYTES {
        return Err(Refusal::Bytes { bytes: html.len() });
    }
    catch(|| tree::measure(&String::from_utf8_lossy(html)))?
}

/// The tree of a page that the guards let pass, for selectors.
pub fn page(html: &str) -> Result<Html, Refusal> {
    check(html.as_bytes())?;
    catch(|| {
        let tree_builder =
            TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let options = ParseOpts { tree_builder, ..ParseOpts::default() };
        parse_document(HtmlTreeSink::new(Html::new_document()), options).one(html)
    })
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

    /// Elements and nesting, or the refusal.
    #[track_caller]
    fn check_that(html: &str, expected: &Result<(usize, usize), Refusal>) {
        let found = check(html.as_bytes()).map(|size| (size.elements, size.nesting));
        let start: String = html.chars().take(80).collect();
        assert_eq!(&found, expected, "of {} bytes: {start}", html.len());
    }

    #[test]
    fn ordinary_pages_pass() {
        // `html`, `head` and `body` are always there.
        check_that("<html><body><div><p>one<p>two<br><img src=x></div>", &Ok((8, 5)));
        check_that(&"<p>paragraph without an end".repeat(5_000), &Ok((5_003, 3)));
        check_that(&format!("<ul>{}", "<li>item without an end".repeat(5_000)), &Ok((5_004, 4)));
        check_that(&format!("<dl>{}", "<dt>a<dd>b".repeat(2_000)), &Ok((4_004, 4)));
        check_that(&format!("<table>{}", "<tr><td>a<td>b".repeat(2_000)), &Ok((6_005, 6)));
        check_that(&format!("<select>{}", "<option>a".repeat(2_000)), &Ok((2_004, 4)));
        check_that(&"<div><span>a</span></div>".repeat(5_000), &Ok((10_003, 4)));
        check_that(&"<p title=\"a > b c d e\" class='x'>a = b\n".repeat(5_000), &Ok((5_003, 3)));
        check_that(&format!("<p>{}", "a=1 ".repeat(1_000)), &Ok((4, 3)));
    }

    #[test]
    fn what_only_looks_like_tags_does_not_count() {
        let script = "for(a=0;a<b.length;a++)if(a<c&&d>e)f('<i x=\"'+g+' y z <div>')\n";
        check_that(&format!("<script>{}</script>a", script.repeat(5_000)), &Ok((4, 3)));
        check_that(&format!("<!--{}-->a", "<div>".repeat(5_000)), &Ok((3, 2)));
        check_that(&format!("<title>{}</title>a", "<div>".repeat(5_000)), &Ok((4, 3)));
        let picture =
            "iVBORw0KGgoAAAANSUhEUgAAAAUA/AAAFCAYAAACNbyblAAAAHElEQVQI12P4+".repeat(5_000);
        let image = format!("<img src='data:image/png;base64,{picture}'>");
        check_that(&image, &Ok((4, 3)));
        let picture = picture.repeat(2);
        assert!(picture.len() > 600 * 1024);
        for image in [
            format!("<img src=\"data:image/png;base64,{picture}\">"),
            format!("<img src=data:image/png;base64,{picture}>"),
            format!("<i style='background:url(data:image/png;base64,{picture})'></i>"),
        ] {
            check_that(&image, &Ok((4, 3)));
        }
        // A page's state, left in a comment.
        let comment =
            "{\"a\":\"<div class='x' id=y>\", \"b\" : [1, 2, '3'], -- > }\n".repeat(4_000);
        assert!(comment.len() > 150 * 1024);
        check_that(&format!("<p>a<!--{comment}-->b"), &Ok((4, 3)));
        check_that(&format!("<p>a<!--{comment}"), &Ok((4, 3)));
    }

    #[test]
    fn hostile_pages_are_refused() {
        for (tags, times, refusal) in [
            ("<div>", 5_000, Refusal::Nesting),
            ("<div>", 50_000, Refusal::Nesting),
            ("<table><tr><td>", 5_000, Refusal::Nesting),
            ("<DIV\n>", 300, Refusal::Nesting),
            ("<a href=x>a</a>", 100_000, Refusal::Elements),
            ("<p>text</p>", 50_000, Refusal::Elements),
            // Each `p` opens again what the ones before it left open.
            ("<p><b><i><u><s>", 5_000, Refusal::Elements),
        ] {
            check_that(&tags.repeat(times), &Err(refusal));
        }
        let bytes = MAX_PAGE_BYTES + 1;
        check_that(&"x".repeat(bytes), &Err(Refusal::Bytes { bytes }));
    }

    /// End tags that the parser does not take for one, and elements that nest only somewhere.
    #[test]
    fn nesting_cannot_be_hidden() {
        for (before, tags) in [
            ("", "<div></x>"),
            ("", "<div><!--</div>-->"),
            ("", "<div title='</div>'>"),
            ("", "<div><textarea></div></textarea>"),
            ("", "<div><script></div></script>"),
            ("", "<div><object></div></object>"),
            ("", "<div><table></div></table>"),
            ("", "<optgroup>"),
            ("", "<rt>"),
            ("<svg>", "<link>"),
            ("<svg>", "<td>"),
            ("<svg><script>", "<g>"),
            ("<noscript>", "<div>"),
            ("<template>", "<div>"),
        ] {
            let html = format!("{before}{}", tags.repeat(1_000));
            check_that(&html, &Err(Refusal::Nesting));
        }
    }

    #[test]
    fn elements_with_thousands_of_attributes_are_refused() {
        let many = |n: usize| (0..n).map(|i| format!("a{i}=1 ")).collect::<Vec<_>>().concat();
        for (before, n) in [("<i ", 300), ("<i x='>' ", 300), ("<i ", 20_000), ("</i ", 300)] {
            check_that(&format!("{before}{}>", many(n)), &Err(Refusal::Attributes));
        }
        // Behind what looks like the beginning of a comment, or a long value.
        check_that(&format!("<i <!-- {}>", many(20_000)), &Err(Refusal::Attributes));
        let value = "a b ".repeat(40_000);
        check_that(&format!("<i x='{value}' {}>", many(20_000)), &Err(Refusal::Attributes));
        // Never finished, so that no tag ever comes out.
        check_that(&format!("<i {}", many(200_000)), &Err(Refusal::Attributes));
    }

    proptest::proptest! {
        /// Whatever the soup of tags: the size is that of the tree that a parser builds.
        #[test]
        fn the_measured_tree_is_the_parsed_tree(
            tags in proptest::collection::vec(proptest::sample::select(SOUP), 0..60)
        ) {
            let html = tags.concat();
            let page = page(&html).unwrap();
            let all = scraper::Selector::parse("*").unwrap();
            let depth = |element: scraper::ElementRef<'_>| {
                1 + element.ancestors().filter(|node| node.value().is_element()).count()
            };
            let nesting = page.select(&all).map(depth).max().unwrap_or(0);
            proptest::prop_assert_eq!(check(html.as_bytes()).unwrap().nesting, nesting);
        }
    }

    const SOUP: &[&str] = &[
        "text",
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<b id=1>",
        "<a href=x>",
        "</a>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "<li>",
        "<ul>",
        "</ul>",
        "<select>",
        "<option>",
        "</select>",
        "<svg>",
        "</svg>",
        "<desc>",
        "<math>",
        "<mi>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<i title='",
        "'>",
        "<br>",
        "<button>",
        "<form>",
        "</form>",
        "<noscript>",
        "</noscript>",
        "<optgroup>",
        "<rt>",
        "<object>",
        "</object>",
        "<nobr>",
        "<body>",
        "<html>",
        "<head>",
        "<frameset>",
        "<title>",
        "</title>",
        "<h1>",
        "</h1>",
    ];

    #[test]
    fn a_panic_becomes_an_error() {
        let outcome = catch(|| panic!("at byte {}", 7));
        assert_eq!(outcome, Err::<(), _>(Refusal::Panic { message: "at byte 7".to_owned() }));
        assert_eq!(catch(|| 1), Ok(1));
    }
}
