//! One revision, one way, ready to be run: its text read, its directives understood.

use super::judge::{accepts, find};
use super::report::Direction;
use super::task::Task;
use crate::error::Error;
use crate::history::Row;
use crate::migrations::Revision;
use enamel_schema::revision::{Header, with_line_feeds};
use enamel_schema::split::refused;
use enamel_schema::{Checksum, Dialect, Version};
use include_dir::File;
use std::borrow::Cow;

/// What a revision needs around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A transaction, which it may share.
    Shared,
    /// A transaction without enforcement of foreign keys, because a table is made anew.
    Rebuild,
    /// No transaction.
    Alone,
}

/// One revision, one way.
#[derive(Clone, Debug)]
pub(crate) struct Step<'a> {
    pub(crate) direction: Direction,
    pub(crate) version: Version,
    pub(crate) name: String,
    /// The file, as errors show it.
    pub(crate) file: String,
    /// Its text, with line feeds.
    pub(crate) text: Cow<'a, str>,
    pub(crate) mode: Mode,
    /// Whether the text names the history, which is enamel's alone. It is looked for once: a text may be long, and have many statements.
    pub(crate) names_history: bool,
    /// Whether programs from before it go on working: only if the file says so.
    pub(crate) keeps_old_code: bool,
    /// What the history keeps of a step up.
    pub(crate) kept: Option<Kept<'a>>,
}

/// What the history keeps of a revision.
#[derive(Clone, Debug)]
pub(crate) struct Kept<'a> {
    pub(crate) sha256: Checksum,
    pub(crate) chain: Checksum,
    pub(crate) down: Option<Cow<'a, str>>,
}

impl<'a> Step<'a> {
    /// The way to a revision.
    pub(crate) fn up(task: &Task<'a>, revision: &Revision<'a>) -> Result<Self, Error> {
        let file = task.migrations.path(&revision.up);
        let down = match &revision.down {
            Some(down) => Some(text(down, &task.migrations.path(down))?),
            None => None,
        };
        let text = text(&revision.up, &file)?;
        let kept = Kept { sha256: revision.sha256, chain: revision.chain, down };
        Self::read(task, Direction::Up, revision.version, revision.name, file, text, Some(kept))
    }

    /// The way back from an applied revision.
    ///
    /// Order matters: the program's file when it belongs to the text that was applied, since a mended way back is better; else what the
    /// history keeps; else the file after all.
    pub(crate) fn down(task: &Task<'a>, row: &Row) -> Result<Self, Error> {
        let revision = find(task.revisions, row.version);
        let file = revision.and_then(|revision| revision.down.as_ref());
        let same = revision.is_some_and(|revision| accepts(revision, row));
        let (path, text) = match (file, &row.down) {
            (Some(file), None) => (task.migrations.path(file), text(file, &task.migrations.path(file))?),
            (Some(file), Some(_)) if same => (task.migrations.path(file), text(file, &task.migrations.path(file))?),
            (_, Some(kept)) => {
                let path = format!("V{}__{}.down.sql (as {} keeps it)", row.version, row.name, task.table.name);
                (path, Cow::Owned(kept.clone()))
            }
            (None, None) => return Err(Error::NoDown { version: row.version, name: row.name.clone() }),
        };
        Self::read(task, Direction::Down, row.version, &row.name, path, text, None)
    }

    /// The way back from a revision, by the program's file.
    pub(crate) fn back(task: &Task<'a>, revision: &Revision<'a>) -> Result<Self, Error> {
        let no_down = || Error::NoDown { version: revision.version, name: revision.name.to_owned() };
        let file = revision.down.as_ref().ok_or_else(no_down)?;
        let path = task.migrations.path(file);
        let text = text(file, &path)?;
        Self::read(task, Direction::Down, revision.version, revision.name, path, text, None)
    }

    fn read(
        task: &Task<'a>,
        direction: Direction,
        version: Version,
        name: &str,
        file: String,
        text: Cow<'a, str>,
        kept: Option<Kept<'a>>,
    ) -> Result<Self, Error> {
        let header =
            Header::parse(&text).map_err(|(line, message)| Error::Directive { file: file.clone(), line, message })?;
        if let Some(refused) = refused(&text, task.dialect, header.no_transaction).into_iter().next() {
            let (line, statement, reason) = (refused.line, refused.statement, refused.reason);
            return Err(Error::Refused { file, line, statement, reason });
        }
        let rebuilds = task.dialect == Dialect::Sqlite && !header.rebuilds.is_empty();
        let mode = match (header.no_transaction, rebuilds) {
            (true, _) => Mode::Alone,
            (false, true) => Mode::Rebuild,
            (false, false) => Mode::Shared,
        };
        let name = name.to_owned();
        let keeps_old_code = header.keeps_old_code == Some(true);
        let names_history = text.to_ascii_lowercase().contains(&task.table.name.to_ascii_lowercase());
        Ok(Self { direction, version, name, file, text, mode, names_history, keeps_old_code, kept })
    }

    /// The file's name without its ending, by which refinery knows it.
    pub(crate) fn stem(&self) -> String {
        format!("V{}__{}", self.version, self.name)
    }
}

/// The text of a file, with line feeds.
fn text<'a>(file: &File<'a>, path: &str) -> Result<Cow<'a, str>, Error> {
    let wrong = |what| Error::NotText { file: path.to_owned(), what };
    let text = file.contents_utf8().ok_or_else(|| wrong("it is not UTF-8"))?;
    // A driver ends a statement at this character, and would silently leave out the rest.
    if text.contains('\0') {
        return Err(wrong("it holds a NUL character"));
    }
    Ok(Cow::Owned(with_line_feeds(text).into_owned()))
}
