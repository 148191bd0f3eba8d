//! Who was first, and who was right.

use super::*;

fn log_where(
    change: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError> + Send + 'static,
) -> Stats {
    let (_dir, store) = log();
    store.write_blocking(change).unwrap();
    store.read_blocking(|conn| stats(conn, None)).unwrap()
}

#[test]
fn who_told_a_shared_deal_first_leads_by_the_time_until_the_next() {
    let stats = log_where(|_| Ok(()));
    assert_eq!((stats.deals, stats.shared), (1, 1));
    let seen: Vec<_> = stats
        .sources
        .iter()
        .map(|s| (s.source.as_str(), s.deals, s.first, s.lead_minutes))
        .collect();
    assert_eq!(seen, [("en-paper", 1, 1, Some(12 * 24 * 60)), ("zh-site", 1, 0, None)]);
    let languages: Vec<_> =
        stats.languages.iter().map(|l| (l.lang, l.shared, l.first, l.lead_minutes)).collect();
    assert_eq!(languages, [(Lang::En, 1, 1, Some(12 * 24 * 60)), (Lang::Zh, 1, 0, None)]);
}

#[test]
fn who_contradicts_the_settled_record_was_wrong() {
    let stats = log_where(|_| Ok(()));
    let right: Vec<_> =
        stats.sources.iter().map(|s| (s.source.as_str(), s.checked, s.right)).collect();
    assert_eq!(right, [("en-paper", 1, 0), ("zh-site", 1, 1)], "$50M is not CNY 700M");
}

#[test]
fn a_dismissed_deal_measures_nobody() {
    use crate::store::deal::Withdrawal;
    let stats = log_where(|tx| {
        let dismissed = Withdrawal::Dismissed;
        store::deal::withdraw(tx, DealId(1), dismissed, Cause::Person, None, at(14 * DAY))
    });
    assert_eq!((stats.deals, stats.sources.len()), (0, 0));
}
