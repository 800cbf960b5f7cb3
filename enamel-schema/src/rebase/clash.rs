//! A change of mine for which there is no place behind theirs.

use crate::change::Change;
use crate::schema::TableName;
use std::fmt;

/// A change of mine that contradicts what theirs did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// My change, in words.
    pub change: String,
    /// What stands in its way.
    pub reason: String,
    /// The table that it is about.
    pub table: Option<TableName>,
}

impl Clash {
    pub(super) fn new(change: &Change, reason: impl Into<String>) -> Self {
        Self { change: change.summary(), reason: reason.into(), table: change.table().cloned() }
    }

    /// Theirs has another thing of this name.
    pub(super) fn other(change: &Change, what: &str, name: &impl fmt::Display) -> Self {
        Self::new(change, format!("theirs has another {what} {name}"))
    }

    /// Theirs changed what mine changes otherwise, or takes away.
    pub(super) fn changed(change: &Change, what: &str) -> Self {
        Self::new(change, format!("theirs changed {what} too"))
    }

    /// Theirs took away what mine changes.
    pub(super) fn gone(change: &Change, what: &str, name: &impl fmt::Display) -> Self {
        Self::new(change, format!("theirs has no {what} {name} any more"))
    }

    /// Something of a table, mine or theirs, mentions what the other took away.
    pub(super) fn dangling(table: &TableName, what: &str, missing: &impl fmt::Display) -> Self {
        Self {
            change: format!("{what} of {table}"),
            reason: format!("it needs {missing}, which one of the two branches takes away"),
            table: Some(table.clone()),
        }
    }
}

impl fmt::Display for Clash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.change, self.reason)
    }
}
