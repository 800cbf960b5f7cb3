//! The text of a file.
//!
//! Written for the one who reads it in a pull request: what happens and what may hurt stands above the statement that does it.

use super::header::Header;
use crate::change::Change;
use crate::dialect::Dialect;
use crate::plan::Hazard;
use crate::render::{Script, Statement};
use crate::split::{TokenKind, tokens};

/// The text of a file: header, then each statement below its summaries and hazards.
///
/// What the script knows and the header does not say, its rebuilds and that it keeps old code working, is written in the header.
/// In the message a carriage return ends a line too, and other control characters become blanks.
pub fn write(header: &Header, script: &Script, dialect: Dialect) -> String {
    let mut text = top(&completed(header, script));
    text.push('\n');
    if script.statements.is_empty() {
        text.push_str(&comment(&format!("There is nothing to do on {}.", dialect.title())));
    }
    let mut previous: Option<&Statement> = None;
    for statement in &script.statements {
        if previous.is_some() {
            text.push('\n');
        }
        // One change may take several statements; it is told once.
        let told = previous
            .is_some_and(|previous| previous.changes == statement.changes && previous.hazards == statement.hazards);
        if !told {
            text.extend(statement.changes.iter().map(Change::summary).map(|summary| comment(&summary)));
            text.extend(statement.hazards.iter().map(hazard));
        }
        if let Some(what) = &statement.must_be_empty {
            text.push_str(&format!("-- enamel: must be empty: {}\n", on_one_line(what)));
        }
        text.push_str(&statement.sql);
        // Order matters: a semicolon behind a comment would be part of it.
        let ends_in_comment =
            tokens(&statement.sql, dialect).last().is_some_and(|token| token.kind == TokenKind::Comment);
        text.push_str(if ends_in_comment { "\n;\n" } else { ";\n" });
        previous = Some(statement);
    }
    text
}

/// The text of a revision that is still to be written by hand. Nobody knows yet what it does to older programs, so it says that it breaks them.
///
/// ```
/// let text = enamel_schema::revision::write_blank("move the notes", false);
/// assert!(text.starts_with("-- move the notes\n-- enamel: breaks-old-code\n\n"));
/// ```
pub fn write_blank(message: &str, down: bool) -> String {
    let keeps_old_code = (!down).then_some(false);
    let header = Header { message: message.to_owned(), keeps_old_code, ..Header::default() };
    let help = if down { BLANK_DOWN } else { BLANK_UP };
    top(&header) + "\n" + help
}

const BLANK_UP: &str = "\
-- Write the SQL of this revision below, each statement with its semicolon, then run `cargo enamel seal`: it proves that the
-- revisions produce what the models say, and seals them.
--
-- The file runs in one transaction, together with its entry in the history. Lines such as these, at the top of the file, change that:
--
--     -- enamel: no-transaction        statement by statement, for what cannot run in a transaction
--     -- enamel: rebuild users         SQLite: without foreign keys, to make a table anew
--     -- enamel: keeps-old-code        in place of the line above: programs from before this revision work with the database after
--                                      it, and go on starting; `breaks-old-code` stops them
--
-- And above a SELECT, which takes everything back if it finds a row:
--
--     -- enamel: must be empty: people without an address
";

const BLANK_DOWN: &str = "\
-- Write the SQL that takes this revision back below, each statement with its semicolon.
-- Delete this file if there is no way back.
";

fn completed(header: &Header, script: &Script) -> Header {
    let mut header = header.clone();
    for table in &script.rebuilds {
        if !header.rebuilds.contains(table) {
            header.rebuilds.push(table.clone());
        }
    }
    header.keeps_old_code = header.keeps_old_code.or(script.keeps_old_code.then_some(true));
    header
}

/// Message and directives, without the empty line behind them.
fn top(header: &Header) -> String {
    let message = header.message.replace("\r\n", "\n").replace('\r', "\n");
    let message = message.trim();
    let mut text = String::new();
    if !message.is_empty() {
        text.extend(message.lines().map(comment));
    }
    text.extend(header.directives().iter().map(|directive| format!("-- enamel: {directive}\n")));
    text
}

fn hazard(hazard: &Hazard) -> String {
    comment(&format!("hazard: {}: {}", hazard.kind.word(), hazard.text))
}

/// One line of comment, that is no directive whatever the text.
fn comment(text: &str) -> String {
    let line = on_one_line(text);
    let looks_like_more = line.starts_with('\\') || line.trim_start().starts_with("enamel:");
    let line = format!("-- {}{line}", if looks_like_more { "\\" } else { "" });
    line.trim_end().to_owned() + "\n"
}

