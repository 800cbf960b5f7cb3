//! One thing that differs between two schemas.
//!
//! Flat, owned and comparable: a change carries both of its ends, so that it can be told, reversed and rendered without
//! looking anything up. A new table carries all that is in it; its indexes are changes of their own.

mod difference;
mod summary;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use words::{column_words, identifier, quoted_text, table_words};

use crate::pair::Pair;
use crate::schema::{
    Check, Column, Enumeration, Exclusion, ForeignKey, Index, Name, PrimaryKey, Table, TableName, TableOptions, Unique,
};

/// One thing that differs between two schemas.
///
/// Wherever a table is named, it is by its next name, unless the table itself goes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "changes are few and short-lived, and matching on them should stay plain")]
pub enum Change {
    /// An extension that must be there.
    CreateExtension(String),
    /// An extension that need not be there any more. It is never dropped.
    DropExtension(String),
    /// A new enum.
    CreateEnumeration(Enumeration),
    /// An enum that went.
    DropEnumeration(Enumeration),
    /// An enum whose values or storage differ.
    AlterEnumeration {
        /// Both ends.
        enumeration: Pair<Enumeration>,
        /// The values that were renamed rather than dropped and added.
        renamed: Vec<Pair<String>>,
    },
    /// A new table. Its `indexes` are empty: they follow as [`Change::AddIndex`].
    CreateTable(Table),
    /// A table that went. Its `indexes` are empty: they went before, as [`Change::DropIndex`].
    DropTable(Table),
    /// A table with another name.
    RenameTable(Pair<TableName>),
    /// A table whose options differ.
    AlterTableOptions {
        /// The table.
        table: TableName,
        /// Both ends.
        options: Pair<TableOptions>,
    },
    /// A table whose comment differs.
    CommentTable {
        /// The table.
        table: TableName,
        /// Both ends.
        comment: Pair<Option<String>>,
    },
    /// A new column.
    AddColumn {
        /// The table.
        table: TableName,
        /// The column.
        column: Column,
    },
    /// A column that went.
    DropColumn {
        /// The table.
        table: TableName,
        /// The column.
        column: Column,
    },
    /// A column with another name.
    RenameColumn {
        /// The table.
        table: TableName,
        /// Both names.
        column: Pair<Name>,
    },
    /// A column of which anything but the name differs. Both ends bear the next name.
    AlterColumn {
        /// The table.
        table: TableName,
        /// Both ends.
        column: Pair<Column>,
    },
    /// A primary key that came, went or differs.
    AlterPrimaryKey {
        /// The table.
        table: TableName,
        /// Both ends.
        primary_key: Pair<Option<PrimaryKey>>,
    },
    /// A new unique constraint.
    AddUnique {
        /// The table.
        table: TableName,
        /// The constraint.
        unique: Unique,
    },
    /// A unique constraint that went.
    DropUnique {
        /// The table.
        table: TableName,
        /// The constraint.
        unique: Unique,
    },
    /// A new index.
    AddIndex {
        /// The table.
        table: TableName,
        /// The index.
        index: Index,
    },
    /// An index that went.
    DropIndex {
        /// The table.
        table: TableName,
        /// The index.
        index: Index,
    },
    /// A new foreign key.
    AddForeignKey {
        /// The table.
        table: TableName,
        /// The key.
        foreign_key: ForeignKey,
    },
    /// A foreign key that went.
    DropForeignKey {
        /// The table.
        table: TableName,
        /// The key.
        foreign_key: ForeignKey,
    },
    /// A new check.
    AddCheck {
        /// The table.
        table: TableName,
        /// The check.
        check: Check,
    },
    /// A check that went.
    DropCheck {
        /// The table.
        table: TableName,
        /// The check.
        check: Check,
    },
    /// A new exclusion constraint.
    AddExclusion {
        /// The table.
        table: TableName,
        /// The constraint.
        exclusion: Exclusion,
    },
    /// An exclusion constraint that went.
    DropExclusion {
        /// The table.
        table: TableName,
        /// The constraint.
        exclusion: Exclusion,
    },
}

impl Change {
    /// The change in words, on one line. Every output uses these: files, terminal, `check`, tests.
    ///
    /// ```
    /// use enamel_schema::{Change, Name, Pair, TableName};
    /// let change = Change::RenameColumn {
    ///     table: TableName::new(Name::new("users")?),
    ///     column: Pair::new(Name::new("surname")?, Name::new("last_name")?),
    /// };
    /// assert_eq!(change.summary(), "rename column users.surname to last_name");
    /// # Ok::<(), enamel_schema::schema::InvalidName>(())
    /// ```
    pub fn summary(&self) -> String {
        summary::summary(self)
    }

