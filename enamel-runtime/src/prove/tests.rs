//! Proofs that hold and proofs that do not, of revisions written by hand.

mod rows;

use super::*;
use crate::migrations::{Models, Revision};
use enamel_schema::TableName;
use enamel_schema::mismatch::Side;
use enamel_schema::schema::{
    Check, Column, ConstraintName, DefaultValue, Identity, Index, IndexPart, Integer, PrimaryKey, Table, Type,
};
use enamel_schema::{Checksum, Name, Sql};
use include_dir::File;
use rusqlite::functions::FunctionFlags;

const USERS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, email TEXT NOT NULL, age BIGINT);";

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

/// Users with a counting key, an email and perhaps an age.
fn users() -> Table {
    let mut table = Table::new(TableName::new(name("users")));
    let mut id = Column::new(name("id"), Type::Integer(Integer::I64));
    id.identity = Some(Identity::default());
    let mut age = Column::new(name("age"), Type::Integer(Integer::I64));
    age.nullable = true;
    table.columns = vec![id, Column::new(name("email"), Type::Text { max_length: None }), age];
    table.primary_key = Some(PrimaryKey { name: ConstraintName::Unnamed, columns: vec![name("id")] });
    table
}

fn email_index(index_name: ConstraintName) -> Index {
    Index {
        name: index_name,
        unique: true,
        parts: vec![IndexPart::column(name("email"))],
        condition: None,
        method: None,
        include: Vec::new(),
        with: Vec::new(),
        nulls_not_distinct: false,
    }
}

fn schema(tables: &[Table]) -> Schema {
    let mut schema = Schema { tables: tables.to_vec(), ..Schema::default() };
    schema.sort();
    schema
}

