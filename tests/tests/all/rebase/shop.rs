//! A package in a repository of its own, and what is asked of it.

use enamel_runtime::rusqlite::Connection;
use enamel_tests::command::cargo_enamel;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::{env, fs};

/// A package in a repository of its own. Its folder goes when it is dropped.
pub(super) struct Shop {
    folder: PathBuf,
}

/// What a command said, and with which exit code.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) code: i32,
    pub(super) text: String,
}

impl Shop {
    /// A package whose model of users is at revision 1 on `main`.
    pub(super) fn open(name: &str) -> Shop {
        Shop::with_settings(name, "")
    }

    /// The same with settings.
    pub(super) fn with_settings(name: &str, settings: &str) -> Shop {
        let folder = env::temp_dir().join(format!("enamel-rebase-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("src")).unwrap();
        let shop = Shop { folder: folder.canonicalize().unwrap() };
        let manifest =
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[package.metadata.enamel]\n";
        shop.write("Cargo.toml", &format!("{manifest}{settings}"));
        shop.write(".gitignore", "*.db\n");
        shop.write("src/lib.rs", "mod users;\n");
        shop.write("src/users.rs", USERS);
        shop.git("init --quiet --initial-branch main");
        shop.enamel("init");
        shop.enamel("revision -m first --autogenerate");
        shop.commit("first");
        shop
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.join(path), text).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }

    /// Replaces a text that is in a file.
    pub(super) fn edit(&self, path: &str, previous: &str, next: &str) {
        let text = self.read(path);
        assert!(text.contains(previous), "{path} has no {previous}");
        self.write(path, &text.replace(previous, next));
    }

    /// Adds a model of its own, in a file of its own.
    pub(super) fn add_model(&self, module: &str, model: &str) {
        self.write(&format!("src/{module}.rs"), &format!("use enamel_runtime::Table;\n\n#[derive(Table)]\n{model}\n"));
        let library = self.read("src/lib.rs");
        // Two branches that both add a line at the end are in conflict: each has its own place.
        let next =
            if module < "users" { format!("mod {module};\n{library}") } else { format!("{library}mod {module};\n") };
        self.write("src/lib.rs", &next);
    }

    /// Runs git, which must succeed.
    pub(super) fn git(&self, arguments: &str) -> String {
        let said = self.try_git(arguments);
        assert_eq!(said.code, 0, "git {arguments}: {}", said.text);
        said.text
    }

    /// Runs git.
    pub(super) fn try_git(&self, arguments: &str) -> Said {
        let mut command = Command::new("git");
        command
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_EDITOR", "true")
            .envs(["GIT_AUTHOR", "GIT_COMMITTER"].map(|who| (format!("{who}_NAME"), "somebody")))
            .envs(["GIT_AUTHOR", "GIT_COMMITTER"].map(|who| (format!("{who}_EMAIL"), "somebody@example.org")));
        self.run(command, arguments)
    }

    pub(super) fn commit(&self, message: &str) {
        self.git("add --all");
        self.git(&format!("commit --quiet --message {message}"));
    }

    /// Begins a branch.
    pub(super) fn branch(&self, name: &str, from: &str) {
        self.git(&format!("checkout --quiet -B {name} {from}"));
    }

    /// Generates a revision and commits it.
    pub(super) fn revision(&self, message: &str, answers: &str) {
        self.enamel(&format!("revision -m {message} --autogenerate {answers}"));
        self.commit(message);
    }

    /// Two branches go their own ways: first what is done on `mine`, then what is done on `main`, where it ends.
    pub(super) fn part(&self, mine: impl FnOnce(&Shop), theirs: impl FnOnce(&Shop)) {
        self.branch("mine", "main");
        mine(self);
        self.git("checkout --quiet main");
        theirs(self);
    }

    /// The same, and then `mine` merges `main`, which ends in a conflict.
    pub(super) fn meet(&self, mine: impl FnOnce(&Shop), theirs: impl FnOnce(&Shop)) {
        self.part(mine, theirs);
        self.git("checkout --quiet mine");
        self.conflict("merge main");
    }

    /// Begins what ends in a conflict.
    pub(super) fn conflict(&self, arguments: &str) {
        let said = self.try_git(arguments);
        assert!(said.code != 0 && said.text.contains("CONFLICT"), "git {arguments}: {said:?}");
    }

    /// Runs `cargo enamel`, which must succeed.
    pub(super) fn enamel(&self, arguments: &str) -> String {
        let said = self.try_enamel(arguments);
        assert_eq!(said.code, 0, "cargo enamel {arguments}: {}", said.text);
        said.text
    }

    /// Runs `cargo enamel`.
    pub(super) fn try_enamel(&self, arguments: &str) -> Said {
        let mut command = Command::new(cargo_enamel());
        command
            .env("CARGO", env!("CARGO"))
            .env("CARGO_TERM_COLOR", "never")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env_remove("DATABASE_URL");
        self.run(command, arguments)
    }

    fn run(&self, mut command: Command, arguments: &str) -> Said {
        let output: Output =
            command.args(words(arguments)).current_dir(&self.folder).stdin(Stdio::null()).output().unwrap();
        let text = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
        Said { code: output.status.code().unwrap_or(-1), text }
    }

    /// The names of the revisions' files, without those of the ways back.
    pub(super) fn revisions(&self) -> Vec<String> {
        self.revisions_in("migrations")
    }

    pub(super) fn revisions_in(&self, folder: &str) -> Vec<String> {
        let names = fs::read_dir(self.folder.join(folder)).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".sql") && !name.contains(".down.")).collect();
        names.sort();
        names
    }

    /// What git has not committed, which says of every file whether it was touched.
    pub(super) fn status(&self) -> String {
        self.git("status --short --untracked-files=all")
    }

    /// Ends a merge, and holds the result against the models.
    pub(super) fn finish(&self, command: &str) {
        self.git("add --all");
        self.git(command);
        self.enamel("check");
    }

    pub(super) fn open_database(&self, name: &str) -> Connection {
        Connection::open(self.folder.join(name)).unwrap()
    }

    /// The columns of a table in a database that was made by all revisions.
    pub(super) fn columns(&self, table: &str) -> Vec<String> {
        self.enamel("upgrade -D sqlite:fresh.db");
        let connection = self.open_database("fresh.db");
        let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
        let names = statement.query_map([table], |row| row.get(0)).unwrap();
        names.collect::<Result<_, _>>().unwrap()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Words between blanks; in single quotes, blanks are part of them.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(character),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Fields far enough from each other that git merges what two branches do to two of them.
const USERS: &str = "\
use enamel_runtime::Table;

#[derive(Table)]
pub struct User {
    #[enamel(primary_key)]
    pub id: i64,
    // who

    pub surname: String,
    // since when

    pub born: Option<i32>,
    // what else

    pub note: Option<String>,
    // the end
}
";
