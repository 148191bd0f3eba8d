//! Mentions: what each article says of each deal, and which deal that is.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::Row;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::StoreError;
use super::value::At;
use super::value::Json;
use super::value::Word;
use crate::domain::ArticleId;
use crate::domain::DealId;
use crate::domain::EntityId;
use crate::domain::Evidence;
use crate::domain::KindGroup;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::MentionId;
use crate::domain::SourceId;
use crate::domain::Told;
use crate::domain::wire;

/// The mentions that are clustered together: one company, one group of kinds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block {
    /// The company, in the entity table or provisional.
    pub target: EntityId,
    /// The group.
    pub group: KindGroup,
}

/// A mention to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMention {
    /// What the article says.
    pub mention: Mention,
    /// The company it is about, as `resolve` blocks it.
    pub target: EntityId,
    /// The group of its kind, or that in which others tell the same deal.
    pub group: KindGroup,
    /// For each evidence of the mention the sentence around it; may be shorter.
    pub sentences: Vec<Option<String>>,
}

/// Which code and which table read the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions<'a> {
    /// Of the extractor.
    pub extractor: &'a str,
    /// Of the entity table.
    pub entities: &'a str,
}

/// What [`replace`] did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replaced {
    /// Of the new mentions, in their order.
    pub ids: Vec<MentionId>,
    /// Blocks to be resolved again, those that lost a mention included.
    pub blocks: BTreeSet<Block>,
}

/// A mention with the article it stands in, for `why` and `history`.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    /// Who told it, and what.
    pub told: Told,
    /// The article is read in this way today.
    pub current: bool,
    /// The article's title.
    pub title: String,
    /// The article's page.
    pub url: Option<String>,
    /// Each value's words, rule and sentence.
    pub proofs: Vec<Proof>,
}

/// The words behind one value, and the sentence around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The words and the rule.
    pub evidence: Evidence,
    /// The sentence, if words were read.
    pub sentence: Option<String>,
}

/// What was stored of an article before.
struct Old {
    id: MentionId,
    block: Block,
    deal: Option<DealId>,
    facts: String,
}

/// Replaces an article's mentions by those of a new reading.
///
/// A mention that says exactly what it said keeps its row. A new one inherits the deal of an old
/// one of the same block until the block is resolved again. Old ones that are not made any more
/// stay for the revisions that quote them, out of every block.
pub fn replace(
    tx: &Transaction<'_>,
    article: ArticleId,
    revision: i64,
    versions: Versions<'_>,
    mentions: &[NewMention],
) -> Result<Replaced, StoreError> {
    let mut old = retire(tx, article)?;
    let mut blocks: BTreeSet<Block> = old.iter().map(|old| old.block.clone()).collect();
    let mut ids = Vec::with_capacity(mentions.len());
    for (ordinal, new) in mentions.iter().enumerate() {
        let block = Block { target: new.target.clone(), group: new.group };
        let facts = facts(&new.mention)?;
        let reading = Reading { article, revision, versions, ordinal: count(ordinal) };
        ids.push(if let Some(same) = take_same(tx, &mut old, &block, &facts, new)? {
            reading.keep(tx, same)?
        } else {
            let heir = old.iter_mut().find(|old| old.block == block && old.deal.is_some());
            let deal = heir.and_then(|old| old.deal.take());
            reading.add(tx, new, &block, deal, &facts)?
        });
        blocks.insert(block);
    }
    Ok(Replaced { ids, blocks })
}

/// The old mention that says this in these words.
fn take_same(
    conn: &Connection,
    old: &mut Vec<Old>,
    block: &Block,
    facts: &str,
    new: &NewMention,
) -> Result<Option<MentionId>, StoreError> {
    for index in 0..old.len() {
        if old[index].block == *block && old[index].facts == facts {
            let proofs = proofs(conn, old[index].id)?;
            if proofs.iter().map(|proof| &proof.evidence).eq(&new.mention.evidence) {
                return Ok(Some(old.remove(index).id));
            }
        }
    }
    Ok(None)
}

