//! What a private server has made, kept below Cargo's target folder for the next command.

use enamel_tests::command::cargo_enamel;
use enamel_tests::server::is_there;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

#[test]
fn a_revision_that_was_replayed_is_not_replayed_again() {
    let Some(shop) = Shop::new("kept") else { return };
    shop.check();
    assert_eq!((shop.times("one"), shop.times("two")), (1, 2), "two goes down and up again");
    assert!(shop.label().exists());
    let before = files(&shop.kept());
    shop.check();
    assert_eq!((shop.times("one"), shop.times("two")), (1, 4));
    assert_eq!(files(&shop.kept()), before, "nobody writes in what is kept");
    // The next revision stands on it, too.
    shop.add("three", "CREATE TABLE three (id int);\n", "DROP TABLE three;\n");
    assert_eq!((shop.times("one"), shop.times("two")), (1, 5));
    // Another text is another database, and what stood on the former is gone.
    shop.write("migrations/V0001__one.sql", &format!("{}-- edited\n", shop.slow("one")));
    shop.run(&["seal"]);
    assert_eq!(shop.times("one"), 2);
    shop.check();
    assert_eq!(shop.times("one"), 2);
}

#[test]
fn what_is_not_whole_or_of_other_programs_is_not_trusted() {
    let Some(shop) = Shop::new("trusted") else { return };
    shop.check();
    // As a process leaves it that is killed while it writes.
    fs::remove_file(shop.label()).unwrap();
    fs::remove_dir_all(shop.kept().join("data/base")).unwrap();
    shop.check();
    assert_eq!(shop.times("one"), 2);
    // One that is killed in the middle of a proof has touched nothing.
    shop.write("migrations/V0002__two.sql", "SELECT pg_sleep(60);\n");
    let mut slow = shop.command(&["seal"]).spawn().unwrap();
    std::thread::sleep(Duration::from_secs(3));
    slow.kill().unwrap();
    slow.wait().unwrap();
    shop.write("migrations/V0002__two.sql", &shop.slow("two"));
    shop.check();
    assert_eq!(shop.times("one"), 2);
    // Other programs, which happen to do the same.
    let others = shop.folder.join("bin");
    fs::create_dir(&others).unwrap();
    for program in ["initdb", "postgres"] {
        let program = (programs().join(program), others.join(program));
        fs::write(&program.1, format!("#!/bin/sh\nexec {} \"$@\"\n", program.0.display())).unwrap();
        fs::set_permissions(&program.1, fs::Permissions::from_mode(0o755)).unwrap();
    }
    for times in [3, 3] {
        assert!(shop.command(&["check"]).env("ENAMEL_POSTGRES_BIN", &others).status().unwrap().success());
        assert_eq!(shop.times("one"), times);
    }
    // What cannot even be started is made again.
    fs::write(shop.kept().join("data/global/pg_control"), "").unwrap();
    assert!(shop.command(&["check"]).env("ENAMEL_POSTGRES_BIN", &others).status().unwrap().success());
    assert_eq!(shop.times("one"), 4);
}

#[test]
fn two_at_once_do_not_disturb_each_other() {
    let Some(shop) = Shop::new("together") else { return };
    for _ in 0..2 {
        let together: Vec<Child> = (0..3).map(|_| shop.command(&["check"]).spawn().unwrap()).collect();
        for mut one in together {
            assert!(one.wait().unwrap().success());
        }
    }
    assert!(shop.times("one") <= 3, "those that came later had it");
    assert!(shop.label().exists());
}

#[test]
fn what_belongs_to_the_whole_server_is_not_kept() {
    let Some(shop) = Shop::new("roles") else { return };
    shop.add("clerk", "CREATE ROLE clerk;\n", "DROP ROLE clerk;\n");
    shop.add("rights", "GRANT CREATE ON SCHEMA public TO clerk;\n", "REVOKE CREATE ON SCHEMA public FROM clerk;\n");
    let _ = fs::remove_file(shop.label());
    shop.check();
    assert!(!shop.label().exists());
}

/// A package with two revisions, of which the first takes long, and each tells when it runs.
struct Shop {
    folder: PathBuf,
}

impl Shop {
    fn new(name: &str) -> Option<Self> {
        if !is_there() {
            return None;
        }
        let folder = std::env::temp_dir().join(format!("enamel-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        // The server may be another user.
        fs::create_dir_all(folder.join("ran")).unwrap();
        fs::set_permissions(folder.join("ran"), fs::Permissions::from_mode(0o777)).unwrap();
        let shop = Self { folder };
        shop.write("Cargo.toml", "[package]\nname = \"shop\"\n[package.metadata.enamel]\ndialect = \"postgres\"\n");
        shop.write("src/lib.rs", "");
        fs::create_dir(shop.folder.join("target")).unwrap();
        shop.run(&["init"]);
        for revision in ["one", "two"] {
            shop.run(&["revision", "-m", revision]);
            let number = if revision == "one" { 1 } else { 2 };
            shop.write(&format!("migrations/V000{number}__{revision}.sql"), &shop.slow(revision));
            shop.run(&["seal", "--unproven"]);
        }
        Some(shop)
    }

    /// A revision that counts how often it runs.
    fn slow(&self, name: &str) -> String {
        let file = self.folder.join("ran").join(name);
        let sleep = if name == "one" { "SELECT pg_sleep(0.4);\n" } else { "" };
        format!("{sleep}COPY (SELECT 1) TO PROGRAM 'cat >> {}';\n", file.display())
    }

    fn times(&self, name: &str) -> usize {
        fs::read_to_string(self.folder.join("ran").join(name)).unwrap_or_default().lines().count()
    }

    fn add(&self, name: &str, up: &str, down: &str) {
        self.run(&["revision", "-m", name]);
        let is_new = |file: &PathBuf| file.to_string_lossy().contains(&format!("__{name}."));
        let files = fs::read_dir(self.folder.join("migrations")).unwrap().map(|entry| entry.unwrap().path());
        for file in files.filter(is_new) {
            let is_down = file.to_string_lossy().ends_with(".down.sql");
            fs::write(&file, if is_down { down } else { up }).unwrap();
        }
        self.run(&["seal"]);
    }

    fn check(&self) {
        self.run(&["check"]);
    }

    fn run(&self, arguments: &[&str]) {
        let done = self.command(arguments).stderr(Stdio::piped()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo_enamel());
        command.arg("enamel").args(arguments).current_dir(&self.folder);
        // Cargo's folder is the project's own.
        command.env_remove("ENAMEL_SCRATCH_URL").env_remove("CARGO_TARGET_DIR");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn kept(&self) -> PathBuf {
        self.folder.join("target/enamel/shop")
    }

    fn label(&self) -> PathBuf {
        self.kept().join("label")
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// All files below a folder, with their lengths and when they were written.
fn files(folder: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, own): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let about = |path: &PathBuf| fs::metadata(path).map(|about| (about.len(), about.modified().unwrap())).unwrap();
    let mut files: BTreeMap<_, _> = own.into_iter().map(|path| (path.clone(), about(&path))).collect();
    folders.iter().for_each(|folder| files.extend(self::files(folder)));
    files
}

/// The folder of the newest programs.
fn programs() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let debian =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    folders.into_iter().chain(debian).find(|folder| folder.join("initdb").is_file()).unwrap()
}
