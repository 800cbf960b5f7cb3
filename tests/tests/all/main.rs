//! Every test that needs more than one crate, in one binary: it links once.

mod builds;
mod cli;
mod launch;
mod prove;
mod stories;
mod ui;
