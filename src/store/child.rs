//! Children of sources: the documents in which they go on.

use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::StoreError;
use crate::domain::Child;
use crate::domain::SourceId;
use crate::domain::Validator;
use crate::domain::Validators;

/// The children of one source.
pub fn load(conn: &Connection, source: &SourceId) -> Result<Vec<Child>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/child_list.sql"))?;
    let rows = statement.query_map(named_params! { ":source": source.0 }, child)?;
    // What is no address any more is forgotten.
    Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn child(row: &Row<'_>) -> rusqlite::Result<Option<Child>> {
    let validator =
        |column: &str| Ok::<_, rusqlite::Error>(row.get::<_, Option<_>>(column)?.map(Validator));
    let Ok(url) = row.get::<_, String>("url")?.parse() else { return Ok(None) };
    Ok(Some(Child {
        url,
        modified: row.get("modified")?,
        validators: Validators {
            etag: validator("etag")?,
            last_modified: validator("last_modified")?,
        },
        body_hash: row.get("body_hash")?,
        due: row.get("due")?,
    }))
}

/// Keeps the children of one source, and no others.
pub fn replace(
    tx: &Transaction<'_>,
    source: &SourceId,
    children: &[Child],
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/child_clear.sql"))?
        .execute(named_params! { ":source": source.0 })?;
    let bytes = |validator: &Option<Validator>| validator.as_ref().map(|v| v.0.clone());
    let mut put = tx.prepare_cached(include_str!("sql/child_put.sql"))?;
    for child in children {
        put.execute(named_params! {
            ":source": source.0,
            ":url": child.url.as_str(),
            ":modified": child.modified,
            ":etag": bytes(&child.validators.etag),
            ":last_modified": bytes(&child.validators.last_modified),
            ":body_hash": child.body_hash,
            ":due": child.due,
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::store;

    #[test]
    fn children_come_back_as_they_were_and_each_source_has_its_own() {
        let (_dir, store) = store();
        let child = |path: &str, due| Child {
            url: format!("https://a.test/{path}").parse().unwrap(),
            modified: Some("2026-11-24".to_owned()),
            validators: Validators {
                etag: Some(Validator(b"\"\xff\"".to_vec())),
                last_modified: None,
            },
            body_hash: Some("h".to_owned()),
            due,
        };
        let (a, b) = (SourceId::from("a"), SourceId::from("b"));
        let (mine, yours) = (vec![child("1", true), child("2", false)], vec![child("1", false)]);
        let (first, second, left) = (mine.clone(), yours.clone(), vec![child("2", true)]);
        let (id, other, again) = (a.clone(), b.clone(), left.clone());
        store
            .write_blocking(move |tx| {
                replace(tx, &id, &first)?;
                replace(tx, &other, &second)
            })
            .unwrap();
        let of = |id: &SourceId| {
            let id = id.clone();
            store.read_blocking(move |conn| load(conn, &id)).unwrap()
        };
        assert_eq!(of(&a), mine);
        let id = a.clone();
        store.write_blocking(move |tx| replace(tx, &id, &again)).unwrap();
        assert_eq!((of(&a), of(&b)), (left, yours));
    }
}
