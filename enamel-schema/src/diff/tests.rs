//! What is a change and what is none. The numbers are rows of the conformance table.

use crate::diff::diff;
use crate::edits::Edits;
use crate::kit::*;
use crate::pair::Pair;
use crate::schema::{
    Action, Check, Column, ConstraintName, Counting, DefaultValue, Deferrable, ForeignKey, Generated, Identity, Index,
    IndexKey, IndexPart, Integer, NullsOrder, PrimaryKey, Schema, Sql, Storage, Table, TableName, Type, Unique,
};

#[track_caller]
fn differ(previous: &Schema, next: &Schema, edits: &Edits, summaries: &[&str]) {
    let found: Vec<_> = diff(previous, next, edits).iter().map(|change| change.summary()).collect();
    assert_eq!(found, summaries);
}

#[track_caller]
fn tables_differ(previous: Table, next: Table, summaries: &[&str]) {
    differ(&schema([previous]), &schema([next]), &Edits::default(), summaries);
}

/// Both with columns `x`, `y`, `z`, and these indexes.
#[track_caller]
fn indexes_differ(previous: Vec<Index>, next: Vec<Index>, summaries: &[&str]) {
    let with = |indexes| Table { indexes, ..users(&["x", "y", "z"]) };
    tables_differ(with(previous), with(next), summaries);
}

#[track_caller]
fn uniques_differ(previous: Vec<Unique>, next: Vec<Unique>, summaries: &[&str]) {
    let with = |uniques| Table { uniques, ..users(&["x", "y", "z"]) };
    tables_differ(with(previous), with(next), summaries);
}

#[track_caller]
fn keys_differ(previous: Vec<ForeignKey>, next: Vec<ForeignKey>, summaries: &[&str]) {
    let with = |foreign_keys| {
        let users = Table { foreign_keys, ..users(&["x", "y", "z"]) };
        schema([users, table("tenants", vec![column("a", "TEXT"), column("b", "TEXT")])])
    };
    differ(&with(previous), &with(next), &Edits::default(), summaries);
}

#[track_caller]
fn checks_differ(previous: Vec<Check>, next: Vec<Check>, summaries: &[&str]) {
    let with = |checks| Table { checks, ..users(&["x", "y", "z"]) };
    tables_differ(with(previous), with(next), summaries);
}

#[track_caller]
fn columns_differ(previous: Column, next: Column, summaries: &[&str]) {
    tables_differ(table("users", vec![previous]), table("users", vec![next]), summaries);
}

#[test]
fn tables_1_to_13() {
    let mut indexed = users(&["x"]);
    indexed.indexes.push(Index { name: derived("ix_users_x"), ..index(&["x"]) });
    indexed.uniques.push(unique(&["x"]));
    indexed.checks.push(Check { name: stated("positive"), ..check("x > 0") });
    let none = Schema::default();
    let some = schema([indexed]);
    differ(&none, &some, &Edits::default(), &["create table users", "add index ix_users_x on users(x)"]);
    differ(&some, &none, &Edits::default(), &["drop index ix_users_x on users", "drop table users"]);
    differ(&some, &some.clone(), &Edits::default(), &[]);
}

#[test]
fn renamed_table_19() {
    let mut tenants = table("tenants", vec![column("id", "INTEGER")]);
    tenants.checks.push(check("tenants.id > 0"));
    let mut child = table("users", vec![column("tenant_id", "INTEGER")]);
    child.foreign_keys.push(foreign_key(&["tenant_id"], "tenants", &["id"]));
    let previous = schema([tenants, child]);
    let mut next = previous.clone();
    next.tables[0].name = table_name("clients");
    next.tables[0].checks = vec![check("clients.id > 0")];
    next.tables[1].foreign_keys = vec![foreign_key(&["tenant_id"], "clients", &["id"])];
    next.sort();
    let edits = Edits { tables: vec![Pair::new(table_name("tenants"), table_name("clients"))], ..Edits::default() };

    differ(&previous, &next, &edits, &["rename table tenants to clients"]);
    differ(&next, &previous, &edits.reversed(), &["rename table clients to tenants"]);
    differ(
        &previous,
        &next,
        &Edits::default(),
        &[
            "drop table tenants",
            "drop foreign key users(tenant_id) to tenants(id)",
            "add foreign key users(tenant_id) to clients(id)",
            "create table clients",
        ],
    );
}

