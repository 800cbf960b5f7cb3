//! One session: commands of a shell in a Markdown file, each followed by what it prints.
//!
//! In a block that begins with "```console", a line `$ …` is a command, lines `> …` go on with it, and all else is what was printed, on stdout
//! and stderr alike; `? 3` closes what ended with exit code 3. A folder beside the file, `<name>.in`, is what the session begins with.

use enamel_tests::command::{bookshop, cargo_enamel};
use enamel_tests::server::Database;
use regex::Regex;
use snapbox::{Assert, Data, Redactions};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

/// A session that is about to be run.
pub(super) struct Session {
    /// The golden file.
    file: PathBuf,
    /// Where the commands are run. It goes when this is dropped.
    folder: PathBuf,
    /// The database that `$SHOP` names.
    database: Option<Database>,
    /// The programs that a command may name.
    programs: Vec<&'static Path>,
}

impl Session {
    /// Prepares the folder of a session.
    pub(super) fn begin(name: &str) -> Session {
        let sessions = Path::new(env!("CARGO_MANIFEST_DIR")).join("cli");
        let folder = env::temp_dir().join(format!("enamel-cli-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let input = sessions.join(format!("{name}.in"));
        if input.is_dir() {
            copy(&input, &folder);
        }
        Session {
            file: sessions.join(format!("{name}.md")),
            folder: folder.canonicalize().unwrap(),
            database: None,
            programs: vec![cargo_enamel()],
        }
    }

    /// The session, with a database on a server that others use, too.
    pub(super) fn with(mut self, database: Database) -> Session {
        self.database = Some(database);
        self
    }

    /// The session, with the bookshop as a program that is installed.
    pub(super) fn with_bookshop(mut self) -> Session {
        self.programs.push(bookshop());
        self
    }

    /// Runs the commands, and holds what they print against the file.
    pub(super) fn hold(&self) {
        let mut redactions = Redactions::new();
        redactions.insert("[FOLDER]", self.folder.clone()).unwrap();
        redactions.insert("[TIME]", Regex::new(r"\b[0-9]+(\.[0-9]+)?(ns|µs|ms|s)\b").unwrap()).unwrap();
        redactions.insert("[DATE]", Regex::new(r"\b2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z\b").unwrap()).unwrap();
        if let Some(database) = &self.database {
            redactions.insert("[SHOP]", database.url("")).unwrap();
        }
        let told = self.run(&fs::read_to_string(&self.file).unwrap());
        Assert::new()
            .action_env("SNAPSHOTS")
            .normalize_paths(false)
            .redact_with(redactions)
            .eq(told, Data::read_from(&self.file, None));
    }

    /// The text of the file, with what the commands really print.
    fn run(&self, file: &str) -> String {
        let mut told = String::new();
        let mut lines = file.lines().peekable();
        let mut in_block = false;
        while let Some(line) = lines.next() {
            let is_fence = line.starts_with("```");
            in_block = if is_fence { !in_block && line == "```console" } else { in_block };
            let Some(first) = line.strip_prefix("$ ").filter(|_| in_block) else {
                // What was printed last time is left out, and so are the lines between it.
                if is_fence || !in_block {
                    told.push_str(&format!("{line}\n"));
                }
                continue;
            };
            let mut command = first.to_owned();
            told.push_str(&format!("$ {first}\n"));
            while let Some(more) = lines.next_if(|line| line.starts_with("> ")) {
                told.push_str(&format!("{more}\n"));
                command.push_str(&format!("\n{}", &more[2..]));
            }
            told.push_str(&self.output(&command));
            if lines
                .clone()
                .find(|line| line.starts_with("$ ") || line.starts_with("```"))
                .is_some_and(|next| !next.starts_with("```"))
            {
                told.push('\n');
            }
        }
        told
    }

    fn output(&self, command: &str) -> String {
        let folders = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
        let own = self.programs.iter().filter_map(|program| program.parent()).map(Path::to_path_buf);
        let path = env::join_paths(own.chain(folders)).unwrap();
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1\n{command}")])
            .current_dir(&self.folder)
            .env("PATH", path)
            .env("CARGO", env!("CARGO"))
            .env("CARGO_TERM_COLOR", "never")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs(["GIT_AUTHOR", "GIT_COMMITTER"].map(|who| (format!("{who}_NAME"), "somebody")))
            .envs(["GIT_AUTHOR", "GIT_COMMITTER"].map(|who| (format!("{who}_EMAIL"), "somebody@example.org")))
            .env_remove("DATABASE_URL")
            .env_remove("NO_COLOR")
            .env_remove("ENAMEL_SCRATCH_URL")
            .env_remove("CARGO_TARGET_DIR")
            .envs(self.database.iter().map(|database| ("SHOP", database.url(""))))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let mut told = String::from_utf8_lossy(&output.stdout).into_owned();
        if !told.is_empty() && !told.ends_with('\n') {
            told.push('\n');
        }
        match output.status.code() {
            Some(0) => told,
            Some(code) => format!("{told}? {code}\n"),
            None => format!("{told}? killed\n"),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let next = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &next);
        } else {
            fs::copy(entry.path(), next).unwrap();
        }
    }
}
