//! `dealwatch deals`: the deals that satisfy a filter.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Format;
use super::context::Context;
use super::context::Refusal;
use super::context::now;
use super::printer::Printer;
use super::table::Table;
use crate::config;
use crate::domain::AsOf;
use crate::domain::Filter;
use crate::domain::Rates;
use crate::entity;
use crate::query;
use crate::query::DealView;
use crate::query::Request;
use crate::query::export;
use crate::query::plain;
use crate::store;
use crate::store::Store;
use crate::store::rusqlite::Connection;

/// Deals shown unless asked otherwise; the newest are what one looks for.
const LIMIT: u32 = 50;

/// Arguments of `dealwatch deals`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Filter: kind:funding status:announced amount>=100M round:b..d \
    investor:sequoia target:\"月之暗面\" ai:true lang:zh source:36kr since:7d conf>=0.8 word -word\n\
    A bare amount is in US dollars; amount>=1亿CNY names its own. `~>=` means possibly at least.")]
pub struct Args {
    /// Words of the filter language; all must hold.
    filter: Vec<String>,
    /// How to print them.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// At most so many.
    #[arg(long, default_value_t = LIMIT, conflicts_with = "all")]
    limit: u32,
    /// Every one of them.
    #[arg(long)]
    all: bool,
    /// As the log knew them then: 7d, 2026-03-09 (to its end, UTC) or 2026-03-09T14:30.
    #[arg(long, value_name = "TIME")]
    as_of: Option<AsOf>,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let filter = filter(&args.filter)?;
    let (_, log) = context.log()?;
    let rates = config::rates()?;
    let request = Request { filter, limit: args.limit, ..Request::default() };
    let mut deals: Vec<DealView> = Vec::new();
    at(&log, args.as_of, &rates, |conn, asking| {
        if args.all {
            return query::each_deal(conn, &request, asking, |deal| {
                deals.push(deal);
                Ok::<(), store::StoreError>(())
            });
        }
        deals = query::deals(conn, &request, asking)?.items;
        Ok(())
    })?;
    print(&deals, args.format, printer)?;
    if deals.is_empty() {
        printer.say("no deal satisfies this; `dealwatch doctor` says what the log holds")?;
        return Ok(super::EXIT_NOTHING);
    }
    Ok(super::EXIT_DONE)
}

/// The words of a command line as one filter.
pub fn filter(words: &[String]) -> anyhow::Result<Filter> {
    // The shell has taken the quotes off `target:"a b"`; they are put back.
    let quoted: Vec<String> = words.iter().map(|word| requoted(word)).collect();
    let text = quoted.join(" ");
    text.parse().map_err(|error| Refusal(format!("cannot read the filter: {error}")).into())
}

fn requoted(word: &str) -> String {
    match word.split_once(':') {
        Some((key, value))
            if value.contains(char::is_whitespace)
                && !value.contains('"')
                && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') =>
        {
            format!("{key}:\"{value}\"")
        }
        _ => word.to_owned(),
    }
}

/// What the store needs to know to answer.
pub fn asking(rates: &Rates) -> store::Context<'_> {
    store::Context { now: now(), rates, fold: entity::fold }
}

/// Asks the log as it is, or as it was.
pub fn at<T>(
    log: &Store,
    as_of: Option<AsOf>,
    rates: &Rates,
    ask: impl FnOnce(&Connection, &store::Context<'_>) -> Result<T, store::StoreError>,
) -> anyhow::Result<T> {
    let present = asking(rates);
    let Some(as_of) = as_of else {
        return Ok(log.read_blocking(|conn| ask(conn, &present))?);
    };
    let past = store::Context { now: as_of.at(present.now), ..present };
    Ok(log.read_past_blocking(&past, |conn| ask(conn, &past))?)
}

/// Prints deals.
pub fn print(deals: &[DealView], format: Format, printer: &mut Printer) -> anyhow::Result<()> {
    match format {
        Format::Json => export::json(printer.out(), deals)?,
        Format::Jsonl => {
            for deal in deals {
                export::jsonl(printer.out(), deal)?;
            }
        }
        Format::Csv => {
            export::csv_heading(printer.out())?;
            for deal in deals {
                export::csv_deal(printer.out(), deal)?;
            }
        }
        Format::Table => {
            if !deals.is_empty() {
                printer.table(&table(deals), false)?;
            }
        }
    }
    Ok(())
}

fn table(deals: &[DealView]) -> Table {
    let head =
        ["ID", "REPORTED", "TARGET", "KIND", "STATUS", "ROUND", "AMOUNT", "VALUED AT", "BY", "SRC"];
    let mut table = Table::new(&head).keeping(&["ID", "REPORTED", "AMOUNT", "VALUED AT", "SRC"]);
    for deal in deals {
        table.row([
            deal.id.to_string(),
            day(deal.first_reported_at),
            deal.target.clone(),
            words(deal.kind.as_str()),
            words(deal.status.as_str()),
            deal.round.map(|round| round.to_string()).unwrap_or_default(),
            deal.amount.as_ref().map(plain::sum).unwrap_or_default(),
            deal.valuation.as_ref().map(|v| plain::sum(&v.amount())).unwrap_or_default(),
            by(deal),
            format!("{}{}", deal.source_count, languages(deal)),
        ]);
    }
    table
}

/// A word of the interface for people.
pub fn words(word: &str) -> String {
    word.replace('_', " ")
}

/// A time in the zone of this machine, to the minute.
pub fn local(at: Timestamp) -> String {
    let at = TimeZone::system().to_datetime(at);
    format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
}

/// As [`local`], with the zone.
pub fn zoned(at: Timestamp) -> String {
    let zone = TimeZone::system();
    format!("{} {}", local(at), zone.to_offset_info(at).abbreviation())
}

/// A day in the zone of this machine.
pub fn day(at: Timestamp) -> String {
    TimeZone::system().to_datetime(at).date().to_string()
}

/// Who buys, or who leads, or who invests.
fn by(deal: &DealView) -> String {
    if !deal.acquirers.is_empty() {
        return deal.acquirers.join(", ");
    }
    plain::investors(&deal.investors)
}

/// ` en zh` when both tell it.
fn languages(deal: &DealView) -> String {
    let mut languages: Vec<&str> = deal.sources.iter().map(|source| source.lang.as_str()).collect();
    languages.sort_unstable();
    languages.dedup();
    if languages.len() > 1 { format!(" {}", languages.join("+")) } else { String::new() }
}

/// The shipped rates, shared.
pub fn rates() -> anyhow::Result<Arc<Rates>> {
    Ok(Arc::new(config::rates()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_that_the_shell_took_are_put_back() {
        assert_eq!(requoted("target:Harbour Systems"), "target:\"Harbour Systems\"");
        assert_eq!(requoted("kind:funding"), "kind:funding");
        assert_eq!(requoted("新一轮"), "新一轮");
    }
}
