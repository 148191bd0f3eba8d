//! Finds deals in an article's text.
