//! Tables that went and came.

use crate::change::table_words;
use crate::diagnostic::Subject;
use crate::diff::same_type;
use crate::edits::Edits;
use crate::schema::{Table, TableName};
use crate::settle::rename::{Names, Proposals, Words};
use crate::settle::{Question, Settling};

/// Settles which table is which; asks about those that may have been renamed, and those that would be dropped.
pub(super) fn settle(settling: &mut Settling<'_>, hints: &Edits, answers: &Edits) {
    let names: Names<'_, TableName> =
        settling.schemas.map(|schema| schema.tables.iter().map(|table| &table.name).collect());
    let proposals = Proposals {
        answers: answers.tables.iter().collect(),
        hints: hints.tables.iter().collect(),
        names: &names,
        dropped: &|table: &TableName| answers.dropped_tables.contains(table),
    };
    let words = Words {
        kind: "table",
        name: &|table: &TableName| table_words(table),
        subject: &|table: &TableName| Subject::Table(table.clone()),
    };
    settling.known.tables = proposals.settle(&words, &mut settling.errors);

    let went = |table: &&Table| {
        let renamed = settling.known.tables.iter().any(|pair| pair.previous == table.name);
        !renamed && !names.next.contains(&table.name)
    };
    let came = |table: &&Table| {
        let renamed = settling.known.tables.iter().any(|pair| pair.next == table.name);
        !renamed && !names.previous.contains(&table.name)
    };
    let went: Vec<_> = settling.schemas.previous.tables.iter().filter(went).collect();
    let came: Vec<_> = settling.schemas.next.tables.iter().filter(came).collect();
    let (dropped, open): (Vec<_>, Vec<_>) =
        went.into_iter().partition(|table| answers.dropped_tables.contains(&table.name));
    settling.known.dropped_tables.extend(dropped.into_iter().map(|table| table.name.clone()));

    let mut asked = vec![false; open.len()];
    for table in came {
        let alike: Vec<_> = (0..open.len()).filter(|position| alike(open[*position], table)).collect();
        if !alike.is_empty() {
            let candidates = alike.iter().map(|position| open[*position].name.clone()).collect();
            settling.questions.push(Question::RenamedTable { next: table.name.clone(), candidates });
            alike.into_iter().for_each(|position| asked[position] = true);
        }
    }
    if !settling.may_lose_data() {
        let unasked = open.into_iter().zip(asked).filter(|(_, asked)| !asked);
        settling.questions.extend(unasked.map(|(table, _)| Question::DropTable { table: table.name.clone() }));
    }
}

/// Whether at least half of the columns of either are in both, by name and type.
fn alike(previous: &Table, next: &Table) -> bool {
    let shared = next.columns.iter().filter(|column| {
        previous.column(&column.name).is_some_and(|former| same_type(&former.data_type, &column.data_type))
    });
    let shared = shared.count();
    shared > 0 && 2 * shared >= previous.columns.len().max(next.columns.len())
}
