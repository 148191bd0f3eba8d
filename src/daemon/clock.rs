//! What only time brings: rumours that nothing followed expire, at the start and once a day.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::now;
use super::shared::Shared;
use crate::domain::DealId;

/// Between two looks.
const DAY: Duration = Duration::from_hours(24);

/// Runs until stopped.
pub async fn run(shared: Arc<Shared>, stop: CancellationToken) -> anyhow::Result<()> {
    loop {
        if let Err(error) = expire(&shared, &stop).await {
            tracing::warn!("Silent rumours are looked at again tomorrow: {error:#}");
        }
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(DAY) => {}
        }
    }
}

/// A batch after the other, so that other writers get their turn.
async fn expire(shared: &Shared, stop: &CancellationToken) -> anyhow::Result<()> {
    let pipeline = shared.active().pipeline.clone();
    let mut after = DealId(0);
    while let Some(last) = pipeline.expire(after, now()).await? {
        if stop.is_cancelled() {
            break;
        }
        after = last;
    }
    Ok(())
}
