//! Texts, and what they say.

use super::*;
use enamel_schema::schema::{ConstraintName, Deferrable, ForeignKey, UnmodelledKind};
use enamel_schema::{Name, Sql, TableName};

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn table(table_name: &str) -> Table {
    Table::new(TableName::new(name(table_name)))
}

fn of(text: &str) -> BTreeMap<String, Fate> {
    fates(text, &[table("a"), table("B")], &[], &Edits::default(), Dialect::Sqlite)
}

/// What the text says of table `a`, in words.
fn said(text: &str) -> String {
    words(of(text).get("a"))
}

fn words(fate: Option<&Fate>) -> String {
    let Some(Fate { next, renamed, touch }) = fate else { return "gone".to_owned() };
    let mut words = vec![next.clone()];
    words.extend(renamed.iter().map(|(previous, next)| format!("{previous}→{next}")));
    let flags = [(touch.adds, "adds"), (touch.removes, "removes"), (touch.replaces, "replaces")];
    words.extend(flags.iter().filter(|(is, _)| *is).map(|(_, word)| (*word).to_owned()));
    words.extend(touch.columns.iter().map(|column| format!("={column}")));
    words.join(" ")
}

#[test]
fn statements_say_what_they_touch() {
    for (text, expected) in [
        ("SELECT * FROM a", "a"),
        ("DELETE FROM b", "a"),
        ("delete from \"A\" where x in (select 1)", "a removes"),
        ("DELETE FROM main.a; INSERT INTO [a] VALUES (1)", "a adds removes"),
        ("INSERT OR IGNORE INTO a SELECT * FROM b", "a adds"),
        ("INSERT OR REPLACE INTO a SELECT * FROM b", "a adds removes replaces"),
        ("REPLACE INTO a VALUES (replace(1, 2, 3))", "a adds removes replaces"),
        ("INSERT INTO a VALUES (1) ON CONFLICT (x) DO UPDATE SET y = excluded.y, z = 1", "a adds =y =z"),
        ("INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING", "a adds"),
        (
            "UPDATE OR FAIL a AS t INDEXED BY i SET X = (SELECT max(c), d = e FROM b), (y, z) = (1, 2) WHERE w = 3",
            "a =x =y =z",
        ),
        ("UPDATE a SET x = CASE WHEN y THEN z END, w = 1 FROM b WHERE b.x = a.x RETURNING v", "a =w =x"),
        ("WITH c AS (SELECT 1) UPDATE a SET x = 1", "a =x"),
        ("-- enamel: must be empty: rows\nSELECT * FROM a; -- DELETE FROM a", "a"),
        ("CREATE TABLE c (x REFERENCES a ON UPDATE SET NULL ON DELETE SET DEFAULT)", "a"),
        ("CREATE TRIGGER t AFTER UPDATE ON b BEGIN DELETE FROM a; END", "a"),
        ("UPDATE", "a"),
        ("INSERT INTO", "a"),
        ("ALTER TABLE a RENAME", "a"),
        ("UPDATE a SET (", "a"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn tables_are_followed() {
    for (text, expected) in [
        ("DROP TABLE a", "gone"),
        ("DROP TABLE IF EXISTS main.a", "gone"),
        ("ALTER TABLE a RENAME TO c", "c"),
        ("ALTER TABLE a RENAME TO c; UPDATE c SET x = 1; ALTER TABLE c RENAME x TO y", "c x→y =y"),
        (
            "ALTER TABLE a RENAME COLUMN x TO t; ALTER TABLE a RENAME COLUMN y TO x; ALTER TABLE a RENAME t TO y",
            "a x→y y→x",
        ),
        ("CREATE TABLE n (x); INSERT INTO n SELECT x FROM a; DROP TABLE a; ALTER TABLE n RENAME TO a", "a"),
        (
            "CREATE TABLE n (x); INSERT OR IGNORE INTO n SELECT x FROM a; DROP TABLE a; ALTER TABLE n RENAME TO a",
            "a removes",
        ),
        ("CREATE TABLE n (x); UPDATE n SET x = 1; DROP TABLE a; ALTER TABLE n RENAME TO a", "a =x"),
        ("ALTER TABLE a RENAME TO o; CREATE TABLE a (x); INSERT INTO a SELECT x FROM o; DROP TABLE o", "a"),
        ("ALTER TABLE a RENAME TO o; CREATE TABLE a (x)", "o"),
        ("CREATE TABLE IF NOT EXISTS a (x); INSERT INTO a VALUES (1)", "a adds"),
        ("DROP TABLE a; CREATE TABLE a (x); DELETE FROM a", "a removes"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn keys_carry_it_on() {
    let key = |table: &str, on_delete, on_update| ForeignKey {
        name: ConstraintName::Unnamed,
        columns: vec![name(&format!("{table}_id"))],
        referenced_table: TableName::new(name(table)),
        referenced_columns: vec![name("id")],
        on_delete,
        on_update,
        deferrable: Deferrable::No,
    };
    let with_key = |mut table: Table, key| {
        table.foreign_keys.push(key);
        table
    };
    let tables = [
        with_key(table("c"), key("b", Action::SetNull, Action::NoAction)),
        with_key(table("b"), key("a", Action::Cascade, Action::Cascade)),
        table("a"),
        with_key(table("d"), key("a", Action::Restrict, Action::NoAction)),
    ];
    let said = |text: &str| {
        let fates = fates(text, &tables, &[], &Edits::default(), Dialect::Sqlite);
        ["b", "c", "d"].map(|table| words(fates.get(table)))
    };
    assert_eq!(said("DELETE FROM a"), ["b removes", "c =b_id", "d"]);
    assert_eq!(said("UPDATE a SET id = 1"), ["b =a_id", "c", "d"]);
    assert_eq!(said("UPDATE a SET x = 1"), ["b", "c", "d"]);
    assert_eq!(said("REPLACE INTO a VALUES (1)"), ["b removes =a_id", "c =b_id", "d"]);
}

#[test]
fn triggers_go_off() {
    let trigger = |table: &str, body: &str| Unmodelled {
        kind: UnmodelledKind::Trigger,
        name: name(&format!("on_{table}")),
        table: Some(TableName::new(name(table))),
        sql: format!("CREATE TRIGGER on_{table} AFTER UPDATE OF x ON {table} BEGIN {body}; END"),
    };
    let objects = [trigger("b", "UPDATE a SET y = 1"), trigger("v", "DELETE FROM b")];
    let said = |text: &str| {
        let fates = fates(text, &[table("a"), table("b")], &objects, &Edits::default(), Dialect::Sqlite);
        ["a", "b"].map(|table| words(fates.get(table)))
    };
    assert_eq!(said("UPDATE v SET x = 1"), ["a =y", "b removes"]);
    assert_eq!(said("UPDATE a SET x = 1"), ["a =x", "b"]);
    assert_eq!(said("ALTER TABLE b ADD COLUMN x"), ["a", "b"]);
}

#[test]
fn the_header_has_its_say() {
    let mut answers = Edits::default();
    let a = TableName::new(name("A"));
    answers.conversions.insert((a.clone(), name("X")), Sql::new("x + 1"));
    answers.columns.push((a, enamel_schema::Pair::new(name("surname"), name("last_name"))));
    let fates = fates("", &[table("a"), table("b")], &[], &answers, Dialect::Sqlite);
    assert_eq!(words(fates.get("a")), "a surname→last_name =x");
    assert_eq!(words(fates.get("b")), "b");
}
