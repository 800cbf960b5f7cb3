//! Schemas at random, for laws that hold for all of them.
//!
//! The names come from small pools, so that two schemas share much; some of them are reserved words, or hold blanks and
//! quotes. Whatever a schema mentions is there.

pub mod evolution;

use crate::diff::carry;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::{
    Action, Check, Column, ConstraintName, Counting, DefaultValue, Deferrable, Enumeration, EnumerationValue,
    Exclusion, ForeignKey, Generated, Identity, Index, IndexKey, IndexPart, Integer, Length, Name, NullsOrder,
    PrimaryKey, Schema, Sql, Storage, Table, TableName, TableOptions, Type, Unique,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index as Pick, select};
use std::ops::RangeInclusive;

const TABLES: &[&str] = &["users", "orders", "order", "Mixed Case", "quo\"te", "straße"];
const COLUMNS: &[&str] = &["id", "name", "email", "select", "regNumber", "two words", "quo\"te"];
const ENUMERATIONS: &[&str] = &["state", "role"];
const VALUES: &[&str] = &["draft", "sent", "it's", "two words", ""];
const TEXTS: &[&str] = &["", "a", "it's", "two\nlines", "\\ \" ' ` -- ;", "ü"];

/// A neutral schema, sorted.
pub fn schema() -> impl Strategy<Value = Schema> {
    let enumerations = btree_map(select(ENUMERATIONS), enumeration(), 0..=ENUMERATIONS.len());
    let extensions = btree_set(select(&["citext", "hstore", "pg_trgm"][..]), 0..3);
    let tables = btree_map(table_name(), raw_table(), 0..5);
    (enumerations, extensions, tables).prop_map(|(enumerations, extensions, tables)| {
        let mut schema = Schema {
            tables: Vec::new(),
            enumerations: enumerations
                .into_iter()
                .map(|(text, (values, storage))| Enumeration { name: name(text), values, storage })
                .collect(),
            extensions: extensions.into_iter().map(str::to_owned).collect(),
        };
        let columns: Vec<_> = tables.iter().map(|(name, table)| (name.clone(), table.column_names())).collect();
        for (name, table) in tables {
            schema.tables.push(table.build(name, &columns, &schema.enumerations));
        }
        schema.sort();
        schema
    })
}

/// Two schemas that share much, and the renames between them.
pub fn schemas_with_renames() -> impl Strategy<Value = (Pair<Schema>, Edits)> {
    (schema(), schema(), vec(any::<Pick>(), 0..4)).prop_map(|(previous, mut next, picks)| {
        let edits = rename_some(&previous, &mut next, &picks);
        (Pair::new(previous, next), edits)
    })
}

/// A schema, and the same after nothing but renames.
pub fn schema_with_renames() -> impl Strategy<Value = (Pair<Schema>, Edits)> {
    (schema(), vec(any::<Pick>(), 0..6)).prop_map(|(previous, picks)| {
        let mut next = previous.clone();
        let edits = rename_some(&previous, &mut next, &picks);
        (Pair::new(previous, next), edits)
    })
}

