//! Two branches that each wrote revisions, in real repositories: what `cargo enamel rebase` makes of them.
//!
//! What is printed is held by `tests/cli/rebase.md`; here it is what databases get.

mod by_hand;
mod conflicts;
mod database;
mod merges;
mod replays;
mod shop;
