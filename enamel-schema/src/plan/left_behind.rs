//! What would still name something that goes.

use super::object::Object;
use crate::change::Change;
use crate::diagnostic::{Diagnostic, Subject};
use crate::schema::{IndexKey, Name, Schema, Table, UnmodelledKind};
use crate::split::mentions;

/// What would still name a column that goes. `previous` is the schema before, after all renames.
pub(super) fn of_columns(table: &Table, changes: &[&Change], objects: &[Object], previous: &Schema) -> Vec<Diagnostic> {
    let gone = changes
        .iter()
        .filter_map(|change| if let Change::DropColumn { column, .. } = change { Some(&column.name) } else { None });
    // Where case counts, an expression may mean a column that stays.
    let stays =
        |column: &Name| table.columns.iter().any(|other| other.name.as_str().eq_ignore_ascii_case(column.as_str()));
    gone.filter(|column| !stays(column))
        .flat_map(|column| {
            let subject = Subject::Column(table.name.clone(), column.clone());
            let expressions = expressions_with(table, column).map(|title| {
                Diagnostic::error(format!("{title} uses {subject}, which is gone"))
                    .about(subject.clone())
                    .with_hint("change it in the model, or bring the column back")
            });
            let objects = objects.iter().filter(|object| object.uses(&table.name, column, previous, objects));
            expressions.chain(objects.map(|object| still_uses(&object.title(), &subject))).collect::<Vec<_>>()
        })
        .collect()
}

/// What would still name a table that goes. The triggers and policies of all that go are gone with them.
pub(super) fn of_table(table: &Table, dropped: &[&Table], objects: &[Object]) -> Vec<Diagnostic> {
    let reads = |object: &&Object| {
        let goes_along = dropped.iter().any(|table| object.goes_with(&table.name));
        object.unmodelled.kind != UnmodelledKind::Table && !goes_along && object.names(&table.name)
    };
    let readers = objects.iter().filter(reads);
    readers.map(|object| still_uses(&object.title(), &Subject::Table(table.name.clone()))).collect()
}

/// The expressions of a table that is to be, by title, that name a column which it has not.
fn expressions_with(table: &Table, column: &Name) -> impl Iterator<Item = String> {
    let names = |text: &str| mentions(text, column.as_str());
    let checks = table.checks.iter().map(|check| check.expression.text()).filter(move |text| names(text));
    let generated = table.columns.iter().filter_map(move |other| {
        let expression = other.generated.as_ref()?.expression.text();
        mentions(expression, column.as_str()).then(|| format!("generated column {}", other.name))
    });
    let indexes = table.indexes.iter().filter(move |index| {
        let part = |key: &IndexKey| matches!(key, IndexKey::Expression(sql) if mentions(sql.text(), column.as_str()));
        index.condition.as_ref().is_some_and(|condition| mentions(condition.text(), column.as_str()))
            || index.parts.iter().any(|part_of| part(&part_of.key))
    });
    let exclusions =
        table.exclusions.iter().map(|exclusion| exclusion.definition.text()).filter(move |text| names(text));
    let index = |name: Option<&Name>| format!("index {}", name.map(Name::as_str).unwrap_or_default());
    let constraints = checks.map(|text| format!("check {text}"));
    let constraints = constraints.chain(exclusions.map(|text| format!("exclusion constraint {text}")));
    constraints.chain(generated).chain(indexes.map(move |one| index(one.name.name())))
}

fn still_uses(title: &str, subject: &Subject) -> Diagnostic {
    Diagnostic::error(format!("{title} still uses {subject}, which this revision drops"))
        .about(subject.clone())
        .with_hint("change or drop it first, in a revision of its own: `cargo enamel revision -m \"…\"`")
}
