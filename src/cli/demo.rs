//! `dealwatch demo`: the main job in a minute, on a made-up newsroom.
//!
//! The newsroom is served on loopback; the ordinary daemon polls it, with its log in a temporary
//! folder. Nothing outside this machine is asked.

use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use anyhow::Context as _;
use serde_json::Value;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;
use tokio_util::sync::CancellationToken;

use super::context::now;
use super::deals;
use super::printer::Printer;
use crate::alert::notifier::terminal;
use crate::alert::settings::RouteSettings;
use crate::config::Config;
use crate::config::Loaded;
use crate::config::Log;
use crate::config::locate::Place;
use crate::daemon;
use crate::daemon::Options;
use crate::daemon::Shared;
use crate::domain::Selectors;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceId;
use crate::domain::SourceKind;
use crate::entity::EntityTable;
use crate::newsroom;
use crate::newsroom::Begin;
use crate::newsroom::Newsroom;
use crate::newsroom::OutletKind;
use crate::newsroom::OutletSource;
use crate::newsroom::Pace;
use crate::query;
use crate::query::Request;
use crate::source::Registry;
use crate::store;

/// How often the end is looked for.
const LOOK: Duration = Duration::from_millis(100);
/// After the last release everything must have arrived within this time.
const PATIENCE: Duration = Duration::from_mins(1);
/// Chinese outlets print local time without a zone.
const CHINA_MINUTES: i16 = 480;

/// Arguments of `dealwatch demo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How fast the stories appear: 1 is a minute, 0.1 six seconds, 0 all at once.
    #[arg(long, default_value = "1", value_parser = pace)]
    pace: Pace,
    /// End after the last story, with a summary.
    #[arg(long)]
    once: bool,
    /// How the summary is printed.
    #[arg(long, value_enum, default_value = "table")]
    format: Summary,
    /// The port of the pages; 0 takes a free one.
    #[arg(long, default_value_t = 8650)]
    port: u16,
    /// Only serve the newsroom, for tests: its address is the first line printed.
    #[arg(long, hide = true)]
    newsroom: bool,
}

/// How the summary is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Summary {
    /// For people.
    Table,
    /// Deals, alerts and counts as one JSON document.
    Json,
}

fn pace(text: &str) -> Result<Pace, String> {
    text.parse().ok().and_then(Pace::new).ok_or_else(|| "a number from 0 to 3600".to_owned())
}

/// Runs the demo.
pub fn run(args: &Args, printer: &mut Printer) -> anyhow::Result<u8> {
    let level = "warn".to_owned();
    super::run::log(&Log { level, ..Log::default() })?;
    super::run::block_on(demo(args, printer))?
}

async fn demo(args: &Args, printer: &mut Printer) -> anyhow::Result<u8> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("cannot listen on loopback")?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let began = Instant::now();
    let begin =
        if args.pace == Pace::ALL_AT_ONCE { Begin::AtStart } else { Begin::AfterFirstReads };
    let settings =
        newsroom::Settings { pace: args.pace, begin, base_url: base_url.clone(), started: now() };
    let newsroom = Arc::new(Newsroom::new(newsroom::cast(), settings, move || began.elapsed()));
    let stop = CancellationToken::new();
    if args.newsroom {
        printer.line(&base_url)?;
        printer.flush()?;
        newsroom.serve(listener, stop).await?;
        return Ok(super::EXIT_DONE);
    }
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let loaded = loaded(args, &newsroom, folder.path())?;
    let options = Options { alert_backlog: begin == Begin::AtStart, surroundings: None };
    let (ready, shared) = tokio::sync::oneshot::channel();
    let daemon = daemon::run(loaded, options, stop.clone(), |shared| {
        drop(ready.send(Arc::clone(shared)));
    });
    let serve = Arc::clone(&newsroom).serve(listener, stop.clone());
    let show = async {
        let shown = match shared.await {
            Ok(shared) => show(args, &newsroom, &shared, printer).await,
            // The daemon's own error says why.
            Err(_) => Ok(super::EXIT_FAILED),
        };
        stop.cancel();
        shown
    };
    let (ran, served, shown) = tokio::join!(daemon, serve, show);
    ran?;
    served.context("the newsroom stopped")?;
    shown
}

