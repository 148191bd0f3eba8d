//! An article with what extraction found in it: everything that can be computed before the log is
//! changed. What the log holds already is not read again.

use sha2::Digest;
use sha2::Sha256;

use super::worth;
use crate::domain::Article;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::entity::EntityTable;
use crate::entity::View;
use crate::extract;
use crate::extract::Input;

/// An article of a polled document.
#[derive(Debug)]
pub enum Delivered {
    /// The log held it as it is, so that it was not read. Should the log know better by the time it
    /// is settled, it is read then.
    Held(Box<Unread>),
    /// New, or changed.
    Read(Box<Reading>),
}

/// An article that is not read.
#[derive(Debug, Clone)]
pub struct Unread {
    /// The article.
    pub article: Article,
    /// SHA-256 of the article's full text, hexadecimal.
    pub content_hash: String,
}

impl Delivered {
    /// The article.
    pub fn article(&self) -> &Article {
        match self {
            Self::Held(unread) => &unread.article,
            Self::Read(reading) => &reading.article,
        }
    }

    /// SHA-256 of the article's full text, hexadecimal.
    pub fn content_hash(&self) -> &str {
        match self {
            Self::Held(unread) => &unread.content_hash,
            Self::Read(reading) => &reading.content_hash,
        }
    }
}

impl Unread {
    /// An article as it came.
    pub fn new(article: Article) -> Unread {
        let content_hash = hash(&article.full_text());
        Unread { article, content_hash }
    }

    /// Reads it.
    pub fn read(self, table: &EntityTable) -> Reading {
        let Unread { article, content_hash } = self;
        let extraction = extract::extract(
            &Input {
                title: &article.title,
                text: &article.text,
                lang: Some(article.lang),
                published: article.published,
            },
            table,
        );
        Reading {
            mentions: extraction.mentions,
            relevant: extraction.relevant,
            lang: extraction.lang,
            folded: View::new(&article.full_text()).text,
            content_hash,
            article,
        }
    }
}

/// An article, read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// What it says of deals.
    pub mentions: Vec<Mention>,
    /// There is a deal of an AI company that is the article's news.
    pub relevant: bool,
    /// The language extraction found.
    pub lang: Lang,
    /// SHA-256 of the article's full text, hexadecimal.
    pub content_hash: String,
    /// The folded text, for search.
    pub folded: String,
}

impl Reading {
    /// Reads an article.
    pub fn new(article: Article, table: &EntityTable) -> Reading {
        Unread::new(article).read(table)
    }

    /// Whether the page of this stub may tell a deal: a mention is the news, or the words look
    /// like one.
    pub fn deserves_page(&self) -> bool {
        let Article { title, text, .. } = &self.article;
        self.mentions.iter().any(|mention| mention.main) || worth::looks_like_a_deal(title, text)
    }

    /// For each evidence of a mention the sentence around its words.
    pub fn sentences(&self, mention: &Mention) -> Vec<Option<String>> {
        let full = self.article.full_text();
        let sentence = |evidence: &crate::domain::Evidence| {
            let (start, end) = (evidence.start?, evidence.end?);
            Some(extract::sentence_at(&full, start, end)).filter(|sentence| !sentence.is_empty())
        };
        mention.evidence.iter().map(sentence).collect()
    }
}

/// SHA-256, hexadecimal.
fn hash(text: &str) -> String {
    use std::fmt::Write;
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _infallible = write!(hex, "{byte:02x}");
        hex
    })
}
