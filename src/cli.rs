//! The command line: one file per subcommand.

pub mod printer;
pub mod service;
pub mod table;