/// Renames tables, columns and values of `next` that `previous` has too, each to a name that neither has.
fn rename_some(previous: &Schema, next: &mut Schema, picks: &[Pick]) -> Edits {
    let mut edits = Edits::default();
    for (number, pick) in picks.iter().enumerate() {
        let mut candidates = Vec::new();
        for table in &next.tables {
            let Some(former) = previous.table(edits.previous_table(&table.name)) else { continue };
            if former.name == table.name {
                let renamed = TableName::new(name(&format!("renamed {number}")));
                let tables = vec![Pair::new(former.name.clone(), renamed)];
                candidates.push(Edits { tables, ..Edits::default() });
            }
            for column in table.columns.iter().filter(|column| former.column(&column.name).is_some()) {
                let pair = Pair::new(column.name.clone(), name(&format!("renamed {number}")));
                candidates.push(Edits { columns: vec![(table.name.clone(), pair)], ..Edits::default() });
            }
        }
        for enumeration in &next.enumerations {
            let former = previous.enumeration(&enumeration.name);
            for value in former.into_iter().flat_map(|former| &former.values) {
                if enumeration.values.iter().any(|other| other.name == value.name) {
                    let pair = Pair::new(value.name.clone(), format!("renamed {number}"));
                    candidates.push(Edits { values: vec![(enumeration.name.clone(), pair)], ..Edits::default() });
                }
            }
        }
        if candidates.is_empty() {
            break;
        }
        let rename = candidates.swap_remove(pick.index(candidates.len()));
        carry(next, &rename);
        for table in &rename.tables {
            let of_it = edits.columns.iter_mut().filter(|(of, _)| *of == table.previous);
            of_it.for_each(|(of, _)| of.clone_from(&table.next));
        }
        edits.merge(rename);
    }
    edits
}

fn name(text: &str) -> Name {
    Name::new(text).expect("no name here is empty or holds a NUL")
}

fn text() -> impl Strategy<Value = String> {
    select(TEXTS).prop_map(str::to_owned)
}

/// As SQL: where it is no plain word it is in quotes.
fn collation() -> impl Strategy<Value = String> {
    select(&["NOCASE", "\"de_DE\"", "\"it's\"", "\"two\nlines\"", "\"-- ;\""][..]).prop_map(str::to_owned)
}

fn table_name() -> impl Strategy<Value = TableName> {
    (prop::bool::weighted(0.1), select(TABLES))
        .prop_map(|(elsewhere, text)| TableName { schema: elsewhere.then(|| name("shop")), name: name(text) })
}

fn enumeration() -> impl Strategy<Value = (Vec<EnumerationValue>, Storage)> {
    let values = btree_set(select(VALUES), 1..=VALUES.len()).prop_map(|values| {
        let value = |(discriminant, text): (i64, &str)| EnumerationValue { name: text.to_owned(), discriminant };
        (-1..).zip(values).map(value).collect()
    });
    (values, select(&[Storage::Native, Storage::Text, Storage::Integer][..]))
}

fn constraint_name() -> impl Strategy<Value = ConstraintName> {
    prop_oneof![
        3 => Just(ConstraintName::Unnamed),
        3 => select(&["ix 1", "ix_2"][..]).prop_map(|text| ConstraintName::Derived(name(text))),
        1 => select(&["One", "two"][..]).prop_map(|text| ConstraintName::Stated(name(text))),
    ]
}

/// A table whose constraints do not know yet which columns there are.
#[derive(Clone, Debug)]
struct RawTable {
    columns: Vec<(Column, Option<(Pick, bool)>)>,
    primary_key: Option<(ConstraintName, Vec<Pick>)>,
    uniques: Vec<(ConstraintName, Vec<Pick>, bool, Deferrable)>,
    indexes: Vec<RawIndex>,
    foreign_keys: Vec<RawForeignKey>,
    checks: Vec<(ConstraintName, Pick, u8)>,
    exclusions: Vec<(ConstraintName, Pick)>,
    options: TableOptions,
    comment: Option<String>,
}

#[derive(Clone, Debug)]
struct RawIndex {
    name: ConstraintName,
    unique: bool,
    parts: Vec<(Pick, bool, IndexPart)>,
    condition: Option<Pick>,
    method: Option<String>,
    include: Vec<Pick>,
    with: Vec<(String, String)>,
    nulls_not_distinct: bool,
}

#[derive(Clone, Debug)]
struct RawForeignKey {
    name: ConstraintName,
    column: Pick,
    referenced_table: Pick,
    referenced_column: Pick,
    actions: (Action, Action),
    deferrable: Deferrable,
}

