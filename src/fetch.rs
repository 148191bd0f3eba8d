//! Polls a source: validators, politeness, back-off.
