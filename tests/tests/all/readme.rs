//! Every command that README shows, as a new user would type it.
//!
//! The tour runs in a copy of the checkout, since it makes a package beside it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const README: &str = include_str!("../../../README.md");

#[test]
fn the_first_command_opens_the_bookshop_and_the_second_time_finds_nothing_to_do() {
    assert!(README.contains("```console\n$ cargo run --example bookshop\n```"), "README's first command changed");
    let folder = Temporary::new("bookshop");
    let url = format!("sqlite:{}", folder.path("bookshop.db").display());
    let run = || {
        let mut command = Command::new(env!("CARGO"));
        command.args(["run", "--quiet", "--offline", "--example", "bookshop"]);
        said(command.current_dir(workspace()).env("DATABASE_URL", &url))
    };
    let first = run();
    assert!(first.contains("upgraded from base to 0014: 14 revisions"), "{first}");
    assert!(first.contains("To the Lighthouse"), "{first}");
    let second = run();
    assert!(second.contains("nothing to do, the database is at 0014"), "{second}");
}

#[test]
fn the_tests_that_it_shows_are_the_bookshop_s() {
    let (_, rest) = README.split_once("### In its tests").unwrap();
    let shown = rest.split("```").nth(1).unwrap().strip_prefix("rust\n").unwrap();
    let bookshop = include_str!("bookshop.rs");
    let parts: Vec<&str> = shown.split("    // …\n").flat_map(|part| part.split("\n\n")).collect();
    assert!(parts.len() >= 6, "README shows less than it did");
    for part in parts {
        assert!(bookshop.contains(part.trim_end()), "the bookshop has no\n{part}");
    }
}

#[test]
fn the_second_command_is_the_one_that_ci_runs() {
    assert!(README.contains("```console\n$ scripts/test\n```"), "README's second command changed");
    assert!(fs::read_to_string(workspace().join(".ci/run")).unwrap().contains("exec scripts/test"));
}

#[test]
#[ignore = "builds everything anew; scripts/test runs it"]
fn the_tour_does_what_it_shows() {
    let folder = Temporary::new("tour");
    copy_checkout(&folder.path("cargo-enamel"));
    let mut tour = Tour { folder: folder.path("cargo-enamel"), bin: folder.path("root/bin"), commands: 0 };
    let (_, rest) = README.split_once("<!-- tour -->").unwrap();
    let (text, _) = rest.split_once("<!-- /tour -->").unwrap();
    let mut fences = text.split("```");
    while let (Some(_prose), Some(block)) = (fences.next(), fences.next()) {
        let (kind, body) = block.split_once('\n').unwrap();
        match kind {
            "console" => tour.session(body),
            "rust" => tour.file(body),
            _ => panic!("the tour has a block of {kind}"),
        }
    }
    assert!(tour.commands >= 12, "the tour lost its commands");
}

/// A new user, somewhere in the tour.
struct Tour {
    folder: PathBuf,
    bin: PathBuf,
    commands: usize,
}

impl Tour {
    /// Writes a file that names itself in its first line.
    fn file(&self, text: &str) {
        let name = text.lines().next().and_then(|line| line.strip_prefix("// ")).unwrap();
        fs::write(self.folder.join(name), text).unwrap();
    }

    /// Types each command, and looks for the lines that README shows below it.
    fn session(&mut self, text: &str) {
        for entry in text.split("$ ").skip(1) {
            let (command, shown) = entry.split_once('\n').unwrap();
            let said = match command.strip_prefix("cd ") {
                Some(folder) => {
                    self.folder = self.folder.parent().unwrap().join(folder.strip_prefix("../").unwrap());
                    String::new()
                }
                None => self.types(command),
            };
            for line in shown.lines() {
                assert!(said.contains(line.trim_end()), "`{command}` should say\n{line}\nand says\n{said}");
            }
            self.commands += 1;
        }
    }

    fn types(&self, command: &str) -> String {
        let mut paths = vec![self.bin.clone()];
        paths.extend(env::split_paths(&env::var_os("PATH").unwrap()));
        let said = said(
            Command::new("sh")
                .args(["-c", &format!("{command} 2>&1")])
                .current_dir(&self.folder)
                .env("PATH", env::join_paths(paths).unwrap())
                .env("CARGO_INSTALL_ROOT", self.bin.parent().unwrap())
                .env("CARGO_TARGET_DIR", workspace().join("target/builds"))
                .env("CARGO_NET_OFFLINE", "true")
                // What is installed is tried, not measured: it need not be fast.
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
        );
        // The versions that the workspace was resolved to are those that are at hand without a network.
        if command.starts_with("cargo new") {
            fs::copy(workspace().join("Cargo.lock"), self.folder.join("../shop/Cargo.lock")).unwrap();
        }
        said
    }
}

/// Runs a command that must succeed, and gives what it printed.
fn said(command: &mut Command) -> String {
    let output = command.env("CARGO_TERM_COLOR", "never").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}\n{text}\n{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// The files that a clone of the checkout would have, as they are now.
fn copy_checkout(to: &Path) {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(workspace());
    for file in said(&mut git).lines() {
        let from = workspace().join(file);
        // A file that was deleted and not yet committed is listed too.
        if from.is_file() {
            fs::create_dir_all(to.join(file).parent().unwrap()).unwrap();
            fs::copy(from, to.join(file)).unwrap();
        }
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A folder that goes when it is dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Temporary {
        let folder = env::temp_dir().join(format!("enamel-readme-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Temporary(folder)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
