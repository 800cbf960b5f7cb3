//! Columns that went, came, or hold what they did not.

use crate::change::column_words;
use crate::diagnostic::{Diagnostic, Subject};
use crate::diff::{same_enumeration, same_type};
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::{Column, Name, Sql, Table, TableName, Type};
use crate::settle::conversion;
use crate::settle::example::example;
use crate::settle::rename::{Names, Proposals, Words};
use crate::settle::{Question, Settling};
use std::collections::BTreeMap;

/// Settles which column is which in the tables that stay, and what existing rows get; asks about the rest. `answers` are by next names.
pub(super) fn settle(settling: &mut Settling<'_>, hints: &Edits, answers: &Edits) {
    let Pair { previous, next } = settling.schemas;
    let former: BTreeMap<_, _> = previous.tables.iter().map(|table| (&table.name, table)).collect();
    let proposed = Pair::new(hints, answers).map(Edits::columns_by_table);
    for table in &next.tables {
        let Some(previous) = former.get(settling.known.previous_table(&table.name)) else {
            for answered in proposed.next.get(&table.name).into_iter().flatten() {
                let what = column_words(&table.name, &answered.previous);
                settling.errors.push(Diagnostic::error(format!("cannot rename {what}: its table is new")));
            }
            continue;
        };
        let [hinted, answered] =
            [&proposed.previous, &proposed.next].map(|of| of.get(&table.name).cloned().unwrap_or_default());
        let ends = Pair::new(*previous, table);
        let renamed = renames(settling, ends, hinted, answered, answers);
        existing_rows(settling, ends, &renamed, hints, answers);
        settling.known.columns.extend(renamed.into_iter().map(|pair| (table.name.clone(), pair)));
    }
}

/// Settles which column of a table is which, and gives those that were renamed.
fn renames<'a>(
    settling: &mut Settling<'_>,
    ends: Pair<&'a Table>,
    hinted: Vec<&'a Pair<Name>>,
    answered: Vec<&'a Pair<Name>>,
    answers: &Edits,
) -> Vec<Pair<Name>> {
    let table = &ends.next.name;
    let names: Names<'_, Name> = ends.map(|end| end.columns.iter().map(|column| &column.name).collect());
    let is_dropped = |column: &Name| answers.dropped_columns.contains(&(table.clone(), column.clone()));
    let proposals = Proposals { answers: answered, hints: hinted, names: &names, dropped: &is_dropped };
    let words = Words {
        kind: "column",
        name: &|column: &Name| column_words(table, column),
        subject: &|column: &Name| Subject::Column(table.clone(), column.clone()),
    };
    let renamed = proposals.settle(&words, &mut settling.errors);

    let went = ends.previous.columns.iter().filter(|column| {
        !names.next.contains(&column.name) && !renamed.iter().any(|pair| pair.previous == column.name)
    });
    let came = ends.next.columns.iter().filter(|column| {
        !names.previous.contains(&column.name) && !renamed.iter().any(|pair| pair.next == column.name)
    });
    let (dropped, open): (Vec<_>, Vec<_>) = went.partition(|column| is_dropped(&column.name));
    settling.known.dropped_columns.extend(dropped.into_iter().map(|column| (table.clone(), column.name.clone())));

    let mut asked = vec![false; open.len()];
    for column in came {
        let alike = |position: &usize| same_type(&open[*position].data_type, &column.data_type);
        let alike: Vec<_> = (0..open.len()).filter(alike).collect();
        if !alike.is_empty() {
            let candidates = alike.iter().map(|position| open[*position].name.clone()).collect();
            let next = column.name.clone();
            settling.questions.push(Question::RenamedColumn { table: table.clone(), next, candidates });
            alike.into_iter().for_each(|position| asked[position] = true);
        }
    }
    if !settling.may_lose_data() {
        let unasked = open.into_iter().zip(asked).filter(|(_, asked)| !asked);
        let question =
            |(column, _): (&Column, bool)| Question::DropColumn { table: table.clone(), column: column.name.clone() };
        settling.questions.extend(unasked.map(question));
    }
    renamed
}

