//! What a receiver is told: one message for one deal, from the record as it is now.

use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::DealKind;
use crate::domain::Investor;
use crate::domain::SourceNote;
use crate::domain::one_line;
use crate::query::ChangeView;
use crate::query::plain;

/// More names than this are counted, not listed.
const NAMES_SHOWN: usize = 6;

/// Why a message is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The receiver hears of the deal for the first time.
    New,
    /// A watched field changed after the receiver was told.
    Update,
    /// Deals were merged or split after the receiver was told.
    Correction,
    /// Not about a deal: live since, a test.
    Note,
}

impl Reason {
    /// The word of the interface.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Update => "update",
            Self::Correction => "correction",
            Self::Note => "note",
        }
    }
}

/// A sentence that proves a value, with who printed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The sentence.
    pub sentence: String,
    /// The source's name.
    pub source: String,
    /// The article.
    pub url: Option<String>,
}

/// Everything a message is made of.
pub struct Subject<'a> {
    /// The deal.
    pub deal: DealId,
    /// Its latest revision.
    pub revision: i64,
    /// Its record.
    pub facts: &'a DealFacts,
    /// What changed since the receiver was last told; empty for a new one.
    pub changes: &'a [ChangeView],
    /// At most a few.
    pub quotes: &'a [Quote],
    /// The record in its public shape, for machines.
    pub view: Value,
    /// The deal's page, if there is one.
    pub link: Option<String>,
}

/// A message ready for any channel; its texts are one line each, without control characters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The idempotency key: the same for every attempt.
    pub key: String,
    /// Why it is sent.
    pub reason: Reason,
    /// One line.
    pub headline: String,
    /// A few more.
    pub lines: Vec<String>,
    /// The deal's page.
    pub link: Option<String>,
    /// For machines: `type`, `timestamp` and `data` after the Standard Webhooks specification.
    pub payload: Value,
}

impl Message {
    /// The message about a deal.
    pub fn deal(key: &str, reason: Reason, subject: &Subject<'_>, at: jiff::Timestamp) -> Message {
        let facts = subject.facts;
        let headline = match reason {
            Reason::New | Reason::Note => format!("{}: {}", facts.target, what(facts)),
            Reason::Update => {
                let changes: Vec<String> = subject.changes.iter().map(change).collect();
                format!("{} changed: {}", facts.target, changes.join("; "))
            }
            Reason::Correction => format!("{} corrected: {}", facts.target, what(facts)),
        };
        let mut lines = Vec::new();
        if reason != Reason::New {
            lines.push(format!("now: {}", what(facts)));
        }
        lines.extend(parties(facts));
        lines.extend(subject.quotes.iter().map(|q| format!("“{}” — {}", q.sentence, q.source)));
        lines.push(certainty(facts));
        Message {
            key: key.to_owned(),
            reason,
            headline: one_line(&headline),
            lines: lines.iter().map(|line| one_line(line)).collect(),
            link: subject.link.clone(),
            payload: json!({
                "type": format!("deal.{}", reason.as_str()),
                "timestamp": at.to_string(),
                "data": {
                    "deal": subject.view,
                    "revision": subject.revision,
                    "changes": subject.changes,
                },
            }),
        }
    }

    /// As it is kept between attempts.
    pub fn freeze(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// As it was kept; `None` if another version kept it in another form.
    pub fn thaw(kept: &str) -> Option<Message> {
        serde_json::from_str(kept).ok()
    }

    /// The message about a source that needs a hand, or is well again.
    pub fn source(key: &str, note: &SourceNote) -> Message {
        let headline = format!("source {} ({}) {}", note.name, note.source, note.words);
        let remedy = note.remedy.as_ref().map(|remedy| format!("what to do: {remedy}"));
        Message {
            key: key.to_owned(),
            reason: Reason::Note,
            headline: one_line(&headline),
            lines: remedy.iter().map(|line| one_line(line)).collect(),
            link: Some(note.url.clone()),
            payload: json!({
                "type": format!("source.{}", note.word()),
                "timestamp": note.at.to_string(),
                "data": { "source": note },
            }),
        }
    }

    /// A message that is not about a deal.
    pub fn note(key: &str, headline: &str, lines: &[String], at: jiff::Timestamp) -> Message {
        Message {
            key: key.to_owned(),
            reason: Reason::Note,
            headline: one_line(headline),
            payload: json!({
                "type": "note",
                "timestamp": at.to_string(),
                "data": { "headline": headline, "lines": lines },
            }),
            lines: lines.iter().map(|line| one_line(line)).collect(),
            link: None,
        }
    }
}

/// `funding announced, >$1B, round b, at ~$2.3B, by Acme`.
fn what(facts: &DealFacts) -> String {
    let status = facts.status.as_str().replace('_', " ");
    let mut words = vec![format!("{} {status}", kind(facts.kind))];
    words.extend(facts.amount.as_ref().map(plain::sum));
    words.extend(facts.round.map(|round| format!("round {round}")));
    words.extend(facts.valuation.as_ref().map(|v| format!("valued at {}", plain::valuation(v))));
    if !facts.acquirers.is_empty() {
        words.push(format!("by {}", list(&facts.acquirers)));
    }
    words.join(", ")
}

fn kind(kind: DealKind) -> &'static str {
    match kind {
        DealKind::Funding => "funding",
        DealKind::InvestmentStake => "investment stake",
        DealKind::Debt => "debt",
        DealKind::Secondary => "secondary sale",
        DealKind::Acquisition => "acquisition",
        DealKind::Merger => "merger",
        DealKind::Acquihire => "acquihire",
        DealKind::AssetPurchase => "asset purchase",
        DealKind::Divestiture => "divestiture",
        DealKind::Ipo => "IPO",
    }
}

fn parties(facts: &DealFacts) -> Vec<String> {
    let names = |lead: bool| -> Vec<String> {
        let wanted = |investor: &&Investor| investor.lead == lead;
        facts.investors.iter().filter(wanted).map(|investor| investor.name.clone()).collect()
    };
    let (leads, others) = (names(true), names(false));
    let mut lines = Vec::new();
    if !leads.is_empty() {
        lines.push(format!("led by {}", list(&leads)));
    }
    if !others.is_empty() {
        lines.push(format!("with {}", list(&others)));
    }
    if !facts.sellers.is_empty() {
        lines.push(format!("sold by {}", list(&facts.sellers)));
    }
    lines
}

fn list(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(NAMES_SHOWN).map(String::as_str).collect();
    match names.len().saturating_sub(NAMES_SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// `confidence 0.93, 3 sources; doubts: single source`.
fn certainty(facts: &DealFacts) -> String {
    let sources = match facts.sources {
        1 => "1 source".to_owned(),
        n => format!("{n} sources"),
    };
    let mut line = format!("confidence {:.2}, {sources}", facts.confidence);
    if !facts.doubts.is_empty() {
        let doubts: Vec<String> =
            facts.doubts.iter().map(|doubt| doubt.as_str().replace('_', " ")).collect();
        line.push_str("; doubts: ");
        line.push_str(&doubts.join(", "));
    }
    line
}

/// `amount: $500M → $600M`.
fn change(change: &ChangeView) -> String {
    format!("{} {}", change.field.as_str().replace('_', " "), change.words)
}
