//! SQLite: the one writer, the readers, all SQL.
