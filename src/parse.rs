//! Turns a fetched document into entries and articles.
