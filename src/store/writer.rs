//! The one thread that writes.
//!
//! Changes that may be repeated and wait at the same time share a transaction, and with it the
//! commit, which costs more than what most of them write. Each caller hears of its change after
//! the commit, as if it had been alone; if one of them fails, each is made again on its own.

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

/// Changes that share a transaction: others do not wait for longer than a few hundred milliseconds.
const TOGETHER: usize = 32;

/// What waits for the writer.
enum Job {
    Alone(Box<dyn FnOnce(&mut Connection) + Send>),
    Together(Box<dyn Change>),
}

/// A change that may be made again after it was undone.
trait Change: Send {
    fn make(&mut self, tx: &Transaction<'_>) -> Result<(), StoreError>;
    /// Tells the caller. The receiver may be gone: the change stands.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Repeatable<T, F> {
    change: F,
    made: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Change for Repeatable<T, F>
where
    F: Fn(&Transaction<'_>) -> Result<T, StoreError> + Send,
    T: Send,
{
    fn make(&mut self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        self.made = Some((self.change)(tx)?);
        Ok(())
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let made = self.made.ok_or(StoreError::Stopped);
        drop(self.reply.send(committed.and(made)));
    }
}

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
                work_off(&mut conn, job, &mut queue);
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

    pub(super) async fn write_together<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        F: Fn(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Job::Together(Box::new(Repeatable { change, made: None, reply }));
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
    (Job::Alone(Box::new(job)), answer)
}

/// Does a job, and with it those behind it that can share its transaction.
fn work_off(conn: &mut Connection, job: Job, queue: &mut mpsc::Receiver<Job>) {
    let mut together = match job {
        Job::Alone(work) => return work(conn),
        Job::Together(change) => vec![change],
    };
    let mut next = None;
    while together.len() < TOGETHER && next.is_none() {
        match queue.try_recv() {
            Ok(Job::Together(change)) => together.push(change),
            Ok(Job::Alone(work)) => next = Some(work),
            Err(_empty) => break,
        }
    }
    make(conn, together);
    if let Some(work) = next {
        work(conn);
    }
}

/// Makes changes in one transaction, or, if that fails, each in its own.
fn make(conn: &mut Connection, mut changes: Vec<Box<dyn Change>>) {
    let made = attempt(conn, &mut changes);
    if made.is_err() && changes.len() > 1 {
        for change in changes {
            make(conn, vec![change]);
        }
        return;
    }
    let mut made = Some(made);
    for change in changes {
        // More than one are answered only if all were made.
        change.answer(made.take().unwrap_or(Ok(())));
    }
}

fn attempt(conn: &mut Connection, changes: &mut [Box<dyn Change>]) -> Result<(), StoreError> {
    let all = |tx: &Transaction<'_>| changes.iter_mut().try_for_each(|change| change.make(tx));
    catch_unwind(AssertUnwindSafe(|| transact(conn, all))).unwrap_or(Err(StoreError::Panicked))
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
