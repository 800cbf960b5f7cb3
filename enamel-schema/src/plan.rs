//! Changes in an order that works, each with its hazards.

mod before;
mod convert;
mod demand;
mod hazard;
mod in_place;
mod left_behind;
pub(crate) mod object;
mod order;
mod postgres;
mod rebuild;
mod rename;
mod sqlite;
mod work;

pub(crate) use convert::alike;

use crate::change::Change;
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::lower::unsupported;
use crate::pair::Pair;
use crate::render::quote;
use crate::schema::{Check, Column, ForeignKey, Name, Schema, Table, TableName, Unmodelled};
use std::collections::BTreeMap;

/// How what [`Operation::NeedsVersion`] finds begins in words: no row can be corrected there.
pub const OLDER_SERVERS: &str = "servers older than";

/// Steps in an order that works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps.
    pub steps: Vec<Step>,
    /// The tables around which foreign keys must not be enforced: those that are rebuilt, and those that are dropped while another
    /// table still refers to them (SQLite; <https://www.sqlite.org/foreignkeys.html#fk_schemacommands>).
    pub unenforced: Vec<TableName>,
}

/// One thing to do, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub operation: Operation,
    /// The changes that it came from. Empty for a step that only serves others.
    pub changes: Vec<Change>,
    /// What may hurt.
    pub hazards: Vec<Hazard>,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The change, in place.
    Change(Box<Change>),
    /// A column is added in place, with what can only be said inside its definition.
    AddColumn(Box<AddedColumn>),
    /// The table is made anew under another name, filled, and takes its place.
    Rebuild(Box<Rebuild>),
    /// Existing rows get a value.
    Backfill {
        /// The table.
        table: TableName,
        /// The column.
        column: Name,
        /// The value, as SQL.
        value: String,
        /// Which of the rows.
        rows: Rows,
    },
    /// A `SELECT` that must find nothing.
    MustBeEmpty {
        /// What it would find, in words: `ages that are not whole numbers`.
        what: String,
        /// The table that it looks at.
        table: TableName,
        /// The columns that it shows: those that tell the row, and those that are wrong. Empty for all.
        columns: Vec<Name>,
        /// The rows that must not be there, as a condition.
        condition: String,
    },
    /// A statement that is given as it is: a trigger or view that is made again.
    Restore(Unmodelled),
    /// A trigger or view that stands in the way is taken down; [`Operation::Restore`] brings it back.
    Suspend(Unmodelled),
    /// The values of columns become those of another type, or sort in another way, all in one pass (PostgreSQL).
    Retype {
        /// The table.
        table: TableName,
        /// The columns.
        columns: Vec<Retyping>,
    },
    /// A foreign key is checked at another time (PostgreSQL).
    DeferForeignKey {
        /// The table.
        table: TableName,
        /// The key as it is to be.
        foreign_key: Box<ForeignKey>,
    },
    /// A constraint gets another name (PostgreSQL).
    RenameConstraint {
        /// The table.
        table: TableName,
        /// Both names.
        name: Pair<Name>,
    },
    /// An index gets another name (PostgreSQL).
    RenameIndex {
        /// The table.
        table: TableName,
        /// Both names.
        name: Pair<Name>,
    },
    /// A type steps aside for one of its name (PostgreSQL).
    RenameEnumeration(Pair<Name>),
    /// A schema for tables is there (PostgreSQL).
    CreateSchema(Name),
    /// Constraints that wait for the end of the transaction wait no longer: a table with changes that are still to be checked cannot be altered
    /// (PostgreSQL; <https://www.postgresql.org/docs/13/sql-set-constraints.html>).
    CheckConstraints,
    /// A `SELECT` that finds servers older than a version, to which the rest would be a mistake in the syntax (PostgreSQL).
    NeedsVersion {
        /// The version.
        version: u32,
        /// What it is needed for: `NULLS NOT DISTINCT`.
        what: &'static str,
    },
    /// A column that begins to count goes on where its values end, or where another sequence is (PostgreSQL).
    CountOn {
        /// The table.
        table: TableName,
        /// The column.
        column: Box<Column>,
        /// The sequence that counted until now.
        after: Option<TableName>,
    },
    /// The sequence of a `serial` column counts in the column's next type (PostgreSQL).
    RetypeSequence {
        /// The sequence.
        sequence: TableName,
        /// The column.
        column: Box<Column>,
    },
    /// The sequence of a `serial` column is no longer the column's (PostgreSQL).
    ReleaseSequence(TableName),
    /// A sequence that counted for a column goes (PostgreSQL).
    DropSequence(TableName),
}

/// A column whose values become those of another type, or sort in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retyping {
    /// Both ends, of which only type and collation count.
    pub column: Pair<Column>,
    /// The next value, as SQL over the previous ones; `None` where the database knows by itself.
    pub using: Option<String>,
}

/// Which rows get a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Every one.
    All,
    /// Those that hold NULL.
    Null,
    /// Those that hold another value.
    Different,
}

/// A column that is added in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedColumn {
    /// The table.
    pub table: TableName,
    /// The column.
    pub column: Column,
    /// The foreign key of this column alone.
    pub foreign_key: Option<ForeignKey>,
    /// The checks that mention it.
    pub checks: Vec<Check>,
}

