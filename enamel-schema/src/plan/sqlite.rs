//! The order that works on SQLite, where most of what changes inside a table makes it anew.

use super::object::{Object, previous_name};
use super::rename::{self, Taken};
use super::work::{Work, comes_again, same};
use super::{Operation, Plan, Step, demand, hazard, in_place, left_behind, order, rebuild};
use crate::change::Change;
use crate::diagnostic::{Diagnostic, Subject};
use crate::dialect::is_sqlite_row_number;
use crate::diff::carried_over;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::{Index, Name, Schema, Table, TableName, Unmodelled, UnmodelledKind};
use std::collections::{BTreeMap, BTreeSet};

/// Plans changes.
pub(super) fn plan(
    schemas: Pair<&Schema>,
    changes: &[Change],
    edits: &Edits,
    unmodelled: &[Unmodelled],
) -> Result<Plan, Vec<Diagnostic>> {
    let carried = carried_over(schemas.previous, &super::renames(changes));
    let objects = Object::all(unmodelled, changes, schemas.previous);
    let outline = Outline {
        schemas: Pair::new(&carried, schemas.next),
        edits,
        objects: &objects,
        changes: super::by_table(changes),
        taken: Taken::of(schemas, &objects),
    };
    outline.plan(schemas.previous, changes)
}

/// What there is to do, by table.
struct Outline<'a> {
    /// Both ends; the previous one after all renames.
    schemas: Pair<&'a Schema>,
    edits: &'a Edits,
    objects: &'a [Object],
    changes: BTreeMap<&'a TableName, Vec<&'a Change>>,
    /// The names that something bears at either end.
    taken: Taken,
}

impl<'a> Outline<'a> {
    /// `former` is the previous schema before all renames.
    fn plan(&self, former: &Schema, changes: &[Change]) -> Result<Plan, Vec<Diagnostic>> {
        let mut errors = Vec::new();
        let mut altered = Vec::new();
        let mut rebuilt = BTreeSet::new();
        let tables = order::parents_first(&self.tables(self.schemas.next));
        let works: Vec<Work<'_>> = tables.into_iter().filter_map(|table| self.work(table)).collect();
        for (position, work) in works.iter().enumerate() {
            let (table, later) = (work.table.next, &works[position + 1..]);
            errors.extend(left_behind::of_columns(table, &work.changes, self.objects, self.schemas.previous));
            if let Some(steps) = in_place::steps(work, later) {
                altered.extend(steps);
                continue;
            }
            rebuilt.insert(&table.name);
            match rebuild::steps(work, later) {
                Ok(steps) => altered.extend(steps),
                Err(doubtful) => errors.extend(doubtful),
            }
        }
        let dropped = self.dropped();
        errors.extend(dropped.iter().flat_map(|table| left_behind::of_table(table, &dropped, self.objects)));
        errors.extend(dropped.iter().filter_map(|table| self.takes_place(table)));
        errors.extend(changes.iter().filter_map(|change| self.takes_place_of_column(change)));
        errors.extend(changes.iter().filter_map(|change| self.renames_row_number(change)));
        if !errors.is_empty() {
            return Err(errors);
        }

        let referred_to = self.still_referred_to(&dropped);
        let unenforced = rebuilt.iter().copied().chain(referred_to).cloned().collect();
        // Order matters: an index may lend its name to one of another table; names are right before anything mentions them; parents are
        // there before their children, and until after them.
        let mut steps = self.dropped_indexes(&rebuilt);
        steps.extend(self.renamed_tables(former, changes));
        steps.extend(self.renamed_columns(former, changes));
        steps.extend(self.created());
        // A rebuild asks its own.
        steps.extend(demand::ranges(self.schemas.previous, self.edits, &|table| !rebuilt.contains(table)));
        steps.extend(altered);
        steps.extend(dropped.into_iter().map(|table| self.drop_table(table)));
        Ok(Plan { steps, unenforced })
    }

