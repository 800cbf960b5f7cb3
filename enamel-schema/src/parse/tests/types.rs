//! What columns of Rust types hold.

use super::{mistakes, read_with, schema, texts};
use crate::parse::Settings;
use crate::schema::{Counting, Identity, Integer, Length, Name, Sql, Type};
use std::collections::BTreeMap;

/// The type of a field, and whether it may hold NULL; `around` is source beside the model.
fn of(rust_type: &str, around: &str) -> (Type, bool) {
    let schema = schema(&format!("{around}\n#[derive(Table)] struct M {{ field: {rust_type} }}"));
    let table = schema.tables.iter().find(|table| table.name.name.as_str() == "ms").unwrap();
    (table.columns[0].data_type.clone(), table.columns[0].nullable)
}

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

#[test]
fn the_table_of_types() {
    let text = Type::Text { max_length: None };
    let array = |item: Type| Type::Array(Box::new(item));
    let rows = [
        ("bool", Type::Boolean),
        ("i8", Type::Integer(Integer::I8)),
        ("i16", Type::Integer(Integer::I16)),
        ("i32", Type::Integer(Integer::I32)),
        ("i64", Type::Integer(Integer::I64)),
        ("u8", Type::Integer(Integer::U8)),
        ("u16", Type::Integer(Integer::U16)),
        ("u32", Type::Integer(Integer::U32)),
        ("u64", Type::Integer(Integer::U64)),
        ("std::num::NonZeroI64", Type::Integer(Integer::I64)),
        ("NonZero<u32>", Type::Integer(Integer::U32)),
        ("f32", Type::Float),
        ("f64", Type::Double),
        ("String", text.clone()),
        ("Box<str>", text.clone()),
        ("Arc<str>", text.clone()),
        ("std::borrow::Cow<'static, str>", text.clone()),
        ("&'static str", text.clone()),
        ("char", Type::Character),
        ("Vec<u8>", Type::Bytes(Length::Any)),
        ("Box<[u8]>", Type::Bytes(Length::Any)),
        ("&'static [u8]", Type::Bytes(Length::Any)),
        ("bytes::Bytes", Type::Bytes(Length::Any)),
        ("[u8; 16]", Type::Bytes(Length::Exactly(16))),
        ("DateTime<Utc>", Type::TimestampWithZone),
        ("chrono::DateTime<chrono::FixedOffset>", Type::TimestampWithZone),
        ("OffsetDateTime", Type::TimestampWithZone),
        ("jiff::Timestamp", Type::TimestampWithZone),
        ("SystemTime", Type::TimestampWithZone),
        ("NaiveDateTime", Type::Timestamp),
        ("PrimitiveDateTime", Type::Timestamp),
        ("civil::DateTime", Type::Timestamp),
        ("NaiveDate", Type::Date),
        ("time::Date", Type::Date),
        ("NaiveTime", Type::Time),
        ("time::Time", Type::Time),
        ("TimeDelta", Type::Interval),
        ("std::time::Duration", Type::Interval),
        ("PgInterval", Type::Interval),
        ("jiff::Span", Type::Interval),
        ("Uuid", Type::Uuid),
        ("uuid::fmt::Hyphenated", Type::UuidText),
        ("serde_json::Value", Type::Json),
        ("Json<Vec<Anything>>", Type::Json),
        ("Decimal", Type::Decimal { precision: None }),
        ("BigDecimal", Type::Decimal { precision: None }),
        ("Vec<String>", array(text.clone())),
        ("[i32; 3]", array(Type::Integer(Integer::I32))),
        ("Vec<Vec<u8>>", array(Type::Bytes(Length::Any))),
        ("IpAddr", Type::IpAddress),
        ("IpNetwork", Type::IpAddress),
        ("IpNet", Type::IpAddress),
        ("MacAddress", Type::MacAddress),
        ("HashMap<String, Option<String>>", Type::KeyValue),
        ("PgHstore", Type::KeyValue),
    ];
    for (rust_type, expected) in rows {
        assert_eq!(of(rust_type, ""), (expected.clone(), false), "{rust_type}");
        assert_eq!(of(&format!("std::option::Option<{rust_type}>"), ""), (expected, true), "Option<{rust_type}>");
    }
}

