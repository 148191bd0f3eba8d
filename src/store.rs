//! SQLite: the one writer, the readers, all SQL.
//!
//! # Invariants
//!
//! - One thread owns the connection that writes. [`Store::write`] runs a closure there as one
//!   IMMEDIATE transaction: all of it is in the file afterwards, or nothing.
//! - Readers are read-only connections; one [`Store::read`] sees one state of the log throughout.
//! - A crash at any point loses only transactions that nobody was told about (`synchronous=FULL`).
//! - No other module knows SQL. The functions that fill and ask the tables take a `&Transaction`
//!   or a `&Connection` and are called inside those closures.
//!
//! # Not here
//!
//! Which mentions are one deal is decided in `resolve`, the order of steps in `pipeline`, the
//! public shape of a deal in `query`.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;
use rusqlite::named_params;

use crate::domain::Rates;

pub mod article;
pub mod child;
pub mod counter;
pub mod deal;
pub mod decision;
mod diff;
pub mod entity;
mod error;
mod file;
pub mod filter;
pub mod mention;
mod migrate;
pub mod outbox;
mod past;
pub mod reach;
mod reader;
pub mod replay;
pub mod search;
pub mod source;
mod value;
pub mod wanted;
mod writer;

pub use error::StoreError;
pub use file::open_shared;
pub use rusqlite;

/// How long a statement waits for another process that holds the database.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// What the write-ahead log may keep on disk after a checkpoint.
const WAL_LIMIT_BYTES: i64 = 64 << 20;

/// Pages of 4 KB that the write-ahead log gathers before they are copied into the file: pages that
/// every poll changes are then copied once for many.
const CHECKPOINT_PAGES: i64 = 4_000;

/// Prepared statements kept per connection; we have fewer than this.
const STATEMENTS: usize = 128;

/// The log. Clones share the writer and the readers.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    /// Closed before the writer: the last connection to close folds the write-ahead log into the
    /// file, and a reader cannot.
    readers: reader::Readers,
    /// `None` when opened read-only.
    writer: Option<writer::Writer>,
    /// The past that was asked for last: one at a time is built, and pages of it share it.
    past: Mutex<Option<past::Past>>,
}

/// What the functions of the store need to know from outside the database.
///
/// `fold` is the one view of text on which names and words are matched (see `entity`): letter by
/// letter, so that words stay apart.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The present.
    pub now: Timestamp,
    /// For sums in other currencies.
    pub rates: &'a Rates,
    /// Folds a text for matching.
    pub fold: fn(&str) -> String,
}

impl Store {
    /// Opens the log for reading and writing; creates and migrates it where needed.
    ///
    /// The file is made for the group too where the directory is the group's; SQLite gives its two
    /// companions the same mode. Blocks while it migrates.
    pub fn open(path: impl AsRef<Path>, now: Timestamp) -> Result<Store, StoreError> {
        let path = path.as_ref();
        create(path)?;
        let mut conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        prepare_writer(&conn).map_err(|source| StoreError::opening(path, source))?;
        if let Some(copy) = migrate::run(&mut conn, path, now)? {
            tracing::info!(copy = %copy.display(), "Migrated the log; a copy is kept beside it");
        }
        let writer = Some(writer::Writer::start(conn)?);
        Ok(Store::new(path, writer))
    }

