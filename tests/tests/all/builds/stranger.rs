//! A crate of somebody else, in a temporary folder, that uses ours by path.

use enamel_schema::lock::{Entry, Lock};
use enamel_schema::revision::{down_file, up_file};
use enamel_schema::{Checksum, Dialect, Schema, Version};
use enamel_tests::command::workspace;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::{env, fs};

/// A package outside the workspace. Its folder goes when it is dropped.
pub(super) struct Stranger {
    folder: PathBuf,
}

impl Stranger {
    /// Makes a package whose Cargo.toml has these dependencies; `{enamel}` stands for the folder of enamel-runtime.
    pub(super) fn new(name: &str, dependencies: &str) -> Stranger {
        let folder = env::temp_dir().join(format!("enamel-{}-{name}", std::process::id()));
        let stranger = Stranger { folder };
        let runtime = workspace().join("enamel-runtime");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\n\n\
             [workspace]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n",
            dependencies.replace("{enamel}", &runtime.to_string_lossy())
        );
        stranger.write("Cargo.toml", &manifest);
        // The versions that this workspace was resolved to are those that are at hand without a network.
        fs::copy(workspace().join("Cargo.lock"), stranger.path("Cargo.lock")).unwrap();
        stranger
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    pub(super) fn rename(&self, previous: &str, next: &str) {
        fs::rename(self.path(previous), self.path(next)).unwrap();
    }

    /// Builds and runs the program.
    pub(super) fn run(&self) -> Built {
        self.cargo(&["run", "--quiet"])
    }

    /// Builds the program, and keeps it as it is now.
    pub(super) fn keep(&self, version: &str) -> PathBuf {
        let built = self.cargo(&["build", "--message-format", "json-render-diagnostics"]);
        let messages = built.printed();
        let program = messages.lines().rev().find_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            Some(PathBuf::from(message.get("executable")?.as_str()?))
        });
        let kept = self.path(version);
        fs::copy(program.unwrap(), &kept).unwrap();
        kept
    }

    /// Checks the program, without making it.
    pub(super) fn check(&self) -> Built {
        self.cargo(&["check", "--quiet"])
    }

    /// Builds and runs the program's tests.
    pub(super) fn test(&self) -> Built {
        self.cargo(&["test"])
    }

    fn cargo(&self, arguments: &[&str]) -> Built {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .arg("--offline")
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", workspace().join("target/builds"))
            .env("CARGO_TERM_COLOR", "never")
            .output()
            .unwrap();
        Built { output }
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What Cargo did.
pub(super) struct Built {
    output: Output,
}

impl Built {
    /// What the program printed. Fails when it did not build or run.
    #[track_caller]
    pub(super) fn printed(&self) -> String {
        assert!(self.output.status.success(), "{}", self.stderr());
        self.stdout()
    }

    pub(super) fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }

    /// The messages that rustc gives for us: from `error:` or `warning:` to the place, without what rustc adds.
    pub(super) fn messages(&self) -> String {
        let mut messages = String::new();
        let mut inside = false;
        for line in self.stderr().lines() {
            inside |= line.starts_with("error: ") || line.starts_with("warning: use of deprecated");
            if inside && !line.starts_with("error: could not compile") {
                messages.push_str(line);
                messages.push('\n');
            }
            inside &= !line.trim_start().starts_with("-->");
        }
        messages
    }

    /// The same for a build that must have failed.
    #[track_caller]
    pub(super) fn errors(&self) -> String {
        assert!(!self.output.status.success(), "it built");
        self.messages()
    }

    pub(super) fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }
}

/// A way back of a revision that is never taken back.
pub(super) const DOWN: &str = "-- nothing to take back\n";

/// A folder of revisions, written as the command writes it.
pub(super) struct Revisions<'a> {
    stranger: &'a Stranger,
    folder: &'static str,
    pub(super) lock: Lock,
}

impl<'a> Revisions<'a> {
    pub(super) fn new(stranger: &'a Stranger, folder: &'static str, dialects: &[Dialect]) -> Self {
        let lock = Lock {
            types: 1,
            history: "enamel_schema_history".to_owned(),
            models: Vec::new(),
            type_map: BTreeMap::new(),
            doc_comments: false,
            folders: dialects.len() > 1,
            dialects: dialects.iter().map(|&dialect| (dialect, Vec::new())).collect(),
            schema: Schema::default(),
        };
        Self { stranger, folder, lock }
    }

    /// Writes the next revision for each dialect, and the lock file. An empty text is no way back.
    pub(super) fn add(&mut self, slug: &str, up: &str, down: &str) {
        let dialects: Vec<Dialect> = self.lock.dialects.keys().copied().collect();
        for dialect in dialects {
            let folder = self.lock.folder(dialect);
            let entries = self.lock.dialects.entry(dialect).or_default();
            let version = entries.last().map_or(Version::BASE, |entry| entry.version).following().unwrap();
            let sha256 = Checksum::of(up);
            entries.push(Entry {
                version,
                slug: slug.to_owned(),
                up: sha256,
                down: (!down.is_empty()).then(|| Checksum::of(down)),
                chain: Checksum::chained(entries.last().map(|entry| &entry.chain), &sha256),
                accepts: Vec::new(),
                unproven: false,
            });
            self.stranger.write(&format!("{}/{folder}/{}", self.folder, up_file(version, slug)), up);
            if !down.is_empty() {
                self.stranger.write(&format!("{}/{folder}/{}", self.folder, down_file(version, slug)), down);
            }
        }
        self.seal();
    }

    pub(super) fn seal(&self) {
        self.stranger.write(&format!("{}/enamel.lock", self.folder), &self.lock.write());
    }
}
