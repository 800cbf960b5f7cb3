//! The message of a revision that was given none: its changes, as far as they fit.

use enamel_schema::Change;

/// Longer messages make file names that no list shows.
const LONGEST: usize = 60;

/// Names a revision by its changes.
pub(super) fn of_changes(changes: &[Change]) -> String {
    of_summaries(&changes.iter().map(|change| short(&change.summary())).collect::<Vec<_>>())
}

/// What stands before the details: `users.age: type …`, `add column users.age (integer)`.
fn short(summary: &str) -> String {
    let end = summary.find(" (").unwrap_or(summary.len());
    summary.get(..end).unwrap_or(summary).to_owned()
}

fn of_summaries(summaries: &[String]) -> String {
    let joined = summaries.join(", ");
    match summaries {
        [] => "nothing".to_owned(),
        [_] => joined,
        _ if joined.chars().count() <= LONGEST => joined,
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_changes_are_counted() {
        let summaries =
            |count: usize| -> Vec<String> { (0..count).map(|number| format!("create table t{number}")).collect() };
        assert_eq!(of_summaries(&summaries(1)), "create table t0");
        assert_eq!(of_summaries(&summaries(2)), "create table t0, create table t1");
        assert_eq!(of_summaries(&summaries(9)), "create table t0 and 8 more");
        assert_eq!(short("add column users.age (integer, NOT NULL)"), "add column users.age");
    }
}
