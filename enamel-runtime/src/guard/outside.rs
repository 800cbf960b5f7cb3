//! A statement that cannot run in a transaction: it runs between two of them, with the token of the claim.
//!
//! When its program dies nobody sees how it ended. Whether an index was made or dropped is seen in the catalogue; a `VACUUM` may run again; what
//! else there is (`CREATE DATABASE`) is in doubt, and stops the next launch.

use super::{Guard, driver};
use crate::connection::DriverError;
use crate::dialect::postgres::{Concurrent, Invalid, tag};
use crate::error::{Cause, Error};
use crate::upgrade::{Patience, Step};
use enamel_schema::Dialect;
use enamel_schema::split::Piece;

impl<'a> Guard<'_, 'a> {
    /// Runs a statement between two transactions. Others may read meanwhile, and hold it up. `begun`: a former launch began it, and nobody
    /// knows how it ended.
    pub(super) async fn run_outside(
        &mut self,
        step: &Step<'a>,
        piece: &Piece<'_>,
        index: usize,
        mut begun: bool,
    ) -> Result<(), Error> {
        let may_run_again = (self.facts.may_run_again)(piece.text);
        if begun && !may_run_again {
            let cause = Cause::InDoubt { statement: piece.text.to_owned() };
            return Err(self.failed(step, Some(piece.line), cause));
        }
        let mut patience = Patience::new(self.limit);
        let concurrent = match self.connection.kind() {
            Dialect::Postgres => Concurrent::of(piece.text),
            Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => None,
        };
        loop {
            let mut in_the_way = None;
            if let Some(concurrent) = &concurrent {
                let found = concurrent.look(self.connection).await.map_err(driver("look at the index"))?;
                let has_taken_effect = concurrent.has_taken_effect(&found);
                if begun && has_taken_effect {
                    return Ok(());
                }
                // Only a statement that begins where it has no effect yet is known by its effect.
                begun = !has_taken_effect;
                in_the_way = concurrent.in_the_way(found);
            } else {
                begun = !may_run_again;
            }
            self.renew(index, begun).await?;
            self.end().await?;
            let result = match in_the_way {
                None => self.send_tagged(piece.text).await.map(|()| true),
                Some(invalid) => self.clear_away(&invalid).await.map(|()| false),
            };
            match result {
                Ok(true) => return self.begin_again().await,
                Ok(false) => {}
                Err(error) if error.busy && patience.waited() < self.limit => self.wait(&mut patience, None).await?,
                Err(source) if source.is_lost() => {
                    let mut error = self.refused(step, piece, source);
                    if let Error::Revision(failed) = &mut error {
                        failed.in_doubt = true;
                    }
                    return Err(error);
                }
                // A launch that slept for longer than its claim lives has woken up in the same place.
                Err(error)
                    if begun
                        && patience.waited() < self.limit
                        && self.is_overtaken(&error, concurrent.as_ref()).await =>
                {
                    self.wait(&mut patience, None).await?;
                }
                Err(source) => {
                    // An error of ours is about an index of somebody else's.
                    let source = match source.code {
                        Some(_) => self.with_what_is_left(source, concurrent.as_ref()).await,
                        None => source,
                    };
                    // Whoever has taken it over has run the statement before this one was.
                    if let Err(taken @ Error::TakenOver { .. }) = self.note_failure(index, may_run_again).await {
                        return Err(taken);
                    }
                    return Err(self.refused(step, piece, source));
                }
            }
            self.begin_again().await?;
        }
    }

    /// Drops what a former try left of an index.
    async fn clear_away(&mut self, invalid: &Invalid) -> Result<(), DriverError> {
        let Invalid { name, building } = invalid;
        if *building {
            let message = format!("somebody is building the index {name}");
            return Err(DriverError { message, code: None, position: None, busy: true, source: None });
        }
        self.send_tagged(&format!("DROP INDEX CONCURRENTLY {name}")).await
    }

    async fn is_overtaken(&mut self, error: &DriverError, concurrent: Option<&Concurrent>) -> bool {
        match concurrent {
            Some(concurrent) => concurrent.was_overtaken(self.connection, error).await,
            None => false,
        }
    }

    /// Records that a statement has had no effect, where that could not be seen.
    async fn note_failure(&mut self, index: usize, may_run_again: bool) -> Result<(), Error> {
        self.begin_again().await?;
        if may_run_again {
            return Ok(());
        }
        self.renew(index, false).await?;
        self.end().await
    }

    /// Sends a statement with the token of the claim, where others can see what runs.
    async fn send_tagged(&mut self, sql: &str) -> Result<(), DriverError> {
        let tag = match (&self.token, self.facts.is_running) {
            (Some(token), Some(_)) => tag(token),
            (Some(_) | None, None) | (None, Some(_)) => return self.send(sql).await,
        };
        self.send(&format!("{tag}{sql}")).await.map_err(|error| DriverError {
            position: error.position.and_then(|position| position.checked_sub(tag.len())),
            ..error
        })
    }

    /// Adds to an error that an invalid index is left.
    async fn with_what_is_left(&mut self, mut source: DriverError, concurrent: Option<&Concurrent>) -> DriverError {
        if let Some(concurrent) = concurrent
            && let Ok(found) = concurrent.look(self.connection).await
            && let Some(Invalid { name, .. }) = concurrent.in_the_way(found)
        {
            source.message += &format!("; the index {name} is left invalid, and is dropped at the next try");
        }
        source
    }
}
