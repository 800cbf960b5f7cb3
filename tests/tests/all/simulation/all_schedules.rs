//! Two launches: every schedule with at most two preemptions and one failure at any step.
//!
//! A schedule that comes to where another one was is not followed further: what follows is the same.

use super::connection::Simulated;
use super::run::{Choice, Launching, Run};
use super::scenario::{Scenario, begin, scenarios, words};
use enamel_runtime::Migrations;
use std::collections::HashSet;

const LAUNCHES: usize = 2;
const EVERYTHING: Bounds = Bounds { preemptions: 2, failures: 1 };

/// How many of what a schedule may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bounds {
    pub(super) preemptions: u32,
    pub(super) failures: u32,
}

/// What was looked at.
#[derive(Debug, Default)]
pub(super) struct Explored {
    pub(super) states: usize,
    pub(super) ends: usize,
}

/// Follows every schedule. The error is the first one that breaks the law.
pub(super) fn explore(
    scenario: &Scenario,
    bounds: Bounds,
    begin: impl for<'m> Fn(&'m Migrations<'m>, Simulated) -> Launching<'m>,
) -> Result<Explored, String> {
    scenario.project.lend(|migrations| {
        let mut seen = HashSet::new();
        let mut explored = Explored::default();
        let mut open: Vec<(Vec<Choice>, Bounds, Option<u64>)> = vec![(Vec::new(), bounds, None)];
        while let Some((mut schedule, left, leads_to)) = open.pop() {
            if leads_to.is_some_and(|digest| seen.contains(&(digest, left))) {
                continue;
            }
            let mut run = Run::new(scenario.dialect);
            for _ in 0..LAUNCHES {
                run.launch(|simulated| begin(migrations, simulated));
            }
            schedule.iter().for_each(|choice| run.take(*choice));
            while seen.insert((run.digest(), left)) {
                let choices = run.different_choices();
                let Some((next, _)) = choices.first() else {
                    explored.ends += 1;
                    scenario.holds(migrations, run).map_err(|what| format!("{what}\nafter {}", words(&schedule)))?;
                    break;
                };
                let with = |choice: Choice| schedule.iter().copied().chain([choice]).collect::<Vec<_>>();
                for (choice, preempts) in &choices[1..] {
                    if let Some(preemptions) = left.preemptions.checked_sub(u32::from(*preempts)) {
                        open.push((with(*choice), Bounds { preemptions, ..left }, None));
                    }
                }
                if let Some(failures) = left.failures.checked_sub(1) {
                    let fail = |choice| (with(choice), Bounds { failures, ..left }, run.digest_after(choice));
                    open.extend(run.failures().into_iter().map(fail));
                }
                schedule.push(*next);
                run.take(*next);
            }
        }
        explored.states = seen.len();
        Ok(explored)
    })
}

#[test]
#[allow(clippy::print_stdout, reason = "how much was looked at is worth knowing")]
fn each_revision_is_applied_once_whatever_happens() {
    std::thread::scope(|scope| {
        for scenario in scenarios() {
            scope.spawn(move || match explore(&scenario, EVERYTHING, begin) {
                Ok(explored) => println!("{}: {explored:?}", scenario.name),
                Err(what) => panic!("{}: {what}", scenario.name),
            });
        }
    });
}
