//! One trial for people, a line for each step.

use super::Trial;
use super::trial::Item;
use super::trial::Read;
use crate::cli::deals::local;
use crate::cli::deals::words as plain_word;
use crate::cli::deals::zoned;
use crate::cli::printer::Printer;
use crate::domain::Mention;
use crate::domain::measure;
use crate::domain::one_line;
use crate::fetch::Seen;
use crate::query::plain;

/// Items with a deal that are shown beside the newest.
const DEALS_SHOWN: usize = 20;

/// Prints every step.
pub(super) fn one(trial: &Trial, items: usize, printer: &mut Printer) -> std::io::Result<()> {
    let source = &trial.source;
    let language = source.language.map(|lang| format!(", {lang}")).unwrap_or_default();
    let off = if source.enabled { "" } else { ", switched off" };
    let about = format!(
        "{}  {} ({}, {}{language}{off})",
        source.id, source.name, source.kind, source.class
    );
    printer.line(&one_line(&about))?;
    let mut steps = vec![("address", trial.address.clone())];
    if let Some(seen) = &trial.answer {
        answer(seen, &mut steps);
    }
    if let Some(read) = &trial.reading {
        reading(read, &mut steps);
    }
    if let Some(at) = trial.next_poll_at {
        let own = measure::span(source.every_secs.into());
        steps.push(("next poll", format!("{} (our own interval is {own})", zoned(at))));
    }
    let cost = format!(
        "{}, {} ms",
        measure::count(usize::try_from(trial.requests).unwrap_or(usize::MAX), "request"),
        trial.took_ms
    );
    steps.push(("cost", cost));
    steps.push(("verdict", verdict(trial)));
    if let Some(remedy) = trial.remedy {
        steps.push(("what to do", remedy.to_owned()));
    }
    for (step, words) in steps {
        printer.line(&format!("  {step:<11} {}", one_line(&words)))?;
    }
    match &trial.reading {
        Some(read) => articles(&read.articles, items, printer),
        None => Ok(()),
    }
}

fn verdict(trial: &Trial) -> String {
    match &trial.words {
        Some(words) => format!("{}: {words}", trial.verdict),
        None => trial.verdict.to_string(),
    }
}

fn answer(seen: &Seen, steps: &mut Vec<(&'static str, String)>) {
    for (status, to) in &seen.redirects {
        let lasting = if matches!(status, 301 | 308) { "for good" } else { "for now" };
        steps.push(("redirect", format!("{status} ({lasting}) to {to}")));
    }
    let kind = seen.content_type.as_deref().unwrap_or("no content type");
    let encoding = seen.encoding.as_deref().map_or_else(
        || "not compressed".to_owned(),
        |encoding| format!("{encoding}, {} unpacked", measure::size(seen.decoded)),
    );
    let size = measure::size(seen.transferred);
    steps.push(("answer", format!("{}, {kind}, {size} ({encoding})", seen.status)));
    let validators: Vec<&str> = [("ETag", &seen.etag), ("Last-Modified", &seen.last_modified)]
        .into_iter()
        .filter_map(|(name, value)| value.as_ref().map(|_| name))
        .collect();
    steps.push((
        "validators",
        if validators.is_empty() {
            "none: every poll costs the whole document".to_owned()
        } else {
            format!("{}: a poll without news costs almost nothing", validators.join(", "))
        },
    ));
    let stated = seen.cache_control.as_ref().or(seen.expires.as_ref());
    steps.push((
        "freshness",
        match (seen.fresh_secs, stated) {
            (Some(secs), Some(stated)) if secs > 0 => {
                format!("{} ({stated})", measure::span(secs))
            }
            (_, Some(stated)) => format!("none ({stated})"),
            (_, None) => "none stated".to_owned(),
        },
    ));
    if let Some(wait) = &seen.retry_after {
        steps.push(("asks to wait", wait.clone()));
    }
}

fn reading(read: &Read, steps: &mut Vec<(&'static str, String)>) {
    let reader = if read.lenient { "lenient reader" } else { "first reader" };
    let title = read.title.as_deref().map(|title| format!("“{title}”, ")).unwrap_or_default();
    steps.push(("reading", format!("{title}{} in {}, {reader}", read.form, read.encoding)));
    steps.extend(read.warnings.iter().map(|warning| ("  oddly", warning.clone())));
    let mut items = measure::count(read.items, "item");
    if let (Some(first), Some(last)) = (read.first, read.last) {
        items.extend([format!(", from {} to {}", zoned(first), zoned(last))]);
    }
    if read.undated > 0 {
        items.extend([format!(", {} without a date", read.undated)]);
    }
    steps.push(("items", items));
    let languages: Vec<String> =
        read.languages.iter().map(|(lang, count)| format!("{lang} {count}")).collect();
    if !languages.is_empty() {
        steps.push(("language", languages.join(", ")));
    }
    if let (Some(rhythm), Some(span)) = (read.rhythm_secs, read.span_secs) {
        let (rhythm, span) = (measure::span(rhythm), measure::span(span));
        steps.push(("rhythm", format!("an item every {rhythm}, the list reaches back {span}")));
    }
    let with = read.articles.iter().filter(|item| !item.deals.is_empty()).count();
    let deals = read.articles.iter().map(|item| item.deals.len()).sum();
    let deals = measure::count(deals, "deal");
    steps.push(("deals", format!("{deals} in {}", measure::count(with, "item"))));
}

fn articles(articles: &[Item], items: usize, printer: &mut Printer) -> std::io::Result<()> {
    let mut with_deals = 0;
    for (place, item) in articles.iter().enumerate() {
        with_deals += usize::from(!item.deals.is_empty());
        let shown = place < items || (!item.deals.is_empty() && with_deals <= DEALS_SHOWN);
        if !shown {
            continue;
        }
        let at = item.published.map_or_else(|| "no date         ".to_owned(), local);
        printer.line("")?;
        printer.line(&one_line(&format!("{at}  {}", item.title)))?;
        for deal in &item.deals {
            printer.line(&format!("                  {}", one_line(&deal_words(deal))))?;
        }
    }
    Ok(())
}

/// `funding, announced: Brelin AI, $30M, round a; confidence 0.93`
fn deal_words(deal: &Mention) -> String {
    let mut words = format!(
        "{}, {}: {}",
        plain_word(deal.kind.as_str()),
        plain_word(deal.status.as_str()),
        deal.target
    );
    if let Some(amount) = &deal.amount {
        words.extend([format!(", {}", plain::sum(amount))]);
    }
    if let Some(round) = deal.round {
        words.extend([format!(", round {round}")]);
    }
    if !deal.acquirers.is_empty() {
        words.extend([format!(", by {}", deal.acquirers.join(", "))]);
    }
    let aside = if deal.main { "" } else { "; told in passing" };
    let ai = if deal.ai { "" } else { "; not known as AI" };
    words.extend([format!("; confidence {:.2}{aside}{ai}", deal.confidence)]);
    words
}
