//! What SQLite refuses, widens and leaves out.

use super::{lower, lower_edits};
use crate::schema::{
    Column, ConstraintName, Counting, DefaultValue, Deferrable, Enumeration, EnumerationValue, Exclusion, Identity,
    Index, IndexKey, IndexPart, Integer, Length, Name, NullsOrder, PrimaryKey, Schema, Sql, Storage, Table, TableName,
    TableOptions, Type, Unique,
};
use crate::{Diagnostic, Dialect, Edits, Pair};

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn table(columns: Vec<Column>) -> Table {
    Table { columns, ..Table::new(TableName::new(name("users"))) }
}

fn schema(table: Table) -> Schema {
    Schema { tables: vec![table], ..Schema::default() }
}

fn messages(schema: &Schema) -> Vec<String> {
    lower(schema, Dialect::Sqlite).unwrap_err().iter().map(ToString::to_string).collect()
}

fn notes(schema: &Schema) -> Vec<String> {
    lower(schema, Dialect::Sqlite).unwrap().notes.iter().map(ToString::to_string).collect()
}

fn index(parts: Vec<IndexPart>) -> Index {
    Index {
        name: ConstraintName::Derived(name("ix_users_a")),
        unique: true,
        parts,
        condition: Some(Sql::new("a > 0")),
        method: Some("gin".to_owned()),
        include: vec![name("b")],
        with: vec![("fillfactor".to_owned(), "70".to_owned())],
        nulls_not_distinct: false,
    }
}

#[test]
fn each_type_is_held_by_its_column_of_the_table() {
    let integers = [Integer::I8, Integer::I16, Integer::I32, Integer::I64, Integer::U8, Integer::U16, Integer::U32];
    let types = integers.map(Type::Integer).into_iter().chain([
        Type::Boolean,
        Type::Float,
        Type::Double,
        Type::Text { max_length: Some(9) },
        Type::Bytes(Length::Any),
        Type::TimestampWithZone,
        Type::Timestamp,
        Type::Date,
        Type::Time,
        Type::Uuid,
        Type::UuidText,
        Type::Json,
        Type::IpAddress,
        Type::MacAddress,
        Type::Sql(Sql::new("text collate nocase")),
    ]);
    let columns: Vec<Column> =
        types.enumerate().map(|(number, data_type)| Column::new(name(&format!("c{number}")), data_type)).collect();
    let held = |strict| {
        let mut table = table(columns[..columns.len() - usize::from(strict)].to_vec());
        table.options.strict = strict;
        let columns = lower(&schema(table), Dialect::Sqlite).unwrap().schema.tables.remove(0).columns;
        let text = |column: &Column| {
            if let Type::Sql(sql) = &column.data_type { sql.text().to_owned() } else { String::new() }
        };
        columns.iter().map(text).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        held(false),
        "INTEGER SMALLINT INTEGER BIGINT INTEGER INTEGER BIGINT BOOLEAN REAL DOUBLE TEXT BLOB DATETIME DATETIME DATE TIME BLOB TEXT \
         TEXT TEXT TEXT text collate nocase"
    );
    assert_eq!(
        held(true),
        "INTEGER INTEGER INTEGER INTEGER INTEGER INTEGER INTEGER INTEGER REAL REAL TEXT BLOB TEXT TEXT TEXT TEXT BLOB TEXT TEXT TEXT TEXT"
    );
}

#[test]
fn sqlite_counts_in_its_own_way_and_says_so() {
    let mut id = Column::new(name("id"), Type::Integer(Integer::I64));
    let counting = Counting { start: Some(1000), increment: Some(10), cycle: true, ..Counting::default() };
    id.identity = Some(Identity { counting, ..Identity::default() });
    let mut table = table(vec![id]);
    table.primary_key = Some(PrimaryKey { name: ConstraintName::Unnamed, columns: vec![name("id")] });
    let lowered = lower(&schema(table), Dialect::Sqlite).unwrap();
    assert_eq!(lowered.schema.tables[0].columns[0].identity, Some(Identity::default()));
    assert_eq!(
        lowered.notes.iter().map(|note| note.message.clone()).collect::<Vec<_>>(),
        ["SQLite has no `start`, `increment`, `cycle` for a column that counts: left out"]
    );
}