#[test]
fn types_of_the_package_come_first() {
    let i64 = Type::Integer(Integer::I64);
    assert_eq!(of("Id", "type Id = i64;"), (i64.clone(), false));
    assert_eq!(of("Id", "type Id = Option<Inner>; struct Inner(pub i64);"), (i64.clone(), true));
    assert_eq!(of("Id<User>", "struct Id<T>(pub(crate) i64, std::marker::PhantomData<T>);"), (i64.clone(), false));
    assert_eq!(of("Maybe<i64>", "type Maybe<T> = Option<T>;"), (i64.clone(), true));
    assert_eq!(of("Id", "#[sqlx(transparent)] struct Id { inner: i64 }"), (i64.clone(), false));
    assert_eq!(of("Date", "struct Date(i64);"), (i64.clone(), false));
    assert_eq!(of("Value", "struct Value(i64);"), (i64, false));
    let state = "#[derive(Enum)] enum State { A } type Status = State;";
    assert_eq!(of("Option<Vec<Status>>", state), (Type::Array(Box::new(Type::Enumeration(name("state")))), true));
}

#[test]
fn imports_say_whose_type_it_is() {
    let own = "mod ast { pub struct Value { x: i32 } } ";
    assert_eq!(of("serde_json::Value", own).0, Type::Json);
    assert_eq!(of("Value", &format!("{own} use serde_json::Value;")).0, Type::Json);
    assert_eq!(of("Stamp", "use chrono::NaiveDateTime as Stamp;").0, Type::Timestamp);
    assert_eq!(of("Stamp<Utc>", "use chrono::{DateTime as Stamp, Utc};").0, Type::TimestampWithZone);
    let two = "mod a { pub struct Id(i32); } mod b { pub struct Id(i64); }";
    assert_eq!(of("a::Id", two).0, Type::Integer(Integer::I32));
    assert_eq!(of("Id", &format!("{two} use b::Id;")).0, Type::Integer(Integer::I64));
    assert_eq!(of("Id", &format!("{two} struct Id(String);")).0, Type::Text { max_length: None });
}

#[test]
fn the_settings_come_before_the_table() {
    let settings = Settings {
        type_map: BTreeMap::from([("Money".into(), "bigint".into()), ("Uuid".into(), "text".into())]),
        ..Settings::default()
    };
    let source = "#[derive(Table)] struct M { price: Option<crate::Money>, key: uuid::Uuid, all: Vec<Money> }";
    let models = read_with(&[("src/lib.rs", source)], &settings).unwrap_or_else(|errors| panic!("{}", texts(&errors)));
    let columns = &models.schema.tables[0].columns;
    assert_eq!(columns[0].data_type, Type::Sql(Sql::new("bigint")));
    assert!(columns[0].nullable);
    assert_eq!(columns[1].data_type, Type::Sql(Sql::new("text")));
    assert_eq!(columns[2].data_type, Type::Array(Box::new(Type::Sql(Sql::new("bigint")))));
}

