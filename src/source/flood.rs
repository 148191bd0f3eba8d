//! When almost everything in a document suddenly looks new, although it is not.
//!
//! A feed that gives its entries new ids, a list page whose selectors now find its archive, a
//! publisher who moves to other software: the entries look new and are old. An honest document
//! that is all new, after a long downtime or of a busy feed, holds entries that were published
//! since the last look; that is what tells the two apart.

use jiff::SignedDuration;
use jiff::Timestamp;

use crate::domain::Rhythm;

/// Fewer entries are no flood, whatever they are.
const FEWEST: usize = 5;
/// Entries reach a feed late: after an embargo, an editor's look, or in another zone.
const LATE: SignedDuration = SignedDuration::from_hours(12);
/// A date without time is midnight: the entry may be of any hour of that day.
const DAY: SignedDuration = SignedDuration::from_hours(24);
const DAY_SECS: i64 = 86_400;
/// Without dates the document must have turned over this many times faster than it ever did.
const TIMES_FASTER: u64 = 4;
/// The same where no document has turned over yet, by its length.
const TIMES_LONGER: usize = 3;

/// One entry of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Entry {
    /// The log holds it.
    pub known: bool,
    /// The source has delivered its title before.
    pub titled: bool,
    /// When it says it was published.
    pub published: Option<Timestamp>,
}

/// The look that brought the document.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The last look that was understood.
    pub before: Timestamp,
    /// Now.
    pub now: Timestamp,
    /// What was known of the source before.
    pub rhythm: &'a Rhythm,
    /// Where its dates without time are, in minutes east of Greenwich.
    pub utc_offset_minutes: i16,
}

/// For each entry whether it is held back: all `false` unless more than half of the document looks
/// new and cannot be.
pub fn held(entries: &[Entry], look: Look<'_>) -> Vec<bool> {
    let new = entries.iter().filter(|entry| !entry.known).count();
    let too_fast = came_too_fast(entries.len(), new, look);
    let stale = |entry: &Entry| {
        !entry.known
            && (entry.titled
                || entry.published.map_or(too_fast, |published| is_old(published, look)))
    };
    let held: Vec<bool> = entries.iter().map(stale).collect();
    let count = held.iter().filter(|held| **held).count();
    if entries.len() >= FEWEST && count * 2 > entries.len() {
        held
    } else {
        vec![false; entries.len()]
    }
}

/// Published well before the last look, which did not see it.
fn is_old(published: Timestamp, look: Look<'_>) -> bool {
    let offset = i64::from(look.utc_offset_minutes) * 60;
    let midnight = (published.as_second() + offset).rem_euclid(DAY_SECS) == 0;
    let late = if midnight { LATE + DAY } else { LATE };
    published.saturating_add(late).is_ok_and(|latest| latest < look.before)
}

