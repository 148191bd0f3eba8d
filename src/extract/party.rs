//! Companies, funds and people: names, and words that stand for one.

mod en;
mod names;
mod zh;

use super::Found;
use super::text::Sentence;
use super::text::Text;
use crate::domain::EntityId;
use crate::domain::Lang;
use crate::entity::EntityKind;

pub use names::Names;

/// A party of a deal, or what refers to one.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// As printed, without descriptors: `AI startup X` is `X`.
    pub name: String,
    /// In the entity table.
    pub entity: Option<EntityId>,
    /// What it is, as far as the table or the words tell.
    pub kind: PartyKind,
    /// The table, or the words right beside the name, say that it is an AI company.
    pub ai: bool,
}

/// What a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyKind {
    /// A name that may be a company.
    Company,
    /// A fund, by the table or by its name (`… Capital`, …资本).
    Investor,
    /// A person.
    Person,
    /// A state, ministry, city.
    Government,
    /// A newspaper, agency or data firm: who tells, seldom who deals.
    Outlet,
    /// A model, product or place: never a party.
    Thing,
    /// Not a name: refers to one.
    Refers(Reference),
}

/// What a word that is no name refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// `the company`, `the startup`, 该公司: the company the article is about.
    Company,
    /// `it`, `its`, 其: the subject before.
    It,
    /// `the chipmaker`, `the search giant`, 买方: the other side, usually the buyer.
    Other,
    /// `an AI startup`, 一家大模型公司: a company without a name.
    Unnamed,
}

/// How many tokens at the start of a sentence are a dateline, which says nothing of any deal.
pub fn dateline(text: &Text, sentence: &Sentence) -> usize {
    match sentence.lang {
        Lang::En => en::dateline::length(text, sentence, text.tokens_of(sentence)),
        Lang::Zh => 0,
    }
}

impl Party {
    /// A name that neither the table nor the words explain.
    pub fn named(name: &str) -> Party {
        Party { name: name.to_owned(), entity: None, kind: PartyKind::Company, ai: false }
    }

    /// A word that stands for a party.
    pub fn reference(words: &str, refers: Reference) -> Party {
        Party { name: words.to_owned(), entity: None, kind: PartyKind::Refers(refers), ai: false }
    }

    /// Whether it is a name, and one that can take part in a deal.
    pub fn is_name(&self) -> bool {
        matches!(
            self.kind,
            PartyKind::Company | PartyKind::Investor | PartyKind::Person | PartyKind::Government
        )
    }
}

impl From<EntityKind> for PartyKind {
    fn from(kind: EntityKind) -> PartyKind {
        match kind {
            EntityKind::Company => PartyKind::Company,
            EntityKind::Investor => PartyKind::Investor,
            EntityKind::Person => PartyKind::Person,
            EntityKind::Government => PartyKind::Government,
        }
    }
}

/// Whether a Chinese name is a longer form of another: 玄算科技 of 玄算, 北京语析科技 of 语析科技.
///
/// Both are folded.
pub fn is_longer_form(long: &str, short: &str) -> bool {
    zh::is_longer_form(long, short)
}

/// Whether a Chinese name ends as those of companies do: 甲科技, 甲有限公司.
pub fn has_corporate_suffix(name: &str) -> bool {
    zh::has_corporate_suffix(name)
}

/// Whether an English name is another with words of form behind it: `Acme Robotics Inc` of `Acme`.
///
/// Both are in lower case.
pub fn is_longer_name(long: &str, short: &str) -> bool {
    en::is_longer_name(long, short)
}

/// The parties of a sentence, in order.
pub fn find(text: &Text, sentence: &Sentence, names: &Names<'_>) -> Vec<Found<Party>> {
    match sentence.lang {
        Lang::En => en::find(text, sentence, names),
        Lang::Zh => zh::find(text, sentence, names),
    }
}
