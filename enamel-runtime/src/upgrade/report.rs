//! What an upgrade did.

use crate::error::Counted;
use enamel_schema::Version;
use std::fmt;
use std::time::Duration;

/// Which way a revision was run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To it.
    Up,
    /// Back from it.
    Down,
}

/// One revision that was run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Done {
    /// Its number.
    pub version: Version,
    /// Its name.
    pub name: String,
    /// Which way.
    pub direction: Direction,
    /// How long it took, without the commit.
    pub duration: Duration,
}

/// What an upgrade, a downgrade or a stamp did. It prints as one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Where the database was.
    pub from: Version,
    /// Where it is.
    pub to: Version,
    /// The revisions that were run, in order. Those that would be, of a dry run.
    pub done: Vec<Done>,
    /// How long it took.
    pub duration: Duration,
    /// Whether it was only looked what would be done.
    pub dry_run: bool,
    /// What is worth knowing and stopped nothing.
    pub notes: Vec<String>,
}

impl Report {
    /// A report of nothing.
    pub(crate) const fn new(from: Version, to: Version, duration: Duration) -> Self {
        Self { from, to, done: Vec::new(), duration, dry_run: false, notes: Vec::new() }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (Place(self.from), Place(self.to));
        if self.from == self.to && self.done.is_empty() {
            return write!(formatter, "nothing to do, the database is at {to}");
        }
        let revisions = Counted(self.done.len(), "revision");
        let down = self.to < self.from;
        match (self.dry_run, self.done.is_empty()) {
            (true, true) => write!(formatter, "would stamp from {from} to {to}"),
            (false, true) => write!(formatter, "stamped from {from} to {to}"),
            (true, false) if down => write!(formatter, "would downgrade from {from} to {to}: {revisions}"),
            (true, false) => write!(formatter, "would upgrade from {from} to {to}: {revisions}"),
            (false, false) => {
                let verb = if down { "downgraded" } else { "upgraded" };
                write!(formatter, "{verb} from {from} to {to}: {revisions} in {:.1?}", self.duration)
            }
        }
    }
}

/// A revision, or `base`.
pub(crate) struct Place(pub(crate) Version);

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == Version::BASE { formatter.write_str("base") } else { write!(formatter, "{}", self.0) }
    }
}
