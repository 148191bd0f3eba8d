//! UTF-32, which the web's encodings leave out: four bytes for each character.

/// The order of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Big,
    Little,
}

impl Order {
    /// By the byte order mark, or by the zeros around the first sign of a feed.
    pub(super) fn of(bytes: &[u8]) -> Option<Order> {
        match bytes {
            [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, b'<' | b'{', ..] => Some(Order::Big),
            [0xff, 0xfe, 0, 0, 0 | b'<' | b'{', ..] | [b'<' | b'{', 0, 0, 0, ..] => {
                Some(Order::Little)
            }
            [0xff, 0xfe, 0, 0] => Some(Order::Little),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Order::Big => "UTF-32BE",
            Order::Little => "UTF-32LE",
        }
    }

    /// The text; what is no character is U+FFFD, and a rest of under four bytes is left out.
    pub(super) fn read(self, bytes: &[u8]) -> String {
        let units = bytes.chunks_exact(4).filter_map(|four| <[u8; 4]>::try_from(four).ok());
        let number = |four| match self {
            Order::Big => u32::from_be_bytes(four),
            Order::Little => u32::from_le_bytes(four),
        };
        let text = units.map(|four| char::from_u32(number(four)).unwrap_or('\u{fffd}'));
        text.enumerate().filter(|(at, c)| *at > 0 || *c != '\u{feff}').map(|(_, c)| c).collect()
    }
}
