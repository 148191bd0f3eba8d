//! The one thread that writes.

use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::thread::JoinHandle;

use rusqlite::Connection;
use rusqlite::Transaction;
use rusqlite::TransactionBehavior;
use tokio::sync::mpsc;
use tokio::sync::oneshot;

use super::StoreError;

/// Changes that wait for the writer; each caller waits for its own, so more would only hide that
/// the disk is slow.
const QUEUE: usize = 64;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The sending end, and the thread. Dropping it finishes what is queued and closes the file.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(mut conn: Connection) -> Result<Writer, StoreError> {
        let (jobs, mut queue) = mpsc::channel::<Job>(QUEUE);
        let work = move || {
            while let Some(job) = queue.blocking_recv() {
                job(&mut conn);
            }
        };
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(work)
            .map_err(|source| StoreError::Thread { source })?;
        Ok(Writer { jobs: Some(jobs), thread: Some(thread) })
    }

    pub(super) async fn write<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        F: FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let (job, answer) = job(|conn| transact(conn, change));
        self.jobs()?.send(job).await.map_err(|_| StoreError::Stopped)?;
        answer.await.map_err(|_| StoreError::Stopped)?
    }

    pub(super) fn write_blocking<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        F: FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let (job, answer) = job(|conn| transact(conn, change));
        self.jobs()?.blocking_send(job).map_err(|_| StoreError::Stopped)?;
        answer.blocking_recv().map_err(|_| StoreError::Stopped)?
    }

    pub(super) async fn ping(&self) -> Result<(), StoreError> {
        let (job, answer) = job(|conn| ping(conn));
        self.jobs()?.send(job).await.map_err(|_| StoreError::Stopped)?;
        answer.await.map_err(|_| StoreError::Stopped)?
    }

    fn jobs(&self) -> Result<&mpsc::Sender<Job>, StoreError> {
        self.jobs.as_ref().ok_or(StoreError::Stopped)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        let Some(thread) = self.thread.take() else { return };
        // The last clone of the store can die inside a change, on the writer's own thread.
        if thread.thread().id() != std::thread::current().id() {
            drop(thread.join());
        }
    }
}

/// Packs work with the way back for its result. The receiver may be gone: the change stands.
fn job<T, F>(work: F) -> (Job, oneshot::Receiver<Result<T, StoreError>>)
where
    F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    T: Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let job = move |conn: &mut Connection| {
        let result = catch_unwind(AssertUnwindSafe(|| work(conn)));
        drop(reply.send(result.unwrap_or(Err(StoreError::Panicked))));
    };
    (Box::new(job), answer)
}

/// A transaction that is not committed is undone when it is dropped, also by a panic.
fn transact<T>(
    conn: &mut Connection,
    change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = change(&tx)?;
    tx.commit()?;
    tracing::debug!("Committed");
    Ok(value)
}

/// Reads the file's header.
pub(super) fn ping(conn: &Connection) -> Result<(), StoreError> {
    let _: i64 = conn.pragma_query_value(None, "schema_version", |row| row.get(0))?;
    Ok(())
}