#[test]
fn columns_21_to_27() {
    tables_differ(users(&["x"]), users(&["x", "b", "a"]), &["add column users.b TEXT", "add column users.a TEXT"]);
    let mut indexed = users(&["x", "y"]);
    indexed.indexes.push(index(&["y"]));
    tables_differ(indexed, users(&["x"]), &["drop index on users(y)", "drop column users.y"]);
    tables_differ(users(&["x", "y"]), users(&["y", "x"]), &[]);
}

#[test]
fn renamed_column_29() {
    let everything = |surname: &str| {
        let mut users = users(&["id", surname, "first"]);
        users.columns[2].generated =
            Some(Generated { expression: Sql::new(format!("upper({surname})")), stored: false });
        users.primary_key = Some(primary_key(&["id", surname]));
        users.uniques.push(unique(&[surname]));
        users.indexes.push(Index {
            condition: Some(Sql::new(format!("{surname} <> ''"))),
            include: names(&[surname]),
            ..index(&[surname])
        });
        users.indexes.push(Index {
            parts: vec![IndexPart {
                key: IndexKey::Expression(Sql::new(format!("lower({surname})"))),
                ..IndexPart::column(name("id"))
            }],
            ..index(&[])
        });
        users.foreign_keys.push(foreign_key(&[surname], "users", &[surname]));
        users.checks.push(check(&format!("length(\"{surname}\") > 1 AND first <> 'surname'")));
        let mut orders = table("orders", vec![column("surname", "TEXT")]);
        orders.foreign_keys.push(foreign_key(&["surname"], "users", &[surname]));
        schema([users, orders])
    };
    let pair = Pair::new(name("surname"), name("last_name"));
    let edits = Edits { columns: vec![(table_name("users"), pair)], ..Edits::default() };
    let (previous, next) = (everything("surname"), everything("last_name"));

    differ(&previous, &next, &edits, &["rename column users.surname to last_name"]);
    differ(&next, &previous, &edits.reversed(), &["rename column users.last_name to surname"]);
}

#[test]
fn a_column_of_a_renamed_table_is_renamed_and_altered() {
    let previous = schema([users(&["surname"])]);
    let next = schema([table("people", vec![Column { nullable: false, ..column("last_name", "TEXT") }])]);
    let edits = Edits {
        tables: vec![Pair::new(table_name("users"), table_name("people"))],
        columns: vec![(table_name("people"), Pair::new(name("surname"), name("last_name")))],
        ..Edits::default()
    };
    differ(
        &previous,
        &next,
        &edits,
        &[
            "rename table users to people",
            "rename column people.surname to last_name",
            "people.last_name: nullable becomes NOT NULL",
        ],
    );
    assert_eq!(edits.reversed().columns, [(table_name("users"), Pair::new(name("last_name"), name("surname")))]);
    assert_eq!(edits.reversed().reversed(), edits);
}

#[test]
fn renames_that_are_not_real_take_no_part() {
    let rename = |previous: &str, next: &str| Edits {
        tables: vec![Pair::new(table_name(previous), table_name(next))],
        columns: vec![(table_name("users"), Pair::new(name(previous), name(next)))],
        values: vec![(name(previous), Pair::new(previous.to_owned(), next.to_owned()))],
        ..Edits::default()
    };
    let previous = schema([users(&["a", "b"])]);
    for (from, to) in [("a", "b"), ("b", "a"), ("users", "users"), ("c", "a"), ("a", "c"), ("users", "c")] {
        differ(&previous, &previous, &rename(from, to), &[]);
    }
    differ(&previous, &schema([users(&["b"])]), &rename("a", "b"), &["drop column users.a"]);
}

