//! The order that works on PostgreSQL, where a table is altered in place and a transaction takes everything back.

mod altered;
mod cast;
mod demand;
mod enumeration;
mod hazard;
mod part;
#[cfg(test)]
mod tests;

use super::demand::ranges;
use super::object::{Object, previous_name};
use super::{Hazard, Operation, Plan, Step, hazard as shared, left_behind, order};
use crate::change::Change;
use crate::diagnostic::{Diagnostic, Subject};
use crate::dialect::Dialect;
use crate::diff::carried_over;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::{Column, Deferrable, ForeignKey, Name, Schema, Table, TableName, Unmodelled, UnmodelledKind};
use crate::split::{mentions, tokens};
use altered::{Altered, Around, Disturbed};
use enumeration::Enumerations;
use std::collections::{BTreeMap, BTreeSet};

/// Plans changes.
pub(super) fn plan(
    schemas: Pair<&Schema>,
    changes: &[Change],
    edits: &Edits,
    unmodelled: &[Unmodelled],
) -> Result<Plan, Vec<Diagnostic>> {
    let carried = carried_over(schemas.previous, &super::renames(changes));
    let all = Object::all(unmodelled, changes, schemas.previous);
    let (objects, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|object| holds(&object.unmodelled));
    let schemas = Pair::new(carried.as_ref(), schemas.next);
    let outline = Outline {
        schemas,
        edits,
        objects: &objects,
        others: &others,
        changes,
        by_table: super::by_table(changes),
        enumerations: Enumerations::of(schemas, changes, edits),
    };
    outline.plan()
}

/// Whether a cast is known from one type of a column to the next.
pub(super) fn is_convertible(column: Pair<&Column>, schemas: Pair<&Schema>) -> bool {
    cast::cast(column, schemas).is_some()
}

/// An expression for a cast that is not known.
pub(super) fn example_conversion(column: Pair<&Column>) -> String {
    cast::example(column)
}

/// An expression for the way back of a cast that is not known.
pub(super) fn conversion_back(column: Pair<&Column>) -> String {
    cast::back(column)
}

/// The enums that are made anew only because their new values are used at once.
pub(super) fn used_at_once(schemas: Pair<&Schema>, changes: &[Change], edits: &Edits) -> Vec<Name> {
    Enumerations::of(schemas, changes, edits).used_at_once()
}

/// What there is to do.
struct Outline<'a> {
    /// Both ends; the previous one after all renames.
    schemas: Pair<&'a Schema>,
    edits: &'a Edits,
    /// What holds that which it uses.
    objects: &'a [Object],
    /// What does not, the sequences of `serial` columns among them.
    others: &'a [Object],
    changes: &'a [Change],
    by_table: BTreeMap<&'a TableName, Vec<&'a Change>>,
    enumerations: Enumerations<'a>,
}

impl<'a> Outline<'a> {
    fn plan(&self) -> Result<Plan, Vec<Diagnostic>> {
        let (mut altered, mut errors) = self.altered();
        let mut disturbed = Disturbed::default();
        altered.iter().for_each(|table| table.disturb(&mut disturbed));
        altered.iter_mut().for_each(|table| table.foreign_keys(&disturbed));
        altered.retain(|table| !table.is_idle());
        let created = self.created();
        let dropped = self.dropped();
        errors.extend(altered.iter().flat_map(|table| self.left_behind(table)));
        errors.extend(dropped.iter().flat_map(|table| left_behind::of_table(table, &dropped, self.objects)));
        errors.extend(self.enumerations.in_the_way(self.objects.iter().chain(self.others)));
        errors.extend(self.changes.iter().filter_map(moves_nowhere));
        if !errors.is_empty() {
            return Err(errors);
        }

        let mut steps: Vec<Step> = self.needed_versions().into_iter().collect();
        steps.extend(self.extensions());
        // Order matters: names are right before anything mentions them; what stands in the way goes before the columns that it stands on change, and
        // comes again behind them; rows get their values while the columns and tables that go are still there; all keys are there before any foreign
        // key refers to them.
        steps.extend(self.schemas_for_tables());
        steps.extend(self.renamed());
        steps.extend(ranges(self.schemas.previous, self.edits, &|_| true));
        let released = self.released(&dropped, &disturbed);
        steps.extend(released.iter().map(|(table, key)| drop_foreign_key(&table.name, key)));
        steps.extend(altered.iter().flat_map(Altered::dropped_foreign_keys));
        steps.extend(altered.iter().flat_map(Altered::dropped_parts));
        steps.extend(altered.iter().flat_map(Altered::renamed_parts));
        steps.extend(self.created_enumerations());
        steps.extend(self.enumerations.begin());
        let (create, foreign_keys) = self.create(&created, &altered);
        steps.extend(create);
        steps.extend(altered.iter().flat_map(Altered::data));
        let open =
            altered.iter().any(|table| table.leaves_checks_open(self.is_referred_to_later(&table.table.next.name)));
        steps.extend(open.then(|| served(Operation::CheckConstraints)));
        for table in &altered {
            steps.extend(table.shape());
            steps.extend(table.added_parts());
        }
        steps.extend(foreign_keys);
        steps.extend(altered.iter().flat_map(Altered::deferred_foreign_keys));
        steps.extend(altered.iter().flat_map(Altered::added_foreign_keys));
        steps.extend(self.drop(&dropped, &released));
        steps.extend(self.enumerations.end());
        steps.extend(self.dropped_enumerations());
        steps.extend(self.said_again(&altered));
        Ok(Plan { steps, unenforced: Vec::new() })
    }

