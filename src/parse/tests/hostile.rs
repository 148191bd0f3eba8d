//! Documents that want to cost time or memory, or to reach a page; and damage without number.

use std::fmt::Write;
use std::time::Duration;
use std::time::Instant;

use proptest::prelude::*;

use super::*;

/// What a document may cost; ten times what it does, since machines differ.
const PATIENCE: Duration = Duration::from_secs(10);

/// Time that this thread has had a processor: what others do meanwhile does not count. Time on the
/// wall where the system does not tell.
fn spent(started: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| started.elapsed(), Duration::from_nanos)
}

fn costs_little(body: &str) -> Result<Parsed, ParseError> {
    let started = Instant::now();
    let before = spent(started);
    let read = entries(&document(body, None), &source());
    let spent = spent(started).saturating_sub(before);
    assert!(spent < PATIENCE, "{spent:?}");
    read
}

fn rss_of(before: &str, title: &str) -> String {
    format!(
        "{before}<rss version=\"2.0\"><channel><item><title>{title}</title></item></channel></rss>"
    )
}

#[test]
fn entities_of_entities_are_not_expanded() {
    let mut laughs = "<!ENTITY lol \"lol\">".to_owned();
    for level in 1..30 {
        let below = if level == 1 { "&lol;".to_owned() } else { format!("&lol{};", level - 1) };
        write!(laughs, "<!ENTITY lol{level} \"{}\">", below.repeat(10)).unwrap();
    }
    let parsed =
        costs_little(&rss_of(&format!("<!DOCTYPE x [{laughs}]>"), "A &lol29; deal")).unwrap();
    assert_eq!(parsed.entries[0].title, "A &lol29; deal");
    assert!(
        parsed.warnings[0].to_string().contains("entities of entities"),
        "{:?}",
        parsed.warnings
    );
}

#[test]
fn one_long_entity_does_not_multiply() {
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"{}\">]>", "a".repeat(100_000));
    let parsed = costs_little(&rss_of(&bomb, &"&a;".repeat(100_000))).unwrap();
    assert_eq!(parsed.entries[0].title.len(), 300_000);
    // Short enough to be read, and too often.
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"{}\">]>", "a".repeat(200));
    let parsed = costs_little(&rss_of(&bomb, &"&a;".repeat(100_000))).unwrap();
    assert!(parsed.entries[0].title.len() < 600_000);
    assert!(
        parsed.warnings[0].to_string().contains("entities of entities"),
        "{:?}",
        parsed.warnings
    );
}

#[test]
fn files_and_addresses_are_never_fetched() {
    for external in ["SYSTEM \"file:///etc/passwd\"", "PUBLIC \"x\" \"http://127.0.0.1:1/x\""] {
        let before = format!("<!DOCTYPE x [<!ENTITY a {external}><!ENTITY % b {external}> %b;]>");
        let parsed = costs_little(&rss_of(&before, "A &a; deal")).unwrap();
        assert_eq!(parsed.entries[0].title, "A &a; deal");
    }
}

#[test]
fn depth_and_attributes_cost_no_more_than_other_text() {
    let deep = "<div>".repeat(40_000);
    let xhtml = format!("<content type=\"xhtml\">{deep}x{}</content>", "</div>".repeat(40_000));
    let parsed = costs_little(&atom_with(&xhtml)).unwrap();
    assert_eq!(parsed.entries.len(), 3);
    assert!(parsed.warnings[0].to_string().contains("nested too deep"), "{:?}", parsed.warnings);
    let media = "<media:content>".repeat(100_000) + &"</media:content>".repeat(100_000);
    assert_eq!(costs_little(&rss_with(&media)).unwrap().entries.len(), 3);
    let channels = "<channel>".repeat(100_000);
    assert!(costs_little(&format!("<rss>{channels}<item><title>x</title></item></rss>")).is_ok());
    let attributes = (0..50_000).fold(String::new(), |all, n| all + &format!(" a{n}=\"b\""));
    let flood = rss_with(&format!("<media:title{attributes}>x</media:title>"));
    assert_eq!(costs_little(&flood).unwrap().entries.len(), 3);
    let names = (0..50_000).fold(String::new(), |all, n| all + &format!(" xmlns:a{n}=\"b\""));
    let flood = rss_with(&format!("<media:title{names}>x</media:title>"));
    assert_eq!(costs_little(&flood).unwrap().entries.len(), 3);
    let nested = "[".repeat(200_000);
    assert!(costs_little(&format!("{{\"items\":{nested}")).is_err());
}

