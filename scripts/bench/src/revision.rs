//! `cargo enamel revision`, as a whole process, on packages of many models.

use crate::package::{Package, build_command};
use crate::peer::{Outcome, client};
use crate::place::Database;
use enamel_runtime::scratch::server::Server;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The first revision, and ten columns added to it, for 10, 100 and 1,000 models, proven on each database.
pub fn run(databases: &[Database]) -> Outcome {
    let program = build_command()?;
    for database in databases {
        println!("\n{database}: cargo enamel revision --autogenerate: processor seconds, seconds, megabytes at most");
        for models in [10, 100, 1_000] {
            let mut package = Package::new(models)?;
            init(&mut package, &program, database)?;
            println!("  {models:>5} models, the first   {}", measured(&package, &program, "first")?);
            package.write_models(models, true)?;
            if let Database::Postgres(_) = database {
                println!("  {models:>5} models, private, kept {}", kept(&mut package, &program)?);
            }
            println!("  {models:>5} models, some columns {}", measured(&package, &program, "second")?);
            if let Database::Postgres(server) = database {
                println!("  {models:>5} models, psql, twice   {:>14.2}", psql(&package, server)?);
            }
        }
        println!("\n{database}: its parts, 1,000 models, columns added (-v)");
        let mut package = Package::new(1_000)?;
        init(&mut package, &program, database)?;
        package.enamel(&program, &["revision", "-m", "first", "--autogenerate"])?;
        package.write_models(1_000, true)?;
        let said = package.enamel(&program, &["revision", "-m", "second", "--autogenerate", "-v"])?;
        said.lines().filter(|line| line.trim_start().starts_with("Took")).for_each(|line| println!("{line}"));
    }
    Ok(())
}

/// Has a package use a database, and prove its revisions on a server that is there already.
fn init(package: &mut Package, program: &Path, database: &Database) -> Outcome {
    let dialect = match database {
        Database::Sqlite => "sqlite",
        Database::Postgres(server) => {
            package.scratch_url = Some(server.url("postgres"));
            "postgres"
        }
    };
    package.enamel(program, &["init", "--dialect", dialect])?;
    Ok(())
}

/// The seconds that the server's own shell takes for the same statements, which a proof runs twice: in the revisions, and for the models.
fn psql(package: &Package, server: &Server) -> Outcome<f64> {
    let start = Instant::now();
    for twin in ["twin_1", "twin_2"] {
        for sql in [format!("DROP DATABASE IF EXISTS {twin}"), format!("CREATE DATABASE {twin}")] {
            client(&server.url("postgres"))?.batch_execute(&sql)?;
        }
        let done = Command::new("psql")
            .args(["--quiet", "--no-psqlrc", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--single-transaction"])
            .args(["--file=migrations/V0001__first.sql", "--file=migrations/V0002__second.sql", &server.url(twin)])
            .current_dir(package.folder())
            .status()?;
        if !done.success() {
            return Err("psql could not run the revisions".into());
        }
    }
    Ok(start.elapsed().as_secs_f64())
}

/// Draws a revision up on a private server that begins with what another one left, and tells what it took.
fn kept(package: &mut Package, program: &Path) -> Outcome<String> {
    let url = package.scratch_url.take();
    // Cargo's own has nothing to do with it: the package is never built.
    std::fs::create_dir(package.folder().join("target"))?;
    let revision = ["revision", "-m", "second", "--autogenerate", "--dry-run"];
    package.enamel(program, &revision)?;
    let took = run_measured(package.command(program, &revision));
    package.scratch_url = url;
    took
}

/// Writes a revision, and tells what it took.
fn measured(package: &Package, program: &Path, message: &str) -> Outcome<String> {
    run_measured(package.command(program, &["revision", "-m", message, "--autogenerate"]))
}

/// What a command took: processor seconds, seconds, megabytes at most.
fn run_measured(mut command: Command) -> Outcome<String> {
    let before = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // The system's own figure would be that of the largest child so far, which is the compiler.
    let mut peak = 0;
    let status = loop {
        peak = peak.max(memory(child.id()));
        match child.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    if !status.success() {
        return Err("a revision was not written".into());
    }
    let wall = start.elapsed().as_secs_f64();
    let after = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    let processor = seconds(after.user_time()) + seconds(after.system_time())
        - seconds(before.user_time())
        - seconds(before.system_time());
    Ok(format!("{processor:>7.2}  {wall:>7.2}  {peak:>5}"))
}

/// The most memory that a process has had so far, in megabytes; 0 once it has ended (<https://man7.org/linux/man-pages/man5/proc_pid_status.5.html>).
fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    peak.unwrap_or_default() / 1024
}
