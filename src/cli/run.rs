//! `dealwatch run`: the daemon.

use std::sync::Arc;

use anyhow::Context as _;
use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use super::context::Context;
use crate::config::Log;
use crate::config::LogFormat;
use crate::daemon;
use crate::daemon::Options;
use crate::daemon::Shared;

/// Arguments of `dealwatch run`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Alert about what a source's first poll brings, too.
    #[arg(long)]
    alert_backlog: bool,
}

/// Runs the daemon until SIGTERM or SIGINT.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let loaded = context.load()?;
    log(&loaded.config.log)?;
    for warning in &loaded.warnings {
        tracing::warn!("{warning}");
    }
    tracing::info!("Configuration: {}; data: {}", loaded.config_words(), loaded.data_words());
    let options = Options {
        alert_backlog: args.alert_backlog,
        surroundings: Some(context.surroundings().clone()),
    };
    let stop = CancellationToken::new();
    let outcome = block_on(async {
        let (shared, running) = oneshot::channel();
        let daemon = daemon::run(loaded, options, stop.clone(), |ready| {
            if let Some(address) = ready.address() {
                tracing::info!("Pages on http://{address}/");
            }
            // Without a listener signals still stop the daemon; they only cannot reload it.
            drop(shared.send(Arc::clone(ready)));
        });
        tokio::select! {
            outcome = daemon => outcome,
            failed = watch_signals(running, stop.clone()) => failed,
        }
    })?;
    outcome.map(|()| super::EXIT_DONE)
}

/// SIGTERM and SIGINT stop, SIGHUP reloads. Ends if signals cannot be received, and with the second
/// that stops.
async fn watch_signals(
    running: oneshot::Receiver<Arc<Shared>>,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let mut term = signal(SignalKind::terminate()).context("cannot receive SIGTERM")?;
    let mut int = signal(SignalKind::interrupt()).context("cannot receive SIGINT")?;
    let mut hup = signal(SignalKind::hangup()).context("cannot receive SIGHUP")?;
    let mut running = Some(running);
    let mut shared = None;
    loop {
        if stop.is_cancelled() {
            tokio::select! {
                _ = term.recv() => {}
                _ = int.recv() => {}
            }
            anyhow::bail!("stopped at once on a second signal");
        }
        tokio::select! {
            _ = term.recv() => tracing::info!("Stopping on SIGTERM"),
            _ = int.recv() => tracing::info!("Stopping on SIGINT"),
            _ = hup.recv() => {
                if let Some(running) = running.take() {
                    shared = running.await.ok();
                }
                if let Some(shared) = &shared
                    && let Err(error) = Shared::reload(shared).await
                {
                    tracing::error!("The configuration was not reloaded: {error:#}");
                }
                continue;
            }
        }
        stop.cancel();
    }
}

/// One thread per core, as tokio does by itself; reading documents has threads of its own.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")
}

/// Runs a command's own requests to their end, and waits for nothing else: the look-up of a name
/// may block a thread for as long as the system's resolver likes.
pub fn block_on<T>(work: impl Future<Output = T>) -> anyhow::Result<T> {
    let runtime = runtime()?;
    let done = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(done)
}

/// Log lines go to standard error; alerts to standard output.
pub fn log(settings: &Log) -> anyhow::Result<()> {
    let filter = std::env::var("DEALWATCH_LOG").unwrap_or_else(|_| settings.level.clone());
    let filter = EnvFilter::try_new(&filter)
        .with_context(|| format!("log.level: `{filter}` is no level and no filter"))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match settings.format {
        // systemd adds the time.
        LogFormat::Text if std::env::var_os("JOURNAL_STREAM").is_some() => {
            lines.without_time().with_ansi(false).with_target(false).try_init()
        }
        LogFormat::Text => lines.with_ansi(false).with_target(false).try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("cannot start the log: {error}"))
}