    /// The same as a difference between two descriptions of one database, on one line: `users.email: the models say NOT NULL, the revisions
    /// produce NULL`, for which `previous_is` is `the revisions produce` and `next_is` is `the models say`.
    pub fn difference(&self, previous_is: &str, next_is: &str) -> String {
        difference::difference(self, previous_is, next_is)
    }

    /// The change that undoes this one, when the changes of a list are undone from the last to the first.
    #[must_use]
    pub fn reverse(&self) -> Change {
        match self.clone() {
            Change::CreateExtension(extension) => Change::DropExtension(extension),
            Change::DropExtension(extension) => Change::CreateExtension(extension),
            Change::CreateEnumeration(enumeration) => Change::DropEnumeration(enumeration),
            Change::DropEnumeration(enumeration) => Change::CreateEnumeration(enumeration),
            Change::AlterEnumeration { enumeration, renamed } => Change::AlterEnumeration {
                enumeration: enumeration.reversed(),
                renamed: renamed.into_iter().map(Pair::reversed).collect(),
            },
            Change::CreateTable(table) => Change::DropTable(table),
            Change::DropTable(table) => Change::CreateTable(table),
            Change::RenameTable(table) => Change::RenameTable(table.reversed()),
            Change::AlterTableOptions { table, options } => {
                Change::AlterTableOptions { table, options: options.reversed() }
            }
            Change::CommentTable { table, comment } => Change::CommentTable { table, comment: comment.reversed() },
            Change::AddColumn { table, column } => Change::DropColumn { table, column },
            Change::DropColumn { table, column } => Change::AddColumn { table, column },
            Change::RenameColumn { table, column } => Change::RenameColumn { table, column: column.reversed() },
            Change::AlterColumn { table, column } => Change::AlterColumn { table, column: column.reversed() },
            Change::AlterPrimaryKey { table, primary_key } => {
                Change::AlterPrimaryKey { table, primary_key: primary_key.reversed() }
            }
            Change::AddUnique { table, unique } => Change::DropUnique { table, unique },
            Change::DropUnique { table, unique } => Change::AddUnique { table, unique },
            Change::AddIndex { table, index } => Change::DropIndex { table, index },
            Change::DropIndex { table, index } => Change::AddIndex { table, index },
            Change::AddForeignKey { table, foreign_key } => Change::DropForeignKey { table, foreign_key },
            Change::DropForeignKey { table, foreign_key } => Change::AddForeignKey { table, foreign_key },
            Change::AddCheck { table, check } => Change::DropCheck { table, check },
            Change::DropCheck { table, check } => Change::AddCheck { table, check },
            Change::AddExclusion { table, exclusion } => Change::DropExclusion { table, exclusion },
            Change::DropExclusion { table, exclusion } => Change::AddExclusion { table, exclusion },
        }
    }

    /// The table that it changes, by its next name. `None` for extensions and enums.
    pub const fn table(&self) -> Option<&TableName> {
        match self {
            Change::CreateExtension(_)
            | Change::DropExtension(_)
            | Change::CreateEnumeration(_)
            | Change::DropEnumeration(_)
            | Change::AlterEnumeration { .. } => None,
            Change::CreateTable(table) | Change::DropTable(table) => Some(&table.name),
            Change::RenameTable(table) => Some(&table.next),
            Change::AlterTableOptions { table, .. }
            | Change::CommentTable { table, .. }
            | Change::AddColumn { table, .. }
            | Change::DropColumn { table, .. }
            | Change::RenameColumn { table, .. }
            | Change::AlterColumn { table, .. }
            | Change::AlterPrimaryKey { table, .. }
            | Change::AddUnique { table, .. }
            | Change::DropUnique { table, .. }
            | Change::AddIndex { table, .. }
            | Change::DropIndex { table, .. }
            | Change::AddForeignKey { table, .. }
            | Change::DropForeignKey { table, .. }
            | Change::AddCheck { table, .. }
            | Change::DropCheck { table, .. }
            | Change::AddExclusion { table, .. }
            | Change::DropExclusion { table, .. } => Some(table),
        }
    }
}
