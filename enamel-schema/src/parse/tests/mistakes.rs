//! What is said of models with mistakes, to the letter.

use super::mistakes;

/// Holds what is said of a file against what should be.
#[track_caller]
fn says(source: &str, expected: &str) {
    assert_eq!(mistakes(source), expected.trim_end(), "\n{source}");
}

#[test]
fn references_lead_to_columns_that_are_there_and_fit() {
    says(
        r##"#[derive(Table)] struct Tenant { #[enamel(primary_key)] id: i64, name: String }
#[derive(Table)] struct User { #[enamel(references = Tenant::idd)] a: i64,
 #[enamel(references = Tenat::id)] b: i64,
 #[enamel(references = Tenant::id)] c: Option<String>,
 #[enamel(references = Tenant::name)] d: String,
 #[enamel(references = "tenants(idd)")] e: i64,
 #[enamel(references = "tenants")] f: i64,
 #[enamel(references)] g: i64,
 #[enamel(references = Plain)] h: i64,
 #[enamel(references = User)] i: i64 }
struct Plain { x: i64 }"##,
        r##"src/lib.rs:2: table `tenants` has no column `idd`
hint: did you mean `id`?
src/lib.rs:3: there is no model `Tenat`
hint: did you mean `Tenant`?
hint: a table without a model is named as text: `references = "users(id)"`
src/lib.rs:4: `c` is a text, but `tenants.id`, which it refers to, is an `i64`
hint: make this field an `i64`
src/lib.rs:5: `name` of table `tenants` is not unique
note: a foreign key refers to a primary key, a unique constraint or a plain unique index
hint: put `unique` on `name`
src/lib.rs:6: table `tenants` has no column `idd`
hint: did you mean `id`?
src/lib.rs:7: `tenants` is no table with its columns
hint: write `"tenants(id)"`
src/lib.rs:8: `references` needs a column
hint: write `references = User::id`, or `references = "users(id)"`
src/lib.rs:9: `Plain` does not derive `Table`
hint: a reference leads to a model, or to a table by its name: `references = "users(id)"`
src/lib.rs:10: table `users` has no primary key
hint: say which columns are meant: `references = User::id`
"##,
    );
}

#[test]
fn composite_keys_fit_column_by_column() {
    says(
        r##"#[derive(Table)] #[enamel(primary_key(a, b))] struct Pair { a: i64, b: i32, c: i32 }
#[derive(Table)]
#[enamel(foreign_key(x, y, references = Pair(a, b)))]
#[enamel(foreign_key(x, references = Pair))]
#[enamel(foreign_key(x, y, references = Pair(a, c)))]
#[enamel(foreign_key(x, zz, references = Pair(a, b)))]
#[enamel(foreign_key(x, y))]
struct User { x: i64, y: i64 }"##,
        r##"src/lib.rs:4: one column cannot refer to 2 columns
src/lib.rs:5: `a, c` of table `pairs` is not unique
note: a foreign key refers to a primary key, a unique constraint or a plain unique index
hint: put `unique(a, c)` on the struct
src/lib.rs:6: table `users` has no column `zz`
hint: its columns are `x`, `y`
src/lib.rs:7: a foreign key needs columns and what they refer to
hint: write `foreign_key(org_id, user_id, references = User(org_id, id))`
src/lib.rs:8: `y` is an `i64`, but `pairs.b`, which it refers to, is an `i32`
hint: make this field an `i32`
src/lib.rs:8: `y` is an `i64`, but `pairs.c`, which it refers to, is an `i32`
hint: make this field an `i32`
"##,
    );
}

#[test]
fn two_models_of_one_table() {
    says(
        r##"#[derive(Table)] struct User { id: i64 }
#[derive(Table)] #[enamel(table = "users")] struct Person { id: i64 }"##,
        r##"src/lib.rs:2: two models are table `users`: `User` and `Person`
note: `User` is at src/lib.rs:1
hint: name one of them otherwise: `#[enamel(table = "…")]`
"##,
    );
}

