//! The filter language's tree. Parsing is in `filter/parse.rs`.

/// Every clause must hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// All of them.
    pub clauses: Vec<String>,
}
