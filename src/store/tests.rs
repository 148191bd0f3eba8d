//! Real files in temporary folders, and what the tests of the store share.

use std::path::PathBuf;
use std::sync::mpsc;

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::domain::Amount;
use crate::domain::Article;
use crate::domain::Currency;
use crate::domain::DealFacts;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::EntityId;
use crate::domain::Lang;
use crate::domain::Qualifier;
use crate::domain::TextKind;

/// Seconds since 1970.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

pub(crate) fn store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path().join("log.db"), at(0)).unwrap();
    (dir, store)
}

pub(crate) fn article(source: &str, key: &str) -> Article {
    Article {
        source: source.into(),
        key: key.to_owned(),
        url: Some(format!("https://{source}.test/{key}")),
        canonical_url: Some(format!("https://{source}.test/{key}")),
        title: format!("Title {key}"),
        text: "A text.".to_owned(),
        text_kind: TextKind::Stub,
        lang: Lang::En,
        published: Some(at(100)),
        author: None,
        publisher: None,
    }
}

/// A funding of 600 million dollars that somebody rumours.
pub(crate) fn facts(target: &str, status: DealStatus) -> DealFacts {
    let target_id = EntityId(format!("name:{target}"));
    DealFacts {
        ai: true,
        amount: Some(Amount::new("6亿美元", 600_000_000, Currency::USD, Qualifier::Exact)),
        confidence: 0.9,
        ..DealFacts::new(target, target_id, DealKind::Funding, status, at(100))
    }
}

/// Folding enough for tests.
pub(crate) fn fold(text: &str) -> String {
    text.to_lowercase()
}

pub(crate) fn context(rates: &Rates, seconds: i64) -> Context<'_> {
    Context { now: at(seconds), rates, fold }
}

fn message(error: StoreError) -> String {
    format!("{:#}", anyhow::Error::from(error))
}

fn path_in(dir: &TempDir) -> PathBuf {
    dir.path().join("log.db")
}

#[test]
fn what_a_failed_change_wrote_is_undone() {
    let (_dir, store) = store();
    let failed = store.write_blocking(|tx| {
        article::upsert(tx, &article("a", "1"), "h", at(0))?;
        Err::<(), _>(StoreError::ReadOnly)
    });
    assert!(failed.is_err());
    assert_eq!(store.read_blocking(article::count).unwrap(), 0);
}

#[test]
fn a_panic_in_a_change_undoes_it_and_the_writer_goes_on() {
    let (_dir, store) = store();
    let failed = store.write_blocking(|tx| {
        article::upsert(tx, &article("a", "1"), "h", at(0))?;
        assert_eq!(tx.last_insert_rowid(), 99, "a defect");
        Ok(())
    });
    assert!(matches!(failed, Err(StoreError::Panicked)));
    assert_eq!(store.read_blocking(article::count).unwrap(), 0);
    store.write_blocking(|tx| article::upsert(tx, &article("a", "1"), "h", at(0))).unwrap();
    assert_eq!(store.read_blocking(article::count).unwrap(), 1);
}

/// Changes that wait together: each says how often it was made, and adds a count of its name.
async fn together(store: &Store, names: [&'static str; 3]) -> Vec<(Result<(), String>, usize)> {
    let (release, blocked) = mpsc::channel::<()>();
    let blocker = store.write(move |_| {
        blocked.recv().unwrap_or_default();
        Ok(())
    });
    let times = [(); 3].map(|()| std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0)));
    let change = |index: usize| {
        let (name, times) = (names[index], std::sync::Arc::clone(&times[index]));
        store.write_together(move |tx| {
            times.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            counter::bump(tx, name, 1, at(0))?;
            match name {
                "fails" => Err(StoreError::NotFound { what: "deal", id: "7".to_owned() }),
                "panics" => panic!("a bug"),
                _ => Ok(()),
            }
        })
    };
    let release = async move { drop(release) };
    let (_, a, b, c, ()) = tokio::join!(blocker, change(0), change(1), change(2), release);
    let times = times.iter().map(|times| times.load(std::sync::atomic::Ordering::SeqCst));
    [a, b, c].into_iter().map(|made| made.map_err(|e| e.to_string())).zip(times).collect()
}

