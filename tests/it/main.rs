//! Integration tests, one binary.

#![cfg(test)]

mod cli;
mod corpus;
mod crash;
mod demo;
mod fetch;
mod hostile;
mod layers;
mod process;
mod server;
mod web;
