//! Integration tests, one binary.

#![cfg(test)]

mod corpus;
mod fetch;
mod layers;
mod server;
