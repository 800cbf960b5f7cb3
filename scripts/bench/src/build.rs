//! What `embed!` adds to the rebuild of a program: a thousand revisions embedded, and a thousand models compared.

use crate::middle;
use crate::package::{Package, build_command, program_of};
use crate::peer::Outcome;
use std::process::Command;
use std::time::{Duration, Instant};

const REVISIONS: usize = 1_000;
const ROUNDS: usize = 3;

/// The same program without, with `models = allow`, and with `models = warn`, debug and release.
pub fn run() -> Outcome {
    let command = build_command()?;
    let package = Package::new(1_000)?;
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/../../enamel-runtime");
    package.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"many\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             enamel-runtime = {{ path = \"{runtime}\", features = [\"rusqlite-bundled\"] }}\n\n[workspace]\n"
        ),
    )?;
    package.enamel(&command, &["init"])?;
    package.enamel(&command, &["revision", "-m", "models", "--autogenerate"])?;
    for number in 2..=REVISIONS {
        package
            .write(&format!("migrations/V{number:04}__r.sql"), &format!("CREATE TABLE t{number} (id INTEGER);\n"))?;
        package.write(&format!("migrations/V{number:04}__r.down.sql"), &format!("DROP TABLE t{number};\n"))?;
    }
    package.enamel(&command, &["seal"])?;

    for (words, clean) in [("rebuild", false), ("clean build", true)] {
        println!(
            "\n{words} of a program with {REVISIONS} revisions and 1,000 models in a module: seconds, median of {ROUNDS}"
        );
        for release in [false, true] {
            let profile = if release { "release" } else { "debug" };
            for (name, embed) in [("without", ""), ("allow", "(models = allow)"), ("warn", "(models = warn)")] {
                let time = build(&package, embed, release, clean)?;
                println!("  {profile:<8} {name:<8} {:>7.2}", time.as_secs_f64());
            }
        }
    }
    Ok(())
}

/// The time of a build after an edit of the program's own source, or without anything of it kept; its dependencies are built.
fn build(package: &Package, embed: &str, release: bool, clean: bool) -> Outcome<Duration> {
    let mut times = Vec::new();
    for round in 0..=ROUNDS {
        package.write("src/main.rs", &program_of(embed, round))?;
        if clean {
            cargo(package, &["clean", "--package", "many"], release)?;
        }
        let start = Instant::now();
        cargo(package, &["build"], release)?;
        // The first builds the dependencies too.
        if round > 0 {
            times.push(start.elapsed());
        }
    }
    Ok(middle(times))
}

fn cargo(package: &Package, arguments: &[&str], release: bool) -> Outcome {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).args(["--quiet", "--offline"]).current_dir(package.folder());
    if release {
        cargo.arg("--release");
    }
    let done = cargo.output()?;
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned().into()) }
}
