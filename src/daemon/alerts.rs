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
/// A message that is due but whose receiver is busy is not asked for in a tight loop.
const SHORTEST_SLEEP: Duration = Duration::from_millis(20);

/// Runs until stopped.
pub async fn run(shared: Arc<Shared>, stop: CancellationToken) -> anyhow::Result<()> {
    let mut busy: BTreeSet<String> = BTreeSet::new();
    let mut workers: JoinSet<(String, Result<(), StoreError>)> = JoinSet::new();
    loop {
        for notifier in &shared.active().notifiers {
            if busy.contains(notifier.name()) {
                continue;
            }
            let due = dispatch::due(&shared.store, notifier.name(), now()).await?;
            if !due.is_empty() {
                busy.insert(notifier.name().to_owned());
                workers.spawn(work(Arc::clone(&shared), Arc::clone(notifier), stop.clone()));
            }
        }
        let next = dispatch::until_next(&shared.store, now()).await?;
        let sleep = next.map_or(LONGEST_SLEEP, |wait| wait.clamp(SHORTEST_SLEEP, LONGEST_SLEEP));
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
