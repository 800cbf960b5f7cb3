//! Throw-away databases and servers, and what is left of them.

use super::{cells, project};
use enamel_runtime::connection::block_on;
use enamel_runtime::prove::{Claim, prove};
use enamel_runtime::scratch::Scratch;
use enamel_runtime::scratch::server::Server;
use enamel_runtime::{Connection, Migrations};
use enamel_schema::Schema;
use enamel_tests::command::cargo_enamel;
use enamel_tests::server::{Database, is_there};
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const NOTHING: Schema = Schema { tables: Vec::new(), enumerations: Vec::new(), extensions: Vec::new() };
const NO_CLAIM: Claim<'_> = Claim { models: &NOTHING, sealed: &NOTHING, ignore: &[] };

#[test]
fn a_shared_server_is_left_as_it_was() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    client.batch_execute("CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)").unwrap();
    let old = format!("enamel_scratch_1_{}_0", std::process::id());
    client.batch_execute(&format!("CREATE DATABASE {old}")).unwrap();
    let ours =
        format!("SELECT datname FROM pg_database WHERE datname ~ '^enamel_scratch_[0-9]+_{}_'", std::process::id());

    let scratch = Scratch::postgres_at(database.url("sslmode=disable"));
    let mut connection = scratch.open().unwrap();
    let name = block_on(connection.rows("SELECT current_database()")).unwrap()[0][0].clone().unwrap();
    assert_eq!(cells(&mut client, &ours), [name.as_str()], "the old one is swept");
    assert!(connection.url().unwrap().contains(&format!("/{name}?sslmode=disable")));
    drop(connection);
    project().with_tables(2).lend(|migrations| prove(migrations, NO_CLAIM, &scratch)).unwrap();
    let panicked = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let _connection = scratch.open().unwrap();
        panic!("in the middle");
    }));
    assert!(panicked.is_err());
    assert_eq!(cells(&mut client, &ours), [""; 0]);
    assert_eq!(cells(&mut client, "SELECT id FROM kept"), ["1"]);
}

#[test]
fn a_revision_that_reaches_out_is_not_run_on_a_shared_server() {
    let Some(database) = Database::new() else { return };
    let role = format!("{}_reader", database.name());
    let project = project().with_tables(1).with(
        "reader",
        &format!("DO $$ BEGIN\nCREATE ROLE {role};\nEND $$;\nCREATE SCHEMA second;\n"),
        &format!("DROP SCHEMA second;\nDROP ROLE {role};\n"),
    );
    let shared = Scratch::postgres_at(database.url(""));
    let error = project.lend(|migrations: &Migrations<'_>| prove(migrations, NO_CLAIM, &shared)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "could not prove the revisions: migrations/V0002__reader.sql says CREATE ROLE, which reaches beyond the scratch \
         database, on a server that others use"
    );
    let roles = format!("SELECT rolname FROM pg_roles WHERE rolname = '{role}'");
    assert_eq!(cells(&mut database.connect(), &roles), [""; 0]);
    // On a private server it is.
    let proof = project.lend(|migrations| prove(migrations, NO_CLAIM, &Scratch::postgres())).unwrap();
    assert_eq!(proof.down.map(|drift| drift.is_empty()), Some(true));
}

#[test]
fn an_interrupt_leaves_no_database_on_a_shared_server() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = Temporary::new("interrupted");
    project.write("Cargo.toml", "[package]\nname = \"shop\"\n[package.metadata.enamel]\ndialect = \"postgres\"\n");
    project.write("src/lib.rs", "");
    let command = |arguments: &[&str]| {
        let mut command = Command::new(cargo_enamel());
        command.arg("enamel").args(arguments).current_dir(project.folder()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    assert!(command(&["init"]).wait().unwrap().success());
    assert!(command(&["revision", "-m", "slow"]).wait().unwrap().success());
    project.write("migrations/V0001__slow.sql", "SELECT pg_sleep(60);\n");
    let mut slow = command(&["seal", "--scratch-url", &database.url("")]);
    let sleeping = format!(
        "SELECT datname FROM pg_stat_activity WHERE datname LIKE 'enamel_scratch_%\\_{}\\_%' AND query LIKE '%pg_sleep%'",
        slow.id()
    );
    let began = Instant::now();
    while cells(&mut client, &sleeping).is_empty() {
        assert!(began.elapsed() < Duration::from_secs(30), "it does not sleep");
        std::thread::sleep(Duration::from_millis(20));
    }
    kill("INT", &slow.id().to_string());
    assert_eq!(slow.wait().unwrap().signal(), Some(2));
    let left = format!("SELECT datname FROM pg_database WHERE datname LIKE 'enamel_scratch_%\\_{}\\_%'", slow.id());
    assert_eq!(cells(&mut client, &left), [""; 0]);
}

#[test]
fn a_private_server_ends_with_its_process_even_when_that_is_killed() {
    if !is_there() {
        return;
    }
    let (mut child, folder) = with_a_server();
    assert!(Path::new(&folder).exists());
    child.kill().unwrap();
    child.wait().unwrap();
    let began = Instant::now();
    while Path::new(&folder).exists() {
        assert!(began.elapsed() < Duration::from_secs(20), "{folder} is still there");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_killed_together_with_its_watcher_is_swept_at_the_next_run() {
    if !is_there() {
        return;
    }
    let (mut child, folder) = with_a_server();
    let threads = fs::read_dir(format!("/proc/{}/task", child.id())).unwrap();
    let watchers = threads.map(|thread| fs::read_to_string(thread.unwrap().path().join("children")).unwrap());
    let watcher = watchers.collect::<String>().trim().to_owned();
    let server = fs::read_to_string(Path::new(&folder).join("data/postmaster.pid")).unwrap();
    let server = format!("/proc/{}", server.lines().next().unwrap());
    kill("KILL", &watcher);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(Path::new(&server).exists(), "the server is on its own");
    drop(Server::start().unwrap());
    assert!(!Path::new(&folder).exists());
    assert!(!Path::new(&server).exists());
}

/// Sends a signal. The shell's own `kill` is there where no other is.
fn kill(signal: &str, process: &str) {
    assert!(Command::new("sh").args(["-c", &format!("kill -{signal} {process}")]).status().unwrap().success());
}

/// A process with a server, and the server's folder.
fn with_a_server() -> (Child, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "postgres::scratch::child", "--ignored", "--nocapture"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let folder = lines.map_while(Result::ok).find_map(|line| Some(line.split_once("folder: ")?.1.to_owned())).unwrap();
    (child, folder)
}

/// What is killed. It is a test only so that this binary can be started for it.
#[test]
#[ignore = "it is started by the test above"]
#[expect(clippy::print_stdout, reason = "the test above reads it")]
fn child() {
    let Ok(server) = Server::start() else { return };
    println!("folder: {}", server.folder().display());
    std::thread::sleep(Duration::from_secs(if std::env::args().any(|argument| argument == "--nocapture") {
        60
    } else {
        0
    }));
}

/// A folder that is removed at the end.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("enamel-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Self(folder)
    }

    fn folder(&self) -> &Path {
        &self.0
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
