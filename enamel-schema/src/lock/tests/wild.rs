//! Random schemas that hold to no rule but those of their types: the lock file must take everything.

use super::part;
use crate::dialect::Dialect;
use crate::schema::{Enumeration, EnumerationValue, Name, Schema, Sql, Storage, Table, TableName, TableOptions};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A name: mostly plain, sometimes one that hurts.
pub(super) fn name() -> impl Strategy<Value = Name> {
    let plain = "[a-z][a-z0-9_]{0,8}";
    let odd = "[ .,=()\"'\\\\\n#a-]{1,6}";
    let word = prop::sample::select(vec!["table", "sql", "null", "name", "order", "Straße", "true", "<<<<<<<"]);
    prop_oneof![6 => plain, 2 => odd, 1 => any::<String>(), 1 => word.prop_map(str::to_owned)]
        .prop_filter_map("no name", |text| Name::new(text).ok())
}

/// A text of any kind.
pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[a-z0-9 '\"().=\\\\\n]{0,12}", 1 => any::<String>()]
}

/// A table's name.
pub(super) fn table_name() -> impl Strategy<Value = TableName> {
    (prop::option::weighted(0.2, name()), name()).prop_map(|(schema, name)| TableName { schema, name })
}

/// SQL, for all databases or for some.
pub(super) fn sql() -> impl Strategy<Value = Sql> {
    let dialect = prop::sample::select(Dialect::ALL.to_vec());
    let own = prop::collection::btree_map(dialect, text(), 0..3);
    prop_oneof![3 => text().prop_map(Sql::new), 1 => (prop::option::of(text()), own).prop_map(|(any, by_dialect)| Sql { any, by_dialect })]
}

/// A schema of up to four tables, in its order. Its keys may refer to what is not there.
pub(super) fn schema() -> impl Strategy<Value = Schema> {
    (vec(table(), 0..4), vec(enumeration(), 0..3), prop::collection::btree_set(text(), 0..2)).prop_map(
        |(tables, enumerations, extensions)| Schema {
            tables: tables
                .into_iter()
                .map(|table| (table.name.clone(), table))
                .collect::<BTreeMap<_, _>>()
                .into_values()
                .collect(),
            enumerations: enumerations
                .into_iter()
                .map(|each| (each.name.clone(), each))
                .collect::<BTreeMap<_, _>>()
                .into_values()
                .collect(),
            extensions: extensions.into_iter().collect(),
        },
    )
}

fn table() -> impl Strategy<Value = Table> {
    (
        table_name(),
        vec(part::column(), 0..5),
        prop::option::of(part::primary_key()),
        vec(part::unique(), 0..3),
        vec(part::index(), 0..3),
        vec(part::foreign_key(), 0..3),
        vec(part::check(), 0..3),
        vec(part::exclusion(), 0..2),
        table_options(),
        prop::option::of(text()),
    )
        .prop_map(
            |(name, columns, primary_key, uniques, indexes, foreign_keys, checks, exclusions, options, comment)| {
                let mut table = Table {
                    primary_key,
                    uniques,
                    indexes,
                    foreign_keys,
                    checks,
                    exclusions,
                    options,
                    comment,
                    ..Table::new(name)
                };
                for column in columns {
                    if table.column(&column.name).is_none() {
                        table.columns.push(column);
                    }
                }
                table
            },
        )
}

fn table_options() -> impl Strategy<Value = TableOptions> {
    let word = || prop::option::weighted(0.2, text());
    (any::<(bool, bool, bool)>(), word(), word(), word()).prop_map(
        |((strict, without_rowid, unlogged), engine, charset, collation)| TableOptions {
            strict,
            without_rowid,
            unlogged,
            engine,
            charset,
            collation,
        },
    )
}

fn enumeration() -> impl Strategy<Value = Enumeration> {
    let value = (text(), any::<i64>()).prop_map(|(name, discriminant)| EnumerationValue { name, discriminant });
    let storage = prop::sample::select(vec![Storage::Native, Storage::Text, Storage::Integer]);
    (name(), vec(value, 0..4), storage).prop_map(|(name, values, storage)| Enumeration { name, values, storage })
}
