//! What `embed!` adds to the rebuild of a program: a thousand revisions embedded, and a thousand models compared.

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
        package.write(&format!("migrations/V{number:04}__r.sql"), &format!("CREATE TABLE t{number} (id INTEGER);\n"))?;
        package.write(&format!("migrations/V{number:04}__r.down.sql"), &format!("DROP TABLE t{number};\n"))?;
    }
    package.enamel(&command, &["seal"])?;

    println!("\nrebuild of a program with {REVISIONS} revisions and 1,000 models in a module: seconds, median of {ROUNDS}");
    for release in [false, true] {
        let profile = if release { "release" } else { "debug" };
        for (name, embed) in [("without", ""), ("allow", "(models = allow)"), ("warn", "(models = warn)")] {
            let time = rebuild(&package, embed, release)?;
            println!("  {profile:<8} {name:<8} {:>7.2}", time.as_secs_f64());
        }
    }
    Ok(())
}

/// The time of a build after an edit of the program's own source, everything else being built.
fn rebuild(package: &Package, embed: &str, release: bool) -> Outcome<Duration> {
    let mut times = Vec::new();
    for round in 0..=ROUNDS {
        package.write("src/main.rs", &program_of(embed, round))?;
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--offline"]).current_dir(package.folder());
        if release {
            cargo.arg("--release");
        }
        let start = Instant::now();
        let built = cargo.output()?;
        if !built.status.success() {
            return Err(String::from_utf8_lossy(&built.stderr).into_owned().into());
        }
        // The first builds the dependencies too.
        if round > 0 {
            times.push(start.elapsed());
        }
    }
    times.sort();
    Ok(times[ROUNDS / 2])
}
