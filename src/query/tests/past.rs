//! What the log knew at an earlier time.

use super::*;

/// The deals that satisfied a filter so many seconds after the first article, each with its
/// status and how many articles told it.
#[track_caller]
fn check(seconds: i64, filter: &str, expected: &[(i64, &str, usize)]) {
    let (_dir, store) = log();
    let rates = rates();
    let context = context(&rates, seconds);
    let request = Request { filter: filter.parse().unwrap(), ..Request::default() };
    let page = store.read_past_blocking(&context, |conn| deals(conn, &request, &context)).unwrap();
    let seen: Vec<_> = page
        .items
        .iter()
        .map(|deal| (deal.id.0, deal.status.as_str(), deal.sources.len()))
        .collect();
    assert_eq!(seen, expected, "{filter} after {seconds} s");
}

#[test]
fn the_past_knows_what_was_known_then_and_nothing_later() {
    check(30, "", &[]);
    check(60, "", &[(1, "rumoured", 1)]);
    check(DAY, "", &[(3, "rumoured", 0), (2, "rumoured", 0), (1, "rumoured", 1)]);
    check(12 * DAY + 60, "id:1", &[(1, "completed", 2)]);
    check(13 * DAY, "", &[(3, "rumoured", 0), (1, "completed", 2)]);
}

#[test]
fn a_filter_asks_for_the_facts_of_that_time() {
    let before = 11 * DAY;
    check(before, "status:rumoured id:1", &[(1, "rumoured", 1)]);
    check(before, "status:completed", &[]);
    check(before, "amount>=90M", &[]);
    check(13 * DAY, "amount>=90M", &[(1, "completed", 2)]);
    check(before, "lang:zh", &[]);
    check(before, "source:en-paper", &[(1, "rumoured", 1)]);
    check(before, "target:borealis id:1", &[(1, "rumoured", 1)]);
    check(before, "since:11d", &[(3, "rumoured", 0), (2, "rumoured", 0), (1, "rumoured", 1)]);
    check(before, "\"is raising\"", &[(1, "rumoured", 1)]);
    check(before, "宣布完成", &[]);
}

#[test]
fn a_deal_that_was_merged_later_is_itself_before() {
    let (_dir, store) = log();
    let rates = rates();
    let seen = |seconds| {
        let context = context(&rates, seconds);
        store.read_past_blocking(&context, |conn| deal(conn, DealId(2), true)).unwrap().unwrap()
    };
    assert_eq!((seen(12 * DAY).id, seen(12 * DAY).forwarded_from), (DealId(2), None));
    assert_eq!((seen(13 * DAY).id, seen(13 * DAY).forwarded_from), (DealId(1), Some(DealId(2))));
    let rumour = seen(12 * DAY);
    assert_eq!(
        (rumour.revision, rumour.amount_usd.map(|usd| usd.min)),
        (1, Some(Some(50_000_000)))
    );
}

#[test]
fn a_deal_that_was_dismissed_is_listed_before_and_after() {
    use crate::store::deal::Withdrawal;
    let (_dir, store) = log();
    let steps = [(20, Withdrawal::Dismissed), (21, Withdrawal::Restored)];
    for (day, event) in steps {
        store
            .write_blocking(move |tx| {
                store::deal::withdraw(tx, DealId(3), event, Cause::Person, None, at(day * DAY))
            })
            .unwrap();
    }
    let rates = rates();
    let listed = |day: i64| {
        let context = context(&rates, day * DAY);
        let page = store
            .read_past_blocking(&context, |conn| deals(conn, &Request::default(), &context))
            .unwrap();
        page.items.iter().any(|deal| deal.id == DealId(3))
    };
    assert_eq!((listed(19), listed(20), listed(21)), (true, false, true));
}

#[test]
fn the_present_is_not_touched_by_a_look_at_the_past() {
    let (_dir, store) = log();
    let rates = rates();
    let (past, present) = (context(&rates, 60), context(&rates, 20 * DAY));
    let listed = |conn: &Connection, context: &Context<'_>| {
        Ok(deals(conn, &Request::default(), context)?.items.len())
    };
    let asked = |context| store.read_past_blocking(context, |conn| listed(conn, context)).unwrap();
    assert_eq!(asked(&past), 1);
    assert_eq!(asked(&past), 1, "from what was built before");
    assert_eq!(store.read_blocking(|conn| listed(conn, &present)).unwrap(), 2);
    assert_eq!(asked(&present), 2);
}
