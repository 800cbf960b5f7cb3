//! Scripts for the `sqlite3` shell (<https://www.sqlite.org/cli.html>).
//!
//! The shell has no conditions, so what must hold is a check of a temporary table: with `.bail on` the shell ends where it fails, and the
//! open transaction with it.

use crate::dialect::{Shell, identifier};
use crate::history::HistoryTable;
use crate::upgrade::Mode;
use enamel_schema::Version;
use std::fmt::Write as _;

/// The shell.
pub(crate) const SHELL: Shell = Shell {
    schema: None,
    opening: |heading, _| format!("-- {heading}: for the sqlite3 shell\n.bail on\n"),
    must_be_at,
    must_be_empty,
    shares: true,
    lot,
    now: "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
};

fn must_be_at(table: &HistoryTable, version: Version) -> String {
    let (table, number) = (&table.qualified, version.number());
    let words = if version == Version::BASE { "base".to_owned() } else { version.to_string() };
    format!(
        "CREATE TEMP TABLE enamel_at (version CONSTRAINT \"the database is not at {words}\" CHECK (version = {number}));\n\
         INSERT INTO temp.enamel_at SELECT coalesce(max(version), 0) FROM {table};\n\
         DROP TABLE temp.enamel_at;\n"
    )
}

fn must_be_empty(what: &str, select: &str) -> String {
    let what = identifier(&format!("there are {what}"));
    format!(
        "\nCREATE TEMP TABLE enamel_found (number CONSTRAINT {what} CHECK (number = 0));\n\
         INSERT INTO temp.enamel_found SELECT count(*) FROM (\n{select}\n);\n\
         DROP TABLE temp.enamel_found;"
    )
}

fn lot(mode: Mode, before: &str, revisions: &[(String, String)]) -> String {
    let mut script = String::new();
    let foreign_keys = if mode == Mode::Rebuild { "OFF" } else { "ON" };
    let _ = write!(script, "\nPRAGMA foreign_keys = {foreign_keys};\nBEGIN IMMEDIATE;\n{before}");
    for (text, row) in revisions {
        script += &match mode {
            Mode::Shared => format!("{text}{row}"),
            Mode::Rebuild => format!("{COUNT_VIOLATIONS}{text}{NO_NEW_VIOLATIONS}{row}"),
            Mode::Alone => format!("COMMIT;\n{text}BEGIN IMMEDIATE;\n{row}"),
        };
    }
    script += "COMMIT;\n";
    script
}

const COUNT_VIOLATIONS: &str =
    "CREATE TEMP TABLE enamel_before AS SELECT count(*) AS violations FROM pragma_foreign_key_check;\n";

const NO_NEW_VIOLATIONS: &str = "\
CREATE TEMP TABLE enamel_after (violations CONSTRAINT \"rows refer to nothing\" CHECK (violations <= 0));
INSERT INTO temp.enamel_after
SELECT (SELECT count(*) FROM pragma_foreign_key_check) - violations FROM temp.enamel_before;
DROP TABLE temp.enamel_after;
DROP TABLE temp.enamel_before;
";
