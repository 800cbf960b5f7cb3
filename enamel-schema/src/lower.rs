//! A neutral schema as one database can hold it.
//!
//! What a database cannot hold is refused here, at the field, so that `render` has nothing left to refuse.

mod edits;
mod held;
mod postgres;
mod sqlite;
mod table;
#[cfg(test)]
mod tests;
mod value;

use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::plan::alike;
use crate::schema::{Column, Schema, Table, Type};
use held::Held;
use std::collections::BTreeMap;
use table::Lowering;

/// A schema as one database can hold it, and what had to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lowered {
    /// Every type, default and expression in the database's own spelling.
    pub schema: Schema,
    /// What was left out or widened: notes, not errors.
    pub notes: Vec<Diagnostic>,
}

/// Lowers a schema, whose indexes must have names ([`crate::naming::complete`]).
///
/// ```
/// use enamel_schema::schema::{Column, Name, Sql, Table, TableName, Type};
/// use enamel_schema::{Dialect, Schema, lower::lower};
/// let mut table = Table::new(TableName::new(Name::new("users")?));
/// table.columns.push(Column::new(Name::new("joined")?, Type::TimestampWithZone));
/// let schema = Schema { tables: vec![table], ..Schema::default() };
/// let lowered = lower(&schema, Dialect::Sqlite).expect("SQLite holds points in time");
/// assert_eq!(lowered.schema.tables[0].columns[0].data_type, Type::Sql(Sql::new("DATETIME")));
/// # Ok::<(), enamel_schema::schema::InvalidName>(())
/// ```
///
/// # Errors
///
/// All that the database cannot hold, each with its [`crate::Subject`].
pub fn lower(schema: &Schema, dialect: Dialect) -> Result<Lowered, Vec<Diagnostic>> {
    match dialect {
        Dialect::Sqlite | Dialect::Postgres => {}
        Dialect::Mysql | Dialect::Mariadb => return Err(vec![unsupported(dialect)]),
    }
    let mut lowering = Lowering::new(schema, dialect);
    let tables = schema.tables.iter().map(|table| lowering.table(table)).collect();
    let mut lowered = Schema { tables, ..Schema::default() };
    if dialect.facts().named_enumerations {
        lowered.enumerations = postgres::enumerations(schema);
    }
    if dialect == Dialect::Postgres {
        lowered.extensions = postgres::extensions(schema);
    }
    lowered.sort();
    lowering.errors.extend(held::names(dialect, &lowered));
    if lowering.errors.is_empty() {
        Ok(Lowered { schema: lowered, notes: lowering.notes })
    } else {
        Err(lowering.errors)
    }
}

/// The type of one column as a database holds it, `None` where it cannot.
pub(crate) fn data_type(schema: &Schema, table: &Table, column: &Column, dialect: Dialect) -> Option<Type> {
    match held::data_type(dialect, schema, table, column) {
        Held::As(data_type) | Held::Widened(data_type, _) => Some(data_type),
        Held::Refused { .. } => None,
    }
}

/// Lowers settled edits between two neutral schemas: where enums are text or numbers, a renamed value becomes a conversion of each column that holds
/// it; texts take the dialect's own;
/// and where the database keeps whole numbers of any size, those are told that a narrower type holds.
pub fn lower_edits(edits: &Edits, schemas: Pair<&Schema>, dialect: Dialect) -> Edits {
    edits::lower(edits, schemas, dialect)
}

/// A schema that was found in a database, with each type spelled as in `like` where the database makes no difference between the two, and without
/// collations of which `like` is silent.
///
/// Revisions that were written by hand, and databases that were there before, spell types in their own way: what is compared with
/// the models is what a column keeps, not how it is called.
///
/// ```
/// use enamel_schema::schema::{Column, Name, Schema, Sql, Table, TableName, Type};
/// use enamel_schema::{Dialect, lower::respell};
/// let users = |spelled: &str| {
///     let mut table = Table::new(TableName::new(Name::new("users")?));
///     table.columns.push(Column::new(Name::new("email")?, Type::Sql(Sql::new(spelled))));
///     Ok::<_, enamel_schema::schema::InvalidName>(Schema { tables: vec![table], ..Schema::default() })
/// };
/// assert_eq!(respell(&users("VARCHAR(30)")?, &users("TEXT")?, Dialect::Sqlite), users("TEXT")?);
/// assert_eq!(respell(&users("NUMERIC")?, &users("TEXT")?, Dialect::Sqlite), users("NUMERIC")?);
/// # Ok::<(), enamel_schema::schema::InvalidName>(())
/// ```
pub fn respell(found: &Schema, like: &Schema, dialect: Dialect) -> Schema {
    let mut found = found.clone();
    let expected: BTreeMap<_, _> = like.tables.iter().map(|table| (&table.name, table)).collect();
    for table in &mut found.tables {
        let strict = table.options.strict;
        let Some(like) = expected.get(&table.name).filter(|like| like.options.strict == strict) else { continue };
        for column in &mut table.columns {
            if let Some(like) = like.column(&column.name) {
                respell_column(column, like, strict, dialect);
            }
        }
    }
    found
}

fn respell_column(column: &mut Column, like: &Column, strict: bool, dialect: Dialect) {
    match dialect {
        Dialect::Sqlite if alike(&column.data_type, &like.data_type, strict) => {
            column.data_type = like.data_type.clone();
        }
        // Where the models are silent, the database may sort as it was told by others.
        Dialect::Postgres if like.collation.is_none() => column.collation = None,
        Dialect::Sqlite | Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb => {}
    }
}

/// The spelling of a type that enamel writes, for one that the database knows by several. Any other stays to the letter.
pub fn spelled(data_type: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres => postgres::spelled(data_type),
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => data_type.to_owned(),
    }
}

/// The one thing to say of a database that nothing is rendered for yet.
pub(crate) fn unsupported(dialect: Dialect) -> Diagnostic {
    Diagnostic::error(format!("{dialect} is not supported yet")).with_hint("take \"sqlite\" alone into `dialects`")
}
