//! Articles: an entry normalised, and the main text of an article's page.

mod origin;
mod page;
mod stated;
mod wall;

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;
use url::Url;

use crate::domain::Article;
use crate::domain::Entry;
use crate::domain::Lang;
use crate::domain::Publisher;
use crate::domain::Source;
use crate::domain::TextKind;

use super::date;
use super::url as address;

pub use page::PageText;
pub use page::main_text;

/// A shorter English text is the beginning of an article: feeds cut at 55 words to three
/// sentences.
const STUB_CHARS_EN: usize = 600;

/// The same in Chinese, where a character says as much as two or three letters.
const STUB_CHARS_ZH: usize = 250;

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
        publisher: publisher(entry, &source.name),
    }
}

/// Whose news an entry of the named source is: the agency or outlet that its text names, or an
/// agency that stands as its author, else the outlet that the source repeats.
fn publisher(entry: &Entry, source: &str) -> Option<Publisher> {
    let own = [Some(source), entry.publisher.as_ref().map(|outlet| outlet.name.as_str())];
    let own: Vec<&str> = own.into_iter().flatten().collect();
    let author = || {
        let author = entry.author.as_deref().filter(|author| origin::is_wire(author))?;
        origin::named(author, &own)
    };
    let told = origin::of_text(&entry.text, &[], &own).or_else(author);
    Publisher::of(entry.publisher.clone(), told)
}

/// Whose report a text says it is, where nobody says who delivers it.
pub fn origin(text: &str) -> Option<Publisher> {
    Publisher::of(None, origin::of_text(text, &[], &[]))
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

#[cfg(test)]
mod tests {
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
    fn an_entry_names_whose_text_it_is() {
        let check = |text: &str, author: &str, outlet: &str, expected: Option<(&str, &str)>| {
            let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            let site = Some("quay.test".to_owned());
            let entry = Entry {
                key: "k".into(),
                link: None,
                title: "T".into(),
                text: text.into(),
                published: None,
                updated: None,
                author: some(author),
                publisher: some(outlet).map(|name| Publisher { name, site }),
            };
            let told = publisher(&entry, "财联社");
            let site = |told: &Publisher| told.site.clone().unwrap_or_default();
            let told = told.map(|told| (told.name.clone(), site(&told)));
            let expected = expected.map(|(name, site)| (name.to_owned(), site.to_owned()));
            assert_eq!(told, expected, "in: {text} of {author} at {outlet}");
        };
        check("LYON, Nov 24 (Reuters) - Tessel said", "", "", Some(("Reuters", "")));
        check("Tessel said so.", "Reuters", "", Some(("Reuters", "")));
        check("Tessel said so.", "Jo Smith", "", None);
        check("示例智能完成融资。（来源：路透社）", "", "", Some(("Reuters", "")));
        check("转载自：北岭日报\n示例智能完成融资。", "", "", Some(("北岭日报", "")));
        check(
            "LYON, Nov. 24 /PRNewswire/ -- T",
            "",
            "Quay Post",
            Some(("PR Newswire", "quay.test")),
        );
        check("Tessel said so.", "", "Quay Post", Some(("Quay Post", "quay.test")));
        // What a source says of itself is no copy.
        check("财联社11月24日电，示例智能完成融资。", "", "", None);
        check(
            "This story first appeared on Quay Post.",
            "",
            "Quay Post",
            Some(("Quay Post", "quay.test")),
        );
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
}
