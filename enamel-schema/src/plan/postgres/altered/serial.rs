//! Columns that count by a default and a sequence of their own, as `serial` makes them
//! (<https://www.postgresql.org/docs/13/datatype-numeric.html#DATATYPE-SERIAL>).
//!
//! Models do not tell them from identity columns, and nothing is done about them until they change: then the sequence takes the type of its column,
//! goes when the column counts no more, or hands over where it is.

use super::Altered;
use crate::plan::object::Object;
use crate::plan::{Operation, Step};
use crate::render::quote::{qualified, text};
use crate::schema::{Column, DefaultValue, Name, Sql, Table, TableName, numbers_of};

/// A column that counts by a sequence beside it.
pub(super) struct Serial {
    column: Name,
    sequence: TableName,
}

impl Serial {
    /// Those of a table.
    pub(super) fn all(table: &Table, others: &[Object]) -> Vec<Self> {
        let serial = |object: &Object| {
            let column = object.counts_for(&table.name)?;
            let sequence = TableName { schema: table.name.schema.clone(), name: object.unmodelled.name.clone() };
            Some(Self { column, sequence })
        };
        others.iter().filter_map(serial).collect()
    }
}

impl Altered<'_> {
    fn sequence(&self, column: &Column) -> Option<&TableName> {
        let serial = self.serials.iter().find(|serial| serial.column == column.name)?;
        Some(&serial.sequence)
    }

    /// A column before, as the database sees it if it counts in another way from now on: by its default.
    pub(super) fn counting(&self, previous: &Column, next: &Column) -> Column {
        match self.sequence(previous) {
            Some(sequence) if previous.identity.is_some() && previous.identity != next.identity => {
                let default = format!("nextval({})", text(&qualified(sequence)));
                Column { identity: None, default: Some(DefaultValue::Sql(Sql::new(default))), ..previous.clone() }
            }
            Some(_) | None => previous.clone(),
        }
    }

    /// The sequence of a column whose type changes counts in that.
    pub(super) fn retyped_sequence(&self, next: &Column) -> Option<Step> {
        let sequence = self.sequence(next).filter(|_| next.identity.is_some())?;
        Some(serves(Operation::RetypeSequence { sequence: sequence.clone(), column: Box::new(next.clone()) }))
    }

    /// What is done before a column counts in another way.
    pub(super) fn release(&self, previous: &Column, next: &Column) -> Option<Step> {
        let hands_over = previous.identity.is_some() && next.identity.is_some() && previous.identity != next.identity;
        let sequence = self.sequence(next).filter(|_| hands_over)?;
        Some(serves(Operation::ReleaseSequence(sequence.clone())))
    }

    /// What is done afterwards.
    pub(super) fn go_on_counting(&self, previous: &Column, next: &Column) -> Vec<Step> {
        let (table, column) = (self.table.next.name.clone(), Box::new(next.clone()));
        match self.sequence(next) {
            Some(sequence) if previous.identity.is_some() && previous.identity != next.identity => {
                let goes = serves(Operation::DropSequence(sequence.clone()));
                let after = Some(sequence.clone());
                let goes_on = next.identity.map(|_| serves(Operation::CountOn { table, column, after }));
                goes_on.into_iter().chain([goes]).collect()
            }
            Some(_) | None => {
                let begins = previous.identity.is_none() && next.identity.is_some();
                let filled = next.identity.is_some() && self.backfill(&next.name).is_some();
                let goes_on = || serves(Operation::CountOn { table, column, after: None });
                (begins || filled || begins_anew(previous, next)).then(goes_on).into_iter().collect()
            }
        }
    }
}

/// Whether a column counts between other bounds, so that where it has got to may be outside of them.
fn begins_anew(previous: &Column, next: &Column) -> bool {
    let numbers = numbers_of(&next.data_type);
    let bounds = |column: &Column| column.identity.map(|identity| identity.counting.in_full(&numbers));
    bounds(previous).zip(bounds(next)).is_some_and(|(previous, next)| previous.may_leave(&next))
}

const fn serves(operation: Operation) -> Step {
    Step { operation, changes: Vec::new(), hazards: Vec::new() }
}