/// A block's mentions in the canonical order: time, then content, then place in the article.
pub fn block(
    conn: &Connection,
    target: &EntityId,
    group: KindGroup,
) -> Result<Vec<Told>, StoreError> {
    let params = named_params! { ":target_key": target.0, ":kind_group": Word(group) };
    let mut statement = conn.prepare_cached(include_str!("sql/mention_block.sql"))?;
    let rows = statement.query_map(params, told)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// News that somebody takes a stake in a company, where it is blocked as money into it.
pub fn stakes(conn: &Connection, target: &EntityId) -> Result<Vec<Told>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/mention_stakes.sql"))?;
    let rows = statement.query_map(named_params! { ":target_key": target.0 }, told)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Mentions of a block.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PartOfBlock {
    /// Those of the deals and of the article that were asked for.
    pub told: Vec<Told>,
    /// What their articles tell of other deals beside them.
    pub beside: Vec<Told>,
}

/// What some deals, and one article, tell in a block; each mention once.
pub fn part_of_block(
    conn: &Connection,
    block: &Block,
    deals: &BTreeSet<DealId>,
    article: Option<ArticleId>,
) -> Result<PartOfBlock, StoreError> {
    let (target, group) = (&block.target.0, Word(block.group));
    let mut statement = conn.prepare_cached(include_str!("sql/mention_block_of_deal.sql"))?;
    let mut known: BTreeSet<MentionId> = BTreeSet::new();
    let mut part = PartOfBlock::default();
    let mut found: Vec<Told> = Vec::new();
    for deal in deals {
        let params =
            named_params! { ":deal_id": deal.0, ":target_key": target, ":kind_group": group };
        let rows = statement.query_map(params, told)?;
        found.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    if let Some(article) = article {
        found.extend(of_article_in(conn, article, block)?);
    }
    for told in found.into_iter().filter(|told| known.insert(told.id)) {
        let asked =
            Some(told.article) == article || told.deal.is_some_and(|deal| deals.contains(&deal));
        if asked { &mut part.told } else { &mut part.beside }.push(told);
    }
    Ok(part)
}

/// An article's mentions in a block.
pub fn of_article_in(
    conn: &Connection,
    article: ArticleId,
    block: &Block,
) -> Result<Vec<Told>, StoreError> {
    let params = named_params! {
        ":article_id": article.0,
        ":target_key": block.target.0,
        ":kind_group": Word(block.group),
    };
    let mut statement = conn.prepare_cached(include_str!("sql/mention_block_of_article.sql"))?;
    let rows = statement.query_map(params, told)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which news in the other language may tell the same deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abroad {
    /// Of this group of kinds.
    pub group: KindGroup,
    /// Not in this language.
    pub lang: Lang,
    /// Of deals first reported from here: talks come weeks before the news.
    pub since: Timestamp,
    /// News from here.
    pub from: Timestamp,
    /// To here.
    pub to: Timestamp,
    /// The sum in US dollars, least and most: deals with another are left out.
    pub usd: Option<(i64, i64)>,
}

/// News in the other language with its companies, oldest first.
pub fn abroad(conn: &Connection, query: &Abroad) -> Result<Vec<(EntityId, Told)>, StoreError> {
    let params = named_params! {
        ":kind_group": Word(query.group),
        ":lang": Word(query.lang),
        ":since": At(query.since),
        ":from": At(query.from),
        ":to": At(query.to),
        // "Over" and 数亿 are found by their least, which may be half of what is meant.
        ":least": query.usd.map_or(0, |(low, _)| low / 2),
        ":most": query.usd.map_or(i64::MAX, |(_, high)| high),
    };
    let mut statement = conn.prepare_cached(include_str!("sql/mention_abroad.sql"))?;
    let rows =
        statement.query_map(params, |row| Ok((EntityId(row.get("target_key")?), told(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The mentions of some articles, for `ingest`: in their order.
pub fn of_article(conn: &Connection, article: ArticleId) -> Result<Vec<Told>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/mention_of_article.sql"))?;
    let rows = statement.query_map(named_params! { ":article_id": article.0 }, told)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The deal that a mention tells; `None` as well for a mention that is not there.
pub fn deal_of(conn: &Connection, mention: MentionId) -> Result<Option<DealId>, StoreError> {
    let deal = conn
        .prepare_cached(include_str!("sql/mention_deal.sql"))?
        .query_row(named_params! { ":id": mention.0 }, |row| row.get(0))
        .optional()?;
    Ok(deal.flatten().map(DealId))
}

/// The company that a mention is about.
pub fn target_of(conn: &Connection, mention: MentionId) -> Result<Option<EntityId>, StoreError> {
    let target = conn
        .prepare_cached(include_str!("sql/mention_target.sql"))?
        .query_row(named_params! { ":id": mention.0 }, |row| row.get(0))
        .optional()?;
    Ok(target.map(EntityId))
}

/// Makes a mention one of a deal's.
pub fn assign(tx: &Transaction<'_>, mention: MentionId, deal: DealId) -> Result<(), StoreError> {
    let params = named_params! { ":id": mention.0, ":deal_id": deal.0 };
    tx.prepare_cached(include_str!("sql/mention_assign.sql"))?.execute(params)?;
    Ok(())
}

/// A deal's mentions with their articles and proofs, oldest first; past readings included.
pub fn of_deal(conn: &Connection, deal: DealId) -> Result<Vec<Quoted>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/mention_of_deal.sql"))?;
    let rows = statement.query_map(named_params! { ":deal_id": deal.0 }, quoted)?;
    let mut quoted = rows.collect::<Result<Vec<_>, _>>()?;
    for quoted in &mut quoted {
        quoted.proofs = proofs(conn, quoted.told.id)?;
    }
    Ok(quoted)
}

/// The blocks that a deal's mentions are in.
pub fn blocks_of_deal(conn: &Connection, deal: DealId) -> Result<BTreeSet<Block>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/mention_blocks_of_deal.sql"))?;
    let rows = statement.query_map(named_params! { ":deal_id": deal.0 }, |row| {
        Ok(Block {
            target: EntityId(row.get("target_key")?),
            group: row.get::<_, Word<_>>("kind_group")?.0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A mention and the article it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The mention.
    pub id: MentionId,
    /// The article.
    pub article: ArticleId,
    /// The article's page, as given and in its canonical form.
    pub urls: Vec<String>,
}

/// A deal's mentions as their articles are read today.
pub fn current_of_deal(conn: &Connection, deal: DealId) -> Result<Vec<Standing>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/mention_current_of_deal.sql"))?;
    let rows = statement.query_map(named_params! { ":deal_id": deal.0 }, |row| {
        let urls: [Option<String>; 2] = [row.get("url")?, row.get("canonical_url")?];
        Ok(Standing {
            id: MentionId(row.get("id")?),
            article: ArticleId(row.get("article_id")?),
            urls: urls.into_iter().flatten().collect(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Each value's words, rule and sentence.
pub fn proofs(conn: &Connection, mention: MentionId) -> Result<Vec<Proof>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/evidence_of_mention.sql"))?;
    let rows = statement.query_map(named_params! { ":mention_id": mention.0 }, |row| {
        let evidence = Evidence {
            field: row.get::<_, Word<_>>("field")?.0,
            start: row.get("start")?,
            end: row.get("end")?,
            text: row.get("text")?,
            rule: row.get("rule")?,
        };
        Ok(Proof { evidence, sentence: row.get("sentence")? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes an article's mentions out of their blocks.
fn retire(tx: &Transaction<'_>, article: ArticleId) -> Result<Vec<Old>, StoreError> {
    let params = named_params! { ":article_id": article.0 };
    let mut statement = tx.prepare_cached(include_str!("sql/mention_current.sql"))?;
    let rows = statement.query_map(params, |row| {
        Ok(Old {
            id: MentionId(row.get("id")?),
            block: Block {
                target: EntityId(row.get("target_key")?),
                group: row.get::<_, Word<_>>("kind_group")?.0,
            },
            deal: row.get::<_, Option<i64>>("deal_id")?.map(DealId),
            facts: row.get("facts")?,
        })
    })?;
    let old = rows.collect::<Result<_, _>>()?;
    tx.prepare_cached(include_str!("sql/mention_retire.sql"))?.execute(params)?;
    Ok(old)
}

/// One reading of one article, at one place in it.
struct Reading<'a> {
    article: ArticleId,
    revision: i64,
    versions: Versions<'a>,
    ordinal: u32,
}

impl Reading<'_> {
    fn keep(&self, tx: &Transaction<'_>, id: MentionId) -> Result<MentionId, StoreError> {
        tx.prepare_cached(include_str!("sql/mention_keep.sql"))?.execute(named_params! {
            ":id": id.0,
            ":ordinal": self.ordinal,
            ":article_revision": self.revision,
            ":extractor_version": self.versions.extractor,
            ":entity_version": self.versions.entities,
        })?;
        Ok(id)
    }

    fn add(
        &self,
        tx: &Transaction<'_>,
        new: &NewMention,
        block: &Block,
        deal: Option<DealId>,
        facts: &str,
    ) -> Result<MentionId, StoreError> {
        let params = named_params! {
            ":article_id": self.article.0,
            ":ordinal": self.ordinal,
            ":article_revision": self.revision,
            ":extractor_version": self.versions.extractor,
            ":entity_version": self.versions.entities,
            ":target_key": block.target.0,
            ":kind_group": Word(block.group),
            ":kind": Word(new.mention.kind),
            ":status": Word(new.mention.status),
            ":main": new.mention.main,
            ":ai": new.mention.ai,
            ":deal_id": deal.map(|deal| deal.0),
            ":facts": facts,
        };
        let id = tx
            .prepare_cached(include_str!("sql/mention_add.sql"))?
            .query_row(params, |row| row.get(0))
            .map(MentionId)?;
        add_evidence(tx, id, new)?;
        Ok(id)
    }
}

fn add_evidence(tx: &Transaction<'_>, id: MentionId, new: &NewMention) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(include_str!("sql/evidence_add.sql"))?;
    for (ordinal, evidence) in new.mention.evidence.iter().enumerate() {
        statement.execute(named_params! {
            ":mention_id": id.0,
            ":ordinal": count(ordinal),
            ":field": Word(evidence.field),
            ":start": evidence.start,
            ":end": evidence.end,
            ":text": evidence.text,
            ":rule": evidence.rule,
            ":sentence": new.sentences.get(ordinal).cloned().flatten(),
        })?;
    }
    Ok(())
}

/// What a mention says; its evidence has rows of its own.
fn facts(mention: &Mention) -> Result<String, StoreError> {
    let said = Mention { evidence: Vec::new(), ..mention.clone() };
    serde_json::to_string(&said)
        .map_err(|error| StoreError::from(rusqlite::Error::ToSqlConversionFailure(Box::new(error))))
}

/// No article has four billion mentions.
fn count(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn told(row: &Row<'_>) -> rusqlite::Result<Told> {
    Ok(Told {
        id: MentionId(row.get("id")?),
        article: ArticleId(row.get("article_id")?),
        source: SourceId(row.get("source")?),
        voice: wire::voice(&row.get::<_, String>("outlet")?),
        class: row.get::<_, Word<_>>("class")?.0,
        lang: row.get::<_, Word<_>>("lang")?.0,
        at: row.get::<_, At>("at")?.0,
        dated: row.get("dated")?,
        seen_at: row.get::<_, At>("seen_at")?.0,
        content_hash: row.get("content_hash")?,
        deal: row.get::<_, Option<i64>>("deal_id")?.map(DealId),
        mention: row.get::<_, Json<_>>("facts")?.0,
    })
}

fn quoted(row: &Row<'_>) -> rusqlite::Result<Quoted> {
    Ok(Quoted {
        told: told(row)?,
        current: row.get("current")?,
        title: row.get("title")?,
        url: row.get("url")?,
        proofs: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
