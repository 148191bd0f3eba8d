//! Loads, composes and checks the configuration.
