//! What is to be done, and the steps that do it, as far as that can be said from values alone.

use super::judge::{Judgement, find, judge};
use super::step::Step;
use super::{Options, Target};
use crate::connection::DynConnection;
use crate::dialect::{Facts, facts, postgres};
use crate::error::{Error, Problem};
use crate::history::{HistoryTable, Row, Summit};
use crate::migrations::{Migrations, Revision};
use enamel_schema::{Dialect, Version};

/// Where a database is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    Up(Target),
    Down(Version),
    Redo,
    Stamp(Version),
}

/// The revisions for one database, and how they are to be applied.
#[derive(Clone)]
pub(crate) struct Task<'a> {
    pub(crate) migrations: &'a Migrations<'a>,
    pub(crate) revisions: &'a [Revision<'a>],
    pub(crate) dialect: Dialect,
    pub(crate) facts: &'static Facts,
    pub(crate) table: HistoryTable,
    pub(crate) options: Options,
}

impl<'a> Task<'a> {
    pub(crate) fn new(migrations: &'a Migrations<'a>, options: Options, dialect: Dialect) -> Result<Self, Error> {
        let facts = facts(dialect).ok_or(Error::Unsupported { dialect })?;
        let folder = migrations.folders.iter().find(|folder| folder.dialect == dialect);
        let revisions: &[Revision<'_>] = match folder {
            Some(folder) => folder.revisions,
            None if migrations.folders.is_empty() => &[],
            None => {
                return Err(Error::NoRevisions { dialect, directory: migrations.directory.to_owned() });
            }
        };
        let table = HistoryTable::new(migrations.history, facts);
        Ok(Self { migrations, revisions, dialect, facts, table, options })
    }

    /// Finds out where the history is kept: before anything runs, since a revision may change what its name means.
    pub(crate) async fn settle(&mut self, connection: &mut dyn DynConnection) -> Result<(), Error> {
        if !self.table.is_settled() {
            self.table.settle(postgres::home(connection).await?);
        }
        Ok(())
    }

    /// The newest revision.
    pub(crate) fn head(&self) -> Version {
        self.revisions.last().map_or(Version::BASE, |revision| revision.version)
    }

    /// What the probe finds at the goal. `None` when it cannot tell.
    pub(crate) fn expected(&self, goal: Goal) -> Option<Summit> {
        let revision = match goal {
            Goal::Up(Target::Head) => self.revisions.last()?,
            Goal::Up(Target::Version(version)) => find(self.revisions, version)?,
            Goal::Up(Target::Plus(_)) | Goal::Down(_) | Goal::Redo | Goal::Stamp(_) => return None,
        };
        Some(Summit { version: revision.version, chain: revision.chain })
    }

    pub(crate) fn judge(&self, rows: &[Row]) -> Judgement {
        judge(self.migrations, self.revisions, rows)
    }