fn counted(store: &Store) -> Vec<String> {
    let counts = store.read_blocking(|conn| counter::since(conn, at(0))).unwrap();
    counts.into_iter().map(|count| format!("{} {}", count.stage, count.n)).collect()
}

#[tokio::test]
async fn changes_that_wait_together_are_each_made_once() {
    let (_dir, store) = store();
    let made = together(&store, ["a", "b", "c"]).await;
    assert_eq!(made, vec![(Ok(()), 1); 3]);
    assert_eq!(counted(&store), ["a 1", "b 1", "c 1"]);
}

#[tokio::test]
async fn of_changes_that_wait_together_one_that_fails_costs_no_other() {
    for (bad, words) in [("fails", "there is no deal 7"), ("panics", "panicked")] {
        let (_dir, store) = store();
        let made = together(&store, ["a", bad, "c"]).await;
        assert_eq!(made[0], (Ok(()), 2), "made with the others, undone, and made again");
        assert_eq!(made[2].0, Ok(()));
        let error = made[1].0.clone().unwrap_err();
        assert!(error.contains(words), "{error}");
        assert_eq!(counted(&store), ["a 1", "c 1"]);
    }
}

#[tokio::test]
async fn the_async_doors_lead_to_the_same_log() {
    let (_dir, store) = store();
    store.write(|tx| article::upsert(tx, &article("a", "1"), "h", at(0))).await.unwrap();
    assert_eq!(store.read(article::count).await.unwrap(), 1);
    store.ping().await.unwrap();
}

#[test]
fn a_reader_sees_one_state_while_the_writer_goes_on() {
    let (_dir, store) = store();
    let writer = store.clone();
    store
        .read_blocking(|conn| {
            assert_eq!(article::count(conn)?, 0);
            writer.write_blocking(|tx| article::upsert(tx, &article("a", "1"), "h", at(0)))?;
            assert_eq!(article::count(conn)?, 0);
            Ok(())
        })
        .unwrap();
    assert_eq!(store.read_blocking(article::count).unwrap(), 1);
}

#[test]
fn more_readers_than_connections_take_turns() {
    let (_dir, store) = store();
    let (done, results) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..16 {
            let (store, done) = (store.clone(), done.clone());
            scope.spawn(move || done.send(store.read_blocking(article::count).unwrap()).unwrap());
        }
    });
    assert_eq!(results.try_iter().count(), 16);
}

#[test]
fn the_log_outlives_the_store_and_opens_again() {
    let (dir, store) = store();
    store.write_blocking(|tx| article::upsert(tx, &article("a", "1"), "h", at(0))).unwrap();
    drop(store);
    let store = Store::open(path_in(&dir), at(9)).unwrap();
    assert_eq!(store.read_blocking(article::count).unwrap(), 1);
}

#[tokio::test]
async fn a_shell_reads_while_the_daemon_runs_and_cannot_write() {
    let (dir, daemon) = store();
    let shell = Store::open_read_only(path_in(&dir)).unwrap();
    daemon.write(|tx| article::upsert(tx, &article("a", "1"), "h", at(0))).await.unwrap();
    assert_eq!(shell.read(article::count).await.unwrap(), 1);
    shell.ping().await.unwrap();
    let refused = shell.write(|_| Ok(())).await.unwrap_err();
    assert_eq!(message(refused), "the log is open for reading only");
}

#[test]
fn the_group_may_read_and_write_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let (dir, _store) = store();
    let mode = |name: &str| dir.path().join(name).metadata().unwrap().permissions().mode();
    // What the umask of the test's process leaves of 0660 is not ours to say.
    assert_eq!(mode("log.db") & 0o007, 0);
    assert_eq!(mode("log.db"), mode("log.db-wal"));
    assert_eq!(mode("log.db"), mode("log.db-shm"));
}

