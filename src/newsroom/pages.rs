//! HTML: articles with all that stands around an article, the list page, and `robots.txt`.

use jiff::Timestamp;
use serde_json::json;

use super::Article;
use super::Format;
use super::Newsroom;
use super::Outlet;
use super::Selectors;
use super::html::escape;
use super::html::joined;
use super::html::paragraphs;
use super::moment;

/// Everything may be read.
pub(super) const ROBOTS: &str = "User-agent: *\nAllow: /\n";

/// How the list page marks its entries.
pub(super) const SELECTORS: Selectors = Selectors {
    item: "ul.news > li",
    title: "h3 a",
    link: "h3 a",
    summary: "p.summary",
    time: "span.time",
};

/// The words around an article, in the outlet's language.
struct Words {
    sections: [&'static str; 4],
    related: &'static str,
    newsletter: &'static str,
    cookies: &'static str,
    rights: &'static str,
    desk: &'static str,
}

const ENGLISH: Words = Words {
    sections: ["Home", "Technology", "Markets", "About us"],
    related: "Related stories",
    newsletter: "Get the morning letter. Five minutes, no noise. You can leave at any time.",
    cookies: "We use cookies to remember that you have read this notice.",
    rights: "All rights reserved. Contact the newsroom. Terms of use. Privacy.",
    desk: "Staff reporter",
};

const SIMPLIFIED: Words = Words {
    sections: ["首页", "科技", "资本", "关于我们"],
    related: "相关阅读",
    newsletter: "扫码关注公众号，每天早上八点收到要闻。",
    cookies: "本站使用 Cookie 以记住您的阅读偏好。",
    rights: "版权所有，未经授权不得转载。联系我们 网站地图 隐私政策",
    desk: "本报记者",
};

const TRADITIONAL: Words = Words {
    sections: ["首頁", "科技", "資本", "關於我們"],
    related: "延伸閱讀",
    newsletter: "訂閱電子報，每天早上八點送達。",
    cookies: "本站使用 Cookie 以記住您的閱讀偏好。",
    rights: "版權所有，未經授權不得轉載。聯絡我們 網站地圖 隱私權政策",
    desk: "本報記者",
};

fn words(outlet: &Outlet) -> &'static Words {
    match outlet.language.as_str() {
        "zh" => &SIMPLIFIED,
        "zh-Hant" => &TRADITIONAL,
        _ => &ENGLISH,
    }
}

/// An article's page. The related stories are the outlet's four before it, so that the page
/// never changes once it is out.
pub(super) fn article(room: &Newsroom, outlet: &Outlet, article: &Article) -> String {
    let words = words(outlet);
    let date = room.published(article);
    let author = article.author.as_deref().unwrap_or(words.desk);
    let printed =
        if outlet.language == "en" { moment::english(date) } else { moment::chinese(date) };
    format!(
        r#"{head}<body>
{header}<div class="layout">
<main>
<article class="story">
<h1>{title}</h1>
<div class="meta"><span class="byline">{author}</span> <time datetime="{iso}">{printed}</time></div>
<div class="story-body">
{body}</div>
<div class="share"><a href="{url}?share=mail">E-mail</a> <a href="{url}?share=link">Link</a></div>
</article>
</main>
{related}</div>
{footer}</body>
</html>
"#,
        head = head(room, outlet, article),
        header = header(outlet, words),
        title = escape(&article.title),
        author = escape(author),
        iso = moment::rfc3339(date),
        body = paragraphs(article.paragraphs()),
        url = room.article_url(article),
        related = related(room, article, words),
        footer = footer(outlet, words),
    )
}

