//! Decides which mentions are one deal, and what the deal's record says.
