//! Shares of a company: `a 30% stake`, 持股58.62%.

mod en;
mod zh;

use super::Found;
use super::text::Sentence;
use super::text::Text;
use crate::domain::Lang;
use crate::domain::Percent;

/// The shares of a sentence, in order; growth rates and the like are left alone.
pub fn find(text: &Text, sentence: &Sentence) -> Vec<Found<Percent>> {
    match sentence.lang {
        Lang::En => en::find(text, sentence),
        Lang::Zh => zh::find(text, sentence),
    }
}
