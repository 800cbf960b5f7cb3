//! What SQLite's `ALTER TABLE` can do without writing the table anew (<https://www.sqlite.org/lang_altertable.html>).

use super::work::{Work, is_constant, is_value};
use super::{AddedColumn, Operation, Rows, Step, demand, hazard};
use crate::change::Change;
use crate::dialect::is_sqlite_row_number;
use crate::schema::{Check, Column, DefaultValue, ForeignKey, Index, IndexKey, Name};
use crate::split::mentions;

/// The steps for a table, `None` when there is a change among them for which it must be rebuilt. `later` is what comes behind it.
pub(super) fn steps(work: &Work<'_>, later: &[Work<'_>]) -> Option<Vec<Step>> {
    let mut parts = Parts::default();
    for change in &work.changes {
        if !parts.take(work, change) {
            return None;
        }
    }
    Some(parts.steps(work, later))
}

/// The changes that can be made in place, each kind in its order.
#[derive(Default)]
struct Parts<'a> {
    drops: Vec<&'a Change>,
    adds: Vec<Addition<'a>>,
    indexes: Vec<(&'a Change, &'a Index)>,
}

/// A new column, and the constraints that are said inside its definition.
struct Addition<'a> {
    column: &'a Column,
    foreign_key: Option<&'a ForeignKey>,
    checks: Vec<&'a Check>,
    changes: Vec<&'a Change>,
}

impl<'a> Parts<'a> {
    /// Takes a change, `false` when it cannot be made in place. Order matters: `diff` tells columns before their keys and checks.
    fn take(&mut self, work: &Work<'_>, change: &'a Change) -> bool {
        match change {
            // These are dropped before all else, together with those of other tables.
            Change::DropIndex { .. } => true,
            Change::AddIndex { index, .. } => {
                self.indexes.push((change, index));
                true
            }
            Change::DropColumn { column, .. } => {
                self.drops.push(change);
                can_drop(work, &column.name)
            }
            Change::AddColumn { column, .. } => {
                self.adds.push(Addition { column, foreign_key: None, checks: Vec::new(), changes: vec![change] });
                can_add(work, column)
            }
            Change::AddForeignKey { foreign_key, .. } => self.take_foreign_key(change, foreign_key),
            Change::AddCheck { check, .. } => self.take_check(change, check),
            Change::CreateExtension(_)
            | Change::DropExtension(_)
            | Change::CreateEnumeration(_)
            | Change::DropEnumeration(_)
            | Change::AlterEnumeration { .. }
            | Change::CreateTable(_)
            | Change::DropTable(_)
            | Change::RenameTable(_)
            | Change::AlterTableOptions { .. }
            | Change::CommentTable { .. }
            | Change::RenameColumn { .. }
            | Change::AlterColumn { .. }
            | Change::AlterPrimaryKey { .. }
            | Change::AddUnique { .. }
            | Change::DropUnique { .. }
            | Change::DropForeignKey { .. }
            | Change::DropCheck { .. }
            | Change::AddExclusion { .. }
            | Change::DropExclusion { .. } => false,
        }
    }

    /// A key of one new column that is NULL in every row: else SQLite refuses it while it enforces keys.
    fn take_foreign_key(&mut self, change: &'a Change, key: &'a ForeignKey) -> bool {
        let [column] = key.columns.as_slice() else { return false };
        let added = self.adds.iter_mut().find(|added| added.column.name == *column);
        let Some(added) = added.filter(|added| added.column.default.is_none() && added.foreign_key.is_none()) else {
            return false;
        };
        added.foreign_key = Some(key);
        added.changes.push(change);
        true
    }

    /// A check that mentions a new column, with the last of those that it mentions: the others are there then.
    fn take_check(&mut self, change: &'a Change, check: &'a Check) -> bool {
        let mentioned = |added: &&mut Addition<'_>| mentions(check.expression.text(), added.column.name.as_str());
        let Some(added) = self.adds.iter_mut().rfind(mentioned) else { return false };
        added.checks.push(check);
        added.changes.push(change);
        true
    }

