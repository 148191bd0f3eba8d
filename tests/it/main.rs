//! Integration tests, one binary.

#![cfg(test)]

mod corpus;
mod demo;
mod fetch;
mod hostile;
mod layers;
mod server;
mod web;
