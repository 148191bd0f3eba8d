//! The lines of `extract --jsonl`: one document in, one line out.

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;

use super::Input;
use super::extract;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::entity::EntityTable;

/// A document as a line gives it; keys not named here are ignored.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    /// Given back.
    pub id: String,
    /// The headline.
    #[serde(default)]
    pub title: String,
    /// The text.
    #[serde(default)]
    pub text: String,
    /// `en` or `zh`; anything else is left to the text.
    #[serde(default)]
    pub lang: Option<String>,
    /// Where it stands.
    #[serde(default)]
    pub url: Option<String>,
    /// A time or a date; what is neither is ignored.
    #[serde(default)]
    pub published: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub source: Option<String>,
}

impl Line {
    /// When it was published, if that can be read.
    pub fn published(&self) -> Option<Timestamp> {
        let printed = self.published.as_deref()?.trim();
        printed.parse().ok().or_else(|| format!("{}T00:00:00Z", printed.get(..10)?).parse().ok())
    }

    /// The language it names.
    pub fn lang(&self) -> Option<Lang> {
        match self.lang.as_deref()? {
            "en" => Some(Lang::En),
            "zh" => Some(Lang::Zh),
            _ => None,
        }
    }
}

/// What is printed for a document.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// The document's.
    pub id: String,
    /// Its language.
    pub lang: Lang,
    /// At least one main deal of an AI company.
    pub relevant: bool,
    /// Every deal.
    pub deals: Vec<Mention>,
}

/// Extracts from one document.
pub fn answer(line: &Line, table: &EntityTable) -> Answer {
    let input = Input {
        title: &line.title,
        text: &line.text,
        lang: line.lang(),
        published: line.published(),
    };
    let extraction = extract(&input, table);
    Answer {
        id: line.id.clone(),
        lang: extraction.lang,
        relevant: extraction.relevant,
        deals: extraction.mentions,
    }
}

/// A line of JSON in, a line of JSON out, without the line break.
///
/// # Errors
///
/// The line is no JSON object with an `id`.
pub fn json_line(line: &str, table: &EntityTable) -> Result<String, serde_json::Error> {
    let document: Line = serde_json::from_str(line)?;
    serde_json::to_string(&answer(&document, table))
}
