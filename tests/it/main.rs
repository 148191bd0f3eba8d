//! Integration tests, one binary.

#![cfg(test)]

mod corpus;
mod fetch;
mod hostile;
mod layers;
mod server;
mod web;
