//! Answers questions about the log: the one public shape of a deal.
