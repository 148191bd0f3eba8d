//! Whole documents: healthy, damaged, hostile.

mod corpus;
mod damage;
mod feeds;
mod hostile;

use ::url::Url;

use super::*;
use crate::domain::Purpose;
use crate::domain::Selectors;
use crate::domain::SourceClass;
use crate::domain::Validators;

/// A document of the source below, fetched at a fixed time.
pub(super) fn document(body: &str, content_type: Option<&str>) -> Document {
    Document {
        source: "example".into(),
        purpose: Purpose::Poll,
        url: Url::parse("https://news.example.com/feed?token=secret").unwrap(),
        final_url: Url::parse("https://news.example.com/feed?token=secret").unwrap(),
        content_type: content_type.map(str::to_owned),
        validators: Validators::default(),
        fetched_at: "2026-11-24T04:00:00Z".parse().unwrap(),
        body: body.as_bytes().to_vec(),
    }
}

pub(super) fn source() -> Source {
    Source {
        id: "example".into(),
        name: "Example".into(),
        kind: SourceKind::Feed,
        url: Url::parse("https://news.example.com/feed").unwrap(),
        language: None,
        country: None,
        class: SourceClass::Media,
        every_secs: 600,
        enabled: true,
        utc_offset_minutes: Some(480),
        allow_private: false,
        selectors: None,
        notes: None,
        recipe: crate::domain::Recipe::default(),
    }
}

fn fixture(path: &str) -> String {
    let path = format!("{}/tests/fixtures/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

pub(super) fn page_fixture(name: &str) -> Document {
    document(&fixture(&format!("pages/{name}")), Some("text/html"))
}

fn page_source(item: &str) -> Source {
    let part = |css: &str| Some(css.to_owned());
    let selectors = Selectors {
        item: item.to_owned(),
        title: part("a.title"),
        link: None,
        date: part(".time"),
        summary: part(".brief"),
    };
    Source { kind: SourceKind::Page, selectors: Some(selectors), ..source() }
}

/// Three entries; `extra` stands inside the second.
fn rss_with(extra: &str) -> String {
    let item = |n: u8, extra: &str| {
        format!(
            "<item><title>Story {n}</title><link>https://news.example.com/{n}</link>\
             <guid>id-{n}</guid><pubDate>Mon, 23 Nov 2026 0{n}:00:00 GMT</pubDate>\
             <description>Text {n}.</description>{extra}</item>"
        )
    };
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><channel><title>Example news\
         </title><link>https://news.example.com/</link><ttl>30</ttl>\n{}\n{}\n{}\n</channel></rss>",
        item(1, ""),
        item(2, extra),
        item(3, "")
    )
}

fn atom_with(extra: &str) -> String {
    let entry = |n: u8, extra: &str| {
        format!(
            "<entry><title>Story {n}</title><link href=\"/{n}\"/><id>id-{n}</id>\
             <updated>2026-11-23T0{n}:00:00Z</updated>{extra}</entry>"
        )
    };
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Example news</title>{}{}{}</feed>",
        entry(1, "<summary>Text 1.</summary>"),
        entry(2, extra),
        entry(3, "<summary>Text 3.</summary>")
    )
}

fn read(body: &str) -> Parsed {
    entries(&document(body, None), &source()).unwrap_or_else(|error| panic!("{error}: {body}"))
}

#[track_caller]
fn check_error(doc: &Document, source: &Source, expected: &str) {
    let error = entries(doc, source).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
    assert!(!error.contains("secret"), "the query may hold a token: {error}");
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    let check = |body: &str, expected| check_error(&document(body, None), &source(), expected);
    check(" \n ", "empty body");
    check("hello", "neither RSS, Atom nor JSON Feed; it starts with `hello`");
    check("<rss version=\"2.0\"><channel><title>x</title>", "cut off before its first entry");
    check("{\"a\":1}", "JSON without `items`");
    check("{\"items\":", "no JSON");
    check("<html><head><title>Our news</title></head></html>", "is a web page (`Our news`)");
    check(
        "<!doctype html><link rel=alternate type=\"application/rss+xml\" href='/rss?a=1&amp;b=2'>",
        "the page names https://news.example.com/rss?a=1&b=2",
    );
    check("<html><title>Just a moment...</title></html>", "blocks programs here");
    check("<html><body>您的访问过于频繁</body></html>", "blocks programs here");
    let large = document(&"x".repeat(feed::MAX_FEED_BYTES + 1), None);
    check_error(&large, &source(), "over the limit of 8388608");
}

#[test]
fn a_list_page_is_read_by_selectors() {
    let doc = page_fixture("list-zh.html");
    let parsed = entries(&doc, &page_source("li.item")).unwrap();
    let shown: Vec<_> = parsed
        .entries
        .iter()
        .map(|entry| {
            (entry.key.as_str(), entry.title.as_str(), entry.published.unwrap().to_string())
        })
        .collect();
    let expected = [
        (
            "https://news.example.com/p/101",
            "示例智能完成天使轮融资",
            "2026-11-24T03:57:00Z".to_owned(),
        ),
        (
            "https://news.example.com/p/102",
            "星河算力被收购 <快讯>",
            "2026-11-23T06:02:00Z".to_owned(),
        ),
        ("https://other.example.org/p/103", "远山医疗完成B轮", "2026-11-22T01:10:00Z".to_owned()),
    ];
    assert_eq!(shown, expected);
    assert_eq!(parsed.entries[0].text, "数千万元，北风资本领投。");
    assert_eq!(parsed.title.as_deref(), Some("示例网 - 创投快讯"));
    assert_eq!(parsed.warnings, [Warning::Skipped { items: 1 }]);
}

