//! Proofs on a private server.

use super::project;
use crate::launch::project::Project;
use enamel_runtime::Dialect;
use enamel_runtime::prove::{Claim, Proof, ProveError, Replay, compare, prove};
use enamel_runtime::scratch::Scratch;
use enamel_schema::draft::draft;
use enamel_schema::mismatch::Side;
use enamel_schema::naming::complete;
use enamel_schema::parse::{Settings, models};
use enamel_schema::revision::{Header, write};
use enamel_schema::{Edits, Pair, Schema, Version};
use enamel_tests::server::{Database, is_there};
use snapbox::str;

/// Everything that PostgreSQL knows and SQLite does not, and what both know.
const MODELS: &str = r#"
    #[derive(Table)]
    #[enamel(schema = "billing", unique(region, number))]
    struct Account {
        #[enamel(primary_key)] id: i64,
        region: String,
        number: i32,
    }

    #[derive(Table)]
    #[enamel(index("lower(email)"), index(role, joined desc, include(email), where = "active"), exclude = "USING gist (during WITH &&)")]
    struct User {
        #[enamel(primary_key, identity = always)] id: i64,
        #[enamel(max_length = 320, check = "email LIKE '%@%'", unique)] email: String,
        #[enamel(default = Role::Member)] role: Role,
        #[enamel(default_sql = "'{member}'")] roles: Vec<Role>,
        #[enamel(default = Mood::Happy)] mood: Mood,
        tags: Vec<String>,
        #[enamel(default_sql = "'{}'")] settings: serde_json::Value,
        #[enamel(default_sql = "now()")] joined: DateTime<Utc>,
        #[enamel(default = true)] active: bool,
        #[enamel(type = "tstzrange")] during: Option<String>,
        #[enamel(type = "email_address")] second: Option<String>,
        #[enamel(default_sql = "next_number()")] number: i32,
        #[enamel(generated = "number * 2", stored)] twice: i32,
        #[enamel(collate = "C")] sorted: Option<String>,
        #[enamel(references = Account::id, on_delete = cascade, initially_deferred)] account_id: Option<i64>,
        #[enamel(references = User::id, index)] parent_id: Option<i64>,
    }

    #[derive(Enum)]
    #[enamel(rename_all = "snake_case")]
    enum Role { Admin, Member }

    #[derive(Enum)]
    #[enamel(storage = text)]
    enum Mood { Sad, Happy }
"#;

/// What the models need, and what they cannot say.
const OTHERS: &str = "
CREATE DOMAIN email_address AS text CHECK (VALUE LIKE '%@%');
CREATE FUNCTION next_number() RETURNS int LANGUAGE sql AS 'SELECT 7';
";

/// The models of a source, named.
pub(super) fn schema(source: &str) -> Schema {
    let read = models(&["lib.rs".to_owned()], &Settings::default(), &mut |_| Ok(source.to_owned()));
    match read {
        Ok(models) => complete(&Schema::default(), &models.schema, &Edits::default()),
        Err(errors) => panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

/// What enamel writes from one set of models to another.
pub(super) fn drafted(previous: &Schema, next: &Schema) -> (String, String) {
    match draft(Pair::new(previous, next), &Edits::default(), Dialect::Postgres, &[]) {
        Ok(draft) => (
            write(&Header::default(), &draft.up, Dialect::Postgres),
            write(&Header::default(), &draft.down.unwrap(), Dialect::Postgres),
        ),
        Err(errors) => panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

fn proof(project: &Project, models: &Schema) -> Result<Proof, ProveError> {
    let claim = Claim { models, sealed: models, ignore: &[] };
    project.lend(|migrations| prove(migrations, claim, &Scratch::postgres()))
}

#[test]
fn what_is_drafted_is_proven() {
    if !is_there() {
        return;
    }
    let models = schema(MODELS);
    let (up, down) = drafted(&Schema::default(), &models);
    let project = project().with("others", OTHERS, "").with("first", &up, &down);
    let proof = proof(&project, &models).unwrap();
    assert!(proof.holds(), "{}\n{up}", proof.lines().join("\n"));
    assert_eq!(proof.down.map(|drift| drift.is_empty()), Some(true));
}

#[test]
fn what_was_written_by_hand_is_proven_whatever_its_spelling() {
    if !is_there() {
        return;
    }
    let models = schema(
        "#[derive(Table)] struct User {
            #[enamel(primary_key)] id: i64,
            #[enamel(default = 7, check = \"age > 0\")] age: i32,
            #[enamel(max_length = 10)] code: Option<String>,
            role: Role,
        }
        #[derive(Enum)] #[enamel(rename_all = \"snake_case\")] enum Role { Admin, Member }",
    );
    let project = project().with(
        "hand",
        "CREATE TYPE role AS ENUM ('member');
         ALTER TYPE role ADD VALUE 'admin' BEFORE 'member';
         CREATE TABLE public.users (id bigserial PRIMARY KEY, age int4 DEFAULT 3 + 4 NOT NULL);
         ALTER TABLE users ALTER COLUMN age SET DEFAULT 7, ADD COLUMN role role NOT NULL, ADD code character varying(10);
         ALTER TABLE users ADD CONSTRAINT old_enough CHECK (((age) > 0));",
        "DROP TABLE users;\nDROP TYPE role;\n",
    );
    let proof = proof(&project, &models).unwrap();
    assert!(proof.holds(), "{}", proof.lines().join("\n"));
    // It is by the name that somebody gave it that it is dropped one day.
    let named = proof.named(&models);
    assert_eq!(named.tables[0].checks[0].name.name().unwrap().as_str(), "old_enough");
}

#[test]
fn the_schema_of_the_connection_may_be_named() {
    if !is_there() {
        return;
    }
    let models = schema(
        "#[derive(Table)] #[enamel(schema = \"public\", index(name), unique(name, id))] struct User {
            #[enamel(primary_key)] id: i64,
            name: String,
        }
        #[derive(Table)] #[enamel(table = \"public\", schema = \"public\")] struct Public {
            #[enamel(primary_key, references = User::id)] id: i64,
        }
        #[derive(Table)] struct Note {
            #[enamel(references = User::id)] user_id: i64,
        }",
    );
    let (up, down) = drafted(&Schema::default(), &models);
    let proof = proof(&project().with("first", &up, &down), &models).unwrap();
    assert!(proof.holds(), "{}", proof.lines().join("\n"));
}

