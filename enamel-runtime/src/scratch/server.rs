//! A private PostgreSQL server, which nobody else can reach and which ends with this process.
//!
//! A shell watches over it, and reads from a pipe that this process holds open: however this process ends, the pipe closes, and the shell stops
//! the server and removes its folder. No signal handler and no exit hook does that for all ways to end.

mod programs;

use super::image::Image;
use crate::connection::DriverError;
use programs::programs;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A private server. It is stopped, and its folder removed, when this is dropped or the process ends.
///
/// It listens on a socket in a folder of its own, trusts whoever can open that, and does not wait for the disk.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    watcher: Child,
    port: u16,
    programs: PathBuf,
    /// Whether it began with what another one left.
    is_copy: bool,
    /// Locked as long as this process lives.
    _owner: File,
}

/// Why there is no private server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// PostgreSQL is not installed where it is looked for.
    #[error(
        "PostgreSQL's `initdb` and `postgres` are neither on PATH nor in /usr/lib/postgresql/*/bin; install them, or name a server in ENAMEL_SCRATCH_URL"
    )]
    Missing,
    /// It did not start.
    #[error("could not start a private PostgreSQL server: {what}")]
    Failed {
        /// What went wrong: an error of the system's, or the end of the server's log.
        what: String,
    },
}

impl From<io::Error> for ServerError {
    fn from(error: io::Error) -> Self {
        ServerError::Failed { what: error.to_string() }
    }
}

/// What the names of the folders begin with.
const PREFIX: &str = "enamel-server-";

/// How long a server may take to start. It takes a second.
const START: Duration = Duration::from_secs(60);

/// Where the databases are, below the folder.
const DATA: &str = "data";

/// The file that the process holds a lock on whose server it is.
const OWNER: &str = "owner";

/// The port that drivers take for granted. It is part of a socket's name.
const PORT: u16 = 5432;

const ROOT: u32 = 0;

/// The folder of the programs; that of the server, which is this user's alone; where it listens besides, and on which port. What is thrown away
/// anyway need not outlive a crash: next to nothing is written ahead, which halves the time of a `CREATE TABLE`
/// (<https://www.postgresql.org/docs/current/populate.html#POPULATE-PITR>).
const WATCH: &str = r#"
trap '' INT TERM HUP
programs=$1 folder=$2 addresses=$3 port=$4
(
    [ -d "$folder/data" ] || "$programs/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync --wal-segsize=1 --no-instructions || {
        : > "$folder/failed"
        exit 1
    }
    exec "$programs/postgres" -D "$folder/data" -k "$folder" -c "listen_addresses=$addresses" -p "$port" -c unix_socket_permissions=0700 \
        -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0 -c wal_skip_threshold=0 \
        -c wal_init_zero=off -c wal_recycle=off -c max_wal_size=4GB -c autovacuum=off -c jit=off \
        -c max_connections=200 -c max_locks_per_transaction=256
) > "$folder/log" 2>&1 < /dev/null &
read -r order
if [ "$order" = stop ]; then
    kill -INT $!
    wait $! && exit
fi
kill -QUIT $!
wait $!
cd /
rm -rf "$folder"
exit 1
"#;

/// `$1` is the folder of a server. The first line of its `postmaster.pid` is the number of its process
/// (<https://www.postgresql.org/docs/current/storage-file-layout.html>).
const END: &str = r#"
if read -r process < "$1/data/postmaster.pid"; then
    kill -QUIT "$process"
    while kill -0 "$process"; do sleep 0.1; done
fi
rm -rf "$1"
"#;

impl Server {
    /// Starts a server with nothing in it. As root it runs as `postgres` or `nobody`, since PostgreSQL refuses root.
    ///
    /// # Errors
    ///
    /// [`ServerError::Missing`] where PostgreSQL is not installed; what its log says.
    pub fn start() -> Result<Self, ServerError> {
        Self::run(None, None)
    }

    /// The same, with what another one left, if that can be trusted.
    pub(super) fn start_with(image: &Image) -> Result<Self, ServerError> {
        match Self::run(None, Some(image)) {
            Err(ServerError::Failed { .. }) => Self::start(),
            started => started,
        }
    }

    /// The same, which also listens on a port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// As [`Server::start`].
    pub fn start_on(port: u16) -> Result<Self, ServerError> {
        Self::run(Some(port), None)
    }

    fn run(port: Option<u16>, image: Option<&Image>) -> Result<Self, ServerError> {
        let programs = programs().ok_or(ServerError::Missing)?;
        sweep();
        let (folder, owner) = make_folder()?;
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", WATCH, "sh"]).arg(&programs).arg(&folder);
        shell.arg(if port.is_some() { "127.0.0.1" } else { "" });
        let port = port.unwrap_or(PORT);
        shell.arg(port.to_string());
        let mut other = None;
        // Whoever made the folder owns it.
        if fs::metadata(&folder)?.uid() == ROOT {
            let (user, group) =
                other_user().ok_or_else(|| io::Error::other("there is no user `postgres` or `nobody`"))?;
            chown(&folder, Some(user), Some(group))?;
            shell.uid(user).gid(group);
            other = Some((user, group));
        }
        let is_copy = image.is_some_and(|image| image.copy_to(&folder.join(DATA), &programs, other));
        // A group of its own: Ctrl-C on the terminal is for this process.
        shell.process_group(0).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Self { watcher: shell.spawn()?, folder, port, programs, is_copy, _owner: owner };
        server.wait_until_ready()?;
        Ok(server)
    }

