//! A revision outside a transaction: statement by statement, under a claim that says how far it is.
//!
//! A statement that can run in a transaction shares one with its progress, so it takes effect once. Another runs under the claim alone, see
//! `outside`.

use super::{Guard, driver, engine};
use crate::claim::{Claim, token};
use crate::dialect::sqlite::Children;
use crate::error::{Cause, Error, Stays};
use crate::upgrade::{Event, Mode, Patience, Step};
use enamel_schema::Checksum;
use enamel_schema::split::Piece;

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
        self.set_again(step, pieces.get(..done).unwrap_or_default()).await?;
        for (index, piece) in pieces.iter().enumerate().skip(done) {
            self.notice(&Event::Statement { number: index + 1, of, sql: piece.text });
            if (self.facts.runs_alone)(piece.text) {
                self.run_outside(step, piece, index, begun).await?;
            } else {
                self.run_inside(step, piece, index, begun).await?;
            }
            begun = false;
            self.renew(index + 1, false).await?;
            self.end().await?;
            self.stays = Stays::Partly { done: index + 1, of };
            self.begin_again().await?;
        }
        self.drop_claim().await
    }

    /// Sets what statements that a former launch has run had set in its session.
    async fn set_again(&mut self, step: &Step<'a>, done: &[Piece<'_>]) -> Result<(), Error> {
        let settings: Vec<_> = done.iter().filter(|piece| (self.facts.sets_session)(piece.text)).collect();
        if settings.is_empty() {
            return Ok(());
        }
        self.end().await?;
        for piece in settings {
            if let Err(source) = self.send(piece.text).await {
                return Err(self.refused(step, piece, source));
            }
        }
        self.begin_again().await
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
    pub(super) async fn begin_again(&mut self) -> Result<(), Error> {
        let mut patience = Patience::new(self.limit);
        let look = self.claims.look().to_owned();
        while self.begin(Mode::Alone, &look).await?.is_none() {
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

    pub(super) async fn renew(&mut self, done: usize, started: bool) -> Result<(), Error> {
        let token = self.token.clone().ok_or_else(|| engine("the claim is gone"))?;
        let renew = self.claims.renew(&token, done, started);
        self.run(&renew, "renew the claim").await
    }

    /// Runs a statement in the open transaction, and again while others keep a table to themselves. What commits by itself, as a procedure may, is
    /// found out only now, and runs outside.
    async fn run_inside(&mut self, step: &Step<'a>, piece: &Piece<'_>, index: usize, begun: bool) -> Result<(), Error> {
        let mut patience = Patience::new(self.table_patience);
        while let Err(error) = self.run_piece(step, piece, &mut Children::default()).await {
            if commits_by_itself(&error) {
                self.rollback().await?;
                self.begin_again().await?;
                return self.run_outside(step, piece, index, begun).await;
            }
            self.give_way(error, &mut patience).await?;
            self.begin_again().await?;
            self.renew(index, false).await?;
            self.end().await?;
            self.begin_again().await?;
        }
        Ok(())
    }
}

/// `invalid_transaction_termination` (<https://www.postgresql.org/docs/13/plpgsql-transactions.html>)
fn commits_by_itself(error: &Error) -> bool {
    let Error::Revision(failed) = error else { return false };
    matches!(&failed.cause, Cause::Statement { source, .. } if source.code.as_deref() == Some("2D000"))
}
