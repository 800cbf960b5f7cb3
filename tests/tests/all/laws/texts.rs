//! No text makes a crate panic, whatever is in it.

use super::chance::law;
use super::corpus::{damaged, models, revisions};
use enamel_runtime::database_url::DatabaseUrl;
use enamel_schema::arbitrary::evolution::evolution;
use enamel_schema::draft::draft;
use enamel_schema::lower::lower;
use enamel_schema::parse::{Settings, models as parse};
use enamel_schema::render::Script;
use enamel_schema::revision::{Header, write};
use enamel_schema::split::{mentions, refused, rename_in, rename_qualifier_in, same_expression, statements, tokens};
use enamel_schema::{Answer, Dialect, Edits, Lock, Pair, Schema, naming};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::io;
use std::path::Path;

#[test]
fn sources_are_read_or_refused() {
    law("sources_are_read_or_refused", &damaged(models(), RUST), |source| {
        let settings = Settings { types: enamel_schema::lock::TYPES, ..Settings::default() };
        let mut read = |path: &str| match path {
            "src/lib.rs" => Ok(source.clone()),
            _ => Err(io::Error::from(io::ErrorKind::NotFound)),
        };
        let models = match parse(&["src/lib.rs".to_owned()], &settings, &mut read) {
            Ok(models) => models,
            Err(findings) if findings.is_empty() => return Err("it is refused without a word".to_owned()),
            Err(findings) => {
                // Whatever is said is said of a place that there is.
                let places = findings.iter().filter_map(|finding| finding.place.clone());
                let lost = places.into_iter().find(|place| source.get(place.range.clone()).is_none());
                return lost.map_or(Ok(()), |place| Err(format!("there is no such place: {place:?}")));
            }
        };
        let named = naming::complete(&Schema::default(), &models.schema, &Edits::default());
        read_back(named.clone())?;
        for dialect in Dialect::ALL {
            let nothing = Schema::default();
            if lower(&named, dialect).is_ok() {
                let draft = draft(Pair::new(&nothing, &named), &Edits::default(), dialect, &[]);
                draft.map_err(|errors| format!("it is lowered, but not drafted for {dialect}: {errors:?}"))?;
            }
        }
        Ok(())
    });
}

#[test]
fn sql_is_split_without_loss() {
    let case = (damaged(revisions(), SQL), damaged(revisions(), SQL));
    law("sql_is_split_without_loss", &case, |(sql, other)| {
        for dialect in Dialect::ALL {
            if tokens(&sql, dialect).iter().map(|token| token.text).collect::<String>() != sql {
                return Err(format!("its tokens for {dialect} are another text"));
            }
            let mut end = 0;
            for piece in statements(&sql, dialect) {
                let gap: Vec<_> = sql.get(end..piece.start).map(|gap| tokens(gap, dialect)).unwrap_or_default();
                if !gap.iter().all(|token| token.is_trivia() || token.is_symbol(";")) {
                    return Err(format!("something stands before line {} and in no statement", piece.line));
                }
                end = piece.start + piece.text.len();
            }
            refused(&sql, dialect, false);
        }
        if !same_expression(&sql, &sql) {
            return Err("it is not the same as itself".to_owned());
        }
        mentions(&sql, &other);
        rename_in(&sql, "name", &other);
        rename_qualifier_in(&sql, "users", &other);
        Ok(())
    });
}

#[test]
fn headers_are_read_or_refused() {
    law("headers_are_read_or_refused", &damaged(revisions(), HEADER), |text| {
        let Ok(mut header) = Header::parse(&text) else { return Ok(()) };
        let written = write(&header, &Script::default(), Dialect::Sqlite);
        // A message is written without what a terminal obeys; a carriage return ends a line.
        let message = header.message.replace("\r\n", "\n").replace('\r', "\n");
        let printable = message.replace(|c: char| c.is_control() && c != '\n', " ");
        header.message = printable.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned();
        match Header::parse(&written) {
            Ok(again) if again == header => Ok(()),
            again => Err(format!("{header:?}\nis written as\n{written}\nand read as\n{again:?}")),
        }
    });
}

#[test]
fn answers_are_read_or_refused() {
    law("answers_are_read_or_refused", &damaged(answers(), HEADER), |text| {
        let Ok(answer) = text.parse::<Answer>() else { return Ok(()) };
        match answer.to_string().parse::<Answer>() {
            Ok(again) if again == answer => Ok(()),
            again => Err(format!("{answer:?} is written as {answer} and read as {again:?}")),
        }
    });
}

#[test]
fn lock_files_are_read_or_refused() {
    let sealed = include_str!("../../../../migrations/enamel.lock").to_owned();
    let locks = evolution().prop_flat_map(move |evolution| {
        let mut texts = vec![sealed.clone()];
        texts.extend(evolution.stages().into_iter().map(|stage| sealed_text(stage.schema)));
        damaged(texts, LOCK)
    });
    law("lock_files_are_read_or_refused", &locks, |text| match Lock::parse(&text, "enamel.lock") {
        Ok(lock) if Lock::parse(&lock.write(), "enamel.lock").as_ref() == Ok(&lock) => Ok(()),
        Ok(lock) => Err(format!("it is written as another one:\n{}", lock.write())),
        Err(error) if error.place.as_ref().is_some_and(|place| text.get(place.range.clone()).is_some()) => Ok(()),
        Err(error) => Err(format!("there is no such place: {error:?}")),
    });
}

