//! A revision that is sent at once: its text, its row and the end of its transaction in one message.
//!
//! A message takes as long as a statement that makes something, so that a first launch on a new database is mostly messages. The server does not
//! always say which of several statements failed; but what only makes things may be taken back and run again, statement by statement, until the same
//! one fails.

use super::Guard;
use crate::connection::DriverError;
use crate::error::Error;
use crate::upgrade::{Event, Mode, Step};
use enamel_schema::split::Piece;

impl<'a> Guard<'_, 'a> {
    /// Whether a revision is sent at once. Its text must not name the history, which is looked at behind each statement that does.
    pub(super) fn sends_at_once(&self, step: &Step<'a>, pieces: &[Piece<'_>]) -> bool {
        step.mode == Mode::Shared
            && self.failed_at_once != Some(step.version)
            && !step.names_history
            && self.session.sends_at_once(pieces)
    }

    /// Sends one. The transaction has ended then.
    pub(super) async fn send_at_once(&mut self, step: &Step<'a>, pieces: &[Piece<'_>], row: &str) -> Result<(), Error> {
        let mut message = String::new();
        for (index, piece) in pieces.iter().enumerate() {
            self.notice(&Event::Statement { number: index + 1, of: pieces.len(), sql: piece.text });
            message += piece.text;
            message += ";\n";
        }
        message += &self.row(step, row, None)?;
        message += ";\nCOMMIT";
        match self.connection.run(&message).await {
            Ok(()) => {
                self.in_transaction = false;
                Ok(())
            }
            Err(source) => Err(self.refused_at_once(step, source)),
        }
    }

    fn refused_at_once(&mut self, step: &Step<'a>, source: DriverError) -> Error {
        if source.is_lost() {
            let (source, dangling) = (Box::new(source), Vec::new());
            return Error::Commit { source, dangling, stays: self.stays };
        }
        tracing::debug!(version = %step.version, %source, "a revision is taken back, and run statement by statement");
        (self.failed_at_once, self.takes_back) = (Some(step.version), true);
        Error::Driver { doing: format!("run {}", step.file), source }
    }

    /// Takes back a revision that failed at once, so that it can be run again. `false`: that is not what happened.
    pub(crate) async fn takes_back(&mut self) -> Result<bool, Error> {
        if !std::mem::take(&mut self.takes_back) {
            return Ok(false);
        }
        // The transaction has ended by itself if it was the `COMMIT` that failed; there is nothing to take back then.
        self.rollback().await?;
        Ok(true)
    }
}