/// What happens while the daemon runs: alerts print themselves.
async fn show(
    args: &Args,
    newsroom: &Newsroom,
    shared: &Arc<Shared>,
    printer: &mut Printer,
) -> anyhow::Result<u8> {
    let address = shared.address().map(|address| format!("http://{address}/"));
    if args.format == Summary::Table {
        printer.say("Six made-up outlets publish for a minute; alerts appear as they come.")?;
        if let Some(address) = &address {
            printer.say(&format!("Pages: {address}\n"))?;
        }
    }
    let all_in = tokio::select! {
        ended = all_in(newsroom, shared) => ended?,
        asked = asked_to_stop() => return asked.map(|()| super::EXIT_DONE),
    };
    summary(args, shared, printer).await?;
    if !all_in {
        printer.say("Not everything arrived in time; this is a bug.")?;
        return Ok(super::EXIT_FAILED);
    }
    if args.once {
        return Ok(super::EXIT_DONE);
    }
    let database = shared.store.path().parent().map(|dir| dir.display().to_string());
    printer.say(&format!(
        "\nThat was all. Until you press Ctrl-C the log can be asked in another terminal:\n  \
         dealwatch --data-dir {dir} deals kind:acquisition\n  \
         dealwatch --data-dir {dir} deal history 1\n  \
         dealwatch --data-dir {dir} search 融资\n\
         and on {address}\nFor the real thing: dealwatch config init, dealwatch run.",
        dir = database.unwrap_or_default(),
        address = address.unwrap_or_default(),
    ))?;
    asked_to_stop().await.map(|()| super::EXIT_DONE)
}

/// Waits for SIGINT or SIGTERM, so that either way the temporary folder goes.
async fn asked_to_stop() -> anyhow::Result<()> {
    let mut term = signal(SignalKind::terminate()).context("cannot receive SIGTERM")?;
    tokio::select! {
        asked = tokio::signal::ctrl_c() => asked.context("cannot receive SIGINT"),
        _ = term.recv() => Ok(()),
    }
}

