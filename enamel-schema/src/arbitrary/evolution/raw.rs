//! Edits before it is known what there is to edit.

use crate::schema::{Action, Deferrable, Integer, Length, Sql, Storage, Type};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index as Pick, select};

/// 63 bytes, PostgreSQL's limit, and one more.
const LONG: &str = "long_name_long_name_long_name_long_name_long_name_long_name_63b";
const LONGER: &str = "long_name_long_name_long_name_long_name_long_name_long_name_64by";

const TABLES: &[&str] = &[
    "users",
    "orders",
    "order",
    "Users",
    "Mixed Case",
    "a\"b",
    "Straße",
    "dotted.name",
    "it's",
    "enamel_next_users",
    "users_pkey",
    "id",
    LONG,
    LONGER,
];
const COLUMNS: &[&str] = &[
    "id",
    "name",
    "Name",
    "email",
    "select",
    "order",
    "two words",
    "a\"b",
    "Straße",
    "x.y",
    "it's",
    "rowid",
    "_rowid_",
    "users",
    "lower",
    "-- dashes;",
    "[b]",
    "`t`",
    LONG,
    LONGER,
];
const VALUES: &[&str] = &["draft", "sent", "Sent", "it's", "two words", "", "ü", "NULL", "1", "a,b"];

/// One edit of a schema.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Edit {
    AddTable { name: &'static str, columns: Vec<RawColumn>, shape: u8, strict: bool },
    DropTable(Pick),
    RenameTable(Pick, &'static str),
    Table(Pick, TableEdit),
    Column(Pick, Pick, ColumnEdit),
    Value(Pick, ValueEdit),
}

/// One edit of a table.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum TableEdit {
    AddColumn(RawColumn),
    Add(Option<&'static str>, Constraint),
    DropUnique(Pick),
    DropIndex(Pick),
    DropForeignKey(Pick),
    DropCheck(Pick),
    PrimaryKey(Vec<Pick>),
    NoPrimaryKey,
    Counting(Option<bool>),
    Strict,
    WithoutRowid,
    Turn(Pick),
}

/// A constraint or an index.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Constraint {
    Unique(Vec<Pick>),
    Index {
        unique: bool,
        parts: Vec<(Pick, u8, bool, Option<&'static str>)>,
        condition: Option<(Pick, u8)>,
    },
    ForeignKey {
        table: Pick,
        key: Pick,
        columns: Vec<Pick>,
        on_delete: Action,
        on_update: Action,
        deferrable: Deferrable,
    },
    Check(Pick, Pick, u8),
}

/// One edit of a column.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ColumnEdit {
    Drop,
    Rename(&'static str),
    Retype(Type, bool),
    Nullable,
    Default(Option<Pick>),
    Collation(Option<&'static str>),
    Generated { from: Pick, kind: u8, stored: bool },
    NotGenerated,
}

/// One edit of an enum.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ValueEdit {
    Add(&'static str),
    Drop(Pick),
    Rename(Pick, &'static str),
    Turn,
    Storage(Storage),
}

/// A column before it is known what its table has.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub struct RawColumn {
    pub name: &'static str,
    pub data_type: Type,
    pub nullable: bool,
    pub default: Option<Pick>,
    pub collation: Option<&'static str>,
    pub generated: Option<(Pick, u8, bool)>,
}

/// An edit of an empty schema: mostly new tables.
pub(super) fn first_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![3 => add_table(), 2 => edit()]
}

/// An edit of any schema.
pub(super) fn edit() -> impl Strategy<Value = Edit> {
    let pick = any::<Pick>;
    prop_oneof![
        3 => add_table(),
        1 => pick().prop_map(Edit::DropTable),
        2 => (pick(), select(TABLES)).prop_map(|(table, name)| Edit::RenameTable(table, name)),
        12 => (pick(), table_edit()).prop_map(|(table, edit)| Edit::Table(table, edit)),
        14 => (pick(), pick(), column_edit()).prop_map(|(table, column, edit)| Edit::Column(table, column, edit)),
        2 => (pick(), value_edit()).prop_map(|(enumeration, edit)| Edit::Value(enumeration, edit)),
    ]
}

fn add_table() -> impl Strategy<Value = Edit> {
    (select(TABLES), vec(raw_column(), 1..6), 0..8_u8, prop::bool::weighted(0.2))
        .prop_map(|(name, columns, shape, strict)| Edit::AddTable { name, columns, shape, strict })
}

fn raw_column() -> impl Strategy<Value = RawColumn> {
    let generated = option::weighted(0.15, (any::<Pick>(), 0..GENERATED_KINDS, any::<bool>()));
    let default = option::weighted(0.3, any::<Pick>());
    (select(COLUMNS), data_type(), any::<bool>(), default, option::weighted(0.15, collation()), generated).prop_map(
        |(name, data_type, nullable, default, collation, generated)| RawColumn {
            name,
            data_type,
            nullable,
            default,
            collation,
            generated,
        },
    )
}

fn data_type() -> impl Strategy<Value = Type> {
    let sql = |text: &str| Type::Sql(Sql::new(text));
    let enumeration = |text: &str| Type::Enumeration(super::apply::name(text));
    let text = Type::Text { max_length: None };
    let frequent = [Type::Integer(Integer::I64), text.clone(), Type::Integer(Integer::I32), text, enumeration("state")];
    let others = [
        Type::Boolean,
        Type::Integer(Integer::I8),
        Type::Integer(Integer::I16),
        Type::Integer(Integer::U32),
        Type::Float,
        Type::Double,
        Type::Text { max_length: Some(8) },
        Type::Character,
        Type::Bytes(Length::Any),
        Type::Bytes(Length::Exactly(16)),
        Type::TimestampWithZone,
        Type::Timestamp,
        Type::Date,
        Type::Time,
        Type::Uuid,
        Type::UuidText,
        Type::Json,
        Type::Decimal { precision: Some((10, 2)) },
        Type::IpAddress,
        enumeration("role"),
        sql("ANY"),
        sql("INT"),
        sql("NUMERIC"),
        sql("DECIMAL(10, 2)"),
        sql("varchar(10)"),
        sql("POINT"),
        sql("FLOATING POINT"),
        sql("TINYBLOB"),
    ];
    prop_oneof![select(frequent.to_vec()), select(others.to_vec())]
}

fn collation() -> impl Strategy<Value = &'static str> {
    select(&["NOCASE", "BINARY", "rtrim"][..])
}

