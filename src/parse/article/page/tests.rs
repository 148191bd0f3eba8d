//! Pages as they come: in both languages, with what stands around the text, and walls.

use super::super::super::tests::document;
use super::super::super::tests::page_fixture;
use super::*;

#[test]
fn the_main_text_is_paragraphs_without_what_stands_around() {
    let page = main_text(&page_fixture("article-with-menu-and-comments.html")).unwrap();
    assert_eq!(page.title, "Example Robotics raises a seed round");
    assert!(page.text.contains("warehouse arms.\n\nThe money"), "{}", page.text);
    for noise in ["Subscribe", "Most read", "Great news", "trackVisit"] {
        assert!(!page.text.contains(noise), "{noise} in {}", page.text);
    }
    assert_eq!(page.canonical.as_deref(), Some("https://news.example.com/seed-round"));
    assert_eq!(page.published.unwrap().to_string(), "2026-11-23T08:30:00Z");
    assert_eq!(page.lang, Lang::En);
}

#[test]
fn a_chinese_page_in_gbk_is_read_as_what_it_is() {
    let mut page = page_fixture("article-zh.html");
    let text = String::from_utf8(page.body).unwrap();
    page.body = encoding_rs::GB18030.encode(&text).0.into_owned();
    let page = main_text(&page).unwrap();
    assert_eq!(page.lang, Lang::Zh);
    assert!(page.text.starts_with("示例智能昨日宣布"), "{}", page.text);
}

#[test]
fn pages_without_text_say_why() {
    let check = |body: &str, expected: &str| {
        let error = main_text(&document(body, Some("text/html"))).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    check("", "empty body");
    check("<html><body></body></html>", "no main text");
    check("<title>Just a moment...</title><p>Enable JavaScript and cookies", "blocks programs");
    check(&"<div>".repeat(1_000), "nested deeper");
}

/// An English page; `head` and `above` are what stands before the text.
fn page(head: &str, above: &str, below: &str) -> Document {
    let paragraph = "<p>Tessel, a company in Riverton that puts small models into dental clinics, \
         said on Monday that it had closed a round, and that the money goes into people.</p>";
    let html = format!(
        "<html><head><title>Tessel closes a round of money</title>{head}</head><body><nav><a href=/>\
         Home</a></nav><main><article><h1>Tessel closes a round of money</h1>{above}{}{below}\
         </article></main></body></html>",
        paragraph.repeat(6)
    );
    let mut doc = document(&html, Some("text/html"));
    doc.url = Url::parse("https://news.example.com/2026/11/23/tessel-round").unwrap();
    doc.final_url = doc.url.clone();
    doc
}

/// Date, author and source.
#[track_caller]
fn states(doc: &Document, published: &str, author: Option<&str>, origin: Option<&str>) {
    let page = main_text(doc).unwrap();
    let told = page.origin.as_deref();
    assert_eq!(page.published.unwrap().to_string(), published);
    assert_eq!((page.author.as_deref(), told), (author, origin), "in: {}", page.text);
}

#[test]
fn what_a_page_states_is_read_from_its_data_first() {
    let json = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
        {"@type":"WebSite","name":"Example News"},
        {"@type":["NewsArticle"],"datePublished":"2026-11-23T09:15:00+01:00",
         "author":[{"@type":"Person","name":"Jo Smith"},{"name":"Al Reed"}],
         "publisher":{"name":"Example News"}}]}</script>"#;
    states(
        &page(json, "<p>By Somebody Else</p>", ""),
        "2026-11-23T08:15:00Z",
        Some("Jo Smith, Al Reed"),
        None,
    );
    let meta = "<meta property='article:published_time' content='2026-11-23T08:00:00Z'>\
                <meta name=author content='By Jo Smith'>\
                <meta name='syndication-source' content='Reuters'>";
    states(&page(meta, "", ""), "2026-11-23T08:00:00Z", Some("Jo Smith"), Some("Reuters"));
    let time =
        "<div class=byline>By Jo Smith</div><time datetime='2026-11-23T07:00:00Z'>Monday</time>";
    states(&page("", time, ""), "2026-11-23T07:00:00Z", Some("Jo Smith"), None);
}

#[test]
fn a_page_without_a_date_has_the_day_of_its_address() {
    states(&page("", "", ""), "2026-11-23T00:00:00Z", None, None);
}

#[test]
fn a_copy_names_its_source() {
    let appeared = "<p>This story originally appeared on Harbour Post.</p>";
    states(&page("", "", appeared), "2026-11-23T00:00:00Z", None, Some("Harbour Post"));
    let dateline = "<p>RIVERTON, Nov 23 (Reuters) - The round was led by Oakline, the company said \
                    in a statement that it sent to news desks around the world on Monday.</p>";
    states(&page("", dateline, ""), "2026-11-23T00:00:00Z", None, Some("Reuters"));
    let based = r#"<script type="application/ld+json">{"@type":"NewsArticle",
        "publisher":{"name":"Business Wire"}}</script>"#;
    states(&page(based, "", ""), "2026-11-23T00:00:00Z", None, Some("Business Wire"));
}

#[test]
fn a_page_is_not_believed_beyond_its_site() {
    let check = |head: &str, expected: Option<&str>| {
        let page = main_text(&page(head, "", "")).unwrap();
        assert_eq!(page.canonical.as_deref(), expected, "for: {head}");
    };
    check(
        "<link rel=canonical href='/2026/tessel?utm_source=x'>",
        Some("https://news.example.com/2026/tessel"),
    );
    check("<link rel=canonical href='https://other.test/tessel'>", None);
    check("<link rel=canonical href='https://news.example.com/'>", None);
    check(
        "<link rel=canonical href=''><meta property='og:url' content='https://www.example.com/a/1'>",
        Some("https://example.com/a/1"),
    );
}

#[test]
fn walls_are_not_taken_for_the_article() {
    let check = |body: &str, expected: &str| {
        let html = format!("<html><head><title>Tessel</title></head><body>{body}</body></html>");
        let error = main_text(&document(&html, Some("text/html"))).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    check(
        "<p>Tessel has closed a round. Subscribe to continue reading this story and more.</p>",
        "subscribe to continue",
    );
    check(
        "<h1>We value your privacy</h1><p>We and our 842 partners store data on your device. Accept all or manage your choices.</p>",
        "we value your privacy",
    );
    check("<p>示例智能完成融资，由北岭创投领投。登录后查看全文</p>", "登录后查看");
    check("<p>访问过于频繁，请完成验证后继续访问本页面。</p>", "blocks programs");
    let mut front = page("", "", "");
    front.final_url = Url::parse("https://news.example.com/").unwrap();
    assert!(main_text(&front).unwrap_err().to_string().contains("front page"));
    let mut consent = page("", "", "");
    consent.final_url = Url::parse("https://consent.example.com/v2/collect?x=1").unwrap();
    assert!(main_text(&consent).unwrap_err().to_string().contains("consent"));
}

#[test]
fn a_long_text_is_an_article_whatever_stands_around_it() {
    let around = "<div class=banner>Subscribe to continue supporting us. Accept all cookies.</div>\
                  <script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>";
    assert!(main_text(&page("", "", around)).is_ok());
}
