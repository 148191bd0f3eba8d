//! Brings a database to the present schema, forward only.
//!
//! # Invariants
//!
//! - The text of each applied migration is kept, and an edited one refuses to start.
//! - All that is missing is applied in one transaction.
//! - An existing database is copied beside itself before it is changed.

use std::path::Path;
use std::path::PathBuf;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::TransactionBehavior;
use rusqlite::named_params;

use super::StoreError;
use super::value::At;

/// Every migration, oldest first: its file's name and text.
const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_log.sql", include_str!("../../migrations/0001_log.sql")),
    ("0002_entity_names.sql", include_str!("../../migrations/0002_entity_names.sql")),
    ("0003_poll_state.sql", include_str!("../../migrations/0003_poll_state.sql")),
    ("0004_entity_sounds.sql", include_str!("../../migrations/0004_entity_sounds.sql")),
    ("0005_readers.sql", include_str!("../../migrations/0005_readers.sql")),
    ("0006_source_child.sql", include_str!("../../migrations/0006_source_child.sql")),
    ("0007_article_publisher.sql", include_str!("../../migrations/0007_article_publisher.sql")),
    ("0008_decisions.sql", include_str!("../../migrations/0008_decisions.sql")),
    ("0009_replay.sql", include_str!("../../migrations/0009_replay.sql")),
    ("0010_entity_words.sql", include_str!("../../migrations/0010_entity_words.sql")),
    ("0011_source_odd.sql", include_str!("../../migrations/0011_source_odd.sql")),
    ("0012_deal_reach.sql", include_str!("../../migrations/0012_deal_reach.sql")),
    ("0013_deal_days.sql", include_str!("../../migrations/0013_deal_days.sql")),
    ("0014_evidence_once.sql", include_str!("../../migrations/0014_evidence_once.sql")),
    ("0015_title_days.sql", include_str!("../../migrations/0015_title_days.sql")),
];

/// Marks a database as ours in its header: `DLWT`.
const APPLICATION_ID: i32 = 0x444c_5754;

/// How a database stands to this program.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum State {
    /// No table at all.
    Empty,
    /// This many migrations are applied, all of them as they are known here.
    Applied(usize),
}

/// Compares the applied migrations with the known ones.
pub(super) fn state(conn: &Connection, path: &Path) -> Result<State, StoreError> {
    let tables: i64 = conn.query_row(include_str!("sql/schema_tables.sql"), [], |r| r.get(0))?;
    if tables == 0 {
        return Ok(State::Empty);
    }
    let id: i32 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id != APPLICATION_ID {
        return Err(StoreError::NotOurs { path: path.to_owned() });
    }
    let mut statement = conn.prepare(include_str!("sql/migration_list.sql"))?;
    let applied: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    for (index, (name, sql)) in applied.iter().enumerate() {
        match MIGRATIONS.get(index) {
            Some((known, text)) if known == name && text == sql => {}
            Some((known, _)) if known == name => {
                return Err(StoreError::MigrationChanged { name: name.clone() });
            }
            _ => {
                let path = path.to_owned();
                return Err(StoreError::NewerSchema { path, name: name.clone() });
            }
        }
    }
    Ok(State::Applied(applied.len()))
}

/// Whether nothing is left to apply.
pub(super) fn is_current(state: &State) -> bool {
    *state == State::Applied(MIGRATIONS.len())
}

/// Applies what is missing; returns the copy that was made before.
pub(super) fn run(
    conn: &mut Connection,
    path: &Path,
    now: Timestamp,
) -> Result<Option<PathBuf>, StoreError> {
    let before = state(conn, path)?;
    if is_current(&before) {
        return Ok(None);
    }
    let copy = match before {
        State::Empty => None,
        State::Applied(count) => Some(copy_aside(conn, path, count)?),
    };
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again inside the transaction: another process may have been quicker.
    let applied = match state(&tx, path)? {
        State::Empty => {
            tx.pragma_update(None, "application_id", APPLICATION_ID)?;
            tx.execute_batch(include_str!("sql/migration_table.sql"))?;
            0
        }
        State::Applied(count) => count,
    };
    for (name, text) in MIGRATIONS.iter().skip(applied) {
        tx.execute_batch(text)
            .map_err(|source| StoreError::Migration { name: (*name).to_owned(), source })?;
        tx.prepare(include_str!("sql/migration_add.sql"))?
            .execute(named_params! { ":name": name, ":sql": text, ":now": At(now) })?;
    }
    tx.commit()?;
    Ok(copy)
}

