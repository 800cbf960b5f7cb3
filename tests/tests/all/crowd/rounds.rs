//! Eight programs at once, half of which are killed at random moments.

use super::look::look;
use super::pooler::Pooler;
use super::programs::{End, Program};
use crate::launch::project::Place;
use enamel_tests::chance::Chance;
use enamel_tests::server::Database;
use std::time::Duration;

const ROUNDS: u64 = 4;

/// Starts eight programs, kills four of them one after another, and looks what the others left.
#[allow(clippy::print_stdout, reason = "a failure is told with its seed")]
fn round(target: &str, seed: u64) {
    println!("seed {seed}");
    let mut chance = Chance::new(seed);
    let mut programs: Vec<Program> = (0..8).map(|_| Program::start(target)).collect();
    for program in programs.iter_mut().take(4) {
        std::thread::sleep(Duration::from_millis(chance.below(25)));
        program.kill();
    }
    for (number, program) in programs.into_iter().enumerate() {
        let end = program.wait();
        assert!(end == End::Launched || number < 4 && end == End::Killed, "{end:?}");
    }
    look(target).unwrap();
}

fn on_sqlite(journal: &str) {
    for seed in 0..ROUNDS {
        let place = Place::new(&format!("crowd-{journal}-{seed}"));
        place.open().pragma_update(None, "journal_mode", journal).unwrap();
        round(&format!("sqlite:{}", place.database().display()), seed);
    }
}

#[test]
fn on_sqlite_with_a_rollback_journal() {
    on_sqlite("DELETE");
}

#[test]
fn on_sqlite_with_a_write_ahead_log() {
    on_sqlite("WAL");
}

#[test]
fn on_postgres() {
    for seed in 0..ROUNDS {
        let Some(database) = Database::new() else { return };
        round(&database.url(""), seed);
    }
}

#[test]
fn on_postgres_through_a_pooler() {
    for seed in 0..ROUNDS {
        let Some(database) = Database::new() else { return };
        let Some(pooler) = Pooler::start(&format!("pooler-{seed}"), &database.config()) else { return };
        round(&pooler.target(database.name()), seed);
    }
}
