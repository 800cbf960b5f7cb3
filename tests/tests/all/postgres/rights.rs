//! Servers and roles that may do less than one would wish.

use super::{cell, project};
use enamel_runtime::postgres::{Client, NoTls};
use enamel_runtime::prove::{Claim, prove};
use enamel_runtime::scratch::Scratch;
use enamel_runtime::scratch::server::Server;
use enamel_schema::Schema;
use enamel_tests::server::{Database, is_there};
use snapbox::str;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

#[test]
fn a_replica_is_enough_for_a_launch_with_nothing_to_do() {
    if !is_there() {
        return;
    }
    let server = Server::start().unwrap();
    let project = project().with_tables(2);
    project.upgrade(&mut server.connect("postgres").unwrap()).unwrap();
    let replica = Replica::of(&server);
    let mut client = replica.connect(&server);
    assert_eq!(cell(&mut client, "SELECT pg_is_in_recovery()"), "t");
    assert_eq!(project.upgrade(&mut client).unwrap().to_string(), "nothing to do, the database is at 0002");
    snapbox::assert_data_eq!(
        project.with_tables(1).upgrade(&mut client).unwrap_err().to_string(),
        str![[r#"
could not upgrade the database: the server is a read-only replica
hint: start a program on the primary first; this one starts when the replica has followed
"#]]
    );
}

#[test]
fn a_role_that_may_make_no_database_is_told_on_a_named_server() {
    let Some(database) = Database::new() else { return };
    let role = format!("{}_plain", database.name());
    let mut owner = database.connect();
    owner.batch_execute(&format!("CREATE ROLE {role} LOGIN")).unwrap();
    let nothing = Schema { tables: Vec::new(), enumerations: Vec::new(), extensions: Vec::new() };
    let claim = Claim { models: &nothing, sealed: &nothing, ignore: &[] };
    let scratch = Scratch::postgres_at(database.url_as(&role));
    let error = project().with_tables(1).lend(|migrations| prove(migrations, claim, &scratch)).unwrap_err();
    snapbox::assert_data_eq!(
        error.to_string(),
        str!["could not make a scratch database: permission denied to create database"]
    );
    owner.batch_execute(&format!("DROP ROLE {role}")).unwrap();
}

/// A conversion goes over all rows, whatever policies show: it would cut what a question did not see.
#[test]
fn rows_that_policies_hide_are_asked_too() {
    let Some(database) = Database::new() else { return };
    let role = format!("{}_owner", database.name());
    let mut administrator = database.connect();
    administrator
        .batch_execute(&format!(
            "CREATE ROLE {role} LOGIN; GRANT CREATE, USAGE ON SCHEMA public TO {role};
            CREATE TABLE notes (id int, at text);
            INSERT INTO notes VALUES (1, '2020-01-01'), (2, '2020-01-01 13:45');
            ALTER TABLE notes OWNER TO {role};
            ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
            ALTER TABLE notes FORCE ROW LEVEL SECURITY;
            CREATE POLICY shown ON notes USING (id = 1)"
        ))
        .unwrap();
    let mut client = Client::connect(&database.url_as(&role), NoTls).unwrap();
    let dates = "-- enamel: must be empty: texts that are not dates\n\
                 SELECT id FROM notes WHERE length(at) <> 10;\n\
                 ALTER TABLE notes ALTER COLUMN at TYPE date USING at::date;\n";
    let project = project().with("dates", dates, "");
    snapbox::assert_data_eq!(
        project.upgrade(&mut client).unwrap_err().to_string(),
        str![[r#"
could not run migrations/V0001__dates.sql:2: query would be affected by row-level security policy for table "notes"; the database stays at base
  SELECT id FROM notes WHERE length(at) <> 10
hint: policies hide rows from this role: connect as one that has BYPASSRLS, or take FORCE ROW LEVEL SECURITY from the table meanwhile
"#]]
    );
    administrator.batch_execute(&format!("ALTER ROLE {role} BYPASSRLS")).unwrap();
    snapbox::assert_data_eq!(
        project.upgrade(&mut client).unwrap_err().to_string(),
        str![[r#"
could not run migrations/V0001__dates.sql:2: there are texts that are not dates: 1, the first of them (2); the database stays at base
hint: correct the rows, and run it again
"#]]
    );
    administrator.batch_execute("UPDATE notes SET at = '2020-01-02' WHERE id = 2").unwrap();
    assert_eq!(project.upgrade(&mut client).unwrap().done.len(), 1);
    assert_eq!(cell(&mut client, "SHOW row_security"), "on");
    administrator
        .batch_execute(&format!("REASSIGN OWNED BY {role} TO CURRENT_USER; DROP OWNED BY {role}; DROP ROLE {role}"))
        .unwrap();
}

/// A server that was stopped, and runs on as a standby: it applies what a primary writes, and is only read.
struct Replica(Child);

impl Replica {
    /// <https://www.postgresql.org/docs/current/storage-file-layout.html> has the two files beside the data: the number of the process and the command
    /// that started it.
    fn of(server: &Server) -> Self {
        let data = server.folder().join("data");
        let process_file = data.join("postmaster.pid");
        let process = fs::read_to_string(&process_file).unwrap().lines().next().unwrap().to_owned();
        let command = fs::read_to_string(data.join("postmaster.opts")).unwrap();
        let owner = fs::metadata(&data).unwrap();
        assert!(Command::new("kill").args(["-INT", &process]).status().unwrap().success());
        while process_file.exists() {
            sleep(Duration::from_millis(10));
        }
        // A private server writes ahead too little for a standby.
        let command = command.replace("wal_level=minimal", "wal_level=replica");
        let user = (owner.uid() != fs::metadata("/proc/self").unwrap().uid()).then_some(&owner);
        let primary = Self::start(&command, user);
        drop(primary.connect(server));
        drop(primary);
        let signal: PathBuf = data.join("standby.signal");
        fs::write(&signal, "").unwrap();
        chown(&signal, Some(owner.uid()), Some(owner.gid())).unwrap();
        Self::start(&command, user)
    }

    fn start(command: &str, user: Option<&fs::Metadata>) -> Self {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &format!("exec {command}")]).current_dir("/").stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(user) = user {
            shell.uid(user.uid()).gid(user.gid());
        }
        Self(shell.spawn().unwrap())
    }

    fn connect(&self, server: &Server) -> Client {
        for _ in 0..1_000 {
            if let Ok(client) = server.connect("postgres") {
                return client;
            }
            sleep(Duration::from_millis(20));
        }
        panic!("the replica did not start");
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-INT", &self.0.id().to_string()]).status();
        let _ = self.0.wait();
    }
}
