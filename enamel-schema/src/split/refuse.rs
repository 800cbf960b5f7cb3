//! Statements that have no place in a revision.
//!
//! A revision and its history row commit together; a statement that ends the transaction, or cannot run in one, would break that
//! at some user's launch. So it is found when the revision is written.

use super::{Piece, Token, statements, tokens};
use crate::dialect::Dialect;

/// A statement that has no place in a revision, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line, counted from one.
    pub line: usize,
    /// What it is: `BEGIN`, `VACUUM`, `PRAGMA foreign_keys`, …
    pub statement: String,
    /// Why it is refused, and what to write.
    pub reason: String,
}

/// Transaction control, and statements that cannot run in a transaction while the file is not marked `no-transaction`.
///
/// ```
/// use enamel_schema::{Dialect, split::refused};
/// let found = refused("CREATE TABLE a (b);\nVACUUM;", Dialect::Sqlite, false);
/// assert_eq!((found[0].line, found[0].statement.as_str()), (2, "VACUUM"));
/// assert_eq!(refused("VACUUM;", Dialect::Sqlite, true), []);
/// ```
pub fn refused(sql: &str, dialect: Dialect, no_transaction: bool) -> Vec<Refused> {
    let refuse = |piece: Piece<'_>| {
        let statement = Statement::new(piece.text, dialect);
        let (name, why) = if piece.must_be_empty.is_some() && !statement.reads() {
            ("-- enamel: must be empty".to_owned(), Why::ReadsNothing)
        } else {
            why(&statement, dialect)?
        };
        let is_refused = why != Why::OutsideTransaction || !no_transaction;
        is_refused.then(|| Refused { line: piece.line, statement: name, reason: why.text().to_owned() })
    };
    statements(sql, dialect).into_iter().filter_map(refuse).collect()
}

/// Why a statement is refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    ReadsNothing,
    Transaction,
    OtherDatabase,
    ForeignKeys,
    Session,
    Client,
    Stream,
    /// The only reason that the directive `no-transaction` takes away.
    OutsideTransaction,
}

impl Why {
    const fn text(self) -> &'static str {
        match self {
            Why::ReadsNothing => "it stands above a `SELECT`, which must find no rows",
            Why::Transaction => "enamel commits a revision and its history row together; leave it out",
            Why::OtherDatabase => "a revision changes one database, the program's own",
            Why::ForeignKeys => {
                "it does nothing inside a transaction; write `-- enamel: rebuild TABLE` at the top of the file to run it without \
                 foreign keys"
            }
            Why::Session => "it commits, or makes each statement commit, behind enamel's back",
            Why::Client => "it is a command of a client program, not SQL; statements are split without it",
            Why::Stream => "rows do not come and go beside a revision; `pg_dump --inserts` writes them as statements",
            Why::OutsideTransaction => {
                "it cannot run inside a transaction; write `-- enamel: no-transaction` at the top of the file"
            }
        }
    }
}

/// A statement as its words.
struct Statement<'a> {
    /// Its tokens that mean something.
    tokens: Vec<Token<'a>>,
}

impl<'a> Statement<'a> {
    fn new(text: &'a str, dialect: Dialect) -> Self {
        Self { tokens: tokens(text, dialect).into_iter().filter(|token| !token.is_trivia()).collect() }
    }

    /// Whether it begins with these words.
    fn begins(&self, words: &str) -> bool {
        let mut tokens = self.tokens.iter();
        words.split(' ').all(|word| tokens.next().is_some_and(|token| token.is_word(word)))
    }

    /// Whether it reads rows.
    fn reads(&self) -> bool {
        ["SELECT", "WITH", "VALUES"].iter().any(|word| self.begins(word))
    }

    /// Whether it has this word anywhere.
    fn has(&self, word: &str) -> bool {
        self.tokens.iter().any(|token| token.is_word(word))
    }

    /// The name of a pragma, without the database it is about.
    fn pragma(&self) -> Option<String> {
        match self.tokens.as_slice() {
            [word, _, point, name, ..] if word.is_word("PRAGMA") && point.is_symbol(".") => name.identifier(),
            [word, name, ..] if word.is_word("PRAGMA") => name.identifier(),
            _ => None,
        }
        .map(|name| name.to_ascii_lowercase())
    }
}