#[test]
fn urls_are_read_or_refused_without_their_passwords() {
    let urls =
        ["sqlite:shop.db", "sqlite://a%20b.db?mode=ro", "file:a.db?cache=shared", "postgres://u:s3cret@h:5432/d?x=1"];
    let part = || vec(select(URL), 0..4).prop_map(|pieces| pieces.concat());
    let parameters = select(vec!["", "?x=1", "?password=s3cret", "?a=b@c&password=s3cret", "?password=s3cret&a=b@c"]);
    let case = (damaged(urls.map(str::to_owned).to_vec(), URL), part(), part(), parameters);
    law("urls_are_read_or_refused_without_their_passwords", &case, |(text, before, behind, parameters)| {
        shown(&text);
        // Whatever else is in a password.
        let with_password = shown(&format!("postgres://u:{before}s3cret{behind}@h:5432/d{parameters}"));
        if with_password.contains("s3cret") { Err(format!("the password is shown: {with_password}")) } else { Ok(()) }
    });
}

/// A URL in every way in which it is told.
fn shown(url: &str) -> String {
    match url.parse::<DatabaseUrl>() {
        Ok(url) => format!("{url} {url:?} {}", url.clone().relative_to(Path::new("/srv"))),
        Err(error) => format!("{error} {error:?}"),
    }
}

/// One of each kind.
fn answers() -> Vec<String> {
    let answers = [
        "rename table users=\"the people\"",
        "rename users.surname=last_name",
        "rename value role.admin=\"the owner\"",
        "backfill users.age for sqlite=coalesce(born, 0)",
        "convert shop.users.age=CAST(age AS INTEGER)",
        "drop table logs",
        "drop users.nick",
        "allow data-loss",
    ];
    answers.map(str::to_owned).to_vec()
}

/// A lock file that seals a schema, without revisions.
fn sealed_text(schema: Schema) -> String {
    let schema = naming::complete(&Schema::default(), &schema, &Edits::default());
    Lock {
        types: enamel_schema::lock::TYPES,
        history: "enamel_schema_history".to_owned(),
        models: vec!["src/lib.rs".to_owned()],
        type_map: Default::default(),
        doc_comments: false,
        folders: false,
        dialects: Default::default(),
        schema,
    }
    .write()
}

/// That a schema is read back from the lock file that seals it.
pub(super) fn read_back(schema: Schema) -> Result<(), String> {
    let text = sealed_text(schema.clone());
    let read = Lock::parse(&text, "enamel.lock").map_err(|error| format!("{error}\n{text}"))?;
    let sealed = naming::complete(&Schema::default(), &schema, &Edits::default());
    if read.schema == sealed { Ok(()) } else { Err(format!("the lock file seals another schema:\n{text}")) }
}

const RUST: &[&str] = &[
    "#[derive(Table)]\n",
    "#[derive(Enum)]\n",
    "#[derive(Columns)]\n",
    "struct ",
    "pub struct ",
    "enum ",
    "mod m;\n",
    "mod m { ",
    "}",
    "{",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    ",",
    ";",
    ":",
    "::",
    "=",
    "#",
    "!",
    "&",
    "'a ",
    "\"",
    "\\",
    "//",
    "/*",
    "*/",
    "r#",
    "r#\"",
    "b\"x\"",
    "0x",
    "1e",
    "-1",
    "0",
    "#[enamel(",
    "#[enamel()]\n",
    "#[enamel(table = \"\")]\n",
    "table = ",
    "primary_key",
    "primary_key(id, id)",
    "unique",
    "unique()",
    "index(",
    "index(name desc, \"lower(name)\", where = \"\")",
    "references = ",
    "references = Book::id",
    "foreign_key(id, references = Book(id))",
    "on_delete = cascade",
    "check = \"",
    "check(\"a\", name = \"\")",
    "default = ",
    "default = None",
    "default_sql = ",
    "generated = \"\"",
    "stored",
    "virtual",
    "max_length = 0",
    "max_length = 99999999999",
    "precision = 1, scale = 2",
    "renamed_from = \"id\"",
    "backfill = \"\"",
    "using = \"",
    "flatten",
    "prefix = \"x\"",
    "skip",
    "json",
    "comment = \"\n\"",
    "strict",
    "without_rowid",
    "type = \"\"",
    "type(sqlite = \"\")",
    "column = \"\"",
    "rename_all = \"snake_case\"",
    "rename = \"\"",
    "collate = \"\"",
    "id: i64",
    "name: Option<String>,\n",
    "x: Option<Option<i8>>,",
    "x: Vec<Vec<u8>>,",
    "x: [u8; 0],",
    "x: (),",
    "x: fn(),",
    "x: T,",
    "x: Self,",
    "x: r#type,",
    "type A = A;\n",
    "type A = Option<A>;\n",
    "struct W(W);\n",
    "const X: &str = \"x\";\n",
    "use a::*;\n",
    "impl X {}\n",
    "#[cfg(test)]\n",
    "#[cfg_attr(a, derive(Table))]\n",
    "#[sqlx(rename = \"x\")]\n",
    "#[serde(",
    "#[diesel(table_name = x)]\n",
    "macro_rules! m { () => {} }\n",
    "include!(\"x.rs\");\n",
    "#[path = \"y.rs\"]\n",
    "\u{feff}",
    "\0",
    "é",
    "\r\n",
    "\n",
    " ",
];

