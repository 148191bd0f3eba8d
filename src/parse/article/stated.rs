//! What a page states about its article: when, by whom, where, from whom.
//!
//! Programs are told first (JSON-LD, `meta`, `time`), then people, in the lines around the title
//! and the end of the text. A page is not believed beyond its own site: a canonical address
//! elsewhere does not make it that page.

use std::sync::LazyLock;

use dom_smoothie::Readability;
use jiff::Timestamp;
use regex::Regex;
use serde_json::Value;
use url::Url;

use super::origin;
use crate::domain::Lang;

use super::super::date;
use super::super::text;
use super::super::url as address;

/// Chinese pages print times without a zone; all that speak Chinese keep the same one.
const CHINESE_OFFSET_MINUTES: i16 = 480;

/// A longer line is a sentence, not a byline.
const LONGEST_LINE: usize = 120;

/// A longer author is a sentence.
const LONGEST_AUTHOR: usize = 60;

/// JSON-LD blocks beyond these are not read.
const MAX_BLOCKS: usize = 20;

/// What the data of a page say.
#[derive(Debug, Clone, Default)]
pub(super) struct Data {
    article: Option<Value>,
    metas: Vec<(String, String)>,
    times: Vec<String>,
    in_script: Option<String>,
    canonical: Option<String>,
    html_lang: Option<String>,
    rel_author: Option<String>,
}

/// Reads the data before the page is taken apart.
pub(super) fn data(page: &Readability, html: &str) -> Data {
    let doc = &page.doc;
    let attr = |css: &str, name: &str| doc.select(css).attr(name).map(|value| value.to_string());
    let mut metas = Vec::new();
    for meta in &doc.select("meta[content]") {
        let name = ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .find_map(|attribute| meta.attr(attribute));
        if let (Some(name), Some(content)) = (name, meta.attr("content")) {
            metas.push((name.trim().to_ascii_lowercase(), text::line(&content)));
        }
    }
    let times = doc.select("time[datetime]").iter();
    let blocks = doc.select("script[type='application/ld+json']").iter().take(MAX_BLOCKS);
    let article = blocks.filter_map(|block| json(&block.text())).find_map(|value| {
        let mut found = None;
        find_article(&value, &mut found);
        found
    });
    Data {
        article,
        metas,
        times: times.filter_map(|time| time.attr("datetime")).map(|t| t.to_string()).collect(),
        in_script: DATE_IN_SCRIPT
            .captures(html)
            .and_then(|found| found.get(1))
            .map(|date| date.as_str().to_owned()),
        canonical: attr("link[rel='canonical'][href]", "href"),
        html_lang: attr("html[lang]", "lang"),
        rel_author: Some(doc.select("[rel='author']").iter().next())
            .flatten()
            .map(|node| text::line(&node.text())),
    }
}

/// Line feeds inside strings are common in hand-made JSON-LD.
fn json(block: &str) -> Option<Value> {
    let clean: String = block.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(clean.trim().trim_end_matches(';')).ok()
}

/// The first object whose type is some kind of article.
fn find_article(value: &Value, found: &mut Option<Value>) {
    if found.is_some() {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| find_article(value, found)),
        Value::Object(object) => {
            let is_article = |kind: &Value| {
                kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind == "BlogPosting")
            };
            match object.get("@type") {
                Some(Value::Array(kinds)) if kinds.iter().any(is_article) => {
                    *found = Some(value.clone());
                }
                Some(kind) if is_article(kind) => *found = Some(value.clone()),
                _ => {
                    for inner in ["@graph", "mainEntity", "mainEntityOfPage"] {
                        object.get(inner).into_iter().for_each(|value| find_article(value, found));
                    }
                }
            }
        }
        _ => {}
    }
}

/// Names in a JSON-LD value: a text, an object with a name, or a list of them.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![text::line(name)],
        Value::Object(object) => object.get("name").map(names).unwrap_or_default(),
        Value::Array(values) => values.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
    };
}

pattern!(DAY_IN_PATH, r"(?:/|_|t|-)(20\d\d)[-/_]?(\d\d)[-/_]?(\d\d)(?:\D|$)");
// Where a script writes the date into the page.
pattern!(
    DATE_IN_SCRIPT,
    r#"(?:var ct|createTime|publishTime|publish_time|pubtime)["']?\s?[=:]\s?["']([0-9][0-9 :/-]{9,20})["']"#
);
pattern!(
    AUTHOR_ZH,
    r"(?:^|[^\p{Han}])(?:(?:作者|撰文|采写|採訪|撰稿|撰稿人|本文作者|文字)\s*[:：/／｜|丨]|文\s?[/／｜|丨]|(?:本报|本刊|见习|财经)?记者\s*[:：/／｜|丨]?|記者)\s*([\p{Han}·A-Za-z][\p{Han}·A-Za-z .、，,&/]*)"
);
pattern!(
    OTHER_LABEL,
    r"责编|责任编辑|責任編輯|编辑|編輯|来源|來源|校对|审核|时间|发布|出品|监制|图片|阅读|评论|字号|分享|微信|报道|获悉|了解|从"
);
pattern!(
    AUTHOR_EN,
    r"^(?i:by)\s([A-Z][\p{L}'’.\-]+(?:\s(?:[A-Z][\p{L}'’.\-]*|and|&|de|van|von|der),?){0,6})"
);

/// Dates that programs are told, the most exact first.
const DATE_METAS: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publish_time",
    "publishtime",
    "og:release_date",
    "weibo:article:create_at",
    "bt:pubdate",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date.issued",
    "dc.date",
    "date",
];

const AUTHOR_METAS: &[&str] =
    &["author", "article:author", "og:article:author", "parsely-author", "dc.creator", "byl"];

