//! Whole documents: healthy, damaged, hostile.

use ::url::Url;
use proptest::prelude::*;

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

/// The keys that are read from a feed, and the warnings.
#[track_caller]
fn check(body: &str, keys: &[&str], warnings: &[&str]) {
    let parsed = read(body);
    let found: Vec<_> = parsed.entries.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(found, keys, "{:?} in: {body}", parsed.warnings);
    let said: Vec<_> = parsed.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), warnings.len(), "{said:?}");
    for (said, expected) in said.iter().zip(warnings) {
        assert!(said.contains(expected), "{said:?} lacks {expected:?}");
    }
}

const ALL: &[&str] = &["id-1", "id-2", "id-3"];
const LENIENT: &str = "read by the lenient reader";

#[track_caller]
fn check_error(doc: &Document, source: &Source, expected: &str) {
    let error = entries(doc, source).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
    assert!(!error.contains("secret"), "the query may hold a token: {error}");
}

#[test]
fn a_healthy_feed_is_read_whole() {
    let parsed = read(&rss_with("<dc:creator>A. Writer</dc:creator>"));
    assert_eq!(parsed.title.as_deref(), Some("Example news"));
    assert_eq!(parsed.hints.ttl_minutes, Some(30));
    assert_eq!(parsed.warnings, []);
    let second = &parsed.entries[1];
    assert_eq!(second.title, "Story 2");
    assert_eq!(second.text, "Text 2.");
    assert_eq!(second.link.as_deref(), Some("https://news.example.com/2"));
    assert_eq!(second.published.unwrap().to_string(), "2026-11-23T02:00:00Z");
    assert_eq!(second.author.as_deref(), Some("A. Writer"));
    check(&atom_with(""), ALL, &[]);
}

#[test]
fn damage_that_is_repaired_keeps_every_entry() {
    let feed = rss_with("");
    check(&format!("\n\n{feed}"), ALL, &[]);
    check(&format!("<!-- was <rss> --><!DOCTYPE html>{feed}"), ALL, &[]);
    check(&format!("\u{feff}\u{feff}{feed}"), ALL, &["text before the feed"]);
    check(&format!("<br />\n<b>Warning</b>: x.php\n{feed}"), ALL, &["text before the feed"]);
    check(&feed.replace("Story 2", "R&D at AT&T"), ALL, &["bare &"]);
    check(&feed.replace("Story 2", "A&nbsp;B&eacute;"), ALL, &["references"]);
    check(&feed.replace("Story 2", "A&#0;B&#x1f;"), ALL, &["references"]);
    check(&feed.replace("Story 2", "A\u{b}B\u{1}"), ALL, &["control characters"]);
    check(&feed.replace(" version=\"2.0\" ", " "), ALL, &["version of RSS"]);
    check(&feed.replace("version=\"2.0\"", "version=\"0.93\""), ALL, &[]);
    let declared = feed.replace("?>", &format!(" encoding=\"gb2312\"{}?>", " ".repeat(80)));
    check(&declared, ALL, &[]);
    check(
        &feed.replace("<channel>", "<?xml version=\"1.0\" encoding=\"big5\"?><channel>"),
        ALL,
        &[],
    );
}

#[test]
fn damage_beyond_repair_loses_at_most_what_is_damaged() {
    let feed = rss_with("");
    check(&feed.replacen("Story 2</title>", "Story 2</titel>", 1), ALL, &[LENIENT]);
    check(&feed.replacen("Text 2.", "One<br>two<p>three", 1), ALL, &[LENIENT]);
    check(&feed.replacen("</item>", "", 1), ALL, &[LENIENT]);
    let cut = feed.split("Text 3").next().unwrap();
    check(cut, &["id-1", "id-2"], &["cut off", LENIENT]);
    let cut = atom_with("").split("id-2").next().unwrap().to_owned();
    check(&cut, &["id-1"], &["cut off", LENIENT]);
    let cut = feed.split("Text 1").next().unwrap();
    check_error(&document(cut, None), &source(), "before the end of its first entry");
}

#[test]
fn text_of_damaged_entries_is_kept() {
    let feed = rss_with("").replacen("Text 2.", "One<br>two <b>three</b> &amp; four &lt;5", 1);
    assert_eq!(read(&feed).entries[1].text, "One\ntwo three & four <5");
    let feed = rss_with("").replacen("Story 2</title>", "Story 2</titel>", 1);
    assert_eq!(read(&feed).entries[1].title, "Story 2");
}

