//! What can go wrong with the log, in words for the operator.

use std::path::Path;
use std::path::PathBuf;

use rusqlite::ErrorCode;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file; `dealwatch run` makes one.
    #[error("there is no log at {}: `dealwatch run` makes one", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is not for this user.
    #[error(
        "cannot read {}: it is for members of its group; `id` lists your groups",
        path.display()
    )]
    Forbidden {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file system refuses the file.
    #[error("cannot write {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// SQLite refuses the file.
    #[error("cannot open {}", path.display())]
    Open {
        /// Which.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// Some other file.
    #[error("{} is not a database", path.display())]
    NotADatabase {
        /// Which.
        path: PathBuf,
    },
    /// A database, but not ours.
    #[error("{} is a database of another program", path.display())]
    NotOurs {
        /// Which.
        path: PathBuf,
    },
    /// Nothing is done to a log that a later version has changed.
    #[error("{} was written by a newer dealwatch: migration {name} is not known here", path.display())]
    NewerSchema {
        /// The log.
        path: PathBuf,
        /// The first migration that is not known.
        name: String,
    },
    /// A reader cannot migrate.
    #[error("{} was written by an older dealwatch: start the daemon once to bring it up to date", path.display())]
    OlderSchema {
        /// The log.
        path: PathBuf,
    },
    /// Migrations are forward only.
    #[error("migration {name} was changed after it was applied")]
    MigrationChanged {
        /// Which.
        name: String,
    },
    /// A migration failed; nothing of it is in the file.
    #[error("migration {name} failed")]
    Migration {
        /// Which.
        name: String,
        /// Why.
        source: rusqlite::Error,
    },
    /// Another process held the database for longer than we wait.
    #[error("the log is locked by another process")]
    Locked,
    /// Nothing was written; what is stored is kept.
    #[error("the disk is full, or a quota is reached")]
    DiskFull,
    /// The file is damaged.
    #[error("the log is damaged: restore a backup")]
    Corrupt {
        /// In SQLite's words.
        source: rusqlite::Error,
    },
    /// Opened for reading only.
    #[error("the log is open for reading only")]
    ReadOnly,
    /// The row that was asked to change is not there.
    #[error("there is no {what} {id}")]
    NotFound {
        /// What kind of row.
        what: &'static str,
        /// Which.
        id: String,
    },
    /// The system gives no thread for the writer.
    #[error("cannot start the writer's thread")]
    Thread {
        /// Why.
        source: std::io::Error,
    },
    /// The writer's thread has ended.
    #[error("the store has stopped")]
    Stopped,
    /// A defect in a transaction's code; the transaction is undone.
    #[error("a transaction panicked and was undone")]
    Panicked,
    /// Anything else.
    #[error("the log cannot be asked")]
    Sqlite {
        /// In SQLite's words.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// For failures while the file is opened.
    pub(super) fn opening(path: &Path, source: rusqlite::Error) -> StoreError {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::NotADatabase { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked,
            Some(ErrorCode::DiskFull) => StoreError::DiskFull,
            _ => StoreError::Open { path, source },
        }
    }

    /// Whether the same change can succeed later without anybody touching the code or the data.
    ///
    /// No wildcard arm: a new variant does not compile until it decides.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Locked | Self::DiskFull => true,
            Self::Missing { .. }
            | Self::Forbidden { .. }
            | Self::File { .. }
            | Self::Open { .. }
            | Self::NotADatabase { .. }
            | Self::NotOurs { .. }
            | Self::NewerSchema { .. }
            | Self::OlderSchema { .. }
            | Self::MigrationChanged { .. }
            | Self::Migration { .. }
            | Self::Corrupt { .. }
            | Self::ReadOnly
            | Self::NotFound { .. }
            | Self::Thread { .. }
            | Self::Stopped
            | Self::Panicked
            | Self::Sqlite { .. } => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked,
            Some(ErrorCode::DiskFull) => StoreError::DiskFull,
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Corrupt { source },
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly,
            _ => StoreError::Sqlite { source },
        }
    }
}
