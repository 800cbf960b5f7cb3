//! Attributes, their synonyms, and those of other crates.

use super::{read, read_with, schema, texts};
use crate::diagnostic::Subject;
use crate::dialect::Dialect;
use crate::pair::Pair;
use crate::parse::Settings;
use crate::schema::{
    Action, Check, Column, ConstraintName, DefaultValue, Deferrable, EnumerationValue, Exclusion, ForeignKey,
    Generated, Identity, Index, IndexKey, IndexPart, Integer, Length, Name, NullsOrder, PrimaryKey, Sql, Storage,
    Table, TableOptions, Type, Unique,
};
use std::collections::BTreeMap;

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn stated(text: &str) -> ConstraintName {
    ConstraintName::Stated(name(text))
}

fn names(names: &[&str]) -> Vec<Name> {
    names.iter().map(|text| name(text)).collect()
}

/// The only table of a source.
fn table(source: &str) -> Table {
    let mut tables = schema(source).tables;
    assert_eq!(tables.len(), 1);
    tables.remove(0)
}

/// The column that a field with these attributes is.
fn column(attributes: &str, rust_type: &str) -> Column {
    table(&format!("#[derive(Table)] struct M {{ #[enamel({attributes})] field: {rust_type} }}")).columns.remove(0)
}

#[test]
fn synonyms_say_the_same() {
    let one = "#[derive(Table)] #[enamel(table = \"m\", schema = \"s\", primary_key(a, b))]
        struct M {
            #[enamel(column = \"x\", index, type = \"int\", default_sql = \"1\", collate = \"c\")] a: i64,
            #[enamel(max_length = 3)] b: String,
            #[enamel(skip)] c: Unknown,
            #[enamel(flatten)] d: D,
            #[enamel(flatten)] e: E,
        }
        #[derive(Columns)] struct D { f: i64 } #[derive(Columns)] struct E { g: i64 }";
    let other = "#[derive(Table)] #[enamel(table_name = \"m\", schema_name = s, pk(a, b))]
        struct M {
            #[enamel(rename = \"x\", indexed, sql_type = \"int\", default_expr = \"1\", collation = c)] a: i64,
            #[enamel(max_len = 3)] b: String,
            #[enamel(ignore)] c: Unknown,
            #[enamel(embed)] d: D,
            #[enamel(embedded)] e: E,
        }
        #[derive(Columns)] struct D { f: i64 } #[derive(Columns)] struct E { g: i64 }";
    assert_eq!(schema(one), schema(other));
    for synonym in ["column_type", "db_type"] {
        assert_eq!(column(&format!("{synonym} = \"citext\""), "String").data_type, Type::Sql(Sql::new("citext")));
    }
    assert_eq!(column("length = 3", "String"), column("max_length = 3", "String"));
    assert_eq!(column("column_name = \"x\"", "String"), column("column = x", "String"));
}

#[test]
fn indexes_say_all_that_an_index_can() {
    let table = table(
        "#[derive(Table)]
        #[enamel(
            index(a, b desc nulls last, \"lower(c)\", unique, name = \"one\", where = \"a > 0\"),
            index(c gin_trgm_ops, using = GIN, with(fillfactor = 70, buffering = off), include(a, b)),
            index(c collate \"C\" asc nulls first, \"b\", nulls_not_distinct, where(postgres = \"b\", sqlite = \"c\")),
        )]
        struct M {
            a: i64,
            #[enamel(index = \"two\", index(desc, unique = false, where = \"x\"))]
            b: i64,
            #[enamel(index(unique, name = \"three\"))]
            c: String,
        }",
    );
    let part = |column: &str| IndexPart::column(name(column));
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
    let lower = IndexPart { key: IndexKey::Expression(Sql::new("lower(c)")), ..part("c") };
    let by_dialect = BTreeMap::from([(Dialect::Postgres, "b".to_owned()), (Dialect::Sqlite, "c".to_owned())]);
    let expected = [
        Index {
            name: stated("one"),
            unique: true,
            condition: Some(Sql::new("a > 0")),
            ..index(vec![part("a"), IndexPart { descending: true, nulls: Some(NullsOrder::Last), ..part("b") }, lower])
        },
        Index {
            method: Some("gin".into()),
            with: vec![("buffering".into(), "off".into()), ("fillfactor".into(), "70".into())],
            include: names(&["a", "b"]),
            ..index(vec![IndexPart { operator_class: Some("gin_trgm_ops".into()), ..part("c") }])
        },
        Index {
            nulls_not_distinct: true,
            condition: Some(Sql { any: None, by_dialect }),
            ..index(vec![
                IndexPart { collation: Some("C".into()), nulls: Some(NullsOrder::First), ..part("c") },
                part("b"),
            ])
        },
        Index { name: stated("two"), ..index(vec![part("b")]) },
        Index { condition: Some(Sql::new("x")), ..index(vec![IndexPart { descending: true, ..part("b") }]) },
        Index { name: stated("three"), unique: true, ..index(vec![part("c")]) },
    ];
    assert_eq!(table.indexes, expected);
}

