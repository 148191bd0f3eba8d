//! When that happened of which a mention tells: the day of news, or what is said of the past.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::domain::Told;

/// A span no longer than this is as good as a day, in days.
const A_MONTH: i64 = 31;
const DAY_SECS: i64 = 24 * 60 * 60;

/// From a day, or from nobody knows when, to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    from: Option<Timestamp>,
    to: Timestamp,
}

impl When {
    /// News happens when it is published. What is told in passing looks back: to the date that it
    /// gives, else to some day before the article. An article without a date was published some
    /// day before it was seen.
    pub(super) fn of(told: &Told) -> When {
        let mention = &told.mention;
        let to = if told.dated { told.at } else { told.seen_at };
        if mention.main {
            return When { from: told.dated.then_some(to), to };
        }
        let said = mention.closed_on.or(mention.announced_on).and_then(|date| {
            let (first, last) = date.bounds();
            Some((midnight(first)?, midnight(last)?))
        });
        match said {
            Some((from, last)) if from <= to => When { from: Some(from), to: last.min(to) },
            _ => When { from: None, to },
        }
    }

    /// The least number of whole days between the two.
    pub(super) fn days_to(self, other: When) -> i64 {
        let after = |one: When, other: When| one.from.map_or(0, |from| days(other.to, from));
        after(self, other).max(after(other, self)).max(0)
    }

    /// Whole days by which this certainly comes after the other; negative if it may not.
    pub(super) fn days_after(self, other: When) -> Option<i64> {
        self.from.map(|from| days(other.to, from))
    }

    /// The first day that is meant, if one is known.
    pub(super) fn since(self) -> Option<Timestamp> {
        self.from
    }

    /// Nobody knows how long before.
    pub(super) fn is_open(self) -> bool {
        self.from.is_none()
    }

    /// Known to a month.
    pub(super) fn is_close(self) -> bool {
        self.from.is_some_and(|from| days(from, self.to) <= A_MONTH)
    }
}

fn midnight(day: Date) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
}

fn days(first: Timestamp, second: Timestamp) -> i64 {
    second.duration_since(first).as_secs().div_euclid(DAY_SECS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::told;

    /// The least days between news of the fourth of March 2026 and what an article of the
    /// thirty-first of March tells in passing of a date, and whether the date is close.
    #[track_caller]
    fn check(date: Option<&str>, expected: (i64, bool)) {
        let news = When::of(&told(1, 3, "a", |_| {}));
        let passing = told(2, 30, "b", |mention| {
            mention.main = false;
            mention.announced_on = date.map(|date| date.parse().unwrap());
        });
        let passing = When::of(&passing);
        assert_eq!(news.days_to(passing), passing.days_to(news));
        assert_eq!((news.days_to(passing), passing.is_close()), expected, "{date:?}");
    }

    #[test]
    fn what_is_told_in_passing_is_as_far_as_its_date() {
        check(Some("2026-03-01"), (3, true));
        check(Some("2026-02"), (4, true));
        check(Some("2025"), (63, false));
        check(Some("2026"), (0, false));
        check(None, (0, false));
        // A date that is still to come says nothing of what happened.
        check(Some("2026-11"), (0, false));
    }

    #[test]
    fn nobody_tells_in_passing_what_is_still_to_happen() {
        let news = When::of(&told(1, 300, "a", |_| {}));
        let passing = When::of(&told(2, 0, "b", |mention| mention.main = false));
        assert_eq!(news.days_to(passing), 300);
        assert_eq!(news.days_after(passing), Some(300));
        assert_eq!(passing.days_after(news), None);
    }

    #[test]
    fn an_undated_article_is_older_than_the_day_it_was_seen() {
        let mut undated = told(1, 40, "a", |_| {});
        undated.dated = false;
        let (before, after) = (told(2, 0, "b", |_| {}), told(3, 90, "c", |_| {}));
        assert_eq!(When::of(&undated).days_to(When::of(&before)), 0);
        assert_eq!(When::of(&undated).days_to(When::of(&after)), 50);
        assert!(When::of(&undated).is_open());
    }
}
