//! PostgreSQL: a transaction for each revision, advisory locks, and settings that belong to the session.
//!
//! Whatever outlives a transaction is left alone, so that all of this works through a pooler that hands a connection on after each.

mod at_once;
mod concurrently;
mod home;
mod script;
mod session;
pub(crate) mod watch;

pub(crate) use at_once::makes_only;
pub(crate) use concurrently::{Concurrent, Invalid};
pub(crate) use home::home;
pub(crate) use session::{Readiness, Session};

use super::{Facts, literal as plain_literal, qualified};
use enamel_schema::Dialect;
use enamel_schema::split::{refused, tokens};

/// What the algorithm must know.
pub(crate) const FACTS: Facts = Facts {
    schema: None,
    is_own: |table| {
        // Each function takes a microsecond to be looked up and called; `current_schema` without parentheses is none.
        let name = literal(&format!("%I.{}", super::identifier(table).replace('%', "%%")));
        Some(format!("tableoid = to_regclass(format({name}, current_schema))"))
    },
    columns: |schema, table| {
        let table = literal(&qualified(schema, table));
        format!(
            "SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass({table}) \
             AND attnum > 0 AND NOT attisdropped"
        )
    },
    is_there: |schema, table| format!("pg_catalog.to_regclass({})", literal(&qualified(schema, table))),
    literal,
    runs_alone: |statement| !refused(statement, Dialect::Postgres, false).is_empty(),
    sets_session,
    is_fetched: |_| false,
    // Under `FORCE ROW LEVEL SECURITY` an owner, too, is shown what policies let through, but converts every row
    // (https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-ROW-SECURITY).
    over_all_rows: [
        "SAVEPOINT enamel_look; SET LOCAL row_security = off; ",
        "; ROLLBACK TO SAVEPOINT enamel_look; RELEASE SAVEPOINT enamel_look",
    ],
    // A `COMMIT` that fails has ended its transaction.
    commits_again: false,
    now: "CAST(EXTRACT(EPOCH FROM pg_catalog.clock_timestamp()) AS BIGINT)",
    shell: script::SHELL,
    role: "session_user",
    may_run_again,
    // The token comes first in the statement, since the view cuts long ones. What a session of another role does is not shown to everybody, nor
    // what one does that turned that off (https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW): any
    // of the claim's role may be running it then.
    is_running: Some(
        "EXISTS (SELECT FROM pg_catalog.pg_stat_activity AS a WHERE a.state <> 'idle' \
         AND a.query LIKE '/* enamel ' || token || ' */%' \
         OR coalesce(a.state, 'disabled') = 'disabled' AND a.pid <> pg_backend_pid() \
         AND a.datname = current_database() AND a.usename = role)",
    ),
};

/// A text as a literal, whatever `standard_conforming_strings` says
/// (<https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE>).
pub(crate) fn literal(text: &str) -> String {
    if text.contains('\\') { format!("E{}", plain_literal(&text.replace('\\', "\\\\"))) } else { plain_literal(text) }
}

/// What a statement begins with, by which others see that the holder of a claim is running it.
pub(crate) fn tag(token: &str) -> String {
    format!("/* enamel {token} */ ")
}

/// Whether a statement does the same the second time. One about an index of a known name is told by the index.
fn may_run_again(statement: &str) -> bool {
    let tokens = tokens(statement, Dialect::Postgres);
    let mut words = tokens.iter().filter(|token| !token.is_trivia());
    let Some(first) = words.next() else { return true };
    ["VACUUM", "REINDEX", "DISCARD"].iter().any(|word| first.is_word(word))
        || first.is_word("ALTER") && words.next().is_some_and(|second| second.is_word("SYSTEM"))
        || Concurrent::of(statement).is_some()
}

/// <https://www.postgresql.org/docs/13/sql-set.html>; the `SELECT` is what `pg_dump` writes.
fn sets_session(statement: &str) -> bool {
    let all = tokens(statement, Dialect::Postgres);
    let words: Vec<_> = all.iter().filter(|token| !token.is_trivia()).collect();
    match words.as_slice() {
        [first, second, ..] if first.is_word("SET") => {
            !["LOCAL", "TRANSACTION", "CONSTRAINTS"].iter().any(|word| second.is_word(word))
        }
        [first, ..] if first.is_word("RESET") => true,
        [first, rest @ ..] if first.is_word("SELECT") => {
            // With its schema before it, or without.
            let name = rest.iter().position(|token| token.is_word("set_config"));
            matches!(name, Some(0 | 2)) && !rest.iter().any(|token| token.is_word("FROM"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_means_the_same_under_both_readings_of_backslashes() {
        assert_eq!(literal("it's"), "'it''s'");
        assert_eq!(literal("a\\'b"), "E'a\\\\''b'");
    }

    #[test]
    fn a_table_is_looked_for_by_its_name_to_the_letter() {
        assert_eq!(
            (FACTS.is_own)("100%'\"").as_deref(),
            Some("tableoid = to_regclass(format('%I.\"100%%''\"\"\"', current_schema))")
        );
    }

    #[test]
    fn what_is_refused_inside_a_transaction_runs_alone() {
        assert!((FACTS.runs_alone)("CREATE INDEX CONCURRENTLY i ON t (a)"));
        assert!((FACTS.runs_alone)("VACUUM t"));
        assert!(!(FACTS.runs_alone)("CREATE INDEX i ON t (a)"));
    }

    #[test]
    fn only_what_does_the_same_again_may_run_again() {
        for sql in ["VACUUM t", "reindex table concurrently t", "ALTER SYSTEM RESET ALL", "DROP INDEX CONCURRENTLY i"] {
            assert!(may_run_again(sql), "{sql}");
        }
        for sql in
            ["CREATE INDEX CONCURRENTLY ON t (a)", "CREATE DATABASE d", "ALTER TABLE t DETACH PARTITION p CONCURRENTLY"]
        {
            assert!(!may_run_again(sql), "{sql}");
        }
    }

    #[test]
    fn what_only_sets_the_session_is_told_apart() {
        for sql in ["SET search_path = shop", "reset role", "SELECT pg_catalog.set_config('search_path', '', false)"] {
            assert!(sets_session(sql), "{sql}");
        }
        for sql in [
            "SET LOCAL a.b = 1",
            "SET CONSTRAINTS ALL DEFERRED",
            "SELECT set_config('a.b', c, false) FROM d",
            "SELECT 1",
        ] {
            assert!(!sets_session(sql), "{sql}");
        }
    }
}