#[test]
fn keys_and_constraints() {
    let schema = schema(
        "#[derive(Table)]
        #[enamel(table = \"m\", primary_key(a, b, name = \"pk\"))]
        #[enamel(unique(b, c, name = \"both\", nulls_not_distinct, deferrable), unique(c, initially_deferred))]
        #[enamel(foreign_key(a, b, references = M(a, b), on_update = \"SET DEFAULT\", name = \"own\", deferrable))]
        #[enamel(exclude(\"USING gist (a WITH =)\", name = \"apart\"), exclude = \"USING gist (b WITH =)\")]
        #[enamel(check(postgres = \"a > 0\", name = \"positive\"))]
        struct M {
            a: i64,
            #[enamel(unique = \"b_once\", deferrable)]
            b: i64,
            #[enamel(references(Self::c, name = \"to_c\", on_delete = Restrict, initially_deferred))]
            c: i64,
            #[enamel(references = \"other.places (id)\", on_delete = no_action, on_update = \"Cascade\", deferrable)]
            d: i64,
            #[enamel(check = \"e > 0\", check(\"e < 9\", name = \"small\"))]
            e: i64,
        }",
    );
    let table = &schema.tables[0];
    assert_eq!(table.primary_key, Some(PrimaryKey { name: stated("pk"), columns: names(&["a", "b"]) }));
    let unique = |columns: &[&str], deferrable| Unique {
        name: ConstraintName::Unnamed,
        columns: names(columns),
        nulls_not_distinct: false,
        deferrable,
    };
    assert_eq!(
        table.uniques,
        [
            Unique {
                name: stated("both"),
                nulls_not_distinct: true,
                ..unique(&["b", "c"], Deferrable::InitiallyImmediate)
            },
            unique(&["c"], Deferrable::InitiallyDeferred),
            Unique { name: stated("b_once"), ..unique(&["b"], Deferrable::InitiallyImmediate) },
        ]
    );
    let key = |columns: &[&str], table: &Table| ForeignKey {
        name: ConstraintName::Unnamed,
        columns: names(columns),
        referenced_table: table.name.clone(),
        referenced_columns: names(columns),
        on_delete: Action::NoAction,
        on_update: Action::NoAction,
        deferrable: Deferrable::InitiallyImmediate,
    };
    let mut places = Table::new(crate::schema::TableName { schema: Some(name("other")), name: name("places") });
    places.columns.push(Column::new(name("id"), Type::Boolean));
    assert_eq!(
        table.foreign_keys,
        [
            ForeignKey { name: stated("own"), on_update: Action::SetDefault, ..key(&["a", "b"], table) },
            ForeignKey {
                name: stated("to_c"),
                on_delete: Action::Restrict,
                deferrable: Deferrable::InitiallyDeferred,
                ..key(&["c"], table)
            },
            ForeignKey { referenced_columns: names(&["id"]), on_update: Action::Cascade, ..key(&["d"], &places) },
        ]
    );
    let exclusion = |name, text: &str| Exclusion { name, definition: Sql::new(text) };
    assert_eq!(
        table.exclusions,
        [
            exclusion(stated("apart"), "USING gist (a WITH =)"),
            exclusion(ConstraintName::Unnamed, "USING gist (b WITH =)")
        ]
    );
    let only_postgres = Sql { any: None, by_dialect: BTreeMap::from([(Dialect::Postgres, "a > 0".to_owned())]) };
    assert_eq!(
        table.checks,
        [
            Check { name: stated("positive"), expression: only_postgres },
            Check { name: ConstraintName::Unnamed, expression: Sql::new("e > 0") },
            Check { name: stated("small"), expression: Sql::new("e < 9") },
        ]
    );
}