    /// The steps to the goal, from the database as its history describes it. Everything that can be refused is refused here, before
    /// anything runs.
    pub(crate) fn steps(&self, goal: Goal, rows: &[Row]) -> Result<Vec<Step<'a>>, Error> {
        match goal {
            Goal::Up(target) => self.steps_up(target, rows),
            Goal::Down(version) => self.steps_down(version, rows),
            Goal::Redo => self.steps_again(rows),
            Goal::Stamp(version) => self.steps_recorded(version, rows),
        }
    }

    fn steps_up(&self, target: Target, rows: &[Row]) -> Result<Vec<Step<'a>>, Error> {
        self.pending(target, rows)?.iter().map(|revision| Step::up(self, revision)).collect()
    }

    /// The revisions that an upgrade would apply.
    pub(crate) fn pending(&self, target: Target, rows: &[Row]) -> Result<&'a [Revision<'a>], Error> {
        let judgement = self.judge(rows);
        if !judgement.problems.is_empty() {
            return Err(Error::History { problems: judgement.problems });
        }
        self.refuse_newer(&rows[rows.len() - judgement.above..])?;
        let pending = &self.revisions[self.revisions.len() - judgement.pending..];
        let number = match target {
            Target::Head => pending.len(),
            Target::Version(version) => {
                self.known(version)?;
                pending.iter().take_while(|revision| revision.version <= version).count()
            }
            Target::Plus(number) => number as usize,
        };
        pending.get(..number).ok_or_else(|| {
            let beyond = judgement.current.number().saturating_add(u32::try_from(number).unwrap_or(u32::MAX));
            Error::UnknownTarget { version: Version::new(beyond).unwrap_or(Version::MAX), head: self.head() }
        })
    }

    /// The decision about an older program on a newer database.
    fn refuse_newer(&self, above: &[Row]) -> Result<(), Error> {
        let breaks = above.iter().find(|row| !self.options.when_newer.accepts(row.keeps_old_code));
        match (breaks, above.last()) {
            (Some(breaks), Some(newest)) => Err(Error::Newer {
                database: newest.version,
                head: self.head(),
                breaks: format!("{} {}", breaks.version, breaks.name),
            }),
            (_, _) => Ok(()),
        }
    }

    fn steps_down(&self, version: Version, rows: &[Row]) -> Result<Vec<Step<'a>>, Error> {
        self.refuse_strangers(rows)?;
        let current = rows.last().map_or(Version::BASE, |row| row.version);
        let applied = version == Version::BASE || rows.iter().any(|row| row.version == version);
        if !applied {
            return Err(Error::NotApplied { version, database: current });
        }
        rows.iter().rev().take_while(|row| row.version > version).map(|row| Step::down(self, row)).collect()
    }

    fn steps_again(&self, rows: &[Row]) -> Result<Vec<Step<'a>>, Error> {
        let Some((newest, below)) = rows.split_last() else {
            return self.steps_up(Target::Head, rows);
        };
        self.refuse_strangers(rows)?;
        let mut steps = vec![Step::down(self, newest)?];
        steps.extend(self.steps_up(Target::Head, below)?);
        Ok(steps)
    }

    /// The rows that a stamp adds; those that it takes away are not steps.
    fn steps_recorded(&self, version: Version, rows: &[Row]) -> Result<Vec<Step<'a>>, Error> {
        self.known(version)?;
        self.refuse_strangers(rows)?;
        let is_new =
            |revision: &&Revision<'_>| !rows.iter().any(|row| self.is_recorded(row) && row.version == revision.version);
        let wanted = self.revisions.iter().take_while(|revision| revision.version <= version);
        wanted.filter(is_new).map(|revision| Step::up(self, revision)).collect()
    }

    /// The steps between two revisions, by the program's files alone.
    pub(crate) fn steps_between(&self, from: Version, to: Version) -> Result<Vec<Step<'a>>, Error> {
        self.known(from)?;
        self.known(to)?;
        let between = |low, high| {
            self.revisions.iter().filter(move |revision| revision.version > low && revision.version <= high)
        };
        if from <= to {
            between(from, to).map(|revision| Step::up(self, revision)).collect()
        } else {
            between(to, from).rev().map(|revision| Step::back(self, revision)).collect()
        }
    }

    /// Whether a row records one of these revisions as it is now, and not in a former text that is accepted.
    pub(crate) fn is_recorded(&self, row: &Row) -> bool {
        find(self.revisions, row.version).is_some_and(|revision| revision.sha256 == row.sha256)
    }

    fn known(&self, version: Version) -> Result<(), Error> {
        if version == Version::BASE || find(self.revisions, version).is_some() {
            Ok(())
        } else {
            Err(Error::UnknownTarget { version, head: self.head() })
        }
    }

    fn refuse_strangers(&self, rows: &[Row]) -> Result<(), Error> {
        let mut problems = self.judge(rows).problems;
        problems.retain(|problem| matches!(problem, Problem::OtherPackage { .. }));
        if problems.is_empty() { Ok(()) } else { Err(Error::History { problems }) }
    }
}
