//! A few read-only connections, lent out one question at a time.

use std::path::PathBuf;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use rusqlite::Connection;

use super::StoreError;

/// Readers at one time; each keeps a page cache of its own, up to 2 MB.
const READERS: usize = 4;

/// The pool; connections are opened when first needed.
#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    pool: Mutex<Pool>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct Pool {
    idle: Vec<Connection>,
    lent: usize,
}

/// Gives the place back however the question ends.
struct Lent<'a>(&'a Readers, Option<Connection>);

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut pool = self.0.lock();
        pool.lent -= 1;
        pool.idle.extend(self.1.take());
        self.0.freed.notify_one();
    }
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Readers {
        Readers { path, pool: Mutex::default(), freed: Condvar::new() }
    }

    /// Runs `ask` inside a read transaction, so that all its statements see one state.
    pub(super) fn read<T>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut lent = self.lend();
        let conn = match lent.1.take() {
            Some(conn) => conn,
            None => super::open_reader(&self.path)?,
        };
        let conn = lent.1.insert(conn);
        let tx = conn.transaction()?;
        ask(&tx)
    }

    fn lend(&self) -> Lent<'_> {
        let mut pool = self
            .freed
            .wait_while(self.lock(), |pool| pool.lent >= READERS)
            .unwrap_or_else(PoisonError::into_inner);
        pool.lent += 1;
        Lent(self, pool.idle.pop())
    }

    /// A panic while the pool is locked leaves it whole: its two fields change together.
    fn lock(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