/// What a statement is, and why it is refused, if it is.
fn why(statement: &Statement<'_>, dialect: Dialect) -> Option<(String, Why)> {
    let first = |table: &[(&str, Why)]| {
        table.iter().find(|(words, _)| statement.begins(words)).map(|&(words, why)| (words.to_owned(), why))
    };
    first(&TRANSACTION_CONTROL).or_else(|| match dialect {
        Dialect::Sqlite => first(&SQLITE).or_else(|| pragma(statement)),
        Dialect::Postgres => first(&POSTGRES).or_else(|| concurrently(statement)).or_else(|| beside_sql(statement)),
        Dialect::Mysql | Dialect::Mariadb => first(&MYSQL),
    })
}

const TRANSACTION_CONTROL: [(&str, Why); 9] = [
    ("BEGIN", Why::Transaction),
    ("START TRANSACTION", Why::Transaction),
    ("COMMIT", Why::Transaction),
    ("END", Why::Transaction),
    ("ROLLBACK", Why::Transaction),
    ("ABORT", Why::Transaction),
    ("SAVEPOINT", Why::Transaction),
    ("RELEASE", Why::Transaction),
    ("PREPARE TRANSACTION", Why::Transaction),
];

const SQLITE: [(&str, Why); 3] =
    [("ATTACH", Why::OtherDatabase), ("DETACH", Why::OtherDatabase), ("VACUUM", Why::OutsideTransaction)];

/// <https://www.sqlite.org/pragma.html>
fn pragma(statement: &Statement<'_>) -> Option<(String, Why)> {
    let name = statement.pragma()?;
    let why = match name.as_str() {
        "foreign_keys" => Why::ForeignKeys,
        "journal_mode" | "synchronous" | "temp_store" | "wal_checkpoint" => Why::OutsideTransaction,
        _ => return None,
    };
    Some((format!("PRAGMA {name}"), why))
}

/// "cannot be executed inside a transaction block": <https://www.postgresql.org/docs/13/sql-commands.html>.
const POSTGRES: [(&str, Why); 12] = [
    ("VACUUM", Why::OutsideTransaction),
    ("CREATE DATABASE", Why::OutsideTransaction),
    ("DROP DATABASE", Why::OutsideTransaction),
    ("CREATE TABLESPACE", Why::OutsideTransaction),
    ("DROP TABLESPACE", Why::OutsideTransaction),
    ("ALTER SYSTEM", Why::OutsideTransaction),
    ("CREATE SUBSCRIPTION", Why::OutsideTransaction),
    ("DROP SUBSCRIPTION", Why::OutsideTransaction),
    ("REINDEX DATABASE", Why::OutsideTransaction),
    ("REINDEX SYSTEM", Why::OutsideTransaction),
    ("REINDEX SCHEMA", Why::OutsideTransaction),
    ("DISCARD ALL", Why::OutsideTransaction),
];

/// What PostgreSQL does `CONCURRENTLY` it does outside a transaction, except refreshing a materialized view.
fn concurrently(statement: &Statement<'_>) -> Option<(String, Why)> {
    let name = ["CREATE INDEX", "CREATE UNIQUE INDEX", "DROP INDEX", "REINDEX", "ALTER TABLE"]
        .into_iter()
        .find(|words| statement.begins(words))?;
    let detaches = name != "ALTER TABLE" || statement.has("DETACH");
    (detaches && statement.has("CONCURRENTLY")).then(|| (format!("{name} CONCURRENTLY"), Why::OutsideTransaction))
}

/// What only `psql` understands, as scripts of `pg_dump` hold it: commands of its own, and rows among the statements
/// (<https://www.postgresql.org/docs/13/sql-copy.html>).
fn beside_sql(statement: &Statement<'_>) -> Option<(String, Why)> {
    if let [backslash, command, ..] = statement.tokens.as_slice()
        && backslash.is_symbol("\\")
    {
        return Some((format!("\\{}", command.text), Why::Client));
    }
    let stream = ["STDIN", "STDOUT"].into_iter().find(|word| statement.begins("COPY") && statement.has(word))?;
    Some((format!("COPY {} {stream}", if stream == "STDIN" { "FROM" } else { "TO" }), Why::Stream))
}