/// Waits until everything is released, polled, read and delivered.
async fn all_in(newsroom: &Newsroom, shared: &Arc<Shared>) -> anyhow::Result<bool> {
    while !newsroom.progress().is_over() {
        tokio::time::sleep(LOOK).await;
    }
    let (over, began) = (now(), Instant::now());
    // A source that was never asked has no state yet.
    let sources = shared.active().registry.enabled().count();
    while began.elapsed() < PATIENCE {
        let quiet = shared
            .store
            .read(move |conn| {
                let states = store::source::load_states(conn)?;
                let polled = states.len() >= sources
                    && states.iter().all(|(_, state)| state.polled_at.is_some_and(|at| at > over));
                let wanted = store::wanted::next_due(conn)?.is_some();
                let owed = store::outbox::next_due(conn)?.is_some();
                Ok(polled && !wanted && !owed)
            })
            .await?;
        if quiet {
            return Ok(true);
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(false)
}

async fn summary(args: &Args, shared: &Arc<Shared>, printer: &mut Printer) -> anyhow::Result<()> {
    let rates = deals::rates()?;
    let (found, sent, articles) = shared
        .store
        .read(move |conn| {
            let mut found = Vec::new();
            let request = Request { evidence: true, ..Request::default() };
            query::each_deal(conn, &request, &deals::asking(&rates), |deal| {
                found.push(deal);
                Ok::<(), store::StoreError>(())
            })?;
            let sent = store::outbox::deliveries(conn, u32::MAX)?;
            Ok((found, sent, store::article::count(conn)?))
        })
        .await?;
    let told: usize = found.iter().map(|deal| deal.sources.len()).sum();
    let delivered = sent.iter().filter(|delivery| delivery.ok);
    let mut keys: Vec<&str> =
        delivered.clone().map(|delivery| delivery.message.idempotency_key.as_str()).collect();
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    let twice = count - keys.len();
    if args.format == Summary::Json {
        let alerts: Vec<Value> = delivered
            .map(|delivery| {
                json!({
                    "deal": delivery.message.deal,
                    "reason": delivery.message.reason,
                    "key": delivery.message.idempotency_key,
                    "at": delivery.at,
                })
            })
            .collect();
        let counts = json!({
            "articles": articles, "deals": found.len(), "mentions": told,
            "alerts": count, "twice": twice,
        });
        let document = json!({ "deals": found, "alerts": alerts, "counts": counts });
        printer.line(&serde_json::to_string_pretty(&document)?)?;
    } else {
        printer.line("")?;
        deals::print(&found, super::Format::Table, printer)?;
        printer.line(&format!(
            "\n{articles} articles read, {} deals found, {told} mentions merged into them, {count} \
             alerts sent, {twice} sent twice",
            found.len()
        ))?;
    }
    Ok(printer.flush()?)
}

/// What a configuration would say of the newsroom's outlets.
fn loaded(args: &Args, newsroom: &Newsroom, folder: &std::path::Path) -> anyhow::Result<Loaded> {
    let mut config = Config::default();
    config.http.allow_private_addresses = true;
    // All outlets are one host here, and it is ours.
    config.fetch.host_gap_ms = 0;
    config.fetch.host_daily_budget = 0;
    config.web.listen.set_port(args.port);
    // With JSON as the data, alerts are talk.
    let stream = match args.format {
        Summary::Table => terminal::Stream::Stdout,
        Summary::Json => terminal::Stream::Stderr,
    };
    config.receiver.terminal.push(terminal::Settings { name: "terminal".to_owned(), stream });
    config.route.push(RouteSettings {
        name: "ai-deals".to_owned(),
        filter: Some("ai:true".to_owned()),
        sources: false,
        receivers: vec!["terminal".to_owned()],
        wait_secs: 1,
    });
    let sources = newsroom.sources().into_iter().map(source).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Loaded {
        config,
        place: None,
        data_dir: Place { path: folder.to_owned(), by: "demo".to_owned() },
        catalogues: Vec::new(),
        registry: Registry::new(sources),
        entities: EntityTable::shipped().clone(),
        warnings: Vec::new(),
    })
}

/// An outlet as a source; asked every second, since it is ours.
fn source(outlet: OutletSource) -> anyhow::Result<Source> {
    let chinese = outlet.language.starts_with("zh");
    Ok(Source {
        id: SourceId(outlet.id),
        name: outlet.name,
        kind: match outlet.kind {
            OutletKind::Feed => SourceKind::Feed,
            OutletKind::Page => SourceKind::Page,
        },
        url: outlet.url.parse().context("the newsroom has an odd address")?,
        language: outlet.language.get(..2).and_then(|lang| lang.parse().ok()),
        country: Some(outlet.country),
        class: class(outlet.class),
        every_secs: 1,
        enabled: true,
        utc_offset_minutes: chinese.then_some(CHINA_MINUTES),
        allow_private: false,
        selectors: outlet.selectors.map(|selectors| Selectors {
            item: selectors.item.to_owned(),
            title: Some(selectors.title.to_owned()),
            link: Some(selectors.link.to_owned()),
            date: Some(selectors.time.to_owned()),
            summary: Some(selectors.summary.to_owned()),
        }),
        notes: None,
        recipe: crate::domain::Recipe::default(),
    })
}

fn class(class: newsroom::Class) -> SourceClass {
    match class {
        newsroom::Class::Company => SourceClass::Company,
        newsroom::Class::Wire => SourceClass::Wire,
        newsroom::Class::Media => SourceClass::Media,
        newsroom::Class::Aggregator => SourceClass::Aggregator,
    }
}
