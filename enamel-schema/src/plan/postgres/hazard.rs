//! What waits for whom, and for how long (<https://www.postgresql.org/docs/13/explicit-locking.html>,
//! <https://www.postgresql.org/docs/13/sql-altertable.html#SQL-ALTERTABLE-NOTES>).
//!
//! Almost every `ALTER TABLE` takes a lock that lets nobody read; that is only worth telling where it is held for as long as all rows take.

use super::part::Part;
use crate::dialect::Dialect;
use crate::plan::{Hazard, HazardKind, hazard, work};
use crate::schema::{Column, DefaultValue, Name, TableName};
use crate::split::tokens;

/// What it costs to bring a part to a table that has rows.
pub(super) fn of_added(part: Part<'_>, table: &TableName) -> Vec<Hazard> {
    match part {
        Part::PrimaryKey(_) | Part::Unique(_) | Part::Exclusion(_) => {
            vec![waits(table, format!("readers and writers of {table} wait while every row is sorted"))]
        }
        Part::Index(_) => vec![hazard::index_is_built(table)],
        Part::ForeignKey(key) => {
            let tables = match &key.referenced_table == table {
                true => table.to_string(),
                false => format!("{table} and {}", key.referenced_table),
            };
            vec![hazard::rows_are_looked_at(table), waits(table, format!("writers of {tables} wait meanwhile"))]
        }
        Part::Check(_) => scanned(table),
    }
}

/// What it costs to add a column. A default that is the same for all rows is only noted.
pub(super) fn of_column(table: &TableName, column: &Column) -> Vec<Hazard> {
    let same_for_all = match &column.default {
        Some(DefaultValue::Sql(sql)) => is_constant(sql.text()),
        Some(_) | None => true,
    };
    if same_for_all && column.identity.is_none() && column.generated.is_none() { Vec::new() } else { rewritten(table) }
}

/// The whole table is written anew.
pub(super) fn rewritten(table: &TableName) -> Vec<Hazard> {
    vec![hazard::rewrite(table), waits(table, format!("readers and writers of {table} wait meanwhile"))]
}

/// Every row is looked at while nobody reads.
pub(super) fn scanned(table: &TableName) -> Vec<Hazard> {
    vec![hazard::rows_are_looked_at(table), waits(table, format!("readers and writers of {table} wait meanwhile"))]
}

/// A value is used in the transaction that adds it, as on a way back.
pub(super) fn used_at_once(name: &Name) -> Hazard {
    let text = format!("every column of {name} is written again for a value that is used at once");
    hazard::hazard(HazardKind::TableRewrite, &TableName::new(name.clone()), text)
}

fn waits(table: &TableName, text: String) -> Hazard {
    hazard::hazard(HazardKind::LongLock, table, text)
}

/// Whether a default is certain not to be computed for each row: a literal, or one of the words that stand for the beginning of the transaction.
pub(super) fn is_constant(default: &str) -> bool {
    const STABLE: [&str; 5] = ["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIMESTAMP", "now()"];
    let literal = tokens(default, Dialect::Postgres).iter().position(|token| token.is_symbol("::"));
    let literal = literal.map_or(default, |end| {
        let tokens = tokens(default, Dialect::Postgres);
        &default[..tokens[end].start]
    });
    work::is_constant(literal) || STABLE.iter().any(|word| word.eq_ignore_ascii_case(default.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_computed_for_each_row_is_told_from_what_is_not() {
        for constant in ["1", "'a'", "'{}'::text[]", "now()", "current_timestamp", "FALSE"] {
            assert!(is_constant(constant), "{constant}");
        }
        for computed in
            ["random()", "gen_random_uuid()", "clock_timestamp()", "now() + '1 day'", "nextval('a'::regclass)"]
        {
            assert!(!is_constant(computed), "{computed}");
        }
    }
}
