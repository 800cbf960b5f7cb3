//! The example of the documentation, value by value.

use super::{read, texts};
use crate::diagnostic::Level;
use crate::dialect::Dialect;
use crate::pair::Pair;
use crate::schema::{
    Action, Check, Column, ConstraintName, DefaultValue, Enumeration, EnumerationValue, ForeignKey, Generated, Index,
    IndexKey, IndexPart, Integer, Name, PrimaryKey, Sql, Storage, Table, TableName, Type, Unique,
};
use std::collections::BTreeMap;

pub(super) const SOURCE: &str = r##"
use enamel_runtime::{Columns, Enum, Table};

#[derive(Table)]
#[enamel(primary_key(org_id, id))]
struct User { org_id: i64, #[enamel(unique)] id: i64 }

/// Orders of a shop.
#[derive(Table)]
#[enamel(table = "orders", schema = "shop", renamed_from = "order")]
#[enamel(primary_key(org_id, id), unique(org_id, number))]
#[enamel(index(org_id, created_at desc, name = "ix_recent", where = "deleted_at IS NULL"))]
#[enamel(index("lower(email)", unique))]
#[enamel(foreign_key(org_id, user_id, references = User(org_id, id), on_delete = set_null))]
#[enamel(check = "total >= 0", check("quantity > 0", name = "quantity_positive"))]
struct Order {
    #[enamel(primary_key)]
    id: i64,
    org_id: i64,
    number: i32,
    #[enamel(column = "state", default = State::Draft, index)]
    status: State,
    #[enamel(unique, max_length = 320)]
    email: String,
    #[enamel(type(postgres = "citext", sqlite = "text collate nocase"))]
    login: String,
    #[enamel(default_sql = "CURRENT_TIMESTAMP", renamed_from = "created")]
    created_at: DateTime<Utc>,
    #[enamel(references = User::id, on_delete = cascade)]
    user_id: i64,
    #[enamel(generated = "quantity * price", stored)]
    total: f64,
    #[enamel(json)]                        tags: Vec<String>,
    #[enamel(flatten, prefix = "addr_")]   address: Address,
    #[enamel(skip)]                        cache: Cache,
    note: Option<String>,
}

#[derive(Columns)]
struct Address { street: String, city: Option<String> }

struct Cache { anything: std::cell::RefCell<u8> }

#[derive(Enum)]
#[enamel(name = "order_state", rename_all = "snake_case")]
enum State { Draft, #[enamel(rename = "in-transit", renamed_from = "sent")] InTransit }
"##;

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn column(text: &str, data_type: Type) -> Column {
    Column::new(name(text), data_type)
}

fn stated(text: &str) -> ConstraintName {
    ConstraintName::Stated(name(text))
}

#[test]
fn the_example_is_read_to_the_value() {
    let found = read(&[("src/lib.rs", SOURCE)]).unwrap_or_else(|errors| panic!("{}", texts(&errors)));
    let i64 = Type::Integer(Integer::I64);
    let text = Type::Text { max_length: None };
    let orders = TableName { schema: Some(name("shop")), name: name("orders") };

    let mut expected = Table::new(orders.clone());
    expected.columns = vec![
        column("id", i64.clone()),
        column("org_id", i64.clone()),
        column("number", Type::Integer(Integer::I32)),
        Column {
            default: Some(DefaultValue::Variant("draft".into())),
            ..column("state", Type::Enumeration(name("order_state")))
        },
        column("email", Type::Text { max_length: Some(320) }),
        column(
            "login",
            Type::Sql(Sql {
                any: None,
                by_dialect: BTreeMap::from([
                    (Dialect::Postgres, "citext".into()),
                    (Dialect::Sqlite, "text collate nocase".into()),
                ]),
            }),
        ),
        Column {
            default: Some(DefaultValue::Sql(Sql::new("CURRENT_TIMESTAMP"))),
            ..column("created_at", Type::TimestampWithZone)
        },
        column("user_id", i64),
        Column {
            generated: Some(Generated { expression: Sql::new("quantity * price"), stored: true }),
            ..column("total", Type::Double)
        },
        column("tags", Type::Json),
        column("addr_street", text.clone()),
        Column { nullable: true, ..column("addr_city", text.clone()) },
        Column { nullable: true, ..column("note", text) },
    ];
    expected.primary_key =
        Some(PrimaryKey { name: ConstraintName::Unnamed, columns: vec![name("org_id"), name("id")] });
    let unique = |columns: Vec<Name>| Unique {
        name: ConstraintName::Unnamed,
        columns,
        nulls_not_distinct: false,
        deferrable: Default::default(),
    };
    expected.uniques = vec![unique(vec![name("org_id"), name("number")]), unique(vec![name("email")])];
    let index = |parts: Vec<IndexPart>| Index {
        name: ConstraintName::Unnamed,
        unique: false,
        parts,
        condition: None,
        method: None,
        include: Vec::new(),
        with: Vec::new(),
        nulls_not_distinct: false,
    };
    let part = |column: &str| IndexPart::column(name(column));
    let lower = IndexPart { key: IndexKey::Expression(Sql::new("lower(email)")), ..part("email") };
    expected.indexes = vec![
        Index {
            name: stated("ix_recent"),
            condition: Some(Sql::new("deleted_at IS NULL")),
            ..index(vec![part("org_id"), IndexPart { descending: true, ..part("created_at") }])
        },
        Index { unique: true, ..index(vec![lower]) },
        index(vec![part("state")]),
    ];
    let foreign_key = |columns: &[&str], referenced: &[&str], on_delete| ForeignKey {
        name: ConstraintName::Unnamed,
        columns: columns.iter().map(|column| name(column)).collect(),
        referenced_table: TableName::new(name("users")),
        referenced_columns: referenced.iter().map(|column| name(column)).collect(),
        on_delete,
        on_update: Action::NoAction,
        deferrable: Default::default(),
    };
    expected.foreign_keys = vec![
        foreign_key(&["org_id", "user_id"], &["org_id", "id"], Action::SetNull),
        foreign_key(&["user_id"], &["id"], Action::Cascade),
    ];
    expected.checks = vec![
        Check { name: ConstraintName::Unnamed, expression: Sql::new("total >= 0") },
        Check { name: stated("quantity_positive"), expression: Sql::new("quantity > 0") },
    ];
    assert_eq!(found.schema.table(&orders), Some(&expected));

    assert_eq!(
        found.schema.enumerations,
        [Enumeration {
            name: name("order_state"),
            values: vec![
                EnumerationValue { name: "draft".into(), discriminant: 0 },
                EnumerationValue { name: "in-transit".into(), discriminant: 1 },
            ],
            storage: Storage::Native,
        }]
    );
    assert_eq!(
        found.hints.tables,
        [Pair::new(TableName { schema: Some(name("shop")), name: name("order") }, orders.clone())]
    );
    assert_eq!(found.hints.columns, [(orders, Pair::new(name("created"), name("created_at")))]);
    assert_eq!(found.hints.values, [(name("order_state"), Pair::new("sent".to_owned(), "in-transit".to_owned()))]);
    assert_eq!(found.derived_names, [("User".to_owned(), "users".to_owned())]);
    assert_eq!(found.files, ["src/lib.rs"]);
    let notes: Vec<_> = found.notes.iter().map(|note| (note.level, note.to_string())).collect();
    assert_eq!(
        notes,
        [(
            Level::Warning,
            "src/lib.rs:14: `set_null` on a column that holds no NULL: deleting what it refers to will fail\n\
             hint: make the field an `Option`, or choose another action"
                .to_owned()
        )]
    );
}
