//! Schemas in few words, for tests.

use crate::schema::{
    Check, Column, ConstraintName, Deferrable, Enumeration, EnumerationValue, ForeignKey, Index, IndexPart, Name,
    PrimaryKey, Schema, Sql, Storage, Table, TableName, Type, Unique,
};

pub(crate) fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub(crate) fn names(texts: &[&str]) -> Vec<Name> {
    texts.iter().map(|text| name(text)).collect()
}

pub(crate) fn table_name(text: &str) -> TableName {
    TableName::new(name(text))
}

/// A nullable column of a type in SQL.
pub(crate) fn column(text: &str, data_type: &str) -> Column {
    Column { nullable: true, ..Column::new(name(text), Type::Sql(Sql::new(data_type))) }
}

pub(crate) fn table(text: &str, columns: Vec<Column>) -> Table {
    Table { columns, ..Table::new(table_name(text)) }
}

/// `users` with a nullable text column for each name.
pub(crate) fn users(columns: &[&str]) -> Table {
    table("users", columns.iter().map(|text| column(text, "TEXT")).collect())
}

pub(crate) fn schema(tables: impl IntoIterator<Item = Table>) -> Schema {
    let mut schema = Schema { tables: tables.into_iter().collect(), ..Schema::default() };
    schema.sort();
    schema
}

pub(crate) fn primary_key(columns: &[&str]) -> PrimaryKey {
    PrimaryKey { name: ConstraintName::Unnamed, columns: names(columns) }
}

pub(crate) fn index(columns: &[&str]) -> Index {
    Index {
        name: ConstraintName::Unnamed,
        unique: false,
        parts: columns.iter().map(|column| IndexPart::column(name(column))).collect(),
        condition: None,
        method: None,
        include: Vec::new(),
        with: Vec::new(),
        nulls_not_distinct: false,
    }
}

pub(crate) fn unique(columns: &[&str]) -> Unique {
    Unique {
        name: ConstraintName::Unnamed,
        columns: names(columns),
        nulls_not_distinct: false,
        deferrable: Deferrable::No,
    }
}

pub(crate) fn foreign_key(columns: &[&str], referenced_table: &str, referenced_columns: &[&str]) -> ForeignKey {
    ForeignKey {
        name: ConstraintName::Unnamed,
        columns: names(columns),
        referenced_table: table_name(referenced_table),
        referenced_columns: names(referenced_columns),
        on_delete: Default::default(),
        on_update: Default::default(),
        deferrable: Deferrable::No,
    }
}

pub(crate) fn check(expression: &str) -> Check {
    Check { name: ConstraintName::Unnamed, expression: Sql::new(expression) }
}

pub(crate) fn enumeration(text: &str, values: &[&str]) -> Enumeration {
    let value = |(discriminant, text): (i64, &&str)| EnumerationValue { name: (*text).to_owned(), discriminant };
    Enumeration { name: name(text), values: (0..).zip(values).map(value).collect(), storage: Storage::Native }
}

pub(crate) fn stated(text: &str) -> ConstraintName {
    ConstraintName::Stated(name(text))
}

pub(crate) fn derived(text: &str) -> ConstraintName {
    ConstraintName::Derived(name(text))
}