fn table_edit() -> impl Strategy<Value = TableEdit> {
    let pick = any::<Pick>;
    prop_oneof![
        6 => raw_column().prop_map(TableEdit::AddColumn),
        8 => (option::weighted(0.2, select(&["one", "Two", "the 3rd"][..])), constraint())
            .prop_map(|(name, constraint)| TableEdit::Add(name, constraint)),
        1 => pick().prop_map(TableEdit::DropUnique),
        1 => pick().prop_map(TableEdit::DropIndex),
        1 => pick().prop_map(TableEdit::DropForeignKey),
        1 => pick().prop_map(TableEdit::DropCheck),
        2 => vec(pick(), 1..3).prop_map(TableEdit::PrimaryKey),
        1 => Just(TableEdit::NoPrimaryKey),
        1 => option::of(any::<bool>()).prop_map(TableEdit::Counting),
        1 => Just(TableEdit::Strict),
        1 => Just(TableEdit::WithoutRowid),
        1 => pick().prop_map(TableEdit::Turn),
    ]
}

fn constraint() -> impl Strategy<Value = Constraint> {
    let pick = any::<Pick>;
    let part = (pick(), 0..6_u8, any::<bool>(), option::weighted(0.2, collation()));
    let index = (any::<bool>(), vec(part, 1..3), option::weighted(0.3, (pick(), 0..CONDITION_KINDS)));
    let actions = (super::super::action(), super::super::action(), super::super::deferrable());
    prop_oneof![
        2 => vec(pick(), 1..3).prop_map(Constraint::Unique),
        3 => index.prop_map(|(unique, parts, condition)| Constraint::Index { unique, parts, condition }),
        5 => (pick(), pick(), vec(pick(), 2), actions).prop_map(|(table, key, columns, actions)| {
            let (on_delete, on_update, deferrable) = actions;
            Constraint::ForeignKey { table, key, columns, on_delete, on_update, deferrable }
        }),
        3 => (pick(), pick(), 0..CHECK_KINDS).prop_map(|(one, other, kind)| Constraint::Check(one, other, kind)),
    ]
}

fn column_edit() -> impl Strategy<Value = ColumnEdit> {
    prop_oneof![
        2 => Just(ColumnEdit::Drop),
        2 => select(COLUMNS).prop_map(ColumnEdit::Rename),
        3 => (data_type(), prop::bool::weighted(0.3)).prop_map(|(to, converted)| ColumnEdit::Retype(to, converted)),
        2 => Just(ColumnEdit::Nullable),
        2 => option::of(any::<Pick>()).prop_map(ColumnEdit::Default),
        1 => option::of(collation()).prop_map(ColumnEdit::Collation),
        1 => (any::<Pick>(), 0..GENERATED_KINDS, any::<bool>())
            .prop_map(|(from, kind, stored)| ColumnEdit::Generated { from, kind, stored }),
        1 => Just(ColumnEdit::NotGenerated),
    ]
}

fn value_edit() -> impl Strategy<Value = ValueEdit> {
    prop_oneof![
        2 => select(VALUES).prop_map(ValueEdit::Add),
        1 => any::<Pick>().prop_map(ValueEdit::Drop),
        2 => (any::<Pick>(), select(VALUES)).prop_map(|(value, name)| ValueEdit::Rename(value, name)),
        1 => Just(ValueEdit::Turn),
        1 => select(&[Storage::Native, Storage::Text, Storage::Integer][..]).prop_map(ValueEdit::Storage),
    ]
}

const GENERATED_KINDS: u8 = 5;

/// The expression of a generated column, over a column in quotes.
pub(super) fn generated(column: &str, kind: u8) -> String {
    match kind {
        0 => format!("lower({column})"),
        1 => format!("{column} || '!'"),
        2 => format!("length({column})"),
        3 => format!("coalesce({column}, 0) -- or nothing"),
        _ => format!("CASE WHEN {column} IS NULL THEN 'none' ELSE typeof({column}) END"),
    }
}

const CONDITION_KINDS: u8 = 3;

/// The condition of a partial index.
pub(super) fn condition(column: &str, kind: u8) -> String {
    match kind {
        0 => format!("{column} IS NOT NULL"),
        1 => format!("{column} > 0 AND {column} <> 'id'"),
        _ => format!("lower({column}) = {column}"),
    }
}

const CHECK_KINDS: u8 = 6;

/// The expression of a check.
pub(super) fn check(one: &str, other: &str, kind: u8) -> String {
    match kind {
        0 => format!("{one} <> '0'"),
        1 => format!("{one} IS NOT {other} OR {one} IS NULL"),
        2 => format!("length({one}) < 100 -- bytes are not meant"),
        3 => format!("{one} IN (1, 2, 'a', -1)"),
        4 => format!("typeof({one}) <> 'blob' AND typeof({other}) <> 'blob'"),
        _ => format!("({one} IS NULL) OR ({one} >= -100)"),
    }
}
