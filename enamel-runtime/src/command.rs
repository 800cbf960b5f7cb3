//! The verbs that a database needs, in the words of `cargo enamel`: for the command, and for a program where nothing but the program is.
//!
//! A verb is its arguments and one function. It does not know who runs it: a [`Host`] names the database, hears what happens, and prints it in the
//! words of [`Told::words`].

pub mod downgrade;
mod failure;
pub mod history;
mod host;
mod line;
mod named;
mod patience;
mod program;
mod script;
pub mod stamp;
mod target;
mod told;
pub mod upgrade;
pub mod version;

pub use failure::{Failure, FailureKind, refused, told};
pub use history::{Mark, ToldRevision};
pub use host::{Host, Listener, finished, observer};
pub use line::{Line, place};
pub use named::Named;
pub use patience::Patience;
pub use program::Outcome;
pub use script::Script;
pub use target::Target;
pub use told::{Told, Words};
pub use version::ToldVersion;
