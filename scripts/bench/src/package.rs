//! A package of many models in a temporary folder, and the command that works on it.

use crate::peer::Outcome;
use enamel_tests::many;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Builds the command as it is installed.
pub fn build_command() -> Outcome<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "--locked", "--package", "cargo-enamel"])
        .current_dir(&workspace)
        .status()?;
    if !built.success() {
        return Err("cargo-enamel does not build".into());
    }
    Ok(workspace.join("target/release/cargo-enamel"))
}

/// The source of a program that embeds its revisions, or not. Another `number` is another source.
pub fn program_of(embed: &str, number: usize) -> String {
    let migrations = match embed {
        "" => String::new(),
        embed => format!("pub static MIGRATIONS: enamel_runtime::Migrations = enamel_runtime::embed!{embed};\n"),
    };
    let used = if embed.is_empty() { "" } else { "    println!(\"{}\", MIGRATIONS.folders.len());\n" };
    format!("#![allow(dead_code)]\nmod models;\n{migrations}fn main() {{\n    println!(\"{number}\");\n{used}}}\n")
}

/// A package in a temporary folder.
pub struct Package {
    folder: tempfile::TempDir,
    /// A server that is there already, for the proofs.
    pub scratch_url: Option<String>,
}

impl Package {
    pub fn new(models: usize) -> Outcome<Package> {
        let package = Package { folder: tempfile::tempdir()?, scratch_url: None };
        package.write("Cargo.toml", "[package]\nname = \"many\"\nversion = \"1.0.0\"\nedition = \"2024\"\n")?;
        package.write("src/main.rs", &program_of("", 0))?;
        package.write_models(models, false)?;
        Ok(package)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn write_models(&self, models: usize, revised: bool) -> Outcome {
        many::sources(models, revised).iter().try_for_each(|(path, text)| self.write(&format!("src/{path}"), text))
    }

    pub fn write(&self, path: &str, text: &str) -> Outcome {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(self.folder.path()))?;
        Ok(fs::write(path, text)?)
    }

    /// Runs a verb that must succeed, and gives what it said.
    pub fn enamel(&self, program: &Path, arguments: &[&str]) -> Outcome<String> {
        let output = self.command(program, arguments).output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(said) } else { Err(said.into()) }
    }

    /// A verb, ready to run.
    pub fn command(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command.envs(self.scratch_url.as_ref().map(|url| ("ENAMEL_SCRATCH_URL", url)));
        command
    }
}
