//! What a schema is, and how one becomes another.
//!
//! Models are parsed to a [`Schema`], lowered to what one database can hold, compared with the sealed one, planned and
//! rendered; each arrow is one pure function of values. Nothing here knows environment, clock, network or terminal: files come
//! in through a closure that the caller gives.

pub mod answer;
pub mod apply;
#[cfg(any(test, feature = "arbitrary"))]
pub mod arbitrary;
pub mod change;
pub mod diagnostic;
pub mod dialect;
pub mod diff;
pub mod draft;
pub mod edits;
pub mod halfway;
#[cfg(test)]
mod kit;
pub mod lock;
pub mod lower;
pub mod mismatch;
pub mod naming;
pub mod nearest;
pub mod old_code;
pub mod pair;
#[cfg(feature = "parse")]
pub mod parse;
pub mod plan;
pub mod rebase;
pub mod render;
pub mod revision;
pub mod schema;
pub mod settle;
pub mod split;
pub mod step;
pub mod verify;
mod word;

pub use answer::Answer;
pub use change::Change;
pub use diagnostic::{Diagnostic, Level, Place, Subject};
pub use dialect::Dialect;
pub use edits::Edits;
pub use lock::Lock;
pub use pair::Pair;
pub use plan::Plan;
pub use revision::{Checksum, Version};
pub use schema::{Name, Schema, Sql, TableName};
