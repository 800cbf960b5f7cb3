//! What a verb says, and in which words.

use super::history::ToldRevision;
use super::line::place;
use super::named::Named;
use super::version::ToldVersion;
use crate::upgrade::{Direction, Report};
use enamel_schema::{Diagnostic, Version};
use std::time::Duration;

/// What a verb says.
#[derive(Clone, Debug)]
pub enum Told<'a> {
    /// A file that was not there was made.
    Created(&'a Named),
    /// Another connection has the database.
    Waiting {
        /// How long it was waited already.
        waited: Duration,
        /// Who it is, as far as the database can say.
        holder: Option<&'a str>,
    },
    /// A revision is in the database for good, or out of it.
    Done {
        /// The revision.
        version: Version,
        /// Its name.
        name: &'a str,
        /// Up or down.
        direction: Direction,
        /// How long it took.
        duration: Duration,
    },
    /// All is done.
    Finished(&'a Report),
    /// A script for the database's own shell.
    Script {
        /// Where it begins.
        from: Version,
        /// Where it leads.
        to: Version,
        /// Its text.
        text: &'a str,
    },
    /// Where a database stands.
    Version(&'a ToldVersion),
    /// One revision of a list.
    Revision(&'a ToldRevision),
    /// What could be done next.
    Hint(String),
    /// Something that is not right, or worth knowing.
    Diagnostic(Diagnostic),
}

/// What is said, as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// What was asked for, for stdout.
    Data(String),
    /// What was done, behind a verb.
    Status(&'static str, String),
    /// The same for what was done otherwise than usual.
    Attention(&'static str, String),
    /// What could be done next.
    Hint(String),
    /// Something that is not right, or worth knowing.
    Diagnostic(Diagnostic),
}

impl Told<'_> {
    /// In words, in order.
    pub fn words(&self) -> Vec<Words> {
        match self {
            Told::Created(database) => vec![Words::Status("Created", format!("{database}, which was not there"))],
            Told::Waiting { waited, holder } => {
                let holder = holder.unwrap_or("another program that writes to the database");
                vec![Words::Attention("Waiting", format!("for {holder}, {waited:.0?} so far"))]
            }
            Told::Done { version, name, direction, duration } => {
                let verb = match direction {
                    Direction::Up => "Applied",
                    Direction::Down => "Reverted",
                };
                vec![Words::Status(verb, format!("{version} {name} ({duration:.1?})"))]
            }
            Told::Finished(report) => finished(report),
            Told::Script { from, to, text } => vec![
                Words::Data((*text).to_owned()),
                Words::Status("Scripted", format!("from {} to {}, and ran nothing", place(*from), place(*to))),
            ],
            Told::Version(version) => vec![Words::Data(version.to_string())],
            Told::Revision(revision) => vec![Words::Data(revision.to_string())],
            Told::Hint(hint) => vec![Words::Hint(hint.clone())],
            Told::Diagnostic(diagnostic) => vec![Words::Diagnostic(diagnostic.clone())],
        }
    }
}

fn finished(report: &Report) -> Vec<Words> {
    let rehearsed = report.done.iter().filter(|_| report.dry_run).map(|done| {
        let verb = match done.direction {
            Direction::Up => "Would apply",
            Direction::Down => "Would revert",
        };
        Words::Status(verb, format!("{} {}", done.version, done.name))
    });
    rehearsed.chain([Words::Status("Finished", report.to_string())]).collect()
}