    fn tables<'s>(&self, schema: &'s Schema) -> Vec<&'s Table> {
        schema.tables.iter().filter(|table| self.changes.contains_key(&table.name)).collect()
    }

    /// What is to be done to a table that is there before and after, if anything but renames.
    fn work(&self, next: &'a Table) -> Option<Work<'a>> {
        let previous = self.schemas.previous.table(&next.name)?;
        let all = self.changes.get(&next.name)?;
        let rename = |change: &&'a Change| {
            if let Change::RenameColumn { column, .. } = change { Some(column) } else { None }
        };
        let is_rename = |change: &Change| matches!(change, Change::RenameTable(_) | Change::RenameColumn { .. });
        let work = Work {
            table: Pair::new(previous, next),
            schema: self.schemas.next,
            changes: all.iter().copied().filter(|change| !is_rename(change)).collect(),
            edits: self.edits,
            renamed: all.iter().filter_map(rename).collect(),
            beside: TableName::new(self.taken.free("enamel_next", &next.name.name)),
            objects: self.objects,
        };
        (!work.changes.is_empty()).then_some(work)
    }

    /// The tables that go, children before their parents.
    fn dropped(&self) -> Vec<&'a Table> {
        let gone = self.schemas.previous.tables.iter().filter(|table| self.schemas.next.table(&table.name).is_none());
        let mut tables = order::parents_first(&gone.collect::<Vec<_>>());
        tables.reverse();
        tables
    }

    /// Of tables that go in this order, those to which a table refers that is still there then. While keys are enforced, `DROP TABLE` deletes the rows
    /// first, and with them those that refer to them (<https://www.sqlite.org/foreignkeys.html#fk_schemacommands>).
    fn still_referred_to(&self, dropped: &[&'a Table]) -> Vec<&'a TableName> {
        let refers =
            |child: &&Table, parent: &Table| child.foreign_keys.iter().any(|key| key.referenced_table == parent.name);
        let unmodelled = |parent: &Table| {
            let tables = self.objects.iter().filter(|object| object.unmodelled.kind == UnmodelledKind::Table);
            tables.into_iter().any(|table| table.names(&parent.name))
        };
        let referred_to = dropped.iter().enumerate().filter(|(position, table)| {
            dropped[*position..].iter().any(|child| refers(child, table)) || unmodelled(table)
        });
        referred_to.map(|(_, table)| &table.name).collect()
    }

    /// The indexes that go by themselves. Those of a dropped table go with it; one of a rebuilt table is dropped in words, as everything is that
    /// does not come again; and where another table takes over the name, it must be free before.
    fn dropped_indexes(&self, rebuilt: &BTreeSet<&TableName>) -> Vec<Step> {
        let mut steps = Vec::new();
        for (table, changes) in &self.changes {
            let ends = self.ends(table);
            for change in changes {
                let Change::DropIndex { index, .. } = change else { continue };
                let goes_along = ends.is_none() || rebuilt.contains(table) && comes_again(changes, index);
                if !goes_along || self.takes_over(table, index) {
                    steps.push(in_place_step(change, hazard::of(change, ends)));
                }
            }
        }
        steps
    }

    /// Whether a table other than this one gets an index of this name.
    fn takes_over(&self, table: &TableName, index: &Index) -> bool {
        self.changes.iter().any(|(other, changes)| *other != table && comes_again(changes, index))
    }

    /// SQLite follows a rename through keys, indexes, triggers and views by itself.
    fn renamed_tables(&self, former: &Schema, changes: &[Change]) -> Vec<Step> {
        let renames: Vec<_> = changes
            .iter()
            .filter_map(|change| if let Change::RenameTable(name) = change { Some((change, name)) } else { None })
            .collect();
        let pairs: Vec<_> = renames.iter().map(|(_, name)| name.as_ref().map(|name| name.name.clone())).collect();
        let here = Taken::from_names(former.tables.iter().map(|table| &table.name.name));
        let step = |table: Pair<Name>| Change::RenameTable(table.map(TableName::new));
        self.in_order(&renames.iter().map(|(change, _)| *change).collect::<Vec<_>>(), &pairs, here, step)
    }

    fn renamed_columns(&self, former: &Schema, changes: &[Change]) -> Vec<Step> {
        let mut steps = Vec::new();
        for name in self.schemas.next.tables.iter().map(|table| &table.name) {
            let of_it = self.changes.get(name).into_iter().flatten().copied();
            let renames: Vec<_> = of_it.filter(|change| matches!(change, Change::RenameColumn { .. })).collect();
            let pair = |change: &&Change| {
                if let Change::RenameColumn { column, .. } = change { Some(column.clone()) } else { None }
            };
            let pairs: Vec<_> = renames.iter().filter_map(pair).collect();
            let Some(table) = former.table(previous_name(changes, name)).filter(|_| !pairs.is_empty()) else {
                continue;
            };
            // To SQLite a column may change the case of its own name.
            let here = table.columns.iter().map(|column| &column.name);
            let here = here.filter(|name| !pairs.iter().any(|pair| pair.previous == **name && same(name, &pair.next)));
            let step = |column: Pair<Name>| Change::RenameColumn { table: name.clone(), column };
            steps.extend(self.in_order(&renames, &pairs, Taken::from_names(here), step));
        }
        steps
    }

    /// The steps of renames, each told once.
    fn in_order(
        &self,
        renames: &[&Change],
        pairs: &[Pair<Name>],
        here: Taken,
        step: impl Fn(Pair<Name>) -> Change,
    ) -> Vec<Step> {
        let mut told = BTreeSet::new();
        let ordered = rename::in_order(&pairs.iter().collect::<Vec<_>>(), here, &self.taken);
        let steps = ordered.into_iter().map(|(position, pair)| {
            let operation = Operation::Change(Box::new(step(pair)));
            let change = renames[position];
            let ends = change.table().and_then(|name| self.ends(name)).filter(|_| told.insert(position));
            match ends {
                Some(ends) => {
                    Step { operation, changes: vec![change.clone()], hazards: hazard::of(change, Some(ends)) }
                }
                None => Step { operation, changes: Vec::new(), hazards: Vec::new() },
            }
        });
        steps.collect()
    }

    /// A table that goes keeps its name to the end, so that nothing else can have it before.
    fn takes_place(&self, dropped: &Table) -> Option<Diagnostic> {
        let next = &self.schemas.next.tables;
        let tables = next.iter().map(|table| &table.name.name);
        let indexes = next.iter().flat_map(|table| &table.indexes).filter_map(|index| index.name.name());
        let taker = tables.chain(indexes).find(|name| same(name, &dropped.name.name))?;
        Some(one_name(&dropped.name.to_string(), taker.as_str(), Subject::Table(dropped.name.clone())))
    }

    fn renames_row_number(&self, change: &Change) -> Option<Diagnostic> {
        let Change::RenameColumn { table, column } = change else { return None };
        let has_numbers = !self.schemas.previous.table(table)?.options.without_rowid;
        let name = [&column.previous, &column.next].into_iter().find(|name| is_sqlite_row_number(name.as_str()))?;
        let message = format!("SQLite renames no column from or to {name}, which is its name for the number of a row");
        let hint = format!(
            "choose another name, or say that the column goes and a new one comes: `--drop {table}.{}`",
            column.previous
        );
        has_numbers.then(|| {
            Diagnostic::error(message).about(Subject::Column(table.clone(), column.next.clone())).with_hint(hint)
        })
    }

    fn takes_place_of_column(&self, change: &Change) -> Option<Diagnostic> {
        let Change::RenameColumn { table, column } = change else { return None };
        let goes = |change: &&&'a Change| matches!(change, Change::DropColumn { column: dropped, .. } if same(&dropped.name, &column.next));
        let Change::DropColumn { column: dropped, .. } = self.changes.get(table)?.iter().find(goes)? else {
            return None;
        };
        let subject = Subject::Column(table.clone(), dropped.name.clone());
        Some(one_name(&subject.to_string(), column.next.as_str(), subject))
    }

    fn ends(&self, table: &TableName) -> Option<Pair<&'a Table>> {
        Some(Pair::new(self.schemas.previous.table(table)?, self.schemas.next.table(table)?))
    }

    fn created(&self) -> Vec<Step> {
        let came = |table: &&&Table| self.schemas.previous.table(&table.name).is_none();
        let tables = self.tables(self.schemas.next);
        let tables: Vec<&Table> = tables.iter().filter(came).copied().collect();
        let changes = order::parents_first(&tables).into_iter().flat_map(|table| &self.changes[&table.name]);
        changes.map(|change| in_place_step(change, Vec::new())).collect()
    }

    /// A table goes with its indexes and its triggers.
    fn drop_table(&self, table: &Table) -> Step {
        let change = Change::DropTable(table.clone());
        let mut hazards = hazard::of(&change, None);
        let triggers = self.objects.iter().filter(|object| object.is_trigger_of(&table.name));
        hazards.extend(triggers.map(|trigger| hazard::goes_along(&table.name, &trigger.title())));
        let operation = Operation::Change(Box::new(change));
        let changes = self.changes.get(&table.name).into_iter().flatten().map(|change| (*change).clone()).collect();
        Step { operation, changes, hazards }
    }
}

fn in_place_step(change: &Change, hazards: Vec<super::Hazard>) -> Step {
    Step { operation: Operation::Change(Box::new(change.clone())), changes: vec![change.clone()], hazards }
}

fn one_name(dropped: &str, taker: &str, subject: Subject) -> Diagnostic {
    Diagnostic::error(format!("{dropped} goes and {taker} comes, which are one name to SQLite"))
        .about(subject)
        .with_hint("drop it first, in a revision of its own, or say that it is renamed")
}
