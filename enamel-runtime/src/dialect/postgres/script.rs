//! Scripts for `psql` (<https://www.postgresql.org/docs/current/app-psql.html>).
//!
//! Each revision has a transaction of its own, which waits for the lock of launches and looks where the database is, so that a script and
//! programs may start together. What must hold is a text that is no boolean otherwise: `ON_ERROR_STOP` ends the script there, and the open
//! transaction with it.

use super::literal;
use super::session::{ENAMEL, may_set};
use crate::dialect::{Shell, identifier};
use crate::history::HistoryTable;
use crate::upgrade::Mode;
use enamel_schema::split::statements;
use enamel_schema::{Dialect, Version};

/// The shell. A query that ends with `\gset` prints nothing.
pub(crate) const SHELL: Shell = Shell {
    schema: Some(":enamel_schema"),
    opening,
    must_be_at,
    must_be_empty,
    shares: false,
    lot,
    now: "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')",
};

/// The schema is found once, and the lock as the upgrade has it: the first half of a hash of the history table's name.
fn opening(heading: &str, table: &HistoryTable) -> String {
    let name = literal(&format!(".{}", identifier(&table.name)));
    format!(
        "-- {heading}: for psql\n\\set ON_ERROR_STOP on\n\
         SELECT '\"' || replace(current_schema(), '\"', '\"\"') || '\"' AS enamel_schema \\gset\n\
         SELECT ('x' || left(encode(sha256(convert_to(:'enamel_schema' || {name}, 'UTF8')), 'hex'), 8))::bit(32)::integer \
         AS enamel_lock \\gset\n"
    )
}

fn must_be_at(table: &HistoryTable, version: Version) -> String {
    let number = version.number();
    let words = if version == Version::BASE { "base".to_owned() } else { version.to_string() };
    format!(
        "SELECT CAST(CASE coalesce(max(version), 0) WHEN {number} THEN 'true' ELSE 'the database is not at {words}' END AS boolean) \
         AS enamel_is_there FROM {} \\gset\n",
        table.qualified
    )
}

fn must_be_empty(what: &str, select: &str) -> String {
    let what = literal(&format!("there are {what}"));
    format!(
        "\nSELECT CAST(CASE count(*) WHEN 0 THEN 'true' ELSE {what} END AS boolean) AS enamel_is_empty FROM (\n{select}\n) AS found \\gset\n"
    )
}

fn lot(mode: Mode, before: &str, revisions: &[(String, String)]) -> String {
    let begin = format!(
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;\nSELECT pg_advisory_xact_lock({ENAMEL}, :enamel_lock) AS enamel_locked \\gset\n"
    );
    let mut script = format!("\n{begin}{before}SET LOCAL lock_timeout = '5s';\n");
    for (text, row) in revisions {
        script += &match mode {
            Mode::Shared | Mode::Rebuild => format!("{text}{}{row}", restored(text)),
            Mode::Alone => format!("COMMIT;\n{text}{}{begin}{row}", restored(text)),
        };
    }
    script + "COMMIT;\n"
}

/// Gives the settings back that a revision may have changed. The session is the script's own, so that it began with none.
fn restored(text: &str) -> &'static str {
    let sets = statements(text, Dialect::Postgres).iter().any(may_set);
    if sets { "RESET SESSION AUTHORIZATION;\nRESET ROLE;\nRESET ALL;\n" } else { "" }
}
