//! Cases at random, for as long as there is time.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::fmt::Debug;
use std::io::Write;
use std::time::{Duration, Instant, SystemTime};

/// How long a law is tried when nobody says.
const SECONDS: u64 = 2;

/// How many cases come out of one seed.
const CASES: u32 = 16;

/// Holds a law against cases that are others each time, until the time is over, and shows the smallest one that breaks it, with the seed that
/// brings it again.
pub(super) fn law<S: Strategy<Value: Debug>>(name: &str, strategy: &S, test: impl Fn(S::Value) -> Result<(), String>) {
    law_from(any_seed(), name, strategy, test);
}

/// The same, from a seed that is always the same where nobody gives another: for a law whose cases are so many-sided that a corner nobody has
/// looked into may still break it. It is looked for on purpose, and not by whoever happens to run the tests.
pub(super) fn law_from<S: Strategy<Value: Debug>>(
    seed: u64,
    name: &str,
    strategy: &S,
    test: impl Fn(S::Value) -> Result<(), String>,
) {
    let began = Instant::now();
    let time = Duration::from_secs(number("ENAMEL_LAWS_SECONDS").unwrap_or(SECONDS));
    let first = number("ENAMEL_LAWS_SEED").unwrap_or(seed);
    tell(&format!("law {name}: ENAMEL_LAWS_SEED={first}"));
    let mut seed = first;
    loop {
        round(name, seed, strategy, &test);
        seed += 1;
        if began.elapsed() >= time {
            break;
        }
    }
    let cases = (seed - first) * u64::from(CASES);
    tell(&format!("law {name}: held in {cases} cases, {:.0?}", began.elapsed()));
}

fn round<S: Strategy<Value: Debug>>(
    name: &str,
    seed: u64,
    strategy: &S,
    test: &impl Fn(S::Value) -> Result<(), String>,
) {
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        max_shrink_time: 120_000,
        max_shrink_iters: 50_000,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    match runner.run(strategy, |case| test(case).map_err(TestCaseError::fail)) {
        Ok(()) => {}
        Err(TestError::Fail(reason, case)) => panic!("{name}, ENAMEL_LAWS_SEED={seed}\n{case:?}\n{reason}"),
        Err(TestError::Abort(reason)) => panic!("{name}, ENAMEL_LAWS_SEED={seed}\n{reason}"),
    }
}

/// Another one each time, short enough to be typed.
fn any_seed() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    u64::from(now.subsec_micros()) * 1_000
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

#[allow(
    clippy::explicit_write,
    reason = "the test runner keeps `eprintln!` back, and never shows it when a case hangs or overflows the stack"
)]
fn tell(line: &str) {
    writeln!(std::io::stderr(), "{line}").unwrap();
}
