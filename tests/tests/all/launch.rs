//! Launches on real SQLite files: what an upgrade does, and what it leaves when it fails.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alone;
mod awaited;
mod budget;
mod commands;
pub(crate) mod counting;
mod failures;
mod history;
mod neighbours;
mod newer;
mod once;
mod open;
pub(crate) mod project;
mod rebuild;
mod script;
mod words;