#[test]
fn a_missing_log_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let error = message(Store::open_read_only(path_in(&dir)).unwrap_err());
    let expected =
        format!("there is no log at {}: `dealwatch run` makes one", path_in(&dir).display());
    assert_eq!(error, expected);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let error = message(Store::open("/nowhere/at/all/log.db", at(0)).unwrap_err());
    assert!(error.starts_with("cannot write /nowhere/at/all/log.db: No such file"), "{error}");
}

#[test]
fn another_file_is_not_taken_for_a_log() {
    let dir = tempfile::tempdir().unwrap();
    let text = "this is a letter, not a database, and it is long enough to have a header\n";
    std::fs::write(path_in(&dir), text.repeat(20)).unwrap();
    let expected = format!("{} is not a database", path_in(&dir).display());
    assert_eq!(message(Store::open(path_in(&dir), at(0)).unwrap_err()), expected);
    assert_eq!(message(Store::open_read_only(path_in(&dir)).unwrap_err()), expected);
    assert_eq!(std::fs::read_to_string(path_in(&dir)).unwrap(), text.repeat(20));
}

#[test]
fn a_full_disk_is_called_so_and_loses_nothing() {
    let (_dir, store) = store();
    let full = store.write_blocking(|tx| {
        // A quota of as many pages as there are stands for the disk.
        let pages: i64 = tx.pragma_query_value(None, "page_count", |row| row.get(0))?;
        tx.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        let big = Article { text: "x".repeat(1 << 20), ..article("a", "1") };
        article::upsert(tx, &big, "h", at(0))
    });
    let error = full.unwrap_err();
    assert!(error.is_transient());
    assert_eq!(message(error), "the disk is full, or a quota is reached");
    assert_eq!(store.read_blocking(article::count).unwrap(), 0);
}

#[test]
fn a_database_in_use_is_called_locked() {
    let (dir, store) = store();
    // Without the wait, which is for a writer that is about to end.
    store.write_blocking(|tx| Ok(tx.busy_timeout(Duration::ZERO)?)).unwrap();
    let other = Connection::open(path_in(&dir)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.write_blocking(|_| Ok(())).unwrap_err();
    assert!(error.is_transient());
    assert_eq!(message(error), "the log is locked by another process");
    assert_eq!(store.read_blocking(article::count).unwrap(), 0, "readers go on");
    other.execute_batch("ROLLBACK").unwrap();
    store.write_blocking(|_| Ok(())).unwrap();
}

#[test]
fn what_was_committed_is_there_after_a_crash() {
    let (dir, store) = store();
    for (count, key) in (1..).zip(["1", "2", "3"]) {
        store
            .write_blocking(move |tx| article::upsert(tx, &article("a", key), key, at(0)))
            .unwrap();
        // What a killed process leaves behind: the file and its log, nothing closed.
        let left = tempfile::tempdir().unwrap();
        for name in ["log.db", "log.db-wal"] {
            std::fs::copy(dir.path().join(name), left.path().join(name)).unwrap();
        }
        let reopened = Store::open(path_in(&left), at(9)).unwrap();
        assert_eq!(reopened.read_blocking(article::count).unwrap(), count);
    }
}

#[test]
fn a_whole_log_passes_its_check() {
    let (_dir, store) = store();
    assert_eq!(store.read_blocking(check).unwrap(), [] as [String; 0]);
}

#[test]
fn a_copy_is_a_log_of_its_own() {
    let (dir, store) = store();
    store.write_blocking(|tx| article::upsert(tx, &article("a", "1"), "h", at(0))).unwrap();
    let copy = dir.path().join("copy.db");
    store.copy_to(&copy).unwrap();
    let copy = Store::open_read_only(copy).unwrap();
    assert_eq!(copy.read_blocking(article::count).unwrap(), 1);
}
