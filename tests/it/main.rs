//! Integration tests, one binary.

#![cfg(test)]

mod fetch;
mod layers;
mod server;