    /// What was said of something that goes only to come again.
    fn said_again(&self, altered: &[Altered<'_>]) -> Vec<Step> {
        let is_lost = |object: &Unmodelled| {
            let is_about = |name: &Name| mentions(&object.sql, name.as_str());
            match &object.table {
                Some(table) => altered
                    .iter()
                    .filter(|altered| altered.table.next.name == *table)
                    .any(|altered| altered.made_again().any(is_about)),
                None => self.enumerations.made_anew().any(is_about),
            }
        };
        let properties = self.others.iter().map(|object| &object.unmodelled);
        let lost = properties.filter(|object| object.kind == UnmodelledKind::Property && is_lost(object));
        lost.map(|object| served(Operation::Restore(object.clone()))).collect()
    }

    /// The tables that are there before and after and to which something is to be done, parents first.
    fn altered(&self) -> (Vec<Altered<'a>>, Vec<Diagnostic>) {
        let mut errors = Vec::new();
        let mut altered = Vec::new();
        let next: Vec<&Table> = self.schemas.next.tables.iter().collect();
        let former: BTreeMap<_, _> = self.schemas.previous.tables.iter().map(|table| (&table.name, table)).collect();
        for next in order::parents_first(&next) {
            let Some(previous) = former.get(&next.name) else { continue };
            let changes = self.by_table.get(&next.name).map(Vec::as_slice).unwrap_or_default();
            let around = Around {
                schemas: self.schemas,
                edits: self.edits,
                enumerations: &self.enumerations,
                others: self.others,
            };
            match Altered::of(Pair::new(*previous, next), changes, around) {
                Ok(table) => altered.push(table),
                Err(doubtful) => errors.extend(doubtful),
            }
        }
        (altered, errors)
    }

    /// What stands in the way, or would be left in the air.
    fn left_behind(&self, altered: &Altered<'_>) -> Vec<Diagnostic> {
        let table = altered.table.next;
        let changes = self.by_table.get(&table.name).map(Vec::as_slice).unwrap_or_default();
        let mut errors = left_behind::of_columns(table, changes, self.objects, self.schemas.previous);
        for column in altered.touched() {
            let subject = Subject::Column(table.name.clone(), column.clone());
            let in_the_way = self.objects.iter().filter(|object| {
                !matches!(object.unmodelled.kind, UnmodelledKind::Table | UnmodelledKind::Statistics)
                    && object.uses(&table.name, column, self.schemas.previous, self.objects)
            });
            errors.extend(in_the_way.map(|object| {
                Diagnostic::error(format!("{} uses {subject}, whose type changes", object.title()))
                    .about(subject.clone())
                    .with_hint("drop it first, in a revision of its own, and make it again in one behind this")
            }));
        }
        errors.extend(altered.nameless().map(|part| {
            Diagnostic::error(format!("a {} goes that has no name to be dropped by", part.title()))
                .about(Subject::Table(table.name.clone()))
        }));
        errors
    }

    /// The tables that come, parents first.
    fn created(&self) -> Vec<&'a Table> {
        let former: BTreeSet<_> = self.schemas.previous.tables.iter().map(|table| &table.name).collect();
        let came: Vec<&Table> = self.schemas.next.tables.iter().filter(|table| !former.contains(&table.name)).collect();
        order::parents_first(&came)
    }

