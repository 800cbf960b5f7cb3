//! The order of statements, and what is refused.

use crate::diff::diff;
use crate::kit::{
    check, column, derived, enumeration, foreign_key, index, name, primary_key, schema, stated, table, table_name,
    unique,
};
use crate::pair::Pair;
use crate::plan::plan;
use crate::render::render;
use crate::schema::{
    Column, DefaultValue, Deferrable, Generated, Schema, Sql, Table, TableName, Type, Unmodelled, UnmodelledKind,
};
use crate::{Dialect, Edits};

/// The statements from one schema to another, white space apart, without questions to the rows.
fn statements(previous: &Schema, next: &Schema, edits: &Edits) -> Vec<String> {
    let changes = diff(previous, next, edits);
    let plan = plan(Pair::new(previous, next), &changes, edits, Dialect::Postgres, &[]).unwrap();
    let script = render(&plan, Dialect::Postgres);
    let told = script.statements.into_iter().filter(|statement| statement.must_be_empty.is_none());
    told.map(|statement| statement.sql.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn changed(previous: impl IntoIterator<Item = Table>, next: impl IntoIterator<Item = Table>) -> Vec<String> {
    statements(&schema(previous), &schema(next), &Edits::default())
}

/// What is refused, each on one line.
fn refused(previous: &Schema, next: &Schema, unmodelled: &[Unmodelled]) -> Vec<String> {
    let changes = diff(previous, next, &Edits::default());
    let plan = plan(Pair::new(previous, next), &changes, &Edits::default(), Dialect::Postgres, unmodelled);
    plan.unwrap_err().iter().map(|error| error.to_string().replace('\n', "; ")).collect()
}

fn of_enum(text: &str, enumeration: &str) -> Column {
    Column { data_type: Type::Enumeration(name(enumeration)), ..column(text, "") }
}

fn with_default(column: Column, default: &str) -> Column {
    Column { default: Some(DefaultValue::Sql(Sql::new(default))), ..column }
}

#[test]
fn tables_that_refer_to_each_other_come_and_go() {
    let refers = |text: &str, other: &str| {
        let mut key = foreign_key(&["other"], other, &["id"]);
        key.name = derived(&format!("fk_{text}"));
        let mut table = table(text, vec![column("id", "bigint"), column("other", "bigint")]);
        table.primary_key = Some(primary_key(&["id"]));
        table.foreign_keys = vec![key];
        table
    };
    let both = [refers("a", "b"), refers("b", "a")];
    assert_eq!(
        changed([], both.clone()),
        [
            r#"CREATE TABLE "b" ( "id" bigint, "other" bigint, PRIMARY KEY ("id") )"#,
            r#"CREATE TABLE "a" ( "id" bigint, "other" bigint, PRIMARY KEY ("id"), CONSTRAINT "fk_a" FOREIGN KEY ("other") REFERENCES "b" ("id") )"#,
            r#"ALTER TABLE "b" ADD CONSTRAINT "fk_b" FOREIGN KEY ("other") REFERENCES "a" ("id")"#,
        ]
    );
    assert_eq!(
        changed(both, []),
        [r#"ALTER TABLE "b" DROP CONSTRAINT "fk_b""#, r#"DROP TABLE "a""#, r#"DROP TABLE "b""#]
    );
}

#[test]
fn what_only_gets_another_name_is_renamed() {
    let users = |unique_name: &str, index_name: &str, key_name: &str| {
        let mut users = table("users", vec![column("a", "text"), column("b", "text")]);
        let mut key = primary_key(&["a"]);
        key.name = stated(key_name);
        users.primary_key = Some(key);
        users.uniques = vec![unique(&["b"])];
        users.uniques[0].name = stated(unique_name);
        users.indexes = vec![index(&["b"])];
        users.indexes[0].name = stated(index_name);
        users
    };
    assert_eq!(
        changed([users("u", "i", "k")], [users("U", "i 2", "key")]),
        [
            r#"ALTER TABLE "users" RENAME CONSTRAINT "k" TO "key""#,
            r#"ALTER TABLE "users" RENAME CONSTRAINT "u" TO "U""#,
            r#"ALTER INDEX "i" RENAME TO "i 2""#,
        ]
    );
    assert_eq!(
        changed([users("u", "i", "k")], [users("i", "u", "k")]),
        [
            r#"DROP INDEX "i""#,
            r#"ALTER TABLE "users" DROP CONSTRAINT "u""#,
            r#"ALTER TABLE "users" ADD CONSTRAINT "i" UNIQUE ("b")"#,
            r#"CREATE INDEX "u" ON "users" ("b")"#,
        ],
        "neither name is free until both are gone"
    );
}

#[test]
fn a_check_follows_the_name_that_it_was_derived_from() {
    let users = |text: &str, check_name: &str| {
        let mut users = table(text, vec![column("a", "text")]);
        users.checks = vec![check("a <> ''")];
        users.checks[0].name = derived(check_name);
        users
    };
    let edits = Edits { tables: vec![Pair::new(table_name("users"), table_name("people"))], ..Edits::default() };
    assert_eq!(
        statements(&schema([users("users", "ck_users")]), &schema([users("people", "ck_people")]), &edits),
        [
            r#"ALTER TABLE "users" RENAME TO "people""#,
            r#"ALTER TABLE "people" RENAME CONSTRAINT "ck_users" TO "ck_people""#,
        ]
    );
}

#[test]
fn a_key_goes_and_comes_with_the_foreign_keys_that_stand_on_it() {
    let parent = |text: &str| {
        let mut parent = table("parents", vec![column("a", "bigint"), column("b", "bigint")]);
        parent.primary_key = Some(primary_key(&[text, "b"]));
        parent.uniques = vec![unique(&["a"])];
        if let Some(key) = &mut parent.primary_key {
            key.name = derived("parents_pkey");
        }
        parent.uniques[0].name = derived(&format!("uq_{text}"));
        parent.uniques[0].deferrable = if text == "a" { Deferrable::No } else { Deferrable::InitiallyImmediate };
        parent
    };
    let mut child = table("children", vec![column("a", "bigint")]);
    child.foreign_keys = vec![foreign_key(&["a"], "parents", &["a"])];
    child.foreign_keys[0].name = derived("fk");
    let statements = changed([parent("a"), child.clone()], [parent("b"), child]);
    let first_and_last = [statements.first().unwrap().as_str(), statements.last().unwrap()];
    assert_eq!(
        first_and_last,
        [
            r#"ALTER TABLE "children" DROP CONSTRAINT "fk""#,
            r#"ALTER TABLE "children" ADD CONSTRAINT "fk" FOREIGN KEY ("a") REFERENCES "parents" ("a")"#,
        ]
    );
}

#[test]
fn when_a_foreign_key_is_checked_changes_in_place() {
    let child = |deferrable| {
        let mut child = table("children", vec![column("a", "bigint")]);
        child.foreign_keys = vec![foreign_key(&["a"], "children", &["a"])];
        child.foreign_keys[0].name = derived("fk");
        child.foreign_keys[0].deferrable = deferrable;
        child
    };
    let between = |previous, next| changed([child(previous)], [child(next)]);
    assert_eq!(
        between(Deferrable::No, Deferrable::InitiallyDeferred),
        [r#"ALTER TABLE "children" ALTER CONSTRAINT "fk" DEFERRABLE INITIALLY DEFERRED"#]
    );
    assert_eq!(
        between(Deferrable::InitiallyImmediate, Deferrable::No),
        [r#"ALTER TABLE "children" ALTER CONSTRAINT "fk" NOT DEFERRABLE"#]
    );
}

#[test]
fn a_type_changes_without_what_stands_on_it() {
    let users = |data_type: &str| {
        let twice = Generated { expression: Sql::new("age * 2"), stored: true };
        let mut users = table(
            "users",
            vec![
                with_default(column("age", data_type), "1"),
                Column { generated: Some(twice), ..column("twice", "bigint") },
            ],
        );
        users.checks = vec![check("age > 0"), check("twice IS NOT NULL"), check("1 = 1")];
        users.indexes = vec![index(&["age"]), index(&["twice"])];
        let checks = users.checks.iter_mut().map(|check| &mut check.name);
        let indexes = users.indexes.iter_mut().map(|index| &mut index.name);
        for (position, part) in checks.chain(indexes).enumerate() {
            *part = derived(&format!("p{position}"));
        }
        users
    };
    assert_eq!(
        changed([users("integer")], [users("bigint")]),
        [
            r#"ALTER TABLE "users" DROP CONSTRAINT "p0""#,
            r#"ALTER TABLE "users" DROP CONSTRAINT "p1""#,
            r#"DROP INDEX "p4""#,
            r#"ALTER TABLE "users" DROP COLUMN "twice""#,
            r#"ALTER TABLE "users" ALTER COLUMN "age" DROP DEFAULT"#,
            r#"ALTER TABLE "users" ALTER COLUMN "age" TYPE bigint"#,
            r#"ALTER TABLE "users" ADD COLUMN "twice" bigint GENERATED ALWAYS AS (age * 2) STORED"#,
            r#"ALTER TABLE "users" ALTER COLUMN "age" SET DEFAULT 1"#,
            r#"ALTER TABLE "users" ADD CONSTRAINT "p0" CHECK (age > 0)"#,
            r#"ALTER TABLE "users" ADD CONSTRAINT "p1" CHECK (twice IS NOT NULL)"#,
            r#"CREATE INDEX "p4" ON "users" ("twice")"#,
        ]
    );
}

#[test]
fn only_the_user_knows_how_bytes_become_a_number() {
    let users = |data_type: &str| schema([table("users", vec![column("a", data_type)])]);
    assert_eq!(
        refused(&users("bytea"), &users("integer"), &[]),
        [
            "users.a: PostgreSQL is not told how bytea becomes integer; hint: say it at the field, such as `using = '\"a\"::text::integer'`"
        ]
    );
    let key = (table_name("users"), name("a"));
    let edits = Edits { conversions: [(key, Sql::new("length(a) -- bytes"))].into(), ..Edits::default() };
    assert_eq!(
        statements(&users("bytea"), &users("integer"), &edits),
        [r#"ALTER TABLE "users" ALTER COLUMN "a" TYPE integer USING length(a) -- bytes"#]
    );
}

#[test]
fn views_and_triggers_that_hold_a_column_are_named() {
    let users = |data_type: &str| schema([table("users", vec![column("a", data_type), column("b", "text")])]);
    let object = |kind, text: &str, sql: &str| Unmodelled {
        kind,
        name: name(text),
        table: (kind != UnmodelledKind::View).then(|| table_name("users")),
        sql: sql.to_owned(),
    };
    let objects = [
        object(UnmodelledKind::View, "shown", "CREATE VIEW shown AS SELECT a FROM users"),
        object(UnmodelledKind::View, "other", "CREATE VIEW other AS SELECT b FROM users"),
        object(UnmodelledKind::Policy, "own", "CREATE POLICY own ON users USING (a = 1)"),
        object(UnmodelledKind::Function, "f", "CREATE FUNCTION f() … SELECT a FROM users …"),
    ];
    let hint = "hint: drop it first, in a revision of its own, and make it again in one behind this";
    assert_eq!(
        refused(&users("integer"), &users("bigint"), &objects),
        [
            format!("users.a: view shown uses users.a, whose type changes; {hint}"),
            format!("users.a: policy own uses users.a, whose type changes; {hint}")
        ]
    );
    let gone: Vec<String> = refused(&users("integer"), &Schema::default(), &objects);
    assert_eq!(gone.len(), 2, "the policy goes with its table: {gone:?}");
}

fn roles(values: &[&str], default: &str) -> Schema {
    let columns = vec![with_default(of_enum("role", "role"), default), column("a", "text")];
    Schema { enumerations: vec![enumeration("role", values)], ..schema([table("users", columns)]) }
}

#[test]
fn a_value_that_nothing_uses_yet_is_added_in_place() {
    assert_eq!(
        statements(&roles(&["b", "d"], "'b'"), &roles(&["a", "b", "c", "d", "e"], "'b'"), &Edits::default()),
        [
            r#"ALTER TYPE "role" ADD VALUE 'a' BEFORE 'b'"#,
            r#"ALTER TYPE "role" ADD VALUE 'c' AFTER 'b'"#,
            r#"ALTER TYPE "role" ADD VALUE 'e'"#,
        ]
    );
}

#[test]
fn a_type_is_made_anew_for_a_value_that_goes_or_is_used_at_once() {
    let anew = [
        r#"ALTER TYPE "role" RENAME TO "enamel_previous_role""#,
        r#"CREATE TYPE "role" AS ENUM ('a', 'c')"#,
        r#"ALTER TABLE "users" ALTER COLUMN "role" DROP DEFAULT"#,
        r#"ALTER TABLE "users" ALTER COLUMN "role" TYPE "role" USING "role"::text::"role""#,
        r#"ALTER TABLE "users" ALTER COLUMN "role" SET DEFAULT 'a'"#,
        r#"DROP TYPE "enamel_previous_role""#,
    ];
    assert_eq!(statements(&roles(&["a", "b", "c"], "'a'"), &roles(&["a", "c"], "'a'"), &Edits::default()), anew);

    let at_once = statements(&roles(&["a"], "'a'"), &roles(&["a", "c"], "'c'"), &Edits::default());
    assert_eq!(at_once[..4], anew[..4]);
    let key = (table_name("users"), name("a"));
    let told = Edits { conversions: [(key, Sql::new("'c'::role::text"))].into(), ..Edits::default() };
    assert_eq!(statements(&roles(&["a"], "'a'"), &roles(&["a", "c"], "'a'"), &told)[..2], anew[..2]);
}

#[test]
fn a_renamed_value_keeps_its_rows() {
    let edits = Edits { values: vec![(name("role"), Pair::new("a".into(), "z".into()))], ..Edits::default() };
    assert_eq!(
        statements(&roles(&["a", "b"], "'a'"), &roles(&["z", "b"], "'z'"), &edits),
        [r#"ALTER TYPE "role" RENAME VALUE 'a' TO 'z'"#]
    );
    let gone_too = statements(&roles(&["a", "b"], "'a'"), &roles(&["z"], "'z'"), &edits);
    assert_eq!(
        gone_too[..3],
        [
            r#"ALTER TYPE "role" RENAME VALUE 'a' TO 'z'"#,
            r#"ALTER TYPE "role" RENAME TO "enamel_previous_role""#,
            r#"CREATE TYPE "role" AS ENUM ('z')"#,
        ]
    );
}

#[test]
fn tables_find_their_schemas() {
    let there = |schema: Option<&str>, text: &str| TableName { schema: schema.map(name), name: name(text) };
    let users = |name: TableName| Table { columns: vec![column("a", "text")], ..Table::new(name) };
    let moved = |previous: TableName, next: TableName| {
        let edits = Edits { tables: vec![Pair::new(previous.clone(), next.clone())], ..Edits::default() };
        statements(&schema([users(previous)]), &schema([users(next)]), &edits)
    };
    assert_eq!(
        moved(there(None, "users"), there(Some("auth"), "people")),
        [
            r#"CREATE SCHEMA IF NOT EXISTS "auth""#,
            r#"ALTER TABLE "users" SET SCHEMA "auth""#,
            r#"ALTER TABLE "auth"."users" RENAME TO "people""#,
        ]
    );
    assert_eq!(
        moved(there(Some("auth"), "users"), there(Some("auth"), "people")),
        [r#"ALTER TABLE "auth"."users" RENAME TO "people""#]
    );
    let (previous, next) = (there(Some("auth"), "users"), there(None, "users"));
    let edits = Edits { tables: vec![Pair::new(previous.clone(), next.clone())], ..Edits::default() };
    let (previous, next) = (schema([users(previous)]), schema([users(next)]));
    let changes = diff(&previous, &next, &edits);
    let errors = plan(Pair::new(&previous, &next), &changes, &edits, Dialect::Postgres, &[]).unwrap_err();
    assert_eq!(errors[0].message, "auth.users moves to the connection's schema, whose name is not known");
}

#[test]
fn rows_get_their_values_before_anything_is_asked_of_them() {
    let users = |nullable| {
        let age = Column { nullable, ..column("age", "integer") };
        let mut columns = vec![column("born", "date"), age];
        if !nullable {
            columns.remove(0);
            columns.push(Column { nullable, ..with_default(column("kind", "text"), "'new'") });
        }
        schema([table("users", columns)])
    };
    let edits = Edits {
        backfills: [
            ((table_name("users"), name("age")), Sql::new("2024 - extract(year FROM born)")),
            ((table_name("users"), name("kind")), Sql::new("'old'")),
        ]
        .into(),
        ..Edits::default()
    };
    assert_eq!(
        statements(&users(true), &users(false), &edits),
        [
            r#"ALTER TABLE "users" ADD COLUMN "kind" text NOT NULL DEFAULT 'old'"#,
            r#"UPDATE "users" SET "age" = 2024 - extract(year FROM born) WHERE "age" IS NULL"#,
            r#"ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL"#,
            r#"ALTER TABLE "users" ALTER COLUMN "kind" SET DEFAULT 'new'"#,
            r#"ALTER TABLE "users" DROP COLUMN "born""#,
        ],
        "what a value is made of is there as long as it is needed"
    );
}

#[test]
fn what_waits_is_checked_before_the_table_is_altered() {
    let nodes = |nullable| {
        let mut nodes = table("nodes", vec![Column { nullable, ..column("parent", "bigint") }]);
        nodes.foreign_keys = vec![foreign_key(&["parent"], "nodes", &["parent"])];
        nodes.foreign_keys[0].deferrable = Deferrable::InitiallyDeferred;
        schema([nodes])
    };
    let key = (table_name("nodes"), name("parent"));
    let edits = Edits { backfills: [(key, Sql::new("1"))].into(), ..Edits::default() };
    assert_eq!(
        statements(&nodes(true), &nodes(false), &edits),
        [
            r#"UPDATE "nodes" SET "parent" = 1 WHERE "parent" IS NULL"#,
            "SET CONSTRAINTS ALL IMMEDIATE",
            r#"ALTER TABLE "nodes" ALTER COLUMN "parent" SET NOT NULL"#,
        ]
    );
}
