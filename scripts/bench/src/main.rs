//! Enamel beside its peers and the raw driver, on SQLite, in one run.
//!
//!     cargo run --release --manifest-path scripts/bench/Cargo.toml              # everything
//!     cargo run --release --manifest-path scripts/bench/Cargo.toml -- idle      # one part: idle, apply, together, revision, build
//!
//! Figures are medians; read the ratios, not the times.

mod build;
mod package;
mod peer;
mod revision;

use peer::{Outcome, Peer};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => {
            idle()?;
            apply()?;
            together()?;
            revision::run()?;
            build::run()
        }
        ["idle"] => idle(),
        ["apply"] => apply(),
        ["together"] => together(),
        ["revision"] => revision::run(),
        ["build"] => build::run(),
        ["launch", name, folder, database] => launch(name, Path::new(folder), Path::new(database)),
        _ => Err("usage: enamel-bench [idle|apply|together|revision|build]".into()),
    }
}

/// A launch with nothing to do, beside one `SELECT` of the same driver on the same connection.
fn idle() -> Outcome {
    for count in [10, 100, 1_000] {
        println!("\nlaunch with nothing pending, {count} revisions: microseconds, times one SELECT");
        for peer in peer::all() {
            let place = Place::new(peer.as_ref(), count)?;
            let mut session = peer.open(&place.folder, &place.database)?;
            session.upgrade()?;
            let rounds = if count < 1_000 { 400 } else { 100 };
            let launch = median(rounds, || session.upgrade())?;
            let select = median(rounds, || session.select())?;
            println!("  {:<9} {:>9.1}  {:>7.2}×", peer.name(), micros(launch), micros(launch) / micros(select));
        }
    }
    Ok(())
}

/// All revisions onto an empty file, beside the same SQL in one transaction.
fn apply() -> Outcome {
    for count in [10, 100, 1_000] {
        println!("\n{count} revisions onto an empty file: milliseconds, times one raw transaction");
        let rounds = if count < 1_000 { 9 } else { 3 };
        let raw = median(rounds, || {
            let folder = tempfile::tempdir()?;
            peer::raw(&folder.path().join("raw.db"), &revisions(count))
        })?;
        println!("  {:<9} {:>9.1}", "raw", millis(raw));
        for peer in peer::all() {
            let mut times = Vec::new();
            for _ in 0..rounds {
                let place = Place::new(peer.as_ref(), count)?;
                let mut session = peer.open(&place.folder, &place.database)?;
                let start = Instant::now();
                session.upgrade()?;
                times.push(start.elapsed());
            }
            times.sort();
            let time = times[times.len() / 2];
            println!("  {:<9} {:>9.1}  {:>7.2}×", peer.name(), millis(time), millis(time) / millis(raw));
        }
    }
    Ok(())
}

/// Sixteen processes that start at once, with a hundred revisions pending.
fn together() -> Outcome {
    const PROCESSES: usize = 16;
    println!("\n{PROCESSES} launches together, 100 revisions pending: how many succeed, milliseconds, one launch alone");
    for peer in peer::all() {
        let alone = {
            let place = Place::new(peer.as_ref(), 100)?;
            let start = Instant::now();
            spawn(peer.name(), &place)?.wait()?;
            start.elapsed()
        };
        let place = Place::new(peer.as_ref(), 100)?;
        let start = Instant::now();
        let children = (0..PROCESSES).map(|_| spawn(peer.name(), &place)).collect::<Result<Vec<_>, _>>()?;
        let mut succeeded = 0;
        for mut child in children {
            succeeded += usize::from(child.wait()?.success());
        }
        println!("  {:<9} {succeeded:>2} of {PROCESSES}  {:>8.0}  {:>8.0}", peer.name(), millis(start.elapsed()), millis(alone));
    }
    Ok(())
}

fn launch(name: &str, folder: &Path, database: &Path) -> Outcome {
    let peer = peer::all().into_iter().find(|peer| peer.name() == name).ok_or("no such peer")?;
    peer.open(folder, database)?.upgrade()
}

fn spawn(name: &str, place: &Place) -> Outcome<std::process::Child> {
    Ok(Command::new(std::env::current_exe()?)
        .arg("launch")
        .arg(name)
        .args([&place.folder, &place.database])
        .stderr(Stdio::null())
        .spawn()?)
}

/// Revisions on disk, and a file for the database, both gone at the end.
struct Place {
    _temporary: tempfile::TempDir,
    folder: PathBuf,
    database: PathBuf,
}

impl Place {
    fn new(peer: &dyn Peer, count: usize) -> Outcome<Place> {
        let temporary = tempfile::tempdir()?;
        let folder = temporary.path().join("migrations");
        std::fs::create_dir(&folder)?;
        peer.write(&folder, &revisions(count))?;
        Ok(Place { database: temporary.path().join("shop.db"), folder, _temporary: temporary })
    }
}

/// A table and an index a revision.
fn revisions(count: usize) -> Vec<String> {
    (1..=count)
        .map(|n| {
            format!(
                "CREATE TABLE t{n} (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price BIGINT NOT NULL, made_at DATETIME NOT NULL);\n\
                 CREATE INDEX ix_t{n}_name ON t{n} (name);\n"
            )
        })
        .collect()
}

fn median(rounds: usize, mut work: impl FnMut() -> Outcome) -> Outcome<Duration> {
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let start = Instant::now();
        work()?;
        times.push(start.elapsed());
    }
    times.sort();
    Ok(times[rounds / 2])
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
