//! The claim of a launch that works outside a transaction, where no lock of the database lasts.
//!
//! One row in a table beside the history, which is there only meanwhile. It is alive until its time is over and no statement with its token runs.
//! Whoever finds it alive waits; whoever finds it dead, and has the database's lock, goes on where it ended.

use crate::connection::{DriverError, DynConnection};
use crate::dialect::{Facts, qualified};
use enamel_schema::{Checksum, Version};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// Seconds that a claim lives without being renewed. It is renewed before and after each statement, and while one runs its holder has the
/// database's lock or is seen to run it, so this is only the time between two of them.
const LEASE: u32 = 10;

/// The table of the claim.
#[derive(Clone, Debug)]
pub(crate) struct ClaimTable {
    qualified: String,
    columns: String,
    is_there: String,
    facts: &'static Facts,
}

/// What lies on a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    version: String,
    sha256: String,
    pub(crate) token: String,
    /// Who holds it, in words.
    pub(crate) holder: String,
    /// Whether its time is not over, or a statement of its holder is still running.
    pub(crate) alive: bool,
    /// How many statements have taken effect.
    pub(crate) done: usize,
    /// Whether the next one was begun outside a transaction, and can be told by what it leaves.
    pub(crate) started: bool,
}

impl Claim {
    /// Whether it is on this revision, with this text.
    pub(crate) fn is_on(&self, version: Version, text: &str) -> bool {
        self.version == version.number().to_string() && self.sha256 == Checksum::of(text).to_string()
    }

    /// The revision; `None` where the row holds what enamel did not write.
    pub(crate) fn version(&self) -> Option<Version> {
        self.version.parse().ok().and_then(Version::new)
    }

    /// The revision, in words.
    pub(crate) fn revision(&self) -> String {
        match self.version() {
            Some(version) => version.to_string(),
            None => self.version.escape_debug().take(20).collect(),
        }
    }
}

impl ClaimTable {
    /// The table beside a history table.
    pub(crate) fn new(history: &str, schema: Option<&str>, facts: &'static Facts) -> Self {
        let name = format!("{history}_claim");
        Self {
            qualified: qualified(schema, &name),
            columns: (facts.columns)(schema, &name),
            is_there: (facts.is_there)(schema, &name),
            facts,
        }
    }

    /// A `SELECT` that finds rows when there is a claim.
    pub(crate) fn look(&self) -> &str {
        &self.columns
    }

    /// The same as an expression, which is NULL when there is none.
    pub(crate) fn is_there(&self) -> &str {
        &self.is_there
    }

    /// The claim, if there is one.
    pub(crate) async fn read(&self, connection: &mut dyn DynConnection) -> Result<Option<Claim>, DriverError> {
        if connection.ask(&self.columns).await?.is_empty() {
            return Ok(None);
        }
        let running = self.facts.is_running.map(|running| format!(" OR {running}")).unwrap_or_default();
        let sql = format!(
            "SELECT version, sha256, token, holder, CASE WHEN expires > {}{running} THEN 1 ELSE 0 END, done, started FROM {}",
            self.facts.now, self.qualified
        );
        Ok(connection.ask(&sql).await?.pop().and_then(|row| {
            let row: Vec<String> = row.into_iter().map(Option::unwrap_or_default).collect();
            let [version, sha256, token, holder, alive, done, started] = row.try_into().ok()?;
            let done = done.parse().ok()?;
            Some(Claim { version, sha256, token, holder, alive: alive == "1", done, started: started == "1" })
        }))
    }

    pub(crate) fn create(&self) -> String {
        format!(
            "CREATE TABLE {} (version int4, sha256 VARCHAR(64), token VARCHAR(32), holder VARCHAR(255), expires BIGINT, done int4, started int4, role VARCHAR(64))",
            self.qualified
        )
    }

    pub(crate) fn remove(&self) -> String {
        format!("DROP TABLE IF EXISTS {}", self.qualified)
    }

    pub(crate) fn take(
        &self,
        version: Version,
        sha256: &Checksum,
        token: &str,
        holder: &str,
        done: usize,
        started: bool,
    ) -> String {
        format!(
            "INSERT INTO {} VALUES ({}, '{sha256}', '{token}', {}, {} + {LEASE}, {done}, {}, {})",
            self.qualified,
            version.number(),
            (self.facts.literal)(holder),
            self.facts.now,
            u8::from(started),
            self.facts.role,
        )
    }

    pub(crate) fn renew(&self, token: &str, done: usize, started: bool) -> String {
        format!(
            "UPDATE {} SET expires = {} + {LEASE}, done = {done}, started = {} WHERE token = '{token}'",
            self.qualified,
            self.facts.now,
            u8::from(started)
        )
    }

    /// Ends the time of a claim.
    pub(crate) fn give_back(&self, token: &str) -> String {
        format!("UPDATE {} SET expires = 0 WHERE token = '{token}'", self.qualified)
    }
}

/// A text that no other launch has.
pub(crate) fn token() -> String {
    format!("{:016x}{:016x}", RandomState::new().hash_one(0), RandomState::new().hash_one(1))
}
