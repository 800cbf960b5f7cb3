//! The programs: processes of this test binary that do nothing but launch.

use crate::launch::project::Project;
use enamel_runtime::postgres::{Client, NoTls};
use enamel_runtime::rusqlite::Connection;
use enamel_schema::Dialect;
use std::io::Read as _;
use std::process::{Child, Command, ExitStatus, Stdio};

const TARGET: &str = "ENAMEL_TEST_LAUNCH";
const REVISIONS: usize = 24;
/// Those that run outside a transaction.
const ALONE: [usize; 2] = [6, 18];
/// The one that needs room on the disk.
const FILLED: usize = 9;
const ROWS: &str = "INSERT INTO t9 WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1000) SELECT substr(\
                    '----------------------------------------------------------------------------------------------------', 1, 100) FROM r;\n";
/// The one that makes a table anew, on SQLite.
const REBUILD: usize = 12;

/// The revisions. Each writes its number into a table, which shows what was applied twice, or in another order.
fn project(dialect: Dialect) -> Project {
    let postgres = dialect == Dialect::Postgres;
    let key =
        if postgres { "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY" } else { "INTEGER PRIMARY KEY AUTOINCREMENT" };
    let log = format!("CREATE TABLE log (id {key}, what VARCHAR(9));\n{}", says("1"));
    (2..=REVISIONS).fold(Project::of(dialect).with("log", &log, ""), |project, number| {
        let written = says(&number.to_string());
        let (first, second) = (says(&format!("{number}a")), says(&format!("{number}b")));
        let text = match number {
            _ if ALONE.contains(&number) && postgres => format!(
                "-- enamel: no-transaction\n{first}CREATE INDEX CONCURRENTLY ix{number} ON log (what);\n{second}"
            ),
            _ if ALONE.contains(&number) => format!("-- enamel: no-transaction\n{first}VACUUM;\n{second}"),
            REBUILD if !postgres => format!(
                "-- enamel: rebuild t2\nCREATE TABLE next (id INTEGER, age INTEGER);\nINSERT INTO next (id) SELECT id FROM t2;\n\
                 DROP TABLE t2;\nALTER TABLE next RENAME TO t2;\n{written}"
            ),
            FILLED => format!("CREATE TABLE t{number} (id VARCHAR(200));\n{ROWS}{written}"),
            _ => format!("CREATE TABLE t{number} (id INTEGER);\n{written}"),
        };
        project.with(&format!("r{number}"), &text, "")
    })
}

fn says(what: &str) -> String {
    format!("INSERT INTO log (what) VALUES ('{what}');\n")
}

/// What the revisions write, in order.
pub(super) fn expected_log() -> Vec<String> {
    (1..=REVISIONS)
        .flat_map(|number| match ALONE.contains(&number) {
            true => vec![format!("{number}a"), format!("{number}b")],
            false => vec![number.to_string()],
        })
        .collect()
}

/// The versions that the history lists in the end.
pub(super) fn expected_history() -> Vec<String> {
    (1..=REVISIONS).map(|number| number.to_string()).collect()
}

/// What each process does. It is a test only so that this binary can be started for it.
#[test]
#[ignore = "it is started by the tests of this module"]
#[allow(clippy::print_stderr, reason = "a program may print")]
fn program() {
    let Ok(target) = std::env::var(TARGET) else { return };
    if let Err(error) = launch(&target) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

fn launch(target: &str) -> Result<(), String> {
    let report = match target.strip_prefix("sqlite:") {
        Some(path) => {
            let mut connection = Connection::open(path).map_err(|error| format!("could not open: {error}"))?;
            project(Dialect::Sqlite).upgrade(&mut connection)
        }
        None => {
            let mut client = Client::connect(target, NoTls).map_err(|error| format!("could not connect: {error}"))?;
            project(Dialect::Postgres).upgrade(&mut client)
        }
    };
    report.map(drop).map_err(|error| error.to_string())
}

/// A process that launches.
pub(super) struct Program {
    child: Child,
    killed: bool,
}

/// How a program ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    Launched,
    Killed,
    Failed(String),
}

impl Program {
    /// Starts one. `target` is `sqlite:PATH`, or how to connect to PostgreSQL.
    pub(super) fn start(target: &str) -> Self {
        Self::start_by(Command::new(std::env::current_exe().unwrap()), target)
    }

    /// Starts one whose files may be so many kilobytes long.
    pub(super) fn start_limited(target: &str, kilobytes: u32) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -f {}; exec \"$0\" \"$@\"", kilobytes * 2)]);
        shell.arg(std::env::current_exe().unwrap());
        Self::start_by(shell, target)
    }

    fn start_by(mut command: Command, target: &str) -> Self {
        command
            .args(["--exact", "crowd::programs::program", "--ignored", "--nocapture", "--quiet"])
            .env(TARGET, target);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        Self { child, killed: false }
    }

    /// Kills it, as `kill -9` does.
    pub(super) fn kill(&mut self) {
        self.killed = true;
        // It may have ended by itself.
        let _ = self.child.kill();
    }

    /// How it ended, if it has.
    pub(super) fn ended(&mut self) -> Option<End> {
        let status = self.child.try_wait().unwrap()?;
        Some(self.end(status))
    }

    pub(super) fn wait(mut self) -> End {
        let status = self.child.wait().unwrap();
        self.end(status)
    }

    fn end(&mut self, status: ExitStatus) -> End {
        if status.success() {
            return End::Launched;
        }
        if self.killed {
            return End::Killed;
        }
        let mut said = String::new();
        let _ = self.child.stderr.take().unwrap().read_to_string(&mut said);
        End::Failed(if said.is_empty() { status.to_string() } else { said })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