#[test]
fn lone_integer_keys_count_up() {
    let identity = |fields: &str| {
        let schema = schema(&format!(
            "#[derive(Table)] #[enamel(table = \"m\")] struct M {{ {fields} }} \
             #[derive(Table)] #[enamel(table = \"other\")] struct Other {{ #[enamel(primary_key)] id: i64 }}"
        ));
        schema.tables[0].columns[0].identity
    };
    let default = Some(Identity::default());
    assert_eq!(identity("#[enamel(primary_key)] id: i64"), default);
    assert_eq!(identity("#[enamel(pk)] id: Option<i32>"), default);
    assert_eq!(identity("#[enamel(key, auto_increment = false)] id: i64"), None);
    let never_reused = Some(Identity { never_reused: true, ..Identity::default() });
    assert_eq!(identity("#[enamel(primary_key, auto_increment)] id: i64"), never_reused);
    assert_eq!(identity("#[enamel(primary_key, auto = true)] id: i64"), never_reused);
    let always = Some(Identity { always: true, ..Identity::default() });
    assert_eq!(identity("#[enamel(primary_key, identity = always)] id: i64"), always);
    let counting = |counting: Counting| Some(Identity { counting, ..Identity::default() });
    assert_eq!(
        identity("#[enamel(primary_key, identity(start = -1_000, increment_by = 10, min = -1_000, max = 0))] id: i64"),
        counting(Counting {
            start: Some(-1000),
            increment: Some(10),
            minvalue: Some(-1000),
            maxvalue: Some(0),
            ..Counting::default()
        })
    );
    assert_eq!(
        identity("#[enamel(identity(by_default, cache = 20, cycle))] id: i64"),
        counting(Counting { cache: Some(20), cycle: true, ..Counting::default() })
    );
    assert_eq!(identity("#[enamel(primary_key, identity(always))] id: i64"), always);
    assert_eq!(identity("#[enamel(primary_key)] id: String"), None);
    assert_eq!(identity("#[enamel(primary_key)] a: i64, #[enamel(primary_key)] b: i64"), None);
    assert_eq!(identity("#[enamel(primary_key, references = Other::id)] id: i64"), None);
    assert_eq!(identity("#[enamel(primary_key, default = 1)] id: i64"), None);
    assert_eq!(identity("id: i64"), None);
}

#[test]
fn what_is_no_column_says_what_to_do() {
    let around = "#[derive(Table)] struct Post { id: i64 }\n#[derive(Columns)] struct Address { city: String }\n\
                  struct Plain { x: i64 }\nenum Bare { A }\ntype Ring = Ring2; type Ring2 = Option<Ring>;\n\
                  mod a { pub struct Id(i32); } mod b { pub struct Id(i64); }\n";
    let say = |rust_type: &str| mistakes(&format!("{around}#[derive(Table)] struct M {{ field: {rust_type} }}"));
    assert_eq!(
        say("Vec<Post>"),
        "src/lib.rs:7: `Post` is a table of its own, and no column\n\
         hint: leave the field out: `skip`\n\
         hint: refer to it by its key: `#[enamel(references = Post)]`"
    );
    assert_eq!(say("Address"), "src/lib.rs:7: `Address` is several columns\nhint: put them into this table: `flatten`");
    assert_eq!(
        say("Option<Plain>"),
        "src/lib.rs:7: `Plain` is a struct, and no column\n\
         hint: put its fields into this table: derive `Columns` for `Plain`, and write `flatten` here\n\
         hint: keep it as JSON: `json`; say its type as SQL: `type = \"…\"`; or leave it out: `skip`"
    );
    assert_eq!(
        say("Bare"),
        "src/lib.rs:7: enum `Bare` does not derive `Enum`\nhint: write `#[derive(Enum)]` on `Bare`\n\
         hint: keep it as JSON: `json`; say its type as SQL: `type = \"…\"`; or leave it out: `skip`"
    );
    assert_eq!(say("Ring"), "src/lib.rs:7: type `Ring` leads to itself");
    assert_eq!(
        say("Id"),
        "src/lib.rs:7: there are two types `Id`\nnote: one is at src/lib.rs:6\nnote: one is at src/lib.rs:6\n\
         hint: say which by its module: `module::Id`"
    );
    assert_eq!(
        say("usize"),
        "src/lib.rs:7: no column holds a `usize`\n\
         hint: its width depends on the machine: use `i64`, or `type = \"…\"`"
    );
    assert_eq!(
        say("HashMap<String, i64>"),
        "src/lib.rs:7: no column holds a `HashMap<String, i64>`\nhint: keep it as JSON: put `json` on the field"
    );
    assert_eq!(
        say("Strnig").lines().take(2).collect::<Vec<_>>(),
        ["src/lib.rs:7: no column type is known for `Strnig`", "hint: did you mean `String`?"]
    );
    assert_eq!(say("(i32, i32)").lines().next(), Some("src/lib.rs:7: no column type is known for `(i32 , i32)`"));
}
