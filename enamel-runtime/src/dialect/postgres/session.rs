//! The lock, the limits and the settings of a session.

use super::{literal, makes_only, watch};
use crate::connection::{DriverError, DynConnection};
use crate::dialect::{Locked, identifier};
use crate::upgrade::{Mode, Options};
use enamel_schema::split::{Piece, tokens};
use enamel_schema::{Checksum, Dialect};
use std::time::Duration;

/// The first half of every advisory lock of enamel's: `enam` in ASCII.
pub(super) const ENAMEL: i32 = 0x656e_616d;

/// What an upgrade needs of a session.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// The advisory lock that keeps other launches out.
    key: (i32, i32),
    /// How long a statement waits for a table.
    table_lock: Duration,
    /// How long it does in the program's own transactions.
    own_table_lock: String,
    all_or_nothing: bool,
    /// The temporary tables and views.
    temporary: Vec<String>,
    /// Gives back the settings that the running revision may have changed.
    restore: Option<String>,
    /// Whether the running revision makes temporary tables or views.
    makes_temporary: bool,
}

/// Whether a session can be used for an upgrade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Readiness {
    Free,
    InTransaction,
    Replica,
}

impl Session {
    /// Looks at the session. `history` is the qualified name of the history table.
    pub(crate) async fn begin(
        connection: &mut dyn DynConnection,
        history: &str,
        options: &Options,
    ) -> Result<(Self, Readiness), DriverError> {
        // https://www.postgresql.org/docs/current/functions-datetime.html#FUNCTIONS-DATETIME-CURRENT: the two times are the same during
        // the first command of a transaction only, and a connection in a transaction has sent at least its `BEGIN`.
        let rows = connection
            .ask(
                "SELECT now() = statement_timestamp(), pg_is_in_recovery(), current_setting('lock_timeout'), NULL \
                 UNION ALL SELECT NULL, NULL, NULL, relname FROM pg_catalog.pg_class \
                 WHERE relnamespace = pg_my_temp_schema() AND relkind IN ('r', 'v')",
            )
            .await?;
        let cell = |column: usize| rows.iter().find_map(|row| row.get(column)?.as_deref());
        let readiness = match (cell(0) == Some("t"), cell(1) == Some("t")) {
            (false, _) => Readiness::InTransaction,
            (true, true) => Readiness::Replica,
            (true, false) => Readiness::Free,
        };
        let session = Self {
            key: (ENAMEL, second_half(history)),
            table_lock: options.table_lock,
            own_table_lock: cell(2).unwrap_or("0").to_owned(),
            all_or_nothing: options.all_or_nothing,
            temporary: rows.into_iter().filter_map(|mut row| row.pop().flatten()).collect(),
            restore: None,
            makes_temporary: false,
        };
        Ok((session, readiness))
    }

    /// Whether one transaction holds both. Not by itself: a value that one revision adds to an enum cannot be used in the same
    /// transaction, nor a table be altered behind deferred keys.
    pub(crate) fn can_share(&self, left: Mode, right: Mode) -> bool {
        self.all_or_nothing && left != Mode::Alone && right != Mode::Alone
    }

    /// Opens a transaction that keeps other launches out, and looks at the database in the same message.
    ///
    /// Order matters: the look is a statement of its own behind the lock. Each statement sees what was committed before it, and one that takes the
    /// lock sees what was committed before it began to. The lock ends with the transaction, so that it never stays with a connection that a
    /// pooler hands on.
    pub(crate) async fn lock(&self, connection: &mut dyn DynConnection, look: &str) -> Result<Locked, DriverError> {
        let (first, second) = self.key;
        let sql = format!(
            "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; {} SELECT pg_try_advisory_xact_lock({first}, {second}); {look}",
            self.limits()
        );
        let mut tried = connection.ask(&sql).await;
        if let Ok(rows) = &mut tried
            && rows.first().and_then(|row| row.first()).and_then(Option::as_deref) == Some("t")
        {
            return Ok(Locked::Yes(rows.split_off(1)));
        }
        // Order matters: nobody sleeps inside a transaction, whose snapshot would keep a concurrent index build waiting. One that failed is
        // open as well.
        let ended = connection.run("ROLLBACK").await;
        tried.and(ended).map(|()| Locked::Busy)
    }

