//! What an upgrade does.

use super::{cell, cells, history, project};
use crate::launch::counting::Counting;
use crate::launch::project::version;
use enamel_runtime::connection::Rows;
use enamel_runtime::postgres::Client;
use enamel_runtime::upgrade::Event;
use enamel_runtime::{Blocking, Connection, Dialect, DriverError, Error};
use enamel_schema::Schema;
use enamel_tests::server::Database;
use snapbox::str;
use std::time::Duration;

#[test]
fn a_new_database_gets_everything_and_then_there_is_nothing_to_do() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = project().with_tables(3);
    let report = project.upgrade(&mut client).unwrap();
    assert_eq!((report.from.number(), report.to.number(), report.done.len()), (0, 3, 3));
    assert_eq!(history(&mut client), ["1", "2", "3"]);
    assert_eq!(project.upgrade(&mut client).unwrap().to_string(), "nothing to do, the database is at 0003");
    assert_eq!(cells(&mut client, "SELECT name FROM t0002"), ["once"]);
}

#[test]
fn down_stamp_and_redo() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = project().with_tables(3);
    project.upgrade(&mut client).unwrap();
    let report = project.launch(|launch| launch.downgrade(&mut client, version(1))).unwrap();
    assert_eq!(report.done.len(), 2);
    assert_eq!(history(&mut client), ["1"]);
    assert_eq!(cell(&mut client, "SELECT to_regclass('t0001')"), "NULL");
    project.launch(|launch| launch.stamp(&mut client, version(2))).unwrap();
    assert_eq!(history(&mut client), ["1", "2"]);
    project.launch(|launch| launch.stamp(&mut client, version(1))).unwrap();
    project.upgrade(&mut client).unwrap();
    let edited = project.clone().edited(3, "CREATE TABLE t0002 (other int);\n", false);
    assert!(matches!(edited.upgrade(&mut client), Err(Error::History { .. })));
    assert_eq!(edited.launch(|launch| launch.redo(&mut client)).unwrap().done.len(), 2);
    assert_eq!(
        cells(&mut client, "SELECT attname FROM pg_attribute WHERE attrelid = 't0002'::regclass AND attnum > 0"),
        ["other"]
    );
    project.launch(|launch| launch.downgrade(&mut client, version(0))).unwrap();
    assert_eq!(history(&mut client), [""; 0]);
}

#[test]
fn with_nothing_to_do_one_select_is_sent() {
    let Some(database) = Database::new() else { return };
    let project = project().with_tables(2);
    project.upgrade(&mut database.connect()).unwrap();
    let mut counting = Counting::new(database.connect());
    project.upgrade(&mut counting).unwrap();
    assert_eq!(
        counting.sent,
        ["SELECT version, chain, tableoid = to_regclass(format('%I.\"enamel_schema_history\"', current_schema)) \
          FROM \"enamel_schema_history\" ORDER BY version DESC LIMIT 1"]
    );
}

#[test]
fn a_revision_that_only_makes_things_takes_two_messages() {
    let Some(database) = Database::new() else { return };
    let mut client = Counting::new(database.connect());
    let project = project().with_tables(3);
    project.upgrade(&mut client).unwrap();
    let sent = client.take();
    let [lock, revision] = &sent[sent.len() - 2..] else { panic!("{sent:?}") };
    let is_there = "pg_catalog.to_regclass('\"public\".\"enamel_schema_history_claim\"')";
    let history = "\"public\".\"enamel_schema_history\"";
    assert!(
        lock.starts_with(
            "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL lock_timeout = 5000; SELECT pg_try"
        ) && lock
            .ends_with(&format!("; SELECT version, chain, {is_there} FROM {history} ORDER BY version DESC LIMIT 1")),
        "{lock}"
    );
    assert!(
        revision.starts_with("CREATE TABLE t0002 (")
            && revision.contains(&format!(";\nINSERT INTO t0002 (name) VALUES ('once');\nINSERT INTO {history} ("))
            && revision.ends_with(");\nCOMMIT"),
        "{revision}"
    );
    // One that reads or changes what was there is sent statement by statement.
    project.with("alter", "ALTER TABLE t0000 ADD age int;\n", "").upgrade(&mut client).unwrap();
    let sent = client.take();
    let [alter, insert, commit] = &sent[sent.len() - 3..] else { panic!("{sent:?}") };
    assert!(alter == "ALTER TABLE t0000 ADD age int" && insert.starts_with("INSERT INTO") && commit == "COMMIT");
}

