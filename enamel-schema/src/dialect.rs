//! What each database can hold and do, as const data.
//!
//! Facts are read only in `lower` and `plan`; syntax is written only in `render`. A fact that is asked for anywhere else is a
//! wall that was broken.

use std::fmt;

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// SQLite 3.37 or newer.
    Sqlite,
    /// PostgreSQL 13 or newer.
    Postgres,
    /// MySQL 8.0.16 or newer.
    Mysql,
    /// MariaDB 10.6 or newer.
    Mariadb,
}

impl Dialect {
    /// Every dialect, in the order in which they are written.
    pub const ALL: [Dialect; 4] = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql, Dialect::Mariadb];

    /// The name used in settings, folders, attributes and the lock file: `sqlite`, `postgres`, `mysql`, `mariadb`.
    pub const fn name(self) -> &'static str {
        match self {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgres",
            Dialect::Mysql => "mysql",
            Dialect::Mariadb => "mariadb",
        }
    }

    /// The dialect of a name, `None` when there is none of this name. `postgresql` is understood.
    pub fn from_name(name: &str) -> Option<Dialect> {
        match name {
            "postgresql" => Some(Dialect::Postgres),
            _ => Self::ALL.into_iter().find(|dialect| dialect.name() == name),
        }
    }

    /// The name as people write it: `SQLite`, `PostgreSQL`, `MySQL`, `MariaDB`.
    pub const fn title(self) -> &'static str {
        match self {
            Dialect::Sqlite => "SQLite",
            Dialect::Postgres => "PostgreSQL",
            Dialect::Mysql => "MySQL",
            Dialect::Mariadb => "MariaDB",
        }
    }

    /// What this database can hold and do.
    pub const fn facts(self) -> &'static Facts {
        match self {
            Dialect::Sqlite => &SQLITE,
            Dialect::Postgres => &POSTGRES,
            Dialect::Mysql => &MYSQL,
            Dialect::Mariadb => &MARIADB,
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What one database can hold and do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The longest identifier, in bytes on PostgreSQL (`NAMEDATALEN - 1`) and in characters on MySQL; `None` on SQLite.
    pub identifier_limit: Option<usize>,
    /// Whether a failed transaction takes its DDL back with it.
    pub transactional_ddl: bool,
    /// Whether enums are types with a name of their own.
    pub named_enumerations: bool,
    /// Whether a column can hold an array.
    pub arrays: bool,
    /// Whether tables live in named schemas below the connection's.
    pub schemas: bool,
    /// Whether tables and columns bear comments.
    pub comments: bool,
    /// Whether a table can have exclusion constraints.
    pub exclusions: bool,
    /// Whether a unique constraint may wait for the end of the transaction.
    pub deferrable_uniques: bool,
    /// Whether a unique constraint may take two NULLs for the same.
    pub nulls_not_distinct: bool,
    /// Whether a generated column can be computed whenever it is read. PostgreSQL can from version 18 on.
    pub virtual_columns: bool,
    /// Whether a column of whole numbers refuses those that are too large for `i16` or `i32`. SQLite's hold 64 bits whatever they are called
    /// (<https://www.sqlite.org/datatype3.html#storage_classes_and_datatypes>).
    pub sized_integers: bool,
    /// Whether constraints are found and dropped by their name. SQLite keeps them only inside the text of `CREATE TABLE`.
    pub constraints_by_name: bool,
    /// Whether a column's type, nullability or default is altered in place. Where it is not, the table is rebuilt
    /// (<https://www.sqlite.org/lang_altertable.html#otheralter>).
    pub alters_columns: bool,
}

/// SQLite: <https://www.sqlite.org/lang.html>.
const SQLITE: Facts = Facts {
    identifier_limit: None,
    transactional_ddl: true,
    named_enumerations: false,
    arrays: false,
    schemas: false,
    comments: false,
    exclusions: false,
    deferrable_uniques: false,
    nulls_not_distinct: false,
    virtual_columns: true,
    sized_integers: false,
    constraints_by_name: false,
    alters_columns: false,
};

/// PostgreSQL: <https://www.postgresql.org/docs/13/sql-syntax-lexical.html>.
const POSTGRES: Facts = Facts {
    identifier_limit: Some(63),
    transactional_ddl: true,
    named_enumerations: true,
    arrays: true,
    schemas: true,
    comments: true,
    exclusions: true,
    deferrable_uniques: true,
    nulls_not_distinct: true,
    virtual_columns: false,
    sized_integers: true,
    constraints_by_name: true,
    alters_columns: true,
};

/// MySQL: <https://dev.mysql.com/doc/refman/8.0/en/identifier-length.html>.
const MYSQL: Facts = Facts {
    identifier_limit: Some(64),
    transactional_ddl: false,
    named_enumerations: false,
    arrays: false,
    schemas: true,
    comments: true,
    exclusions: false,
    deferrable_uniques: false,
    nulls_not_distinct: false,
    virtual_columns: true,
    sized_integers: true,
    constraints_by_name: true,
    alters_columns: true,
};

/// MariaDB: <https://mariadb.com/kb/en/identifier-names/>.
const MARIADB: Facts = Facts {
    identifier_limit: Some(64),
    transactional_ddl: false,
    named_enumerations: false,
    arrays: false,
    schemas: true,
    comments: true,
    exclusions: false,
    deferrable_uniques: false,
    nulls_not_distinct: false,
    virtual_columns: true,
    sized_integers: true,
    constraints_by_name: true,
    alters_columns: true,
};

/// SQLite's names for the number of a row, each unless a column has taken it (<https://www.sqlite.org/lang_createtable.html#rowid>).
pub(crate) const SQLITE_ROW_NUMBERS: [&str; 3] = ["rowid", "_rowid_", "oid"];

/// Whether a column of this name is one that new versions of SQLite (3.54) neither add, drop nor rename in place, since they take its name for the number of
/// the row.
pub(crate) fn is_sqlite_row_number(name: &str) -> bool {
    SQLITE_ROW_NUMBERS.iter().any(|number| number.eq_ignore_ascii_case(name))
}
/// The columns that every table of PostgreSQL has (<https://www.postgresql.org/docs/13/ddl-system-columns.html>).
pub(crate) const POSTGRES_SYSTEM_COLUMNS: [&str; 6] = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];
