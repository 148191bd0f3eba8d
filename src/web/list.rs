//! The page of deals: filter, rows, the way to older ones.

use askama::Template;
use axum::extract::RawQuery;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;

use super::Site;
use super::answer::Paged;
use super::answer::page as html;
use super::params::Params;
use super::params::query_string;
use super::show;
use super::show::Chip;
use super::show::Moment;
use super::show::Sum;
use super::show::Text;
use crate::domain::Filter;
use crate::domain::Lang;
use crate::domain::filter::FilterError;
use crate::domain::one_line;
use crate::query;
use crate::query::Cursor;
use crate::query::DealView;
use crate::query::Page;
use crate::query::Request;
use crate::query::Sort;

/// Deals on a page: a few screens on a telephone.
const ON_A_PAGE: u32 = 30;

/// Names shown in a row; the deal's own page has all.
const NAMES_IN_A_ROW: usize = 2;

/// Filters to begin with: what they ask, how they are named.
const STARTERS: &[(&str, &str)] = &[
    ("", "All"),
    ("since:7d", "Last 7 days"),
    ("kind:funding", "Funding"),
    ("kind:acquisition,merger,acquihire", "Acquisitions"),
    ("status:rumoured,in_talks,seeking", "Not announced yet"),
    ("amount~>=100M", "$100M and more"),
    ("lang:zh", "Told in Chinese"),
];

/// Orders a person can choose; the first is the one of the bare page.
const ORDERS: &[(Sort, &str)] = &[
    (Sort::Seen, "Newest"),
    (Sort::Updated, "Last changed"),
    (Sort::Amount, "Amount"),
    (Sort::Valuation, "Valuation"),
];

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage {
    filter: String,
    sort: &'static str,
    wrong: Option<Wrong>,
    starters: Vec<Choice>,
    orders: Vec<Choice>,
    rows: Vec<Row>,
    total: Option<u64>,
    /// The first page with the same filter, when this is a later one.
    first: Option<String>,
    older: Option<String>,
    api: String,
}

/// A link that may be the one in force.
struct Choice {
    href: String,
    label: &'static str,
    current: bool,
}

/// A filter that does not read, cut at the place.
#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    before: Text,
    marked: Text,
    after: Text,
    place: usize,
    message: Text,
}

/// A deal in short.
struct Row {
    id: i64,
    target: Text,
    other_names: Vec<Text>,
    chip: Chip,
    kind: &'static str,
    round: Option<String>,
    asset: Option<Text>,
    amount: Option<Sum>,
    sought: bool,
    valuation: Option<Sum>,
    who: Option<Who>,
    sources: String,
    languages: Vec<Language>,
    seen: Moment,
    confidence: u8,
    doubts: Vec<&'static str>,
    background: bool,
}

struct Language {
    code: &'static str,
    label: &'static str,
}

/// Those who pay, by the role that matters most.
struct Who {
    role: &'static str,
    names: Vec<Text>,
    more: usize,
}

/// `GET /?filter=&cursor=&sort=`
pub(super) async fn page(State(site): State<Site>, RawQuery(query): RawQuery) -> Paged {
    let params = Params::read(query.as_deref(), &["filter", "cursor", "sort"])?;
    let written = params.text("filter").unwrap_or_default().trim().to_owned();
    let cursor: Option<Cursor> =
        params.parsed("cursor", "go back to the first page and follow its links")?;
    let sort: Option<Sort> = params.parsed("sort", "use one of the links above the list")?;
    let sort = sort.unwrap_or(Sort::Seen);
    let filter: Filter = match written.parse() {
        Ok(filter) => filter,
        Err(error) => {
            let wrong = Wrong::new(&written, &error);
            let page = ListPage { wrong: Some(wrong), ..ListPage::new(&written, sort) };
            return Ok(html(StatusCode::BAD_REQUEST, &page));
        }
    };
    let request = Request {
        filter,
        sort,
        after: cursor,
        limit: ON_A_PAGE,
        count: cursor.is_none(),
        ..Request::default()
    };
    let found = site.ask(move |conn, context| query::deals(conn, &request, context)).await?;
    let page = ListPage::new(&written, sort).with(&found, cursor.is_some(), (site.now)());
    Ok(html(StatusCode::OK, &page))
}

impl ListPage {
    fn new(filter: &str, sort: Sort) -> ListPage {
        let link = |filter: &str, sort: Sort, path: &str| {
            let sort = if sort == Sort::Seen { "" } else { sort.as_str() };
            format!("{path}{}", query_string(&[("filter", filter), ("sort", sort)]))
        };
        let starter = |(starter, label): &(&str, &'static str)| Choice {
            href: link(starter, sort, "/"),
            label,
            current: *starter == filter,
        };
        let order = |(order, label): &(Sort, &'static str)| Choice {
            href: link(filter, *order, "/"),
            label,
            current: *order == sort,
        };
        ListPage {
            filter: one_line(filter),
            sort: sort.as_str(),
            wrong: None,
            starters: STARTERS.iter().map(starter).collect(),
            orders: ORDERS.iter().map(order).collect(),
            rows: Vec::new(),
            total: None,
            first: None,
            older: None,
            api: link(filter, sort, "/api/v1/deals"),
        }
    }

