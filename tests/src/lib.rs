//! What the tests of the workspace share.

pub mod chance;
pub mod command;
pub mod many;
pub mod server;
