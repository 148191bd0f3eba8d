//! Integration tests, one binary.

#![cfg(test)]

mod corpus;
mod crash;
mod demo;
mod fetch;
mod hostile;
mod layers;
mod process;
mod server;
mod web;