#[test]
fn a_counting_key_is_exactly_integer() {
    let counting = |identity| {
        let mut column = Column::new(name("id"), Type::Integer(Integer::I64));
        column.identity = identity;
        let mut table = table(vec![column]);
        table.primary_key = Some(PrimaryKey { name: ConstraintName::Unnamed, columns: vec![name("id")] });
        table
    };
    let held = |table| lower(&schema(table), Dialect::Sqlite).unwrap().schema.tables[0].columns[0].data_type.clone();
    let identity = Some(Identity { always: true, ..Identity::default() });
    assert_eq!(held(counting(identity)), Type::Sql(Sql::new("INTEGER")));
    assert_eq!(held(counting(None)), Type::Sql(Sql::new("BIGINT")));

    let mut small = counting(None);
    small.columns[0].data_type = Type::Integer(Integer::I32);
    assert_eq!(held(small), Type::Sql(Sql::new("INT")), "INTEGER would count");

    let mut without_rowid = counting(identity);
    without_rowid.options.without_rowid = true;
    assert_eq!(
        messages(&schema(without_rowid)),
        ["users.id: SQLite does not count up in a `without_rowid` table\nhint: say `auto_increment = false`"]
    );
    let mut no_key = counting(identity);
    no_key.primary_key = None;
    assert_eq!(
        messages(&schema(no_key)),
        ["users.id: SQLite counts up only in a primary key of one whole number\nhint: say `auto_increment = false`"]
    );
}

#[test]
fn what_sqlite_cannot_hold_is_refused_all_at_once() {
    let mut users = table(vec![
        Column::new(name("big"), Type::Integer(Integer::U64)),
        Column::new(name("span"), Type::Interval),
        Column::new(name("tags"), Type::Array(Box::new(Type::Boolean))),
        Column::new(name("TAGS"), Type::KeyValue),
        Column::new(name("role"), Type::Enumeration(name("role"))),
    ]);
    let mut default = Column::new(name("made"), Type::Timestamp);
    let mut only_postgres = Sql::default();
    only_postgres.by_dialect.insert(Dialect::Postgres, "now()".to_owned());
    default.default = Some(DefaultValue::Sql(only_postgres.clone()));
    users.columns.push(default);
    users.columns.push(Column::new(name("point"), Type::Sql(only_postgres.clone())));
    users.name.schema = Some(name("auth"));
    users.exclusions.push(Exclusion { name: ConstraintName::Unnamed, definition: only_postgres });
    users.uniques.push(Unique {
        name: ConstraintName::Unnamed,
        columns: vec![name("big")],
        nulls_not_distinct: true,
        deferrable: Deferrable::InitiallyDeferred,
    });
    users.indexes.push(Index { name: ConstraintName::Unnamed, ..index(vec![IndexPart::column(name("big"))]) });
    assert_eq!(messages(&schema(users)).join("\n"), REFUSED);
}

const REFUSED: &str = "\
auth.users: SQLite has no schemas
hint: leave out `schema = …`
auth.users: SQLite has no exclusion constraints
hint: take `exclude` out, or leave this database out of `dialects`
auth.users.big: SQLite holds no whole number above 9223372036854775807
hint: say how it is kept: `type = \"…\"`
auth.users.span: SQLite has no type for a span of time
hint: say how it is kept: `type = \"…\"`
auth.users.tags: SQLite has no arrays
hint: keep it as a JSON document: `#[enamel(json)]`
auth.users.TAGS: SQLite has no type for keys and values
hint: keep it as a JSON document: `#[enamel(json)]`
auth.users.role: there is no enum role
auth.users.made: `default_sql` says nothing for SQLite
hint: add `sqlite = \"…\"` to `default_sql`
auth.users.point: `type` says nothing for SQLite
hint: add `sqlite = \"…\"` to `type`
auth.users: SQLite checks a unique constraint at once
hint: leave out `deferrable`
auth.users: SQLite takes two NULLs for different values
hint: leave out `nulls_not_distinct`
auth.users: an index has no name
hint: give it `name = …`
auth.users.TAGS: columns tags and TAGS have the same name on SQLite";

