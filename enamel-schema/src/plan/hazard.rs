//! What may hurt about a change.

use super::{Hazard, HazardKind};
use crate::change::Change;
use crate::old_code::broken_by;
use crate::pair::Pair;
use crate::schema::{Table, TableName};
use std::collections::BTreeMap;

/// What may hurt about a change, however it is made. `table` is as in [`broken_by`].
pub(super) fn of(change: &Change, table: Option<Pair<&Table>>) -> Vec<Hazard> {
    let subject = if let Change::AlterEnumeration { enumeration, .. } = change {
        Some(TableName::new(enumeration.next.name.clone()))
    } else {
        change.table().cloned()
    };
    let broken = subject.map(|subject| broken_by(change, table).into_iter().map(move |what| breaks(&subject, what)));
    lost(change).into_iter().chain(broken.into_iter().flatten()).collect()
}

/// The rows and values that go with it.
fn lost(change: &Change) -> Vec<Hazard> {
    match change {
        Change::DropTable(table) => vec![data_loss(&table.name, format!("the rows of {} are gone", table.name))],
        Change::DropColumn { table, column } if column.generated.is_none() => {
            vec![data_loss(table, format!("the values of {table}.{} are gone", column.name))]
        }
        Change::AlterColumn { table, column }
            if column.previous.generated.is_none() && column.next.generated.is_some() =>
        {
            let name = &column.next.name;
            vec![data_loss(table, format!("the values of {table}.{name} are gone: it is computed from now on"))]
        }
        Change::CreateExtension(_)
        | Change::DropExtension(_)
        | Change::CreateEnumeration(_)
        | Change::DropEnumeration(_)
        | Change::AlterEnumeration { .. }
        | Change::CreateTable(_)
        | Change::RenameTable(_)
        | Change::AlterTableOptions { .. }
        | Change::CommentTable { .. }
        | Change::AddColumn { .. }
        | Change::DropColumn { .. }
        | Change::RenameColumn { .. }
        | Change::AlterColumn { .. }
        | Change::AlterPrimaryKey { .. }
        | Change::AddUnique { .. }
        | Change::DropUnique { .. }
        | Change::AddIndex { .. }
        | Change::DropIndex { .. }
        | Change::AddForeignKey { .. }
        | Change::DropForeignKey { .. }
        | Change::AddCheck { .. }
        | Change::DropCheck { .. }
        | Change::AddExclusion { .. }
        | Change::DropExclusion { .. } => Vec::new(),
    }
}

/// Something unmodelled goes with its table.
pub(super) fn goes_along(table: &TableName, title: &str) -> Hazard {
    data_loss(table, format!("{title} goes with its table"))
}

/// A table is written anew.
pub(super) fn rewrite(table: &TableName) -> Hazard {
    hazard(HazardKind::TableRewrite, table, format!("every row of {table} is written again"))
}

/// Writers wait.
pub(super) fn index_is_built(table: &TableName) -> Hazard {
    hazard(HazardKind::LongLock, table, format!("writers wait while every row of {table} is sorted"))
}

/// Readers and writers wait.
pub(super) fn rows_are_looked_at(table: &TableName) -> Hazard {
    hazard(HazardKind::ValidationScan, table, format!("every row of {table} is looked at"))
}

/// What [`Hazard::grouped`] says.
pub(super) fn grouped<'h>(hazards: impl IntoIterator<Item = &'h Hazard>) -> Vec<Hazard> {
    let mut groups: BTreeMap<(HazardKind, &TableName), Vec<&str>> = BTreeMap::new();
    for hazard in hazards {
        let texts = groups.entry((hazard.kind, &hazard.table)).or_default();
        if !texts.contains(&hazard.text.as_str()) {
            texts.push(&hazard.text);
        }
    }
    let one = |((kind, table), texts): ((HazardKind, &TableName), Vec<&str>)| {
        let (first, rest) = texts.split_first()?;
        let rest = rest.iter().map(|text| text.strip_prefix(PROGRAMS).unwrap_or(text));
        let text = rest.fold((*first).to_owned(), |all, text| format!("{all}; {text}"));
        Some(hazard(kind, table, text))
    };
    groups.into_iter().filter_map(one).collect()
}

fn data_loss(table: &TableName, text: String) -> Hazard {
    hazard(HazardKind::DataLoss, table, text)
}

/// What every hazard for older programs begins with.
const PROGRAMS: &str = "programs from before ";

fn breaks(table: &TableName, what: String) -> Hazard {
    hazard(HazardKind::BreaksOldCode, table, format!("{PROGRAMS}{what}"))
}

pub(super) fn hazard(kind: HazardKind, table: &TableName, text: String) -> Hazard {
    Hazard { kind, table: table.clone(), text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Name;

    #[test]
    fn one_line_for_each_kind_and_table() {
        let table = |name: &str| TableName::new(Name::new(name).unwrap());
        let (users, posts) = (&table("users"), &table("posts"));
        let hazards = [
            rewrite(users),
            breaks(users, "use users.age".to_owned()),
            breaks(posts, "use posts.text".to_owned()),
            breaks(users, "insert into users without born".to_owned()),
            data_loss(users, "the values of users.age are gone".to_owned()),
            rewrite(users),
        ];
        let said = |hazards: &[Hazard]| -> Vec<String> {
            hazards.iter().map(|hazard| format!("{}: {}", hazard.kind.word(), hazard.text)).collect()
        };
        let grouped = grouped(&hazards);
        assert_eq!(
            said(&grouped),
            [
                "data-loss: the values of users.age are gone",
                "breaks-old-code: programs from before use posts.text",
                "breaks-old-code: programs from before use users.age; insert into users without born",
                "table-rewrite: every row of users is written again",
            ]
        );
        assert_eq!(super::grouped(&grouped), grouped);
    }
}