#[test]
fn what_fails_at_once_is_found_statement_by_statement() {
    let Some(database) = Database::new() else { return };
    let mut client = Counting::new(database.connect());
    let deferred = "CREATE TABLE parents (id int PRIMARY KEY);\n\
                    CREATE TABLE children (id int REFERENCES parents DEFERRABLE INITIALLY DEFERRED);\n\
                    INSERT INTO children VALUES (7);\n";
    let error = project().with("deferred", deferred, "").upgrade(&mut client).unwrap_err();
    assert!(
        error.to_string().starts_with("could not commit: insert or update on table \"children\" violates"),
        "{error}"
    );
    let sent = client.take();
    assert_eq!(sent.iter().filter(|sql| sql.contains("INSERT INTO children")).count(), 2, "{sent:?}");
    let mut client = database.connect();
    assert_eq!(cell(&mut client, "SELECT to_regclass('children')"), "NULL");
    let mut told = Vec::new();
    let mut observer = |event: &Event<'_>| {
        told.push(match event {
            Event::Started { .. } => "started",
            Event::Statement { .. } => "statement",
            Event::Finished { .. } => "finished",
            Event::Committed => "committed",
            Event::Waiting { .. } | _ => "something else",
        });
    };
    project().with_tables(1).launch(|launch| launch.observer(&mut observer).upgrade(&mut client)).unwrap();
    assert_eq!(told, ["started", "statement", "statement", "finished", "committed"]);
}

#[test]
fn an_enum_value_that_one_revision_adds_is_used_by_the_next() {
    let Some(database) = Database::new() else { return };
    let project = project()
        .with("role", "CREATE TYPE role AS ENUM ('admin');\nCREATE TABLE users (id int, role role);\n", "")
        .with("member", "ALTER TYPE role ADD VALUE 'member';\n", "")
        .with("use", "INSERT INTO users VALUES (1, 'member');\n", "");
    let all = project.launch(|launch| launch.all_or_nothing().upgrade(&mut database.connect())).unwrap_err();
    assert!(all.to_string().contains("unsafe use of new value"), "{all}");
    let mut client = database.connect();
    assert_eq!(cell(&mut client, "SELECT to_regclass('users')"), "NULL", "all or nothing");
    project.upgrade(&mut client).unwrap();
    assert_eq!(cells(&mut client, "SELECT role FROM users"), ["member"]);
}

#[test]
fn all_or_nothing_is_refused_where_it_cannot_be() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = project().with_tables(1).with("compact", "-- enamel: no-transaction\nVACUUM t0000;\n", "");
    let error = project.launch(|launch| launch.all_or_nothing().upgrade(&mut client)).unwrap_err();
    snapbox::assert_data_eq!(
        error.to_string(),
        str![[r#"
could not upgrade all or nothing: migrations/V0002__compact.sql cannot share a transaction with the revisions beside it; nothing was changed
hint: upgrade without `all_or_nothing`, or up to that revision first
"#]]
    );
    assert_eq!(cell(&mut client, "SELECT to_regclass('t0000')"), "NULL");
}

#[test]
fn each_schema_has_a_history_of_its_own() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    client.batch_execute("CREATE SCHEMA \"Straße\"; SET search_path = \"Straße\", public").unwrap();
    let project = project().with_tables(2);
    let mut other = database.connect();
    project.upgrade(&mut other).unwrap();
    // The history of `public` is on the search path, and is not this one's.
    assert_eq!(project.upgrade(&mut client).unwrap().done.len(), 2);
    assert_eq!(project.upgrade(&mut client).unwrap().done.len(), 0);
    assert_eq!(
        cells(&mut client, "SELECT schemaname FROM pg_tables WHERE tablename = 't0001' ORDER BY schemaname"),
        ["Straße", "public"]
    );
}

