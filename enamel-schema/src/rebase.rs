//! Revisions of two branches in one line: which are mine and which theirs, and a change of mine made again behind theirs.
//!
//! A revision that was merely renumbered is wrong as soon as its SQL carries a whole table, as a rebuild does: it would take away what
//! theirs gave to that table. So a change is made again on the schema that theirs left, as values, and rendered from there.

mod again;
mod arrange;
mod clash;
mod dangling;
mod divide;
mod enumeration;
mod follow;
mod objects;
mod told;

pub use again::{Again, again};
pub use clash::Clash;
pub use divide::{Division, Mended, Mine, divide};
pub use follow::{Followed, follow};
pub use objects::{redefined, touched};
pub use told::told;

#[cfg(test)]
mod tests;
