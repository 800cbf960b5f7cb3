//! PostgreSQL, on a real server: what an upgrade does, what it leaves when it fails, and who else may launch meanwhile.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alone;
mod awaited;
mod budget;
mod conversions;
mod failures;
mod introspect;
mod kept;
mod launch;
mod newer;
mod once;
mod open;
mod prove;
mod rights;
mod roles;
mod rows;
mod scratch;
mod script;
mod session;
mod testing;
mod tls;

use crate::launch::project::Project;
use enamel_runtime::postgres::Client;
use enamel_runtime::{Connection, Dialect, connection::block_on};

fn project() -> Project {
    Project::of(Dialect::Postgres)
}

/// The first cells of all rows, as text.
fn cells(client: &mut Client, sql: &str) -> Vec<String> {
    let rows = block_on(client.rows(sql)).unwrap();
    rows.into_iter().map(|mut row| row.remove(0).unwrap_or_else(|| "NULL".to_owned())).collect()
}

/// The first cell of a query, as text.
fn cell(client: &mut Client, sql: &str) -> String {
    cells(client, sql).into_iter().next().unwrap_or_else(|| "no row".to_owned())
}

/// The versions in the history.
fn history(client: &mut Client) -> Vec<String> {
    cells(client, "SELECT version FROM enamel_schema_history ORDER BY version")
}