#[test]
fn types_33_to_59() {
    for (previous, next) in [
        ("VARCHAR(30)", "varchar (30)"),
        ("double  precision", "DOUBLE PRECISION"),
        ("timestamp with time zone", "TIMESTAMP\nWITH TIME ZONE"),
    ] {
        columns_differ(column("x", previous), column("x", next), &[]);
    }
    for (previous, next) in [
        ("VARCHAR(6)", "VARCHAR(12)"),
        ("TEXT", "INTEGER"),
        ("DECIMAL(10,5)", "DECIMAL(10)"),
        ("NUMERIC(10,5)", "NUMERIC(12,5)"),
        ("timestamp", "timestamptz"),
        ("enum('a')", "enum('A')"),
    ] {
        let summary = format!("users.x: type {previous} becomes {next}");
        columns_differ(column("x", previous), column("x", next), &[&summary]);
    }
    let neutral = |data_type| Column::new(name("x"), data_type);
    let array = |element| Type::Array(Box::new(element));
    columns_differ(neutral(array(Type::Uuid)), neutral(array(Type::Uuid)), &[]);
    columns_differ(
        neutral(array(Type::Integer(Integer::I32))),
        neutral(array(Type::Integer(Integer::I64))),
        &["users.x: type array of i32 becomes array of i64"],
    );
    columns_differ(
        neutral(Type::Text { max_length: None }),
        neutral(Type::Sql(Sql::new("text"))),
        &["users.x: type text becomes text"],
    );
    columns_differ(
        Column { collation: Some(Sql::new("utf8_bin")), ..column("x", "TEXT") },
        Column { collation: Some(Sql::new("latin1_bin")), ..column("x", "TEXT") },
        &["users.x: collation utf8_bin becomes latin1_bin"],
    );
}

#[test]
fn sql_for_one_database_is_compared_on_each() {
    let sql = |any: Option<&str>, postgres: Option<&str>| {
        let mut sql = Sql { any: any.map(str::to_owned), ..Sql::default() };
        sql.by_dialect.extend(postgres.map(|text| (crate::Dialect::Postgres, text.to_owned())));
        Column { data_type: Type::Sql(sql), ..column("x", "") }
    };
    columns_differ(sql(Some("text"), None), sql(Some("text"), Some("TEXT")), &[]);
    columns_differ(
        sql(Some("text"), None),
        sql(Some("text"), Some("citext")),
        &["users.x: type text becomes text, citext (postgres)"],
    );
    columns_differ(sql(None, Some("text")), sql(Some("text"), None), &["users.x: type text (postgres) becomes text"]);
}

#[test]
fn nullability_and_defaults_63_to_79() {
    let with = |default: Option<DefaultValue>| Column { default, ..column("x", "TEXT") };
    let text = |text: &str| Some(DefaultValue::Text(text.to_owned()));
    let number = |text: &str| Some(DefaultValue::Number(text.to_owned()));
    let sql = |text: &str| Some(DefaultValue::Sql(Sql::new(text)));
    columns_differ(
        column("x", "TEXT"),
        Column { nullable: false, ..column("x", "TEXT") },
        &["users.x: nullable becomes NOT NULL"],
    );
    columns_differ(with(None), with(text("x")), &["users.x: add default 'x'"]);
    columns_differ(with(number("15")), with(number("20")), &["users.x: default 15 becomes 20"]);
    columns_differ(with(sql("15")), with(sql("20")), &["users.x: default 15 becomes 20"]);
    columns_differ(with(text("it's")), with(text("it's")), &[]);
    columns_differ(with(text("x")), with(None), &["users.x: drop default 'x'"]);
    columns_differ(with(sql("(datetime('now','localtime'))")), with(sql("datetime('now', 'localtime')")), &[]);
    columns_differ(with(sql("current_timestamp")), with(sql("CURRENT_TIMESTAMP")), &[]);
    columns_differ(
        with(sql("datetime('now')")),
        with(sql("datetime('NOW')")),
        &["users.x: default datetime('now') becomes datetime('NOW')"],
    );
    columns_differ(
        with(Some(DefaultValue::Boolean(true))),
        with(Some(DefaultValue::Boolean(false))),
        &["users.x: default true becomes false"],
    );
}

