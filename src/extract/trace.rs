//! What was read and what became of it, for people.

use crate::domain::Span;

/// One step: a rule, the words, and what it made of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The rule's name.
    pub rule: String,
    /// The words as printed.
    pub words: String,
    /// What was made of them, or why they were dropped.
    pub note: String,
}

/// The steps of an extraction, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    steps: Vec<Step>,
}

impl Trace {
    /// Notes a step.
    pub fn note(&mut self, rule: &str, text: &super::text::Text, span: Span, note: String) {
        self.steps.push(Step { rule: rule.to_owned(), words: text.printed(span).to_owned(), note });
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}