const SQL: &[&str] = &[
    "'",
    "''",
    "\"",
    "`",
    "[",
    "]",
    "$$",
    "$a$",
    "$1",
    "E'\\'",
    "x'0",
    "U&\"",
    "--",
    "-- enamel: must be empty: x\n",
    "/*",
    "*/",
    "/* /*",
    ";",
    "(",
    ")",
    ",",
    ".",
    "::",
    "CREATE ",
    "TRIGGER ",
    "TABLE ",
    "TEMP ",
    "BEGIN ",
    "BEGIN;",
    "END",
    "END;",
    "CASE ",
    "WHEN ",
    "SELECT ",
    "INSERT INTO ",
    "DELIMITER //\n",
    "users",
    "name",
    "1",
    "1e",
    "0x",
    ".5",
    "?",
    ":a",
    "@b",
    "#",
    "\\",
    "\r\n",
    "\n",
    " ",
    "\u{feff}",
    "\0",
    "é",
    "\u{a0}",
    "\u{2028}",
    "COMMIT",
    "ROLLBACK TO x",
    "SAVEPOINT x",
    "VACUUM",
    "PRAGMA foreign_keys = OFF",
    "ATTACH ",
    "ALTER TABLE ",
];

const HEADER: &[&str] = &[
    "-- enamel: ",
    "-- enamel:",
    "--enamel:x\n",
    "-- \\enamel: x\n",
    "-- \\",
    "\n",
    "\n\n",
    "\r\n",
    "--\n",
    "-- ",
    "rename ",
    "rename table ",
    "rename value ",
    "backfill ",
    "backfill a.b for sqlite=",
    "convert ",
    "drop ",
    "drop table ",
    "allow data-loss",
    "allow ",
    "no-transaction",
    "rebuild ",
    "keeps-old-code",
    "breaks-old-code",
    "must be empty: ",
    "a.b=c",
    "a.b.c",
    "\"",
    "\\\"",
    "\\n",
    "\\u{",
    "\\u{10ffff}",
    "=",
    ".",
    " ",
    "/* */",
    "/*\n-- enamel: rebuild x\n*/",
    "SELECT 1;\n",
    "é",
    "\u{202e}",
    "\0",
    "\u{85}",
    "\u{feff}",
    "\t",
];

const LOCK: &[&str] = &[
    "<<<<<<< ours\n",
    "=======\n",
    ">>>>>>> theirs\n",
    "enamel.lock 1\n",
    "enamel.lock 2\n",
    "types 1\n",
    "types 99999999999\n",
    "history ",
    "models ",
    "schema\n",
    "sqlite\n",
    "postgres from 0007\n",
    "table ",
    "column ",
    "primary_key ",
    "unique ",
    "index ",
    "foreign_key ",
    "check ",
    "enum ",
    "value ",
    "0001 ",
    "0002 x up ",
    "down ",
    "chain ",
    "accepts ",
    "unproven",
    "default ",
    "sql ",
    "sqlite=",
    "\"",
    "\\\"",
    "\\u{d800}",
    "\\",
    "(",
    ")",
    ",",
    ".",
    "=",
    "-1",
    "0",
    "é",
    "\0",
    "\r\n",
    "\n",
    "\n\n",
    " ",
    "\t",
    "\u{feff}",
    "identity",
    "nullable",
    "generated",
    "stored",
    "0000000000000000000000000000000000000000000000000000000000000000",
];

const URL: &[&str] = &[
    "sqlite",
    ":",
    "//",
    "/",
    "://",
    ":memory:",
    "file:",
    "postgres://",
    "postgresql://",
    "mysql://",
    "mariadb:",
    "user",
    ":x",
    "@",
    "@host",
    "%",
    "%2",
    "%2f",
    "%00",
    "%ff",
    "%40",
    "?",
    "?mode=ro",
    "?mode=rwc",
    "&",
    "#",
    "=",
    "[::1]",
    ":5432",
    ":99999",
    "..",
    "~",
    "\\",
    "C:\\",
    " ",
    "\n",
    "\0",
    "é",
    ".db",
    ".sqlite3",
    "\u{202e}",
];