#[test]
fn what_only_changes_speed_is_left_out_and_said() {
    let last = IndexPart {
        nulls: Some(NullsOrder::Last),
        operator_class: Some("ops".to_owned()),
        ..IndexPart::column(name("a"))
    };
    let mut users = table(vec![
        Column::new(name("a"), Type::Character),
        Column::new(name("b"), Type::Decimal { precision: Some((8, 2)) }),
    ]);
    users.indexes.push(index(vec![last]));
    users.options.engine = Some("InnoDB".to_owned());
    users.comment = Some("people".to_owned());
    assert_eq!(
        notes(&schema(users.clone())),
        [
            "users: SQLite has no `engine`: left out",
            "users: SQLite has no index methods: left out of index ix_users_a",
            "users: SQLite has no `include`: left out of index ix_users_a",
            "users: SQLite has no storage parameters: left out of index ix_users_a",
            "users: SQLite has no operator classes: left out of index ix_users_a",
            "users.a: SQLite holds a char as TEXT, of any length",
            "users.b: SQLite holds an exact decimal as TEXT: it sorts and compares as text",
            "users: SQLite has no nulls first and nulls last: left out of index ix_users_a",
        ]
    );
    let lowered = lower(&schema(users), Dialect::Sqlite).unwrap().schema.tables.remove(0);
    assert_eq!(lowered.comment, None);
    assert_eq!(
        lowered.indexes[0].parts,
        [IndexPart { key: IndexKey::Column(name("a")), ..IndexPart::column(name("a")) }]
    );
    assert_eq!(lowered.indexes[0].condition, Some(Sql::new("a > 0")), "it says which rows are allowed");
}

#[test]
fn the_own_order_of_nulls_is_nothing_to_say() {
    let mut users = table(vec![Column::new(name("a"), Type::Boolean)]);
    let part = IndexPart { nulls: Some(NullsOrder::Last), descending: true, ..IndexPart::column(name("a")) };
    users.indexes.push(Index { method: None, include: Vec::new(), with: Vec::new(), ..index(vec![part]) });
    assert_eq!(notes(&schema(users)), [""; 0]);
}

#[test]
fn tables_and_indexes_share_their_names() {
    let mut users = table(vec![Column::new(name("a"), Type::Boolean)]);
    users
        .indexes
        .push(Index { name: ConstraintName::Stated(name("Users")), ..index(vec![IndexPart::column(name("a"))]) });
    users
        .indexes
        .push(Index { name: ConstraintName::Stated(name("sqlite_mine")), ..index(vec![IndexPart::column(name("a"))]) });
    assert_eq!(
        messages(&schema(users)),
        [
            "users: index Users and table users have the same name on SQLite",
            "users: index sqlite_mine: SQLite keeps names with sqlite_ for itself\n\
             hint: name it otherwise: `table = \"…\"` of a table, `name = \"…\"` of an index",
        ]
    );
}

#[test]
fn constraints_keep_the_names_that_are_stated() {
    let unique =
        |name| Unique { name, columns: vec![self::name("a")], nulls_not_distinct: false, deferrable: Deferrable::No };
    let mut users = table(vec![Column::new(name("a"), Type::Boolean)]);
    users.uniques =
        vec![unique(ConstraintName::Derived(name("uq_users_a"))), unique(ConstraintName::Stated(name("one_a")))];
    let lowered = lower(&schema(users), Dialect::Sqlite).unwrap().schema.tables.remove(0);
    let names: Vec<_> = lowered.uniques.into_iter().map(|unique| unique.name).collect();
    assert_eq!(names, [ConstraintName::Unnamed, ConstraintName::Stated(name("one_a"))]);
}

fn role(storage: Storage, values: &[&str]) -> Schema {
    let mut column = Column::new(name("role"), Type::Enumeration(name("role")));
    column.default = Some(DefaultValue::Variant(values[0].to_owned()));
    let value = |(number, value): (usize, &&str)| EnumerationValue {
        name: (*value).to_owned(),
        discriminant: 10 - i64::try_from(number).unwrap(),
    };
    let values = values.iter().enumerate().map(value).collect();
    Schema { enumerations: vec![Enumeration { name: name("role"), values, storage }], ..schema(table(vec![column])) }
}