/// `dealwatch.db` becomes `dealwatch.db.before-0002_what`. A copy left by an attempt that failed
/// shows the same state and is replaced.
fn copy_aside(conn: &Connection, path: &Path, applied: usize) -> Result<PathBuf, StoreError> {
    let next = MIGRATIONS.get(applied).map_or("next", |(name, _)| name.trim_end_matches(".sql"));
    let mut copy = path.as_os_str().to_owned();
    copy.push(format!(".before-{next}"));
    let copy = PathBuf::from(copy);
    if copy.exists() {
        std::fs::remove_file(&copy)
            .map_err(|source| StoreError::File { path: copy.clone(), source })?;
    }
    super::copy_to(conn, &copy)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh() -> Connection {
        let mut conn = Connection::open_in_memory().unwrap();
        run(&mut conn, Path::new("test.db"), Timestamp::UNIX_EPOCH).unwrap();
        conn
    }

    #[test]
    fn the_list_is_the_folder() {
        let mut files: Vec<String> = std::fs::read_dir("migrations")
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let listed: Vec<&str> = MIGRATIONS.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, files);
    }

    #[test]
    fn every_migration_opens_with_its_reason() {
        for (name, text) in MIGRATIONS {
            assert!(text.starts_with("-- "), "{name}");
        }
    }

    #[test]
    fn every_statement_compiles_against_the_schema() {
        let conn = fresh();
        for entry in std::fs::read_dir("src/store/sql").unwrap() {
            let path = entry.unwrap().path();
            // Those of a past are over its own tables; its tests run them all.
            if path.is_dir() {
                continue;
            }
            let sql = std::fs::read_to_string(&path).unwrap();
            assert!(sql.starts_with("-- "), "{} does not say what it is", path.display());
            if path.ends_with("migration_table.sql") {
                continue;
            }
            let compiled = conn.prepare(&sql).map(|_| ());
            compiled.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }

    /// What settling an article asks: each answer is found by an index, however long the log is.
    #[test]
    fn an_article_is_settled_without_a_walk_through_the_log() {
        let conn = fresh();
        for name in [
            "article_copy",
            "article_find",
            "deal_head",
            "deal_party_clear",
            "deal_said",
            "deal_source_clear",
            "deal_source_fill",
            "deal_survivor",
            "decision_of_article",
            "decision_of_deal",
            "entity_link_find",
            "entity_name_find",
            "entity_name_of",
            "entity_sound_find",
            "entity_word_find",
            "mention_abroad",
            "mention_assign",
            "mention_block",
            "mention_block_of_article",
            "mention_block_of_deal",
            "mention_current",
            "mention_current_of_deal",
            "mention_of_article",
            "mention_of_deal",
            "reach_clear",
            "reach_of_block",
        ] {
            let sql = std::fs::read_to_string(format!("src/store/sql/{name}.sql")).unwrap();
            let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next().unwrap() {
                let step: String = row.get("detail").unwrap();
                // The days of a fortnight, what was found of them, and the articles of a deal.
                let made = ["SCAN day", "SCAN near", "SCAN t", "SCAN CONSTANT ROW"];
                let made = made.contains(&step.as_str());
                assert!(made || !step.starts_with("SCAN "), "{name}: {step}");
            }
        }
    }

    #[test]
    fn the_schema_is_known() {
        let conn = fresh();
        let mut statement = conn.prepare(include_str!("sql/schema_all.sql")).unwrap();
        let schema: Vec<String> = statement
            .query_map([], |row| row.get::<_, String>(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        insta::assert_snapshot!("schema", schema.join(";\n\n"));
    }

    #[test]
    fn an_edited_migration_refuses_to_start() {
        let mut conn = fresh();
        conn.execute_batch("UPDATE schema_migration SET sql = sql || '-- later'").unwrap();
        let error = run(&mut conn, Path::new("test.db"), Timestamp::UNIX_EPOCH).unwrap_err();
        assert_eq!(error.to_string(), "migration 0001_log.sql was changed after it was applied");
    }

    #[test]
    fn a_newer_schema_is_left_alone() {
        let mut conn = fresh();
        conn.execute_batch(
            "INSERT INTO schema_migration (name, sql, applied_at) VALUES ('0999_later.sql', '', 0)",
        )
        .unwrap();
        let error = run(&mut conn, Path::new("test.db"), Timestamp::UNIX_EPOCH).unwrap_err();
        assert_eq!(
            error.to_string(),
            "test.db was written by a newer dealwatch: migration 0999_later.sql is not known here"
        );
    }

    #[test]
    fn another_program_s_database_is_left_alone() {
        let mut conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("CREATE TABLE recipe (id INTEGER)").unwrap();
        let error = run(&mut conn, Path::new("test.db"), Timestamp::UNIX_EPOCH).unwrap_err();
        assert_eq!(error.to_string(), "test.db is a database of another program");
    }
}
