//! The same way as a script, for a database that only its own shell may touch.

use super::report::{Direction, Place};
use super::step::{Mode, Step};
use super::task::Task;
use crate::dialect::Shell;
use crate::error::Error;
use crate::history::Record;
use enamel_schema::split::statements;
use enamel_schema::{Dialect, Version};
use refinery::Migration;

/// Writes the script from one revision to another: the transactions, settings and history rows that an upgrade would make.
pub(crate) fn script(mut task: Task<'_>, from: Version, to: Version) -> Result<String, Error> {
    let shell = &task.facts.shell;
    if let Some(schema) = shell.schema {
        task.table.settle(schema.to_owned());
    }
    let steps = task.steps_between(from, to)?;
    let heading = format!("{}, from {} to {}", task.migrations.package, Place(from), Place(to));
    let mut script = (shell.opening)(&heading, &task.table);
    let mut steps = steps.as_slice();
    let mut at = from;
    // The first transaction makes the history table.
    let mut before = if from == Version::BASE { task.table.create_if_missing() } else { String::new() };
    while let Some(first) = steps.first() {
        let together = match first.mode {
            Mode::Shared | Mode::Rebuild if shell.shares => {
                steps.iter().take_while(|step| step.mode == first.mode).count()
            }
            Mode::Shared | Mode::Rebuild | Mode::Alone => 1,
        };
        // Where each transaction keeps others out by itself, each looks where the database is.
        if at == from || !shell.shares {
            before += &(shell.must_be_at)(&task.table, at);
        }
        let (lot, rest) = steps.split_at(together);
        steps = rest;
        at = match (first.direction, rest.first()) {
            (Direction::Up, _) => lot.last().map_or(at, |last| last.version),
            (Direction::Down, next) => next.map_or(to, |next| next.version),
        };
        let texts = lot.iter().map(|step| Ok((text(shell, step, task.dialect), row(&task, step)?)));
        let texts: Vec<(String, String)> = texts.collect::<Result<_, Error>>()?;
        script += &(shell.lot)(first.mode, &std::mem::take(&mut before), &texts);
    }
    Ok(script)
}

/// The text of a step, with what stops the script behind each `SELECT` that must find nothing. Order matters: a statement's semicolon comes at
/// once, because SQLite keeps what stands before it.
fn text(shell: &Shell, step: &Step<'_>, dialect: Dialect) -> String {
    let mut script = format!("\n-- {}\n", step.file);
    let mut rest = step.text.as_ref();
    for piece in statements(&step.text, dialect) {
        let end = piece.start + piece.text.len() - (step.text.len() - rest.len());
        let (sql, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let check = piece.must_be_empty.map(|what| (shell.must_be_empty)(what, piece.text));
        script = script + sql + ";" + &check.unwrap_or_default();
        rest = after.trim_start_matches(';');
    }
    format!("{script}\n{}\n", rest.trim())
}

/// What a step changes in the history.
fn row(task: &Task<'_>, step: &Step<'_>) -> Result<String, Error> {
    let sql = match (&step.kept, step.direction) {
        (Some(kept), Direction::Up) => {
            let migration = Migration::unapplied(&step.stem(), &step.text)
                .map_err(|error| Error::Engine { what: error.to_string() })?;
            let record = Record {
                sha256: kept.sha256,
                chain: kept.chain,
                down: kept.down.as_deref(),
                keeps_old_code: step.keeps_old_code,
                applied_by: task.migrations.package,
                milliseconds: None,
            };
            task.table.insert(step.version, &step.name, task.facts.shell.now, migration.checksum(), &record)
        }
        (_, Direction::Up | Direction::Down) => task.table.remove(step.version),
    };
    Ok(format!("{sql};\n"))
}
