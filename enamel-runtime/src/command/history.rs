//! `history`: the revisions, and which of them the database has.

use super::failure::Failure;
use super::host::Host;
use super::line::Line;
use super::told::Told;
use crate::upgrade::{Applied, State, Text};
use clap::Args;
use enamel_schema::{Diagnostic, Level, Version};
use std::collections::BTreeMap;
use std::fmt;

/// List the revisions, newest first, with what the database has of them
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel history                     the database of DATABASE_URL, if there is one
  cargo enamel history -D sqlite:shop.db   another database")]
pub struct Arguments<D: Args> {
    /// Which database.
    #[command(flatten)]
    pub database: D,
}

impl<D: Args> Arguments<D> {
    /// Lists the revisions.
    ///
    /// # Errors
    ///
    /// What stands in the way.
    pub fn run(&self, line: &Line<'_>, host: &mut dyn Host) -> Result<(), Failure> {
        let state = match host.named()? {
            Some(database) => Some(line.state(&mut database.open_as_it_is()?)?),
            None => None,
        };
        for problem in state.iter().flat_map(|state| &state.problems) {
            let warning = Diagnostic::new(Level::Warning, problem.to_string()).with_hint(problem.hint());
            host.tell(&Told::Diagnostic(warning))?;
        }
        let revisions = revisions(line, state.as_ref(), host);
        for revision in revisions.values().rev() {
            host.tell(&Told::Revision(revision))?;
        }
        if revisions.is_empty() {
            host.tell(&Told::Hint(
                "there are no revisions yet: `cargo enamel revision -m \"first\" --autogenerate` writes the first"
                    .to_owned(),
            ))?;
        }
        Ok(())
    }
}

/// One revision of the list. It prints as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldRevision {
    /// The revision.
    pub version: Version,
    /// Its name.
    pub name: String,
    /// What the database has of it, when one is named.
    pub mark: Option<Mark>,
    /// When it was applied, in the words of RFC 3339.
    pub applied_on: Option<String>,
    /// Whether it is the newest.
    pub is_head: bool,
    /// Whether it was sealed without a proof.
    pub unproven: bool,
    /// The letters of the longest name of the list.
    width: usize,
}

impl fmt::Display for ToldRevision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let notes = [
            self.mark.map(|mark| mark.words().to_owned()),
            self.applied_on.as_deref().map(to_the_second),
            self.is_head.then(|| "(head)".to_owned()),
            self.unproven.then(|| "(unproven)".to_owned()),
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        let line = format!("{} {:width$}  {}", self.version, self.name, notes.join(" "), width = self.width);
        writeln!(formatter, "{}", line.trim_end())
    }
}

/// `2026-01-31T12:00:00.123456789Z` → `2026-01-31T12:00:00Z`
fn to_the_second(time: &str) -> String {
    time.split_once('.').map_or_else(|| time.to_owned(), |(seconds, _)| format!("{seconds}Z"))
}

/// Those of the files, and those that only the database has.
fn revisions(line: &Line<'_>, state: Option<&State>, host: &dyn Host) -> BTreeMap<Version, ToldRevision> {
    let told = |version: Version, name: &str, mark: Option<Mark>, applied: Option<&Applied>| ToldRevision {
        version,
        name: name.to_owned(),
        mark,
        applied_on: applied.map(|applied| applied.applied_on.clone()),
        is_head: version == line.head(),
        unproven: host.is_unproven(version),
        width: 0,
    };
    let mut revisions = BTreeMap::new();
    for revision in line.revisions() {
        let applied = state.and_then(|state| state.applied.iter().find(|applied| applied.version == revision.version));
        let mark = state.map(|_| applied.map_or(Mark::Pending, Mark::of));
        revisions.insert(revision.version, told(revision.version, revision.name, mark, applied));
    }
    for applied in state.into_iter().flat_map(|state| &state.applied) {
        let only_there = || told(applied.version, &applied.name, Some(Mark::of(applied)), Some(applied));
        revisions.entry(applied.version).or_insert_with(only_there);
    }
    let width = revisions.values().map(|revision| revision.name.chars().count()).max().unwrap_or_default();
    revisions.values_mut().for_each(|revision| revision.width = width);
    revisions
}

/// What the database has of a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is still to be applied.
    Pending,
    /// It is applied.
    Applied,
    /// It is applied, in a former text that is accepted.
    Accepted,
    /// It is applied, in another text.
    Edited,
    /// It is applied, and not among the revisions.
    Unknown,
}

impl Mark {
    fn of(applied: &Applied) -> Mark {
        match applied.text {
            Text::Accepted => Mark::Accepted,
            Text::Edited => Mark::Edited,
            Text::Unknown => Mark::Unknown,
            Text::Same => Mark::Applied,
        }
    }

    /// In one word, for a program.
    pub const fn word(self) -> &'static str {
        match self {
            Mark::Pending => "pending",
            Mark::Applied => "applied",
            Mark::Accepted => "accepted",
            Mark::Edited => "edited",
            Mark::Unknown => "unknown",
        }
    }

    /// In words, for a person.
    const fn words(self) -> &'static str {
        match self {
            Mark::Pending => "pending",
            Mark::Applied => "applied",
            Mark::Accepted => "applied, in a former text",
            Mark::Edited => "applied, in another text",
            Mark::Unknown => "applied, and not among the revisions",
        }
    }
}