#[test]
fn one_odd_element_does_not_lose_the_feed() {
    for odd in [
        "<media:title/>",
        "<media:description/>",
        "<media:title type=\"zz\">x</media:title>",
        "<author>编辑：zs@example.com</author>",
        "<author>张三（zs@example.com）</author>",
        "<dc:creator>zs@example.com，张三</dc:creator>",
        "<itunes:duration>99999999999999999999999</itunes:duration>",
    ] {
        let parsed = read(&rss_with(odd));
        assert_eq!(parsed.entries.len(), 3, "{odd}");
    }
    for odd in [
        "<summary type=\"text/plain\">x</summary>",
        "<summary type=\"HTML\">x</summary>",
        "<title type=\"application/xhtml+xml\">x</title>",
        "<content type=\"\">x</content>",
        "<content type=\"zz\">x</content>",
        "<content type=\"image/png\"/>",
        "<content src=\"/x\" type=\"html\"/>",
        "<content src=\"/x\">text</content>",
        "<link xml:base=\"::\" href=\"/2\"/>",
    ] {
        let parsed = read(&atom_with(odd));
        assert_eq!(parsed.entries.len(), 3, "{odd}");
    }
}

#[test]
fn every_form_of_a_text_is_read() {
    const TEXT: &str = "One & only.\n\nTwo <3.";
    let rss = |element: &str| read(&rss_with(element)).entries[1].text.clone();
    let atom = |element: &str| read(&atom_with(element)).entries[1].text.clone();
    let html = "<p>One &amp; <b>only</b>.</p><p>Two &lt;3.</p>";
    let escaped = html.replace('&', "&amp;").replace('<', "&lt;");
    let encoded = |inside: &str| {
        format!(
            "<content:encoded xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">{inside}\
             </content:encoded>"
        )
    };
    let div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";
    assert_eq!(rss(&encoded(&format!("<![CDATA[{html}]]>"))), TEXT);
    assert_eq!(rss(&encoded(&escaped)), TEXT);
    assert_eq!(atom(&format!("<content type=\"html\">{escaped}</content>")), TEXT);
    assert_eq!(atom(&format!("<content type=\"html\"><![CDATA[{html}]]></content>")), TEXT);
    assert_eq!(atom(&format!("<summary type=\"html\">{escaped}</summary>")), TEXT);
    assert_eq!(atom(&format!("<content type=\"xhtml\">{div}{html}</div></content>")), TEXT);
    let plain = "One &amp; only.\n\nTwo &lt;3.";
    assert_eq!(atom(&format!("<content>{plain}</content>")), TEXT);
    assert_eq!(atom(&format!("<content type=\"text/plain\">{plain}</content>")), TEXT);
}

#[test]
fn what_the_strict_reader_does_not_know_is_filled_in() {
    let odd = "<item xmlns:atom=\"http://www.w3.org/2005/Atom\" \
               xmlns:dcterms=\"http://purl.org/dc/terms/\"><title>Story 4</title>\
               <guid isPermaLink=\"false\">id-4</guid><atom:link href=\"/4\"/>\
               <dcterms:created>2026-11-23T04:00:00Z</dcterms:created>\
               <media:description>Text 4.</media:description></item></channel>";
    let parsed = read(&rss_with("").replace("</channel>", odd));
    let fourth = &parsed.entries[3];
    assert_eq!(fourth.link.as_deref(), Some("https://news.example.com/4"));
    assert_eq!(fourth.text, "Text 4.");
    assert_eq!(fourth.published.unwrap().to_string(), "2026-11-23T04:00:00Z");
    assert_eq!(parsed.warnings, []);
}

#[test]
fn the_author_beside_an_address_is_kept() {
    let parsed = read(&rss_with("<author>张三（zs@example.com）</author>"));
    assert_eq!(parsed.entries[1].author.as_deref(), Some("张三"));
}

#[test]
fn both_readers_give_an_entry_the_same_key_and_date() {
    let without_guid =
        |feed: String| feed.replace("<guid>", "<nothing>").replace("</guid>", "</nothing>");
    let healthy = without_guid(rss_with(""));
    let damaged = healthy.replacen("</item>", "", 1);
    let (one, other) = (read(&healthy), read(&damaged));
    assert!(other.warnings.iter().any(|warning| matches!(warning, Warning::Lenient { .. })));
    assert_eq!(one.entries, other.entries);
}

#[test]
fn keys_stay_when_titles_change_and_nothing_is_random() {
    let feed = rss_with("").replace("<guid>", "<x>").replace("</guid>", "</x>");
    let keys =
        |feed: &str| read(feed).entries.into_iter().map(|entry| entry.key).collect::<Vec<_>>();
    assert_eq!(keys(&feed), keys(&feed.replace("Story", "Corrected")));
    let bare = feed.replace("<link>https://news.example.com/1</link>", "");
    assert_eq!(keys(&bare), keys(&bare));
}

