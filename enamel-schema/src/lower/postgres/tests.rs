//! What PostgreSQL holds, refuses and leaves out.

use crate::kit::{derived, index, name, names, primary_key, stated, table, unique};
use crate::lower::lower;
use crate::schema::{
    Column, DefaultValue, Deferrable, Enumeration, EnumerationValue, Generated, Identity, IndexPart, Integer, Length,
    NullsOrder, Schema, Sql, Storage, Table, Type,
};
use crate::{Dialect, render::quote};

fn schema(table: Table) -> Schema {
    Schema { tables: vec![table], ..Schema::default() }
}

fn lowered(table: Table) -> Table {
    lower(&schema(table), Dialect::Postgres).unwrap().schema.tables.remove(0)
}

fn refused(schema: &Schema) -> Vec<String> {
    let errors = lower(schema, Dialect::Postgres).unwrap_err();
    errors.iter().map(|error| error.to_string().replace('\n', "; ")).collect()
}

fn users(columns: Vec<Column>) -> Table {
    table("users", columns)
}

fn role(storage: Storage, values: &[(&str, i64)]) -> Enumeration {
    let value =
        |(text, discriminant): &(&str, i64)| EnumerationValue { name: (*text).to_owned(), discriminant: *discriminant };
    Enumeration { name: name("role"), values: values.iter().map(value).collect(), storage }
}

#[test]
fn each_type_is_held_by_its_column_of_the_table() {
    let integers = [Integer::I8, Integer::I16, Integer::I32, Integer::I64, Integer::U8, Integer::U16, Integer::U32];
    let types = integers.map(Type::Integer).into_iter().chain([
        Type::Boolean,
        Type::Float,
        Type::Double,
        Type::Text { max_length: None },
        Type::Text { max_length: Some(320) },
        Type::Character,
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
        Type::Array(Box::new(Type::Date)),
        Type::IpAddress,
        Type::MacAddress,
        Type::KeyValue,
        Type::Sql(Sql::new(" Character Varying(3) ")),
        Type::Sql(Sql::new("public.\"Mood\"")),
    ]);
    let columns = types.enumerate().map(|(number, data_type)| Column::new(name(&format!("c{number}")), data_type));
    let lowered = lower(&schema(users(columns.collect())), Dialect::Postgres).unwrap();
    let held = lowered.schema.tables[0].columns.iter().map(|column| quote::data_type(&column.data_type));
    assert_eq!(
        held.collect::<Vec<_>>().join(" | "),
        "smallint | smallint | integer | bigint | smallint | integer | bigint | boolean | real | double precision | text | \
         varchar(320) | char(1) | bytea | timestamptz | timestamp | date | time | interval | uuid | uuid | jsonb | numeric | \
         numeric(10, 2) | date[] | inet | macaddr | hstore | varchar(3) | public.\"Mood\""
    );
    assert_eq!(lowered.schema.extensions, ["hstore"]);
    let notes: Vec<String> = lowered.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes.len(), 4, "of i8, u8, u16 and u32: {notes:?}");
}

#[test]
fn what_it_cannot_hold_is_refused_all_at_once() {
    let long = "ß".repeat(32);
    let generated = Generated { expression: Sql::new("1"), stored: false };
    let counting = Some(Identity::default());
    let mut users = users(vec![
        Column::new(name("big"), Type::Integer(Integer::U64)),
        Column::new(name("serial"), Type::Sql(Sql::new("BigSerial"))),
        Column::new(name("long"), Type::Text { max_length: Some(0) }),
        Column { generated: Some(generated), ..Column::new(name("computed"), Type::Boolean) },
        Column { identity: counting, ..Column::new(name("number"), Type::Text { max_length: None }) },
        Column { nullable: true, ..Column::new(name("key"), Type::Boolean) },
        Column::new(name("xmin"), Type::Boolean),
        Column::new(name(&long), Type::Boolean),
    ]);
    users.primary_key = Some(primary_key(&["key"]));
    users.uniques = vec![unique(&["big"])];
    users.uniques[0].name = stated("users");
    users.indexes = vec![index(&["big"])];
    users.indexes[0].name = stated("users");
    let mut schema = schema(users);
    schema.enumerations = vec![role(Storage::Native, &[(&long, 0)])];
    schema.enumerations[0].name = name("users");
    assert_eq!(refused(&schema).join("\n"), REFUSED);
}

const REFUSED: &str = "\
users.big: PostgreSQL holds no whole number above 9223372036854775807; hint: say how it is kept: `type = \"…\"`
users.serial: PostgreSQL takes BigSerial for an integer and a sequence beside it; hint: leave out the type, and say `auto_increment`
users.long: PostgreSQL counts the characters of a text from 1 to 10485760; hint: leave out `max_length`
users.computed: PostgreSQL stores what it generates; hint: say `stored`
users.number: PostgreSQL counts up only in whole numbers; hint: say `auto_increment = false`
users.key: PostgreSQL lets no column of a primary key be NULL; hint: make it other than an `Option`
users.xmin: every table on PostgreSQL has a xmin of its own; hint: give it another: `column = \"…\"`
users.ßßßßßßßßßßßßßßßßßßßßßßßßßßßßßßßß: the name of column ßßßßßßßßßßßßßßßßßßßßßßßßßßßßßßßß has 64 bytes, and PostgreSQL cuts it at 63; hint: give it a shorter name
users: unique constraint users and table users have the same name on PostgreSQL; hint: give one of them another name
users: index users and table users have the same name on PostgreSQL; hint: give one of them another name
users: the name of value ßßßßßßßßßßßßßßßßßßßßßßßßßßßßßßßß has 64 bytes, and PostgreSQL cuts it at 63; hint: give it a shorter name
users: enum users and table users have the same name on PostgreSQL; hint: give one of them another name";