    /// What is sent at once is run again statement by statement when it fails, and so must cost little. All or nothing ends later.
    pub(crate) fn sends_at_once(&self, pieces: &[Piece<'_>]) -> bool {
        !self.all_or_nothing && makes_only(pieces)
    }

    fn limits(&self) -> String {
        format!("SET LOCAL lock_timeout = {};", self.table_lock.as_millis())
    }

    /// Who has the lock, in words.
    pub(crate) async fn holder(&self, connection: &mut dyn DynConnection) -> Option<String> {
        watch::launch(connection, self.key).await
    }

    pub(crate) fn hiding(&self) -> Vec<String> {
        self.temporary.clone()
    }

    /// Remembers the settings before a revision that may change them.
    pub(crate) async fn before_revision(
        &mut self,
        connection: &mut dyn DynConnection,
        pieces: &[Piece<'_>],
    ) -> Result<(), DriverError> {
        self.makes_temporary = pieces.iter().any(makes_temporary);
        if !pieces.iter().any(may_set) {
            return Ok(());
        }
        // https://www.postgresql.org/docs/current/view-pg-settings.html: `setting` is in the unit that `set_config` takes. Role and user are not listed.
        let rows = connection
            .ask(
                "SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session' AND name NOT LIKE 'transaction\\_%' \
                 UNION ALL SELECT name, current_setting(name) FROM (VALUES ('session_authorization'), ('role')) AS own (name)",
            )
            .await?;
        let settings = rows.into_iter().filter_map(|row| match <[Option<String>; 2]>::try_from(row) {
            // Just now it is the limit of this transaction.
            Ok([Some(name), _]) if name == "lock_timeout" => Some((name, self.own_table_lock.clone())),
            Ok([Some(name), Some(value)]) => Some((name, value)),
            Ok(_) | Err(_) => None,
        });
        self.restore = Some(restore(&settings.collect::<Vec<_>>()));
        Ok(())
    }

    /// Gives the settings back.
    pub(crate) async fn after_revision(&self, connection: &mut dyn DynConnection) -> Result<(), DriverError> {
        if let Some(restore) = &self.restore {
            connection.run(restore).await?;
        }
        // Order matters: with the rights of whoever began.
        if self.makes_temporary {
            self.drop_temporary(connection).await?;
        }
        if self.all_or_nothing && self.restore.is_some() { connection.run(&self.limits()).await } else { Ok(()) }
    }

    /// Drops the temporary tables and views that the revision leaves: they would hide from the next one what it means.
    async fn drop_temporary(&self, connection: &mut dyn DynConnection) -> Result<(), DriverError> {
        let rows = connection
            .ask(
                "SELECT CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, relname FROM pg_catalog.pg_class \
                 WHERE relnamespace = pg_my_temp_schema() AND relkind IN ('r', 'v')",
            )
            .await?;
        let mut drop = String::new();
        for row in rows {
            if let Ok([Some(kind), Some(name)]) = <[Option<String>; 2]>::try_from(row)
                && !self.temporary.contains(&name)
            {
                drop += &format!("DROP {kind} IF EXISTS pg_temp.{} CASCADE; ", identifier(&name));
            }
        }
        if drop.is_empty() { Ok(()) } else { connection.run(&drop).await }
    }

    /// Takes notice that the settings were given back for good. A transaction that is taken back takes that back, too.
    pub(crate) fn committed(&mut self) {
        self.restore = None;
    }
}

/// The second half of the lock: histories of their own do not wait for each other.
fn second_half(history: &str) -> i32 {
    let digits = Checksum::of(history).to_string();
    digits.get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or_default().cast_signed()
}

/// Whether a statement may change a setting beyond itself. A function may.
pub(super) fn may_set(piece: &Piece<'_>) -> bool {
    let mut words = tokens(piece.text, Dialect::Postgres).into_iter().filter(|token| !token.is_trivia());
    let Some(first) = words.next() else { return false };
    let begins = |word| first.is_word(word);
    let calls = ["SELECT", "WITH", "VALUES", "DO", "CALL", "EXECUTE"].into_iter().any(begins);
    ["SET", "RESET", "DISCARD"].into_iter().any(begins)
        || calls && piece.must_be_empty.is_none()
        || words.any(|token| token.is_word("set_config"))
}

/// Whether a statement may leave a temporary table or view. What a function makes is its own.
fn makes_temporary(piece: &Piece<'_>) -> bool {
    let words = tokens(piece.text, Dialect::Postgres);
    ["TEMP", "TEMPORARY", "pg_temp"].iter().any(|word| words.iter().any(|token| token.is_word(word)))
}

/// One statement that sets what differs from these settings, and resets what is not among them. Order matters: the user first, whose
/// change resets the role.
fn restore(settings: &[(String, String)]) -> String {
    let is_own = |name: &str| ["session_authorization", "role"].contains(&name);
    let mut own = String::new();
    let mut kept = String::new();
    for (name, value) in settings {
        let (name_literal, value) = (literal(name), literal(value));
        if is_own(name) {
            own += &format!(
                "SELECT set_config({name_literal}, {value}, false) WHERE current_setting({name_literal}) <> {value}; "
            );
        } else {
            kept += &format!(", ({name_literal}, {value})");
        }
    }
    format!(
        "{own}SELECT set_config(s.name, coalesce(k.value, s.reset_val), false) FROM pg_catalog.pg_settings AS s \
         LEFT JOIN (VALUES (NULL, NULL){kept}) AS k (name, value) ON k.name = s.name \
         WHERE s.name NOT LIKE 'transaction\\_%' AND (s.source = 'session' OR k.name IS NOT NULL) \
         AND s.setting IS DISTINCT FROM coalesce(k.value, s.reset_val)"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use enamel_schema::split::statements;

    #[test]
    fn only_what_may_change_a_setting_is_looked_after() {
        for (sql, expected) in [
            ("SET search_path = shop", true),
            ("reset role", true),
            ("SELECT pg_catalog.set_config('search_path', '', false)", true),
            ("DO $$ BEGIN PERFORM 1; END $$", true),
            ("INSERT INTO a SELECT set_config('a.b', 'c', false)", true),
            ("-- enamel: must be empty: gaps\nSELECT 1 WHERE false", false),
            ("ALTER TABLE a ALTER COLUMN b SET NOT NULL", false),
            ("CREATE TABLE a (b int)", false),
        ] {
            let pieces = statements(sql, Dialect::Postgres);
            assert_eq!(pieces.iter().any(may_set), expected, "{sql}");
        }
    }
}