fn head(room: &Newsroom, outlet: &Outlet, article: &Article) -> String {
    let date = moment::rfc3339(room.published(article));
    let url = room.article_url(article);
    let card = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": date,
        "mainEntityOfPage": url,
        "publisher": { "@type": "Organization", "name": outlet.name },
    });
    format!(
        r#"<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="{charset}">
<title>{title} - {name}</title>
<meta property="og:type" content="article">
<meta property="og:title" content="{title}">
<meta property="article:published_time" content="{date}">
<link rel="canonical" href="{url}">
<script type="application/ld+json">{card}</script>
<style>body{{font-family:serif}} nav li{{display:inline}}</style>
</head>
"#,
        lang = outlet.language,
        charset = charset(outlet),
        title = escape(&article.title),
        name = escape(&outlet.name),
        // A headline cannot close the script.
        card = card.to_string().replace('<', "\\u003c"),
    )
}

fn header(outlet: &Outlet, words: &Words) -> String {
    let sections = joined(words.sections, |section| {
        format!("<li><a href=\"/{}/\">{section}</a></li>", outlet.id)
    });
    format!(
        "<header class=\"site\"><p class=\"brand\"><a href=\"/{id}/\">{name}</a></p>\n\
         <nav><ul>{sections}</ul></nav></header>\n\
         <div class=\"cookie-notice\">{cookies}</div>\n",
        id = outlet.id,
        name = escape(&outlet.name),
        cookies = words.cookies,
    )
}

fn related(room: &Newsroom, article: &Article, words: &Words) -> String {
    let earlier = room
        .cast
        .articles
        .iter()
        .rev()
        .skip_while(|other| other.slug != article.slug)
        .skip(1)
        .filter(|other| other.outlet == article.outlet)
        .take(4);
    let links = joined(earlier, |other| {
        let url = room.article_url(other);
        format!("<li><a href=\"{url}\">{}</a></li>\n", escape(&other.title))
    });
    format!(
        "<aside class=\"related\">\n<h2>{}</h2>\n<ul>\n{links}</ul>\n\
         <p class=\"newsletter\">{}</p>\n</aside>\n",
        words.related, words.newsletter
    )
}

fn footer(outlet: &Outlet, words: &Words) -> String {
    format!(
        "<footer><p>&copy; {name}. {tagline}. {rights}</p></footer>\n",
        name = escape(&outlet.name),
        tagline = escape(&outlet.tagline),
        rights = words.rights,
    )
}

/// What the page says of itself, which for the GB18030 outlet is not the whole truth.
fn charset(outlet: &Outlet) -> &'static str {
    if outlet.format == Format::Rss2Gb18030 { "gb2312" } else { "utf-8" }
}

/// The list page: relative dates, site-relative links, and a second list that is not the news.
pub(super) fn list(
    room: &Newsroom,
    outlet: &Outlet,
    articles: &[&Article],
    now: Timestamp,
) -> String {
    let words = words(outlet);
    let items = joined(articles, |article| list_item(room, outlet, article, now));
    format!(
        r#"<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{name}</title>
</head>
<body>
{header}<div class="layout">
<ul class="news">
{items}</ul>
<aside><h2>热门标签</h2><ul class="hot"><li><a href="/{id}/">大模型</a></li><li><a href="/{id}/">具身智能</a></li></ul></aside>
</div>
<div class="pager"><a href="/{id}/list.html">1</a> <a href="/{id}/list.html?page=2">下一页</a></div>
{footer}</body>
</html>
"#,
        lang = outlet.language,
        id = outlet.id,
        name = escape(&outlet.name),
        header = header(outlet, words),
        footer = footer(outlet, words),
    )
}

fn list_item(room: &Newsroom, outlet: &Outlet, article: &Article, now: Timestamp) -> String {
    format!(
        "<li>\n<h3><a href=\"/{outlet}/{slug}.html\">{title}</a></h3>\n\
         <p class=\"summary\">{summary}</p>\n\
         <div class=\"foot\"><span class=\"tag\">快讯</span> \
         <span class=\"time\">{ago}</span></div>\n</li>\n",
        outlet = outlet.id,
        slug = article.slug,
        title = escape(&article.title),
        summary = escape(article.summary()),
        ago = moment::ago(room.published(article), now),
    )
}
