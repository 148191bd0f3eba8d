//! How a source publishes, learnt from the documents it delivers.

use jiff::SignedDuration;
use jiff::Timestamp;

use crate::domain::Rhythm;

/// Fewer dated entries say nothing of a rhythm.
const FEWEST_DATES: usize = 3;
/// Entries older than this share of the document are left out of the measure: a pinned entry, or
/// an old one that the feed keeps at its end, would make a busy document look slow.
const NEWEST_QUARTERS: usize = 3;
/// A longer window than was known moves the measure by this part: nights and weekends pass, and
/// the busy hours come back.
const SLOW: u64 = 8;

/// What a document showed when it was stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// Entries.
    pub items: u32,
    /// Entries that were not known.
    pub new: u32,
    /// When entries were published, as far as they say so.
    pub dates: Vec<Timestamp>,
    /// What is new is held back: it is no news, and says nothing of the rhythm.
    pub flood: bool,
}

/// What the measure needs beside the document.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The look before this one; `None` for the first, when everything is new.
    pub before: Option<Timestamp>,
    /// The server's own floor in seconds.
    pub floor_secs: Option<u64>,
    /// Now.
    pub now: Timestamp,
}

/// Learns from one document.
pub fn observe(rhythm: &mut Rhythm, seen: &Seen, look: Look) {
    let elapsed = look.before.map(|before| secs(look.now.duration_since(before)));
    rhythm.items = seen.items;
    if seen.items > 0 {
        rhythm.items_at = Some(look.now);
    }
    let measured = dated(&seen.dates).or_else(|| counted(seen, elapsed));
    if let Some((window, expected)) = measured.filter(|_| !seen.flood) {
        rhythm.window_secs = Some(match rhythm.window_secs {
            Some(known) if window > known => known + (window - known) / SLOW,
            _ => window,
        });
        rhythm.expected_secs = Some(expected);
    }
    if seen.new > 0 && !seen.flood {
        rhythm.new_at = Some(look.now);
    }
    // One entry that is new in a document of one is how such a document works.
    if let Some(elapsed) = elapsed.filter(|_| seen.items > 1 && seen.new == seen.items)
        && !seen.flood
    {
        rhythm.overflowed_at = Some(look.now);
        rhythm.overflows = rhythm.overflows.saturating_add(1);
        rhythm.window_secs = Some(rhythm.window_secs.map_or(elapsed, |known| known.min(elapsed)));
    }
    rhythm.floor_over_window_secs =
        look.floor_secs.filter(|floor| rhythm.window_secs.is_some_and(|window| *floor > window));
}

/// Window and mean time between two entries by the entries' own dates.
fn dated(dates: &[Timestamp]) -> Option<(u64, u64)> {
    if dates.len() < FEWEST_DATES {
        return None;
    }
    let mut dates = dates.to_vec();
    dates.sort_unstable();
    dates.reverse();
    let gaps = dates.len() - 1;
    let measured = (gaps * NEWEST_QUARTERS).div_ceil(4).max(1);
    let span = secs(dates.first()?.duration_since(*dates.get(measured)?));
    let (gaps, measured) = (u64::try_from(gaps).ok()?, u64::try_from(measured).ok()?);
    // Entries that all bear one date came in one go; nothing can be said of the next.
    let window = span.checked_mul(gaps)? / measured;
    (window > 0).then_some((window, window / gaps))
}

/// The same for entries without dates, by how many came since the last look.
fn counted(seen: &Seen, elapsed: Option<u64>) -> Option<(u64, u64)> {
    let elapsed = elapsed.filter(|secs| *secs > 0 && seen.new > 0)?;
    let expected = elapsed / u64::from(seen.new);
    Some((expected.saturating_mul(seen.items.into()), expected))
}

