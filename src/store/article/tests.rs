//! When two deliveries are one article, and which text stands.

use super::*;
use crate::store::tests::article;
use crate::store::tests::at;
use crate::store::tests::store;

fn stub(title: &str) -> Article {
    Article { title: title.to_owned(), ..article("a", "1") }
}

fn full(title: &str) -> Article {
    Article { text: "All of it.".to_owned(), text_kind: TextKind::Full, ..stub(title) }
}

/// Delivers articles one after the other; what is stored at the end, and whether the last one
/// changed it.
#[track_caller]
fn check(deliveries: &[Article], expected: (i64, bool, TextKind, &str)) {
    let (_dir, store) = store();
    let mut changed = false;
    for (index, article) in deliveries.iter().enumerate() {
        let article = article.clone();
        let (held, upserted) = store
            .write_blocking(move |tx| {
                let hash = article.full_text();
                let held = holds(tx, &article, &hash)?;
                Ok((held, upsert(tx, &article, &hash, at(i64::try_from(index).unwrap()))?))
            })
            .unwrap();
        assert_eq!(upserted.id, ArticleId(1));
        assert_eq!(held, !upserted.changed, "what is held changes nothing, and only that");
        changed = upserted.changed;
    }
    let stored = store.read_blocking(|conn| load(conn, ArticleId(1))).unwrap();
    let seen = (stored.revision, changed, stored.article.text_kind, stored.article.title.as_str());
    assert_eq!(seen, expected);
}

#[test]
fn the_same_delivery_again_changes_nothing() {
    check(&[stub("T"), stub("T")], (1, false, TextKind::Stub, "T"));
}

#[test]
fn a_full_page_is_a_revision_of_its_stub() {
    check(&[stub("T"), full("T")], (2, true, TextKind::Full, "T"));
}

#[test]
fn a_later_stub_does_not_replace_the_full_text() {
    check(&[stub("T"), full("T"), stub("T")], (2, false, TextKind::Full, "T"));
    check(&[stub("T"), full("T | Paper"), stub("T")], (2, false, TextKind::Full, "T | Paper"));
}

#[test]
fn a_corrected_title_replaces_even_the_full_text() {
    check(&[stub("T"), full("T"), stub("U")], (3, true, TextKind::Stub, "U"));
}

#[test]
fn the_same_page_from_another_source_is_the_same_article() {
    let elsewhere = Article {
        source: "b".into(),
        key: "other".to_owned(),
        title: "T, via b".to_owned(),
        ..article("a", "1")
    };
    check(&[stub("T"), elsewhere.clone()], (1, false, TextKind::Stub, "T"));
    let fuller = Article { text_kind: TextKind::Full, text: "All.".to_owned(), ..elsewhere };
    check(&[stub("T"), fuller.clone()], (2, true, TextKind::Full, "T, via b"));
    check(&[stub("T"), fuller, stub("T")], (2, false, TextKind::Full, "T, via b"));
}

#[test]
fn two_entries_of_one_feed_may_share_a_page() {
    let (_dir, store) = store();
    let deliver = |key: &str, title: &str| {
        let article =
            Article { canonical_url: Some("https://a.test/live".to_owned()), ..stub(title) };
        let article = Article { key: key.to_owned(), ..article };
        store.write_blocking(move |tx| upsert(tx, &article, &article.title, at(0))).unwrap()
    };
    let first = deliver("1", "T");
    let second = deliver("2", "U");
    assert_ne!(first.id, second.id);
    assert!(!deliver("1", "T").changed && !deliver("2", "U").changed);
    assert_eq!(deliver("3", "U").id, second.id, "the same entry under a new key");
}

#[test]
fn a_date_that_was_missing_is_taken_over_quietly() {
    let (_dir, store) = store();
    let undated = Article { published: None, ..stub("T") };
    store.write_blocking(move |tx| upsert(tx, &undated, "h", at(0))).unwrap();
    let upserted = store.write_blocking(|tx| upsert(tx, &stub("T"), "h", at(1))).unwrap();
    assert!(!upserted.changed);
    let stored = store.read_blocking(|conn| load(conn, ArticleId(1))).unwrap();
    assert_eq!(stored.article.published, Some(at(100)));
    assert_eq!((stored.first_seen_at, stored.updated_at), (at(0), at(0)));
}

#[test]
fn articles_come_back_in_order_for_replay() {
    let (_dir, store) = store();
    for (seconds, key) in [(10, "1"), (20, "2"), (30, "3")] {
        store.write_blocking(move |tx| upsert(tx, &article("a", key), key, at(seconds))).unwrap();
    }
    let keys = |from, after| {
        let found = store.read_blocking(|conn| since(conn, at(from), after, 2)).unwrap();
        found.into_iter().map(|stored| stored.article.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(0, ArticleId(0)), ["1", "2"]);
    assert_eq!(keys(0, ArticleId(2)), ["3"]);
    assert_eq!(keys(20, ArticleId(0)), ["2", "3"]);
    let missing = store.read_blocking(|conn| load(conn, ArticleId(9))).unwrap_err();
    assert_eq!(missing.to_string(), "there is no article 9");
}

/// A copy of the outlet's news from another source; `day` counts from the first.
fn copy_of(site: &str, title: &str, day: i64) -> Article {
    let publisher = Publisher { name: "The Quay Post".to_owned(), site: Some(site.to_owned()) };
    Article {
        canonical_url: Some(format!("https://news.google.com/rss/articles/{site}-{day}")),
        title: title.to_owned(),
        publisher: Some(publisher),
        published: Some(at(day * 86_400)),
        ..article("search", &format!("{title}{day}"))
    }
}

#[test]
fn a_copy_that_names_its_publisher_is_the_publishers_article() {
    let own = |title: &str, day: i64| Article {
        canonical_url: Some(format!("https://quay.test/{day}")),
        title: title.to_owned(),
        published: Some(at(day * 86_400)),
        ..article("quay", &format!("{title}{day}"))
    };
    let (_dir, store) = store();
    let put = |article: Article| {
        store
            .write_blocking(move |tx| upsert(tx, &article, &article.key.clone(), at(0)))
            .map(|upserted| upserted.is_new)
            .unwrap()
    };
    assert!(put(own("Brelin raises $30M", 0)));
    assert!(!put(copy_of("quay.test", "Brelin raises $30M", 1)), "the copy comes second");
    assert!(put(copy_of("quay.test", "Corvane is bought", 1)));
    assert!(!put(own("Corvane is bought", 1)), "the copy came first");
    assert!(put(copy_of("desk.test", "Brelin raises $30M", 1)), "another outlet's own news");
    assert!(put(copy_of("quay.test", "Brelin raises $30M", 30)), "a title that comes every month");
    assert!(put(own("Brelin raises $30M", 2)), "two pages of one source are no copies");
}

#[test]
fn a_publisher_comes_back_with_its_article() {
    let (_dir, store) = store();
    let copy = copy_of("quay.test", "A", 0);
    let (put, expected) = (copy.clone(), copy.publisher);
    let id = store.write_blocking(move |tx| upsert(tx, &put, "h", at(0))).unwrap().id;
    let kept = store.read_blocking(move |conn| load(conn, id)).unwrap();
    assert_eq!(kept.article.publisher, expected);
}
