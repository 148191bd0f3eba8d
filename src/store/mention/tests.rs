//! What a new reading of an article does to its mentions.

use super::*;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Field;
use crate::store::Store;
use crate::store::tests::article;
use crate::store::tests::at;
use crate::store::tests::store;

fn new(target: &str, kind: DealKind, status: DealStatus) -> NewMention {
    let evidence = Evidence {
        field: Field::Target,
        start: Some(0),
        end: Some(3),
        text: Some(target.to_owned()),
        rule: "party.test".to_owned(),
    };
    NewMention {
        mention: Mention { evidence: vec![evidence], ..Mention::new(target, kind, status) },
        target: EntityId(format!("name:{target}")),
        group: kind.group(),
        sentences: vec![Some(format!("{target} 正在融资。"))],
    }
}

fn funding(target: &str, status: DealStatus) -> NewMention {
    new(target, DealKind::Funding, status)
}

fn log() -> (tempfile::TempDir, Store) {
    let (dir, store) = store();
    store
        .write_blocking(|tx| {
            crate::store::article::upsert(tx, &article("a", "1"), "h", at(50))?;
            crate::store::deal::create(tx, at(50))
        })
        .unwrap();
    (dir, store)
}

fn read(store: &Store, mentions: &[NewMention]) -> Replaced {
    let mentions = mentions.to_vec();
    let versions = Versions { extractor: "1", entities: "1" };
    store.write_blocking(move |tx| replace(tx, ArticleId(1), 1, versions, &mentions)).unwrap()
}

fn told_in(store: &Store, target: &str) -> Vec<Told> {
    let target = EntityId(format!("name:{target}"));
    store.read_blocking(|conn| block(conn, &target, KindGroup::Funding)).unwrap()
}

#[test]
fn a_mention_that_says_the_same_keeps_its_row() {
    let (_dir, store) = log();
    let first = read(&store, &[funding("甲", DealStatus::Rumoured)]);
    let more = [funding("乙", DealStatus::Rumoured), funding("甲", DealStatus::Rumoured)];
    let again = read(&store, &more);
    assert_eq!(again.ids[1], first.ids[0]);
    assert_eq!(told_in(&store, "甲").len(), 1);
}

#[test]
fn a_mention_that_says_the_same_in_other_words_is_proved_by_the_new_ones() {
    let (_dir, store) = log();
    let first = read(&store, &[funding("甲", DealStatus::Rumoured)]).ids[0];
    let mut moved = funding("甲", DealStatus::Rumoured);
    moved.mention.evidence[0].rule = "party.other".to_owned();
    let second = read(&store, &[moved]).ids[0];
    assert_ne!(first, second);
    let proofs = store.read_blocking(|conn| proofs(conn, second)).unwrap();
    assert_eq!(proofs[0].evidence.rule, "party.other");
    assert!(told_in(&store, "甲")[0].mention.evidence.is_empty());
}

#[test]
fn a_changed_mention_inherits_the_deal_until_it_is_resolved_again() {
    let (_dir, store) = log();
    let first = read(&store, &[funding("甲", DealStatus::Rumoured)]).ids[0];
    store.write_blocking(move |tx| assign(tx, first, DealId(1))).unwrap();
    let second = read(&store, &[funding("甲", DealStatus::Announced)]).ids[0];
    assert_ne!(first, second);
    let told = told_in(&store, "甲");
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].id, told[0].deal), (second, Some(DealId(1))));
}

#[test]
fn a_block_that_lost_its_mention_is_named() {
    let (_dir, store) = log();
    read(&store, &[funding("甲", DealStatus::Rumoured)]);
    let replaced = read(&store, &[new("甲", DealKind::Acquisition, DealStatus::Rumoured)]);
    let groups: Vec<_> = replaced.blocks.iter().map(|block| block.group).collect();
    assert_eq!(groups, [KindGroup::Funding, KindGroup::Control]);
    assert!(told_in(&store, "甲").is_empty());
}

#[test]
fn a_past_reading_can_still_be_quoted() {
    let (_dir, store) = log();
    let first = read(&store, &[funding("甲", DealStatus::Rumoured)]).ids[0];
    store.write_blocking(move |tx| assign(tx, first, DealId(1))).unwrap();
    read(&store, &[]);
    let quoted = store.read_blocking(|conn| of_deal(conn, DealId(1))).unwrap();
    assert_eq!(quoted.len(), 1);
    assert!(!quoted[0].current);
    assert_eq!(quoted[0].proofs[0].sentence.as_deref(), Some("甲 正在融资。"));
    assert_eq!(quoted[0].proofs[0].evidence.rule, "party.test");
}

#[test]
fn a_block_is_in_order_of_publication_whatever_came_first() {
    let (_dir, store) = log();
    read(&store, &[funding("甲", DealStatus::Rumoured)]);
    store
        .write_blocking(|tx| {
            let mut earlier = article("b", "2");
            earlier.published = Some(at(7));
            let id = crate::store::article::upsert(tx, &earlier, "g", at(90))?.id;
            let versions = Versions { extractor: "1", entities: "1" };
            replace(tx, id, 1, versions, &[funding("甲", DealStatus::Seeking)])
        })
        .unwrap();
    let times: Vec<_> = told_in(&store, "甲").iter().map(|told| (told.at, told.seen_at)).collect();
    assert_eq!(times, [(at(7), at(90)), (at(100), at(50))]);
}
