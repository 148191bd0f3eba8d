//! Financing rounds: their codes and their order.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;

/// A round without its plus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundBase {
    /// Before the seed.
    PreSeed,
    /// 种子轮.
    Seed,
    /// 天使轮.
    Angel,
    /// Pre-A.
    PreA,
    /// Series A to J, as the capital's distance from `A` (0 to 9).
    Letter(u8),
    /// Growth and Pre-IPO.
    Growth,
    /// 战略融资.
    Strategic,
    /// A bridge to the next round.
    Bridge,
    /// "Venture round" and the like: equity, no letter.
    Venture,
}

/// The code of a round: `seed`, `a`, `a+`, `growth`, …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RoundCode {
    /// The round.
    pub base: RoundBase,
    /// A1, A2, A+, A++ and other continuations of the same round.
    pub plus: bool,
}

impl RoundCode {
    /// A round without plus.
    pub const fn of(base: RoundBase) -> RoundCode {
        RoundCode { base, plus: false }
    }

    /// The place in `pre-seed < seed = angel < pre-a < a < a+ < b … < j < growth`.
    ///
    /// `None` for strategic, bridge and venture, which match only by name.
    pub fn rank(self) -> Option<u8> {
        let base = match self.base {
            RoundBase::PreSeed => 0,
            RoundBase::Seed | RoundBase::Angel => 2,
            RoundBase::PreA => 4,
            RoundBase::Letter(letter) => 6 + 2 * letter,
            RoundBase::Growth => 30,
            RoundBase::Strategic | RoundBase::Bridge | RoundBase::Venture => return None,
        };
        Some(base + u8::from(self.plus))
    }
}

impl fmt::Display for RoundCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.base {
            RoundBase::PreSeed => f.write_str("pre-seed")?,
            RoundBase::Seed => f.write_str("seed")?,
            RoundBase::Angel => f.write_str("angel")?,
            RoundBase::PreA => f.write_str("pre-a")?,
            RoundBase::Letter(letter) => write!(f, "{}", char::from(b'a' + letter.min(9)))?,
            RoundBase::Growth => f.write_str("growth")?,
            RoundBase::Strategic => f.write_str("strategic")?,
            RoundBase::Bridge => f.write_str("bridge")?,
            RoundBase::Venture => f.write_str("venture")?,
        }
        if self.plus { f.write_str("+") } else { Ok(()) }
    }
}

/// Not a round's code.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is no round: use pre-seed, seed, angel, pre-a, a to j, growth, strategic, bridge or \
     venture, each with an optional +"
)]
pub struct BadRound(String);

impl FromStr for RoundCode {
    type Err = BadRound;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.to_ascii_lowercase();
        let (name, plus) = match lower.strip_suffix('+') {
            Some(name) => (name, true),
            None => (lower.as_str(), false),
        };
        let base = match name {
            "pre-seed" => RoundBase::PreSeed,
            "seed" => RoundBase::Seed,
            "angel" => RoundBase::Angel,
            "pre-a" => RoundBase::PreA,
            "growth" => RoundBase::Growth,
            "strategic" => RoundBase::Strategic,
            "bridge" => RoundBase::Bridge,
            "venture" => RoundBase::Venture,
            _ => match name.as_bytes() {
                [letter @ b'a'..=b'j'] => RoundBase::Letter(letter - b'a'),
                _ => return Err(BadRound(text.to_owned())),
            },
        };
        Ok(RoundCode { base, plus })
    }
}

impl Serialize for RoundCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RoundCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RoundCode {
        text.parse().unwrap()
    }

    #[test]
    fn a_code_prints_as_it_was_read() {
        for text in [
            "pre-seed",
            "seed",
            "angel+",
            "pre-a+",
            "a",
            "a+",
            "j",
            "growth",
            "strategic",
            "venture",
        ] {
            assert_eq!(code(text).to_string(), text);
        }
        assert!("k".parse::<RoundCode>().is_err());
        assert!("ab".parse::<RoundCode>().is_err());
    }

    #[test]
    fn rounds_are_in_order_of_the_company_s_age() {
        let order = ["pre-seed", "seed", "pre-a", "a", "a+", "b", "c", "j", "growth"];
        let ranks: Vec<_> = order.iter().map(|text| code(text).rank()).collect();
        assert!(ranks.is_sorted() && ranks.iter().all(Option::is_some), "{ranks:?}");
        assert_eq!(code("seed").rank(), code("angel").rank());
        assert_eq!(code("strategic").rank(), None);
    }
}
