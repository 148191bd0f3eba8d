//! The page of one deal: what is known, who says so in which words, and how it came about.

use askama::Template;
use axum::extract::Path;
use axum::extract::RawQuery;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::response::Redirect;
use jiff::Timestamp;

use super::Site;
use super::answer::Paged;
use super::answer::Trouble;
use super::answer::page as html;
use super::api::deal_id;
use super::list::how_many;
use super::list::other_names;
use super::params::Params;
use super::show;
use super::show::Chip;
use super::show::Moment;
use super::show::Sum;
use super::show::Text;
use crate::query;
use crate::query::DealView;
use crate::query::History;
use crate::query::SourceRef;
use crate::query::Why;
use crate::query::Withdrawn;

mod facts;
mod story;

use facts::Disagreement;
use facts::Fact;
use facts::Shown;
use story::Chapter;
use story::Step;

/// Revisions told on the page, the latest; the API has all. A page must not grow with the log.
const CHAPTERS: usize = 50;

/// Articles linked on the page, the earliest; the API has all.
const ARTICLES: usize = 100;

#[derive(Template)]
#[template(path = "deal.html")]
struct DealPage {
    id: i64,
    title: String,
    target: Text,
    other_names: Vec<Text>,
    chip: Chip,
    kind: &'static str,
    round: Option<String>,
    amount: Option<Sum>,
    valuation: Option<Sum>,
    confidence: u8,
    doubts: Vec<&'static str>,
    sources: String,
    first_reported: Moment,
    updated: Moment,
    /// What is unusual about the record, one sentence each.
    notices: Vec<&'static str>,
    facts: Vec<Fact>,
    disagreements: Vec<Disagreement>,
    steps: Vec<Step>,
    days_to_close: Option<i64>,
    chapters: Vec<Chapter>,
    /// Revisions that are not told here.
    more_chapters: usize,
    articles: Vec<Article>,
    /// How many there are, those that are not linked here included.
    all_articles: usize,
    reasons: Vec<Text>,
}

/// An article that tells the deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Article {
    title: Text,
    /// Only addresses that a browser opens as a page.
    link: Option<String>,
    outlet: Text,
    class: &'static str,
    language: &'static str,
    at: Moment,
    main: bool,
}

impl Article {
    fn new(source: &SourceRef) -> Article {
        let title = if source.title.trim().is_empty() { "(no title)" } else { &source.title };
        Article {
            title: Text::new(title),
            link: source.url.as_deref().and_then(show::web_link),
            outlet: Text::new(&source.name),
            class: show::class_label(source.class),
            language: show::lang_label(source.lang),
            at: Moment::exact(source.at),
            main: source.main,
        }
    }
}

/// `GET /deals/{id}`; a merged deal leads to the one it became part of.
pub(super) async fn page(
    State(site): State<Site>,
    Path(asked): Path<String>,
    RawQuery(query): RawQuery,
) -> Paged {
    Params::read(query.as_deref(), &[])?;
    let id = deal_id(&asked)?;
    let found = site
        .ask(move |conn, _| {
            let Some(deal) = query::deal(conn, id, true)? else { return Ok(None) };
            // A merge leads elsewhere; its story is told there.
            Ok(Some((deal, query::history(conn, id)?, query::why(conn, id)?)))
        })
        .await?;
    let Some((deal, Some(history), Some(why))) = found else {
        return Err(Trouble::no_deal(&asked).into());
    };
    if deal.forwarded_from.is_some() {
        // Not for ever: a person can take a merge back.
        return Ok(Redirect::temporary(&format!("/deals/{}", deal.id)).into_response());
    }
    Ok(html(StatusCode::OK, &DealPage::new(&deal, &history, &why, (site.now)())))
}

impl DealPage {
    fn new(deal: &DealView, history: &History, why: &Why, now: Timestamp) -> DealPage {
        let target = Text::new(&deal.target);
        let valuation = deal.valuation.as_ref();
        DealPage {
            id: deal.id.0,
            title: format!("{}: {}", target.words, show::kind_label(deal.kind)),
            target,
            other_names: other_names(deal),
            chip: deal.status.into(),
            kind: show::kind_label(deal.kind),
            round: deal.round.map(show::round_label),
            amount: deal.amount.as_ref().map(|sum| Sum::of(sum, deal.amount_usd.as_ref())),
            valuation: valuation.map(|sum| Sum::valuation(sum, deal.valuation_usd.as_ref())),
            confidence: show::per_cent(deal.confidence),
            doubts: deal.doubts.iter().copied().map(show::doubt_label).collect(),
            sources: how_many(deal.source_count, "source"),
            first_reported: Moment::ago(deal.first_reported_at, now),
            updated: Moment::ago(deal.updated_at, now),
            notices: notices(deal),
            facts: facts::facts(deal),
            disagreements: facts::disagreements(deal),
            steps: deal.status_history.iter().map(|step| Step::new(deal, step)).collect(),
            days_to_close: history.days_to_close,
            chapters: history.episodes.iter().rev().take(CHAPTERS).map(Chapter::new).collect(),
            more_chapters: history.episodes.len().saturating_sub(CHAPTERS),
            articles: deal.sources.iter().take(ARTICLES).map(Article::new).collect(),
            all_articles: deal.sources.len(),
            reasons: Text::all(&why.reasons),
        }
    }
}

fn notices(deal: &DealView) -> Vec<&'static str> {
    let withdrawn = deal.withdrawn.map(|withdrawn| match withdrawn {
        Withdrawn::Dismissed => {
            "A person said that this is no deal. It is in no list and sends no alert."
        }
        Withdrawn::Removed => "No article tells this deal any more. It is kept for its history.",
    });
    let in_passing = "This deal is only known in passing: no article\u{2019}s news is about it.";
    withdrawn.into_iter().chain((!deal.main).then_some(in_passing)).collect()
}