#[test]
fn a_serial_column_is_proven_to_count_in_another_way_and_back() {
    if !is_there() {
        return;
    }
    let previous = schema("#[derive(Table)] struct User { #[enamel(primary_key, identity = by_default)] id: i32 }");
    let next = schema("#[derive(Table)] struct User { #[enamel(primary_key, identity = always)] id: i64 }");
    let hand = project().with(
        "hand",
        "CREATE TABLE users (id serial CONSTRAINT users_pkey PRIMARY KEY);",
        "DROP TABLE users;",
    );
    let claim = Claim { models: &previous, sealed: &previous, ignore: &[] };
    let scratch = Scratch::postgres();
    let unmodelled = hand.lend(|migrations| {
        let replay = Replay::new(migrations, Version::new(1).unwrap(), claim, &scratch).unwrap();
        replay.found().unmodelled.clone()
    });
    assert_eq!(unmodelled.len(), 1, "its sequence: {unmodelled:?}");
    let draft = draft(Pair::new(&previous, &next), &Edits::default(), Dialect::Postgres, &unmodelled).unwrap();
    let text = |script| write(&Header::default(), script, Dialect::Postgres);
    let down = draft.down.as_ref().map(text).unwrap();
    let proof = proof(&hand.with("next", &text(&draft.up), &down), &next).unwrap();
    assert!(proof.holds(), "{}\n{down}", proof.lines().join("\n"));
}

#[test]
fn what_differs_is_told() {
    if !is_there() {
        return;
    }
    let models = schema(
        "#[derive(Table)] #[enamel(index(age))] struct User {
            #[enamel(primary_key)] id: i64,
            #[enamel(references = Tenant::id)] tenant_id: i64,
            #[enamel(check = \"age > 0\")] age: i32,
            role: Role,
        }
        #[derive(Table)] struct Tenant { #[enamel(primary_key)] id: i64 }
        #[derive(Enum)] #[enamel(rename_all = \"snake_case\")] enum Role { Admin, Member }",
    );
    let project = project().with(
        "hand",
        "CREATE TYPE role AS ENUM ('admin');
         CREATE TABLE tenants (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);
         CREATE TABLE users (id bigint PRIMARY KEY, tenant_id bigint, age bigint, role role NOT NULL);
         ALTER TABLE users ADD FOREIGN KEY (tenant_id) REFERENCES tenants NOT VALID;
         CREATE VIEW old AS SELECT id FROM users WHERE age > 70;",
        "DROP TABLE users CASCADE;\nDROP TYPE role;\n",
    );
    let proof = proof(&project, &models).unwrap();
    snapbox::assert_data_eq!(
        proof.lines().join("\n"),
        str![[r#"
role: the models say an enum of 'admin', 'member', the revisions produce an enum of 'admin' (last in migrations/V0001__hand.sql)
users.id: the models say counting up, the revisions produce no identity (last in migrations/V0001__hand.sql)
users.tenant_id: the models say NOT NULL, the revisions produce NULL (last in migrations/V0001__hand.sql)
users.age: the models say integer NOT NULL, the revisions produce bigint NULL (last in migrations/V0001__hand.sql)
users: the models say index ix_users_age on users(age), the revisions produce no such index (last in migrations/V0001__hand.sql)
users: the models say foreign key users(tenant_id) to tenants(id), the revisions produce no such key (last in migrations/V0001__hand.sql)
users: the models say check ((age > 0)), the revisions produce no such check (last in migrations/V0001__hand.sql)
tenants: before migrations/V0001__hand.sql there was no such table, migrations/V0001__hand.down.sql leaves this table
"#]]
    );
}

#[test]
fn a_database_is_compared_as_it_is() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let models = schema(MODELS);
    let (up, down) = drafted(&Schema::default(), &models);
    let project = project().with("others", OTHERS, "").with("first", &up, &down);
    project.upgrade(&mut client).unwrap();
    let claim = Claim { models: &models, sealed: &models, ignore: &[] };
    let mut lines = || {
        project
            .lend(|migrations| compare(&mut client, migrations, claim, &Scratch::postgres()))
            .unwrap()
            .lines(Side::Models)
    };
    assert_eq!(lines(), [""; 0]);
    database
        .connect()
        .batch_execute("ALTER TABLE users ALTER COLUMN tags DROP NOT NULL; DROP INDEX ix_users_parent_id")
        .unwrap();
    snapbox::assert_data_eq!(
        lines().join("\n"),
        str![[r#"
users.tags: the models say NOT NULL, the database has NULL (last in migrations/V0002__first.sql)
users: the models say index ix_users_parent_id on users(parent_id), the database has no such index (last in migrations/V0002__first.sql)
"#]]
    );
}
