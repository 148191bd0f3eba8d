//! Dates, absolute and relative to the day of publication.

mod en;
mod zh;

use jiff::Timestamp;

use super::Found;
use super::text::Sentence;
use super::text::Text;
use crate::domain::Lang;
use crate::domain::PartialDate;

/// A date as a sentence gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The date; `None` if it is relative and the article has no date of its own.
    pub date: Option<PartialDate>,
    /// It lies clearly before the news: `last year`, `in 2021`, 去年. A day of the same week does
    /// not.
    pub past: bool,
    /// It lies ahead: `next month`, `by the end of the year`.
    pub future: bool,
}

/// The dates of a sentence, in order.
pub fn find(text: &Text, sentence: &Sentence, published: Option<Timestamp>) -> Vec<Found<When>> {
    match sentence.lang {
        Lang::En => en::find(text, sentence, published),
        Lang::Zh => zh::find(text, sentence, published),
    }
}

/// Sentences of an English article among which its own day is looked for.
const OPENING: usize = 4;

/// When an article speaks: its publication, else the latest day that its opening states, as
/// datelines and `announced on March 4, 2025` do.
pub fn of_article(text: &Text, published: Option<Timestamp>) -> Option<Timestamp> {
    if published.is_some() || text.lang() != Lang::En {
        return published;
    }
    let opening = text.sentences().iter().filter(|sentence| !sentence.debris).take(OPENING);
    let days = opening
        .flat_map(|sentence| find(text, sentence, None))
        .filter_map(|when| when.value.date.map(PartialDate::bounds))
        .filter(|(first, last)| first == last)
        .map(|(day, _)| day);
    let day = days.max()?;
    jiff::tz::TimeZone::UTC.to_timestamp(day.at(12, 0, 0, 0)).ok()
}

/// The day of publication, in the calendar of Greenwich.
fn day_of(published: Option<Timestamp>) -> Option<jiff::civil::Date> {
    Some(jiff::tz::TimeZone::UTC.to_datetime(published?).date())
}