/// A table that is made anew (SQLite; <https://www.sqlite.org/lang_altertable.html#otheralter>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuild {
    /// Both ends, lowered.
    pub table: Pair<Table>,
    /// The name that the next table bears until it takes its place.
    pub beside: TableName,
    /// What each column of the next table is filled with, as SQL over the previous one. Generated columns are not among them.
    pub copy: Vec<(Name, String)>,
    /// Triggers of the table, made again afterwards. Its indexes are those of the next table.
    pub triggers: Vec<Unmodelled>,
}

/// Something that may hurt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hazard {
    /// What kind of.
    pub kind: HazardKind,
    /// The table that it is about, by its next name.
    pub table: TableName,
    /// In words.
    pub text: String,
}

impl Hazard {
    /// At most one of each kind and table, the worst first; the words of several follow one another.
    pub fn grouped<'h>(hazards: impl IntoIterator<Item = &'h Hazard>) -> Vec<Hazard> {
        hazard::grouped(hazards)
    }
}

/// The kinds of hazards, by the words of `--allow`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HazardKind {
    /// Rows or values are gone afterwards.
    DataLoss,
    /// A program from before the revision stops working.
    BreaksOldCode,
    /// The whole table is written again.
    TableRewrite,
    /// Reads or writes wait for long.
    LongLock,
    /// Every row is looked at.
    ValidationScan,
}

impl HazardKind {
    /// Every kind.
    pub const ALL: [HazardKind; 5] = [
        HazardKind::DataLoss,
        HazardKind::BreaksOldCode,
        HazardKind::TableRewrite,
        HazardKind::LongLock,
        HazardKind::ValidationScan,
    ];

    /// The word for it: `data-loss`, `breaks-old-code`, `table-rewrite`, `long-lock`, `validation-scan`.
    pub const fn word(self) -> &'static str {
        match self {
            HazardKind::DataLoss => "data-loss",
            HazardKind::BreaksOldCode => "breaks-old-code",
            HazardKind::TableRewrite => "table-rewrite",
            HazardKind::LongLock => "long-lock",
            HazardKind::ValidationScan => "validation-scan",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<HazardKind> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Puts changes in an order that works on one database.
///
/// `schemas` are lowered, `edits` too; `unmodelled` is what the database at `previous` has besides, so that a rebuilt table gets its triggers back.
///
/// ```
/// use enamel_schema::schema::{Name, Schema, Table, TableName};
/// use enamel_schema::{Change, Dialect, Edits, Pair, plan::plan};
/// let table = Table::new(TableName::new(Name::new("users")?));
/// let (previous, next) = (Schema::default(), Schema { tables: vec![table.clone()], ..Schema::default() });
/// let schemas = Pair::new(&previous, &next);
/// let plan = plan(schemas, &[Change::CreateTable(table)], &Edits::default(), Dialect::Sqlite, &[]);
/// assert_eq!(plan.map(|plan| plan.steps.len()), Ok(1));
/// # Ok::<(), enamel_schema::schema::InvalidName>(())
/// ```
///
/// # Errors
///
/// What cannot be done, each with its [`crate::Subject`] and the way out.
pub fn plan(
    schemas: Pair<&Schema>,
    changes: &[Change],
    edits: &Edits,
    dialect: Dialect,
    unmodelled: &[Unmodelled],
) -> Result<Plan, Vec<Diagnostic>> {
    match dialect {
        Dialect::Sqlite => sqlite::plan(schemas, changes, edits, unmodelled),
        Dialect::Postgres => postgres::plan(schemas, changes, edits, unmodelled),
        Dialect::Mysql | Dialect::Mariadb => Err(vec![unsupported(dialect)]),
    }
}

/// Whether a database knows how the values of a column become those of its next type, both lowered.
pub(crate) fn is_convertible(column: Pair<&Column>, schemas: Pair<&Schema>, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Postgres => postgres::is_convertible(column, schemas),
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => true,
    }
}

/// An expression that may make of the values of a column those of its next type, where nothing is certain. Both ends are lowered.
pub(crate) fn example_conversion(column: Pair<&Column>, dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres => postgres::example_conversion(column),
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => quote::identifier(&column.next.name),
    }
}

/// An expression that takes such values back, and fails at one that it would change. Both ends are lowered.
pub(crate) fn conversion_back(column: Pair<&Column>, dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres => postgres::conversion_back(column),
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => quote::identifier(&column.next.name),
    }
}

/// The enums whose new values cannot be used in the transaction that adds them, and are. All are lowered.
pub(crate) fn used_at_once(schemas: Pair<&Schema>, changes: &[Change], edits: &Edits, dialect: Dialect) -> Vec<Name> {
    match dialect {
        Dialect::Postgres => postgres::used_at_once(schemas, changes, edits),
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => Vec::new(),
    }
}

/// The renames among changes, as edits.
pub(crate) fn renames(changes: &[Change]) -> Edits {
    let mut edits = Edits::default();
    for change in changes {
        if let Change::RenameTable(table) = change {
            edits.tables.push(table.clone());
        } else if let Change::RenameColumn { table, column } = change {
            edits.columns.push((table.clone(), column.clone()));
        }
    }
    edits
}

fn by_table(changes: &[Change]) -> BTreeMap<&TableName, Vec<&Change>> {
    let mut tables: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for change in changes {
        if let Some(table) = change.table() {
            tables.entry(table).or_default().push(change);
        }
    }
    tables
}