const ORIGIN_METAS: &[&str] =
    &["syndication-source", "original-source", "source", "og:article:source", "contentsource"];

impl Data {
    fn meta(&self, names: &[&str]) -> Option<&str> {
        let value = |wanted: &&str| {
            let mut of_name = self.metas.iter().filter(|(name, _)| name == wanted);
            of_name.find(|(_, value)| !value.is_empty()).map(|(_, value)| value.as_str())
        };
        names.iter().find_map(value)
    }

    fn of_article(&self, key: &str) -> Option<&Value> {
        self.article.as_ref()?.get(key)
    }

    /// The outlet's own names.
    pub(super) fn own_names(&self) -> Vec<&str> {
        let names = ["og:site_name", "application-name", "apple-mobile-web-app-title"];
        self.metas
            .iter()
            .filter(|(name, value)| names.contains(&name.as_str()) && !value.is_empty())
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// The language that the page declares, if it is one of ours.
    pub(super) fn lang(&self) -> Option<Lang> {
        let told = self.html_lang.as_deref().or_else(|| self.meta(&["content-language"]))?;
        let told = told.trim().to_ascii_lowercase();
        match told.get(..2)? {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// When the article was published; a day alone is that day's first moment.
    pub(super) fn published(
        &self,
        near: &[&str],
        url: &Url,
        lang: Lang,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let offset = (lang == Lang::Zh).then_some(CHINESE_OFFSET_MINUTES);
        let told = self.of_article("datePublished").and_then(Value::as_str);
        let data = DATE_METAS.iter().filter_map(|name| self.meta(&[name])).chain(told);
        let data = data.chain(self.times.iter().map(String::as_str).take(1));
        let shown = near.iter().filter(|line| line.chars().count() <= LONGEST_LINE);
        data.filter_map(|text| date::parse(text, offset))
            .chain(shown.filter_map(|line| date::parse_at(line, offset, now)))
            .chain(self.in_script.as_deref().and_then(|text| date::parse(text, offset)))
            .chain(day_in_path(url, offset.unwrap_or(0)))
            .map(|told| date::clamp(told, now))
            .next()
    }

    /// Who wrote it, as printed. An editor is no author, and an address no name.
    pub(super) fn author(&self, near: &[&str]) -> Option<String> {
        let told = self.of_article("author").map(names).filter(|names| !names.is_empty());
        let data = told.map(|names| names.join(", ")).into_iter();
        let data =
            data.chain(AUTHOR_METAS.iter().filter_map(|name| self.meta(&[name])).map(Into::into));
        let shown = near.iter().filter_map(|line| author_in(line));
        let own = self.own_names();
        data.chain(shown)
            .chain(self.rel_author.clone())
            .filter_map(|name| person(&name))
            .find(|name| !own.contains(&name.as_str()))
    }

    /// The page's own address, if it names one on its own site and not just the front page.
    pub(super) fn canonical(&self, url: &Url) -> Option<String> {
        let told = [self.canonical.as_deref(), self.meta(&["og:url"])];
        let told = told.into_iter().flatten().filter_map(|href| address::absolute(url, href));
        told.filter(|told| address::may_stand_for(told, url))
            .map(|told| address::canonical(&told))
            .next()
    }

    /// Whose text it is, if it is a copy.
    pub(super) fn origin(&self, text: &str, near: &[&str]) -> Option<String> {
        let own = self.own_names();
        if let Some(told) = self.meta(ORIGIN_METAS).filter(|told| !told.contains("://")) {
            return origin::named(told, &own);
        }
        let shown = || origin::of_text(text, near, &own);
        let keys = ["isBasedOn", "sourceOrganization", "provider", "publisher"];
        let told = keys.iter().filter_map(|key| self.of_article(key)).flat_map(names);
        let mut wires = told.filter(|name| origin::is_wire(name));
        shown().or_else(|| wires.find_map(|name| origin::named(&name, &own)))
    }
}

fn day_in_path(url: &Url, offset: i16) -> Option<Timestamp> {
    let found = DAY_IN_PATH.captures(url.path())?;
    let part = |group| found.get(group).map_or("", |part: regex::Match<'_>| part.as_str());
    date::parse(&format!("{}-{}-{}", part(1), part(2), part(3)), Some(offset))
}

fn author_in(line: &str) -> Option<String> {
    if line.chars().count() > LONGEST_LINE {
        return None;
    }
    if let Some(found) = AUTHOR_EN.captures(line.trim()) {
        return found.get(1).map(|name| name.as_str().to_owned());
    }
    let name = AUTHOR_ZH.captures(line)?.get(1)?.as_str();
    let end = OTHER_LABEL.find(name).map_or(name.len(), |label| label.start());
    name.get(..end).map(str::to_owned)
}

/// A name without `By` and the like; `None` for what names no writer.
fn person(told: &str) -> Option<String> {
    let name = text::line(told);
    let name = ["By ", "by ", "BY ", "作者：", "作者:", "文/", "文｜", "记者"]
        .iter()
        .find_map(|label| name.strip_prefix(label))
        .unwrap_or(&name);
    let name = name.trim_matches(|c: char| " ,，、|/·&：:.".contains(c));
    let is_editor = ["责编", "责任编辑", "编辑", "校对", "审核", "来源"];
    let is_person = (2..=LONGEST_AUTHOR).contains(&name.chars().count())
        && !name.contains("://")
        && !name.contains('@')
        && !is_editor.iter().any(|label| name.starts_with(label))
        && !matches!(name.to_lowercase().as_str(), "admin" | "administrator" | "unknown" | "null");
    is_person.then(|| name.to_owned())
}
