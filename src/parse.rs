//! Turns a fetched document into entries and articles.

pub mod charset;
pub mod date;
pub mod text;
pub mod url;
