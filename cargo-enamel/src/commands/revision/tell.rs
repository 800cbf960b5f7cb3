//! What is said about revisions that were made.

use super::autogenerate::{Made, Revision};
use crate::layout::Taken;
use crate::project::Project;
use crate::prospect::Prospect;
use crate::report;
use crate::shell::Shell;
use enamel_schema::draft::Draft;
use enamel_schema::plan::Hazard;
use enamel_schema::{Change, Diagnostic, Dialect, TableName};
use serde_json::json;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// The texts themselves, on stdout.
pub(super) fn texts(prospect: &Prospect, taken: &Taken, project: &Project, shell: &mut Shell) -> io::Result<()> {
    for (path, text) in prospect.texts.iter().filter(|(path, _)| !taken.tells_of(Path::new(path))) {
        let shown = format!("{}/{path}", project.shown_folder());
        shell.event("text", json!({ "path": shown, "text": text }))?;
        shell.data(&format!("-- {shown}\n{text}\n"))?;
    }
    Ok(())
}

/// That there is nothing to write, and why.
pub(super) fn fresh(why: &str, shell: &mut Shell) -> io::Result<()> {
    shell.event("fresh", json!({ "why": why }))?;
    shell.status("Fresh", &format!("{why}: there is nothing to write"))
}

/// The files that were written, without the lock file, which every revision writes, and those that are told of elsewhere.
pub(super) fn files(written: &[PathBuf], taken: &Taken, project: &Project, shell: &mut Shell) -> io::Result<()> {
    let folder = project.folder();
    let is_told = |path: &Path| path.strip_prefix(&folder).is_ok_and(|file| taken.tells_of(file));
    for path in written.iter().filter(|path| **path != project.lock_file() && !is_told(path)) {
        let shown = report::shown_path(path);
        shell.event("created", json!({ "path": shown, "dry_run": false }))?;
        shell.status("Created", &shown)?;
    }
    Ok(())
}

/// What the revisions change, what may hurt, the names that were derived, and what may be deleted now.
pub(super) fn changes(made: &Made, dry_run: bool, shell: &mut Shell) -> io::Result<()> {
    if let [first, second] = made.revisions.as_slice() {
        let (first, second) = (first.version, second.version);
        let why = "PostgreSQL lets no transaction use a value of an enum that it adds";
        shell
            .diagnostic(&Diagnostic::note(format!("{why}: so revision {first} adds it, and {second} does the rest")))?;
    }
    made.revisions.iter().try_for_each(|revision| changes_of(revision, shell))?;
    let drafts = made.revisions.iter().flat_map(|revision| revision.drafts.values());
    for note in drafts.flat_map(|draft| &draft.notes) {
        shell.diagnostic(&made.read.models.locate(note.clone()))?;
    }
    let names: Vec<String> = new_names(made).iter().map(|(model, table)| format!("{model} → {table}")).collect();
    if !names.is_empty() {
        shell.status("Named", &shortened(names, shell).join("\n"))?;
        shell.hint("`#[enamel(table = \"…\")]` names a table otherwise; best before anybody has it")?;
    }
    let done = done_attributes(made);
    if !dry_run && !done.is_empty() {
        shell.hint(&format!("{} may be deleted from the models now", done.join(", ")))?;
    }
    Ok(())
}

/// What one revision changes, and what may hurt about it.
fn changes_of(revision: &Revision, shell: &mut Shell) -> io::Result<()> {
    let changes: Vec<String> = revision.changes.iter().map(Change::summary).collect();
    let hazards: Vec<(Dialect, Hazard)> = revision.drafts.iter().flat_map(hazards).collect();
    shell.event(
        "changes",
        json!({
            "version": revision.version.number(),
            "changes": changes,
            "hazards": hazards.iter().map(|(dialect, hazard)| json!({
                "dialect": dialect.name(),
                "kind": hazard.kind.word(),
                "table": hazard.table.to_string(),
                "text": hazard.text,
            })).collect::<Vec<_>>(),
        }),
    )?;
    shell.status("Changes", &shortened(changes, shell).join("\n"))?;
    let several = revision.drafts.len() > 1;
    let words = |(dialect, hazard): (Dialect, Hazard)| {
        let whose = if several { format!("on {}, ", dialect.title()) } else { String::new() };
        format!("{whose}{}: {}", hazard.kind.word(), hazard.text)
    };
    for hazard in shortened(hazards.into_iter().map(words).collect(), shell) {
        shell.attention("Hazard", &hazard)?;
    }
    Ok(())
}

/// What may hurt on one database.
fn hazards<'d>((dialect, draft): (&'d Dialect, &'d Draft)) -> impl Iterator<Item = (Dialect, Hazard)> {
    let hazards = draft.up.statements.iter().flat_map(|statement| &statement.hazards);
    Hazard::grouped(hazards).into_iter().map(|hazard| (*dialect, hazard))
}

/// As many lines as a person reads, unless more was asked for.
fn shortened(mut lines: Vec<String>, shell: &Shell) -> Vec<String> {
    const MANY: usize = 20;
    let rest = lines.len().saturating_sub(MANY);
    if rest > 1 && !shell.is_verbose() {
        lines.truncate(MANY);
        lines.push(format!("… and {rest} more, which `--verbose` lists"));
    }
    lines
}

/// Tables that are made and whose models state no name.
fn new_names(made: &Made) -> Vec<(&str, &str)> {
    let known: BTreeSet<String> = made.previous.tables.iter().map(|table| table.name.to_string()).collect();
    let derived = made.read.models.derived_names.iter().map(|(model, table)| (model.as_str(), table.as_str()));
    derived.filter(|(_, table)| !known.contains(*table)).collect()
}

/// Attributes that have done their work.
fn done_attributes(made: &Made) -> Vec<String> {
    let hints = &made.read.models.hints;
    let named = |attribute: &str, table: &TableName, column: &dyn std::fmt::Display| {
        format!("`{attribute}` of {table}.{column}")
    };
    let tables = hints.tables.iter().map(|table| format!("`renamed_from` of {}", table.next));
    let columns = hints.columns.iter().map(|(table, column)| named("renamed_from", table, &column.next));
    let values = hints.values.iter().map(|(name, value)| format!("`renamed_from` of {name}.{}", value.next));
    let backfills = hints.backfills.keys().map(|(table, column)| named("backfill", table, column));
    let conversions = hints.conversions.keys().map(|(table, column)| named("using", table, column));
    tables.chain(columns).chain(values).chain(backfills).chain(conversions).collect()
}
