//! The same way as a script, for a database that only its own shell may touch.

use super::report::{Direction, Place};
use super::step::{Mode, Step};
use super::task::Task;
use crate::dialect::sqlite;
use crate::error::Error;
use crate::history::Record;
use enamel_schema::split::statements;
use enamel_schema::{Dialect, Version};
use refinery::Migration;

/// Writes the script from one revision to another: the transactions, flags and history rows that an upgrade would make.
pub(crate) fn script(task: &Task<'_>, from: Version, to: Version) -> Result<String, Error> {
    let dialect = task.dialect;
    if dialect != Dialect::Sqlite {
        return Err(Error::Unsupported { dialect });
    }
    let steps = task.steps_between(from, to)?;
    let package = task.migrations.package;
    let mut script = sqlite::script::opening(package, &Place(from).to_string(), &Place(to).to_string());
    let mut steps = steps.as_slice();
    // The first transaction looks where the database is, and makes the history table.
    let mut before = match from {
        Version::BASE => task.table.create_if_missing(),
        _ => String::new(),
    } + &sqlite::script::must_be_at(&task.table, from);
    while let Some(first) = steps.first() {
        let together = match first.mode {
            Mode::Alone => 1,
            Mode::Shared | Mode::Rebuild => steps.iter().take_while(|step| step.mode == first.mode).count(),
        };
        let (lot, rest) = steps.split_at(together);
        steps = rest;
        let lot: Vec<(String, String)> =
            lot.iter().map(|step| Ok((text(step), row(task, step)?))).collect::<Result<_, Error>>()?;
        script += &sqlite::script::lot(first.mode, &std::mem::take(&mut before), &lot);
    }
    Ok(script)
}

/// The text of a step, with what stops the script behind each `SELECT` that must find nothing. Order matters: a statement's semicolon comes at
/// once, because SQLite keeps what stands before it.
fn text(step: &Step<'_>) -> String {
    let mut script = format!("\n-- {}\n", step.file);
    let mut rest = step.text.as_ref();
    for piece in statements(&step.text, Dialect::Sqlite) {
        let end = piece.start + piece.text.len() - (step.text.len() - rest.len());
        let (sql, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let check = piece.must_be_empty.map(|what| sqlite::script::must_be_empty(what, piece.text));
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
            task.table.insert(step.version, &step.name, sqlite::script::NOW, migration.checksum(), &record)
        }
        (_, Direction::Up | Direction::Down) => task.table.remove(step.version),
    };
    Ok(format!("{sql};\n"))
}
