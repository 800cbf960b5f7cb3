//! Cases at random, and the same ones again.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::fmt::Debug;
use std::time::{Duration, Instant};

/// Holds a law against `cases` cases, and shows the smallest one that breaks it.
pub(super) fn law<S: Strategy<Value: Debug>>(
    name: &str,
    cases: u32,
    strategy: &S,
    test: impl Fn(S::Value) -> Result<(), String>,
) {
    let until = Instant::now() + Duration::from_secs(number("ENAMEL_LAWS_SECONDS").unwrap_or(0));
    let mut seed = number("ENAMEL_LAWS_SEED").unwrap_or(0);
    loop {
        round(name, seed, cases, strategy, &test);
        seed += 1;
        if Instant::now() >= until {
            return;
        }
    }
}

#[allow(clippy::print_stdout, reason = "a failure is told with its seed")]
fn round<S: Strategy<Value: Debug>>(
    name: &str,
    seed: u64,
    cases: u32,
    strategy: &S,
    test: &impl Fn(S::Value) -> Result<(), String>,
) {
    let cases = number("PROPTEST_CASES").and_then(|cases| u32::try_from(cases).ok()).unwrap_or(cases);
    println!("{name}: {cases} cases, ENAMEL_LAWS_SEED={seed}");
    let config = Config {
        cases,
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

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}
