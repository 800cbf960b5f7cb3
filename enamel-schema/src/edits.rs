//! What a difference between two schemas cannot say by itself: what was renamed, and what existing rows get.
//!
//! Attributes of the models and flags of the command both end up here, and so do the answers that a file's header keeps.

use crate::pair::Pair;
use crate::plan::HazardKind;
use crate::schema::{Name, Sql, TableName};
use std::collections::{BTreeMap, BTreeSet};

/// What was renamed, and what existing rows get.
///
/// As it comes from attributes and flags it is a proposal; [`crate::settle::settle`] checks it against the schemas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// Tables that were renamed.
    pub tables: Vec<Pair<TableName>>,
    /// Columns that were renamed, with the table's next name.
    pub columns: Vec<(TableName, Pair<Name>)>,
    /// Values of enums that were renamed, with the enum's name.
    pub values: Vec<(Name, Pair<String>)>,
    /// What existing rows get in a new or no longer nullable column, by next names.
    pub backfills: BTreeMap<(TableName, Name), Sql>,
    /// How existing values become values of the column's next type, by next names.
    pub conversions: BTreeMap<(TableName, Name), Sql>,
    /// The hazards that the user agreed to.
    pub allowed: BTreeSet<HazardKind>,
    /// Tables that are really to be dropped although one of the same shape came.
    pub dropped_tables: BTreeSet<TableName>,
    /// Columns, by the table's next name, that are really to be dropped although one of the same type came.
    pub dropped_columns: BTreeSet<(TableName, Name)>,
}