/// <https://dev.mysql.com/doc/refman/8.0/en/implicit-commit.html>
const MYSQL: [(&str, Why); 6] = [
    ("SET autocommit", Why::Session),
    ("LOCK TABLES", Why::Session),
    ("UNLOCK TABLES", Why::Session),
    ("XA", Why::Transaction),
    ("DELIMITER", Why::Client),
    ("SOURCE", Why::Client),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// What is refused of a text inside a transaction, and what outside.
    fn names(sql: &str, dialect: Dialect) -> [Vec<String>; 2] {
        [false, true].map(|no_transaction| {
            refused(sql, dialect, no_transaction).into_iter().map(|refused| refused.statement).collect()
        })
    }

    #[test]
    fn what_only_psql_understands_is_refused() {
        let sql = "\\restrict abc\n\nCREATE TABLE a (b int);\n\nCOPY public.a (b) FROM stdin;\nCOPY a TO STDOUT; COPY a FROM '/tmp/stdin';";
        let [inside, outside] = names(sql, Dialect::Postgres);
        assert_eq!(inside, ["\\restrict", "COPY FROM STDIN", "COPY TO STDOUT"]);
        assert_eq!(inside, outside);
    }

    #[test]
    fn transaction_control_is_refused_everywhere() {
        let sql = "BEGIN; begin immediate; START TRANSACTION; COMMIT; END; ROLLBACK TO a; SAVEPOINT a; RELEASE a;";
        for dialect in Dialect::ALL {
            let [inside, outside] = names(sql, dialect);
            assert_eq!(inside.len(), 8, "{dialect}");
            assert_eq!(inside, outside);
        }
    }

    #[test]
    fn sqlite() {
        let allowed = "PRAGMA legacy_alter_table = ON; PRAGMA defer_foreign_keys = ON; PRAGMA foreign_key_check;
            CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END; SELECT 'BEGIN'; SELECT RAISE(ROLLBACK, 'x')";
        assert_eq!(names(allowed, Dialect::Sqlite), [vec![], Vec::<String>::new()]);
        let refused = "ATTACH 'a' AS b; PRAGMA main.foreign_keys = OFF; PRAGMA journal_mode(wal); VACUUM INTO 'x'";
        assert_eq!(
            names(refused, Dialect::Sqlite),
            [
                vec!["ATTACH", "PRAGMA foreign_keys", "PRAGMA journal_mode", "VACUUM"],
                vec!["ATTACH", "PRAGMA foreign_keys"]
            ]
        );
    }

    #[test]
    fn postgres() {
        let allowed =
            "CREATE INDEX i ON t (concurrently_seen); REFRESH MATERIALIZED VIEW CONCURRENTLY v; REINDEX TABLE t;
            PREPARE p AS SELECT 1; CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END";
        assert_eq!(names(allowed, Dialect::Postgres), [vec![], Vec::<String>::new()]);
        let refused = "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a); drop index concurrently i; REINDEX (VERBOSE) TABLE CONCURRENTLY t;
            VACUUM t; CREATE DATABASE d; ALTER SYSTEM RESET ALL; ALTER TABLE t DETACH PARTITION p CONCURRENTLY; PREPARE TRANSACTION 'x'";
        assert_eq!(
            names(refused, Dialect::Postgres),
            [
                vec![
                    "CREATE UNIQUE INDEX CONCURRENTLY",
                    "DROP INDEX CONCURRENTLY",
                    "REINDEX CONCURRENTLY",
                    "VACUUM",
                    "CREATE DATABASE",
                    "ALTER SYSTEM",
                    "ALTER TABLE CONCURRENTLY",
                    "PREPARE TRANSACTION"
                ],
                vec!["PREPARE TRANSACTION"]
            ]
        );
    }

    #[test]
    fn the_reason_names_the_directive_that_helps() {
        let reason = |sql| refused(sql, Dialect::Sqlite, false).remove(0).reason;
        assert!(reason("VACUUM").contains("`-- enamel: no-transaction`"));
        assert!(reason("PRAGMA foreign_keys = OFF").contains("`-- enamel: rebuild TABLE`"));
    }

    #[test]
    fn must_be_empty_stands_above_a_select() {
        let found = refused("\n-- enamel: must be empty: x\nDELETE FROM a", Dialect::Sqlite, true);
        assert_eq!((found[0].line, found[0].statement.as_str()), (3, "-- enamel: must be empty"));
        assert_eq!(refused("-- enamel: must be empty: x\nSELECT 1", Dialect::Sqlite, false), []);
    }
}
