//! What is written is read; what is not ours is told.

mod part;
mod wild;

use super::*;
use crate::schema::{Column, ConstraintName, Name, PrimaryKey, Table, TableName, Type};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

const SMALL: &str = "\
# about
enamel.lock 1
types 1
history enamel_schema_history
layout folders
models src/lib.rs ../entities/src/lib.rs
type Money bigint
comments doc

sqlite
0001 first up HASH1 chain HASH1
0002 add_email up HASH2 down HASH1 chain HASH3  accepts HASH3  accepts HASH1  unproven

postgres from 0002
0002 baseline up HASH2 chain HASH2

schema
extension citext
enum role(admin=0, \"in transit\"=-1) storage=text
table auth.users strict without_rowid unlogged engine=InnoDB charset=utf8mb4 collate=\"utf8 bin\" comment=\"people\\nwho\"
column auth.users.id i64 identity(always, never_reused)
column auth.users.email text(320) null default=text(\"\") collate(\"nocase\") comment=\"where\"
column auth.users.total f64 generated=stored(\"a * b\", sqlite=\"a*b\")
column auth.users.role enum(role) default=variant(admin)
column auth.users.tags array(sql(\"citext\", mysql=\"text\"))
column auth.users.data bytes(0, 16) default=bytes(00ff)
primary_key auth.users(id) derived=users_pkey
unique auth.users(email, role) nulls_not_distinct deferrable=deferred name=ux
index auth.users(email desc nulls_last collate=C class=text_ops, sql(\"lower(email)\")) unique where(\"id > 0\") using=gin include(id) with(fillfactor=70) derived=ix
foreign_key auth.users(boss) references users(id) on_delete=cascade on_update=set_null deferrable=immediate name=fk
check auth.users(\"id > 0\") derived=ck_users_id
exclude auth.users(\"USING gist (c WITH &&)\") name=ex
";

fn small() -> String {
    ["HASH1", "HASH2", "HASH3"]
        .iter()
        .fold(SMALL.to_owned(), |text, hash| text.replace(hash, &Checksum::of(hash).to_string()))
}

fn message(text: &str) -> (usize, String) {
    let diagnostic = Lock::parse(text, "migrations/enamel.lock").unwrap_err();
    let place = diagnostic.place.clone().unwrap();
    assert_eq!(place.path, "migrations/enamel.lock");
    assert!(text.get(place.range).is_some());
    assert_eq!(diagnostic.hints.len(), 1);
    (place.line, format!("{}; {}", diagnostic.message, diagnostic.hints[0]))
}

#[test]
fn the_text_is_the_value() {
    let lock = Lock::parse(&small(), "enamel.lock").unwrap();
    assert_eq!(lock.dialects[&Dialect::Sqlite][1].accepts.len(), 2);
    let written = lock.write();
    let about = written.lines().take_while(|line| line.starts_with('#')).count();
    let lines: Vec<String> = written
        .lines()
        .skip(about)
        .map(|line| line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
        .collect();
    let expected: Vec<String> = small().lines().skip(1).map(|line| line.replace("  ", " ")).collect();
    assert_eq!(lines, expected);
    assert_eq!(Lock::parse(&written.replace('\n', "\r\n"), "enamel.lock"), Ok(lock));
}

#[test]
fn what_git_left_is_told_with_the_way_out() {
    for mark in ["<<<<<<< HEAD", "=======", ">>>>>>> theirs", "||||||| base"] {
        let (line, message) = message(&small().replace("\nsqlite\n", &format!("\n{mark}\nsqlite\n")));
        assert_eq!(line, 10);
        assert!(message.contains("cargo enamel rebase"), "{message}");
    }
    let twice = small().replace("\n0002 add_email", "\n0001 add_email");
    let (line, message) = message(&twice);
    assert_eq!(line, 12);
    assert!(
        message.contains("revision 0001 stands where 0002 should stand") && message.contains("cargo enamel rebase"),
        "{message}"
    );
}

#[test]
fn what_is_not_ours_is_told_with_its_line() {
    for (find, replace, line, part) in [
        ("enamel.lock 1", "enamel.lock 2", 2, "format 2"),
        ("enamel.lock 1", "enamel.lock", 2, "`enamel.lock 1`"),
        ("layout folders", "layout tree", 5, "`flat` or `folders`"),
        ("comments doc", "colour red", 8, "`types`"),
        ("types 1", "types 1 2", 3, "the end of the line"),
        ("types 1\n", "", 31, "`types 1`"),
        ("postgres from 0002", "postgres", 15, "0001 should stand"),
        ("baseline up ", "baseline up 00", 15, "64 hexadecimal digits"),
        (" chain ", " link ", 11, "`chain` and a hash"),
        ("postgres from", "sqlite from", 14, "a database"),
        ("text(320)", "txt", 22, "a type"),
        ("text(320)", "text(-1)", 22, "a number"),
        ("text(320) null", "text(320) nil", 22, "an attribute"),
        ("00ff", "0f0", 26, "hexadecimal digits"),
        ("column auth.users.total", "column users.total", 23, "a line of the table auth.users"),
        ("column auth.users.total", "column auth.users.email", 23, "does not stand above already"),
        ("auth.users(id) derived=users_pkey", "auth.users(id) derived=\"\"", 27, "a name"),
        ("auth.users(id) derived", "auth.users(id derived", 27, "`,` or `)`"),
        ("on_delete=cascade", "on_delete=CASCADE", 30, "`restrict`"),
        ("\"id > 0\") derived=ck", "\"id > 0) derived=ck", 31, "a text in quotes"),
        ("exclude ", "exclusion ", 32, "a line of the schema"),
    ] {
        assert!(small().contains(find), "{find}");
        let (found, message) = message(&small().replacen(find, replace, 1));
        assert!(message.contains(part), "{message}");
        assert_eq!(found, line, "{message}");
    }
    assert_eq!(message("").0, 1);
    assert!(message(small().split("schema\n").next().unwrap()).1.contains("`schema`"));
    let deep = small().replace("array(", &"array(".repeat(100_000));
    assert!(message(&deep).1.contains("nested less deep"));
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let hash = || any::<[u8; 32]>().prop_map(Checksum::from_bytes);
    (wild::name(), hash(), prop::option::of(hash()), hash(), vec(hash(), 0..3), any::<bool>()).prop_map(
        |(slug, up, down, chain, accepts, unproven)| Entry {
            version: Version::BASE,
            slug: slug.to_string(),
            up,
            down,
            chain,
            accepts,
            unproven,
        },
    )
}

fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
    (1..20_000_u32, vec(any_entry(), 0..4)).prop_map(|(first, mut entries)| {
        for (entry, number) in entries.iter_mut().zip(first..) {
            entry.version = Version::new(number).unwrap();
        }
        entries
    })
}

fn any_lock() -> impl Strategy<Value = Lock> {
    (
        (1..9_u32, wild::name(), any::<(bool, bool)>()),
        vec(prop_oneof!["(\\.\\./|[a-z]{1,4}/){0,3}[a-z]{1,4}\\.rs", wild::text()], 0..3),
        btree_map(wild::text(), wild::text(), 0..3),
        btree_map(prop::sample::select(Dialect::ALL.to_vec()), any_entries(), 0..3),
        wild::schema(),
    )
        .prop_map(|((types, history, (doc_comments, folders)), models, type_map, dialects, schema)| Lock {
            types,
            history: history.to_string(),
            models,
            type_map,
            doc_comments,
            folders,
            dialects,
            schema,
        })
}

proptest! {
    #[test]
    fn reading_what_was_written_gives_the_same(lock in any_lock()) {
        let text = lock.write();
        prop_assert_eq!(Lock::parse(&text, "enamel.lock"), Ok(lock.clone()));
        prop_assert_eq!(text, lock.write());
    }

    #[test]
    fn no_text_panics(
        cut in any::<prop::sample::Index>(),
        length in 0..20_usize,
        put in "[a-z\"\\\\(),.=\n <é-]{0,6}",
    ) {
        let mut text: Vec<char> = small().chars().collect();
        let start = cut.index(text.len());
        let end = (start + length).min(text.len());
        text.splice(start..end, put.chars());
        let text: String = text.into_iter().collect();
        if let Err(diagnostic) = Lock::parse(&text, "enamel.lock") {
            let place = diagnostic.place.unwrap();
            prop_assert!(text.get(place.range).is_some());
        }
    }
}

#[test]
fn a_thousand_tables_are_no_matter() {
    let name = |text: String| Name::new(text).unwrap();
    let tables = (0..1000).map(|table| {
        let mut made = Table::new(TableName::new(name(format!("table_{table:04}"))));
        made.columns = (0..10).map(|column| Column::new(name(format!("column_{column}")), Type::Json)).collect();
        made.primary_key =
            Some(PrimaryKey { name: ConstraintName::Unnamed, columns: vec![name("column_0".to_owned())] });
        made
    });
    let schema = Schema { tables: tables.collect(), ..Schema::default() };
    let lock = Lock { schema, ..Lock::parse(&small(), "enamel.lock").unwrap() };
    let text = lock.write();
    assert_eq!(text.lines().count(), small().lines().count() - 15 + 12 * 1000 + 1);
    assert_eq!(Lock::parse(&text, "enamel.lock"), Ok(lock));
}
