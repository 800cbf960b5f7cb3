//! Launches on real SQLite files: what an upgrade does, and what it leaves when it fails.

mod commands;
mod failures;
mod history;
mod once;
mod open;
mod project;
mod rebuild;
