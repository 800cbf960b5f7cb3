//! A revision outside a transaction: statement by statement, under a claim that says how far it is.
//!
//! A statement that can run in a transaction shares one with its progress, so it takes effect once. Another runs under the claim alone: whether an
//! index was made or dropped is seen afterwards; what else there is (`VACUUM`) may run again after a crash.

use super::{Guard, driver, engine};
use crate::claim::{Claim, token};
use crate::connection::DriverError;
use crate::dialect::postgres::{Concurrent, Invalid, tag};
use crate::dialect::sqlite::Children;
use crate::error::{Error, Stays};
use crate::upgrade::{Event, Mode, Patience, Step};
use enamel_schema::split::Piece;
use enamel_schema::{Checksum, Dialect};

impl<'a> Guard<'_, 'a> {
    /// The claim that lies on the database. It is looked for inside the lock.
    pub(crate) async fn claim(&mut self) -> Result<Option<Claim>, Error> {
        self.claims.read(self.connection).await.map_err(driver("look for another launch"))
    }

    /// Removes a claim, whatever it says: the history is set by hand.
    pub(crate) async fn drop_claim(&mut self) -> Result<(), Error> {
        self.token = None;
        let remove = self.claims.remove();
        self.run(&remove, "remove the claim").await
    }

    /// Runs a step. It begins and ends inside a transaction that holds the lock, and has none between.
    pub(super) async fn run_alone(&mut self, step: &Step<'a>, pieces: &[Piece<'_>]) -> Result<(), Error> {
        let of = pieces.len();
        let (done, mut begun) = self.take_claim(step).await?;
        self.stays = Stays::Partly { done, of };
        for (index, piece) in pieces.iter().enumerate().skip(done) {
            self.notice(&Event::Statement { number: index + 1, of, sql: piece.text });
            if (self.facts.runs_alone)(piece.text) {
                self.run_outside(step, piece, index, begun).await?;
            } else {
                self.run_inside(step, piece, index).await?;
            }
            begun = false;
            self.renew(index + 1, false).await?;
            self.end().await?;
            self.stays = Stays::Partly { done: index + 1, of };
            self.begin_again().await?;
        }
        self.drop_claim().await
    }

    /// Claims the database for a step, or takes up where the last claim ended. Answers how many statements are done, and whether the next one
    /// was begun.
    async fn take_claim(&mut self, step: &Step<'a>) -> Result<(usize, bool), Error> {
        let (done, started) = self.claim().await?.map_or((0, false), |claim| (claim.done, claim.started));
        let token = token();
        self.token = Some(token.clone());
        let holder = format!("{}, process {}", self.package, std::process::id());
        for sql in [
            self.claims.remove(),
            self.claims.create(),
            self.claims.take(step.version, &Checksum::of(&step.text), &token, &holder, done, started),
        ] {
            self.run(&sql, "claim the database").await?;
        }
        self.end().await?;
        self.begin_again().await?;
        Ok((done, started))
    }

    /// Opens the next transaction, in which the claim must still be this connection's.
    async fn begin_again(&mut self) -> Result<(), Error> {
        let mut patience = Patience::new(self.limit);
        while !self.begin(Mode::Alone).await? {
            self.wait(&mut patience, None).await?;
        }
        let claim = self.claim().await?;
        match claim {
            Some(claim) if Some(&claim.token) == self.token.as_ref() => Ok(()),
            other => {
                self.token = None;
                let holder = other.map_or_else(|| "another program".to_owned(), |claim| claim.holder);
                Err(Error::TakenOver { holder })
            }
        }
    }

    async fn renew(&mut self, done: usize, started: bool) -> Result<(), Error> {
        let token = self.token.clone().ok_or_else(|| engine("the claim is gone"))?;
        let renew = self.claims.renew(&token, done, started);
        self.run(&renew, "renew the claim").await
    }

    /// Runs a statement in the open transaction, and again while others keep a table to themselves.
    async fn run_inside(&mut self, step: &Step<'a>, piece: &Piece<'_>, index: usize) -> Result<(), Error> {
        let mut patience = Patience::new(self.table_patience);
        while let Err(error) = self.run_piece(step, piece, &mut Children::default()).await {
            self.give_way(error, &mut patience).await?;
            self.begin_again().await?;
            self.renew(index, false).await?;
            self.end().await?;
            self.begin_again().await?;
        }
        Ok(())
    }

    /// Runs a statement between two transactions. Others may read meanwhile, and hold it up. `begun`: a former launch began it, and nobody
    /// knows how it ended.
    async fn run_outside(
        &mut self,
        step: &Step<'a>,
        piece: &Piece<'_>,
        index: usize,
        mut begun: bool,
    ) -> Result<(), Error> {
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
                Err(source) => {
                    let source = self.with_what_is_left(source, concurrent.as_ref()).await;
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
