//! The command and the bookshop, built from this workspace as they are now.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{env, io};

/// The program `cargo-enamel`. Built once a process: Cargo builds it for its own package's tests only.
///
/// # Panics
///
/// When it does not build.
pub fn cargo_enamel() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| built(&["--package", "cargo-enamel"], "cargo-enamel"))
}

/// The program `bookshop`, in a folder of its own kind. Built once a process.
///
/// # Panics
///
/// When it does not build.
pub fn bookshop() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| built(&["--package", "enamel-tests", "--example", "bookshop"], "examples/bookshop"))
}

fn built(what: &[&str], program: &str) -> PathBuf {
    match build(what, program) {
        Ok(program) => program,
        Err(error) => panic!("could not build {program}: {error}"),
    }
}

fn build(what: &[&str], program: &str) -> io::Result<PathBuf> {
    // target/debug/deps/all-…
    let test = env::current_exe()?;
    let profile = test.ancestors().nth(2).ok_or(io::ErrorKind::NotFound)?;
    let target = profile.parent().ok_or(io::ErrorKind::NotFound)?;
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline"])
        .args(what)
        .arg("--target-dir")
        .arg(target)
        .current_dir(workspace())
        .output()?;
    if output.status.success() {
        Ok(target.join("debug").join(format!("{program}{}", env::consts::EXE_SUFFIX)))
    } else {
        Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}

/// The folder of the workspace.
pub fn workspace() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}
