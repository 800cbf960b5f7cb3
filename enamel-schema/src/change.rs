//! One thing that differs between two schemas.
//!
//! Flat, owned and comparable: a change carries both of its ends, so that it can be told, reversed and rendered without
//! looking anything up. A new table carries all that is in it; its indexes are changes of their own.

use crate::pair::Pair;
use crate::schema::{
    Check, Column, Enumeration, Exclusion, ForeignKey, Index, Name, PrimaryKey, Table, TableName, TableOptions, Unique,
};

/// One thing that differs between two schemas.
///
/// Wherever a table is named, it is by its next name, unless the table itself goes.
#[derive(Clone, Debug, PartialEq, Eq)]
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
