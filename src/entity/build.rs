//! Lays rows of entity files over entities: merging, checking, versioning.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::HashSet;

use toml::Spanned;

use super::name::fold_spelling;
use super::problem::{Error, Problem};
use super::read::{Row, Source};
use super::table::{Entity, EntityKind, Name, Reach};
use crate::domain::EntityId;

/// The entities of `base` with the files laid over them.
pub(super) fn layer(base: Vec<Entity>, files: &[(&str, &str)]) -> Result<Vec<Entity>, Error> {
    let mut problems = Vec::new();
    let mut sources = Vec::new();
    for (file, text) in files {
        match Source::read(file, text) {
            Ok(source) => sources.push(source),
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(sources.iter().flat_map(faults));
    problems.extend(repeated_ids(&sources));
    problems.extend(shared_names(&sources));
    if !problems.is_empty() {
        return Err(Error { problems });
    }
    let merged = merge(base, &sources);
    problems.extend(nameless(&merged, &sources));
    problems.extend(unknown_parents(&merged, &sources));
    if problems.is_empty() { Ok(merged) } else { Err(Error { problems }) }
}

/// Changes and adds entities, in the order of the rows.
fn merge(mut entities: Vec<Entity>, sources: &[Source<'_>]) -> Vec<Entity> {
    if !entities.is_empty() {
        give_up_names(&mut entities, sources);
    }
    let mut places: HashMap<EntityId, usize> =
        entities.iter().enumerate().map(|(at, entity)| (entity.id.clone(), at)).collect();
    for row in sources.iter().flat_map(|source| &source.rows) {
        let Some(id) = EntityId::from_slug(row.id.get_ref()) else { continue };
        let at = *places.entry(id.clone()).or_insert(entities.len());
        if at == entities.len() {
            entities.push(blank(id));
        }
        if let Some(entity) = entities.get_mut(at) {
            apply(row, entity);
        }
    }
    entities
}

/// Takes from each entity the names that a row claims for another.
fn give_up_names(entities: &mut [Entity], sources: &[Source<'_>]) {
    let mut claims: HashMap<String, &str> = HashMap::new();
    for row in sources.iter().flat_map(|source| &source.rows) {
        let id = row.id.get_ref();
        claims.extend(claimed(row).map(|name| (fold_spelling(name.get_ref()), id.as_str())));
    }
    for entity in entities {
        let id = entity.id.as_str();
        let taken =
            |name: &Name| claims.get(&fold_spelling(&name.text)).is_some_and(|owner| *owner != id);
        entity.names.retain(|name| !taken(name));
    }
}

fn blank(id: EntityId) -> Entity {
    Entity {
        id,
        kind: EntityKind::Company,
        ai: false,
        en: None,
        zh: None,
        names: Vec::new(),
        except: Vec::new(),
        domains: Vec::new(),
        country: None,
        parent: None,
    }
}

fn apply(row: &Row, entity: &mut Entity) {
    let text =
        |value: &Option<Spanned<String>>| value.as_ref().map(|value| value.get_ref().clone());
    entity.kind = row.kind.unwrap_or(entity.kind);
    entity.ai = row.ai.unwrap_or(entity.ai);
    entity.en = text(&row.en).or(entity.en.take());
    entity.zh = text(&row.zh).or(entity.zh.take());
    entity.country = text(&row.country).or(entity.country.take());
    let parent = row.parent.as_ref().and_then(|parent| EntityId::from_slug(parent.get_ref()));
    entity.parent = parent.or(entity.parent.take());
    entity.except.extend(row.except.iter().map(|words| words.get_ref().clone()));
    entity.domains.extend(row.domains.iter().cloned());
    let listed = names(row);
    entity.names.retain(|name| listed.iter().all(|new| new.text != name.text));
    entity.names.extend(listed);
}

/// The names of a row; one that stands in several keys has the narrowest reach of them.
fn names(row: &Row) -> Vec<Name> {
    let shown = row.en.iter().chain(&row.zh);
    let lists = [
        (Reach::PartyOnly, false, row.ambiguous.iter().collect::<Vec<_>>()),
        (Reach::Cased, false, row.cased.iter().collect()),
        (Reach::Anywhere, false, shown.chain(&row.aliases).collect()),
        (Reach::Anywhere, true, row.former.iter().collect()),
    ];
    let mut names: Vec<Name> = Vec::new();
    for (reach, former, list) in lists {
        for text in list {
            match names.iter_mut().find(|name| name.text == *text.get_ref()) {
                Some(known) => known.former |= former,
                None => names.push(Name { text: text.get_ref().clone(), reach, former }),
            }
        }
    }
    names
}

/// Every name a row gives, with its place.
fn claimed(row: &Row) -> impl Iterator<Item = &Spanned<String>> {
    let shown = row.en.iter().chain(&row.zh);
    shown.chain(&row.aliases).chain(&row.cased).chain(&row.ambiguous).chain(&row.former)
}

/// What is wrong in a row by itself.
fn faults(source: &Source<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut fault = |value: &Spanned<String>, what: &str| {
        let message = format!("`{}` {what}", value.get_ref());
        problems.push(source.problem(value.span().start, message));
    };
    for row in &source.rows {
        if EntityId::from_slug(row.id.get_ref()).is_none() {
            fault(&row.id, "is no id: use small letters, digits and single hyphens");
        }
        if let Some(country) = &row.country {
            let code = country.get_ref().as_bytes();
            if code.len() != 2 || !code.iter().all(u8::is_ascii_uppercase) {
                fault(country, "is no country: use two capital letters such as `CN`");
            }
        }
        for name in claimed(row) {
            if let Some(what) = unfit(name.get_ref(), row) {
                fault(name, what);
            }
        }
    }
    problems
}

/// Why a name cannot be looked for.
fn unfit(name: &str, row: &Row) -> Option<&'static str> {
    let only_party = row.ambiguous.iter().any(|other| other.get_ref() == name);
    if !name.starts_with(char::is_alphanumeric) {
        return Some("does not begin with a letter or digit");
    }
    if name.trim() != name {
        return Some("ends with a space");
    }
    (!only_party && name.chars().count() < 2)
        .then_some("is too short to be found: list it as `ambiguous`")
}

/// Every place of an id that has more than one.
fn repeated_ids(sources: &[Source<'_>]) -> Vec<Problem> {
    let mut places: BTreeMap<&str, Vec<(&Source<'_>, usize)>> = BTreeMap::new();
    for source in sources {
        for row in &source.rows {
            places.entry(row.id.get_ref()).or_default().push((source, row.id.span().start));
        }
    }
    let repeated = places.iter().filter(|(_, places)| places.len() > 1);
    let problem = |id: &str, (source, at): &(&Source<'_>, usize)| {
        source.problem(*at, format!("the id `{id}` is used twice"))
    };
    repeated.flat_map(|(id, places)| places.iter().map(|place| problem(id, place))).collect()
}

/// Every place of a name that two ids claim.
fn shared_names(sources: &[Source<'_>]) -> Vec<Problem> {
    type Place<'s> = (&'s Source<'s>, &'s Spanned<String>, &'s str);
    let mut places: BTreeMap<String, Vec<Place<'_>>> = BTreeMap::new();
    for source in sources {
        for row in &source.rows {
            for name in claimed(row) {
                let key = fold_spelling(name.get_ref());
                places.entry(key).or_default().push((source, name, row.id.get_ref()));
            }
        }
    }
    let mut problems = Vec::new();
    for claims in places.values() {
        let owners: HashSet<&str> = claims.iter().map(|(_, _, id)| *id).collect();
        if owners.len() > 1 {
            problems.extend(claims.iter().map(|(source, name, id)| {
                let message =
                    format!("`{}` of `{id}` is also another entity's name", name.get_ref());
                source.problem(name.span().start, message)
            }));
        }
    }
    problems
}

/// Rows whose entity has no name to show: most often a known id, misspelt.
fn nameless(entities: &[Entity], sources: &[Source<'_>]) -> Vec<Problem> {
    let nameless = entities.iter().filter(|entity| entity.en.is_none() && entity.zh.is_none());
    let ids: HashSet<&str> = nameless.map(|entity| entity.id.as_str()).collect();
    let mut problems = Vec::new();
    for source in sources {
        for row in source.rows.iter().filter(|row| ids.contains(row.id.get_ref().as_str())) {
            let message =
                format!("`{}` is a new id and has neither `en` nor `zh`", row.id.get_ref());
            problems.push(source.problem(row.id.span().start, message));
        }
    }
    problems
}

fn unknown_parents(entities: &[Entity], sources: &[Source<'_>]) -> Vec<Problem> {
    let ids: HashSet<&str> = entities.iter().map(|entity| entity.id.as_str()).collect();
    let mut problems = Vec::new();
    for source in sources {
        for parent in source.rows.iter().filter_map(|row| row.parent.as_ref()) {
            if !ids.contains(parent.get_ref().as_str()) {
                let message = format!("the parent `{}` is no entity", parent.get_ref());
                problems.push(source.problem(parent.span().start, message));
            }
        }
    }
    problems
}

/// A hash of entities in order of id, as sixteen hexadecimal digits (64-bit FNV-1a).
///
/// Not for security: it tells tables apart, the same way on every machine and in every release.
pub(super) fn version(entities: &[Entity]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        // The unit separator keeps `ab`, `c` apart from `a`, `bc`.
        for byte in text.bytes().chain([0x1f]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for entity in entities {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        add(entity.id.as_str());
        add(entity.kind.as_str());
        add(if entity.ai { "ai" } else { "" });
        for value in [&entity.en, &entity.zh, &entity.country] {
            add(&text(value));
        }
        add(entity.parent.as_ref().map_or("", EntityId::as_str));
        for name in &entity.names {
            add(&name.text);
            add(match name.reach {
                Reach::Anywhere => "anywhere",
                Reach::Cased => "cased",
                Reach::PartyOnly => "party",
            });
            add(if name.former { "former" } else { "" });
        }
        entity.except.iter().for_each(|words| add(words));
        add("");
        entity.domains.iter().for_each(|domain| add(domain));
        add("");
    }
    format!("{hash:016x}")
}
