//! An extraction for people: which rule read which words, and why a candidate was dropped.

use super::Extraction;

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