#[test]
fn an_enum_becomes_a_check() {
    for (storage, data_type, default, check) in [
        (Storage::Native, "TEXT", "'it''s'", "\"role\" IN ('it''s', 'admin')"),
        (Storage::Integer, "INTEGER", "10", "\"role\" IN (10, 9)"),
    ] {
        let lowered = lower(&role(storage, &["it's", "admin"]), Dialect::Sqlite).unwrap().schema;
        let table = &lowered.tables[0];
        assert_eq!(lowered.enumerations, []);
        assert_eq!(table.columns[0].data_type, Type::Sql(Sql::new(data_type)));
        assert_eq!(table.columns[0].default, Some(DefaultValue::Sql(Sql::new(default))));
        assert_eq!(table.checks.iter().map(|check| check.expression.text()).collect::<Vec<_>>(), [check]);
    }
}

#[test]
fn a_renamed_value_becomes_a_conversion() {
    let (previous, next) = (role(Storage::Text, &["it's", "x"]), role(Storage::Text, &["its", "x"]));
    let renamed = Pair::new("it's".to_owned(), "its".to_owned());
    let edits = Edits { values: vec![(name("role"), renamed)], ..Edits::default() };
    let lowered = lower_edits(&edits, Pair::new(&previous, &next), Dialect::Sqlite);
    let key = (TableName::new(name("users")), name("role"));
    assert_eq!(lowered.conversions[&key], Sql::new("CASE \"role\" WHEN 'it''s' THEN 'its' ELSE \"role\" END"));
    assert_eq!(lowered.values, []);

    let mut told = edits.clone();
    told.conversions.insert(key.clone(), Sql::new("lower(role)"));
    let lowered = lower_edits(&told, Pair::new(&previous, &next), Dialect::Sqlite);
    assert_eq!(lowered.conversions[&key], Sql::new("lower(role)"), "the user knows better");

    let numbers = role(Storage::Integer, &["its", "x"]);
    assert_eq!(lower_edits(&edits, Pair::new(&previous, &numbers), Dialect::Sqlite).conversions.len(), 0);
}

#[test]
fn other_databases_wait() {
    for dialect in [Dialect::Mysql, Dialect::Mariadb] {
        let errors = lower(&Schema::default(), dialect).unwrap_err();
        assert_eq!(
            errors.iter().map(|error: &Diagnostic| error.message.clone()).collect::<Vec<_>>(),
            [format!("{dialect} is not supported yet")]
        );
    }
}

#[test]
fn a_default_of_null_is_none() {
    for text in ["NULL", "(null)", "NULL -- nothing"] {
        let default = Some(DefaultValue::Sql(Sql::new(text)));
        let schema = schema(table(vec![Column { default, ..Column::new(name("a"), Type::Boolean) }]));
        assert_eq!(lower(&schema, Dialect::Sqlite).unwrap().schema.tables[0].columns[0].default, None, "{text}");
    }
}

#[test]
fn the_key_of_a_strict_table_holds_no_null() {
    let column = |column_name: &str| Column { nullable: true, ..Column::new(name(column_name), Type::Boolean) };
    let mut keyed = table(vec![column("a"), column("b")]);
    keyed.primary_key = Some(PrimaryKey { name: ConstraintName::Unnamed, columns: vec![name("a")] });
    let nullable = |options: TableOptions| {
        let schema = schema(Table { options, ..keyed.clone() });
        let lowered = lower(&schema, Dialect::Sqlite).unwrap().schema;
        [0, 1].map(|at| lowered.tables[0].columns[at].nullable)
    };
    assert_eq!(nullable(TableOptions::default()), [true, true]);
    assert_eq!(nullable(TableOptions { strict: true, ..TableOptions::default() }), [false, true]);
    assert_eq!(nullable(TableOptions { without_rowid: true, ..TableOptions::default() }), [false, true]);
}
