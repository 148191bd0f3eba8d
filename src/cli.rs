//! The command line: one file per subcommand.

pub mod printer;
pub mod table;
