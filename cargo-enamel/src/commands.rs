//! The verbs, one a file: its arguments, and one function that does it.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod downgrade;
pub(crate) mod history;
pub(crate) mod init;
pub(crate) mod rebase;
pub(crate) mod revision;
pub(crate) mod seal;
pub(crate) mod show;
pub(crate) mod stamp;
pub(crate) mod upgrade;
pub(crate) mod version;