    fn steps(self, work: &Work<'_>, later: &[Work<'_>]) -> Vec<Step> {
        let table = &work.table.next.name;
        let mut steps = Vec::new();
        for change in self.drops {
            let mut hazards = hazard::of(change, Some(work.table));
            hazards.push(hazard::rewrite(table));
            steps.push(step(Operation::Change(Box::new(change.clone())), &[change], hazards));
        }
        for addition in &self.adds {
            let key = addition.foreign_key;
            steps.extend(demand::before_column(work, later, addition.column, key, &addition.checks));
            let hazards = addition.changes.iter().flat_map(|change| hazard::of(change, Some(work.table))).collect();
            let added = AddedColumn {
                table: table.clone(),
                column: addition.column.clone(),
                foreign_key: addition.foreign_key.cloned(),
                checks: addition.checks.iter().map(|check| (*check).clone()).collect(),
            };
            steps.push(step(Operation::AddColumn(Box::new(added)), &addition.changes, hazards));
            if let Some(value) = work.backfill(&addition.column.name) {
                let column = addition.column.name.clone();
                let fill = Operation::Backfill { table: table.clone(), column, value, rows: Rows::All };
                steps.push(step(fill, &[], vec![hazard::rewrite(table)]));
            }
        }
        for (change, index) in self.indexes {
            steps.extend(demand::before_index(work.table.next, index));
            let mut hazards = hazard::of(change, Some(work.table));
            hazards.push(hazard::index_is_built(table));
            steps.push(step(Operation::Change(Box::new(change.clone())), &[change], hazards));
        }
        steps
    }
}

fn step(operation: Operation, changes: &[&Change], hazards: Vec<super::Hazard>) -> Step {
    Step { operation, changes: changes.iter().map(|change| (*change).clone()).collect(), hazards }
}

/// Whether `DROP COLUMN` takes it: nothing else may name the column (<https://www.sqlite.org/lang_altertable.html#alter_table_drop_column>).
fn can_drop(work: &Work<'_>, column: &Name) -> bool {
    let table = work.table.previous;
    let in_key = |columns: &[Name]| columns.contains(column);
    let in_expression = |text: &str| mentions(text, column.as_str());
    let kept_index = |index: &&Index| work.table.next.indexes.iter().any(|next| next.name.name() == index.name.name());
    let constrained = table.primary_key.iter().any(|key| in_key(&key.columns))
        || table.uniques.iter().any(|unique| in_key(&unique.columns))
        || table.foreign_keys.iter().any(|key| in_key(&key.columns))
        || table.checks.iter().any(|check| in_expression(check.expression.text()))
        || table
            .columns
            .iter()
            .filter_map(|other| other.generated.as_ref())
            .any(|generated| in_expression(generated.expression.text()))
        || table.indexes.iter().filter(kept_index).any(|index| index_names(index, column))
        || work.objects.iter().any(|object| object.may_use(&table.name, column));
    !constrained && !is_row_number(work, column) && remains(work)
}

fn is_row_number(work: &Work<'_>, column: &Name) -> bool {
    !work.table.previous.options.without_rowid && is_sqlite_row_number(column.as_str())
}

/// Whether a column is left that is neither dropped nor still to be added.
fn remains(work: &Work<'_>) -> bool {
    work.table.next.columns.iter().any(|column| !work.adds(&column.name) && column.generated.is_none())
}

fn index_names(index: &Index, column: &Name) -> bool {
    let in_expression = |text: &str| mentions(text, column.as_str());
    index.condition.as_ref().is_some_and(|condition| in_expression(condition.text()))
        || index.parts.iter().any(|part| match &part.key {
            IndexKey::Column(name) => name == column,
            IndexKey::Expression(expression) => in_expression(expression.text()),
        })
}

/// Whether `ADD COLUMN` takes it (<https://www.sqlite.org/lang_altertable.html#alter_table_add_column>).
fn can_add(work: &Work<'_>, column: &Column) -> bool {
    let table = work.table.next;
    let has_value = match &column.default {
        Some(DefaultValue::Sql(default)) if column.nullable => is_constant(default.text()),
        Some(DefaultValue::Sql(default)) => is_value(default.text()),
        Some(_) | None => column.nullable && column.default.is_none(),
    };
    let computed = column.generated.as_ref().is_some_and(|generated| !generated.stored);
    let in_key = table.primary_key.iter().any(|key| key.columns.contains(&column.name))
        || table.uniques.iter().any(|unique| unique.columns.contains(&column.name));
    let fills = work.backfill(&column.name).is_some();
    // An UPDATE would set off the table's triggers, which a rebuild does not.
    let sets_off = fills && work.objects.iter().any(|object| object.is_trigger_of(&table.name));
    !is_row_number(work, &column.name) && !in_key && !sets_off && (computed || column.generated.is_none() && has_value)
}
