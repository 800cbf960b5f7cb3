//! Revisions outside a transaction.

use super::{cell, cells, history, project};
use crate::launch::project::{Project, version};
use enamel_runtime::postgres::Client;
use enamel_runtime::upgrade::Event;
use enamel_runtime::{Error, Target};
use enamel_tests::server::Database;
use snapbox::str;
use std::sync::Barrier;
use std::time::Duration;

const CONCURRENT: &str = "-- enamel: no-transaction
INSERT INTO t0000 (name) VALUES ('first');
CREATE UNIQUE INDEX CONCURRENTLY ix_name ON t0000 (name);
INSERT INTO t0000 (name) VALUES ('second');
";

fn concurrent() -> Project {
    project().with_tables(1).with("concurrent", CONCURRENT, "").with("after", "CREATE TABLE after (id int);\n", "")
}

fn names(client: &mut Client) -> Vec<String> {
    cells(client, "SELECT name FROM t0000 ORDER BY id")
}

/// Leaves the claim of a launch that died in the middle of the index, whose statement is still running or not.
fn leave_claim(client: &mut Client, project: &Project, text: &str, token: &str) {
    let sha256 = enamel_runtime::Checksum::of(text);
    let role = cell(client, "SELECT session_user");
    project.launch(|launch| launch.target(Target::Version(version(1))).upgrade(client)).unwrap();
    client
        .batch_execute(&format!(
            "INSERT INTO t0000 (name) VALUES ('first');
             CREATE TABLE enamel_schema_history_claim
                 (version int4, sha256 VARCHAR(64), token VARCHAR(32), holder VARCHAR(255), expires BIGINT, done int4, started int4, role VARCHAR(64));
             INSERT INTO enamel_schema_history_claim VALUES (2, '{sha256}', '{token}', 'bookshop, process 7', 0, 1, 1, '{role}')"
        ))
        .unwrap();
}

#[test]
fn it_runs_once_and_leaves_no_claim() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    assert_eq!(concurrent().upgrade(&mut client).unwrap().done.len(), 3);
    assert_eq!(names(&mut client), ["once", "first", "second"]);
    assert_eq!(cell(&mut client, "SELECT to_regclass('enamel_schema_history_claim')"), "NULL");
}

#[test]
fn many_launches_run_it_once() {
    let Some(database) = Database::new() else { return };
    let together = Barrier::new(16);
    let project = concurrent();
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let mut client = database.connect();
                together.wait();
                project.upgrade(&mut client).unwrap();
            });
        }
    });
    let mut client = database.connect();
    assert_eq!(names(&mut client), ["once", "first", "second"]);
    assert_eq!(history(&mut client), ["1", "2", "3"]);
}

