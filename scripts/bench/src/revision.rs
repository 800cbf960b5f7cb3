//! `cargo enamel revision`, as a whole process, on packages of many models.

use crate::package::{Package, build_command};
use crate::peer::Outcome;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use std::path::Path;
use std::time::Instant;

/// The first revision, and ten columns added to it, for 10, 100 and 1,000 models.
pub fn run() -> Outcome {
    let program = build_command()?;
    println!("\ncargo enamel revision --autogenerate: processor seconds, seconds, megabytes at most");
    for models in [10, 100, 1_000] {
        let package = Package::new(models)?;
        package.enamel(&program, &["init"])?;
        println!("  {models:>5} models, the first   {}", measured(&package, &program, "first")?);
        package.write_models(models, true)?;
        println!("  {models:>5} models, some columns {}", measured(&package, &program, "second")?);
    }
    println!("\nits parts, 1,000 models, columns added (-v)");
    let package = Package::new(1_000)?;
    package.enamel(&program, &["init"])?;
    package.enamel(&program, &["revision", "-m", "first", "--autogenerate"])?;
    package.write_models(1_000, true)?;
    let said = package.enamel(&program, &["revision", "-m", "second", "--autogenerate", "-v"])?;
    said.lines().filter(|line| line.trim_start().starts_with("Took")).for_each(|line| println!("{line}"));
    Ok(())
}

/// Writes a revision, and tells what it took.
fn measured(package: &Package, program: &Path, message: &str) -> Outcome<String> {
    let before = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let start = Instant::now();
    package.enamel(program, &["revision", "-m", message, "--autogenerate"])?;
    let wall = start.elapsed().as_secs_f64();
    let after = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    let processor = seconds(after.user_time()) + seconds(after.system_time())
        - seconds(before.user_time())
        - seconds(before.system_time());
    // The largest child so far; packages grow, so it is this one or one of its own size.
    Ok(format!("{processor:>7.2}  {wall:>7.2}  {:>5}", after.max_rss() / 1024))
}
