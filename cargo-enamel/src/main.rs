//! The Cargo subcommand.
fn main() {}
