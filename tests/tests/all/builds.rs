//! Real builds of crates that are not of this workspace.
//!
//! Each test is one crate and a sequence of edits, since a build takes seconds.

mod embed;
mod models;
mod older;
mod story;
mod stranger;
mod walk;
