//! How an upgrade goes, for whoever shows progress or keeps a liveness probe content.

use super::report::Direction;
use enamel_schema::Version;
use std::time::Duration;

/// Something that happened during an upgrade.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Another connection writes to the database; it will be tried again.
    Waiting {
        /// How long it was waited already.
        waited: Duration,
        /// Who it is, as far as the database can say: `process 4711 (psql) holds users, by: LOCK TABLE users`.
        holder: Option<&'a str>,
    },
    /// A revision begins. One that is taken back and tried again begins again.
    Started {
        /// The revision.
        version: Version,
        /// Its name.
        name: &'a str,
        /// Up or down.
        direction: Direction,
        /// Which one of this launch, counted from one.
        number: usize,
        /// Of how many, as far as other launches leave them to this one.
        of: usize,
    },
    /// A statement of the revision begins. Those that are sent together begin together.
    Statement {
        /// Which one, counted from one.
        number: usize,
        /// Of how many.
        of: usize,
        /// Its text.
        sql: &'a str,
    },
    /// A revision is done. It is in the database for good when [`Event::Committed`] follows.
    Finished {
        /// The revision.
        version: Version,
        /// Its name.
        name: &'a str,
        /// Up or down.
        direction: Direction,
        /// How long it took.
        duration: Duration,
    },
    /// All revisions that were done since the last commit are in the database for good.
    Committed,
}

/// Who is told how an upgrade goes. Every closure that takes an [`Event`] is one.
pub trait Observer: Send {
    /// Takes notice of an event.
    fn notice(&mut self, event: &Event<'_>);
}

impl<F: FnMut(&Event<'_>) + Send> Observer for F {
    fn notice(&mut self, event: &Event<'_>) {
        self(event);
    }
}
