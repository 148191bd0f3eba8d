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

/// The day of publication, in the calendar of Greenwich.
fn day_of(published: Option<Timestamp>) -> Option<jiff::civil::Date> {
    Some(jiff::tz::TimeZone::UTC.to_datetime(published?).date())
}
