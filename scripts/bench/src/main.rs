//! Enamel beside its peers and the raw drivers, on SQLite and PostgreSQL, in one run.
//!
//!     cargo run --release --manifest-path scripts/bench/Cargo.toml              # everything
//!     cargo run --release --manifest-path scripts/bench/Cargo.toml -- idle      # one part: idle, apply, together, fixture, revision, build
//!
//! PostgreSQL takes part where its programs are on the machine, on a private server that ends with the run. Figures are medians; read the ratios, not the times.

mod build;
mod fixture;
mod launch;
mod package;
mod peer;
mod place;
mod revision;

use peer::Outcome;
use std::time::{Duration, Instant};

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => {
            let databases = place::databases()?;
            launch::idle(&databases)?;
            launch::apply(&databases)?;
            launch::together(&databases)?;
            fixture::run()?;
            revision::run(&databases)?;
            build::run()
        }
        ["idle"] => launch::idle(&place::databases()?),
        ["apply"] => launch::apply(&place::databases()?),
        ["together"] => launch::together(&place::databases()?),
        ["fixture"] => fixture::run(),
        ["revision"] => revision::run(&place::databases()?),
        ["build"] => build::run(),
        ["launch", name, folder, database] => launch::one(name, folder, database),
        _ => Err("usage: enamel-bench [idle|apply|together|fixture|revision|build]".into()),
    }
}

/// The median time of `work`.
fn median(rounds: usize, mut work: impl FnMut() -> Outcome) -> Outcome<Duration> {
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let start = Instant::now();
        work()?;
        times.push(start.elapsed());
    }
    Ok(middle(times))
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
