//! Rounds: `Series B extension`, A++轮, 战略融资.

mod en;
mod zh;

use super::Found;
use super::text::Sentence;
use super::text::Text;
use crate::domain::Lang;
use crate::domain::RoundCode;

/// The rounds that a sentence names, in order.
pub fn find(text: &Text, sentence: &Sentence) -> Vec<Found<RoundCode>> {
    match sentence.lang {
        Lang::En => en::find(text, sentence),
        Lang::Zh => zh::find(text, sentence),
    }
}