    /// Opens an existing log for reading only, also while the daemon runs.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        let path = path.as_ref();
        let conn = open_reader(path)?;
        if !migrate::is_current(&migrate::state(&conn, path)?) {
            return Err(StoreError::OlderSchema { path: path.to_owned() });
        }
        Ok(Store::new(path, None))
    }

    fn new(path: &Path, writer: Option<writer::Writer>) -> Store {
        let readers = reader::Readers::new(path.to_owned());
        Store {
            inner: Arc::new(Inner {
                path: path.to_owned(),
                writer,
                readers,
                past: Mutex::new(None),
            }),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Runs `change` as one transaction and commits it if it returns `Ok`.
    ///
    /// Waits its turn behind earlier changes. Once begun, a change is finished even if this
    /// future is dropped.
    pub async fn write<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        F: FnOnce(&rusqlite::Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.writer()?.write(change).await
    }

    /// [`Store::write`] for changes that come in numbers: those that wait at the same time are
    /// committed together, so `change` may be called again after what it did was undone.
    pub async fn write_together<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        F: Fn(&rusqlite::Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.writer()?.write_together(change).await
    }

    /// [`Store::write`] for code outside the async runtime; inside one it would panic.
    pub fn write_blocking<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        F: FnOnce(&rusqlite::Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.writer()?.write_blocking(change)
    }

    /// Runs `ask` on a read-only connection, off the async threads.
    pub async fn read<T, F>(&self, ask: F) -> Result<T, StoreError>
    where
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        tokio::task::spawn_blocking(move || inner.readers.read(ask))
            .await
            .map_err(|_| StoreError::Panicked)?
    }

    /// [`Store::read`] on the calling thread.
    pub fn read_blocking<T, F>(&self, ask: F) -> Result<T, StoreError>
    where
        F: FnOnce(&Connection) -> Result<T, StoreError>,
    {
        self.inner.readers.read(ask)
    }

    /// Asks the log as it was at `context.now`, on the calling thread, which it blocks while that
    /// past is built: a second for every hundred thousand revisions or so.
    ///
    /// Deals are those of that time; see `store::past` for what is not.
    pub fn read_past_blocking<T, F>(&self, context: &Context<'_>, ask: F) -> Result<T, StoreError>
    where
        F: FnOnce(&Connection) -> Result<T, StoreError>,
    {
        let mut kept = self.inner.past.lock().unwrap_or_else(PoisonError::into_inner);
        let past = match kept.take() {
            Some(past) if past.is(context.now)? => past,
            _ => past::Past::build(&self.inner.path, context)?,
        };
        kept.insert(past).ask(ask)
    }

    /// Asks the database something small: on the writer's thread if there is one, so that a
    /// writer that hangs is noticed. Writes nothing, so a full disk does not fail it.
    pub async fn ping(&self) -> Result<(), StoreError> {
        match &self.inner.writer {
            Some(writer) => writer.ping().await,
            None => self.read(writer::ping).await,
        }
    }

    /// Writes a compact copy of the whole log to a file that must not exist yet.
    pub fn copy_to(&self, copy: &Path) -> Result<(), StoreError> {
        // Not through `read`: VACUUM cannot run inside a transaction.
        copy_to(&open_reader(&self.inner.path)?, copy)
    }

    fn writer(&self) -> Result<&writer::Writer, StoreError> {
        self.inner.writer.as_ref().ok_or(StoreError::ReadOnly)
    }
}

/// What is wrong with the file's structure and its references; nothing in a sound log. Reads all
/// of it.
pub fn check(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = conn.prepare(include_str!("store/sql/check.sql"))?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Makes the file for whoever shares its directory; does nothing if it is there.
fn create(path: &Path) -> Result<(), StoreError> {
    open_shared(path).map(drop).map_err(|source| StoreError::File { path: path.to_owned(), source })
}

fn connect(path: &Path, access: OpenFlags) -> Result<Connection, StoreError> {
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let set_up = |conn: Connection| {
        conn.busy_timeout(BUSY_TIMEOUT)?;
        conn.set_prepared_statement_cache_capacity(STATEMENTS);
        conn.pragma_update(None, "foreign_keys", true)?;
        Ok(conn)
    };
    Connection::open_with_flags(path, flags)
        .and_then(set_up)
        .map_err(|source| StoreError::opening(path, source))
}

fn prepare_writer(conn: &Connection) -> rusqlite::Result<()> {
    // Else a statement whose plan might be another for other values is compiled again each time
    // that it is bound: a quarter of what settling costs.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    conn.pragma_update(None, "synchronous", "full")?;
    conn.pragma_update_and_check(None, "wal_autocheckpoint", CHECKPOINT_PAGES, |_| Ok(()))?;
    conn.pragma_update_and_check(None, "journal_size_limit", WAL_LIMIT_BYTES, |_| Ok(()))
}

fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    readable(path)?;
    let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // The first question is what meets a file that is no database.
    conn.query_row(include_str!("store/sql/schema_tables.sql"), [], |_| Ok(()))
        .map_err(|source| StoreError::opening(path, source))?;
    Ok(conn)
}

/// Asks without opening the file: SQLite's locks on it end when any descriptor of it is closed.
fn readable(path: &Path) -> Result<(), StoreError> {
    match rustix::fs::access(path, rustix::fs::Access::READ_OK) {
        Ok(()) => Ok(()),
        Err(rustix::io::Errno::NOENT) => Err(StoreError::Missing { path: path.to_owned() }),
        Err(error) => Err(StoreError::Forbidden { path: path.to_owned(), source: error.into() }),
    }
}

/// `VACUUM INTO`.
fn copy_to(conn: &Connection, copy: &Path) -> Result<(), StoreError> {
    let name = copy.to_string_lossy();
    conn.prepare(include_str!("store/sql/copy.sql"))?.execute(named_params! { ":copy": name })?;
    Ok(())
}

#[cfg(test)]
mod tests;
