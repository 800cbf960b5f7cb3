//! A PostgreSQL server that can be stopped in the middle, and started again.

use super::servers_user;
use enamel_runtime::postgres::{Client, NoTls};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A server in a folder that its maker removes. It listens on a socket in there.
pub(super) struct Cluster(PathBuf);

impl Cluster {
    /// Makes a server in an empty folder, and starts it. `None` on a machine without PostgreSQL.
    pub(super) fn start(folder: &Path) -> Option<Self> {
        Command::new("initdb").arg("--version").output().ok()?;
        if let Some((user, group)) = servers_user() {
            chown(folder, Some(user), Some(group)).unwrap();
        }
        let cluster = Self(folder.to_owned());
        let options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--wal-segsize=1"];
        assert!(cluster.run("initdb", &options), "initdb fails in {}", folder.display());
        cluster.start_again();
        Some(cluster)
    }

    /// Stops it without a farewell, as a crash of the machine would, but for what the system has not written yet.
    pub(super) fn stop_immediately(&self) {
        self.run("pg_ctl", &["-m", "immediate", "stop"]);
    }

    /// Starts it, if it is not running.
    pub(super) fn start_again(&self) {
        let began = Instant::now();
        let options = format!(
            "-k {} -c listen_addresses= -c fsync=off -c max_connections=120 -c max_wal_size=16MB -c min_wal_size=2MB",
            self.0.display()
        );
        let log = self.0.join("log").display().to_string();
        while self.connect("postgres").is_none() {
            assert!(began.elapsed() < Duration::from_secs(60), "the server does not start: {log}");
            // One that is still starting refuses a second one.
            self.run("pg_ctl", &["-w", "-l", &log, "-o", &options, "start"]);
        }
    }

    /// Makes a database.
    pub(super) fn create(&self, database: &str) {
        self.connect("postgres").unwrap().batch_execute(&format!("CREATE DATABASE {database}")).unwrap();
    }

    pub(super) fn drop(&self, database: &str) {
        self.connect("postgres").unwrap().batch_execute(&format!("DROP DATABASE {database} WITH (FORCE)")).unwrap();
    }

    /// How to connect to a database.
    pub(super) fn target(&self, database: &str) -> String {
        format!("host={} user=postgres dbname={database}", self.0.display())
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.0.join(".s.PGSQL.5432")
    }

    fn connect(&self, database: &str) -> Option<Client> {
        Client::connect(&self.target(database), NoTls).ok()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> bool {
        let mut command = Command::new(program);
        command.arg("-D").arg(self.0.join("data")).args(arguments).current_dir("/");
        if let Some((user, group)) = servers_user() {
            command.uid(user).gid(group);
        }
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().unwrap().success()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop_immediately();
    }
}