fn raw_table() -> impl Strategy<Value = RawTable> {
    let columns = btree_map(select(COLUMNS), raw_column(), 1..=COLUMNS.len()).prop_map(|columns| {
        let named = |(text, (column, generated))| (Column { name: name(text), ..column }, generated);
        columns.into_iter().map(named).collect()
    });
    let keys = (
        option::of((constraint_name(), picks())),
        vec((constraint_name(), picks(), any::<bool>(), deferrable()), 0..3),
        vec(raw_index(), 0..3),
        vec(raw_foreign_key(), 0..3),
        vec((constraint_name(), any::<Pick>(), 0..3_u8), 0..3),
        vec((constraint_name(), any::<Pick>()), 0..2),
    );
    (columns, keys, options(), option::of(text())).prop_map(|(columns, keys, options, comment)| {
        let (primary_key, uniques, indexes, foreign_keys, checks, exclusions) = keys;
        RawTable { columns, primary_key, uniques, indexes, foreign_keys, checks, exclusions, options, comment }
    })
}

/// A column whose name is still to be given, and whether it is computed from another one.
fn raw_column() -> impl Strategy<Value = (Column, Option<(Pick, bool)>)> {
    let more =
        (any::<bool>(), option::weighted(0.2, identity()), option::weighted(0.2, collation()), option::of(text()));
    let generated = option::weighted(0.2, (any::<Pick>(), any::<bool>()));
    (type_and_default(), more, generated).prop_map(|((data_type, default), more, generated)| {
        let (nullable, identity, collation, comment) = more;
        let default = default.filter(|_| generated.is_none() && identity.is_none());
        let identity = identity.filter(|_| generated.is_none());
        let collation = collation.map(Sql::new);
        let column = Column::new(name("column"), data_type);
        (Column { nullable, default, identity, collation, comment, ..column }, generated)
    })
}

fn type_and_default() -> impl Strategy<Value = (Type, Option<DefaultValue>)> {
    let number = select(&["0", "-1", "9223372036854775807"][..]);
    let number = number.prop_map(|text| DefaultValue::Number(text.to_owned()));
    let others = [
        Type::Float,
        Type::Double,
        Type::Character,
        Type::Bytes(Length::AtMost(8)),
        Type::Bytes(Length::Exactly(16)),
        Type::TimestampWithZone,
        Type::Timestamp,
        Type::Date,
        Type::Time,
        Type::Interval,
        Type::Uuid,
        Type::UuidText,
        Type::Json,
        Type::Decimal { precision: None },
        Type::Decimal { precision: Some((10, 2)) },
        Type::Array(Box::new(Type::Text { max_length: None })),
        Type::Array(Box::new(Type::Array(Box::new(Type::Date)))),
        Type::IpAddress,
        Type::MacAddress,
        Type::KeyValue,
    ];
    let defaults = |default: BoxedStrategy<DefaultValue>| option::of(prop_oneof![3 => default, 1 => sql_default()]);
    let max_length = option::of(select(&[1, 320][..]));
    prop_oneof![
        (Just(Type::Boolean), defaults(any::<bool>().prop_map(DefaultValue::Boolean).boxed())),
        (select(&Integer::ALL[..]).prop_map(Type::Integer), defaults(number.boxed())),
        (
            max_length.prop_map(|max_length| Type::Text { max_length }),
            defaults(text().prop_map(DefaultValue::Text).boxed())
        ),
        (Just(Type::Bytes(Length::Any)), defaults(vec(any::<u8>(), 0..3).prop_map(DefaultValue::Bytes).boxed())),
        (
            select(ENUMERATIONS).prop_map(|text| Type::Enumeration(name(text))),
            // Which values there are is known later.
            defaults(Just(DefaultValue::Variant(String::new())).boxed())
        ),
        (select(others.to_vec()), option::of(sql_default())),
        (sql().prop_map(Type::Sql), option::of(sql_default())),
    ]
}

