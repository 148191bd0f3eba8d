//! Numbers in digits and in Chinese numerals: 3.5, 5,000, 二十, 三百五, 两.

/// The value of a Chinese digit; 十 and above are units, not digits.
pub(super) fn numeral(letter: char) -> Option<i64> {
    let value = match letter {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' => 4,
        '五' | '伍' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(value)
}

/// A decimal number as `mantissa / 10^places`, and the bytes it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    mantissa: i64,
    places: u32,
    pub(super) length: usize,
}

impl Number {
    pub(super) fn scaled(self, power: u32) -> Option<i64> {
        if power >= self.places {
            self.mantissa.checked_mul(10_i64.checked_pow(power - self.places)?)
        } else {
            Some(self.mantissa / 10_i64.checked_pow(self.places - power)?)
        }
    }
}

/// `3.5`, `5,000`, 二十, 三百五, 两.
pub(super) fn number(text: &str) -> Option<Number> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() { arabic(text) } else { chinese(text) }
}

fn arabic(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let digits_from = |at: usize| {
        bytes.get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let mut length = digits_from(0);
    let mut digits: String = text.get(..length)?.to_owned();
    while bytes.get(length) == Some(&b',') && digits_from(length + 1) == 3 {
        digits.push_str(text.get(length + 1..length + 4)?);
        length += 4;
    }
    let mut places = 0;
    if bytes.get(length) == Some(&b'.') {
        let fraction = digits_from(length + 1);
        // A second point makes it a version, not a number.
        if fraction > 0 && bytes.get(length + 1 + fraction) != Some(&b'.') {
            digits.push_str(text.get(length + 1..length + 1 + fraction)?);
            places = u32::try_from(fraction).ok()?;
            length += 1 + fraction;
        }
    }
    Some(Number { mantissa: digits.parse().ok()?, places, length })
}

/// Reads up to thousands; what follows (万, 亿) is the unit.
fn chinese(text: &str) -> Option<Number> {
    let (mut total, mut digit, mut length, mut places) = (0_i64, None, 0, None);
    for (seen, letter) in text.chars().enumerate() {
        if seen > 12 {
            return None;
        }
        if let Some(value) = numeral(letter) {
            match (&mut places, digit) {
                (Some(count), _) => {
                    total = total.checked_mul(10)?.checked_add(value)?;
                    *count += 1;
                }
                (None, None) => digit = Some(value),
                (None, Some(_)) => break,
            }
        } else if letter == '点' && digit.is_some() && places.is_none() {
            total += digit.take().unwrap_or(0);
            places = Some(0);
        } else if let (None, Some(power)) = (places, hundreds(letter)) {
            // 百 before 万 or 亿 belongs to the unit, when no digit stands before it.
            let Some(times) = digit.take().or((power == 10 && total > 0).then_some(1)) else {
                break;
            };
            total += times * power;
        } else {
            break;
        }
        length += letter.len_utf8();
    }
    let total = total + digit.unwrap_or(0);
    (length > 0 && total > 0 && places != Some(0)).then_some(Number {
        mantissa: total,
        places: places.unwrap_or(0),
        length,
    })
}

fn hundreds(letter: char) -> Option<i64> {
    match letter {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}