#[test]
fn an_index_that_fails_is_named_and_dropped_at_the_next_try() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = concurrent();
    project.launch(|launch| launch.target(Target::Version(version(1))).upgrade(&mut client)).unwrap();
    client.batch_execute("INSERT INTO t0000 (name) VALUES ('once')").unwrap();
    snapbox::assert_data_eq!(
        project.upgrade(&mut client).unwrap_err().to_string(),
        str![[r#"
could not run migrations/V0002__concurrent.sql:3: could not create unique index "ix_name" (Key (name)=(once) is duplicated); the index public.ix_name is left invalid, and is dropped at the next try; 1 of its 3 statements have taken effect
  CREATE UNIQUE INDEX CONCURRENTLY ix_name ON t0000 (name)
hint: correct the rows and run it again; or correct the file, and run `cargo enamel seal`
"#]]
    );
    assert_eq!(cell(&mut client, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_name'::regclass"), "f");
    client.batch_execute("DELETE FROM t0000 WHERE name = 'once'").unwrap();
    project.upgrade(&mut client).unwrap();
    assert_eq!(cell(&mut client, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_name'::regclass"), "t");
    assert_eq!(names(&mut client), ["first", "second"]);
}

#[test]
fn an_index_of_the_same_name_that_was_there_is_not_taken_for_ours() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = concurrent();
    project.launch(|launch| launch.target(Target::Version(version(1))).upgrade(&mut client)).unwrap();
    client.batch_execute("CREATE INDEX ix_name ON t0000 (id)").unwrap();
    for _ in 0..2 {
        let error = project.upgrade(&mut client).unwrap_err().to_string();
        assert!(error.contains("relation \"ix_name\" already exists; 1 of its 3"), "{error}");
    }
}

#[test]
fn an_index_that_a_dead_launch_has_finished_is_not_made_again() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = concurrent();
    leave_claim(&mut client, &project, CONCURRENT, "dead");
    client.batch_execute("CREATE UNIQUE INDEX ix_name ON t0000 (name)").unwrap();
    assert_eq!(project.upgrade(&mut client).unwrap().done.len(), 2);
    assert_eq!(names(&mut client), ["once", "first", "second"]);
}

#[test]
fn a_statement_that_runs_on_without_its_launch_is_waited_for() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = concurrent();
    leave_claim(&mut client, &project, CONCURRENT, "alive");
    std::thread::scope(|scope| {
        let mut orphan = database.connect();
        scope.spawn(move || orphan.batch_execute("/* enamel alive */ SELECT pg_sleep(1)").unwrap());
        while cell(&mut client, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '/* enamel alive %'") == "0" {
            std::thread::sleep(Duration::from_millis(10));
        }
        let soon = Duration::from_millis(100);
        let error = project.launch(|launch| launch.lock_timeout(soon).upgrade(&mut client)).unwrap_err();
        assert!(matches!(&error, Error::Locked { holder, .. } if holder == "bookshop, process 7"), "{error}");
        assert_eq!(project.upgrade(&mut client).unwrap().done.len(), 2);
    });
    assert_eq!(names(&mut client), ["once", "first", "second"]);
}

#[test]
fn what_a_session_does_that_is_not_shown_may_be_the_statement_of_the_claim() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let role = format!("{}_deployer", database.name());
    client.batch_execute(&format!("CREATE ROLE {role} LOGIN; ALTER SCHEMA public OWNER TO {role}")).unwrap();
    let connect = |user: &str| {
        let mut config = enamel_runtime::postgres::Config::from(database.config());
        config.user(user).connect(enamel_runtime::postgres::NoTls).unwrap()
    };
    let project = concurrent();
    leave_claim(&mut client, &project, CONCURRENT, "hidden");
    let tables = "t0000, enamel_schema_history, enamel_schema_history_claim";
    for table in tables.split(", ") {
        client.batch_execute(&format!("ALTER TABLE {table} OWNER TO {role}")).unwrap();
    }
    // A superuser's session is not shown to the role: while it lasts, the claim's statement may be running in it.
    let mut deployer = connect(&role);
    let soon = Duration::from_millis(100);
    let error = project.launch(|launch| launch.lock_timeout(soon).upgrade(&mut deployer)).unwrap_err();
    assert!(matches!(&error, Error::Locked { holder, .. } if holder == "bookshop, process 7"), "{error}");
    drop(client);
    assert_eq!(project.upgrade(&mut deployer).unwrap().done.len(), 2);
    drop(deployer);
    database.connect().batch_execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).unwrap();
}

#[test]
fn a_statement_in_which_a_launch_was_interrupted_stops_the_next_one_when_its_effect_cannot_be_seen() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let text = "-- enamel: no-transaction
INSERT INTO t0000 (name) VALUES ('first');
CREATE INDEX CONCURRENTLY ON t0000 (name);
";
    let project = project().with_tables(1).with("unnamed", text, "");
    leave_claim(&mut client, &project, text, "dead");
    for _ in 0..2 {
        snapbox::assert_data_eq!(
            project.upgrade(&mut client).unwrap_err().to_string(),
            str![[r#"
could not run migrations/V0002__unnamed.sql:3: a launch was interrupted in it, and it cannot be seen whether it took effect; 1 of its 2 statements have taken effect
  CREATE INDEX CONCURRENTLY ON t0000 (name)
hint: look whether it did, do by hand what is left of the revision, and run `cargo enamel stamp`
"#]]
        );
    }
    project.launch(|launch| launch.stamp(&mut client, version(2))).unwrap();
    assert_eq!(project.upgrade(&mut client).unwrap().done.len(), 0);
    assert_eq!(names(&mut client), ["once", "first"]);
}

#[test]
fn a_statement_that_failed_for_sure_is_not_in_doubt() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let text = "-- enamel: no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY ON t0000 (name);\n";
    let project = project().with_tables(1).with("unnamed", text, "");
    project.launch(|launch| launch.target(Target::Version(version(1))).upgrade(&mut client)).unwrap();
    client.batch_execute("INSERT INTO t0000 (name) VALUES ('once')").unwrap();
    for _ in 0..2 {
        let error = project.upgrade(&mut client).unwrap_err().to_string();
        assert!(error.contains("could not create unique index"), "{error}");
    }
    client.batch_execute("DELETE FROM t0000").unwrap();
    assert_eq!(project.upgrade(&mut client).unwrap().done.len(), 1);
}

#[test]
fn a_connection_that_breaks_in_a_statement_leaves_it_in_doubt_or_done() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let process = cell(&mut client, "SELECT pg_backend_pid()");
    let project = concurrent();
    project.launch(|launch| launch.target(Target::Version(version(1))).upgrade(&mut client)).unwrap();
    let mut other = database.connect();
    // The index waits for this transaction, which has used the table.
    other.batch_execute("BEGIN; INSERT INTO t0000 (name) VALUES ('other')").unwrap();
    let error = std::thread::scope(|scope| {
        let upgrade = scope.spawn(|| project.upgrade(&mut client).unwrap_err().to_string());
        let running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '/* enamel %' AND state = 'active'";
        let mut watch = database.connect();
        while cell(&mut watch, running) == "0" {
            std::thread::sleep(Duration::from_millis(10));
        }
        watch.batch_execute(&format!("SELECT pg_terminate_backend({process})")).unwrap();
        upgrade.join().unwrap()
    });
    assert!(error.contains("; 1 of its 3 statements have taken effect, and perhaps this one\n"), "{error}");
    assert!(error.ends_with("\nhint: run it again: it looks at what took effect"), "{error}");
    other.batch_execute("ROLLBACK; UPDATE enamel_schema_history_claim SET expires = 0").unwrap();
    assert_eq!(project.upgrade(&mut other).unwrap().done.len(), 2);
    assert_eq!(names(&mut other), ["once", "first", "second"]);
}

