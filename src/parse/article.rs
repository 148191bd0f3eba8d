//! Articles: an entry normalised, and the main text of an article's page.

use std::sync::LazyLock;

use dom_smoothie::Config;
use dom_smoothie::Readability;
use dom_smoothie::TextMode;
use jiff::Timestamp;
use regex::Regex;
use url::Url;

use crate::domain::Article;
use crate::domain::Document;
use crate::domain::Entry;
use crate::domain::Lang;
use crate::domain::Source;
use crate::domain::TextKind;

use super::ParseError;
use super::charset;
use super::charset::Markup;
use super::date;
use super::error::place;
use super::feed;
use super::guard;
use super::text;
use super::url as address;

/// A shorter English text is the beginning of an article: feeds cut at 55 words to three
/// sentences.
const STUB_CHARS_EN: usize = 600;

/// The same in Chinese, where a character says as much as two or three letters.
const STUB_CHARS_ZH: usize = 250;

/// Characters that the extractor wants before it is content (conformance: best of 20 variants).
const CHAR_THRESHOLD: usize = 200;

/// Under this a page with a bot wall's words is one.
const WALL_CHARS: usize = 500;

/// The main text of an article's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// Plain text, without the site's name where it can be told.
    pub title: String,
    /// Plain text, paragraphs separated by a blank line.
    pub text: String,
    /// As the page states it.
    pub published: Option<Timestamp>,
    /// As printed.
    pub author: Option<String>,
    /// The address that the page names as its own, absolute.
    pub canonical: Option<String>,
    /// Of the text.
    pub lang: Lang,
}

/// The article that an entry tells. `now` bounds its date.
pub fn article(entry: &Entry, source: &Source, now: Timestamp) -> Article {
    let lang = language(&entry.title, &entry.text, source.language);
    let link = entry.link.as_deref().and_then(|link| Url::parse(link).ok());
    Article {
        source: source.id.clone(),
        key: entry.key.clone(),
        url: entry.link.clone(),
        canonical_url: link.as_ref().map(address::canonical),
        title: entry.title.clone(),
        text: entry.text.clone(),
        text_kind: text_kind(&entry.text, lang),
        lang,
        published: entry.published.or(entry.updated).map(|date| date::clamp(date, now)),
        author: entry.author.clone(),
        publisher: entry.publisher.clone(),
    }
}

/// The language by its script: Chinese if a real share of the letters is Han.
///
/// Chinese news is full of Latin names, English news never of Han. Where kana stand between the
/// Han it is Japanese, which is read by neither language's rules.
pub fn language(title: &str, text: &str, default: Option<Lang>) -> Lang {
    let (mut han, mut kana, mut other) = (0_usize, 0_usize, 0_usize);
    for c in title.chars().chain(text.chars().take(4_000)) {
        match c {
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
                han += 1;
            }
            '\u{3041}'..='\u{30fa}' => kana += 1,
            c if c.is_alphabetic() => other += 1,
            _ => {}
        }
    }
    match (han, other) {
        (0, 0) => default.unwrap_or(Lang::En),
        _ if kana * 4 > han => Lang::En,
        _ if han * 8 >= other && han > 0 => Lang::Zh,
        _ => Lang::En,
    }
}

static CUT_OFF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)(?: … | \.\.\. | \[\s*(?:…|\.\.\.|&hellip;)\s*\]
        | (?:read|see|learn)\ more\W* | continue\ reading.{0,120}
        | 阅读全文\W* | 查看全文\W* | 点击查看.{0,20} | 详情点击.{0,20} )$",
    )
    .expect("a constant pattern")
});

/// Whether the text is the article's or only its beginning.
pub fn text_kind(text: &str, lang: Lang) -> TextKind {
    let enough = match lang {
        Lang::En => STUB_CHARS_EN,
        Lang::Zh => STUB_CHARS_ZH,
    };
    let chars = text.chars().count();
    let tail: String = text.chars().skip(chars.saturating_sub(320)).collect();
    if chars < enough || CUT_OFF.is_match(tail.trim_end()) {
        TextKind::Stub
    } else {
        TextKind::Full
    }
}

