//! Integration tests, one binary.

#![cfg(test)]

mod cli;
mod corpus;
mod crash;
mod decisions;
mod demo;
mod fetch;
mod hostile;
mod kinds;
mod layers;
mod mirror;
mod orders;
mod process;
mod replay;
mod server;
mod sources;
mod stream;
mod web;