fn sql_default() -> impl Strategy<Value = DefaultValue> {
    sql().prop_map(DefaultValue::Sql)
}

fn sql() -> impl Strategy<Value = Sql> {
    let text = || select(&["CURRENT_TIMESTAMP", "citext", "1 + 2", "'it''s \"so\"'"][..]).prop_map(str::to_owned);
    let dialect = select(&crate::Dialect::ALL[..]);
    prop_oneof![
        3 => text().prop_map(Sql::new),
        1 => (option::of(text()), btree_map(dialect, text(), 1..3))
            .prop_map(|(any, by_dialect)| Sql { any, by_dialect }),
    ]
}

fn identity() -> impl Strategy<Value = Identity> {
    (any::<bool>(), any::<bool>(), counting()).prop_map(|(always, never_reused, counting)| Identity {
        always,
        never_reused,
        counting,
    })
}

/// Options that the smallest of whole numbers hold too.
fn counting() -> impl Strategy<Value = Counting> {
    let number = |range: RangeInclusive<i64>| option::weighted(0.2, range);
    let numbers = (number(1..=50), option::weighted(0.2, 1..=5i64), number(1..=1), number(60..=100), number(1..=3));
    (numbers, prop::bool::weighted(0.1)).prop_map(|((start, increment, minvalue, maxvalue, cache), cycle)| Counting {
        start,
        increment,
        minvalue,
        maxvalue,
        cache,
        cycle,
    })
}

