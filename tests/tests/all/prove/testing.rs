//! What `enamel_runtime::testing` tells the tests of a program.

use super::kit::with;
use enamel_runtime::rusqlite::Connection;
use enamel_runtime::scratch::Scratch;
use enamel_runtime::testing::{Mismatch, Template, find_mismatch, models_match};
use enamel_runtime::{Dialect, Migrations, Models};
use enamel_schema::lock::TYPES;
use enamel_schema::schema::{Column, Name, Table, TableName, Type};
use enamel_schema::{Lock, Pair, Schema};
use std::collections::BTreeMap;

/// The text of a lock file that seals one table with one column.
fn lock() -> String {
    let mut readers = Table::new(TableName::new(Name::new("readers").unwrap()));
    readers.columns = vec![Column::new(Name::new("name").unwrap(), Type::Text { max_length: None })];
    let lock = Lock {
        types: TYPES,
        history: Migrations::NONE.history.to_owned(),
        models: Vec::new(),
        type_map: BTreeMap::new(),
        doc_comments: false,
        folders: false,
        dialects: BTreeMap::from([(Dialect::Sqlite, Vec::new())]),
        schema: Schema { tables: vec![readers], ..Schema::default() },
    };
    lock.write()
}

/// What `models_match` says of a program with this revision and this verdict on its models.
fn told(up: &str, models: Models<'_>) -> Option<String> {
    let lock = lock();
    let text = Pair::new(up.to_owned(), "DROP TABLE readers;".to_owned());
    with(&[&text], |migrations| {
        let migrations = Migrations { models, lock: &lock, ..migrations.clone() };
        find_mismatch(&migrations, &Scratch::sqlite()).err().map(|mismatch| mismatch.to_string())
    })
}

#[test]
fn revisions_that_make_the_models_match() {
    assert_eq!(told("CREATE TABLE readers (name TEXT NOT NULL);", Models::Match), None);
}

#[test]
fn what_differs_is_told_with_the_file_and_the_command() {
    assert_eq!(
        told("CREATE TABLE readers (name TEXT);", Models::Match).unwrap(),
        "the revisions do not produce what the models say
note: readers.name: the models say NOT NULL, the revisions produce NULL (last in migrations/V0001__a.sql)
hint: correct the newest revision, and run `cargo enamel seal`"
    );
    let line = "readers.age: the models say i64, the lock file has no such column (last in migrations/V0001__a.sql)";
    assert_eq!(
        told("CREATE TABLE readers (name TEXT NOT NULL);", Models::Differ(&[line])).unwrap(),
        format!(
            "the models differ from revision 0001, which is the head
note: {line}
hint: `cargo enamel revision -m \"…\" --autogenerate` writes what they changed
hint: `cargo enamel seal`, if a revision that was written by hand makes the change"
        )
    );
    assert_eq!(
        told("CREATE TABLE readers (name TEXT NOT NULL);", Models::Unchecked).unwrap(),
        "the models were not compared with the newest revision\nhint: leave `models = allow` out of `embed!`"
    );
}

#[test]
fn a_test_panics_with_the_same_words() {
    let mismatch = find_mismatch(&Migrations::NONE, &Scratch::sqlite()).unwrap_err();
    assert!(matches!(mismatch, Mismatch::Unchecked));
    let panic = std::panic::catch_unwind(|| models_match(&Migrations::NONE, &Scratch::sqlite())).unwrap_err();
    assert_eq!(panic.downcast_ref::<String>(), Some(&mismatch.to_string()));
}

#[test]
fn copies_of_a_template_are_databases_of_their_own() {
    let text = Pair::new("CREATE TABLE readers (name TEXT NOT NULL);".to_owned(), String::new());
    with(&[&text], |migrations| {
        let template = Template::new(migrations, Scratch::sqlite());
        let count = |connection: &Connection| -> i64 {
            connection.query_row("SELECT count(*) FROM readers", [], |row| row.get(0)).unwrap()
        };
        let (one, other) = (template.connection(), template.connection());
        one.execute("INSERT INTO readers VALUES ('Ada')", []).unwrap();
        assert_eq!((count(&one), count(&other), count(&template.connection())), (1, 0, 0));

        let (one, other) = (template.file(), template.file());
        let mut copy = Connection::open(one.url().strip_prefix("sqlite:").unwrap()).unwrap();
        copy.execute_batch("PRAGMA journal_mode = WAL; INSERT INTO readers VALUES ('Ada')").unwrap();
        assert_eq!((count(&copy), count(&Connection::open(other.path()).unwrap())), (1, 0));
        let report = migrations.upgrade(&mut copy).unwrap();
        assert!(report.done.is_empty(), "{report}");
        let beside = format!("{}-wal", one.path().display());
        assert!(one.path().exists() && std::path::Path::new(&beside).exists());
        let path = one.path().to_owned();
        drop(one);
        assert!(!path.exists() && !std::path::Path::new(&beside).exists());
    });
}

#[test]
fn a_copy_is_prepared_as_the_scratch_database_is() {
    let scratch = Scratch::sqlite().prepared(|connection| connection.execute_batch("PRAGMA case_sensitive_like = ON"));
    let copy = Template::new(&Migrations::NONE, scratch).connection();
    let alike: bool = copy.query_row("SELECT 'a' LIKE 'A'", [], |row| row.get(0)).unwrap();
    assert!(!alike);
}

#[test]
#[should_panic(expected = "no such table: nowhere")]
fn a_template_that_cannot_be_migrated_says_why() {
    let text = Pair::new("INSERT INTO nowhere VALUES (1);".to_owned(), String::new());
    with(&[&text], |migrations| Template::new(migrations, Scratch::sqlite()).connection());
}
