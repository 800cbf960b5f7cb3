//! Every test that needs more than one crate, in one binary: it links once.

// Clippy lets tests unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used)]

mod at_once;
mod bookshop;
mod builds;
mod cli;
mod crowd;
mod json;
mod launch;
mod laws;
mod postgres;
mod prove;
mod readme;
mod rebase;
mod scale;
mod simulation;
mod stories;
mod ui;
