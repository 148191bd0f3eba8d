//! What the daemon's tasks share, and what they do on request.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::PoisonError;
use std::sync::RwLock;

use anyhow::Context;
use serde_json::Value;
use serde_json::json;
use tokio::sync::Notify;
use tokio::sync::mpsc;
use tokio::sync::oneshot;
use url::Url;

use super::control::Request;
use super::now;
use super::poller::Order;
use super::reading::Desk;
use crate::alert::notifier::Notifier;
use crate::config;
use crate::config::Loaded;
use crate::config::locate::Surroundings;
use crate::entity;
use crate::fetch;
use crate::fetch::Fetcher;
use crate::http;
use crate::pipeline::Knowledge;
use crate::pipeline::Pipeline;
use crate::source::Registry;
use crate::store;
use crate::store::Store;
use crate::web;

/// How a daemon runs, beside its configuration.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A source's first poll alerts too.
    pub alert_backlog: bool,
    /// Where a reload looks for the configuration; `None` refuses to reload.
    pub surroundings: Option<Surroundings>,
}

/// What a reload replaces as a whole.
pub struct Active {
    /// Every source.
    pub registry: Registry,
    /// The parts in their order.
    pub pipeline: Pipeline,
    /// Every receiver.
    pub notifiers: Vec<Arc<Notifier>>,
    /// Where people reach the pages.
    pub public_url: Option<Url>,
    /// Requests under way at once.
    pub parallel: usize,
}

/// What the daemon's tasks share.
pub struct Shared {
    /// The log.
    pub store: Store,
    /// Asks sources.
    pub fetcher: Fetcher,
    /// Asks receivers; the operator named them, so they may be on the private network.
    pub poster: http::Client,
    /// Where documents are read.
    pub desk: Desk,
    /// How it runs.
    pub options: Options,
    /// Wakes the task that fetches wanted pages.
    pub pages_wanted: Notify,
    /// Wakes the task that delivers.
    pub messages_owed: Notify,
    /// Wakes the poller after a reload.
    pub sources_changed: Notify,
    /// Wakes the poller after a page: its host may have been in the way of a source.
    pub page_done: Notify,
    orders: mpsc::Sender<Order>,
    active: RwLock<Arc<Active>>,
    address: Option<SocketAddr>,
}

impl Shared {
    /// Makes everything ready; the log's copy of the sources is brought up to date.
    pub async fn new(
        loaded: Loaded,
        options: Options,
        store: Store,
        orders: mpsc::Sender<Order>,
        address: Option<SocketAddr>,
    ) -> anyhow::Result<Arc<Shared>> {
        let client = http::Client::new(&loaded.config.http)?;
        let poster = http::Client::new(&http::Settings {
            allow_private_addresses: true,
            ..loaded.config.http.clone()
        })?;
        let kept = store.read(store::source::load_hosts).await?;
        let paused = kept.iter().map(|host| (host.host.clone(), host.not_before));
        let mut hosts = crate::source::Hosts::paused(paused, now());
        for host in &kept {
            hosts.set_spent(&host.host, host.day, host.requests);
        }
        let budget = loaded.config.fetch.budget();
        let hosts = fetch::Hosts::new(hosts, budget, Arc::new(now));
        let active = activate(loaded, store.clone(), address)?;
        sync(&store, &active.registry).await?;
        Ok(Arc::new(Shared {
            fetcher: Fetcher::new(client, hosts),
            poster,
            desk: Desk::default(),
            options,
            pages_wanted: Notify::new(),
            messages_owed: Notify::new(),
            sources_changed: Notify::new(),
            page_done: Notify::new(),
            orders,
            active: RwLock::new(Arc::new(active)),
            address,
            store,
        }))
    }