fn options() -> impl Strategy<Value = TableOptions> {
    let flags = (prop::bool::weighted(0.2), prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    (flags, option::weighted(0.2, text())).prop_map(|((strict, without_rowid, unlogged), engine)| TableOptions {
        strict,
        without_rowid,
        unlogged,
        engine,
        ..TableOptions::default()
    })
}

fn deferrable() -> impl Strategy<Value = Deferrable> {
    select(&[Deferrable::No, Deferrable::InitiallyImmediate, Deferrable::InitiallyDeferred][..])
}

fn action() -> impl Strategy<Value = Action> {
    select(&[Action::NoAction, Action::Restrict, Action::Cascade, Action::SetNull, Action::SetDefault][..])
}

fn raw_index() -> impl Strategy<Value = RawIndex> {
    let part = (any::<bool>(), option::of(select(&[NullsOrder::First, NullsOrder::Last][..])), option::of(collation()));
    let part = part.prop_map(|(descending, nulls, collation)| IndexPart {
        descending,
        nulls,
        collation,
        ..IndexPart::column(name("column"))
    });
    (
        (constraint_name(), any::<bool>(), vec((any::<Pick>(), prop::bool::weighted(0.3), part), 1..3)),
        option::of(any::<Pick>()),
        option::weighted(0.2, select(&["gin", "hash"][..])),
        vec(any::<Pick>(), 0..2),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    )
        .prop_map(|((name, unique, parts), condition, method, include, with, nulls_not_distinct)| RawIndex {
            name,
            unique,
            parts,
            condition,
            method: method.map(str::to_owned),
            include,
            with: with.then(|| ("fillfactor".to_owned(), "70".to_owned())).into_iter().collect(),
            nulls_not_distinct,
        })
}

fn raw_foreign_key() -> impl Strategy<Value = RawForeignKey> {
    let picks = (any::<Pick>(), any::<Pick>(), any::<Pick>());
    (constraint_name(), picks, (action(), action()), deferrable()).prop_map(|(name, picks, actions, deferrable)| {
        let (column, referenced_table, referenced_column) = picks;
        RawForeignKey { name, column, referenced_table, referenced_column, actions, deferrable }
    })
}

fn picks() -> impl Strategy<Value = Vec<Pick>> {
    vec(any::<Pick>(), 1..3)
}

impl RawTable {
    fn column_names(&self) -> Vec<Name> {
        self.columns.iter().map(|(column, _)| column.name.clone()).collect()
    }

    fn build(self, table: TableName, tables: &[(TableName, Vec<Name>)], enumerations: &[Enumeration]) -> Table {
        let names = self.column_names();
        let column = |pick: &Pick| names[pick.index(names.len())].clone();
        let columns = |picks: &[Pick]| {
            let mut columns = Vec::new();
            for name in picks.iter().map(column) {
                if !columns.contains(&name) {
                    columns.push(name);
                }
            }
            columns
        };
        let expression = |pick: &Pick, rest: &str| {
            Sql::new(format!("lower(\"{}\"){rest}", column(pick).as_str().replace('"', "\"\"")))
        };
        Table {
            name: table,
            columns: self
                .columns
                .iter()
                .map(|(column, generated)| {
                    let generated = generated
                        .as_ref()
                        .map(|(pick, stored)| Generated { expression: expression(pick, " || '!'"), stored: *stored });
                    fitted(Column { generated, ..column.clone() }, enumerations)
                })
                .collect(),
            primary_key: self.primary_key.map(|(name, picks)| PrimaryKey { name, columns: columns(&picks) }),
            uniques: self
                .uniques
                .into_iter()
                .map(|(name, picks, nulls_not_distinct, deferrable)| Unique {
                    name,
                    columns: columns(&picks),
                    nulls_not_distinct,
                    deferrable,
                })
                .collect(),
            indexes: self
                .indexes
                .into_iter()
                .map(|index| Index {
                    name: index.name,
                    unique: index.unique,
                    parts: index
                        .parts
                        .into_iter()
                        .map(|(pick, is_expression, part)| {
                            let key = if is_expression {
                                IndexKey::Expression(expression(&pick, ""))
                            } else {
                                IndexKey::Column(column(&pick))
                            };
                            IndexPart { key, ..part }
                        })
                        .collect(),
                    condition: index.condition.map(|pick| expression(&pick, " <> 'id'")),
                    method: index.method,
                    include: columns(&index.include),
                    with: index.with,
                    nulls_not_distinct: index.nulls_not_distinct,
                })
                .collect(),
            foreign_keys: self
                .foreign_keys
                .into_iter()
                .map(|key| {
                    let (referenced_table, there) = &tables[key.referenced_table.index(tables.len())];
                    ForeignKey {
                        name: key.name,
                        columns: vec![column(&key.column)],
                        referenced_table: referenced_table.clone(),
                        referenced_columns: vec![there[key.referenced_column.index(there.len())].clone()],
                        on_delete: key.actions.0,
                        on_update: key.actions.1,
                        deferrable: key.deferrable,
                    }
                })
                .collect(),
            checks: self
                .checks
                .into_iter()
                .map(|(name, pick, number)| Check { name, expression: expression(&pick, &format!(" <> '{number}'")) })
                .collect(),
            exclusions: self
                .exclusions
                .into_iter()
                .map(|(name, pick)| {
                    let definition = Sql::new(format!("USING gist ({} WITH =)", expression(&pick, "").text()));
                    Exclusion { name, definition }
                })
                .collect(),
            options: self.options,
            comment: self.comment,
        }
    }
}

/// The column with an enum that is there, and a value that the enum has.
fn fitted(column: Column, enumerations: &[Enumeration]) -> Column {
    let Type::Enumeration(name) = &column.data_type else { return column };
    let Some(enumeration) = enumerations.iter().find(|enumeration| enumeration.name == *name) else {
        return Column { data_type: Type::Json, default: None, ..column };
    };
    let default = column.default.map(|default| match default {
        DefaultValue::Variant(_) => DefaultValue::Variant(enumeration.values[0].name.clone()),
        DefaultValue::Boolean(_)
        | DefaultValue::Number(_)
        | DefaultValue::Text(_)
        | DefaultValue::Bytes(_)
        | DefaultValue::Sql(_) => default,
    });
    Column { default, ..column }
}