/// What the rows that are there get in columns that are new, no longer nullable, or of another type.
fn existing_rows(
    settling: &mut Settling<'_>,
    ends: Pair<&Table>,
    renamed: &[Pair<Name>],
    hints: &Edits,
    answers: &Edits,
) {
    let table = &ends.next.name;
    for column in &ends.next.columns {
        let key = (table.clone(), column.name.clone());
        let proposed =
            |of: fn(&Edits) -> &BTreeMap<(TableName, Name), Sql>| said(of(hints).get(&key), of(answers).get(&key));
        let former_name = renamed.iter().find(|pair| pair.next == column.name).map(|pair| &pair.previous);
        let former = ends.previous.column(former_name.unwrap_or(&column.name));
        let fills_itself = column.generated.is_some() || column.identity.is_some();
        let (takes_a_value, must_have_one) = match former {
            None => (column.generated.is_none(), !column.nullable && column.default.is_none() && !fills_itself),
            Some(former) => {
                let no_longer_nullable = former.nullable && !column.nullable && !fills_itself;
                (no_longer_nullable, no_longer_nullable)
            }
        };
        match proposed(|edits| &edits.backfills) {
            Some(value) if takes_a_value => {
                settling.known.backfills.insert(key.clone(), value);
            }
            Some(_) | None if must_have_one && !is_asked_about(settling, table, &column.name) => {
                let example = example(column, settling.schemas.next);
                let column = column.name.clone();
                settling.questions.push(Question::Backfill { table: table.clone(), column, example });
            }
            Some(_) | None => {}
        }
        let is_computed = |former: &Column| former.generated.is_none() && column.generated.is_some();
        if former.is_some_and(is_computed) {
            if [hints, answers].iter().any(|edits| edits.dropped_columns.contains(&key)) {
                settling.known.dropped_columns.insert(key.clone());
            } else if !settling.may_lose_data() {
                let column = column.name.clone();
                settling.questions.push(Question::ComputeColumn { table: table.clone(), column });
            }
        }
        if let Some(former) = former.filter(|former| holds_otherwise(settling, former, column)) {
            let said = proposed(|edits| &edits.conversions);
            let questions = conversion::questions(settling, ends, Pair::new(former, column), said.as_ref());
            settling.questions.extend(questions);
            settling.known.conversions.extend(said.map(|said| (key, said)));
        }
    }
}

/// What an answer says goes before what an attribute does: for one database, or for all.
fn said(hint: Option<&Sql>, answer: Option<&Sql>) -> Option<Sql> {
    match (hint, answer) {
        (Some(hint), Some(answer)) if answer.any.is_none() => {
            let mut said = hint.clone();
            said.by_dialect.extend(answer.by_dialect.clone());
            Some(said)
        }
        (hint, answer) => answer.or(hint).cloned(),
    }
}

/// Whether it is still open if the column is one that went: then it is not known either whether its rows need a value.
fn is_asked_about(settling: &Settling<'_>, table: &TableName, column: &Name) -> bool {
    settling.questions.iter().any(|question| match question {
        Question::RenamedColumn { table: of, next, candidates: _ } => of == table && next == column,
        Question::RenamedTable { .. }
        | Question::RenamedValue { .. }
        | Question::Backfill { .. }
        | Question::Convert { .. }
        | Question::DropColumn { .. }
        | Question::ComputeColumn { .. }
        | Question::DropTable { .. } => false,
    })
}

/// Whether the values of a column need converting: its type differs, or its enum does.
fn holds_otherwise(settling: &Settling<'_>, previous: &Column, next: &Column) -> bool {
    if !same_type(&previous.data_type, &next.data_type) {
        return true;
    }
    let Type::Enumeration(name) = &next.data_type else { return false };
    let ends = settling.schemas.map(|schema| schema.enumeration(name));
    match (ends.previous, ends.next) {
        (Some(previous), Some(next)) => !same_enumeration(previous, next),
        (Some(_), None) | (None, Some(_)) | (None, None) => false,
    }
}