#[test]
fn indexes_83_to_101() {
    let part = |descending, nulls| IndexPart { descending, nulls, ..IndexPart::column(name("x")) };
    let of_part = |part: IndexPart| vec![Index { parts: vec![part], ..index(&[]) }];
    let expression = |text: &str| IndexPart { key: IndexKey::Expression(Sql::new(text)), ..part(false, None) };
    let of_expression = |text: &str| of_part(expression(text));

    indexes_differ(vec![], vec![index(&["x"])], &["add index on users(x)"]);
    indexes_differ(vec![index(&["x"])], vec![], &["drop index on users(x)"]);
    indexes_differ(
        vec![index(&["x", "y"])],
        vec![index(&["y", "x"])],
        &["drop index on users(x, y)", "add index on users(y, x)"],
    );
    let orders = [
        (false, None),
        (true, None),
        (true, Some(NullsOrder::Last)),
        (true, Some(NullsOrder::First)),
        (false, Some(NullsOrder::First)),
    ];
    for previous in orders {
        for next in orders {
            let [previous_index, next_index] =
                [previous, next].map(|(descending, nulls)| of_part(part(descending, nulls)));
            let changes = diff(
                &schema([Table { indexes: previous_index, ..users(&["x"]) }]),
                &schema([Table { indexes: next_index, ..users(&["x"]) }]),
                &Edits::default(),
            );
            assert_eq!(changes.len(), if previous == next { 0 } else { 2 }, "{previous:?} {next:?}");
        }
    }
    indexes_differ(of_expression("lower(x)"), of_expression("LOWER( x )"), &[]);
    for (previous, next) in [
        ("lower(x)", "lower(y)"),
        ("upper(x)", "lower(x)"),
        ("x + 1", "x + 3"),
        ("42 + x", "x + 42"),
        ("CAST(x AS TEXT)", "CAST(y AS TEXT)"),
    ] {
        let summaries = [format!("drop index on users({previous})"), format!("add index on users({next})")];
        indexes_differ(of_expression(previous), of_expression(next), &[&summaries[0], &summaries[1]]);
    }
    indexes_differ(
        vec![Index { parts: vec![expression("lower(x)"), part(false, None)], ..index(&[]) }],
        vec![Index { parts: vec![part(false, None), expression("lower(x)")], ..index(&[]) }],
        &["drop index on users(lower(x), x)", "add index on users(x, lower(x))"],
    );
    indexes_differ(
        vec![Index { parts: vec![expression("lower(x)"), part(false, None)], ..index(&[]) }],
        vec![Index { parts: vec![part(false, None)], ..index(&[]) }],
        &["drop index on users(lower(x), x)", "add index on users(x)"],
    );

    let named = |name: ConstraintName| vec![Index { name, ..index(&["x"]) }];
    indexes_differ(named(derived("x")), named(derived("x")), &[]);
    indexes_differ(vec![], named(derived("x")), &["add index x on users(x)"]);
    indexes_differ(named(derived("x")), vec![], &["drop index x on users"]);
    indexes_differ(named(derived("ix_users_a_name_that_was_cut_0f3a")), named(ConstraintName::Unnamed), &[]);
    let conditional = |text: &str| vec![Index { condition: Some(Sql::new(text)), ..index(&["x"]) }];
    indexes_differ(conditional("x IS NOT NULL"), conditional("(x is not null)"), &[]);
    indexes_differ(
        conditional("x > 1"),
        vec![Index { unique: true, ..index(&["x"]) }],
        &["drop index on users(x) where x > 1", "add unique index on users(x)"],
    );
    indexes_differ(
        vec![Index { include: names(&["y", "z"]), ..index(&["x"]) }],
        vec![Index { include: names(&["z", "y"]), ..index(&["x"]) }],
        &[],
    );

    let elsewhere = |indexes| {
        let name = TableName { schema: Some(name("shop")), name: name("users") };
        schema([users(&["x"]), Table { name, indexes, ..users(&["x"]) }])
    };
    let added = ["add index on shop.users(x)"];
    differ(&elsewhere(vec![]), &elsewhere(vec![index(&["x"])]), &Edits::default(), &added);
    differ(&elsewhere(vec![index(&["x"])]), &elsewhere(vec![index(&["x"])]), &Edits::default(), &[]);
}