#[test]
fn one_model_under_two_conditions() {
    says(
        r##"#[cfg(unix)]
#[derive(Table)] struct User { id: i64 }
#[cfg(windows)]
#[derive(Table)] struct User { id: i32 }"##,
        r##"src/lib.rs:4: model `User` is defined twice, under different `cfg`s
note: the other is at src/lib.rs:2
hint: a table has one shape in all builds: put `cfg` elsewhere, or name one table otherwise
"##,
    );
}

#[test]
fn two_fields_of_one_column() {
    says(
        r##"#[derive(Table)] struct User { id: i64, #[enamel(column = "id")] other: i64 }"##,
        r##"src/lib.rs:1: two fields are column `id` of table `users`
note: the other is at src/lib.rs:1
hint: name one of them otherwise: `column = "…"`, or `prefix = "…"` where it is flattened
"##,
    );
}

#[test]
fn two_enums_of_one_name() {
    says(
        r##"mod a { #[derive(Enum)] pub enum State { A } }
mod b { #[derive(Enum)] pub enum State { B } }
#[derive(Table)] struct User { a: a::State, b: b::State }"##,
        r##"src/lib.rs:2: two enums are `state` in the database
note: the other is at src/lib.rs:1
hint: name one of them otherwise: `#[enamel(name = "…")]`
"##,
    );
}

#[test]
fn lists_name_columns() {
    says(
        r##"#[derive(Table)]
#[enamel(primary_key(id, idd), unique(nam), index(id, id), index(name, where = 3, usign = gin))]
struct User { id: i64, name: String }"##,
        r##"src/lib.rs:2: table `users` has no column `idd`
hint: did you mean `id`?
src/lib.rs:2: table `users` has no column `nam`
hint: did you mean `name`?
src/lib.rs:2: `where` needs SQL in quotes
hint: write `where = "…"`, or `where(postgres = "…", sqlite = "…")`
src/lib.rs:2: unknown argument `usign` of `index`
hint: did you mean `using`?
"##,
    );
}

#[test]
fn a_key_is_said_once() {
    says(
        r##"#[derive(Table)]
#[enamel(primary_key(a))]
struct User { a: i64, #[enamel(primary_key)] b: i64 }"##,
        r##"src/lib.rs:3: `b` is not in the struct's `primary_key(…)`
note: that is at src/lib.rs:2
hint: say the key once: on the struct, or on its fields
"##,
    );
}

#[test]
fn defaults_fit_their_columns() {
    says(
        r##"const LIMIT: i32 = compute();
mod x { const MANY: i32 = 1; } mod y { const MANY: i32 = 2; }
#[derive(Enum)] enum State { Draft, Open }
#[derive(Table)] struct User {
 #[enamel(default = "now()")] a: DateTime<Utc>,
 #[enamel(default = "now()")] b: i64,
 #[enamel(default = 300)] c: u8,
 #[enamel(default = 1.5)] d: i64,
 #[enamel(default = true)] e: String,
 #[enamel(default = 1)] f: bool,
 #[enamel(default = State::Drfat)] g: State,
 #[enamel(default = "opne")] h: State,
 #[enamel(default = LIMIT)] i: i32,
 #[enamel(default = MANY)] j: i32,
 #[enamel(default = NOWHERE)] k: i32,
 #[enamel(default = "abcd", max_length = 3)] l: String,
 #[enamel(default = Utc::now())] m: DateTime<Utc>,
 #[enamel(default)] n: i32,
 #[enamel(default = 1)] o: State }"##,
        r##"src/lib.rs:5: the default is a text, and the column is a point in time
hint: did you mean `default_sql = "now()"`?
src/lib.rs:6: the default is a text, and the column is an `i64`
hint: did you mean `default_sql = "now()"`?
src/lib.rs:7: 300 does not fit into a `u8`
src/lib.rs:8: the default is a number with a point, and the column is an `i64`
src/lib.rs:9: the default is true or false, and the column is a text
src/lib.rs:10: the default is a number, and the column is a `bool`
src/lib.rs:11: there is no variant or constant `State::Drfat`
hint: did you mean `Draft`?
src/lib.rs:12: `opne` is no value of `state`
hint: did you mean `Open`?
src/lib.rs:13: the value of `LIMIT` is known only to the compiler
hint: `default` takes constants whose value is a literal
hint: write an expression as SQL: `default_sql = "…"`
src/lib.rs:14: there are several constants `MANY`, with different values
hint: name one of them otherwise
src/lib.rs:15: there is no constant `NOWHERE` in this package
hint: write an expression as SQL: `default_sql = "…"`
src/lib.rs:16: the default is longer than 3 characters
src/lib.rs:17: `default` needs a literal, a constant or a variant of an enum
hint: write an expression as SQL: `default_sql = "…"`
src/lib.rs:18: `default` needs a literal, a constant or a variant of an enum
hint: write an expression as SQL: `default_sql = "…"`
src/lib.rs:19: the default is a number, and the column is an enum
"##,
    );
}

#[test]
fn attributes_fit_their_types() {
    says(
        r##"#[derive(Table)] struct User {
 #[enamel(max_length = 3)] a: i64,
 #[enamel(precision = 3)] b: String,
 #[enamel(precision = 3, scale = 4)] c: Decimal,
 #[enamel(scale = 4)] d: Decimal,
 #[enamel(auto_increment)] e: String,
 #[enamel(identity = sometimes)] f: i64,
 #[enamel(auto_increment, default = 3)] g: i64,
 #[enamel(type = "")] h: i64,
 #[enamel(type(orcale = "x"))] i: i64,
 #[enamel(check = x > 3)] j: i64,
 #[enamel(column = "")] k: i64,
 #[enamel(primary_key = 3)] l: i64,
 #[enamel("x")] m: i64,
 #[enamel(index desc)] n: i64,
 #[enamel(column =)] o: i64,
 #[enamel(identity(increment = 0))] p: i64,
 #[enamel(identity(always, start = 0))] q: i64,
 #[enamel(identity(start = 10, maxvalue = 9))] r: i32,
 #[enamel(identity(start = 40_000))] s: i16,
 #[enamel(identity(incremet = 10))] t: i64,
 #[enamel(identity(start = "x", cache))] u: i64,
 #[enamel(identity(always = 3))] v: i64 }"##,
        r##"src/lib.rs:2: `max_length` is for texts and bytes, not for this type
src/lib.rs:3: `precision` is for decimal types, not for this type
src/lib.rs:4: more digits after the point than digits in all
src/lib.rs:5: `scale` means nothing without `precision`
src/lib.rs:6: only a whole number can count up
src/lib.rs:7: `sometimes` is no kind of identity
hint: write `identity = always` or `identity = by_default`
src/lib.rs:8: a column that counts up has no default
src/lib.rs:9: `type` needs SQL in quotes
hint: write `type = "…"`, or `type(postgres = "…", sqlite = "…")`
src/lib.rs:10: there is no database `orcale`
hint: the databases are `sqlite`, `postgres`, `mysql`, `mariadb`
src/lib.rs:11: `check` needs SQL in quotes
hint: write `check = "…"`, or `check(postgres = "…", sqlite = "…")`
src/lib.rs:12: `column` names nothing
src/lib.rs:13: `primary_key` stands alone
hint: write `primary_key`, or `primary_key = false`
src/lib.rs:14: expected a key, found `"x"`
hint: arguments are `key`, `key = value` or `key(…)`
src/lib.rs:15: expected a comma, found `desc`
src/lib.rs:16: expected a value
src/lib.rs:17: `increment` is 0, and every number would be the same
src/lib.rs:18: `start` is 0, below the least number, 1: say `minvalue`
src/lib.rs:19: `start` is 10, above the greatest number, 9: say `maxvalue`
src/lib.rs:20: `start` is 40000, and the column holds -32768 to 32767
src/lib.rs:21: unknown argument `incremet` of `identity`
hint: did you mean `increment`?
src/lib.rs:22: `start` needs a whole number
hint: write `start = 1000`
src/lib.rs:22: `cache` needs a whole number
hint: write `cache = 1000`
src/lib.rs:23: `always` stands alone
hint: write `always`, or `always = false`
"##,
    );
}

#[test]
fn what_is_flattened_derives_columns() {
    says(
        r##"#[derive(Table)] struct User { id: i64, #[enamel(flatten)] address: Address,
 #[enamel(flatten)] again: Address,
 #[enamel(flatten)] post: Post,
 #[enamel(flatten)] ring: Ring }
#[derive(Columns)] struct Address { city: String }
#[derive(Columns)] struct Ring { #[enamel(flatten)] ring: Box<Ring>,
 #[enamel(flatten)] own: Ring }
#[derive(Table)] struct Post { id: i64 }"##,
        r##"src/lib.rs:3: `Post` does not derive `Columns`
hint: write `#[derive(Columns)]` on `Post`, a struct of this package
src/lib.rs:5: two fields are column `city` of table `users`
note: the other is at src/lib.rs:5
hint: name one of them otherwise: `column = "…"`, or `prefix = "…"` where it is flattened
src/lib.rs:6: `Box<Ring>` does not derive `Columns`
hint: write `#[derive(Columns)]` on `Box<Ring>`, a struct of this package
src/lib.rs:7: `Ring` is flattened into itself
"##,
    );
}

#[test]
fn enums_are_names() {
    says(
        r##"#[derive(Table)] struct User { state: State, other: Other, none: Nothing }
#[derive(Enum)] enum State { A, #[enamel(rename = "A")] B, C(i32) }
#[derive(Enum)]
#[repr(i32)]
enum Other { A = 1 << 3, B }
#[derive(Enum)] enum Nothing {}"##,
        r##"src/lib.rs:2: `A` and `B` are both stored as `A`
src/lib.rs:2: variant `C` has fields; an enum of the database has names only
hint: keep such a value as JSON: put `json` on the field of the table
src/lib.rs:5: the number of this variant is known only to the compiler
hint: write it as a number, or store the enum as text: `storage = text`
src/lib.rs:6: an enum needs at least one variant
"##,
    );
}

#[test]
fn only_structs_with_named_fields_are_tables() {
    says(
        r##"#[derive(Table)] struct A(i64);
#[derive(Table)] struct B;
#[derive(Table)] struct C<T> { x: T }
#[derive(Table)] enum D { X }
#[derive(Table)] struct E {}
#[derive(Table)] union F { a: i64 }
#[derive(Enum)] struct H { a: i64 }
#[derive(Table)] type I = i64;"##,
        r##"src/lib.rs:1: a tuple struct cannot be a table
hint: give its fields names: they name the columns
src/lib.rs:2: a unit struct cannot be a table
hint: a table has at least one column: add a field
src/lib.rs:3: a generic struct cannot be a table
hint: a table has one shape: write a struct for each
src/lib.rs:4: an enum cannot be a table
hint: did you mean `derive(Enum)`?
src/lib.rs:5: a struct without fields cannot be a table
hint: a table has at least one column: add a field
src/lib.rs:6: a union cannot be a table
hint: write a struct with named fields
src/lib.rs:7: only an enum can derive `Enum`
src/lib.rs:8: only a struct can be a table
"##,
    );
}

#[test]
fn a_field_has_a_type() {
    says(
        r##"#[derive(Table)] struct A { id }"##,
        r##"src/lib.rs:1: expected `:` and the field's type
"##,
    );
}

#[test]
fn a_table_has_columns() {
    says(
        r##"#[derive(Table)] struct A { #[enamel(skip)] id: i64 }"##,
        r##"src/lib.rs:1: table `as` has no columns
note: all of its fields are skipped
"##,
    );
}

#[test]
fn other_crates_are_not_contradicted() {
    says(
        r##"#[derive(Table)]
#[enamel(table = "a")]
#[diesel(table_name = b)]
#[sqlx(rename_all = "camelCase")]
#[enamel(rename_all = "snake_case")]
struct A { #[enamel(column = "a")] #[diesel(column_name = b)] id: i64 }"##,
        r##"src/lib.rs:3: `diesel(table_name)` says `b`, `table` says `a`
hint: the program reads by what `diesel(table_name)` says: make them equal, or leave `table` out
src/lib.rs:4: `sqlx(rename_all)` says `camelCase`, `rename_all` says `snake_case`
hint: the program reads by what `sqlx(rename_all)` says: make them equal, or leave `rename_all` out
src/lib.rs:6: `diesel(column_name)` says `b`, `column` says `a`
hint: the program reads by what `diesel(column_name)` says: make them equal, or leave `column` out
"##,
    );
}
