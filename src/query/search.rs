//! Full-text search over deals and articles.

use jiff::Timestamp;
use serde::Serialize;

use super::DealView;
use super::Request;
use super::deals;
use crate::domain::ArticleId;
use crate::domain::DealId;
use crate::domain::Filter;
use crate::domain::Lang;
use crate::domain::SourceId;
use crate::domain::filter::Clause;
use crate::domain::filter::Test;
use crate::store;
use crate::store::Context;
use crate::store::StoreError;
use crate::store::rusqlite::Connection;

/// What contains the words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hits {
    /// Deals whose parties, or whose articles, have all the words; the latest reported first.
    pub deals: Vec<DealView>,
    /// Articles that have all the words, the newest first, deals or none.
    pub articles: Vec<ArticleHit>,
}

/// An article that contains the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleHit {
    /// Its number in the log.
    pub article: ArticleId,
    /// Its source.
    pub source: SourceId,
    /// Its language.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: Option<String>,
    /// Published, else first seen.
    pub at: Timestamp,
    /// The deals it tells.
    pub deals: Vec<DealId>,
}

/// Searches for all the words of a text; words in quotes are a phrase.
pub fn search(
    conn: &Connection,
    text: &str,
    limit: u32,
    context: &Context<'_>,
) -> Result<Hits, StoreError> {
    let words = words(text);
    let clause = |word: &String| Clause { negated: false, test: Test::Text(word.clone()) };
    let filter = Filter { clauses: words.iter().map(clause).collect() };
    let request = Request { filter, limit, ..Request::default() };
    let found = if words.is_empty() { Vec::new() } else { deals(conn, &request, context)?.items };
    let folded: Vec<String> = words.iter().map(|word| (context.fold)(word)).collect();
    let articles = store::search::articles(conn, &folded, limit)?
        .into_iter()
        .map(|id| article(conn, id))
        .collect::<Result<_, _>>()?;
    Ok(Hits { deals: found, articles })
}

fn article(conn: &Connection, id: ArticleId) -> Result<ArticleHit, StoreError> {
    let stored = store::article::load(conn, id)?;
    let article = stored.article;
    Ok(ArticleHit {
        article: id,
        source: article.source,
        lang: article.lang,
        title: article.title,
        url: article.url.or(article.canonical_url),
        at: article.published.unwrap_or(stored.first_seen_at),
        deals: store::deal::of_article(conn, id)?,
    })
}

/// Words, and phrases between straight quotes; no other syntax. A text without letters or digits
/// is no word.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in text.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words.retain(|word| word.chars().any(char::is_alphanumeric));
    words
}
