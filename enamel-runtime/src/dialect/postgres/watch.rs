//! Who stands in the way: the sessions that hold what somebody waits for.

use super::literal;
use crate::connection::{DynConnection, Rows};
use std::collections::BTreeSet;

/// Who holds the advisory lock of other launches, in words.
pub(crate) async fn launch(connection: &mut dyn DynConnection, key: (i32, i32)) -> Option<String> {
    // https://www.postgresql.org/docs/current/view-pg-locks.html: a lock of two integers has `objsubid` 2.
    let sql = format!(
        "SELECT a.pid, a.application_name, NULL, a.query FROM pg_catalog.pg_locks AS l \
         JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid \
         WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 \
         AND l.classid = {}::bigint::oid AND l.objid = {}::bigint::oid \
         AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())",
        key.0.cast_unsigned(),
        key.1.cast_unsigned()
    );
    let rows = connection.ask(&sql).await.ok()?;
    sessions(rows).into_iter().next()
}

/// Who holds locks on tables of these names, in words, those first that have done so for longest.
pub(crate) async fn tables(connection: &mut dyn DynConnection, names: &BTreeSet<String>) -> Vec<String> {
    const MOST: usize = 3;
    let names: Vec<String> = names.iter().map(|name| literal(name)).collect();
    let sql = format!(
        "SELECT a.pid, a.application_name, string_agg(DISTINCT c.relname, ', '), a.query FROM pg_catalog.pg_locks AS l \
         JOIN pg_catalog.pg_class AS c ON c.oid = l.relation \
         JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid \
         WHERE l.locktype = 'relation' AND l.granted AND l.pid <> pg_backend_pid() AND lower(c.relname) IN ({}) \
         AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) \
         GROUP BY a.pid, a.application_name, a.query, a.xact_start ORDER BY a.xact_start LIMIT {MOST}",
        names.join(", ")
    );
    connection.ask(&sql).await.map(sessions).unwrap_or_default()
}

/// `process 4711 (psql) holds users by: LOCK TABLE users`
fn sessions(rows: Rows) -> Vec<String> {
    rows.into_iter()
        .filter_map(|row| {
            let [pid, application, held, query] = <[Option<String>; 4]>::try_from(row).ok()?;
            let application = application.filter(|name| !name.is_empty()).map(|name| format!(" ({name})"));
            let holds = held.map(|held| format!(" holds {held}"));
            let query = query.filter(|query| !query.is_empty()).map(|query| format!(", by: {}", shortened(&query)));
            Some(
                ["process ".to_owned() + &pid?]
                    .into_iter()
                    .chain(application)
                    .chain(holds)
                    .chain(query)
                    .collect::<String>(),
            )
        })
        .collect()
}

/// One line of a query.
fn shortened(query: &str) -> String {
    const LONGEST: usize = 80;
    let line = query.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