    /// What is in force now.
    pub fn active(&self) -> Arc<Active> {
        Arc::clone(&self.active.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Where the web server listens.
    pub fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    /// What the pages are made of.
    pub fn site(&self) -> web::Site {
        let active = self.active();
        let rates = Arc::new(active.pipeline.knowledge().rates.clone());
        web::Site {
            public_url: active.public_url.clone(),
            ..web::Site::new(self.store.clone(), rates, entity::fold, now)
        }
    }

    /// Reads the configuration again; a wrong one is refused and the old one stays in force.
    pub async fn reload(&self) -> anyhow::Result<Value> {
        let around = self.options.surroundings.clone();
        let around = around.context("this daemon has no configuration to read again")?;
        let loaded = tokio::task::spawn_blocking(move || config::load(&around)).await??;
        let warnings = loaded.warnings.clone();
        let active = activate(loaded, self.store.clone(), self.address)?;
        sync(&self.store, &active.registry).await?;
        let sources = active.registry.enabled().count();
        *self.active.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(active);
        self.sources_changed.notify_one();
        self.messages_owed.notify_one();
        tracing::info!(sources, "Reloaded the configuration");
        Ok(json!({ "sources": sources, "warnings": warnings }))
    }

    /// Does what the control socket asks for.
    pub async fn obey(&self, request: Request, uid: Option<u32>) -> anyhow::Result<Value> {
        match request {
            Request::Ping => Ok(json!({
                "version": env!("CARGO_PKG_VERSION"),
                "pid": std::process::id(),
                "web": self.address,
            })),
            Request::Poll { sources } => {
                let (reply, answer) = oneshot::channel();
                let order = Order::Poll { sources, reply };
                self.orders.send(order).await.context("the poller is gone")?;
                Ok(serde_json::to_value(answer.await.context("the poller is gone")??)?)
            }
            Request::Revive { sources } => {
                anyhow::ensure!(!sources.is_empty(), "name the sources to be revived");
                let (reply, answer) = oneshot::channel();
                let order = Order::Revive { sources, reply };
                self.orders.send(order).await.context("the poller is gone")?;
                answer.await.context("the poller is gone")??;
                Ok(Value::Null)
            }
            Request::Ingest { documents } => {
                let pipeline = self.active().pipeline.clone();
                let work = move || super::ingest::settle(&pipeline, documents, now());
                let settled = tokio::task::spawn_blocking(work).await??;
                self.messages_owed.notify_one();
                Ok(Value::Array(settled))
            }
            Request::Replay { asked } => {
                let pipeline = self.active().pipeline.clone();
                let work = move || pipeline.replay_blocking(&asked, now());
                let run = tokio::task::spawn_blocking(work).await??;
                Ok(serde_json::to_value(run.context("`since` is no time: write 90d")?)?)
            }
            Request::Decide { who, decision } => {
                let who = uid.map_or_else(|| who.clone(), |uid| format!("{who} (uid {uid})"));
                let pipeline = self.active().pipeline.clone();
                let take = move || super::decisions::take(&pipeline, who, decision, now());
                let decided = tokio::task::spawn_blocking(take).await??;
                self.messages_owed.notify_one();
                Ok(serde_json::to_value(decided)?)
            }
            Request::Reload => self.reload().await,
        }
    }
}

/// Makes a configuration ready to be put in force.
fn activate(loaded: Loaded, store: Store, address: Option<SocketAddr>) -> anyhow::Result<Active> {
    let settings = loaded.config.alerts();
    let notifiers = Notifier::all(&settings.receivers)
        .into_iter()
        .map(|ready| ready.map(Arc::new).map_err(anyhow::Error::msg))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let knowledge = Knowledge {
        table: loaded.entities,
        rates: config::rates()?,
        routes: settings.routes(),
        watchers: settings.watchers(),
        silence: loaded.config.deals.silence(),
    };
    let own = address.and_then(|address| format!("http://{address}/").parse().ok());
    Ok(Active {
        registry: loaded.registry,
        pipeline: Pipeline::new(store, Arc::new(knowledge)),
        notifiers,
        public_url: loaded.config.web.public_url.clone().or(own),
        parallel: usize::from(loaded.config.fetch.parallel),
    })
}

async fn sync(store: &Store, registry: &Registry) -> anyhow::Result<()> {
    let sources = registry.all().to_vec();
    store.write(move |tx| store::source::sync(tx, &sources)).await?;
    Ok(())
}