#[test]
fn a_search_path_that_leads_nowhere_is_told() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    client.batch_execute("SET search_path = absent").unwrap();
    snapbox::assert_data_eq!(
        project().with_tables(1).upgrade(&mut client).unwrap_err().to_string(),
        str![[r#"
could not use the database: its search path `absent` names no schema that there is
hint: make the schema, or set `search_path` to one; a name with capitals stands in double quotes
"#]]
    );
}

#[test]
fn a_role_that_may_only_read_launches_when_nothing_is_pending() {
    let Some(database) = Database::new() else { return };
    let project = project().with_tables(1);
    let mut owner = database.connect();
    project.upgrade(&mut owner).unwrap();
    let role = format!("{}_reader", database.name());
    owner.batch_execute(&format!("CREATE ROLE {role}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")).unwrap();
    let mut client = database.connect();
    client.batch_execute(&format!("SET ROLE {role}; SET default_transaction_read_only = on")).unwrap();
    assert_eq!(project.upgrade(&mut client).unwrap().done.len(), 0);
    let error = project.with_tables(1).upgrade(&mut client).unwrap_err();
    assert!(error.to_string().starts_with("could not run migrations/V0002__t0001.sql:1: permission denied"), "{error}");
    assert_eq!(cell(&mut client, "SELECT current_setting('role')"), role);
    drop(client);
    owner.batch_execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).unwrap();
}

#[test]
fn servers_without_the_same_locks_are_refused() {
    let Some(database) = Database::new() else { return };
    let mut client =
        Pretending { client: database.connect(), asked: "version(),", told: "'CockroachDB CCL v23.1.11' AS version," };
    snapbox::assert_data_eq!(
        project().with_tables(1).upgrade(&mut client).unwrap_err().to_string(),
        str!["could not use the database: the server is CockroachDB, which is not supported yet"]
    );
}

/// `NULLS NOT DISTINCT` came with version 15: to an older server it would be a mistake in the syntax.
#[test]
fn what_a_server_is_too_old_for_is_told_before_anything_is_done() {
    let Some(database) = Database::new() else { return };
    let model = |attribute: &str| {
        super::prove::schema(&format!(
            "#[derive(Table)] struct Seat {{ #[enamel(primary_key)] id: i64, {attribute} row: Option<i32> }}"
        ))
    };
    let (first, next) = (model(""), model("#[enamel(unique(nulls_not_distinct))]"));
    let (up, down) = super::prove::drafted(&Schema::default(), &first);
    let project = project().with("first", &up, &down);
    let (up, down) = super::prove::drafted(&first, &next);
    let project = project.with("unique", &up, &down);
    let mut client =
        Pretending { client: database.connect(), asked: "current_setting('server_version_num')", told: "'140000'" };
    let error = project.upgrade(&mut client).unwrap_err().to_string();
    let error = regex::Regex::new("\\([0-9.]+.*\\);").unwrap().replace(&error, "([VERSION]);").into_owned();
    snapbox::assert_data_eq!(
        error,
        str![[r#"
could not run migrations/V0002__unique.sql:3: there are servers older than PostgreSQL 15, which know no NULLS NOT DISTINCT: 1, the first of them ([VERSION]); the database stays at 0001
hint: upgrade the server; or take out of the models what it does not know, and write the revision again
"#]]
    );
    let mut client = database.connect();
    assert_eq!(history(&mut client), ["1"]);
    assert_eq!(
        cell(&mut client, "SELECT count(*) FROM pg_constraint WHERE conrelid = 'seats'::regclass AND contype = 'u'"),
        "0"
    );
}

/// A server that answers something else than it would.
struct Pretending {
    client: Client,
    asked: &'static str,
    told: &'static str,
}

impl Connection for Pretending {
    fn dialect(&self) -> Dialect {
        self.client.dialect()
    }
    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        self.client.batch(&sql.replace(self.asked, self.told)).await
    }
    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        self.client.rows(&sql.replace(self.asked, self.told)).await
    }
    async fn sleep(&mut self, duration: Duration) {
        self.client.sleep(duration).await;
    }
}

impl Blocking for Pretending {}

#[test]
fn texts_with_backslashes_are_kept_as_they_are() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let down = "DROP TABLE a; -- it's a \\ and $$\n";
    client.batch_execute("SET standard_conforming_strings = off").unwrap();
    project().with("a", "CREATE TABLE a (b int);\n", down).upgrade(&mut client).unwrap();
    assert_eq!(cell(&mut client, "SELECT down FROM enamel_schema_history"), down);
}
