//! Rumours that nothing followed: time passes without an article that would say so.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::Pipeline;
use super::PipelineError;
use super::settle::Settled;
use super::step::Step;
use crate::domain::ArticleId;
use crate::domain::Cause;
use crate::domain::DealId;
use crate::store;

/// Deals in one transaction.
const BATCH: u32 = 100;

impl Pipeline {
    /// Looks at the next deals after `after` that have been silent for too long and writes what
    /// became of them, each as a revision of the clock; nobody is told.
    ///
    /// Returns the last deal it looked at; `None` when there are no more.
    pub async fn expire(
        &self,
        after: DealId,
        now: Timestamp,
    ) -> Result<Option<DealId>, PipelineError> {
        let Some(silence) = self.knowledge.silence else { return Ok(None) };
        let Ok(heard) = now.checked_sub(silence) else { return Ok(None) };
        let silent =
            self.store.read(move |conn| store::deal::silent(conn, heard, after, BATCH)).await?;
        let Some((last, _)) = silent.last().cloned() else { return Ok(None) };
        let knowledge = Arc::clone(&self.knowledge);
        self.store
            .write(move |tx| {
                let cause = Cause::Clock;
                let step =
                    Step { tx, knowledge: &knowledge, cause, article: None, live: false, now };
                for block in silent.iter().map(|(_, block)| block) {
                    step.resolve(block, &BTreeMap::new(), &mut Settled::nothing(ArticleId(0)))?;
                }
                Ok(())
            })
            .await?;
        Ok(Some(last))
    }
}
