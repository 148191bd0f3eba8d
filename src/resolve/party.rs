//! Whether two printed names of buyers or investors are one party, are two, or cannot be compared.
//!
//! Names in two scripts that neither the table nor the log knows (石屏重工 and Stonescreen Heavy) say
//! nothing about each other: they neither join two mentions nor keep them apart.

use super::Knowledge;
use crate::entity::Entity;
use crate::entity::View;
use crate::entity::fold_name;
use crate::entity::sounds_like;

/// A shorter first word is an initial or a title, in characters.
const SHORTEST_LATIN: usize = 4;
/// One character begins too many names.
const SHORTEST_CHINESE: usize = 2;

/// A buyer or investor as clustering compares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Party {
    /// As printed.
    pub(super) name: String,
    /// The same for every name of one party that the table or the log knows; else the folded name.
    pub(super) key: String,
    /// The owner's key, for one that the table knows to be owned: a deal is told of either.
    owner: Option<String>,
    /// Known by the table or the log.
    known: bool,
    /// Known in both scripts: any other name is another party.
    both_scripts: bool,
    /// Printed in Chinese.
    chinese: bool,
    /// The name in words, for one that the table lacks: it may be printed in full or not.
    words: Option<String>,
}

impl Party {
    pub(super) fn of(name: &str, knowledge: &Knowledge<'_>) -> Party {
        let folded = fold_name(name);
        let chinese = is_chinese(name);
        if let Some(entity) = in_table(name, knowledge) {
            return Party {
                name: name.to_owned(),
                key: entity.id.to_string(),
                owner: entity.parent.as_ref().map(ToString::to_string),
                known: true,
                both_scripts: entity.en.is_some() && entity.zh.is_some(),
                chinese,
                words: None,
            };
        }
        let known = (knowledge.known)(&folded);
        Party {
            name: name.to_owned(),
            key: known.as_ref().map_or(folded, ToString::to_string),
            owner: None,
            known: known.is_some(),
            both_scripts: false,
            chinese,
            words: Some(View::new(name).text),
        }
    }

    /// One party, as far as the names tell: one key, one owns the other, one name is the
    /// other in short, or one spells how the other sounds.
    pub(super) fn is(&self, other: &Party) -> bool {
        let owns = |owner: &Party, owned: &Party| owned.owner.as_ref() == Some(&owner.key);
        self.key == other.key
            || owns(self, other)
            || owns(other, self)
            || self.is_short_for(other)
            || other.is_short_for(self)
            || (self.chinese != other.chinese && {
                let (chinese, latin) = if self.chinese { (self, other) } else { (other, self) };
                sounds_like(&chinese.name, &latin.name)
            })
    }

    /// The name without what it ends in: Stonescreen is Stonescreen Heavy, 云岫 is 云岫资本.
    fn is_short_for(&self, other: &Party) -> bool {
        let Some((short, long)) = self.words.as_ref().zip(other.words.as_ref()) else {
            return false;
        };
        let least = if self.chinese { SHORTEST_CHINESE } else { SHORTEST_LATIN };
        let ends = |rest: &str| if self.chinese { !rest.is_empty() } else { rest.starts_with(' ') };
        self.chinese == other.chinese
            && short.chars().count() >= least
            && long.strip_prefix(short.as_str()).is_some_and(ends)
    }

    /// Certainly two parties.
    pub(super) fn is_not(&self, other: &Party) -> bool {
        let comparable = self.chinese == other.chinese
            || (self.known && other.known)
            || self.both_scripts
            || other.both_scripts;
        comparable && !self.is(other)
    }
}

/// The entity of the name, or of its part in one script: `谷歌DeepMind` is known by either.
fn in_table<'a>(name: &str, knowledge: &Knowledge<'a>) -> Option<&'a Entity> {
    knowledge.table.lookup(name).or_else(|| {
        let (chinese, latin): (String, String) = name.chars().partition(|letter| is_han(*letter));
        let mixed = !chinese.is_empty() && latin.chars().any(char::is_alphanumeric);
        if !mixed {
            return None;
        }
        knowledge.table.lookup(&latin).or_else(|| knowledge.table.lookup(&chinese))
    })
}

/// Printed in Chinese, at least in part.
pub(super) fn is_chinese(name: &str) -> bool {
    name.chars().any(is_han)
}

/// A character of the blocks that Chinese names are printed in.
fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Some party stands on both sides.
pub(super) fn shared(a: &[Party], b: &[Party]) -> usize {
    a.iter().filter(|party| b.iter().any(|other| party.is(other))).count()
}

/// Both sides name somebody, and none of one can be any of the other.
pub(super) fn apart(a: &[Party], b: &[Party]) -> bool {
    !a.is_empty()
        && !b.is_empty()
        && a.iter().all(|party| b.iter().all(|other| party.is_not(other)))
}