    /// Whether PostgreSQL's programs are where they are looked for.
    pub fn is_installed() -> bool {
        programs().is_some()
    }

    /// A connection, as the superuser `postgres`.
    ///
    /// # Errors
    ///
    /// What the server says.
    pub fn connect(&self, database: &str) -> Result<postgres::Client, DriverError> {
        let mut config = postgres::Config::new();
        config.host_path(&self.folder).port(self.port).user("postgres").dbname(database).application_name("enamel");
        Ok(config.connect(postgres::NoTls)?)
    }

    /// The folder of the server.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The URL of a database, for programs.
    pub fn url(&self, database: &str) -> String {
        let host: String = self.folder.to_string_lossy().bytes().map(|byte| format!("%{byte:02X}")).collect();
        let port = if self.port == PORT { String::new() } else { format!(":{}", self.port) };
        format!("postgres://postgres@{host}{port}/{database}")
    }

    /// Whether it began with what another one left.
    pub(super) const fn is_copy(&self) -> bool {
        self.is_copy
    }

    /// Stops it properly, and leaves what it has made to the next. No server writes in the databases with these numbers.
    pub(super) fn leave_to(mut self, image: &Image, templates: &[String]) {
        let told = self.watcher.stdin.take().is_some_and(|mut pipe| pipe.write_all(b"stop\n").is_ok());
        if told && self.watcher.wait().is_ok_and(|status| status.success()) {
            // What cannot be kept is made again.
            let _ = image.take(&self.folder.join(DATA), &self.programs, templates);
            let _ = fs::remove_dir_all(&self.folder);
        }
    }

    fn wait_until_ready(&self) -> Result<(), ServerError> {
        let began = Instant::now();
        while self.connect("postgres").is_err() {
            if began.elapsed() > START || self.has_failed() {
                return Err(ServerError::Failed { what: self.log() });
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// Whether it will never be ready. What it tells a connection that comes too early is no failure; it speaks English.
    fn has_failed(&self) -> bool {
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let is_fatal = |line: &str| line.contains("FATAL:  ") && !line.contains("FATAL:  the database system is ");
        self.folder.join("failed").exists() || log.lines().any(|line| is_fatal(line) || line.contains("PANIC:  "))
    }

    /// The last lines of the log.
    fn log(&self) -> String {
        const LAST: usize = 5;
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(LAST)..].join("\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.watcher.stdin.take());
        let _ = self.watcher.wait();
    }
}

/// A folder that only its owner may enter, and the lock by which others know that its process lives.
fn make_folder() -> io::Result<(PathBuf, File)> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("{PREFIX}{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let folder = temporary().join(name);
    // What a process of the same number left when the machine went down.
    let _ = fs::remove_dir_all(&folder);
    fs::DirBuilder::new().mode(0o700).create(&folder)?;
    // Order matters: by its name others find it, and remove the folder unless it is held by then.
    let unnamed = folder.join(format!("{OWNER}.new"));
    let owner = File::create(&unnamed)?;
    owner.lock()?;
    fs::rename(unnamed, folder.join(OWNER))?;
    Ok((folder, owner))
}

/// Where servers have their folders. The path is short: that of a socket has at most some hundred bytes.
fn temporary() -> PathBuf {
    const LONGEST: usize = 60;
    let temporary = std::env::temp_dir();
    if temporary.as_os_str().len() > LONGEST { PathBuf::from("/tmp") } else { temporary }
}

/// Ends servers whose process was killed together with the shell that watched over them, and removes what they left.
fn sweep() {
    let entries = fs::read_dir(temporary()).into_iter().flatten().flatten();
    for folder in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX)) {
        let folder = folder.path();
        let Ok(owner) = File::open(folder.join(OWNER)) else { continue };
        if owner.try_lock().is_ok() {
            // Its watcher may be at it, too.
            let _ = Command::new("/bin/sh").args(["-c", END, "sh"]).arg(&folder).stderr(Stdio::null()).status();
        }
    }
}

/// Numbers of user and group of somebody who is not root.
fn other_user() -> Option<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    ["postgres", "nobody"].iter().find_map(|name| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_being_made_is_not_swept() {
        let is_done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !is_done.load(Ordering::Relaxed) {
                    sweep();
                }
            });
            let is_there = |_| {
                let (folder, _owner) = make_folder().unwrap();
                let is_there = folder.exists();
                let _ = fs::remove_dir_all(folder);
                is_there
            };
            let lost = (0..2_000).map(is_there).filter(|is_there| !is_there).count();
            is_done.store(true, Ordering::Relaxed);
            assert_eq!(lost, 0);
        });
    }

    #[test]
    fn a_server_serves_and_leaves_nothing() {
        let server = match Server::start() {
            Err(ServerError::Missing) => return,
            server => server.unwrap(),
        };
        let mut client = server.connect("postgres").unwrap();
        assert_eq!(client.query_one("SELECT 1 + 1", &[]).unwrap().get::<_, i32>(0), 2);
        let mut by_url = postgres::Client::connect(&server.url("postgres"), postgres::NoTls).unwrap();
        assert_eq!(by_url.query_one("SELECT 1 + 1", &[]).unwrap().get::<_, i32>(0), 2);
        let folder = server.folder.clone();
        drop(server);
        assert!(!folder.exists());
        assert!(client.simple_query("SELECT 1").is_err());
    }
}
