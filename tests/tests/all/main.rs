//! Every test that needs more than one crate, in one binary: it links once.

mod launch;
mod stories;
