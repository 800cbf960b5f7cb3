//! A large package: 1,000 models of ten columns with keys and indexes, in 100 files.

use enamel_runtime::rusqlite::Connection;
use enamel_tests::command::cargo_enamel;
use enamel_tests::many;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const MODELS: usize = 1_000;

#[test]
fn a_thousand_models_are_written_proven_and_applied() {
    let package = Package::new();
    package.write_models(false);
    let said = package.enamel(&["revision", "-m", "everything", "--autogenerate", "-v"]);
    assert!(said.contains("Created migrations/V0001__everything.sql"), "{said}");
    assert_eq!(parts(&said), ["parse", "replay", "draft", "prove", "write", "all"], "{said}");
    package.enamel(&["upgrade"]);

    package.write_models(true);
    let said = package.enamel(&["revision", "-m", "ten columns", "--autogenerate", "-v"]);
    assert_eq!(said.matches("add column").count(), MODELS / 100, "{said}");
    assert_eq!(parts(&said), ["parse", "replay", "draft", "prove", "write", "all"], "{said}");
    package.enamel(&["upgrade"]);

    let database = Connection::open(package.0.join("many.db")).unwrap();
    let count = |query: &str| database.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name LIKE 'model%'"), MODELS as i64);
    assert_eq!(count("SELECT count(*) FROM pragma_table_info('model0900s') WHERE name = 'added'"), 1);
}

/// The parts of the work whose times `-v` tells.
fn parts(said: &str) -> Vec<&str> {
    let took = said.lines().filter_map(|line| line.trim_start().strip_prefix("Took"));
    took.filter_map(|line| line.split_whitespace().last()).collect()
}

/// A package in a temporary folder, which goes when it is dropped.
struct Package(PathBuf);

impl Package {
    fn new() -> Package {
        let package = Package(env::temp_dir().join(format!("enamel-scale-{}", std::process::id())));
        package.write("Cargo.toml", "[package]\nname = \"many\"\nversion = \"1.0.0\"\nedition = \"2024\"\n");
        package.write("src/main.rs", "mod models;\nfn main() {}\n");
        package.enamel(&["init"]);
        package
    }

    fn write_models(&self, revised: bool) {
        for (path, text) in many::sources(MODELS, revised) {
            self.write(&format!("src/{path}"), &text);
        }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(Path::new(path));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs a verb that must succeed, and gives what it said.
    fn enamel(&self, arguments: &[&str]) -> String {
        let output = Command::new(cargo_enamel())
            .args(arguments)
            .current_dir(&self.0)
            .env("DATABASE_URL", "sqlite:many.db")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        said
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