fn on_one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits::Edits;
    use crate::pair::Pair;
    use crate::plan::HazardKind;
    use crate::schema::{Column, Name, Sql, TableName, Type};
    use crate::split::statements;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn name(text: &str) -> Name {
        Name::new(text).unwrap()
    }

    fn script() -> Script {
        let users = TableName::new(name("users"));
        let added = Change::AddColumn { table: users.clone(), column: Column::new(name("email"), Type::Boolean) };
        let statement = |sql: &str, changes: Vec<Change>| Statement {
            sql: sql.to_owned(),
            changes,
            hazards: vec![],
            must_be_empty: None,
        };
        Script {
            statements: vec![
                statement("ALTER TABLE users ADD COLUMN email TEXT", vec![added.clone()]),
                statement("UPDATE users SET email = ''", vec![added]),
                Statement {
                    must_be_empty: Some("ages that are\nnot numbers".to_owned()),
                    ..statement("SELECT * FROM users WHERE age <> 1 -- x", vec![])
                },
                Statement {
                    hazards: vec![Hazard {
                        kind: HazardKind::DataLoss,
                        table: TableName::new(name("logs")),
                        text: "the logs go".to_owned(),
                    }],
                    ..statement("DROP TABLE logs", vec![])
                },
            ],
            rebuilds: vec!["users".to_owned()],
            keeps_old_code: true,
        }
    }

    #[test]
    fn a_file_reads_well() {
        let answers = Edits {
            columns: vec![(TableName::new(name("users")), Pair::new(name("surname"), name("last name")))],
            ..Edits::default()
        };
        let header = Header { message: "add email".to_owned(), answers, ..Header::default() };
        let expected = "\
-- add email
-- enamel: rename users.surname=\"last name\"
-- enamel: rebuild users
-- enamel: keeps-old-code

-- SUMMARY
ALTER TABLE users ADD COLUMN email TEXT;

UPDATE users SET email = '';

-- enamel: must be empty: ages that are not numbers
SELECT * FROM users WHERE age <> 1 -- x
;

-- hazard: data-loss: the logs go
DROP TABLE logs;
";
        let summary = script().statements[0].changes[0].summary();
        let text = write(&header, &script(), Dialect::Sqlite);
        assert_eq!(text, expected.replace("SUMMARY", &summary));
        assert_eq!(statements(&text, Dialect::Sqlite)[2].must_be_empty, Some("ages that are not numbers"));
    }

    #[test]
    fn a_file_without_statements_is_no_empty_file() {
        let text = write(&Header::default(), &Script::default(), Dialect::Postgres);
        assert_eq!(text, "\n-- There is nothing to do on PostgreSQL.\n");
        assert_eq!(Header::parse(&text), Ok(Header::default()));
    }

    #[test]
    fn a_blank_file_is_comments_alone_and_breaks_old_code_until_somebody_knows_better() {
        for down in [false, true] {
            let text = write_blank("a message", down);
            let keeps_old_code = (!down).then_some(false);
            let expected = Header { message: "a message".to_owned(), keeps_old_code, ..Header::default() };
            assert_eq!(Header::parse(&text), Ok(expected));
            assert_eq!(statements(&text, Dialect::Sqlite), []);
            let appended = text + "SELECT 1;";
            assert_eq!(statements(&appended, Dialect::Sqlite)[0].must_be_empty, None);
        }
    }

    #[test]
    fn what_a_hand_writes_is_read() {
        let text =
            "--a\r\n--  b\r\n\r\n-- c\r\n--enamel:rebuild \"my users\"\r\n-- enamel: must be empty: x\r\nSELECT 1;\r\n";
        let header = Header::parse(text).unwrap();
        assert_eq!((header.message.as_str(), header.rebuilds), ("a\n b", vec!["my users".to_owned()]));
    }

    #[test]
    fn a_wrong_directive_is_told_with_its_line() {
        for (text, line, part) in [
            ("-- a\n-- enamel: no-transactions", 2, "not a directive"),
            ("-- enamel: no-transaction now", 1, "not a directive"),
            ("-- enamel: rebuild", 1, "takes one table"),
            ("-- enamel: rebuild a b", 1, "takes one table"),
            ("-- enamel: rename a=b", 1, "`rename users.surname=last_name`"),
            ("-- enamel: rename a.b=c d", 1, "`rename users.surname=last_name`"),
            ("-- enamel: rename value a.b", 1, "`rename value role.admin=owner`"),
            ("-- enamel: backfill a.b=", 1, "`backfill users.age=0`"),
            ("-- enamel: backfill a.b for oracle=1", 1, "`backfill users.age=0`"),
            ("-- enamel: drop logs", 1, "`drop table logs`"),
            ("-- enamel: allow everything", 1, "`allow data-loss`"),
            ("-- enamel: keeps-old-code\n-- enamel: breaks-old-code", 2, "contradict"),
            ("SELECT '\n';\n-- enamel: no-transaction", 3, "top of the file"),
        ] {
            let (found, message) = Header::parse(text).unwrap_err();
            assert_eq!(found, line, "{text}");
            assert!(message.contains(part), "{message}");
        }
        assert_eq!(Header::parse("SELECT '\n-- enamel: no-transaction\n'"), Ok(Header::default()));
    }

    fn any_name() -> impl Strategy<Value = Name> {
        prop_oneof![
            "[a-z_]{1,8}",
            "[ .=\"\\\\a\n()']{1,6}",
            any::<String>(),
            Just("table".to_owned()),
            Just("for".to_owned())
        ]
        .prop_filter_map("no name", |text| Name::new(text).ok())
    }

    fn any_table() -> impl Strategy<Value = TableName> {
        (prop::option::of(any_name()), any_name()).prop_map(|(schema, name)| TableName { schema, name })
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof!["[a-z ()=\\\\\n\t'\"-]{0,12}", any::<String>()]
    }

    fn any_sql() -> impl Strategy<Value = Sql> {
        let dialect = prop::sample::select(Dialect::ALL.to_vec());
        (prop::option::of(any_text()), prop::collection::btree_map(dialect, any_text(), 0..3))
            .prop_map(|(any, by_dialect)| Sql { any, by_dialect })
            .prop_filter("says nothing", |sql| sql.any.is_some() || !sql.by_dialect.is_empty())
    }

    fn any_fillings() -> impl Strategy<Value = BTreeMap<(TableName, Name), Sql>> {
        prop::collection::btree_map((any_table(), any_name()), any_sql(), 0..3)
    }

    fn any_edits() -> impl Strategy<Value = Edits> {
        (
            prop::collection::vec((any_table(), any_table()), 0..2),
            prop::collection::vec((any_table(), (any_name(), any_name())), 0..3),
            prop::collection::vec((any_name(), (any_text(), any_text())), 0..2),
            any_fillings(),
            any_fillings(),
            prop::collection::btree_set(prop::sample::select(HazardKind::ALL.to_vec()), 0..3),
            prop::collection::btree_set(any_table(), 0..2),
            prop::collection::btree_set((any_table(), any_name()), 0..2),
            prop::collection::btree_set((any_name(), any_text()), 0..2),
        )
            .prop_map(
                |(
                    tables,
                    columns,
                    values,
                    backfills,
                    conversions,
                    allowed,
                    dropped_tables,
                    dropped_columns,
                    dropped_values,
                )| Edits {
                    tables: tables.into_iter().map(|(previous, next)| Pair { previous, next }).collect(),
                    columns: columns
                        .into_iter()
                        .map(|(table, (previous, next))| (table, Pair { previous, next }))
                        .collect(),
                    values: values
                        .into_iter()
                        .map(|(name, (previous, next))| (name, Pair { previous, next }))
                        .collect(),
                    backfills,
                    conversions,
                    ranges: BTreeMap::new(),
                    allowed,
                    dropped_tables,
                    dropped_columns,
                    dropped_values,
                },
            )
    }

    proptest! {
        #[test]
        fn a_header_is_read_back(
            message in prop_oneof!["[a-z:\\\\ \n-]{0,20}", "enamel: [a-z]{0,9}", any::<String>()],
            answers in any_edits(),
            (no_transaction, keeps_old_code) in any::<(bool, Option<bool>)>(),
            rebuilds in prop::collection::vec(any_name().prop_map(|name| name.to_string()), 0..3),
        ) {
            let written = Header { message, answers, no_transaction, rebuilds, keeps_old_code };
            let text = write(&written, &script(), Dialect::Sqlite);
            let mut read = Header::parse(&text).unwrap();
            let lines = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
            let typed = written.message.replace("\r\n", "\n").replace('\r', "\n").replace(|c: char| c != '\n' && c.is_control(), " ");
            prop_assert_eq!(lines(&read.message), lines(typed.trim()));
            read.message.clone_from(&written.message);
            prop_assert_eq!(read, completed(&written, &script()));
            prop_assert_eq!(statements(&text, Dialect::Sqlite).len(), script().statements.len());
        }

        #[test]
        fn a_header_never_panics(text in "(-- |enamel: |rename |backfill |a|\"|\\.|=|\n|\\\\|;){0,20}") {
            let _ = Header::parse(&text);
        }
    }
}
