use super::*;
use crate::diff::diff;
use crate::edits::Edits;
use crate::kit::{index, name, table, table_name};
use crate::schema::{Column, Enumeration, EnumerationValue, Storage};

fn text(column: &str) -> Column {
    Column::new(name(column), Type::Text { max_length: None })
}

fn texts(texts: &[&'static str]) -> UpTexts<'static> {
    let texts = texts.iter().zip(1..).map(|(text, number)| (format!("V{number:04}.sql"), *text));
    UpTexts { dialect: Dialect::Sqlite, texts: texts.collect() }
}

fn lines(previous: &Schema, next: &Schema, edits: &Edits, written: &[&'static str]) -> Vec<String> {
    let changes = diff(previous, next, edits);
    Differences::new(&changes, previous, &texts(written)).lines(Pair::new(Side::LockFile, Side::Models))
}

#[test]
fn each_difference_names_the_revision_that_last_touched_its_table() {
    let email = text("email");
    let maybe = Column { nullable: true, ..email.clone() };
    let mut indexed = table("tags", vec![email.clone()]);
    indexed.indexes.push(index(&["email"]));
    let previous = Schema {
        tables: vec![table("users", vec![maybe, text("nick")]), table("logs", vec![text("line")])],
        ..Schema::default()
    };
    let next = Schema { tables: vec![indexed, table("users", vec![email, text("name")])], ..Schema::default() };
    let written = [
        "CREATE TABLE users (email TEXT); CREATE TABLE logs (line TEXT);",
        "ALTER TABLE \"Users\" ADD COLUMN nick TEXT; -- logs",
        "SELECT 'users';",
    ];
    assert_eq!(
        lines(&previous, &next, &Edits::default(), &written),
        [
            "logs: the models say no such table, the lock file has this table (last in V0001.sql)",
            "users.nick: the models say no such column, the lock file has text NOT NULL (last in V0002.sql)",
            "users.email: the models say NOT NULL, the lock file has NULL (last in V0002.sql)",
            "users.name: the models say text NOT NULL, the lock file has no such column (last in V0002.sql)",
            "tags: the models say this table, the lock file has no such table",
        ]
    );
}

#[test]
fn a_table_that_was_renamed_was_touched_by_its_former_name() {
    let previous = Schema { tables: vec![table("users", vec![text("email")])], ..Schema::default() };
    let next = Schema { tables: vec![table("people", vec![text("email"), text("nick")])], ..Schema::default() };
    let edits = Edits { tables: vec![Pair::new(table_name("users"), table_name("people"))], ..Edits::default() };
    assert_eq!(
        lines(&previous, &next, &edits, &["CREATE TABLE users (email TEXT);"]),
        [
            "people: the models say the name people, the lock file has the name users (last in V0001.sql)",
            "people.nick: the models say text NOT NULL, the lock file has no such column (last in V0001.sql)",
        ]
    );
}

#[test]
fn an_enum_was_touched_with_the_tables_that_use_it() {
    let role = |values: &[&str]| {
        let value = |value: &&str| EnumerationValue { name: (*value).to_owned(), discriminant: 0 };
        let values = values.iter().map(value).collect();
        Schema {
            tables: vec![table("users", vec![Column::new(name("role"), Type::Enumeration(name("role")))])],
            enumerations: vec![Enumeration { name: name("role"), values, storage: Storage::Native }],
            ..Schema::default()
        }
    };
    assert_eq!(
        lines(
            &role(&["admin"]),
            &role(&["admin", "member"]),
            &Edits::default(),
            &["CREATE TABLE users (x TEXT);", "SELECT 1;"]
        ),
        ["role: the models say an enum of 'admin', 'member', the lock file has an enum of 'admin' (last in V0001.sql)"]
    );
}

#[test]
fn each_pair_of_sides_says_what_to_do() {
    let told = |previous, next| {
        told(Pair::new(previous, next), Version::new(7).unwrap(), vec!["a: b".to_owned()], Level::Error).to_string()
    };
    assert_eq!(
        told(Side::LockFile, Side::Models),
        "the models differ from revision 0007, which is the head\n\
         note: a: b\n\
         hint: `cargo enamel revision -m \"…\" --autogenerate` writes what they changed\n\
         hint: `cargo enamel seal`, if a revision that was written by hand makes the change"
    );
    assert_eq!(
        told(Side::Revisions, Side::Models),
        "the revisions do not produce what the models say\n\
         note: a: b\n\
         hint: correct the newest revision, and run `cargo enamel seal`"
    );
    assert_eq!(
        told(Side::Revisions, Side::LockFile),
        "the revisions do not produce what the lock file has\n\
         note: a: b\n\
         hint: correct the newest revision, and run `cargo enamel seal`"
    );
    assert_eq!(
        told(Side::Database, Side::Models),
        "the database is not as the revisions make it\n\
         note: a: b\n\
         hint: somebody changed it by hand: write the change as a revision, or take it back"
    );
}

#[test]
fn many_differences_are_cut_short() {
    let lines = |count: usize| (1..=count).map(|number| format!("t{number}")).collect::<Vec<_>>();
    assert_eq!(shortened(lines(20)), lines(20));
    assert_eq!(shortened(lines(23)).len(), 21);
    assert_eq!(shortened(lines(23))[19..], ["t20", "and 3 more, which `cargo enamel check` lists"]);
}