#[test]
fn an_index_is_dropped_once() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = concurrent().with("drop", "-- enamel: no-transaction\nDROP INDEX CONCURRENTLY ix_name;\n", "");
    project.upgrade(&mut client).unwrap();
    assert_eq!(cell(&mut client, "SELECT to_regclass('ix_name')"), "NULL");
}

#[test]
fn a_launch_that_panics_in_the_middle_gives_its_claim_back() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = concurrent();
    let mut observer = |event: &Event<'_>| {
        assert!(!matches!(event, Event::Statement { number: 3, of: 3, .. }), "not this one");
    };
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        project.launch(|launch| launch.observer(&mut observer).upgrade(&mut client))
    }));
    assert!(panicked.is_err());
    assert_eq!(names(&mut client), ["once", "first"]);
    project.upgrade(&mut database.connect()).unwrap();
    assert_eq!(names(&mut client), ["once", "first", "second"]);
}

#[test]
fn a_table_that_others_use_is_waited_for_statement_by_statement() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = concurrent().with("alone", "-- enamel: no-transaction\nALTER TABLE t0000 ADD COLUMN age int;\n", "");
    concurrent().upgrade(&mut client).unwrap();
    let mut other = database.connect();
    other.batch_execute("BEGIN; LOCK TABLE t0000 IN SHARE MODE").unwrap();
    let (each, in_all) = (Duration::from_millis(50), Duration::from_millis(300));
    let error = project.launch(|launch| launch.table_lock(each, in_all).upgrade(&mut client)).unwrap_err().to_string();
    assert!(error.contains("lock timeout, tried for") && error.contains("0 of its 1 statements"), "{error}");
    std::thread::scope(|scope| {
        let upgrade = scope
            .spawn(|| project.launch(|launch| launch.table_lock(each, Duration::from_secs(60)).upgrade(&mut client)));
        std::thread::sleep(Duration::from_millis(300));
        other.batch_execute("COMMIT").unwrap();
        assert_eq!(upgrade.join().unwrap().unwrap().done.len(), 1);
    });
}

#[test]
fn what_the_session_was_set_to_is_set_again_when_another_launch_goes_on() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    client
        .batch_execute(
            "CREATE SCHEMA shop; CREATE TABLE shop.users (name text); CREATE TABLE public.users (name text);
             INSERT INTO shop.users VALUES ('Ann'), ('Ann')",
        )
        .unwrap();
    let project = project().with(
        "names",
        "-- enamel: no-transaction
SET search_path = shop;
CREATE UNIQUE INDEX CONCURRENTLY ix_name ON users (name);
INSERT INTO users VALUES ('Bob');
",
        "",
    );
    project.upgrade(&mut client).unwrap_err();
    client.batch_execute("DELETE FROM shop.users").unwrap();
    project.upgrade(&mut client).unwrap();
    assert_eq!(cells(&mut client, "SELECT schemaname FROM pg_indexes WHERE indexname = 'ix_name'"), ["shop"]);
    assert_eq!(cells(&mut client, "SELECT name FROM shop.users UNION ALL SELECT name FROM public.users"), ["Bob"]);
    assert_eq!(cell(&mut client, "SELECT current_setting('search_path')"), "\"$user\", public");
}

#[test]
fn what_commits_by_itself_runs_outside() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let procedure = "CREATE TABLE filled (id int);
CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO filled VALUES (1); COMMIT; INSERT INTO filled VALUES (2); END $$;
";
    let calls = "CALL fill();\nDO $$ BEGIN COMMIT; END $$;\n";
    let project = project().with("procedure", procedure, "");
    snapbox::assert_data_eq!(
        project.clone().with("calls", calls, "").upgrade(&mut client).unwrap_err().to_string(),
        str![[r#"
could not run migrations/V0002__calls.sql:1: invalid transaction termination; the database stays at 0001
  CALL fill()
hint: it commits by itself: write `-- enamel: no-transaction` at the top of the file, and run `cargo enamel seal`
"#]]
    );
    project.with("calls", &format!("-- enamel: no-transaction\n{calls}"), "").upgrade(&mut client).unwrap();
    assert_eq!(cells(&mut client, "SELECT id::text FROM filled ORDER BY id"), ["1", "2"]);
}
