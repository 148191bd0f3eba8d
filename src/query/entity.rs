//! Companies, investors and people: who there is, under which names, known from where.

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::ArticleId;
use crate::domain::DealId;
use crate::domain::EntityId;
use crate::entity;
use crate::entity::Entity;
use crate::entity::EntityTable;
use crate::store;
use crate::store::StoreError;
use crate::store::rusqlite::Connection;

/// An entity as everybody sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntityView {
    /// Its id; `name:…` for one that only the news knows.
    pub id: EntityId,
    /// The name to show.
    pub name: String,
    /// Every name, with where it is known from.
    pub names: Vec<NameView>,
    /// What sort of party it is; `null` where only the news knows it.
    pub kind: Option<&'static str>,
    /// Whether artificial intelligence is its main business, if that is known.
    pub ai: Option<bool>,
    /// ISO 3166 alpha-2.
    pub country: Option<String>,
    /// The entity that owns it.
    pub parent: Option<EntityId>,
    /// Entities that people made part of it.
    pub parts: Vec<EntityId>,
    /// Its deals, the newest first.
    pub deals: Vec<DealId>,
    /// The first articles that name it.
    pub articles: Vec<ArticleTitle>,
}

/// A name, and where it is known from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameView {
    /// As printed.
    pub name: String,
    /// From where.
    pub from: Origin,
}

/// Where a name is known from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The shipped table.
    Shipped,
    /// An `entities.toml` of one's own.
    Configuration,
    /// An article, first read then.
    News(Timestamp),
    /// A person's decision.
    Person(i64),
}

/// An article by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleTitle {
    /// The number.
    pub article: ArticleId,
    /// The title.
    pub title: String,
}

/// The entity that a name or an id means.
pub fn entity(
    conn: &Connection,
    table: &EntityTable,
    words: &str,
) -> Result<Option<EntityView>, StoreError> {
    let folded = entity::fold_name(words);
    let known = || table.get(words).or_else(|| table.lookup(words)).map(|known| known.id.clone());
    let id = match store::entity::said(conn, &folded)?.or_else(known) {
        Some(id) => Some(id),
        None if words.starts_with("name:") => Some(EntityId::from(words)),
        None => store::entity::meant(conn, &folded)?,
    };
    let Some(id) = id else { return Ok(None) };
    let id = store::entity::follow(conn, &id)?;
    let view = view(conn, table, &id)?;
    Ok((!view.names.is_empty()).then_some(view))
}

/// Entities with a name that holds a text, those of the table first.
pub fn entities(
    conn: &Connection,
    table: &EntityTable,
    text: &str,
) -> Result<Vec<EntityView>, StoreError> {
    let folded = if text.is_empty() { String::new() } else { entity::fold_name(text) };
    let holds = |entity: &&Entity| {
        entity.id.as_str().contains(text)
            || entity.names.iter().any(|name| entity::fold_name(&name.text).contains(&folded))
    };
    let mut ids: Vec<EntityId> =
        table.entities().iter().filter(holds).map(|entity| entity.id.clone()).collect();
    for id in store::entity::search(conn, &folded)? {
        let id = store::entity::follow(conn, &id)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.into_iter().map(|id| view(conn, table, &id)).collect()
}

fn view(conn: &Connection, table: &EntityTable, id: &EntityId) -> Result<EntityView, StoreError> {
    let known = table.get(id.as_str());
    let mut names: Vec<NameView> = known.map(of_table).unwrap_or_default();
    let parts = store::entity::parts(conn, id)?;
    for part in &parts {
        if part != id {
            names.extend(table.get(part.as_str()).map(of_table).unwrap_or_default());
        }
        for name in store::entity::names(conn, part)? {
            let from = match (name.decision, name.added_at) {
                (Some(decision), _) => Origin::Person(decision),
                (None, at) => Origin::News(at.unwrap_or_default()),
            };
            // A name that a person gave to another is not this one's any more.
            let elsewhere =
                store::entity::said(conn, &name.folded)?.is_some_and(|said| said != *id);
            if !elsewhere && !names.iter().any(|known| known.name == name.name) {
                names.push(NameView { name: name.name, from });
            }
        }
    }
    let shown = known.map(|entity| entity.name().to_owned());
    let first = || names.first().map_or_else(|| id.to_string(), |name| name.name.clone());
    let articles = store::entity::articles(conn, id)?;
    Ok(EntityView {
        name: shown.unwrap_or_else(first),
        names,
        kind: known.map(|entity| entity.kind.as_str()),
        ai: match known {
            Some(entity) => Some(entity.ai),
            None => ai(conn, id)?,
        },
        country: known.and_then(|entity| entity.country.clone()),
        parent: known.and_then(|entity| entity.parent.clone()),
        parts: parts.into_iter().filter(|part| part != id).collect(),
        deals: store::entity::deals(conn, id)?,
        articles: articles
            .into_iter()
            .map(|(article, title)| ArticleTitle { article, title })
            .collect(),
        id: id.clone(),
    })
}

/// By the deals it is the target of, if it is of any.
fn ai(conn: &Connection, id: &EntityId) -> Result<Option<bool>, StoreError> {
    let Some(deal) = store::entity::deals(conn, id)?.into_iter().next() else { return Ok(None) };
    let record = store::deal::load(conn, deal)?;
    Ok(record.map(|record| record.facts.ai))
}

fn of_table(entity: &Entity) -> Vec<NameView> {
    let shipped = EntityTable::shipped().get(entity.id.as_str());
    let from = |name: &str| match shipped {
        Some(shipped) if shipped.names.iter().any(|known| known.text == name) => Origin::Shipped,
        _ => Origin::Configuration,
    };
    let names = entity.names.iter();
    names.map(|name| NameView { name: name.text.clone(), from: from(&name.text) }).collect()
}
