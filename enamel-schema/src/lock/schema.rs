//! The sealed schema's lines.
//!
//! A line is a word that says what it is, where it belongs, and then only what differs from the usual: reading and writing stand side by
//! side in this folder, so that neither is changed alone.

mod column;
mod constraint;
mod sql;
mod table;

pub(super) use table::{Reading, write};
