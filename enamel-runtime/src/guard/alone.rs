//! A revision outside a transaction: statement by statement, under a claim that says how far it is.
//!
//! A statement that can run in a transaction shares one with its progress, so it takes effect once. Another (`VACUUM`) may run again
//! after a crash in between; those of SQLite may.

use super::{Guard, engine};
use crate::claim::{Claim, token};
use crate::error::{Error, Stays};
use crate::upgrade::{Event, Mode, Patience, Step};
use enamel_schema::Checksum;
use enamel_schema::split::{Piece, statements};

impl<'a> Guard<'_, 'a> {
    /// The claim that lies on the database. It is looked for inside the lock.
    pub(crate) async fn claim(&mut self) -> Result<Option<Claim>, Error> {
        self.claims.read(self.connection).await.map_err(super::driver("look for another launch"))
    }

    /// Removes a claim, whatever it says: the history is set by hand.
    pub(crate) async fn drop_claim(&mut self) -> Result<(), Error> {
        self.token = None;
        let remove = self.claims.remove();
        self.run(&remove, "remove the claim").await
    }

    /// Runs a step. It begins and ends inside a transaction that holds the lock, and has none between.
    pub(super) async fn run_alone(&mut self, step: &Step<'a>) -> Result<(), Error> {
        let pieces = statements(&step.text, self.connection.kind());
        let of = pieces.len();
        let done = self.take_claim(step).await?;
        self.stays = Stays::Partly { done, of };
        for (index, piece) in pieces.iter().enumerate().skip(done) {
            self.notice(&Event::Statement { number: index + 1, of, sql: piece.text });
            if (self.facts.runs_alone)(piece.text) {
                self.renew(index).await?;
                self.end().await?;
                self.run_while_busy(step, piece).await?;
                self.begin_again().await?;
            } else {
                self.run_piece(step, piece).await?;
            }
            self.renew(index + 1).await?;
            self.end().await?;
            self.stays = Stays::Partly { done: index + 1, of };
            self.begin_again().await?;
        }
        self.drop_claim().await
    }

    /// Claims the database for a step, or takes up where the last claim ended. Answers how many statements are done.
    async fn take_claim(&mut self, step: &Step<'a>) -> Result<usize, Error> {
        let done = self.claim().await?.map_or(0, |claim| claim.done);
        let token = token();
        let holder = format!("{}, process {}", self.package, std::process::id());
        for sql in [
            self.claims.remove(),
            self.claims.create(),
            self.claims.take(step.version, &Checksum::of(&step.text), &token, &holder, done),
        ] {
            self.run(&sql, "claim the database").await?;
        }
        self.end().await?;
        self.token = Some(token);
        self.begin_again().await?;
        Ok(done)
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

    async fn renew(&mut self, done: usize) -> Result<(), Error> {
        let token = self.token.clone().ok_or_else(|| engine("the claim is gone"))?;
        let renew = self.claims.renew(&token, done);
        self.run(&renew, "renew the claim").await
    }

    /// Runs a statement outside a transaction. Others may read meanwhile, and hold it up.
    async fn run_while_busy(&mut self, step: &Step<'a>, piece: &Piece<'_>) -> Result<(), Error> {
        let mut patience = Patience::new(self.limit);
        loop {
            match self.send(piece).await {
                Ok(()) => return Ok(()),
                Err(error) if error.busy && patience.waited() < self.limit => self.wait(&mut patience, None).await?,
                Err(source) => return Err(self.refused(step, piece, source)),
            }
        }
    }
}
