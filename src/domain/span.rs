//! A range of one text.

use std::ops::Range;

/// A byte range in one text, on `char` boundaries, never empty.
///
/// Rules pass spans around instead of substrings, so that every extracted value can be shown
/// beside the words it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// Returns `None` if the range is empty, out of bounds, or splits a character.
    pub fn new(text: &str, start: usize, end: usize) -> Option<Span> {
        text.get(start..end).filter(|covered| !covered.is_empty())?;
        Some(Span { start, end })
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start
    }

    /// The byte after the last.
    pub fn end(self) -> usize {
        self.end
    }

    /// As a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The covered words; empty if `text` is not the text the span was made for.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_splits_a_character() {
        assert!(Span::new("亿元", 0, 3).is_some());
        assert!(Span::new("亿元", 0, 2).is_none());
        assert!(Span::new("亿元", 3, 3).is_none());
        assert!(Span::new("亿元", 3, 9).is_none());
    }
}
