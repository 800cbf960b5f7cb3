//! The launch of a program: with nothing to do, with everything to do, and many at once.

use crate::peer::{self, Address, Outcome};
use crate::place::{Database, Place, revisions};
use crate::{median, micros, middle, millis};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// A launch with nothing to do, beside one `SELECT` of the same driver on the same connection.
pub fn idle(databases: &[Database]) -> Outcome {
    for database in databases {
        for count in [10, 100, 1_000] {
            println!("\n{database}: launch with nothing pending, {count} revisions: microseconds, times one SELECT");
            for peer in peer::all() {
                let place = Place::new(database, peer.as_ref(), count)?;
                let mut session = peer.open(&place.folder, &place.database)?;
                session.upgrade()?;
                let rounds = if count < 1_000 { 400 } else { 100 };
                let launch = median(rounds, || session.upgrade())?;
                let select = median(rounds, || session.select())?;
                println!("  {:<9} {:>9.1}  {:>7.2}×", peer.name(), micros(launch), micros(launch) / micros(select));
            }
        }
    }
    Ok(())
}

/// All revisions onto an empty database, beside the same SQL by the driver alone.
pub fn apply(databases: &[Database]) -> Outcome {
    for database in databases {
        let floor = match database {
            Database::Sqlite => "one raw transaction",
            Database::Postgres(_) => "raw transactions",
        };
        for count in [10, 100, 1_000] {
            println!("\n{database}: {count} revisions onto an empty database: milliseconds, times {floor}");
            let rounds = if count < 1_000 { 9 } else { 3 };
            let folder = tempfile::tempdir()?;
            let mut times = Vec::new();
            for _ in 0..rounds {
                let address = database.empty(&folder)?;
                let start = Instant::now();
                peer::raw(&address, &revisions(count))?;
                times.push(start.elapsed());
            }
            let raw = middle(times);
            println!("  {:<9} {:>9.1}", "raw", millis(raw));
            for peer in peer::all() {
                let mut times = Vec::new();
                for _ in 0..rounds {
                    let place = Place::new(database, peer.as_ref(), count)?;
                    let mut session = peer.open(&place.folder, &place.database)?;
                    let start = Instant::now();
                    session.upgrade()?;
                    times.push(start.elapsed());
                }
                let time = middle(times);
                println!("  {:<9} {:>9.1}  {:>7.2}×", peer.name(), millis(time), millis(time) / millis(raw));
            }
        }
    }
    Ok(())
}

/// Sixteen processes that start at once, with a hundred revisions pending.
pub fn together(databases: &[Database]) -> Outcome {
    const PROCESSES: usize = 16;
    for database in databases {
        println!(
            "\n{database}: {PROCESSES} launches together, 100 revisions pending: how many succeed, milliseconds, one launch alone"
        );
        for peer in peer::all() {
            let alone = {
                let place = Place::new(database, peer.as_ref(), 100)?;
                let start = Instant::now();
                spawn(peer.name(), &place)?.wait()?;
                start.elapsed()
            };
            let place = Place::new(database, peer.as_ref(), 100)?;
            let start = Instant::now();
            let children = (0..PROCESSES).map(|_| spawn(peer.name(), &place)).collect::<Outcome<Vec<_>>>()?;
            let mut succeeded = 0;
            for mut child in children {
                succeeded += usize::from(child.wait()?.success());
            }
            println!(
                "  {:<9} {succeeded:>2} of {PROCESSES}  {:>8.0}  {:>8.0}",
                peer.name(),
                millis(start.elapsed()),
                millis(alone)
            );
        }
    }
    Ok(())
}

/// One launch of a process of its own.
pub fn one(name: &str, folder: &str, database: &str) -> Outcome {
    let peer = peer::all().into_iter().find(|peer| peer.name() == name).ok_or("no such peer")?;
    let database = match database.starts_with("postgres") {
        true => Address::Server(database.to_owned()),
        false => Address::File(database.into()),
    };
    peer.open(Path::new(folder), &database)?.upgrade()
}

fn spawn(name: &str, place: &Place) -> Outcome<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("launch").arg(name).arg(&place.folder);
    match &place.database {
        Address::File(path) => command.arg(path),
        Address::Server(url) => command.arg(url),
    };
    Ok(command.stderr(Stdio::null()).spawn()?)
}
