//! Names of companies, funds and people: folding, aliases, the table.