/// Lends revisions with these texts, up and down.
fn with<T>(texts: &[(&str, Option<&str>)], borrow: impl FnOnce(&Migrations<'_>) -> T) -> T {
    let paths: Vec<(String, String)> = (1..=texts.len())
        .map(|number| (format!("V{number:04}__step.sql"), format!("V{number:04}__step.down.sql")))
        .collect();
    let mut revisions: Vec<Revision<'_>> = Vec::new();
    for (position, ((up_path, down_path), (up, down))) in paths.iter().zip(texts).enumerate() {
        let sha256 = Checksum::of(up);
        let previous = revisions.last().map(|revision| revision.chain);
        revisions.push(Revision {
            version: Version::new(u32::try_from(position).unwrap() + 1).unwrap(),
            name: "step",
            up: File::new(up_path, up.as_bytes()),
            down: down.map(|down| File::new(down_path, down.as_bytes())),
            sha256,
            chain: Checksum::chained(previous.as_ref(), &sha256),
            accepts: &[],
        });
    }
    let folders = [Folder { dialect: enamel_schema::Dialect::Sqlite, revisions: &revisions }];
    borrow(&Migrations { package: "shop", folders: &folders, models: Models::Unchecked, ..Migrations::NONE })
}

fn proof(texts: &[(&str, Option<&str>)], models: &Schema) -> Proof {
    let claim = Claim { models, sealed: models, ignore: &[] };
    with(texts, |migrations| prove(migrations, claim, &Scratch::sqlite())).unwrap()
}

#[test]
fn how_a_table_is_written_does_not_matter() {
    let written = "create table \"users\" -- people
        ( email text not null, age bigint default null, [id] integer not null primary key );
        create unique index anything on users (email);";
    let mut users = users();
    users.indexes.push(email_index(ConstraintName::Derived(name("ix_users_email"))));
    let proof = proof(&[(written, Some("DROP TABLE users;"))], &schema(&[users]));
    assert_eq!(proof.lines(), [""; 0]);
    assert!(proof.holds());
    assert_eq!(proof.head.number(), 1);
}

#[test]
fn each_difference_is_a_line_with_the_file_that_last_named_the_table() {
    let texts = [
        ("CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, email TEXT, age BIGINT CHECK (age > 0));", None),
        ("CREATE INDEX surplus ON users (age);", None),
        ("CREATE TABLE orders (id INTEGER PRIMARY KEY NOT NULL);", None),
    ];
    let mut users = users();
    users.indexes.push(email_index(ConstraintName::Derived(name("ix_users_email"))));
    let mut orders = Table::new(TableName::new(name("orders")));
    orders.columns = users.columns[..1].to_vec();
    orders.primary_key.clone_from(&users.primary_key);
    let mut books = orders.clone();
    books.name = TableName::new(name("books"));
    let proof = proof(&texts, &schema(&[users, orders, books]));
    assert!(!proof.holds());
    assert!(proof.down.is_none());
    assert_eq!(
        proof.lines(),
        [
            "users: the models say no such check, the revisions produce check (age > 0) (last in migrations/V0002__step.sql)",
            "users: the models say no such index, the revisions produce index surplus on users(age) (last in migrations/V0002__step.sql)",
            "users.email: the models say NOT NULL, the revisions produce NULL (last in migrations/V0002__step.sql)",
            "users: the models say unique index ix_users_email on users(email), the revisions produce no such index (last in migrations/V0002__step.sql)",
            "books: the models say this table, the revisions produce no such table",
        ]
    );
}

#[test]
fn the_name_of_an_index_counts_where_the_model_states_it() {
    let written = format!("{USERS} CREATE UNIQUE INDEX found ON users (email);");
    let mut users = users();
    users.indexes.push(email_index(ConstraintName::Stated(name("stated"))));
    let mut models = schema(&[users]);
    assert_eq!(proof(&[(&written, None)], &models).differences.len(), 2);
    models.tables[0].indexes[0].name = ConstraintName::Stated(name("found"));
    assert!(proof(&[(&written, None)], &models).holds());
}

#[test]
fn an_index_keeps_the_name_that_it_has() {
    let written = format!("{USERS} CREATE INDEX theirs ON users (age); CREATE UNIQUE INDEX stated ON users (email);");
    let mut users = users();
    let mut by_age = email_index(ConstraintName::Derived(name("ix_users_age")));
    by_age.unique = false;
    by_age.parts = vec![IndexPart::column(name("age"))];
    by_age.method = Some("hash".to_owned());
    users.indexes = vec![by_age, email_index(ConstraintName::Stated(name("stated")))];
    let models = schema(&[users]);
    let proof = proof(&[(&written, None)], &models);
    assert!(proof.holds(), "{:?}", proof.lines());
    let mut expected = models.clone();
    expected.tables[0].indexes[0].name = ConstraintName::Derived(name("theirs"));
    assert_eq!(proof.named(&models), expected);
}

#[test]
fn a_way_back_must_lead_back() {
    let trigger = "CREATE TRIGGER watch AFTER INSERT ON users BEGIN SELECT 1; END;";
    let without_age = "CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, email TEXT NOT NULL);";
    let first = format!("{without_age} {trigger}");
    let models = schema(&[users()]);
    let told = |down: &str| {
        proof(&[(&first, None), ("ALTER TABLE users ADD COLUMN age BIGINT;", Some(down))], &models).lines()
    };
    assert_eq!(told("ALTER TABLE users DROP COLUMN age;"), [""; 0]);
    assert_eq!(
        told("ALTER TABLE users DROP COLUMN age; DROP TRIGGER watch; CREATE VIEW extra AS SELECT 1;"),
        [
            "trigger watch: before migrations/V0002__step.sql there was this trigger, migrations/V0002__step.down.sql leaves no such trigger",
            "view extra: migrations/V0002__step.down.sql leaves this view, before migrations/V0002__step.sql there was no such view",
        ]
    );
}

#[test]
fn a_rename_and_its_way_back_may_leave_quotes_in_views_and_triggers() {
    let first = format!(
        "{USERS} CREATE VIEW adults AS SELECT id FROM users WHERE age > 17; CREATE TABLE theirs (a REFERENCES users (id));
         CREATE TRIGGER watch AFTER INSERT ON users BEGIN UPDATE users SET age = 1 WHERE id = NEW.id; END;"
    );
    let mut people = users();
    people.name.name = name("people");
    let (before, models) = (schema(&[users()]), schema(&[people]));
    let claim = Claim { models: &models, sealed: &before, ignore: &[] };
    let lines = |down: &str| {
        let texts = [(first.as_str(), None), ("ALTER TABLE users RENAME TO people;", Some(down))];
        with(&texts, |migrations| prove(migrations, claim, &Scratch::sqlite())).unwrap().lines()
    };
    assert_eq!(lines("ALTER TABLE people RENAME TO users;"), [""; 0]);
    assert_eq!(
        lines("ALTER TABLE people RENAME TO users; DROP VIEW adults; CREATE VIEW adults AS SELECT id FROM users;"),
        [
            "view adults: before migrations/V0002__step.sql there was one text, migrations/V0002__step.down.sql leaves another"
        ]
    );
}

#[test]
fn the_first_revision_goes_back_to_nothing() {
    let models = schema(&[users()]);
    let left =
        proof(&[(USERS, Some("ALTER TABLE users RENAME TO people; ALTER TABLE people RENAME TO users;"))], &models);
    let told = left.down.unwrap();
    assert_eq!(told.changes.len(), 1);
    let back = proof(&[(USERS, Some("DROP TABLE users;"))], &models);
    assert_eq!(back.down, Some(Drift::default()));
    assert_eq!(back.up_again, Some(Drift::default()));
}

#[test]
fn tables_of_others_are_listed_and_no_difference() {
    let written = format!(
        "{USERS} CREATE TABLE theirs (a, b); CREATE TABLE audit_log (a); CREATE VIEW adults AS SELECT * FROM users WHERE age > 17;"
    );
    let models = schema(&[users()]);
    let claim = Claim { models: &models, sealed: &models, ignore: &["audit_*".to_owned()] };
    let texts = [(written.as_str(), None)];
    let proof = with(&texts, |migrations| prove(migrations, claim, &Scratch::sqlite())).unwrap();
    assert!(proof.holds(), "{:?}", proof.lines());
    let told: Vec<_> = proof.found.unmodelled.iter().map(|object| (object.kind.word(), object.name.as_str())).collect();
    assert_eq!(told, [("table", "theirs"), ("view", "adults")]);
}

#[test]
fn a_table_that_models_dropped_must_be_gone() {
    let sealed = schema(&[users()]);
    let nothing = schema(&[]);
    let claim = Claim { models: &nothing, sealed: &sealed, ignore: &[] };
    let lines = with(&[(USERS, None)], |migrations| prove(migrations, claim, &Scratch::sqlite())).unwrap().lines();
    assert_eq!(
        lines,
        ["users: the models say no such table, the revisions produce this table (last in migrations/V0001__step.sql)"]
    );
}

#[test]
fn a_replay_goes_on_to_the_proof() {
    let scratch = Scratch::sqlite();
    let models = schema(&[users()]);
    let claim = Claim { models: &models, sealed: &Schema::default(), ignore: &[] };
    let first = "CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, email TEXT NOT NULL);
        CREATE TRIGGER watch AFTER INSERT ON users BEGIN SELECT 1; END;";
    let one = Version::new(1).unwrap();
    let replay = with(&[(first, None)], |migrations| Replay::new(migrations, one, claim, &scratch)).unwrap();
    assert_eq!(replay.found().unmodelled[0].name.as_str(), "watch");
    let second = ("ALTER TABLE users ADD COLUMN age BIGINT;", Some("ALTER TABLE users DROP COLUMN age;"));
    let proof = with(&[(first, None), second], |migrations| replay.prove(migrations)).unwrap();
    assert!(proof.holds(), "{:?}", proof.lines());
    assert!(proof.down.is_some());
}

#[test]
fn a_live_database_is_compared_and_its_history_passed_over() {
    let models = schema(&[users()]);
    let claim = Claim { models: &models, sealed: &models, ignore: &[] };
    let mut connection = rusqlite::Connection::open_in_memory().unwrap();
    with(&[(USERS, None)], |migrations| migrations.upgrade(&mut connection)).unwrap();
    let compared = |connection: &mut rusqlite::Connection| {
        compare(connection, &Migrations::NONE, claim, &Scratch::sqlite()).unwrap()
    };
    assert_eq!(compared(&mut connection).lines(Side::Models), [""; 0]);
    connection.execute_batch("ALTER TABLE users DROP COLUMN age").unwrap();
    let comparison = compared(&mut connection);
    assert_eq!(comparison.lines(Side::Models), ["users.age: the models say BIGINT, the database has no such column"]);
    assert_eq!(comparison.found.unmodelled, []);
}

#[test]
fn nothing_at_all_is_proven_too() {
    let proof = proof(&[], &Schema::default());
    assert!(proof.holds());
    assert_eq!(proof.head, Version::BASE);
}

#[test]
fn what_cannot_be_run_or_built_is_an_error() {
    let models = schema(&[users()]);
    let claim = Claim { models: &models, sealed: &models, ignore: &[] };
    let error = with(&[("CREATE TABLE users (", None)], |migrations| prove(migrations, claim, &Scratch::sqlite()));
    assert!(matches!(error, Err(ProveError::Revisions(_))), "{error:?}");

    let mut table = users();
    table.columns[1].data_type = Type::Array(Box::new(Type::Boolean));
    let models = schema(&[table]);
    let claim = Claim { models: &models, sealed: &models, ignore: &[] };
    let error = with(&[(USERS, None)], |migrations| prove(migrations, claim, &Scratch::sqlite()));
    assert!(matches!(error, Err(ProveError::Models(_))), "{error:?}");
}

#[test]
fn functions_of_the_program_can_be_registered() {
    let mut table = users();
    table.columns[1].default = Some(DefaultValue::Sql(Sql::new("(shout('x'))")));
    table.checks.push(Check { name: ConstraintName::Unnamed, expression: Sql::new("email = shout(email)") });
    let written =
        "CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, email TEXT NOT NULL DEFAULT (shout('x')), age BIGINT,
            CHECK (email = shout(email)));
        INSERT INTO users (age) VALUES (7);";
    let models = schema(&[table]);
    let claim = Claim { models: &models, sealed: &models, ignore: &[] };
    let prove_with = |scratch: &Scratch| with(&[(written, None)], |migrations| prove(migrations, claim, scratch));
    assert!(prove_with(&Scratch::sqlite()).is_err());
    let scratch = Scratch::sqlite().prepared(|connection| {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection.create_scalar_function("shout", 1, flags, |context| Ok(context.get::<String>(0)?.to_uppercase()))
    });
    let proof = prove_with(&scratch).unwrap();
    assert!(proof.holds(), "{:?}", proof.lines());
}