    fn with(self, found: &Page<DealView>, later: bool, now: Timestamp) -> ListPage {
        let here = [("filter", self.filter.as_str()), ("sort", self.sort)];
        let older = found.next.map(|cursor| {
            let cursor = cursor.to_string();
            format!("/{}", query_string(&[here[0], here[1], ("cursor", &cursor)]))
        });
        let first = later.then(|| format!("/{}", query_string(&here)));
        let rows = found.items.iter().map(|deal| Row::new(deal, now)).collect();
        ListPage { rows, total: found.total, first, older, ..self }
    }
}

impl Wrong {
    fn new(written: &str, error: &FilterError) -> Wrong {
        let (start, end) = error.place();
        let cut = |from: usize, to: usize| {
            let part: String = written.chars().skip(from).take(to.saturating_sub(from)).collect();
            Text::new(&part)
        };
        Wrong {
            before: cut(0, start),
            marked: cut(start, end),
            after: cut(end, usize::MAX),
            place: start + 1,
            message: Text::new(error.message()),
        }
    }
}

impl Row {
    fn new(deal: &DealView, now: Timestamp) -> Row {
        let sought = deal.amount.is_none() && deal.target_amount.is_some();
        let amount = match (&deal.amount, &deal.target_amount) {
            (Some(amount), _) => Some(Sum::of(amount, deal.amount_usd.as_ref())),
            (None, Some(amount)) => Some(Sum::of(amount, None)),
            (None, None) => None,
        };
        let valuation = deal.valuation.as_ref();
        Row {
            id: deal.id.0,
            target: Text::new(&deal.target),
            other_names: other_names(deal),
            chip: deal.status.into(),
            kind: show::kind_label(deal.kind),
            round: deal.round.map(show::round_label),
            asset: deal.asset.as_deref().map(Text::new),
            amount,
            sought,
            valuation: valuation.map(|sum| Sum::valuation(sum, deal.valuation_usd.as_ref())),
            who: Who::new(deal),
            sources: how_many(deal.source_count, "source"),
            languages: languages(deal),
            seen: Moment::ago(deal.first_seen_at, now),
            confidence: show::per_cent(deal.confidence),
            doubts: deal.doubts.iter().copied().map(show::doubt_label).collect(),
            background: !deal.main,
        }
    }
}

impl Who {
    fn new(deal: &DealView) -> Option<Who> {
        let leads: Vec<&str> = deal
            .investors
            .iter()
            .filter(|investor| investor.lead)
            .map(|investor| investor.name.as_str())
            .collect();
        let (role, names): (_, Vec<&str>) = if !deal.acquirers.is_empty() {
            ("Buyer", deal.acquirers.iter().map(String::as_str).collect())
        } else if !leads.is_empty() {
            ("Lead", leads)
        } else {
            let names = deal.investors.iter().map(|investor| investor.name.as_str());
            (if deal.investors.len() == 1 { "Investor" } else { "Investors" }, names.collect())
        };
        if names.is_empty() {
            return None;
        }
        let more = names.len().saturating_sub(NAMES_IN_A_ROW);
        let names = names.into_iter().take(NAMES_IN_A_ROW).map(Text::new).collect();
        Some(Who { role, names, more })
    }
}

/// Printed names of the company beside the one that is shown, the other language first.
pub(super) fn other_names(deal: &DealView) -> Vec<Text> {
    let others = deal.target_names.iter().filter(|name| **name != deal.target);
    let mut others: Vec<&String> = others.collect();
    let same_script = |name: &str| name.is_ascii() == deal.target.is_ascii();
    others.sort_by_key(|name| same_script(name));
    others.into_iter().map(|name| Text::new(name)).collect()
}

fn languages(deal: &DealView) -> Vec<Language> {
    let told = |lang: Lang| deal.sources.iter().any(|source| source.lang == lang);
    Lang::ALL
        .iter()
        .copied()
        .filter(|lang| told(*lang))
        .map(|lang| Language { code: lang.as_str(), label: show::lang_label(lang) })
        .collect()
}

/// `1 source`, `3 sources`.
pub(super) fn how_many(count: u32, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_filter_is_cut_at_its_place() {
        let written = "智谱 stauts:announced x";
        let error = written.parse::<Filter>().unwrap_err();
        let wrong = Wrong::new(written, &error);
        assert_eq!(wrong.before, Text::new("智谱 "));
        assert_eq!(wrong.marked, Text::new("stauts"));
        assert_eq!(wrong.after, Text::new(":announced x"));
        assert_eq!(wrong.place, 4);
    }

    #[test]
    fn every_starter_is_a_filter() {
        for (filter, label) in STARTERS {
            assert!(filter.parse::<Filter>().is_ok(), "{label}: {filter}");
        }
    }
}