#[test]
fn a_reference_without_columns_leads_to_the_primary_key() {
    let schema = schema(
        "mod api { struct Team { dto: Dto } } mod db { #[derive(Table)] #[enamel(primary_key(b, a))] pub struct Team { a: i64, b: i32 } }
        #[derive(Table)] #[enamel(table = \"a\", foreign_key(x, y, references = Team))] struct A { x: i32, y: i64 }",
    );
    assert_eq!(schema.tables[0].foreign_keys[0].referenced_columns, names(&["b", "a"]));
}

#[test]
fn columns_say_all_that_a_column_can() {
    assert_eq!(
        column("generated = \"1 + 1\"", "i64").generated,
        Some(Generated { expression: Sql::new("1 + 1"), stored: true })
    );
    assert_eq!(
        column("generated(postgres = \"1\", sqlite = \"2\"), virtual", "i64")
            .generated
            .map(|generated| generated.stored),
        Some(false)
    );
    assert_eq!(column("precision = 10, scale = 2", "Decimal").data_type, Type::Decimal { precision: Some((10, 2)) });
    assert_eq!(column("precision = 10", "Option<Decimal>").data_type, Type::Decimal { precision: Some((10, 0)) });
    assert_eq!(column("max_length = 16", "Vec<u8>").data_type, Type::Bytes(Length::AtMost(16)));
    assert!(column("type = \"int\"", "Option<Unknown>").nullable);
    assert!(column("json", "Option<Unknown<Deep>>").nullable);
    assert_eq!(column("json", "Unknown").data_type, Type::Json);
    assert_eq!(column("collate = nocase", "String").collation, Some(Sql::new("nocase")));
    assert_eq!(column("comment = \"why\"", "String").comment.as_deref(), Some("why"));
    assert_eq!(
        column("identity = \"by default\", auto_increment", "i64").identity,
        Some(Identity { never_reused: true, ..Identity::default() })
    );
    assert_eq!(
        column("auto_increment, type = \"bigint\"", "Unknown").identity.map(|identity| identity.always),
        Some(false)
    );
}

#[test]
fn defaults_are_literals_constants_and_variants() {
    let number = |digits: &str| Some(DefaultValue::Number(digits.to_owned()));
    let text = |text: &str| Some(DefaultValue::Text(text.to_owned()));
    let default = |value: &str, rust_type: &str| column(&format!("default = {value}"), rust_type).default;
    assert_eq!(default("true", "bool"), Some(DefaultValue::Boolean(true)));
    assert_eq!(default("-1_000i64", "i64"), number("-1000"));
    assert_eq!(default("0xff", "u8"), number("255"));
    assert_eq!(default("i32::MIN", "i32"), number("-2147483648"));
    assert_eq!(default("1.50", "Decimal"), number("1.50"));
    assert_eq!(default("\"1.50\"", "Decimal"), number("1.50"));
    assert_eq!(default("2", "f64"), number("2"));
    assert_eq!(default("r#\"it's\"#", "String"), text("it's"));
    assert_eq!(default("'x'", "char"), text("x"));
    assert_eq!(default("\"2020-01-01\"", "NaiveDate"), text("2020-01-01"));
    assert_eq!(default("b\"\\x00\"", "Vec<u8>"), Some(DefaultValue::Bytes(vec![0])));
    assert_eq!(default("None", "Option<i32>"), None);

    let schema = schema(
        "pub const LIMIT: i32 = FIRST; const FIRST: i32 = -5; const OPEN: State = State::Open;
        #[derive(Enum)] enum State { #[enamel(rename = \"o\")] Open, Shut }
        #[derive(Enum)] #[repr(u8)] enum Level { Low = 3, High }
        #[derive(Table)] struct M {
            #[enamel(default = crate::LIMIT)] a: i32,
            #[enamel(default = State::Open)] b: State,
            #[enamel(default = OPEN)] c: State,
            #[enamel(default = Shut)] d: State,
            #[enamel(default = \"o\")] e: State,
            #[enamel(default = State::Open, type = \"text\")] f: State,
            #[enamel(default = Level::High, type = \"int\")] g: Level,
        }",
    );
    let defaults: Vec<_> = schema.tables[0].columns.iter().map(|column| column.default.clone()).collect();
    let variant = |name: &str| Some(DefaultValue::Variant(name.to_owned()));
    assert_eq!(
        defaults,
        [number("-5"), variant("o"), variant("o"), variant("Shut"), variant("o"), text("o"), number("4")]
    );
    assert_eq!(schema.enumerations.len(), 1, "an enum that no column holds is not in the schema");
}

