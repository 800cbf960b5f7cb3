//! Random columns, keys, constraints and indexes.

use super::wild::{name, sql, table_name, text};
use crate::schema::{
    Action, Check, Column, ConstraintName, Counting, DefaultValue, Deferrable, Exclusion, ForeignKey, Generated,
    Identity, Index, IndexKey, IndexPart, Integer, Length, NullsOrder, PrimaryKey, Type, Unique,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

pub(super) fn column() -> impl Strategy<Value = Column> {
    (
        name(),
        data_type(),
        any::<bool>(),
        option::of(default_value()),
        option::of((sql(), any::<bool>()).prop_map(|(expression, stored)| Generated { expression, stored })),
        option::of((any::<(bool, bool)>(), counting()).prop_map(|((always, never_reused), counting)| Identity {
            always,
            never_reused,
            counting,
        })),
        option::weighted(0.2, sql()),
        option::weighted(0.2, text()),
    )
        .prop_map(|(name, data_type, nullable, default, generated, identity, collation, comment)| Column {
            name,
            data_type,
            nullable,
            default,
            generated,
            identity,
            collation,
            comment,
        })
}

fn counting() -> impl Strategy<Value = Counting> {
    let number = || option::weighted(0.2, any::<i64>());
    (number(), number(), number(), number(), number(), any::<bool>()).prop_map(
        |(start, increment, minvalue, maxvalue, cache, cycle)| Counting {
            start,
            increment,
            minvalue,
            maxvalue,
            cache,
            cycle,
        },
    )
}

fn data_type() -> impl Strategy<Value = Type> {
    let simple = select(vec![
        Type::Boolean,
        Type::Float,
        Type::Double,
        Type::Text { max_length: None },
        Type::Character,
        Type::Bytes(Length::Any),
        Type::TimestampWithZone,
        Type::Timestamp,
        Type::Date,
        Type::Time,
        Type::Interval,
        Type::Uuid,
        Type::UuidText,
        Type::Json,
        Type::Decimal { precision: None },
        Type::IpAddress,
        Type::MacAddress,
        Type::KeyValue,
    ]);
    let integer = select(&Integer::ALL[..]);
    let flat = prop_oneof![
        4 => simple,
        3 => integer.prop_map(Type::Integer),
        1 => any::<u32>().prop_map(|length| Type::Text { max_length: Some(length) }),
        1 => any::<u32>().prop_map(|length| Type::Bytes(Length::AtMost(length))),
        1 => any::<u32>().prop_map(|length| Type::Bytes(Length::Exactly(length))),
        1 => any::<(u32, u32)>().prop_map(|precision| Type::Decimal { precision: Some(precision) }),
        1 => name().prop_map(Type::Enumeration),
        1 => sql().prop_map(Type::Sql),
    ];
    flat.prop_recursive(2, 4, 1, |element| element.prop_map(|element| Type::Array(Box::new(element))))
}

fn default_value() -> impl Strategy<Value = DefaultValue> {
    prop_oneof![
        any::<bool>().prop_map(DefaultValue::Boolean),
        prop_oneof!["-?[0-9]{1,4}(\\.[0-9]{1,3})?", text()].prop_map(DefaultValue::Number),
        text().prop_map(DefaultValue::Text),
        vec(any::<u8>(), 0..4).prop_map(DefaultValue::Bytes),
        text().prop_map(DefaultValue::Variant),
        sql().prop_map(DefaultValue::Sql),
    ]
}

fn constraint_name() -> impl Strategy<Value = ConstraintName> {
    prop_oneof![
        2 => Just(ConstraintName::Unnamed),
        1 => name().prop_map(ConstraintName::Derived),
        1 => name().prop_map(ConstraintName::Stated),
    ]
}

fn deferrable() -> impl Strategy<Value = Deferrable> {
    select(vec![Deferrable::No, Deferrable::InitiallyImmediate, Deferrable::InitiallyDeferred])
}

pub(super) fn primary_key() -> impl Strategy<Value = PrimaryKey> {
    (constraint_name(), vec(name(), 0..3)).prop_map(|(name, columns)| PrimaryKey { name, columns })
}

pub(super) fn unique() -> impl Strategy<Value = Unique> {
    (constraint_name(), vec(name(), 0..3), any::<bool>(), deferrable()).prop_map(
        |(name, columns, nulls_not_distinct, deferrable)| Unique { name, columns, nulls_not_distinct, deferrable },
    )
}

pub(super) fn index() -> impl Strategy<Value = Index> {
    (
        constraint_name(),
        any::<bool>(),
        vec(index_part(), 0..3),
        option::of(sql()),
        option::of(text()),
        vec(name(), 0..2),
        vec((text(), text()), 0..2),
        any::<bool>(),
    )
        .prop_map(|(name, unique, parts, condition, method, include, with, nulls_not_distinct)| Index {
            name,
            unique,
            parts,
            condition,
            method,
            include,
            with,
            nulls_not_distinct,
        })
}

fn index_part() -> impl Strategy<Value = IndexPart> {
    let key = prop_oneof![2 => name().prop_map(IndexKey::Column), 1 => sql().prop_map(IndexKey::Expression)];
    let nulls = option::of(select(vec![NullsOrder::First, NullsOrder::Last]));
    (key, any::<bool>(), nulls, option::weighted(0.2, text()), option::weighted(0.2, text())).prop_map(
        |(key, descending, nulls, collation, operator_class)| IndexPart {
            key,
            descending,
            nulls,
            collation,
            operator_class,
        },
    )
}

pub(super) fn foreign_key() -> impl Strategy<Value = ForeignKey> {
    let action =
        || select(vec![Action::NoAction, Action::Restrict, Action::Cascade, Action::SetNull, Action::SetDefault]);
    (constraint_name(), vec(name(), 0..3), table_name(), vec(name(), 0..3), action(), action(), deferrable()).prop_map(
        |(name, columns, referenced_table, referenced_columns, on_delete, on_update, deferrable)| ForeignKey {
            name,
            columns,
            referenced_table,
            referenced_columns,
            on_delete,
            on_update,
            deferrable,
        },
    )
}

pub(super) fn check() -> impl Strategy<Value = Check> {
    (constraint_name(), sql()).prop_map(|(name, expression)| Check { name, expression })
}

pub(super) fn exclusion() -> impl Strategy<Value = Exclusion> {
    (constraint_name(), sql()).prop_map(|(name, definition)| Exclusion { name, definition })
}
