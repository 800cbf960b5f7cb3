//! PgBouncer in transaction mode: each transaction on another connection of the server.

use super::servers_user;
use crate::launch::project::Place;
use enamel_runtime::postgres::config::Host;
use enamel_runtime::postgres::{Client, NoTls};
use enamel_runtime::tokio_postgres::Config;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Ends with the pipe that this process holds open, however this process ends.
const WATCH: &str = "pgbouncer -q \"$1\" > /dev/null 2>&1 < /dev/null &
read -r _
kill -INT $!
wait $!";

/// A private PgBouncer, on loopback and behind a password of its own.
pub(super) struct Pooler {
    /// Holds its settings and its log.
    place: Place,
    watcher: Child,
    port: u16,
    password: String,
}

impl Pooler {
    /// Starts one before a server. `None` on a machine without PgBouncer, unless it has to be there.
    pub(super) fn start(name: &str, server: &Config) -> Option<Self> {
        let is_there = Command::new("pgbouncer").arg("--version").output().is_ok();
        if !is_there {
            assert!(std::env::var_os("ENAMEL_TEST_SERVERS").is_none(), "there is no pgbouncer");
            return None;
        }
        let place = Place::new(name);
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let password = format!("{:x}", std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), port));
        let folder = place.path().display();
        let settings = format!(
            "[databases]\n* = {}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n\
             auth_type = scram-sha-256\nauth_file = {folder}/users\nlogfile = {folder}/log\n\
             pool_mode = transaction\ndefault_pool_size = 4\nmax_client_conn = 200\nserver_login_retry = 0.1\n",
            address(server)
        );
        std::fs::write(place.path().join("users"), format!("\"enamel\" \"{password}\"\n")).unwrap();
        std::fs::write(place.path().join("pgbouncer.ini"), settings).unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", WATCH, "sh"]).arg(place.path().join("pgbouncer.ini"));
        if let Some((user, group)) = servers_user() {
            for path in ["", "users", "pgbouncer.ini"] {
                chown(place.path().join(path), Some(user), Some(group)).unwrap();
            }
            shell.uid(user).gid(group);
        }
        let watcher = shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let pooler = Self { place, watcher, port, password };
        pooler.wait_until_ready();
        Some(pooler)
    }

    /// How to connect to a database through it.
    pub(super) fn target(&self, database: &str) -> String {
        format!("host=127.0.0.1 port={} user=enamel password={} dbname={database}", self.port, self.password)
    }

    fn wait_until_ready(&self) {
        let began = Instant::now();
        while let Err(error) = Client::connect(&self.target("postgres"), NoTls) {
            let log = || std::fs::read_to_string(self.place.path().join("log")).unwrap_or_default();
            assert!(began.elapsed() < Duration::from_secs(20), "pgbouncer does not start: {error:?}\n{}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        drop(self.watcher.stdin.take());
        let _ = self.watcher.wait();
    }
}

/// The server, in the words of PgBouncer's settings.
fn address(server: &Config) -> String {
    let host = match server.get_hosts().first().unwrap() {
        Host::Tcp(name) => name.clone(),
        Host::Unix(folder) => folder.display().to_string(),
    };
    let port = server.get_ports().first().copied().unwrap_or(5432);
    let password = server.get_password().map(|password| format!(" password={}", String::from_utf8_lossy(password)));
    format!("host={host} port={port} user={}{}", server.get_user().unwrap(), password.unwrap_or_default())
}