#[test]
fn a_text_that_looks_like_sql_is_asked_about() {
    let source = "#[derive(Table)] struct M { #[enamel(default = \"now()\")] a: String }";
    let models = read(&[("src/lib.rs", source)]).unwrap();
    assert_eq!(models.schema.tables[0].columns[0].default, Some(DefaultValue::Text("now()".into())));
    assert_eq!(
        models.notes[0].to_string(),
        "src/lib.rs:1: this default is the text `now()`, and is not computed\n\
         hint: did you mean `default_sql = \"now()\"`?"
    );
}

#[test]
fn a_dot_in_a_table_name_is_asked_about() {
    let models =
        read(&[("src/lib.rs", "#[derive(Table)] #[enamel(table = \"auth.users\")] struct M { a: i64 }")]).unwrap();
    assert_eq!(
        models.notes[0].to_string(),
        "src/lib.rs:1: the dot in `auth.users` is part of the table's name\n\
         hint: did you mean `schema = \"auth\", table = \"users\"`?"
    );
}

#[test]
fn enums_are_stored_as_they_say() {
    let schema = schema(
        "#[derive(Table)] struct M { a: HTTPState, b: Level, c: Words, d: Theirs, e: Plain }
        #[derive(Enum)] #[enamel(rename_all = \"SCREAMING-KEBAB-CASE\")] enum HTTPState { NotFound, r#Ok }
        #[derive(Enum)] #[repr(i16)] enum Level { Low = -1, Middle, High = 0x10 }
        #[derive(Enum)] #[enamel(name = \"word\", storage = text)] enum Words { A, #[cfg(test)] Hidden }
        #[derive(Enum, sqlx::Type)] #[sqlx(type_name = \"theirs_type\", rename_all = \"lowercase\")]
        enum Theirs { FirstOne, #[sqlx(rename = \"2nd\")] Second }
        #[derive(Enum, sqlx::Type)] #[sqlx(type_name = \"VARCHAR(9)\")] enum Plain { A }",
    );
    let found: Vec<(String, Storage, Vec<EnumerationValue>)> = schema
        .enumerations
        .iter()
        .map(|enumeration| (enumeration.name.to_string(), enumeration.storage, enumeration.values.clone()))
        .collect();
    let value = |name: &str, discriminant| EnumerationValue { name: name.to_owned(), discriminant };
    assert_eq!(
        found,
        [
            ("http_state".to_owned(), Storage::Native, vec![value("NOT-FOUND", 0), value("OK", 1)]),
            ("level".to_owned(), Storage::Integer, vec![value("Low", -1), value("Middle", 0), value("High", 16)]),
            ("plain".to_owned(), Storage::Text, vec![value("A", 0)]),
            ("theirs_type".to_owned(), Storage::Native, vec![value("firstone", 0), value("2nd", 1)]),
            ("word".to_owned(), Storage::Text, vec![value("A", 0)]),
        ]
    );
}

#[test]
fn other_crates_are_honoured() {
    let table = table(
        "#[derive(Table, sqlx::FromRow)]
        #[diesel(table_name = crate::schema::people)]
        #[sqlx(rename_all = \"camelCase\")]
        struct Person {
            user_id: i64,
            #[sqlx(rename = \"MAIL\")] email: String,
            #[diesel(column_name = nick, sql_type = Text)] nickname: String,
            #[sqlx(skip)] cache: Cache,
            #[sqlx(default, flatten)] address: Address,
            #[diesel(embed)] other: Other,
            #[sqlx(json)] tags: Vec<Tag>,
            #[sqlx(try_from = \"i64\")] count: Option<Counter>,
        }
        #[derive(Columns)] struct Address { street_name: String }
        #[derive(Columns)] struct Other { x: i64 }",
    );
    assert_eq!(table.name.to_string(), "people");
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(columns, ["userId", "MAIL", "nick", "street_name", "x", "tags", "count"]);
    assert_eq!(table.columns[5].data_type, Type::Json);
    assert_eq!((&table.columns[6].data_type, table.columns[6].nullable), (&Type::Integer(Integer::I64), true));
}

#[test]
fn namesakes_of_other_crates_are_left_alone() {
    let schema = schema(
        "use cli_table::Table; #[derive(Table)] struct Row(i64); #[derive(enum_map::Enum)] enum Keys { A(bool) }
        mod models { use enamel_runtime::{Table as Model}; #[derive(Model)] struct User { id: i64 } }",
    );
    let tables: Vec<String> = schema.tables.iter().map(|table| table.name.to_string()).collect();
    assert_eq!(tables, ["users"]);
}

#[test]
fn flattened_columns_take_part_in_everything() {
    let source = "#[derive(Table)] #[enamel(unique(addr_zip, name), index(addr_geo_lat))]
        struct M { name: String, #[enamel(flatten(prefix = \"addr_\"))] address: Option<Address> }
        #[derive(Columns)] #[enamel(index(zip, city), check = \"1 = 1\")]
        struct Address {
            #[enamel(column = \"zip\", renamed_from = \"plz\")] zip_code: i64,
            #[enamel(unique)] city: String,
            #[enamel(flatten, prefix = \"geo_\")] geo: Geo,
            #[enamel(references = M::name, backfill = \"''\")] owner: String,
        }
        #[derive(Columns)] struct Geo { lat: f64 }"
        .replace("struct M { name: String", "struct M { #[enamel(unique)] name: String");
    let models = read(&[("src/lib.rs", &source)]).unwrap_or_else(|errors| panic!("{}", texts(&errors)));
    let table = &models.schema.tables[0];
    let columns: Vec<(&str, bool)> =
        table.columns.iter().map(|column| (column.name.as_str(), column.nullable)).collect();
    assert_eq!(
        columns,
        [("name", false), ("addr_zip", true), ("addr_city", true), ("addr_geo_lat", true), ("addr_owner", true)]
    );
    let uniques: Vec<&[Name]> = table.uniques.iter().map(|unique| unique.columns.as_slice()).collect();
    assert_eq!(uniques, [names(&["addr_zip", "name"]), names(&["name"]), names(&["addr_city"])]);
    let parts = |columns: [&str; 2]| columns.map(|column| IndexPart::column(name(column)));
    assert_eq!(table.indexes[0].parts, [IndexPart::column(name("addr_geo_lat"))]);
    assert_eq!(table.indexes[1].parts, parts(["addr_zip", "addr_city"]));
    assert_eq!(table.foreign_keys[0].columns, names(&["addr_owner"]));
    assert_eq!(table.checks.len(), 1);
    assert_eq!(models.hints.columns, [(table.name.clone(), Pair::new(name("addr_plz"), name("addr_zip")))]);
    assert_eq!(models.hints.backfills, BTreeMap::from([((table.name.clone(), name("addr_owner")), Sql::new("''"))]));
    let subject = Subject::Column(table.name.clone(), name("addr_geo_lat"));
    assert_eq!(models.places.get(&subject).map(|place| place.line), Some(10));
}

#[test]
fn a_struct_is_flattened_twice() {
    let table = table(
        "#[derive(Table)]
        struct M { #[enamel(flatten, prefix = \"a_\")] a: Address, #[enamel(flatten, prefix = \"b_\")] b: Address }
        #[derive(Columns)] #[enamel(unique(zip, city))]
        struct Address { #[enamel(unique(zip, city, name = \"x\"))] zip: i64, city: String }",
    );
    let columns: Vec<&[Name]> = table.uniques.iter().map(|unique| unique.columns.as_slice()).collect();
    let (a, b) = (names(&["a_zip", "a_city"]), names(&["b_zip", "b_city"]));
    assert_eq!(columns, [&a, &b, &a, &b]);
}

#[test]
fn options_comments_and_unmanaged_tables() {
    let source = "/// Doc of the struct,\n/// two lines.\n#[derive(Table)]
        #[enamel(strict, without_rowid, unlogged, engine = \"InnoDB\", charset = utf8mb4, collate = \"utf8mb4_bin\")]
        struct M {
            /// Doc of a field.
            #[enamel(primary_key)] id: i64,
            /// Unused.
            #[enamel(comment = \"stated\", references = Theirs::id)] other: i64,
        }
        #[derive(Table)] #[enamel(unmanaged, table = \"theirs\")] struct Theirs { #[enamel(primary_key)] id: i64 }";
    let plain = table(source);
    assert_eq!((plain.comment.as_deref(), plain.columns[0].comment.as_deref()), (None, None));
    assert_eq!(plain.columns[0].identity, None, "a table without row numbers has none to count");
    assert_eq!(plain.foreign_keys[0].referenced_table.to_string(), "theirs");
    let options = TableOptions {
        strict: true,
        without_rowid: true,
        unlogged: true,
        engine: Some("InnoDB".into()),
        charset: Some("utf8mb4".into()),
        collation: Some("utf8mb4_bin".into()),
    };
    assert_eq!(plain.options, options);
    let settings = Settings { doc_comments: true, ..Settings::default() };
    let models = read_with(&[("src/lib.rs", source)], &settings).unwrap();
    let table = &models.schema.tables[0];
    assert_eq!(table.comment.as_deref(), Some("Doc of the struct,\ntwo lines."));
    assert_eq!(table.columns[0].comment.as_deref(), Some("Doc of a field."));
    assert_eq!(table.columns[1].comment.as_deref(), Some("stated"));
}

#[test]
fn conversions_are_kept_beside_the_schema() {
    let source = "#[derive(Table)] struct M { #[enamel(using(postgres = \"a::int\"), backfill = \"0\")] a: i64 }";
    let models = read(&[("src/lib.rs", source)]).unwrap();
    let key = (models.schema.tables[0].name.clone(), name("a"));
    let conversion = Sql { any: None, by_dialect: BTreeMap::from([(Dialect::Postgres, "a::int".to_owned())]) };
    assert_eq!(models.hints.conversions, BTreeMap::from([(key.clone(), conversion)]));
    assert_eq!(models.hints.backfills, BTreeMap::from([(key, Sql::new("0"))]));
}

#[test]
fn a_diagnostic_about_a_column_is_located() {
    let source = "#[derive(Table)]\nstruct M {\n    a: i64,\n}";
    let models = read(&[("src/lib.rs", source)]).unwrap();
    let table = models.schema.tables[0].name.clone();
    let line = |subject| {
        let found = models.locate(crate::Diagnostic::error("x").about(subject));
        found.place.map(|place| place.line)
    };
    assert_eq!(line(Subject::Column(table.clone(), name("a"))), Some(3));
    assert_eq!(line(Subject::Column(table.clone(), name("gone"))), Some(2));
    assert_eq!(line(Subject::Table(table)), Some(2));
    assert_eq!(line(Subject::Enumeration(name("gone"))), None);
}
