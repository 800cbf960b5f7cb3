//! One revision: its statements one by one, with what its mode asks for around them.

use super::{Guard, driver};
use crate::connection::{DriverError, Rows};
use crate::dialect::identifiers;
use crate::dialect::sqlite::{Children, rebuild};
use crate::error::{Cause, Counted, Error, FailedRevision, shortened};
use crate::upgrade::{Done, Event, Mode, Step};
use enamel_schema::Dialect;
use enamel_schema::split::{Piece, statements};
use std::time::{Duration, Instant};

impl<'a> Guard<'_, 'a> {
    pub(super) async fn step_up(&mut self, step: &Step<'a>, row: &str) -> Result<(), Error> {
        let began = Instant::now();
        self.start(step)?;
        let pieces = statements(&step.text, self.connection.kind());
        if self.sends_at_once(step, &pieces) {
            self.send_at_once(step, &pieces, row).await?;
        } else {
            self.run_step(step, &pieces).await?;
            self.insert(step, row, Some(began.elapsed())).await?;
        }
        self.finish(step, began.elapsed());
        Ok(())
    }

    pub(super) async fn step_down(&mut self, step: &Step<'a>) -> Result<(), Error> {
        let began = Instant::now();
        self.start(step)?;
        self.run_step(step, &statements(&step.text, self.connection.kind())).await?;
        let remove = self.table.remove(step.version);
        self.run(&remove, "remove a row of the history table").await?;
        self.finish(step, began.elapsed());
        Ok(())
    }

    fn start(&mut self, step: &Step<'a>) -> Result<(), Error> {
        self.in_time(step)?;
        let (number, of) = (self.done.len() + 1, self.of);
        self.notice(&Event::Started { version: step.version, name: &step.name, direction: step.direction, number, of });
        Ok(())
    }

    fn finish(&mut self, step: &Step<'a>, duration: Duration) {
        let (version, direction) = (step.version, step.direction);
        tracing::info!(%version, name = step.name, ?direction, ?duration, "a revision is done");
        self.notice(&Event::Finished { version, name: &step.name, direction, duration });
        self.done.push(Done { version, name: step.name.clone(), direction, duration });
    }

    /// Runs the text of a revision, with what its mode asks for around it.
    async fn run_step(&mut self, step: &Step<'a>, pieces: &[Piece<'_>]) -> Result<(), Error> {
        let before = match step.mode {
            Mode::Rebuild => {
                let look = rebuild::Before::look(self.connection, &step.text).await;
                Some(look.map_err(driver(&format!("look at the database before {}", step.file)))?)
            }
            Mode::Shared | Mode::Alone => None,
        };
        let setting = self.session.before_revision(self.connection, pieces).await;
        setting.map_err(driver("read the connection's settings"))?;
        match step.mode {
            Mode::Alone => self.run_alone(step, pieces).await?,
            Mode::Shared | Mode::Rebuild => self.run_pieces(step, pieces).await?,
        }
        let restored = self.session.after_revision(self.connection).await;
        restored.map_err(driver("restore the connection's settings"))?;
        let Some(before) = before else { return Ok(()) };
        let compared = before.compare(self.connection, &step.text).await;
        if let Some(cause) = compared.map_err(driver(&format!("look at the database after {}", step.file)))? {
            return Err(self.failed(step, None, cause));
        }
        if before.violations() > 0 {
            let rows = Counted(before.violations(), "row");
            self.notes.push(format!("{rows} referred to nothing before {} already, and stayed so", step.file));
        }
        Ok(())
    }

    /// Lets no revision begin when the time is over; but the first always may, so that launches one after another get to the end.
    fn in_time(&self, step: &Step<'a>) -> Result<(), Error> {
        let Some(done) = self.done.last() else { return Ok(()) };
        if self.deadline.is_none_or(|deadline| Instant::now() < deadline) {
            return Ok(());
        }
        let next = format!("{} {}", step.version, step.name);
        Err(Error::OutOfTime { database: done.version, left: self.of.saturating_sub(self.done.len()), next })
    }

    async fn run_pieces(&mut self, step: &Step<'a>, pieces: &[Piece<'_>]) -> Result<(), Error> {
        let mut children = Children::default();
        for (index, piece) in pieces.iter().enumerate() {
            self.notice(&Event::Statement { number: index + 1, of: pieces.len(), sql: piece.text });
            self.run_piece(step, piece, &mut children).await?;
        }
        Ok(())
    }

    /// Runs one statement.
    pub(super) async fn run_piece(
        &mut self,
        step: &Step<'a>,
        piece: &Piece<'_>,
        children: &mut Children,
    ) -> Result<(), Error> {
        // A rebuild runs without foreign keys, and is looked at afterwards. PostgreSQL drops no table that others refer to.
        if step.mode != Mode::Rebuild && self.connection.kind() == Dialect::Sqlite {
            self.keep_children(step, piece, children).await?;
        }
        let history = self.history(step).await?;
        match piece.must_be_empty {
            Some(what) => self.must_be_empty(step, piece, what).await?,
            None => self.send(piece.text).await.map_err(|source| self.refused(step, piece, source))?,
        }
        self.keep_history(step, piece, history).await
    }

    /// The history, where the text of a revision names it: it is enamel's alone.
    async fn history(&mut self, step: &Step<'a>) -> Result<Option<Rows>, Error> {
        if !step.names_history {
            return Ok(None);
        }
        let rows = self.connection.ask(&self.table.everything()).await;
        rows.map(Some).map_err(driver("read the history table"))
    }

    /// Stops behind a statement that changed the history. A table that is gone, or has another column, was changed too.
    async fn keep_history(&mut self, step: &Step<'a>, piece: &Piece<'_>, before: Option<Rows>) -> Result<(), Error> {
        let Some(before) = before else { return Ok(()) };
        match self.connection.ask(&self.table.everything()).await {
            Ok(after) if after == before => Ok(()),
            Ok(_) | Err(_) => {
                Err(self.failed(step, Some(piece.line), Cause::History { table: self.table.name.clone() }))
            }
        }
    }

    /// Stops before a statement that would take the rows of children along.
    async fn keep_children(
        &mut self,
        step: &Step<'a>,
        piece: &Piece<'_>,
        children: &mut Children,
    ) -> Result<(), Error> {
        match children.of_dropped(self.connection, piece.text).await {
            Ok(None) => Ok(()),
            Ok(Some((table, children))) => Err(self.failed(step, Some(piece.line), Cause::Parent { table, children })),
            Err(source) => Err(self.refused(step, piece, DriverError { position: None, ..source })),
        }
    }

    /// Sends a statement. One that does its work row by row (`PRAGMA incremental_vacuum`) is fetched to its end.
    pub(super) async fn send(&mut self, sql: &str) -> Result<(), DriverError> {
        if (self.facts.is_fetched)(sql) {
            self.connection.ask(sql).await.map(drop)
        } else {
            self.connection.run(sql).await
        }
    }

    /// Runs a `SELECT` that must find nothing. Only its first row is fetched, and the others counted, since they can be many.
    async fn must_be_empty(&mut self, step: &Step<'a>, piece: &Piece<'_>, what: &str) -> Result<(), Error> {
        let [before, after] = self.facts.over_all_rows;
        let found = format!("FROM (\n{}\n) AS found", piece.text);
        let first = match self.connection.ask(&format!("{before}SELECT * {found} LIMIT 1{after}")).await {
            Ok(rows) => rows.into_iter().next(),
            Err(source) => return Err(self.refused(step, piece, DriverError { position: None, ..source })),
        };
        let Some(first) = first else { return Ok(()) };
        let count = self.connection.ask(&format!("{before}SELECT count(*) {found}{after}")).await;
        let count = count.ok().and_then(|rows| rows.into_iter().flatten().flatten().next());
        let cause = Cause::NotEmpty {
            what: what.to_owned(),
            count: count.unwrap_or_else(|| "some".to_owned()),
            first: first.iter().map(|cell| cell.as_deref().map_or_else(|| "NULL".to_owned(), shortened)).collect(),
        };
        Err(self.failed(step, Some(piece.line), cause))
    }

    pub(super) fn refused(&self, step: &Step<'a>, piece: &Piece<'_>, source: DriverError) -> Error {
        let before = source.position.and_then(|position| piece.text.get(..position)).unwrap_or_default();
        let line = piece.line + before.matches('\n').count();
        self.failed(step, Some(line), Cause::Statement { statement: piece.text.to_owned(), source })
    }

    pub(super) fn failed(&self, step: &Step<'a>, line: Option<usize>, cause: Cause) -> Error {
        Error::Revision(Box::new(FailedRevision {
            version: step.version,
            name: step.name.clone(),
            direction: step.direction,
            file: step.file.clone(),
            line,
            cause,
            stays: self.stays,
            in_doubt: false,
        }))
    }

    /// A temporary table goes before one of the database with the same name, and would be altered in its place.
    pub(super) async fn refuse_hidden(&mut self, steps: &[Step<'a>]) -> Result<(), Error> {
        let hiding = self.session.hiding(self.connection).await.map_err(driver("list temporary tables"))?;
        for step in steps.iter().filter(|_| !hiding.is_empty()) {
            let named = identifiers(&step.text, self.connection.kind());
            if let Some(name) = hiding.iter().find(|name| named.contains(&name.to_ascii_lowercase())) {
                return Err(self.failed(step, None, Cause::Hidden { name: name.clone() }));
            }
        }
        Ok(())
    }
}
