//! The entity table as a value: who there is, under which names, and how to ask.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::EntityId;

use super::build;
use super::fold::View;
use super::matching::{Hit, Matcher, Pattern};
use super::name::Keys;
use super::problem::Error;

/// What sort of party an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// Any firm or laboratory that is not mainly an investor.
    Company,
    /// A fund, a corporate venture arm, an angel group.
    Investor,
    /// A founder or an angel known by name.
    Person,
    /// A state, a ministry, a city.
    Government,
}

impl EntityKind {
    /// The word used in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            EntityKind::Company => "company",
            EntityKind::Investor => "investor",
            EntityKind::Person => "person",
            EntityKind::Government => "government",
        }
    }
}

/// An organisation or person, under one id whatever its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Never changes once shipped.
    pub id: EntityId,
    /// What sort of party it is.
    pub kind: EntityKind,
    /// Whether artificial intelligence, or what it runs on, is its main business.
    pub ai: bool,
    /// The name in Latin script, as it is shown.
    pub en: Option<String>,
    /// The name in simplified Chinese, as it is shown.
    pub zh: Option<String>,
    /// Every name it goes by, the shown ones included.
    pub names: Vec<Name>,
    /// Words that contain one of the names and mean something else.
    pub except: Vec<String>,
    /// Host names without `www.`.
    pub domains: Vec<String>,
    /// ISO 3166 alpha-2.
    pub country: Option<String>,
    /// The entity that owns it.
    pub parent: Option<EntityId>,
}

impl Entity {
    /// The name to show: the Latin one, else the Chinese one, else the id.
    pub fn name(&self) -> &str {
        self.en.as_deref().or(self.zh.as_deref()).unwrap_or(self.id.as_str())
    }
}

/// One of an entity's names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As it is printed.
    pub text: String,
    /// Where it means its entity.
    pub reach: Reach,
    /// A name it no longer carries; it still means the entity.
    pub former: bool,
}

/// Where a name is taken to mean its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// In any text, in any case.
    Anywhere,
    /// In any text, in exactly this case: `Meta`, `Apple`.
    Cased,
    /// Only where the words are known to be a party's name: `Figure`, `Scale`.
    PartyOnly,
}

/// Who there is, and how to find them by name.
#[derive(Debug, Clone)]
pub struct EntityTable {
    /// By id.
    entities: Vec<Entity>,
    /// [`super::fold_spelling`] of every name.
    by_spelling: HashMap<String, usize>,
    /// The barest key of every name, where only one entity has it.
    by_bare_name: HashMap<String, Option<usize>>,
    matcher: Matcher,
    version: String,
}

impl EntityTable {
    /// The table that the program comes with; read once.
    pub fn shipped() -> &'static EntityTable {
        static SHIPPED: LazyLock<EntityTable> = LazyLock::new(|| {
            EntityTable::from_toml(SHIPPED_FILES).expect("a test reads the shipped entity files")
        });
        &SHIPPED
    }

    /// Reads a table from files given by name and text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in any file: syntax, unknown keys, an id or a name used twice,
    /// a parent that is not there.
    pub fn from_toml(files: &[(&str, &str)]) -> Result<EntityTable, Error> {
        Ok(EntityTable::new(build::layer(Vec::new(), files)?))
    }

    /// This table with a person's own files laid over it.
    ///
    /// An entity with a known id is changed: single values are replaced, lists are added to. A
    /// name that another entity had is taken from it.
    ///
    /// # Errors
    ///
    /// As for [`EntityTable::from_toml`], within the files given.
    pub fn with_added(&self, files: &[(&str, &str)]) -> Result<EntityTable, Error> {
        Ok(EntityTable::new(build::layer(self.entities.clone(), files)?))
    }

    fn new(mut entities: Vec<Entity>) -> EntityTable {
        entities.sort_by(|a, b| a.id.cmp(&b.id));
        let mut by_spelling = HashMap::new();
        let mut by_bare_name = HashMap::new();
        for (at, name) in names(&entities) {
            let keys = Keys::new(&name.text);
            let only = by_bare_name.entry(keys.bare().to_owned()).or_insert(Some(at));
            *only = only.filter(|other| *other == at);
            by_spelling.insert(keys.spelling().to_owned(), at);
        }
        let matcher = Matcher::new(patterns(&entities));
        let version = build::version(&entities);
        EntityTable { entities, by_spelling, by_bare_name, matcher, version }
    }

    /// Every entity, by id.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// A hash of the content, stored with each mention: the same for the same entities in
    /// whatever order and layout of files.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The entity with this id.
    pub fn get(&self, id: &str) -> Option<&Entity> {
        let at = self.entities.binary_search_by(|entity| entity.id.as_str().cmp(id)).ok()?;
        self.entities.get(at)
    }

    /// Who a party's name means, legal form and dress aside.
    ///
    /// The spelling with its legal form is asked first, then with less and less of it, so that
    /// 联想控股 is not 联想集团. Use it for words already known to be a name; to look for names in
    /// a text there is [`EntityTable::find`].
    pub fn lookup(&self, name: &str) -> Option<&Entity> {
        let keys = Keys::new(name);
        let spelt = keys.all().find_map(|key| self.by_spelling.get(key)).copied();
        let bare = || self.by_bare_name.get(keys.bare()).copied().flatten();
        self.entities.get(spelt.or_else(bare)?)
    }

    /// Who publishes under this host: the host itself or a domain above it.
    pub fn by_host(&self, host: &str) -> Option<&Entity> {
        let owns = |domain: &String| {
            host.strip_suffix(domain.as_str())
                .is_some_and(|front| front.is_empty() || front.ends_with('.'))
        };
        self.entities.iter().find(|entity| entity.domains.iter().any(owns))
    }

    /// The names in a text, from left to right, the longest at each place, none overlapping.
    ///
    /// Latin names need a word boundary on both sides; a name of [`Reach::PartyOnly`] is never
    /// found.
    pub fn find(&self, view: &View) -> Vec<Hit<'_>> {
        let mut hits = Vec::new();
        self.matcher.search(view, |range, at| {
            if let Some(entity) = self.entities.get(at) {
                hits.push(Hit { start: range.start, end: range.end, entity });
            }
        });
        hits
    }
}

/// The entity files in `config/entities`.
pub(super) const SHIPPED_FILES: &[(&str, &str)] = &[
    ("ai-companies.toml", include_str!("../../config/entities/ai-companies.toml")),
    ("investors.toml", include_str!("../../config/entities/investors.toml")),
    ("buyers.toml", include_str!("../../config/entities/buyers.toml")),
];

fn names(entities: &[Entity]) -> impl Iterator<Item = (usize, &Name)> {
    entities
        .iter()
        .enumerate()
        .flat_map(|(at, entity)| entity.names.iter().map(move |name| (at, name)))
}

fn patterns(entities: &[Entity]) -> Vec<Pattern> {
    let fold = |text: &str| View::new(text).text;
    let named = names(entities).filter_map(|(at, name)| {
        let printed = match name.reach {
            Reach::Anywhere => None,
            Reach::Cased => Some(name.text.clone()),
            Reach::PartyOnly => return None,
        };
        Some(Pattern { text: fold(&name.text), printed, entity: Some(at) })
    });
    let passed_over = entities.iter().flat_map(|entity| &entity.except);
    let passed_over =
        passed_over.map(|words| Pattern { text: fold(words), printed: None, entity: None });
    named.chain(passed_over).collect()
}

#[cfg(test)]
mod shipped_tests;
#[cfg(test)]
mod tests;