#[test]
fn a_selector_may_name_an_attribute() {
    let page = "<div class=i data-url='/a'><img alt='Title A'></div>";
    let mut source = page_source(".i");
    source.selectors = Some(Selectors {
        item: ".i".into(),
        title: Some("img@alt".into()),
        link: Some("@data-url".into()),
        date: None,
        summary: None,
    });
    let parsed = entries(&document(page, None), &source).unwrap();
    assert_eq!(parsed.entries[0].title, "Title A");
    assert_eq!(parsed.entries[0].link.as_deref(), Some("https://news.example.com/a"));
}

#[test]
fn items_without_title_or_link_are_skipped_and_a_page_is_listed_once() {
    let page = "<ul><li><a href='/a'><img></a></li><li><a href='/a'>A</a></li><li>No link</li>\
                <li><a href='/b'>B</a><time data-time='1795492800000'>now</time></li></ul>";
    let selectors = Selectors {
        item: "li".into(),
        title: None,
        link: None,
        date: Some("time@data-time".into()),
        summary: None,
    };
    let source = Source { kind: SourceKind::Page, selectors: Some(selectors), ..source() };
    let parsed = entries(&document(page, None), &source).unwrap();
    let titles: Vec<_> = parsed.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["A", "B"]);
    assert_eq!(parsed.entries[1].published.unwrap().to_string(), "2026-11-24T04:00:00Z");
    assert_eq!(parsed.warnings, [Warning::Skipped { items: 2 }]);
}

#[test]
fn what_is_older_than_the_source_wants_is_left_out() {
    let recipe = crate::domain::Recipe { max_age_days: Some(1), ..Default::default() };
    let recent = Source { recipe, ..source() };
    let keys = |source: &Source| {
        let parsed = entries(&document(&rss_with("<guid>id-2</guid>"), None), source).unwrap();
        parsed.entries.len()
    };
    assert_eq!((keys(&source()), keys(&recent)), (3, 0));
}

#[test]
fn copies_of_other_outlets_name_them_and_lead_to_their_page() {
    let item = |title: &str, link: &str, guid: &str, source: &str| {
        format!(
            "<item><title>{title}</title><link>{link}</link><guid isPermaLink=\"false\">{guid}</guid>{source}</item>"
        )
    };
    let bing = "http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;tid=6F&amp;url=https%3a%2f%2fwww.quay.test%2fcorvane&amp;c=1";
    let google = "https://news.google.com/rss/articles/CBMiX0FVX3lx?oc=5";
    let feed = format!(
        "<rss version=\"2.0\" xmlns:News=\"https://www.bing.com/news/search\"><channel><title>N</title>{}{}{}</channel></rss>",
        item("Corvane AI raises $20M", bing, bing, "<News:Source>The Quay Post</News:Source>"),
        item(
            "Brelin AI is bought - The Desk",
            google,
            "CBMiX0FVX3lx",
            "<source url=\"https://www.desk.test\">The Desk</source>"
        ),
        item(
            "Our own - Example",
            "/own",
            "1",
            "<source url=\"https://news.example.com/feed\">Example</source>"
        ),
    );
    let parsed = read(&feed);
    let shown: Vec<_> = parsed
        .entries
        .iter()
        .map(|entry| {
            let publisher = entry.publisher.as_ref();
            let publisher = publisher.map(|p| (p.name.as_str(), p.site.as_deref().unwrap_or("")));
            (entry.key.as_str(), entry.title.as_str(), entry.link.as_deref().unwrap(), publisher)
        })
        .collect();
    let page = "https://www.quay.test/corvane";
    assert_eq!(
        shown,
        [
            (
                "https://quay.test/corvane",
                "Corvane AI raises $20M",
                page,
                Some(("The Quay Post", "quay.test"))
            ),
            ("CBMiX0FVX3lx", "Brelin AI is bought", google, Some(("The Desk", "desk.test"))),
            ("1", "Our own", "https://news.example.com/own", None),
        ]
    );
    assert_eq!(parsed.warnings, [Warning::Opaque { links: 1 }]);
}

#[test]
fn a_page_that_does_not_fit_says_which_selector() {
    let page = page_fixture("list-zh.html");
    check_error(&page, &page_source("li.none"), "selector `li.none` for item matched nothing");
    check_error(&page, &page_source("li["), "`li[` is no CSS selector");
    check_error(&page, &page_source(".brief"), "selector `a.title` for title matched nothing");
    check_error(&page, &Source { kind: SourceKind::Page, ..source() }, "no selectors");
    let deep = document(&"<div>".repeat(1_000), None);
    check_error(&deep, &page_source("li"), "nested deeper than 256");
}
