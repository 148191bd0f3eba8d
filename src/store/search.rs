//! The full-text indexes.
//!
//! Texts come folded (see [`super::Context`]); here Chinese is cut into single characters, and
//! words are asked for as phrases, so that 智谱 and 融资 are found inside longer runs.

use rusqlite::Connection;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::StoreError;
use crate::domain::ArticleId;
use crate::domain::DealId;

/// A word that nobody is called.
const BETWEEN_NAMES: &str = " zqzqz ";

/// Puts an article's folded title and text into the index, in place of what stood there.
pub fn index_article(
    tx: &Transaction<'_>,
    article: ArticleId,
    folded: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/article_index_put.sql"))?
        .execute(named_params! { ":id": article.0, ":text": segmented(folded) })?;
    Ok(())
}

/// The folded names of a deal's parties, one per line and role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) target: Vec<String>,
    pub(super) acquirer: Vec<String>,
    pub(super) investor: Vec<String>,
    pub(super) lead: Vec<String>,
    pub(super) seller: Vec<String>,
    pub(super) adviser: Vec<String>,
}

/// Puts the names of a deal's parties into the index, in place of what stood there.
pub(super) fn index_deal(
    tx: &Transaction<'_>,
    deal: DealId,
    names: &Names,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/deal_index_put.sql"))?.execute(named_params! {
        ":id": deal.0,
        ":target": column(&names.target),
        ":acquirer": column(&names.acquirer),
        ":investor": column(&names.investor),
        ":lead": column(&names.lead),
        ":seller": column(&names.seller),
        ":adviser": column(&names.adviser),
    })?;
    Ok(())
}

/// Names of one role as words; no phrase reaches from one name into the next.
fn column(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| segmented(name)).collect();
    names.join(BETWEEN_NAMES)
}

/// Articles that contain every word or phrase of a folded question, newest first.
pub fn articles(
    conn: &Connection,
    folded: &[String],
    limit: u32,
) -> Result<Vec<ArticleId>, StoreError> {
    let Some(question) = question(folded) else { return Ok(Vec::new()) };
    let params = named_params! { ":question": question, ":limit": limit };
    let mut statement = conn.prepare_cached(include_str!("sql/article_index_ask.sql"))?;
    let rows = statement.query_map(params, |row| row.get(0).map(ArticleId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether more than `limit` articles contain a phrase; stops counting there.
pub(super) fn is_common(conn: &Connection, phrase: &str, limit: u32) -> Result<bool, StoreError> {
    let params = named_params! { ":question": phrase, ":limit": limit };
    Ok(conn.prepare_cached(include_str!("sql/article_index_common.sql"))?.exists(params)?)
}

/// Folded phrases in the language of FTS5: all must occur. `None` if there is nothing to ask for.
pub(super) fn question(folded: &[String]) -> Option<String> {
    let phrases: Vec<String> = folded.iter().filter_map(|text| phrase(text)).collect();
    (!phrases.is_empty()).then(|| phrases.join(" "))
}

/// One folded phrase, quoted; `None` if it has no letter and no digit.
pub(super) fn phrase(folded: &str) -> Option<String> {
    let words: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = segmented(&words);
    let words: Vec<&str> = words.split_whitespace().collect();
    (!words.is_empty()).then(|| format!("\"{}\"", words.join(" ")))
}

/// Sets every Chinese character apart.
fn segmented(text: &str) -> String {
    let mut cut = String::with_capacity(text.len() * 4 / 3);
    for c in text.chars() {
        if is_han(c) {
            cut.extend([' ', c, ' ']);
        } else {
            cut.push(c);
        }
    }
    cut
}

/// The unified ideographs and their extensions, and the kana that stand among them.
fn is_han(c: char) -> bool {
    matches!(
        u32::from(c),
        0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::article;
    use crate::store::tests::at;
    use crate::store::tests::store;

    #[track_caller]
    fn check(text: &'static str, asked: &[&str], found: bool) {
        let (_dir, store) = store();
        store
            .write_blocking(move |tx| {
                let id = crate::store::article::upsert(tx, &article("a", "1"), "h", at(0))?.id;
                index_article(tx, id, "something that was there before")?;
                index_article(tx, id, text)
            })
            .unwrap();
        let asked: Vec<String> = asked.iter().map(|&text| text.to_owned()).collect();
        let ids = store.read_blocking(|conn| articles(conn, &asked, 10)).unwrap();
        assert_eq!(!ids.is_empty(), found, "{asked:?} in {text}");
    }

    #[test]
    fn words_of_two_characters_are_found() {
        check("北京智谱完成新一轮融资", &["智谱"], true);
        check("北京智谱完成新一轮融资", &["融资"], true);
        check("北京智谱完成新一轮融资", &["智谱", "融资"], true);
        check("北京智谱完成新一轮融资", &["谱智"], false);
        check("北京智谱完成新一轮融资", &["智谱融资"], false);
    }

    #[test]
    fn both_languages_are_found_in_one_text() {
        check("moonshot ai 的 kimi 背后是月之暗面", &["kimi"], true);
        check("kimi背后是月之暗面", &["kimi背后"], true);
        check("moonshot ai raised money", &["moonshot ai"], true);
        check("moonshot ai raised money", &["ai moonshot"], false);
    }

    #[test]
    fn what_the_index_would_take_for_syntax_is_only_text() {
        check("a near b", &["near", "\"quoted\""], false);
        check("a \"quoted\" b", &["\"quoted\""], true);
        check("an or b", &["or"], true);
        check("c++ and more", &["*", "("], false);
    }

    #[test]
    fn what_stood_there_before_is_gone() {
        check("after", &["before"], false);
    }
}