fn secs(duration: SignedDuration) -> u64 {
    u64::try_from(duration.as_secs()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(1_000_000_000 + secs).unwrap()
    }

    fn look(before: Option<i64>, now: i64) -> Look {
        Look { before: before.map(at), floor_secs: None, now: at(now) }
    }

    /// Entries that are so many seconds old.
    fn aged(ages: impl IntoIterator<Item = i64>, new: u32) -> Seen {
        let dates: Vec<_> = ages.into_iter().map(|age| at(-age)).collect();
        Seen { items: u32::try_from(dates.len()).unwrap(), new, dates, flood: false }
    }

    fn after(seen: &Seen) -> Rhythm {
        let mut rhythm = Rhythm::default();
        observe(&mut rhythm, seen, look(None, 0));
        rhythm
    }

    #[test]
    fn the_window_is_what_the_dates_span() {
        let rhythm = after(&aged((0..20).map(|n| n * 1_740 / 19), 20));
        assert!((1_700..=1_780).contains(&rhythm.window_secs.unwrap()), "{rhythm:?}");
        assert!((85..=95).contains(&rhythm.expected_secs.unwrap()), "{rhythm:?}");
        assert_eq!((rhythm.items, rhythm.items_at, rhythm.new_at), (20, Some(at(0)), Some(at(0))));
    }

    #[test]
    fn old_entries_at_the_end_do_not_make_a_busy_document_slow() {
        let rhythm = after(&aged((0..18).map(|n| n * 90).chain([9_000_000, 90_000_000]), 20));
        assert!(rhythm.window_secs.unwrap() < 2_000, "{rhythm:?}");
    }

    #[test]
    fn one_date_for_all_and_no_date_at_all_say_nothing() {
        assert_eq!(after(&aged([5; 20], 20)).window_secs, None);
        assert_eq!(after(&Seen { items: 20, new: 20, ..Seen::default() }).window_secs, None);
        assert_eq!(after(&Seen::default()), Rhythm::default());
    }

    #[test]
    fn entries_without_dates_are_counted_from_look_to_look() {
        let mut rhythm = Rhythm::default();
        let seen = |new| Seen { items: 30, new, ..Seen::default() };
        observe(&mut rhythm, &seen(30), look(None, 0));
        observe(&mut rhythm, &seen(3), look(Some(0), 900));
        assert_eq!((rhythm.expected_secs, rhythm.window_secs), (Some(300), Some(9_000)));
        observe(&mut rhythm, &seen(0), look(Some(900), 1_800));
        assert_eq!((rhythm.new_at, rhythm.window_secs), (Some(at(900)), Some(9_000)));
    }

    #[test]
    fn the_busiest_hour_is_remembered_for_a_while() {
        let mut rhythm = after(&aged((0..20).map(|n| n * 60), 20));
        observe(&mut rhythm, &aged((0..20).map(|n| n * 3_600), 1), look(Some(-900), 0));
        let window = rhythm.window_secs.unwrap();
        assert!((9_000..11_000).contains(&window), "{window}");
    }

    #[test]
    fn a_document_of_which_nothing_was_known_may_have_lost_something() {
        let mut rhythm = after(&aged((0..20).map(|n| n * 60), 20));
        assert_eq!(rhythm.overflows, 0, "the first look is none");
        let mut floored = look(Some(-7_200), 0);
        floored.floor_secs = Some(7_200);
        observe(&mut rhythm, &aged((0..20).map(|n| n * 60), 20), floored);
        assert_eq!((rhythm.overflows, rhythm.overflowed_at), (1, Some(at(0))));
        assert_eq!(rhythm.floor_over_window_secs, Some(7_200));
        observe(&mut rhythm, &aged((0..20).map(|n| n * 60), 19), look(Some(-600), 0));
        assert_eq!((rhythm.overflows, rhythm.floor_over_window_secs), (1, None));
        let flood = Seen { flood: true, ..aged((0..20).map(|n| n * 60), 20) };
        observe(&mut rhythm, &flood, look(Some(-600), 0));
        assert_eq!(rhythm.overflows, 1);
    }
}
