//! A table made anew, for what `ALTER TABLE` cannot do.

use super::work::{Source, Work, comes_again};
use super::{Operation, Rebuild, Step, demand, hazard};
use crate::change::Change;
use crate::diagnostic::{Diagnostic, Subject};
use crate::schema::{Name, Unmodelled};

/// The steps for a table: what its rows must not hold, and then one rebuild for all of its changes. `later` is what comes behind it.
///
/// # Errors
///
/// A trigger whose text after a rename is not certain.
pub(super) fn steps(work: &Work<'_>, later: &[Work<'_>]) -> Result<Vec<Step>, Vec<Diagnostic>> {
    let (beside, copy, triggers) = (work.beside.clone(), copy(work), triggers(work)?);
    let rebuild = Rebuild { table: work.table.map(Clone::clone), beside, copy, triggers };
    // An index that does not come again is dropped before, in words.
    let is_told =
        |change: &Change| matches!(change, Change::DropIndex { index, .. } if !comes_again(&work.changes, index));
    let changes: Vec<Change> =
        work.changes.iter().filter(|change| !is_told(change)).map(|change| (*change).clone()).collect();
    let mut hazards: Vec<_> = changes.iter().flat_map(|change| hazard::of(change, Some(work.table))).collect();
    hazards.push(hazard::rewrite(&work.table.next.name));
    let mut steps = demand::before_rebuild(work, later);
    steps.push(Step { operation: Operation::Rebuild(Box::new(rebuild)), changes, hazards });
    Ok(steps)
}

/// Columns that are left out take their default, and a new counting key counts.
fn copy(work: &Work<'_>) -> Vec<(Name, String)> {
    let value = |source| if let Source::Value(value) = source { Some(value) } else { None };
    let columns = work.table.next.columns.iter();
    columns.filter_map(|column| Some((column.name.clone(), value(work.source(column))?))).collect()
}

fn triggers(work: &Work<'_>) -> Result<Vec<Unmodelled>, Vec<Diagnostic>> {
    let own = || work.objects.iter().filter(|object| object.is_trigger_of(&work.table.next.name));
    let doubtful: Vec<_> = own()
        .filter(|object| !object.certain)
        .map(|object| {
            let message = format!("{} names something that is renamed, and it is not certain what", object.title());
            Diagnostic::error(message)
                .about(Subject::Table(work.table.next.name.clone()))
                .with_note(format!("{} must be rebuilt, and its triggers made again", work.table.next.name))
                .with_hint("rename in one revision, and change the rest in the next")
        })
        .collect();
    if doubtful.is_empty() { Ok(own().map(|object| object.unmodelled.clone()).collect()) } else { Err(doubtful) }
}