/// Four of five entries are new in a fraction of the time that the document ever took; or, of a
/// source whose pace is not known yet, the document is suddenly several times as long as it was.
fn came_too_fast(items: usize, new: usize, look: Look<'_>) -> bool {
    let elapsed = look.now.duration_since(look.before).as_secs();
    let elapsed = u64::try_from(elapsed).unwrap_or(0).max(1);
    let usual = usize::try_from(look.rhythm.items).unwrap_or(usize::MAX);
    match look.rhythm.window_secs {
        Some(window) => new * 5 >= items * 4 && window > elapsed.saturating_mul(TIMES_FASTER),
        None => {
            let longer = usual > 0 && items > usual.saturating_mul(TIMES_LONGER);
            longer && elapsed < DAY_SECS.unsigned_abs()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600;

    fn at(secs: i64) -> Timestamp {
        // 08:00 in Greenwich.
        Timestamp::from_second(1_000_000_800 + 3 * HOUR + secs).unwrap()
    }

    /// The last look was at `before`, this one at 0.
    fn count(entries: &[Entry], before: i64, window_secs: Option<u64>) -> usize {
        let rhythm = Rhythm { window_secs, ..Rhythm::default() };
        let look =
            Look { before: at(before), now: at(0), rhythm: &rhythm, utc_offset_minutes: 480 };
        held(entries, look).into_iter().filter(|held| *held).count()
    }

    fn new(published: i64) -> Entry {
        Entry { published: Some(at(published)), ..Entry::default() }
    }

    fn known() -> Entry {
        Entry { known: true, ..new(-50 * HOUR) }
    }

    #[test]
    fn entries_that_the_last_look_would_have_seen_are_held() {
        let entries: Vec<_> = (0..20).map(|n| new(-(20 + n) * HOUR)).collect();
        assert_eq!(count(&entries, -900, None), 20);
        // One that is really new is told among them.
        let mut mixed = entries;
        mixed.push(new(-60));
        assert_eq!(count(&mixed, -900, None), 20);
    }

    #[test]
    fn a_long_downtime_and_a_busy_feed_are_no_flood() {
        let entries: Vec<_> = (0..20).map(|n| new(-n * HOUR)).collect();
        assert_eq!(count(&entries, -48 * HOUR, None), 0);
        let entries: Vec<_> = (0..20).map(|n| new(-n * 40)).collect();
        assert_eq!(count(&entries, -900, Some(1_740)), 0);
        // All published at once, as filings are.
        assert_eq!(count(&[new(-600); 20], -900, Some(90_000)), 0);
    }

    #[test]
    fn a_few_late_entries_among_known_ones_are_no_flood() {
        let mut entries = vec![known(); 12];
        entries.extend((0..8).map(|n| new(-(30 + n) * HOUR)));
        assert_eq!(count(&entries, -900, None), 0);
        assert_eq!(count(&[new(-90 * HOUR); 4], -900, None), 0);
    }

    #[test]
    fn a_date_without_time_is_the_whole_day() {
        let midnight = |day: i64| {
            let zone = 8 * HOUR;
            let secs = (at(0).as_second() + zone).div_euclid(DAY_SECS) * DAY_SECS - zone;
            let published = Timestamp::from_second(secs - day * DAY_SECS).unwrap();
            Entry { published: Some(published), ..Entry::default() }
        };
        assert_eq!(count(&[midnight(0); 20], -900, None), 0);
        assert_eq!(count(&[midnight(3); 20], -900, None), 20);
    }

    #[test]
    fn titles_that_were_delivered_before_are_held_whatever_their_date() {
        let again = Entry { titled: true, ..new(-60) };
        assert_eq!(count(&[again; 10], -900, None), 10);
    }

    #[test]
    fn without_dates_a_document_cannot_turn_over_in_no_time() {
        let entries = [Entry::default(); 30];
        assert_eq!(count(&entries, -900, Some(7 * 86_400)), 30);
        assert_eq!(count(&entries, -900, Some(3_000)), 0);
        assert_eq!(count(&entries, -900, None), 0, "nothing is known of it");
        assert_eq!(count(&entries, -3 * 86_400, Some(7 * 86_400)), 0);
    }

    #[test]
    fn a_document_that_is_suddenly_many_times_as_long_is_an_archive() {
        let of = |before: i64, items: u32, new: usize| {
            let rhythm = Rhythm { items, ..Rhythm::default() };
            let mut entries = vec![Entry { known: true, ..Entry::default() }; 10];
            entries.extend(vec![Entry::default(); new]);
            let (before, now) = (at(before), at(0));
            let look = Look { before, now, rhythm: &rhythm, utc_offset_minutes: 0 };
            held(&entries, look).into_iter().filter(|held| *held).count()
        };
        let count = |before, items| of(before, items, 200);
        assert_eq!(count(-900, 10), 200);
        assert_eq!(of(-900, 10, 21), 21, "also where those that were there are a third of it");
        assert_eq!(count(-900, 100), 0, "twice as long is a busy day");
        assert_eq!(count(-3 * DAY_SECS, 10), 0, "in three days much can come");
        assert_eq!(count(-900, 0), 0, "an empty feed that fills");
    }

    proptest! {
        #[test]
        fn what_was_published_since_the_last_look_is_never_held(
            ages in proptest::collection::vec(0_i64..900, 0..60),
            window in proptest::option::of(any::<u64>()),
        ) {
            let entries: Vec<_> = ages.into_iter().map(|age| new(-age)).collect();
            prop_assert_eq!(count(&entries, -900, window), 0);
        }

        #[test]
        fn what_is_known_is_never_held(known in proptest::collection::vec(any::<bool>(), 0..60)) {
            let entries: Vec<_> = known
                .iter()
                .map(|known| Entry { known: *known, ..new(-99 * HOUR) })
                .collect();
            let rhythm = Rhythm::default();
            let look =
                Look { before: at(-900), now: at(0), rhythm: &rhythm, utc_offset_minutes: 0 };
            for (held, known) in held(&entries, look).into_iter().zip(known) {
                prop_assert!(!(held && known));
            }
        }
    }
}
