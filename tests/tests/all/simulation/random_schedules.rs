//! Three launches: schedules at random, with a failure or two.

use super::run::{Choice, Run};
use super::scenario::{Scenario, begin, scenarios, words};
use enamel_runtime::Migrations;
use enamel_tests::chance::Chance;

const SEED: &str = "ENAMEL_SIMULATION_SEED";
const LAUNCHES: usize = 3;
const SCHEDULES: &str = "ENAMEL_SIMULATION_SCHEDULES";

/// One schedule, to its end.
fn follow(scenario: &Scenario, migrations: &Migrations<'_>, seed: u64) -> Result<(), String> {
    let mut run = Run::new(scenario.dialect);
    for _ in 0..LAUNCHES {
        run.launch(|simulated| begin(migrations, simulated));
    }
    let mut dice = Dice::new(seed);
    let mut schedule = Vec::new();
    while let Some(choice) = dice.choose(&run) {
        schedule.push(choice);
        run.take(choice);
    }
    scenario.holds(migrations, run).map_err(|what| format!("{what}\nafter {}", words(&schedule)))
}

/// A scheduler that leaves everything to chance.
pub(super) struct Dice {
    chance: Chance,
    failures: u64,
}

impl Dice {
    /// Two failures at most.
    pub(super) fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let failures = chance.below(3);
        Self { chance, failures }
    }

    /// What happens next; `None` at the end.
    pub(super) fn choose(&mut self, run: &Run<'_>) -> Option<Choice> {
        let choices = run.choices();
        choices.first()?;
        if self.failures > 0 && self.chance.below(40) == 0 {
            let failures = run.failures();
            if !failures.is_empty() {
                self.failures -= 1;
                return Some(*self.chance.one_of(&failures));
            }
        }
        // Long stretches of one launch happen as well.
        let (choice, _) = if self.chance.below(4) == 0 { self.chance.one_of(&choices) } else { &choices[0] };
        Some(*choice)
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "a failure is told with its seed")]
fn each_revision_is_applied_once_whatever_happens() {
    let number = |variable, otherwise| std::env::var(variable).map_or(otherwise, |text| text.parse::<u64>().unwrap());
    let (first, schedules) = (number(SEED, 1), number(SCHEDULES, 100_000));
    println!("{schedules} schedules, {SEED}={first}");
    let scenarios = scenarios();
    let each = schedules.div_ceil(scenarios.len() as u64);
    std::thread::scope(|scope| {
        for (index, scenario) in scenarios.iter().enumerate() {
            let from = first + index as u64 * each;
            scope.spawn(move || {
                scenario.project.lend(|migrations| {
                    for seed in from..from + each {
                        follow(scenario, migrations, seed)
                            .unwrap_or_else(|what| panic!("{SEED}={seed}, {}: {what}", scenario.name));
                    }
                });
            });
        }
    });
}
