//! The one HTTP client: limits, identity, decompression.
