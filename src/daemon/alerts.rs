//! Delivers what is owed: receivers side by side, the messages of one in order.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::now;
use super::shared::Shared;
use crate::alert::dispatch;
use crate::alert::dispatch::Sender;
use crate::alert::notifier::Notifier;
use crate::store::StoreError;

/// Looks again after this time even if nothing woke it.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// Runs until stopped.
pub async fn run(shared: Arc<Shared>, stop: CancellationToken) -> anyhow::Result<()> {
    let mut busy: BTreeSet<String> = BTreeSet::new();
    let mut workers: JoinSet<(String, Result<(), StoreError>)> = JoinSet::new();
    loop {
        // Busy receivers are looked at again when their worker ends; receivers that left the
        // configuration are not looked at.
        let mut sleep = LONGEST_SLEEP;
        for notifier in &shared.active().notifiers {
            if busy.contains(notifier.name()) {
                continue;
            }
            match dispatch::until_next(&shared.store, notifier.name(), now()).await? {
                Some(wait) if wait.is_zero() => {
                    busy.insert(notifier.name().to_owned());
                    workers.spawn(work(Arc::clone(&shared), Arc::clone(notifier), stop.clone()));
                }
                Some(wait) => sleep = sleep.min(wait),
                None => {}
            }
        }
        tokio::select! {
            () = stop.cancelled() => break,
            Some(worked) = workers.join_next() => {
                let (receiver, outcome) = worked?;
                busy.remove(&receiver);
                outcome?;
            }
            () = shared.messages_owed.notified() => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
    // A delivery in flight is finished, so that the next start does not repeat it.
    while workers.join_next().await.is_some() {}
    Ok(())
}

/// Everything that is due for one receiver, in order; stops at the first that must wait.
async fn work(
    shared: Arc<Shared>,
    notifier: Arc<Notifier>,
    stop: CancellationToken,
) -> (String, Result<(), StoreError>) {
    let name = notifier.name().to_owned();
    let outcome = deliver(&shared, &notifier, &stop).await;
    (name, outcome)
}

async fn deliver(
    shared: &Arc<Shared>,
    notifier: &Notifier,
    stop: &CancellationToken,
) -> Result<(), StoreError> {
    let active = shared.active();
    let sender = Sender {
        store: &shared.store,
        client: &shared.poster,
        public_url: active.public_url.as_ref(),
        clock: &now,
    };
    for owed in dispatch::due(&shared.store, notifier.name(), now()).await? {
        if stop.is_cancelled() || !sender.deliver(notifier, owed).await? {
            break;
        }
    }
    Ok(())
}
