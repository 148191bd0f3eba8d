//! UTF-8 that was taken for windows-1252 and encoded once more: `Ã©` for `é`, `èžèµ„` for `融资`.
//!
//! A publisher's mistake that leaves no invalid byte behind. It is undone only where nothing
//! speaks against it.

use std::borrow::Cow;

/// Characters that must come out before the mistake is believed.
const ENOUGH: usize = 3;

/// `text` as it was meant.
///
/// Every run of characters that windows-1252 has must be UTF-8 when written as its bytes; one that
/// is not (`naïve`, a lone `”`) shows a text that is right as it is.
pub(super) fn undone(text: &str) -> Cow<'_, str> {
    if !text.contains(is_lead) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut bytes = Vec::new();
    let mut count = 0;
    for c in text.chars().chain(['\0']) {
        if let Some(byte) = byte_of(c) {
            bytes.push(byte);
            continue;
        }
        let Ok(meant) = std::str::from_utf8(&bytes) else {
            return Cow::Borrowed(text);
        };
        count += meant.chars().count();
        out.push_str(meant);
        bytes.clear();
        out.push(c);
    }
    out.pop();
    if count < ENOUGH { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// What the first byte of a character of UTF-8 becomes.
fn is_lead(c: char) -> bool {
    matches!(c, '\u{c2}'..='\u{f4}')
}

/// The byte that windows-1252 has for a character beyond ASCII.
fn byte_of(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        '\0'..='\u{7f}' => None,
        _ => {
            let mut buffer = [0; 4];
            let (bytes, _, failed) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            bytes.first().copied().filter(|_| !failed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubled(text: &str) -> String {
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
        text.into_owned()
    }

    #[test]
    fn what_was_encoded_twice_is_read_once() {
        for text in ["示例公司完成融资", "“Café” raises €5m – a déjà-vu", "Ünïcödé"]
        {
            assert_eq!(undone(&doubled(text)), text);
        }
        // Beside Chinese that is right, as where one field was pasted.
        assert_eq!(undone(&format!("融资 {}", doubled("示例公司"))), "融资 示例公司");
    }

    #[test]
    fn what_is_right_stays() {
        for text in ["naïve café", "Ãngela", "“quoted” Ã©", "融资", "Ã©", "5 € – £", "ÃÂÃ"]
        {
            assert_eq!(undone(text), text);
        }
    }
}
