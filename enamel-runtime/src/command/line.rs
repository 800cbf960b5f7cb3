//! The revisions for one kind of database, and what a target means among them.

use super::failure::{Failure, refused, told};
use super::target::Target;
use crate::connection::Blocking;
use crate::error::Error;
use crate::migrations::{Migrations, Revision};
use crate::upgrade::{Place, State};
use enamel_schema::{Diagnostic, Dialect, Version};

/// The revisions for one kind of database.
#[derive(Clone, Copy, Debug)]
pub struct Line<'m> {
    pub(super) migrations: &'m Migrations<'m>,
    pub(super) dialect: Dialect,
    revisions: &'m [Revision<'m>],
}

impl<'m> Line<'m> {
    /// The revisions for a kind of database; without one, of the kind that has most: one that came later begins in the middle.
    ///
    /// # Errors
    ///
    /// There are none for this kind.
    pub fn of(migrations: &'m Migrations<'m>, dialect: Option<Dialect>) -> Result<Self, Failure> {
        let folders = migrations.folders;
        let folder = match dialect {
            Some(dialect) => folders.iter().find(|folder| folder.dialect == dialect),
            None => folders.iter().rev().max_by_key(|folder| folder.revisions.len()),
        };
        match (folder, dialect) {
            (Some(folder), _) => Ok(Self { migrations, dialect: folder.dialect, revisions: folder.revisions }),
            (None, Some(dialect)) if !folders.is_empty() => {
                let directory = migrations.directory.to_owned();
                Err(Failure::input(told(&Error::NoRevisions { dialect, directory })))
            }
            (None, dialect) => Ok(Self { migrations, dialect: dialect.unwrap_or(Dialect::Sqlite), revisions: &[] }),
        }
    }

    /// The revisions, oldest first.
    pub(super) const fn revisions(&self) -> &'m [Revision<'m>] {
        self.revisions
    }

    /// The newest revision.
    pub(super) fn head(&self) -> Version {
        self.revisions.last().map_or(Version::BASE, |revision| revision.version)
    }

    /// How a database stands to the revisions.
    pub(super) fn state<C: Blocking>(&self, connection: &mut C) -> Result<State, Failure> {
        self.migrations.launch().state(connection).map_err(|error| refused(&error))
    }

    /// A revision with its name: `0007 add_email`, `base`.
    pub(super) fn called(&self, version: Version) -> String {
        match self.revisions.iter().find(|revision| revision.version == version) {
            Some(revision) => format!("{version} {}", revision.name),
            None => place(version),
        }
    }

    /// The revision that a target means, from where a database stands.
    pub(super) fn resolve(&self, target: Target, current: Version) -> Result<Version, Failure> {
        let known: Vec<Version> = self.revisions.iter().map(|revision| revision.version).collect();
        let below = known.iter().filter(|version| **version <= current).count();
        let at =
            |count: usize| count.checked_sub(1).and_then(|index| known.get(index)).copied().unwrap_or(Version::BASE);
        match target {
            Target::Head => Ok(at(known.len())),
            Target::Base => Ok(Version::BASE),
            Target::Version(version) => self.known(version),
            Target::Further(count) => match below + count as usize {
                further if further <= known.len() => Ok(at(further)),
                _ => Err(Failure::usage(
                    Diagnostic::error(format!(
                        "could not go {count} revisions further: {} are pending",
                        known.len() - below
                    ))
                    .with_hint("`cargo enamel upgrade head` goes to the newest"),
                )),
            },
            Target::Back(count) => match below.checked_sub(count as usize) {
                Some(left) => Ok(at(left)),
                None => Err(Failure::usage(
                    Diagnostic::error(format!("could not go back {count} revisions: the database has {below}"))
                        .with_hint("`cargo enamel downgrade base` goes back to before the first"),
                )),
            },
        }
    }

    /// A revision that there is.
    pub(super) fn known(&self, version: Version) -> Result<Version, Failure> {
        if self.revisions.iter().any(|revision| revision.version == version) {
            return Ok(version);
        }
        let first = self.revisions.first().map_or(Version::BASE, |revision| revision.version);
        Err(Failure::usage(match self.head() {
            _ if version < first => Diagnostic::error(format!(
                "there is no revision {version} for this kind of database: its revisions begin with {}",
                self.called(first)
            ))
            .with_hint("`cargo enamel history` lists them"),
            Version::BASE => Diagnostic::error(format!("there is no revision {version}: there are none yet")),
            head => Diagnostic::error(format!("there is no revision {version}; the head is {head}"))
                .with_hint("`cargo enamel history` lists them"),
        }))
    }
}

/// A revision, or `base`.
pub fn place(version: Version) -> String {
    Place(version).to_string()
}