#[test]
fn a_name_may_have_63_bytes() {
    let longest = "a".repeat(63);
    assert_eq!(lowered(users(vec![Column::new(name(&longest), Type::Boolean)])).columns[0].name.as_str(), longest);
}

#[test]
fn what_goes_without_saying_is_not_said() {
    let part = |descending, nulls| IndexPart { descending, nulls: Some(nulls), ..IndexPart::column(name("a")) };
    let mut users = users(vec![Column::new(name("a"), Type::Boolean)]);
    users.indexes = vec![index(&[]), index(&["a"])];
    users.indexes[0].parts = vec![
        part(false, NullsOrder::Last),
        part(true, NullsOrder::First),
        part(false, NullsOrder::First),
        part(true, NullsOrder::Last),
    ];
    users.indexes[0].method = Some("BTREE".to_owned());
    users.indexes[1].method = Some("gin".to_owned());
    users.indexes[1].include = names(&["a"]);
    users.indexes[0].name = derived("one");
    users.indexes[1].name = derived("two");
    let indexes = lowered(users).indexes;
    let nulls: Vec<_> = indexes[0].parts.iter().map(|part| part.nulls).collect();
    assert_eq!(nulls, [None, None, Some(NullsOrder::First), Some(NullsOrder::Last)]);
    assert_eq!([&indexes[0].method, &indexes[1].method], [&None, &Some("gin".to_owned())]);
    assert_eq!(indexes[1].include, names(&["a"]));
}

#[test]
fn an_enum_is_a_type_unless_it_is_to_be_text_or_a_number() {
    let held = |storage, values: &[(&str, i64)]| {
        let plain = Type::Enumeration(name("role"));
        let columns = vec![
            Column { default: Some(DefaultValue::Variant("b".to_owned())), ..Column::new(name("one"), plain.clone()) },
            Column::new(name("all"), Type::Array(Box::new(plain))),
        ];
        let schema = Schema { enumerations: vec![role(storage, values)], ..schema(users(columns)) };
        let lowered = lower(&schema, Dialect::Postgres).unwrap().schema;
        let table = &lowered.tables[0];
        let types = table.columns.iter().map(|column| quote::data_type(&column.data_type));
        let checks = table.checks.iter().map(|check| {
            format!("{}: {}", check.name.name().map(ToString::to_string).unwrap_or_default(), check.expression.text())
        });
        let default = if let Some(DefaultValue::Sql(sql)) = &table.columns[0].default { sql.text() } else { "" };
        let said = types.chain([default.to_owned()]).chain(checks).collect::<Vec<_>>().join(" | ");
        (lowered.enumerations.len(), said)
    };
    let values = [("b", 2), ("a", 1)];
    assert_eq!(held(Storage::Native, &values), (1, "\"role\" | \"role\"[] | 'b'".to_owned()));
    assert_eq!(
        held(Storage::Text, &values),
        (
            0,
            "text | text[] | 'b' | ck_users_one_values: \"one\" IN ('a', 'b') | ck_users_all_values: \"all\" <@ ARRAY['a', 'b']"
                .to_owned()
        )
    );
    assert_eq!(
        held(Storage::Integer, &[("b", i64::MAX), ("a", -1)]).1,
        "bigint | bigint[] | 9223372036854775807 | ck_users_one_values: \"one\" IN (-1, 9223372036854775807) | \
         ck_users_all_values: \"all\" <@ ARRAY[-1, 9223372036854775807]"
    );
}

#[test]
fn options_of_others_are_left_out_and_said() {
    let mut users = users(vec![Column::new(name("a"), Type::Boolean)]);
    users.options.strict = true;
    users.options.without_rowid = true;
    users.options.unlogged = true;
    users.options.engine = Some("InnoDB".to_owned());
    users.comment = Some("people".to_owned());
    users.uniques = vec![unique(&["a"])];
    users.uniques[0].nulls_not_distinct = true;
    users.uniques[0].deferrable = Deferrable::InitiallyDeferred;
    let lowered = lower(&schema(users), Dialect::Postgres).unwrap();
    let table = &lowered.schema.tables[0];
    assert!(table.options.unlogged && !table.options.strict && table.options.engine.is_none());
    assert_eq!(table.comment.as_deref(), Some("people"));
    assert_eq!(table.uniques[0].deferrable, Deferrable::InitiallyDeferred);
    assert_eq!(
        lowered.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "users: PostgreSQL has no `without_rowid`: left out",
            "users: PostgreSQL has no `engine`: left out",
            "users: PostgreSQL knows `nulls_not_distinct` from version 15 on",
        ]
    );
}

#[test]
fn no_key_refers_to_one_that_may_wait() {
    let mut users = users(vec![Column::new(name("a"), Type::Boolean)]);
    users.uniques = vec![unique(&["a"])];
    users.uniques[0].deferrable = Deferrable::InitiallyImmediate;
    users.foreign_keys = vec![crate::kit::foreign_key(&["a"], "users", &["a"])];
    assert_eq!(
        refused(&schema(users)),
        ["users.a: nothing keeps a unique in users, so that no key can refer to it; hint: make it `unique` there"]
    );
}
