//! What is wrong with a table of entities, all of it at once.

use std::fmt;

/// A table that cannot be used, with everything that has to be put right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    /// In the order of the files and their lines.
    pub problems: Vec<Problem>,
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the entity table has {} to fix", self.problems.len())?;
        self.problems.iter().try_for_each(|problem| write!(out, "\n  - {problem}"))
    }
}

/// One thing to put right, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// As the file was named to the reader.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong, naming the words it is about.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.message)
    }
}