#[test]
fn old_dialects_are_read() {
    check(&fixture("feeds/rss10-ids-in-rdf-about.rdf"), &["tag:one", "tag:two"], &[]);
    let parsed = read(&fixture("feeds/atom03.xml"));
    let entry = &parsed.entries[0];
    assert_eq!((entry.key.as_str(), entry.title.as_str()), ("tag:ab", "A & B merge"));
    assert_eq!(entry.link.as_deref(), Some("https://news.example.com/ab"));
    assert_eq!(entry.published.unwrap().to_string(), "2026-11-20T10:00:00Z");
    assert_eq!(entry.author.as_deref(), Some("C. Reporter"));
}

#[test]
fn json_feeds_are_read_with_odd_types() {
    let parsed = read(&fixture("feeds/jsonfeed-odd-types.json"));
    let [first, second] = parsed.entries.as_slice() else { panic!("{parsed:?}") };
    assert_eq!((first.key.as_str(), first.text.as_str()), ("7", "No title, a number as id."));
    assert_eq!(first.link.as_deref(), Some("https://news.example.com/7"));
    assert_eq!((second.key.as_str(), second.author.as_deref()), ("eight", Some("D. Editor")));
    assert_eq!(second.published.unwrap().as_second(), 1_795_000_000);
}

#[test]
fn chinese_feeds_are_read_in_any_encoding() {
    let feed = rss_with("").replace("Story", "示例公司完成融资").replace("Text", "领投方未披露");
    let gb = encoding_rs::GB18030.encode(&feed).0.into_owned();
    let label = "text/xml; charset=gb2312";
    for (bytes, content_type) in [
        (gb.clone(), Some(label)),
        (gb.clone(), None),
        (gb, Some("text/xml; charset=utf-8")),
        (feed.clone().into_bytes(), Some(label)),
    ] {
        let doc = Document { body: bytes, ..document("", content_type) };
        let parsed = entries(&doc, &source()).unwrap();
        assert_eq!(parsed.entries[1].title, "示例公司完成融资 2", "{content_type:?}");
        assert_eq!(parsed.entries[1].text, "领投方未披露 2.");
    }
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    let check = |body: &str, expected| check_error(&document(body, None), &source(), expected);
    check(" \n ", "empty body");
    check("hello", "neither RSS, Atom nor JSON Feed; it starts with `hello`");
    check("<rss version=\"2.0\"><channel><title>x</titel></channel></rss>", "broken feed");
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
fn an_empty_or_endless_feed_is_named() {
    check(
        "<rss version=\"2.0\"><channel><title>x</title></channel></rss>",
        &[],
        &["without entries"],
    );
    let items =
        (0..1_500).fold(String::new(), |all, n| all + &format!("<item><title>{n}</title></item>"));
    let parsed = read(&format!("<rss version=\"2.0\"><channel>{items}</channel></rss>"));
    assert_eq!(parsed.entries.len(), MAX_ENTRIES);
    assert!(parsed.warnings.contains(&Warning::TooMany { found: 1_500, kept: MAX_ENTRIES }));
}

#[test]
fn hostile_feeds_cost_no_more_than_others() {
    // Were each beginning read to the end of the text, this would take minutes.
    let start = "<rss version=\"2.0\"><channel><item>";
    for part in
        ["<![CDATA[", "<!--", "<a>", "<a \"", "<item>", "<author>", "&", "<?xml ", "<title>x"]
    {
        let doc = document(&format!("{start}{}", part.repeat(100_000)), None);
        entries(&doc, &source()).map(|parsed| parsed.entries.len()).unwrap_or_default();
    }
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
            ("1", "Our own - Example", "https://news.example.com/own", None),
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(bytes);
    }

    #[test]
    fn no_damaged_feed_panics(
        atom in any::<bool>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let extra = "<author>编辑：a@b.cn</author><content type=\"html\"><![CDATA[<p>融资&nbsp;]]></content>";
        let feed = if atom { atom_with(extra) } else { rss_with(extra) };
        let mut bytes = feed.into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let length = cut.index(bytes.len() * 2);
        bytes.truncate(length.max(1));
        survives(bytes);
    }

    #[test]
    fn no_tag_soup_panics(parts in prop::collection::vec(prop::sample::select(SOUP), 0..60)) {
        survives(parts.concat().into_bytes());
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

fn survives(bytes: Vec<u8>) {
    let doc = Document { body: bytes, ..document("", None) };
    for source in [source(), page_source("li"), page_source("*")] {
        if let Ok(parsed) = entries(&doc, &source) {
            for entry in &parsed.entries {
                article(entry, &source, doc.fetched_at);
            }
        }
    }
    if let Ok(page) = main_text(&doc) {
        assert!(!page.text.is_empty());
    }
    for markup in [charset::Markup::Xml, charset::Markup::Html] {
        charset::decode(&doc.body, Some("text/html; charset=x"), markup, Some("ü.例子"));
    }
    let text = String::from_utf8_lossy(&doc.body);
    date::parse_at(&text, Some(480), doc.fetched_at);
}
