//! refinery's side of the guard: its three traits, and what it asks for in which order.

use super::{Guard, engine};
use crate::error::Error;
use crate::history::Record;
use crate::upgrade::Step;
use refinery::{Migration, Runner, Target};
use refinery_core::traits::r#async::{AsyncMigrate, AsyncQuery, AsyncTransaction};
use std::collections::VecDeque;
use std::time::Duration;

/// What refinery hands over next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    /// Its `CREATE TABLE IF NOT EXISTS`, and then revisions.
    TableThenRevisions,
    /// Its `CREATE TABLE IF NOT EXISTS`, and then history rows alone.
    TableThenRows,
    /// The text of a revision and its history row.
    Revision,
    /// History rows alone.
    Rows,
}

impl<'a> Guard<'_, 'a> {
    /// Has refinery apply steps.
    pub(super) async fn through_refinery(
        &mut self,
        steps: VecDeque<Step<'a>>,
        next: Expect,
        target: Target,
    ) -> Result<(), Error> {
        let migrations = steps.iter().map(|step| Migration::unapplied(&step.stem(), &step.text));
        let migrations: Vec<Migration> = migrations.collect::<Result<_, _>>().map_err(engine)?;
        let mut runner = Runner::new(&migrations).set_target(target);
        runner.set_migration_table_name(&self.table.qualified);
        (self.expected, self.next, self.failure) = (steps, next, None);
        let result = runner.run_async(self).await;
        match (self.failure.take(), result) {
            (Some(failure), _) => Err(failure),
            (None, Err(error)) => Err(engine(error)),
            (None, Ok(_)) if !self.expected.is_empty() => Err(engine("refinery left revisions out")),
            (None, Ok(_)) => Ok(()),
        }
    }

    /// Does what refinery asks for.
    async fn obey(&mut self, queries: &[&str]) -> Result<(), Error> {
        match (self.next, queries) {
            // The table is there. `CREATE TABLE IF NOT EXISTS` would still ask for the right to make one.
            (Expect::TableThenRevisions, [_]) => {
                self.next = Expect::Revision;
                Ok(())
            }
            (Expect::TableThenRows, [_]) => {
                self.next = Expect::Rows;
                Ok(())
            }
            (Expect::Revision, [text, row]) => {
                let step = self.expected.pop_front().filter(|step| step.text == *text);
                self.step_up(&step.ok_or_else(|| engine("refinery changed the order"))?, row).await
            }
            (Expect::Rows, rows) => {
                for row in rows {
                    let step = self.expected.pop_front().ok_or_else(|| engine("refinery added a row"))?;
                    self.insert(&step, row, None).await?;
                }
                Ok(())
            }
            (Expect::TableThenRevisions | Expect::TableThenRows | Expect::Revision, _) => {
                Err(engine("refinery asked for something else"))
            }
        }
    }

    /// Inserts refinery's row, and what enamel keeps beside it.
    pub(super) async fn insert(&mut self, step: &Step<'a>, row: &str, duration: Option<Duration>) -> Result<(), Error> {
        let insert = self.row(step, row, duration)?;
        self.run(&insert, "write a row of the history table").await
    }

    /// The statement that does so.
    pub(super) fn row(&self, step: &Step<'a>, row: &str, duration: Option<Duration>) -> Result<String, Error> {
        let kept = step.kept.as_ref().ok_or_else(|| engine("a step down was handed to refinery"))?;
        let record = Record {
            sha256: kept.sha256,
            chain: kept.chain,
            down: kept.down.as_deref(),
            keeps_old_code: step.keeps_old_code,
            applied_by: self.package,
            milliseconds: duration.map(|duration| duration.as_millis()),
        };
        self.table.with_ours(row, &record).ok_or_else(|| engine("refinery writes its rows otherwise"))
    }
}

/// Tells refinery to stop; why is in the guard.
#[derive(Debug, thiserror::Error)]
#[error("the guard stopped it")]
pub(crate) struct Stopped;

impl AsyncTransaction for Guard<'_, '_> {
    type Error = Stopped;

    async fn execute<'q, T: Iterator<Item = &'q str> + Send + 'q>(&'q mut self, queries: T) -> Result<usize, Stopped> {
        let queries: Vec<&str> = queries.collect();
        match self.obey(&queries).await {
            Ok(()) => Ok(queries.len()),
            Err(error) => {
                self.failure = Some(error);
                Err(Stopped)
            }
        }
    }
}

/// The history was read and judged inside the lock; what was applied is not handed to refinery, so it need not know.
impl AsyncQuery<Vec<Migration>> for Guard<'_, '_> {
    async fn query<'q>(&'q mut self, _query: &'q str) -> Result<Vec<Migration>, Stopped> {
        Ok(Vec::new())
    }
}

impl AsyncMigrate for Guard<'_, '_> {}