/// Extracts the main text of an article's page.
///
/// A date that the page states without a zone is left out: the entry's own is the better one.
pub fn main_text(doc: &Document) -> Result<PageText, ParseError> {
    if doc.body.iter().all(u8::is_ascii_whitespace) {
        return Err(ParseError::empty(doc));
    }
    let host = doc.final_url.host_str();
    let html = charset::decode(&doc.body, doc.content_type.as_deref(), Markup::Html, host).text;
    guard::check(html.as_bytes()).map_err(|refusal| ParseError::refused(doc, refusal))?;
    let article = guard::catch(|| extract(&html, &doc.final_url))
        .map_err(|refusal| ParseError::refused(doc, refusal))?;
    let text =
        article.as_ref().map(|article| paragraphs(&article.text_content)).unwrap_or_default();
    if text.chars().count() < WALL_CHARS
        && let Some(sign) = feed::bot_sign(&html)
    {
        return Err(ParseError::BotWall { place: place(&doc.final_url), sign });
    }
    let Some(article) = article.filter(|_| !text.is_empty()) else {
        return Err(ParseError::NoText { place: place(&doc.final_url) });
    };
    let title = text::line(&article.title);
    let published = article.published_time.as_deref();
    let published = published.and_then(|date| date::parse(date, None));
    Ok(PageText {
        lang: language(&title, &text, None),
        published: published
            .or_else(|| stated_date(&html))
            .map(|date| date::clamp(date, doc.fetched_at)),
        author: article.byline.map(|name| text::line(&name)).filter(|name| !name.is_empty()),
        canonical: stated_address(&html, &doc.final_url),
        title,
        text,
    })
}

fn extract(html: &str, url: &Url) -> Option<dom_smoothie::Article> {
    let config = Config {
        text_mode: TextMode::Formatted,
        char_threshold: CHAR_THRESHOLD,
        max_elements_to_parse: guard::MAX_ELEMENTS,
        ..Config::default()
    };
    Readability::new(html, Some(url.as_str()), Some(config)).ok()?.parse().ok()
}

/// Clean lines, each its own paragraph.
fn paragraphs(text: &str) -> String {
    let clean = text::clean(text);
    let lines = clean.lines().map(str::trim).filter(|line| !line.is_empty());
    text::capped(lines.collect::<Vec<_>>().join("\n\n"))
}

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
    };
}

pattern!(LINK_CANONICAL, r#"(?i)<link\s[^>]*rel\s*=\s*["']?canonical[^>]*>"#);
pattern!(HREF, r#"(?i)\shref\s*=\s*["']?([^"'\s>]+)"#);
pattern!(
    META_DATE,
    r#"(?i)<meta\s[^>]*(?:article:published_time|pubdate|publishdate|publish_time|datepublished|og:release_date|weibo:article:create_at)["'][^>]*>"#
);
pattern!(CONTENT, r#"(?i)\scontent\s*=\s*["']([^"']+)["']"#);

fn stated_address(html: &str, base: &Url) -> Option<String> {
    let tag = LINK_CANONICAL.find(html)?;
    let href = HREF.captures(tag.as_str())?.get(1)?;
    address::absolute(base, &text::entities(href.as_str())).map(String::from)
}

fn stated_date(html: &str) -> Option<Timestamp> {
    let tag = META_DATE.find(html)?;
    date::parse(CONTENT.captures(tag.as_str())?.get(1)?.as_str(), None)
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;
    use super::super::tests::page_fixture;
    use super::super::tests::source;
    use super::*;

    #[track_caller]
    fn check_kind(text: &str, lang: Lang, expected: TextKind) {
        assert_eq!(text_kind(text, lang), expected, "in: {text}");
    }

    #[test]
    fn a_short_or_cut_text_is_a_stub() {
        let english = "The company makes tools for builders of models. ".repeat(20);
        let chinese = "这家公司为开发者提供训练模型的工具。".repeat(20);
        check_kind(&english, Lang::En, TextKind::Full);
        check_kind(&chinese, Lang::Zh, TextKind::Full);
        check_kind("Short.", Lang::En, TextKind::Stub);
        check_kind(&chinese.chars().take(249).collect::<String>(), Lang::Zh, TextKind::Stub);
        for end in
            ["…", "...", "[…]", "[...]", "Read more »", "Continue reading The deal", "阅读全文 >>"]
        {
            check_kind(&format!("{english}{end}"), Lang::En, TextKind::Stub);
        }
    }

    #[test]
    fn the_script_tells_the_language() {
        let check = |text, expected| assert_eq!(language(text, "", None), expected, "in: {text}");
        check("示例科技完成新一轮融资", Lang::Zh);
        check("Example AI 完成 Series B 融资，Northwind Capital 领投", Lang::Zh);
        check("Example AI (示例) raises a round led by Northwind Capital and others", Lang::En);
        check("Example AI raises $40M", Lang::En);
        check("サンプル社が資金調達を実施", Lang::En);
        assert_eq!(language("", "", Some(Lang::Zh)), Lang::Zh);
    }

    #[test]
    fn an_article_has_the_canonical_address() {
        let entry = Entry {
            key: "k".into(),
            link: Some("http://m.example.com/a?utm_source=rss".into()),
            title: "T".into(),
            text: String::new(),
            published: None,
            updated: "2030-01-01T00:00:00Z".parse().ok(),
            author: None,
            publisher: None,
        };
        let now = "2026-11-24T04:00:00Z".parse().unwrap();
        let article = article(&entry, &source(), now);
        assert_eq!(article.canonical_url.as_deref(), Some("https://example.com/a"));
        assert_eq!(article.published, Some(now));
        assert_eq!(article.text_kind, TextKind::Stub);
    }

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
}
