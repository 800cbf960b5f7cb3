//! An older program on a newer database, and what a readiness probe is told, without any right but to read.

use super::{cells, project};
use crate::launch::counting::Counting;
use crate::launch::project::{Project, version};
use enamel_runtime::Error;
use enamel_runtime::postgres::Client;
use enamel_tests::server::Database;

/// Three revisions: what the second does keeps older programs working, and the third says nothing about it.
fn line() -> Project {
    project()
        .with_tables(1)
        .with("age", "-- enamel: keeps-old-code\nALTER TABLE t0000 ADD COLUMN age integer;\n", "")
        .with("no_name", "ALTER TABLE t0000 DROP COLUMN name;\n", "")
}

/// A role of one test, that may read the history and nothing else.
struct Reader<'d> {
    database: &'d Database,
    role: String,
}

impl<'d> Reader<'d> {
    fn new(database: &'d Database) -> Self {
        let role = format!("{}_reader", database.name());
        let sql = format!(
            "CREATE ROLE {role}; REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO {role}; \
             GRANT SELECT ON enamel_schema_history TO {role}"
        );
        database.connect().batch_execute(&sql).unwrap();
        Self { database, role }
    }

    fn connect(&self) -> Counting<Client> {
        let mut client = self.database.connect();
        client.batch_execute(&format!("SET SESSION AUTHORIZATION {}", self.role)).unwrap();
        for refused in
            ["CREATE TABLE mine (id int)", "CREATE TEMP TABLE mine (id int)", "DELETE FROM enamel_schema_history"]
        {
            // The database's owner lets everybody make temporary tables.
            assert_eq!(client.batch_execute(refused).is_ok(), refused.contains("TEMP"), "{refused}");
        }
        Counting::new(client)
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let _ = self.database.connect().batch_execute(&format!("DROP OWNED BY {0}; DROP ROLE {0}", self.role));
    }
}

#[test]
fn a_role_that_may_only_read_starts_and_is_told() {
    let Some(database) = Database::new() else { return };
    let all = line();
    let (first, second) = (all.clone().without_newest(2), all.clone().without_newest(1));
    first.upgrade(&mut database.connect()).unwrap();
    let reader = Reader::new(&database);
    let is_current = |project: &Project, client: &mut Counting<Client>| project.lend(|all| all.is_current(client));

    let mut client = reader.connect();
    assert!(is_current(&first, &mut client).unwrap());
    assert_eq!(client.take().len(), 1);
    assert!(!is_current(&second, &mut client).unwrap());
    assert_eq!(client.take().len(), 1);
    assert_eq!(first.upgrade(&mut client).unwrap().done.len(), 0);
    assert_eq!(client.take().len(), 1);

    second.upgrade(&mut database.connect()).unwrap();
    assert_eq!(first.upgrade(&mut client).unwrap().to, version(2));
    assert_eq!(
        client.take(),
        [
            "SELECT version, chain, tableoid = to_regclass(format('%I.\"enamel_schema_history\"', current_schema)) \
             FROM \"enamel_schema_history\" ORDER BY version DESC LIMIT 1",
            "SELECT version, chain, keeps_old_code FROM \"enamel_schema_history\" WHERE version >= 1 \
             AND tableoid = to_regclass(format('%I.\"enamel_schema_history\"', current_schema)) \
             ORDER BY version"
        ]
    );
    assert!(is_current(&first, &mut client).unwrap());

    all.upgrade(&mut database.connect()).unwrap();
    for older in [&first, &second] {
        let error = older.upgrade(&mut client).unwrap_err();
        assert!(error.to_string().contains("and 0003 no_name does not keep older programs working"), "{error}");
        assert!(matches!(is_current(older, &mut client), Err(Error::Newer { .. })));
    }
}

/// No lock is asked for, and none is in the way.
#[test]
fn an_older_program_starts_while_a_newer_one_is_at_it() {
    let Some(database) = Database::new() else { return };
    let all = line();
    all.clone().without_newest(1).upgrade(&mut database.connect()).unwrap();
    let older = all.clone().without_newest(2);
    let mut asked = 0;
    let mut at_it = |event: &enamel_runtime::upgrade::Event<'_>| {
        if matches!(event, enamel_runtime::upgrade::Event::Finished { .. }) {
            let mut client = database.connect();
            assert_eq!(older.upgrade(&mut client).unwrap().to, version(2));
            assert!(!all.lend(|all| all.is_current(&mut client)).unwrap());
            asked += 1;
        }
    };
    all.launch(|launch| launch.observer(&mut at_it).upgrade(&mut database.connect())).unwrap();
    assert_eq!(asked, 1);
    let words = cells(&mut database.connect(), "SELECT keeps_old_code FROM enamel_schema_history ORDER BY version");
    assert_eq!(words, ["0", "1", "0"]);
}
