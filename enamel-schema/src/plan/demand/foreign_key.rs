//! Foreign keys.

use super::{Demand, in_words, is_kept};
use crate::plan::work::Work;
use crate::render::quote::identifier;
use crate::schema::{ForeignKey, Name};
use crate::split::enclosed;

/// What to ask so that every row that is there refers to something. What is to be done `later` is not done by then.
pub(super) fn demand(work: &Work<'_>, later: &[Work<'_>], key: &ForeignKey) -> Option<Demand> {
    (!was_enforced(work, key)).then(|| orphans(work, later, key))
}

/// Whether a key said the same already, but for what happens when the other row goes.
fn was_enforced(work: &Work<'_>, key: &ForeignKey) -> bool {
    let same_ends = |former: &ForeignKey| {
        former.referenced_table == key.referenced_table
            && former.columns == key.columns
            && former.referenced_columns == key.referenced_columns
    };
    work.table.previous.foreign_keys.iter().any(same_ends) && key.columns.iter().all(|column| is_kept(work, column))
}

fn orphans(work: &Work<'_>, later: &[Work<'_>], key: &ForeignKey) -> Demand {
    let next = work.table.next;
    let values: Vec<String> = key.columns.iter().map(|column| work.value_before(column)).collect();
    let nullable = |column: &Name| next.column(column).is_none_or(|column| column.nullable);
    let list = |values: &[String]| if values.len() == 1 { values.concat() } else { format!("({})", values.join(", ")) };

    // One NULL lets the row pass, whatever else is in a key of several columns; and where the other table is empty, NULL is not in it.
    let several = key.columns.len() > 1;
    let present = key.columns.iter().zip(&values).filter(|(column, _)| nullable(column));
    let present: String = present.map(|(_, value)| format!("{value} IS NOT NULL\n  AND ")).collect();
    // The rows of the table itself get their values together, and where keys go round, the other table may get its own later.
    let mut waiting = std::iter::once(work).chain(later);
    let waiting = waiting.find(|work| work.table.next.name == key.referenced_table);
    let there = |column: &Name| waiting.map_or_else(|| identifier(column), |parent| parent.value_before(column));
    // A NULL among the values would hide every row from `NOT IN`.
    let parent = work.schema.table(&key.referenced_table);
    let may_be_null =
        |column: &&Name| parent.and_then(|parent| parent.column(column)).is_none_or(|column| column.nullable);
    let known = key.referenced_columns.iter().filter(may_be_null);
    let known =
        known.map(|column| format!("{} IS NOT NULL", enclosed(&there(column)))).collect::<Vec<_>>().join(" AND ");
    let known = if known.is_empty() { known } else { format!("\n    WHERE {known}") };
    let condition = format!(
        "{present}{} NOT IN (\n    SELECT {}\n    FROM {}{known}\n)",
        list(&values),
        key.referenced_columns.iter().map(there).collect::<Vec<_>>().join(", "),
        identifier(&key.referenced_table),
    );
    let are = if several { "are" } else { "is" };
    Demand {
        what: format!("rows of {} whose {} {are} not in {}", next.name, in_words(&key.columns), key.referenced_table),
        columns: key.columns.clone(),
        condition,
    }
}