#[test]
fn case_of_names_counts_99() {
    tables_differ(
        users(&["regNumber"]),
        users(&["regnumber"]),
        &["drop column users.regNumber", "add column users.regnumber TEXT"],
    );
    let mut indexed = users(&["regNumber"]);
    indexed.indexes.push(index(&["regNumber"]));
    tables_differ(indexed.clone(), indexed, &[]);
}

#[test]
fn uniques_103_to_113() {
    let named = |columns: &[&str]| Unique { name: stated("one"), ..unique(columns) };
    uniques_differ(vec![], vec![named(&["x"])], &["add unique one on users(x)"]);
    let mut flagged = users(&["x"]);
    flagged.indexes.push(Index { unique: true, ..index(&["x"]) });
    let mut constrained = users(&["x"]);
    constrained.uniques.push(named(&["x"]));
    tables_differ(flagged, constrained, &["drop unique index on users(x)", "add unique one on users(x)"]);
    uniques_differ(
        vec![Unique { name: derived("found"), ..unique(&["x"]) }],
        vec![unique(&["x", "y"])],
        &["drop unique users(x)", "add unique users(x, y)"],
    );
    let two = || vec![unique(&["x", "y"]), unique(&["y", "z"])];
    uniques_differ(two(), vec![unique(&["z", "y"]), unique(&["y", "x"])], &[]);
    uniques_differ(two(), vec![unique(&["z", "y"])], &["drop unique users(x, y)"]);
    uniques_differ(vec![unique(&["x"]), unique(&["x"])], vec![unique(&["x"])], &["drop unique users(x)"]);
    uniques_differ(
        vec![unique(&["x"])],
        vec![Unique { nulls_not_distinct: true, ..unique(&["x"]) }],
        &["drop unique users(x)", "add unique users(x) nulls not distinct"],
    );
}

#[test]
fn only_stated_names_count_107_and_117() {
    let with = |name| vec![Unique { name, ..unique(&["x"]) }];
    for (previous, next) in [
        (derived("a"), derived("b")),
        (derived("a"), ConstraintName::Unnamed),
        (ConstraintName::Unnamed, stated("b")),
        (stated("a"), ConstraintName::Unnamed),
        (stated("a"), derived("a")),
        (derived("a"), stated("a")),
    ] {
        uniques_differ(with(previous.clone()), with(next.clone()), &[]);
        uniques_differ(with(next), with(previous), &[]);
    }
    uniques_differ(
        with(stated("one")),
        with(stated("One")),
        &["drop unique one on users(x)", "add unique One on users(x)"],
    );
    // Both ways: the way back must find the name that the way there gave.
    uniques_differ(with(derived("a")), with(stated("b")), &["drop unique users(x)", "add unique b on users(x)"]);
    uniques_differ(with(stated("b")), with(derived("a")), &["drop unique b on users(x)", "add unique users(x)"]);
}

#[test]
fn of_two_alike_the_one_of_the_same_name_stays() {
    let two = vec![Index { name: derived("a"), ..index(&["x"]) }, Index { name: derived("b"), ..index(&["x"]) }];
    indexes_differ(two.clone(), vec![two[1].clone()], &["drop index a on users"]);
    indexes_differ(two.clone(), vec![two[0].clone()], &["drop index b on users"]);
    indexes_differ(two.clone(), vec![index(&["x"])], &["drop index b on users"]);
}