    /// The tables that go, children first.
    fn dropped(&self) -> Vec<&'a Table> {
        let next: BTreeSet<_> = self.schemas.next.tables.iter().map(|table| &table.name).collect();
        let gone: Vec<&Table> =
            self.schemas.previous.tables.iter().filter(|table| !next.contains(&table.name)).collect();
        let mut tables = order::parents_first(&gone);
        tables.reverse();
        tables
    }

    /// What not every server knows.
    fn needed_versions(&self) -> Option<Step> {
        let is_distinct = |change: &Change| {
            if let Change::CreateTable(table) = change {
                table.uniques.iter().any(|unique| unique.nulls_not_distinct)
            } else if let Change::AddUnique { unique, .. } = change {
                unique.nulls_not_distinct
            } else if let Change::AddIndex { index, .. } = change {
                index.unique && index.nulls_not_distinct
            } else {
                false
            }
        };
        let needed = self.changes.iter().any(is_distinct);
        needed.then(|| served(Operation::NeedsVersion { version: 15, what: "NULLS NOT DISTINCT" }))
    }

    fn extensions(&self) -> Vec<Step> {
        self.in_place(|change| matches!(change, Change::CreateExtension(_)))
    }

    fn created_enumerations(&self) -> Vec<Step> {
        self.in_place(|change| matches!(change, Change::CreateEnumeration(_)))
    }

    fn dropped_enumerations(&self) -> Vec<Step> {
        self.in_place(|change| matches!(change, Change::DropEnumeration(_) | Change::DropExtension(_)))
    }

    fn in_place(&self, which: impl Fn(&Change) -> bool) -> Vec<Step> {
        self.changes.iter().filter(|change| which(change)).map(|change| told(change, Vec::new())).collect()
    }

    /// The schemas of tables that come, or move, to where none was.
    fn schemas_for_tables(&self) -> Vec<Step> {
        let before = self.schemas.previous.tables.iter().map(|table| previous_name(self.changes, &table.name));
        let before: BTreeSet<&Name> = before.filter_map(|name| name.schema.as_ref()).collect();
        let needed: BTreeSet<&Name> =
            self.schemas.next.tables.iter().filter_map(|table| table.name.schema.as_ref()).collect();
        let new = needed.difference(&before).filter(|name| name.as_str() != "public");
        new.map(|name| served(Operation::CreateSchema((*name).clone()))).collect()
    }

    /// PostgreSQL follows a rename through keys, indexes, triggers and views by itself.
    fn renamed(&self) -> Vec<Step> {
        let is_rename = |change: &&Change| matches!(change, Change::RenameTable(_) | Change::RenameColumn { .. });
        let renames = self.changes.iter().filter(is_rename).map(|change| {
            let ends = change
                .table()
                .and_then(|name| Some(Pair::new(self.schemas.previous.table(name)?, self.schemas.next.table(name)?)));
            told(change, shared::of(change, ends))
        });
        renames.collect()
    }

    /// New tables, each with its indexes, and the foreign keys that must wait for what they refer to.
    fn create(&self, created: &[&Table], altered: &[Altered<'_>]) -> (Vec<Step>, Vec<Step>) {
        let altered: BTreeSet<&TableName> = altered.iter().map(|table| &table.table.next.name).collect();
        let mut here: BTreeSet<&TableName> = self.schemas.previous.tables.iter().map(|table| &table.name).collect();
        here.retain(|name| !altered.contains(name));
        let (mut steps, mut waiting) = (Vec::new(), Vec::new());
        for table in created {
            let is_ready = |key: &ForeignKey| match key.referenced_table == table.name {
                true => has_key(table, &key.referenced_columns),
                false => here.contains(&key.referenced_table),
            };
            for change in self.by_table.get(&table.name).into_iter().flatten() {
                let Change::CreateTable(new) = change else {
                    steps.push(told(change, Vec::new()));
                    continue;
                };
                let mut new = new.clone();
                let later: Vec<ForeignKey> = new.foreign_keys.extract_if(.., |key| !is_ready(key)).collect();
                waiting.extend(later.into_iter().map(|foreign_key| {
                    told(&Change::AddForeignKey { table: table.name.clone(), foreign_key }, Vec::new())
                }));
                let operation = Operation::Change(Box::new(Change::CreateTable(new)));
                steps.push(Step { operation, changes: vec![(*change).clone()], hazards: Vec::new() });
            }
            here.insert(&table.name);
        }
        (steps, waiting)
    }

    /// Whether a foreign key of any table to this one, or a trigger of it, may wait for the end of the transaction.
    fn is_referred_to_later(&self, table: &TableName) -> bool {
        let mut keys = self.schemas.previous.tables.iter().flat_map(|other| &other.foreign_keys);
        let waits = |object: &Object| {
            let tokens = tokens(&object.unmodelled.sql, Dialect::Postgres);
            object.is_trigger_of(table) && tokens.iter().any(|token| token.is_word("DEFERRABLE"))
        };
        keys.any(|key| key.referenced_table == *table && key.deferrable != Deferrable::No)
            || self.objects.iter().any(waits)
    }

    /// The foreign keys of tables that go which hold what goes, or changes its type, while they are still there.
    fn released(&self, dropped: &[&'a Table], disturbed: &Disturbed<'_>) -> Vec<(&'a Table, &'a ForeignKey)> {
        let keys = |table: &&'a Table| {
            let (table, keys): (&'a Table, &'a [ForeignKey]) = (table, &table.foreign_keys);
            keys.iter().map(move |key| (table, key))
        };
        dropped.iter().flat_map(keys).filter(|(_, key)| disturbed.disturbs_parent_of(key)).collect()
    }

    /// A table goes with its indexes and its triggers; a foreign key that would hold it goes before, if it is not `released` by then.
    fn drop(&self, dropped: &[&'a Table], released: &[(&Table, &ForeignKey)]) -> Vec<Step> {
        let mut steps = Vec::new();
        for (position, table) in dropped.iter().enumerate() {
            for child in &dropped[position + 1..] {
                let is_gone = |key: &ForeignKey| released.iter().any(|(_, gone)| std::ptr::eq(*gone, key));
                let holds = |key: &&ForeignKey| key.referenced_table == table.name && !is_gone(key);
                steps.extend(child.foreign_keys.iter().filter(holds).map(|key| drop_foreign_key(&child.name, key)));
            }
            let change = Change::DropTable((*table).clone());
            let mut hazards = shared::of(&change, None);
            let along = self.objects.iter().filter(|object| object.goes_with(&table.name));
            hazards.extend(along.map(|object| shared::goes_along(&table.name, &object.title())));
            let operation = Operation::Change(Box::new(change));
            let changes = self.by_table.get(&table.name).into_iter().flatten().map(|change| (*change).clone());
            steps.push(Step { operation, changes: changes.collect(), hazards });
        }
        steps
    }
}

/// Whether PostgreSQL keeps what such an object uses from being dropped, or drops the object along. The text of a function it does not look into, unless
/// it is written in SQL's own manner (<https://www.postgresql.org/docs/14/sql-createfunction.html>).
fn holds(object: &Unmodelled) -> bool {
    match object.kind {
        UnmodelledKind::View
        | UnmodelledKind::MaterializedView
        | UnmodelledKind::Trigger
        | UnmodelledKind::Policy
        | UnmodelledKind::Rule
        | UnmodelledKind::Statistics
        | UnmodelledKind::Table => true,
        UnmodelledKind::Function => {
            let all = tokens(&object.sql, Dialect::Postgres);
            let words: Vec<_> = all.iter().filter(|token| !token.is_trivia()).collect();
            words.windows(2).any(|pair| pair[0].is_word("BEGIN") && pair[1].is_word("ATOMIC"))
        }
        UnmodelledKind::Sequence | UnmodelledKind::Type | UnmodelledKind::Property => false,
    }
}

fn drop_foreign_key(table: &TableName, key: &ForeignKey) -> Step {
    let change = Change::DropForeignKey { table: table.clone(), foreign_key: key.clone() };
    served(Operation::Change(Box::new(change)))
}

/// A step that is a change, in the words of the models.
fn told(change: &Change, hazards: Vec<Hazard>) -> Step {
    let operation = Operation::Change(Box::new(change.clone()));
    Step { operation, changes: vec![change.clone()], hazards }
}

/// A step that only serves others.
const fn served(operation: Operation) -> Step {
    Step { operation, changes: Vec::new(), hazards: Vec::new() }
}

/// Whether `CREATE TABLE` itself makes these columns unique, so that a foreign key inside it may refer to them.
fn has_key(table: &Table, columns: &[Name]) -> bool {
    let same = |others: &[Name]| others.len() == columns.len() && columns.iter().all(|column| others.contains(column));
    table.primary_key.as_ref().is_some_and(|key| same(&key.columns))
        || table.uniques.iter().any(|unique| unique.deferrable == Deferrable::No && same(&unique.columns))
}

/// A table can only be moved to a schema that has a name.
fn moves_nowhere(change: &Change) -> Option<Diagnostic> {
    let Change::RenameTable(name) = change else { return None };
    (name.previous.schema.is_some() && name.next.schema.is_none()).then(|| {
        Diagnostic::error(format!("{} moves to the connection's schema, whose name is not known", name.previous))
            .about(Subject::Table(name.next.clone()))
            .with_hint("name it: `schema = \"public\"`")
    })
}