#[test]
fn beginnings_without_ends_cost_no_more_than_other_text() {
    // Were each read to the end of the text, this would take minutes.
    let start = "<rss version=\"2.0\"><channel><item>";
    for part in [
        "<![CDATA[",
        "<!--",
        "<a>",
        "<a \"",
        "<item>",
        "<author>",
        "&",
        "<?xml ",
        "<title>x",
        "<!ENTITY a \"",
        "<!DOCTYPE x [",
        "<media:group>",
        "<a xml:base='",
        "&amp",
        "</",
    ] {
        let read = costs_little(&format!("{start}{}", part.repeat(100_000)));
        assert!(
            read.is_ok()
                || read.is_err_and(|error| matches!(
                    error,
                    ParseError::Malformed { .. } | ParseError::NoFeed { .. }
                )),
            "{part}"
        );
    }
    let json = format!("{{\"items\":[{}", "{\"id\":1},".repeat(100_000));
    assert_eq!(costs_little(&json).unwrap().entries.len(), 0);
}

#[test]
fn markup_and_controls_do_not_pass() {
    let evil = "&lt;script&gt;alert(1)&lt;/script&gt;Deal\u{1b}[31m &amp;lt;b&amp;gt;";
    let entry = &read(&rss_with("").replacen("Story 2", evil, 1)).entries[1];
    assert_eq!(entry.title, "Deal[31m <b>");
    let entry =
        &read(&rss_with("").replacen("https://news.example.com/2", "javascript:x()", 1)).entries[1];
    assert_eq!(entry.link, None);
}

/// Every target of `fuzz/` on inputs that are the same at each run. `examples/mutate.rs` runs as
/// many as one likes.
#[test]
fn twenty_thousand_damaged_inputs_panic_nowhere() {
    let mut seeds = super::corpus::documents();
    seeds.extend(["list-zh.html", "article-zh.html"].map(|name| page_fixture(name).body));
    seeds.extend(
        ["2026年11月23日 下午3:30", "https://m.example.com/a?utm_source=x"].map(Into::into),
    );
    let work = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    std::thread::scope(|scope| {
        for (number, (_, target)) in (1_u64..).zip(targets::ALL) {
            for part in 0..work {
                let seeds = &seeds;
                scope.spawn(move || {
                    let sequence = number * 1_000 + u64::try_from(part).unwrap();
                    let inputs = targets::Mutations::new(seeds, sequence);
                    for input in inputs.take(20_000 / work / targets::ALL.len() + 1) {
                        target(&input);
                    }
                });
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(&bytes);
    }

    #[test]
    fn no_tag_soup_panics(parts in prop::collection::vec(prop::sample::select(SOUP), 0..60)) {
        survives(parts.concat().as_bytes());
    }
}

const SOUP: &[&str] = &[
    "<rss>",
    "<rss version='2.0'",
    "<channel>",
    "<item>",
    "</item>",
    "<item/>",
    "<title>",
    "</title>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<entry>",
    "</entry>",
    "<rdf:RDF",
    ">",
    "<",
    "</",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml",
    "?>",
    "<!DOCTYPE x [",
    "]>",
    "&",
    "&amp",
    "&#x;",
    "&#99999999999;",
    "\"",
    "'",
    "=",
    "融资",
    "\u{0}",
    "<a href='",
    "<p>",
    "<li class=item>",
    "@",
    "<pubDate>",
    "2026-13-45 99:99",
    "1月40日",
    "<script>",
    "{\"items\":[",
    "]}",
    "<html>",
    "<table><td>",
];

fn survives(bytes: &[u8]) {
    for (_, target) in targets::ALL {
        target(bytes);
    }
}
