//! Which part of a round its printed name means: the second of A2, the third plus of A+++.

/// A part of a round that is told as a deal of its own. The two ways to count are not compared:
/// outlets turn A2 into A+ at will.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tranche {
    /// A1, A2.
    Number(u8),
    /// A+, A++.
    Pluses(u8),
}

impl Tranche {
    /// Of the round as printed; `None` for a whole round and for words.
    pub(super) fn of(raw: &str) -> Option<Tranche> {
        let letters: Vec<char> =
            raw.chars().map(half_width).filter(|letter| !letter.is_whitespace()).collect();
        let pluses = letters.iter().filter(|letter| **letter == '+').count();
        if pluses > 0 {
            return u8::try_from(pluses).ok().map(Tranche::Pluses);
        }
        letters.windows(2).enumerate().find_map(|(place, pair)| {
            let letter = pair[0].to_ascii_lowercase();
            let number = pair[1].to_digit(10).and_then(|digit| u8::try_from(digit).ok())?;
            let alone = place
                .checked_sub(1)
                .and_then(|before| letters.get(before))
                .is_none_or(|before| !before.is_ascii_alphabetic() || raw.contains(' '));
            (('a'..='j').contains(&letter) && alone).then_some(Tranche::Number(number))
        })
    }

    /// Certainly two parts.
    pub(super) fn is_not(self, other: Tranche) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other) && self != other
    }
}

/// The ASCII character of a full-width one.
fn half_width(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_from_the_printed_name() {
        for (raw, expected) in [
            ("A1輪", Some(Tranche::Number(1))),
            ("A5 轮", Some(Tranche::Number(5))),
            ("Series E1", Some(Tranche::Number(1))),
            ("Pre-A2轮", Some(Tranche::Number(2))),
            ("Ａ２轮", Some(Tranche::Number(2))),
            ("A+轮", Some(Tranche::Pluses(1))),
            ("B＋＋轮", Some(Tranche::Pluses(2))),
            ("Series B", None),
            ("Series C extension", None),
            ("天使轮", None),
        ] {
            assert_eq!(Tranche::of(raw), expected, "{raw}");
        }
    }

    #[test]
    fn only_one_way_to_count_is_compared() {
        assert!(Tranche::Number(1).is_not(Tranche::Number(5)));
        assert!(!Tranche::Number(2).is_not(Tranche::Pluses(1)));
        assert!(!Tranche::Pluses(1).is_not(Tranche::Pluses(1)));
    }
}