#[test]
fn foreign_keys_115_to_123() {
    let key = || foreign_key(&["x"], "tenants", &["a"]);
    let composite = || ForeignKey { name: stated("fk"), ..foreign_key(&["x", "y"], "tenants", &["a", "b"]) };
    keys_differ(vec![], vec![key()], &["add foreign key users(x) to tenants(a)"]);
    keys_differ(vec![], vec![composite()], &["add foreign key fk on users(x, y) to tenants(a, b)"]);
    keys_differ(vec![composite()], vec![foreign_key(&["y", "x"], "tenants", &["b", "a"])], &[]);
    let named = |text: &str| vec![ForeignKey { name: stated(text), ..key() }];
    keys_differ(
        named("fk"),
        named("FK"),
        &["drop foreign key fk on users(x) to tenants(a)", "add foreign key FK on users(x) to tenants(a)"],
    );
    let actions = |on_delete, on_update| vec![ForeignKey { on_delete, on_update, ..key() }];
    keys_differ(
        actions(Action::NoAction, Action::NoAction),
        actions(Action::NoAction, Action::Cascade),
        &["drop foreign key users(x) to tenants(a)", "add foreign key users(x) to tenants(a) on update cascade"],
    );
    keys_differ(
        actions(Action::Cascade, Action::SetNull),
        actions(Action::Restrict, Action::Restrict),
        &[
            "drop foreign key users(x) to tenants(a) on delete cascade on update set null",
            "add foreign key users(x) to tenants(a) on delete restrict on update restrict",
        ],
    );
    let deferrable = |deferrable| vec![ForeignKey { deferrable, ..key() }];
    let kinds = [
        (Deferrable::No, ""),
        (Deferrable::InitiallyImmediate, " deferrable"),
        (Deferrable::InitiallyDeferred, " initially deferred"),
    ];
    for (previous, previous_words) in kinds {
        for (next, next_words) in kinds {
            let words = "foreign key users(x) to tenants(a)";
            let drop = format!("drop {words}{previous_words}");
            let add = format!("add {words}{next_words}");
            let summaries: &[&str] = if previous == next { &[] } else { &[&drop, &add] };
            keys_differ(deferrable(previous), deferrable(next), summaries);
        }
    }
    for other in [foreign_key(&["x"], "users", &["a"]), foreign_key(&["x"], "tenants", &["b"])] {
        let target = format!("{}({})", other.referenced_table, other.referenced_columns[0]);
        let add = format!("add foreign key users(x) to {target}");
        keys_differ(vec![key()], vec![other], &["drop foreign key users(x) to tenants(a)", &add]);
    }
}

#[test]
fn checks_125_to_131() {
    let named = |text: &str| Check { name: stated("positive"), ..check(text) };
    checks_differ(vec![], vec![named("x > 0")], &["add check positive on users: x > 0"]);
    checks_differ(
        vec![named("x > 0")],
        vec![named("x >= 0")],
        &["drop check positive on users: x > 0", "add check positive on users: x >= 0"],
    );
    checks_differ(vec![named("x > 0")], vec![check("( x>0 )")], &[]);
    checks_differ(vec![check("x > 0")], vec![check("x > 0"), check("y > 0")], &["add check on users: y > 0"]);
    checks_differ(
        vec![check("x > 0"), check("y > 0"), check("z > 0")],
        vec![check("z > 0"), check("x > 0")],
        &["drop check on users: y > 0"],
    );
}

#[test]
fn comments_generated_and_identity_133_to_139() {
    let commented = |comment: Option<&str>| Table { comment: comment.map(str::to_owned), ..users(&["x"]) };
    tables_differ(commented(None), commented(Some("a")), &["add comment on users: 'a'"]);
    tables_differ(commented(Some("a")), commented(None), &["drop comment on users"]);
    tables_differ(commented(Some("a")), commented(Some("b")), &["comment on users: 'a' becomes 'b'"]);
    tables_differ(commented(Some("a")), commented(Some("a")), &[]);

    let generated = |text: &str, stored| Column {
        generated: Some(Generated { expression: Sql::new(text), stored }),
        ..column("y", "TEXT")
    };
    let with = |column: Column| table("users", vec![column]);
    tables_differ(
        table("users", vec![]),
        with(generated("x + 1", true)),
        &["add column users.y TEXT GENERATED AS (x + 1) STORED"],
    );
    tables_differ(with(generated("x+1", true)), with(generated("(x\n + 1)", true)), &[]);
    tables_differ(
        with(generated("x + 1", true)),
        with(generated("x + 1", false)),
        &["users.y: GENERATED AS (x + 1) STORED becomes GENERATED AS (x + 1) VIRTUAL"],
    );
    let identity = |identity| Column { identity, ..column("x", "INTEGER") };
    columns_differ(identity(None), identity(Some(Identity::default())), &["users.x: add counting up"]);
    columns_differ(identity(Some(Identity::default())), identity(None), &["users.x: drop counting up"]);
    let counting = |counting| identity(Some(Identity { counting, ..Identity::default() }));
    let from_1000 = Counting { start: Some(1000), ..Counting::default() };
    columns_differ(
        counting(Counting::default()),
        counting(from_1000),
        &["users.x: counting up becomes counting up from 1000; it goes on where it is"],
    );
    let downwards = Counting {
        start: Some(90),
        increment: Some(-5),
        minvalue: Some(10),
        maxvalue: Some(90),
        cache: Some(20),
        cycle: true,
    };
    columns_differ(
        counting(from_1000),
        counting(downwards),
        &[
            "users.x: counting up from 1000 becomes counting down from 90 by 5, at least 10, at most 90, 20 at a time, then over again; it goes on behind the values there are",
        ],
    );
}

