//! The four feed formats, written out as publishers write them.

use jiff::Timestamp;
use serde_json::json;

use super::Article;
use super::Newsroom;
use super::Outlet;
use super::html::cdata;
use super::html::escape;
use super::html::joined;
use super::html::paragraphs;
use super::moment;

/// RSS 2.0 with the text in `content:encoded`. Links carry the campaign marks that such feeds
/// are full of; the identifier is the address without them.
pub(super) fn rss2(room: &Newsroom, outlet: &Outlet, articles: &[&Article]) -> String {
    let items = joined(articles, |article| rss2_item(room, article));
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{name}</title>
<link>{home}</link>
<description>{tagline}</description>
<language>en-gb</language>
{items}</channel>
</rss>
"#,
        name = escape(&outlet.name),
        home = home(room, outlet),
        tagline = escape(&outlet.tagline),
    )
}

fn rss2_item(room: &Newsroom, article: &Article) -> String {
    let url = room.article_url(article);
    format!(
        "<item>\n<title>{title}</title>\n<link>{url}?utm_source=rss&amp;utm_medium=feed</link>\n\
         <guid isPermaLink=\"true\">{url}</guid>\n<pubDate>{date}</pubDate>\n{author}\
         <description>{summary}</description>\n<content:encoded>{content}</content:encoded>\n\
         </item>\n",
        title = escape(&article.title),
        date = moment::rfc822(room.published(article)),
        author = creator(article),
        summary = cdata(article.summary()),
        content = cdata(&paragraphs(article.paragraphs())),
    )
}

/// RSS 2.0 whose declaration says GB2312; the bytes will be GB18030. The text stands in
/// `description`, the identifier is a number.
pub(super) fn rss2_gb(room: &Newsroom, outlet: &Outlet, articles: &[&Article]) -> String {
    let items = joined(articles, |article| rss2_gb_item(room, article));
    format!(
        r#"<?xml version="1.0" encoding="GB2312"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{name}</title>
<link>{home}</link>
<description>{tagline}</description>
<language>zh-cn</language>
{items}</channel>
</rss>
"#,
        name = escape(&outlet.name),
        home = home(room, outlet),
        tagline = escape(&outlet.tagline),
    )
}

fn rss2_gb_item(room: &Newsroom, article: &Article) -> String {
    format!(
        "<item>\n<title>{title}</title>\n<link>{url}</link>\n\
         <guid isPermaLink=\"false\">{outlet}-{slug}</guid>\n<pubDate>{date}</pubDate>\n\
         {author}<description>{content}</description>\n</item>\n",
        title = cdata(&article.title),
        url = room.article_url(article),
        outlet = article.outlet,
        slug = article.slug,
        date = moment::rfc822_east(room.published(article)),
        author = creator(article),
        content = cdata(&paragraphs(article.paragraphs())),
    )
}

/// RSS 1.0: the channel lists the items, the items stand beside it.
pub(super) fn rss1(room: &Newsroom, outlet: &Outlet, articles: &[&Article]) -> String {
    let list = joined(articles, |article| {
        format!("<rdf:li rdf:resource=\"{}\"/>\n", room.article_url(article))
    });
    let items = joined(articles, |article| rss1_item(room, article));
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="{home}">
<title>{name}</title>
<link>{home}</link>
<description>{tagline}</description>
<dc:language>zh-TW</dc:language>
<items>
<rdf:Seq>
{list}</rdf:Seq>
</items>
</channel>
{items}</rdf:RDF>
"#,
        name = escape(&outlet.name),
        home = home(room, outlet),
        tagline = escape(&outlet.tagline),
    )
}

fn rss1_item(room: &Newsroom, article: &Article) -> String {
    let url = room.article_url(article);
    format!(
        "<item rdf:about=\"{url}\">\n<title>{title}</title>\n<link>{url}</link>\n\
         <description>{content}</description>\n{author}<dc:date>{date}</dc:date>\n</item>\n",
        title = escape(&article.title),
        content = escape(&paragraphs(article.paragraphs())),
        author = creator(article),
        date = moment::rfc3339_east(room.published(article)),
    )
}

/// Atom 1.0 with a summary and the text as escaped HTML.
pub(super) fn atom(
    room: &Newsroom,
    outlet: &Outlet,
    articles: &[&Article],
    updated: Timestamp,
) -> String {
    let entries = joined(articles, |article| atom_entry(room, article));
    let home = home(room, outlet);
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-US">
<title>{name}</title>
<subtitle>{tagline}</subtitle>
<id>{home}</id>
<link rel="alternate" type="text/html" href="{home}"/>
<link rel="self" type="application/atom+xml" href="{home}feed.xml"/>
<updated>{updated}</updated>
{entries}</feed>
"#,
        name = escape(&outlet.name),
        tagline = escape(&outlet.tagline),
        updated = moment::rfc3339(updated),
    )
}

fn atom_entry(room: &Newsroom, article: &Article) -> String {
    let date = moment::rfc3339(room.published(article));
    let author = article.author.as_deref().map_or_else(String::new, |name| {
        format!("<author><name>{}</name></author>\n", escape(name))
    });
    format!(
        "<entry>\n<title type=\"html\">{title}</title>\n\
         <id>tag:{outlet}.example,2026:{slug}</id>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>\n\
         <published>{date}</published>\n<updated>{date}</updated>\n{author}\
         <summary type=\"text\">{summary}</summary>\n\
         <content type=\"html\">{content}</content>\n</entry>\n",
        // Escaped twice: the type says that the text is HTML.
        title = escape(&escape(&article.title)),
        outlet = article.outlet,
        slug = article.slug,
        url = room.article_url(article),
        summary = escape(article.summary()),
        content = escape(&paragraphs(article.paragraphs())),
    )
}

/// JSON Feed 1.1 with summaries alone.
pub(super) fn json(room: &Newsroom, outlet: &Outlet, articles: &[&Article]) -> String {
    let home = home(room, outlet);
    let items: Vec<_> = articles
        .iter()
        .map(|article| {
            let url = room.article_url(article);
            let authors: Vec<_> =
                article.author.iter().map(|name| json!({ "name": name })).collect();
            json!({
                "id": url,
                "url": url,
                "title": article.title,
                "summary": article.summary(),
                "content_text": article.summary(),
                "date_published": moment::rfc3339(room.published(article)),
                "authors": authors,
                "language": "en",
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "description": outlet.tagline,
        "home_page_url": home,
        "feed_url": format!("{home}feed.json"),
        "language": "en-US",
        "items": items,
    });
    format!("{feed:#}\n")
}

fn creator(article: &Article) -> String {
    article
        .author
        .as_deref()
        .map_or_else(String::new, |name| format!("<dc:creator>{}</dc:creator>\n", escape(name)))
}

fn home(room: &Newsroom, outlet: &Outlet) -> String {
    format!("{}/{}/", room.settings.base_url, outlet.id)
}
