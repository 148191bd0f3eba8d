//! An extraction for people: which rule read which words, and why a candidate was dropped.

use super::Extraction;
use super::Found;
use super::Input;
use super::ai;
use super::date;
use super::facts;
use super::party;
use super::text::Text;
use super::trace::Step;
use crate::domain::Span;
use crate::entity::EntityTable;

/// Every word of an article that a dimension read, whether a deal came of it or not: the rule, the
/// words as printed, and what was read. Of Chinese names both readings: why one is a name at all, and
/// where it stands.
pub fn words(input: &Input<'_>, table: &EntityTable) -> Vec<Step> {
    let text = Text::new(input.title, input.text, input.lang);
    let names = party::Names::new(&text, table);
    let first = names.first_read();
    let mut facts = facts::values(&text);
    let published = date::of_article(&text, input.published);
    facts::complete(&mut facts, &text, published, &names, |_| true);
    let mut steps = Vec::new();
    let mut note = |span: Span, rule: &str, note: String| {
        let words = text.printed(span).to_owned();
        steps.push(Step { rule: rule.to_owned(), words, note });
    };
    each(&first, &mut note);
    for facts in &facts {
        each(&facts.sums, &mut note);
        each(&facts.percents, &mut note);
        each(&facts.rounds, &mut note);
        each(&facts.dates, &mut note);
        each(&facts.parties, &mut note);
        each(&facts.cues, &mut note);
    }
    for term in ai::terms(&text).into_iter().flatten() {
        note(term.span, term.rule, format!("{:?}", term.strength));
    }
    steps
}

/// Notes each value with its rule.
fn each<T: std::fmt::Debug>(found: &[Found<T>], note: &mut impl FnMut(Span, &str, String)) {
    for found in found {
        note(found.span, found.rule, format!("{:?}", found.value));
    }
}

/// Renders an extraction as plain text; control characters of the article are shown as `?`.
pub fn explain(extraction: &Extraction) -> String {
    let mut out = String::new();
    for step in extraction.trace.steps() {
        line(&mut out, &format!("{:32} {:?} {}", step.rule, step.words, step.note));
    }
    for mention in &extraction.mentions {
        let place = if mention.main { "main" } else { "background" };
        let ai = if mention.ai { "ai" } else { "not ai" };
        line(
            &mut out,
            &format!(
                "\n{} {} · {} · {place} · {ai} · confidence {:.2}",
                mention.kind, mention.target, mention.status, mention.confidence
            ),
        );
        for evidence in &mention.evidence {
            let words = evidence.text.as_deref().unwrap_or("(no words)");
            line(&mut out, &format!("  {:14} {words:?} by {}", evidence.field, evidence.rule));
        }
    }
    out
}

/// Appends a line without control characters.
fn line(out: &mut String, text: &str) {
    let plain: String =
        text.chars().map(|c| if c.is_control() && c != '\n' { '?' } else { c }).collect();
    out.push_str(&plain);
    out.push('\n');
}
