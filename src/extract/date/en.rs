//! Dates in English: `in December 2021`, `last year`, `two years ago`, `on June 11`.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Found;
use super::When;
use super::day_of;
use crate::domain::PartialDate;
use crate::extract::text::Kind;
use crate::extract::text::Sentence;
use crate::extract::text::Text;
use crate::extract::text::Token;

/// A date that many days before the article is told as something that was.
const PAST_DAYS: i32 = 60;

/// The dates of a sentence.
pub(super) fn find(
    text: &Text,
    sentence: &Sentence,
    published: Option<Timestamp>,
) -> Vec<Found<When>> {
    let reader = Reader { text, tokens: text.tokens_of(sentence), today: day_of(published) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        let Some((length, value, rule)) = reader.date(at) else {
            at += 1;
            continue;
        };
        if let (Some(first), Some(last)) =
            (reader.tokens.get(at), reader.tokens.get(at + length - 1))
            && let Some(span) = text.span(first.span.start(), last.span.end())
        {
            found.push(Found { value, span, rule });
        }
        at += length;
    }
    found
}

struct Reader<'a> {
    text: &'a Text,
    tokens: &'a [Token],
    today: Option<Date>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| self.text.of(token.span))
    }

    fn number(&self, at: usize) -> Option<i16> {
        self.tokens.get(at).filter(|token| token.kind == Kind::Number)?;
        self.word(at).parse().ok()
    }

    fn year(&self, at: usize) -> Option<i16> {
        self.number(at).filter(|year| (1990..2100).contains(year) && self.word(at).len() == 4)
    }

    fn date(&self, at: usize) -> Option<(usize, When, &'static str)> {
        self.month_date(at).or_else(|| self.bare_year(at)).or_else(|| self.relative(at))
    }

    /// `June 11, 2025`, `Jan. 9`, `December 2021`, `11 June 2025`.
    fn month_date(&self, at: usize) -> Option<(usize, When, &'static str)> {
        let (day_first, month_at) = match self.number(at).filter(|day| (1..=31).contains(day)) {
            Some(day) => (Some(day), at + 1),
            None => (None, at),
        };
        let token = self.tokens.get(month_at).filter(|token| token.capital)?;
        let month = month(self.text.of(token.span))?;
        let mut end = month_at + 1;
        if self.word(end) == "." {
            end += 1;
        }
        let day = match day_first {
            Some(day) => Some(day),
            None => self
                .number(end)
                .filter(|day| (1..=31).contains(day) && self.word(end).len() <= 2)
                .inspect(|_| end += 1),
        };
        let comma = usize::from(self.word(end) == ",");
        let year = self.year(end + comma).inspect(|_| end += comma + 1);
        if year.is_none() && day.is_none() && self.word(at) == "may" {
            return None;
        }
        let day = day.and_then(|day| i8::try_from(day).ok());
        let (date, rule) = match year {
            Some(year) => (PartialDate::new(year, Some(month), day), "date.en.month"),
            None => (self.nearest(month, day), "date.en.month.no_year"),
        };
        let past = date.map_or(year.is_some(), |date| self.is_past(date));
        let future = date.is_some_and(|date| self.is_future(date));
        Some((end - at, When { date, past, future }, rule))
    }

    /// The year that puts a month closest to the article, not ahead of it.
    fn nearest(&self, month: i8, day: Option<i8>) -> Option<PartialDate> {
        let today = self.today?;
        let year = if month > today.month() { today.year() - 1 } else { today.year() };
        PartialDate::new(year, Some(month), day)
    }

    fn bare_year(&self, at: usize) -> Option<(usize, When, &'static str)> {
        let year = self.year(at)?;
        let before = at.checked_sub(1).map_or("", |at| self.word(at));
        // `2019 — X starts`: the year that heads an entry of a timeline.
        let heads = at == 0 && matches!(self.word(1), "—" | "–" | ":" | "-");
        if !heads
            && !matches!(
                before,
                "in" | "since"
                    | "of"
                    | "late"
                    | "early"
                    | "mid"
                    | "("
                    | "during"
                    | "by"
                    | "from"
                    | "-"
                    | "summer"
                    | "spring"
                    | "autumn"
                    | "fall"
                    | "winter"
                    | "until"
                    | "end"
                    | "for"
                    | "its"
                    | "the"
            )
        {
            return None;
        }
        let date = PartialDate::new(year, None, None);
        let past = self.today.is_none_or(|today| year < today.year());
        let future = self.today.is_some_and(|today| year > today.year());
        Some((1, When { date, past, future }, "date.en.year"))
    }

    /// `last year`, `two years ago`, `earlier this year`, `next month`, `yesterday`.
    fn relative(&self, at: usize) -> Option<(usize, When, &'static str)> {
        let rule = "date.en.relative";
        let plain = |length, date, past, future| Some((length, When { date, past, future }, rule));
        match (self.word(at), self.word(at + 1), self.word(at + 2)) {
            ("last", "year" | "summer" | "spring" | "autumn" | "fall" | "winter", _) => {
                let date =
                    self.today.and_then(|today| PartialDate::new(today.year() - 1, None, None));
                plain(2, date.filter(|_| self.word(at + 1) == "year"), true, false)
            }
            ("last", "month", _) => plain(2, self.month_back(1), false, false),
            ("last", word, _) if month(word).is_some() => {
                plain(2, month(word).and_then(|month| self.nearest(month, None)), true, false)
            }
            ("last" | "this", "week", _) => plain(2, None, false, false),
            ("earlier", "this", "year") | ("a", "year", "ago" | "earlier") => {
                plain(3, None, true, false)
            }
            ("next", "week" | "month" | "year" | "quarter", _) => plain(2, None, false, true),
            ("today" | "yesterday", _, _) => {
                let days = i64::from(self.word(at) == "yesterday");
                let date = self
                    .today
                    .and_then(|today| today.checked_sub(jiff::Span::new().days(days)).ok());
                plain(1, date.map(PartialDate::from), false, false)
            }
            (_, unit, "ago" | "earlier" | "before") => {
                let past = matches!(unit, "years" | "year" | "months" | "decade");
                let known = matches!(unit, "weeks" | "week" | "days" | "day" | "month") || past;
                known.then_some((3, When { date: None, past, future: false }, rule))
            }
            _ => None,
        }
    }

    fn month_back(&self, months: i32) -> Option<PartialDate> {
        let then = self.today?.checked_sub(jiff::Span::new().months(months)).ok()?;
        PartialDate::new(then.year(), Some(then.month()), None)
    }

    fn is_past(&self, date: PartialDate) -> bool {
        let Some(today) = self.today else { return true };
        let (_, last) = date.bounds();
        last.until(today).is_ok_and(|span| span.get_days() >= PAST_DAYS)
    }

    fn is_future(&self, date: PartialDate) -> bool {
        self.today.is_some_and(|today| date.bounds().0 > today)
    }
}

fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sep" | "sept" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let cut = Text::new("", text, Some(Lang::En));
        let published = "2026-03-10T08:00:00Z".parse().unwrap();
        let found: Vec<_> = cut
            .sentences()
            .iter()
            .flat_map(|sentence| super::find(&cut, sentence, Some(published)))
            .map(|when| {
                let date = when.value.date.map_or("-".to_owned(), |date| date.to_string());
                let past = if when.value.past { " past" } else { "" };
                (cut.printed(when.span).to_owned(), format!("{date}{past}"))
            })
            .collect();
        let found: Vec<_> = found.iter().map(|(raw, read)| (raw.as_str(), read.as_str())).collect();
        assert_eq!(found, expected, "in: {text}");
    }

    #[test]
    fn dates_are_as_precise_as_printed() {
        check("in December 2021", &[("December 2021", "2021-12 past")]);
        check("on March 4, 2026", &[("March 4, 2026", "2026-03-04")]);
        check("on Jan. 9", &[("Jan. 9", "2026-01-09 past")]);
        check("on 11 June 2025", &[("11 June 2025", "2025-06-11 past")]);
        check("in 2024", &[("2024", "2024 past")]);
    }

    #[test]
    fn relative_dates_count_from_the_article() {
        check("last month", &[("last month", "2026-02")]);
        check("yesterday", &[("yesterday", "2026-03-09")]);
        check("last year", &[("last year", "2025 past")]);
        check("two years ago", &[("two years ago", "- past")]);
    }

    #[test]
    fn other_words_are_left_alone() {
        check("it may march on", &[]);
        check("2024 models", &[]);
    }
}
