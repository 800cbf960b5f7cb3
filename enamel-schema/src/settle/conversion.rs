//! Types between which only the user knows the way.

use crate::lower::data_type;
use crate::pair::Pair;
use crate::plan::{example_conversion, is_convertible};
use crate::render::quote;
use crate::schema::{Column, Sql, Table};
use crate::settle::{Question, Settling};

/// Asks for each database what becomes of the values of a column, unless that is `said` or the database knows. `tables` are its own.
///
/// An expression is in the words of one database, so that of another is no answer.
pub(super) fn questions(
    settling: &Settling<'_>,
    tables: Pair<&Table>,
    column: Pair<&Column>,
    said: Option<&Sql>,
) -> Vec<Question> {
    let open = settling.dialects.iter().filter(|dialect| said.and_then(|sql| sql.for_dialect(**dialect)).is_none());
    let question = |dialect| {
        let lowered = |schema, table, column: &Column| {
            let data_type = data_type(schema, table, column, dialect)?;
            Some(Column { data_type, ..column.clone() })
        };
        // What the database cannot hold is refused where it is drafted.
        let ends = Pair::new(
            lowered(settling.schemas.previous, tables.previous, column.previous)?,
            lowered(settling.schemas.next, tables.next, column.next)?,
        );
        let is_known = column.next.generated.is_some() || is_convertible(ends.as_ref(), settling.schemas, dialect);
        (!is_known).then(|| Question::Convert {
            table: tables.next.name.clone(),
            column: column.next.name.clone(),
            dialect: (settling.dialects.len() > 1).then_some(dialect),
            types: ends.as_ref().map(|end| quote::data_type(&end.data_type)),
            example: example_conversion(ends.as_ref(), dialect),
        })
    };
    open.copied().filter_map(question).collect()
}