#[test]
fn primary_keys() {
    let with = |columns: &[&str], name| Table {
        primary_key: Some(PrimaryKey { name, ..primary_key(columns) }),
        ..users(&["x", "y"])
    };
    tables_differ(users(&["x", "y"]), with(&["x"], derived("p")), &["add primary key users(x)"]);
    tables_differ(with(&["x"], derived("p")), with(&["x"], ConstraintName::Unnamed), &[]);
    tables_differ(
        with(&["x", "y"], derived("p")),
        with(&["y", "x"], derived("p")),
        &["users: primary key (x, y) becomes (y, x)"],
    );
    tables_differ(with(&["x"], stated("p")), with(&["x"], stated("q")), &["users: primary key p (x) becomes q (x)"]);
}

#[test]
fn enums_143_to_145() {
    let of = |values: &[&str], storage| Schema {
        enumerations: vec![crate::schema::Enumeration { storage, ..enumeration("state", values) }],
        ..Schema::default()
    };
    let native = |values: &[&str]| of(values, Storage::Native);
    let none = Edits::default();
    differ(&native(&["a", "b"]), &native(&["a", "b", "c"]), &none, &["enum state: add value 'c'"]);
    differ(&native(&["a", "b"]), &native(&["a"]), &none, &["enum state: drop value 'b'"]);
    differ(&native(&["a", "b"]), &native(&["b", "a"]), &none, &[]);
    let numbers = |values: &[&str]| of(values, Storage::Integer);
    let moved = ["enum state: value 'b': 1 becomes 0; value 'a': 0 becomes 1"];
    differ(&numbers(&["a", "b"]), &numbers(&["b", "a"]), &none, &moved);
    differ(&native(&["a"]), &of(&["a"], Storage::Text), &none, &["enum state: storage native becomes text"]);
    differ(&Schema::default(), &native(&["a"]), &none, &["create enum state ('a')"]);
    differ(&native(&["a"]), &Schema::default(), &none, &["drop enum state"]);
}

#[test]
fn renamed_value_144() {
    let with = |value: &str| {
        let column = Column {
            default: Some(DefaultValue::Variant(value.to_owned())),
            ..Column::new(name("state"), Type::Enumeration(name("state")))
        };
        let enumerations = vec![enumeration("state", &["draft", value])];
        Schema { enumerations, ..schema([table("orders", vec![column])]) }
    };
    let pair = Pair::new("sent".to_owned(), "in-transit".to_owned());
    let edits = Edits { values: vec![(name("state"), pair)], ..Edits::default() };
    differ(&with("sent"), &with("in-transit"), &edits, &["enum state: rename value 'sent' to 'in-transit'"]);
}

#[test]
fn extensions_come_first_and_go_last() {
    let with = |extensions: &[&str], tables: Vec<Table>| Schema {
        extensions: extensions.iter().map(|&text| text.to_owned()).collect(),
        ..schema(tables)
    };
    let (none, some) = (with(&[], vec![]), with(&["hstore"], vec![users(&["x"])]));
    differ(&none, &some, &Edits::default(), &["create extension hstore", "create table users"]);
    differ(&some, &none, &Edits::default(), &["drop table users", "extension hstore is no longer needed"]);
}
