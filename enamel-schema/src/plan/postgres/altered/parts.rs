//! What stands on the columns of a table: what goes, what comes, and what goes only to come again.

use super::Altered;
use crate::change::Change;
use crate::diff::same_foreign_key;
use crate::pair::Pair;
use crate::plan::postgres::part::{Part, kept, parts};
use crate::plan::postgres::{demand, hazard};
use crate::plan::{Operation, Step};
use crate::schema::{ForeignKey, Name, Table};
use std::collections::BTreeSet;

/// What becomes of all that stands on the columns.
#[derive(Default)]
pub(super) struct Parts<'a> {
    /// What goes, and whether it comes again.
    pub(super) dropped: Vec<(Part<'a>, bool)>,
    /// What only gets another name, and whether that is a change of the models.
    pub(super) renamed: Vec<(Pair<Part<'a>>, bool)>,
    /// Foreign keys that are only checked at another time.
    pub(super) deferred: Vec<Pair<&'a ForeignKey>>,
    /// What comes, and whether it was there before.
    pub(super) added: Vec<(Part<'a>, bool)>,
}

impl<'a> Altered<'a> {
    /// The foreign keys that go, before anything that they stand on.
    pub(in crate::plan::postgres) fn dropped_foreign_keys(&self) -> Vec<Step> {
        self.dropped(|part| matches!(part, Part::ForeignKey(_)))
    }

    /// All else that goes.
    pub(in crate::plan::postgres) fn dropped_parts(&self) -> Vec<Step> {
        // Order matters: a check or an index may be over columns of a key, never the other way round.
        let mut steps = self.dropped(|part| matches!(part, Part::Check(_) | Part::Exclusion(_) | Part::Index(_)));
        steps.extend(self.dropped(|part| matches!(part, Part::Unique(_) | Part::PrimaryKey(_))));
        steps
    }

    fn dropped(&self, which: impl Fn(Part<'_>) -> bool) -> Vec<Step> {
        let dropped = self.parts.dropped.iter().filter(|(part, _)| which(*part));
        let table = &self.table.next.name;
        let step = |(part, again): &(Part<'a>, bool)| {
            let change = part.dropped(table);
            let operation = Operation::Change(Box::new(change.clone()));
            match (part, again) {
                (_, true) => Step { operation, changes: vec![change], hazards: Vec::new() },
                // It is told where the next one comes.
                (Part::PrimaryKey(_), false) if self.table.next.primary_key.is_some() => {
                    Step { operation, changes: Vec::new(), hazards: Vec::new() }
                }
                (_, false) => self.step(operation, self.told(*part, change), Vec::new()),
            }
        };
        dropped.map(step).collect()
    }

    /// The change of the models that a part stands for.
    fn told(&self, part: Part<'_>, change: Change) -> Vec<Change> {
        let is_key = |change: &&&Change| matches!(change, Change::AlterPrimaryKey { .. });
        match part {
            Part::PrimaryKey(_) => {
                self.changes.iter().find(is_key).map(|change| (*change).clone()).into_iter().collect()
            }
            Part::Unique(_) | Part::Index(_) | Part::ForeignKey(_) | Part::Check(_) | Part::Exclusion(_) => {
                vec![change]
            }
        }
    }

    /// Names that only follow another one.
    pub(in crate::plan::postgres) fn renamed_parts(&self) -> Vec<Step> {
        let table = &self.table.next.name;
        let steps = self.parts.renamed.iter().filter_map(|(part, is_change)| {
            let name = Pair::new(part.previous.name()?.clone(), part.next.name()?.clone());
            let told = match (part.next, is_change) {
                (_, false) => Vec::new(),
                (Part::PrimaryKey(_), true) => self.told(part.next, part.next.added(table)),
                (_, true) => vec![part.previous.dropped(table), part.next.added(table)],
            };
            let table = table.clone();
            let operation = match part.next {
                Part::Index(_) => Operation::RenameIndex { table, name },
                Part::PrimaryKey(_) | Part::Unique(_) | Part::ForeignKey(_) | Part::Check(_) | Part::Exclusion(_) => {
                    Operation::RenameConstraint { table, name }
                }
            };
            Some(Step { operation, changes: told, hazards: Vec::new() })
        });
        steps.collect()
    }
    /// Foreign keys that are only checked at another time.
    pub(in crate::plan::postgres) fn deferred_foreign_keys(&self) -> Vec<Step> {
        let table = &self.table.next.name;
        let step = |key: &Pair<&ForeignKey>| {
            let told = vec![Part::ForeignKey(key.previous).dropped(table), Part::ForeignKey(key.next).added(table)];
            let foreign_key = Box::new(key.next.clone());
            Step {
                operation: Operation::DeferForeignKey { table: table.clone(), foreign_key },
                changes: told,
                hazards: Vec::new(),
            }
        };
        self.parts.deferred.iter().map(step).collect()
    }

    /// Keys, indexes, checks: all but foreign keys.
    pub(in crate::plan::postgres) fn added_parts(&self) -> Vec<Step> {
        // Order matters: an index is often there for what a key does already, and reads better behind it.
        let ranks: [fn(Part<'_>) -> bool; 3] = [
            |part| matches!(part, Part::PrimaryKey(_) | Part::Unique(_)),
            |part| matches!(part, Part::Check(_) | Part::Exclusion(_)),
            |part| matches!(part, Part::Index(_)),
        ];
        ranks.into_iter().flat_map(|which| self.added(which)).collect()
    }

    /// The foreign keys that come.
    pub(in crate::plan::postgres) fn added_foreign_keys(&self) -> Vec<Step> {
        self.added(|part| matches!(part, Part::ForeignKey(_)))
    }

    fn added(&self, which: impl Fn(Part<'_>) -> bool) -> Vec<Step> {
        let table = self.table.next;
        let mut steps = Vec::new();
        for (part, again) in self.parts.added.iter().filter(|(part, _)| which(*part)) {
            if !self.holds_already(*part, *again) {
                steps.extend(demand::of_part(table, *part).map(|demand| demand.step(table)));
            }
            let change = part.added(&table.name);
            let operation = Operation::Change(Box::new(change.clone()));
            let hazards = hazard::of_added(*part, &table.name);
            steps.push(match again {
                true => Step { operation, changes: vec![change], hazards },
                false => self.step(operation, self.told(*part, change), hazards),
            });
        }
        steps
    }
}

/// Which part is which at both ends.
pub(super) struct Matched<'a> {
    kept: Vec<Pair<Part<'a>>>,
    dropped: Vec<Part<'a>>,
    added: Vec<Part<'a>>,
}

impl<'a> Matched<'a> {
    pub(super) fn of(table: Pair<&'a Table>) -> Self {
        let kept = kept(table);
        let is_there = |part: &Part<'a>, end: fn(&Pair<Part<'a>>) -> Part<'a>| {
            kept.iter().any(|pair| same_reference(end(pair), *part))
        };
        let dropped = parts(table.previous).into_iter().filter(|part| !is_there(part, |pair| pair.previous)).collect();
        let added = parts(table.next).into_iter().filter(|part| !is_there(part, |pair| pair.next)).collect();
        Self { kept, dropped, added }
    }

    pub(super) fn retain(&mut self, which: impl Fn(Part<'a>) -> bool) {
        self.kept.retain(|part| which(part.next));
        self.dropped.retain(|part| which(*part));
        self.added.retain(|part| which(*part));
    }

    /// What is to be done. One that says the same under another name is renamed, unless something stays that bears the name.
    pub(super) fn parts(self, is_disturbed: impl Fn(Part<'_>) -> bool) -> Parts<'a> {
        let mut parts = Parts::default();
        let staying: BTreeSet<&Name> = self.kept.iter().filter_map(|part| part.previous.name()).collect();
        let renames = |part: &Pair<Part<'a>>| match (part.previous.name(), part.next.name()) {
            (Some(previous), Some(next)) => previous != next && !staying.contains(next),
            (None, _) | (_, None) => false,
        };
        for part in self.kept {
            if is_disturbed(part.next) {
                parts.dropped.push((part.previous, true));
                parts.added.push((part.next, true));
            } else if renames(&part) {
                parts.renamed.push((part, false));
            }
        }
        let mut dropped = self.dropped;
        for part in self.added {
            let deferred = dropped.iter().position(|former| is_only_deferred(*former, part) && !is_disturbed(part));
            if let Some(position) = deferred
                && let (Part::ForeignKey(previous), Part::ForeignKey(next)) = (dropped.remove(position), part)
            {
                parts.deferred.push(Pair::new(previous, next));
                continue;
            }
            let former = dropped.iter().position(|former| {
                former.same_shape(part) && renames(&Pair::new(*former, part)) && !is_disturbed(part)
            });
            match former {
                Some(position) => parts.renamed.push((Pair::new(dropped.remove(position), part), true)),
                None => parts.added.push((part, false)),
            }
        }
        // Names that are given away at the same time: of two that swap theirs, each is dropped and added.
        let taken: BTreeSet<&Name> = parts.renamed.iter().filter_map(|(part, _)| part.previous.name()).collect();
        let (swapped, renamed) = std::mem::take(&mut parts.renamed)
            .into_iter()
            .partition(|(part, _)| part.next.name().is_some_and(|name| taken.contains(name)));
        parts.renamed = renamed;
        let swapped: Vec<(Pair<Part<'a>>, bool)> = swapped;
        parts.dropped.extend(swapped.iter().map(|(part, is_change)| (part.previous, !is_change)));
        parts.added.extend(swapped.iter().map(|(part, is_change)| (part.next, !is_change)));
        parts.dropped.extend(dropped.into_iter().map(|part| (part, false)));
        parts
    }
}

/// Whether two foreign keys of one name say the same, but for when they are checked.
fn is_only_deferred(previous: Part<'_>, next: Part<'_>) -> bool {
    let (Part::ForeignKey(previous), Part::ForeignKey(next)) = (previous, next) else { return false };
    let deferred = ForeignKey { deferrable: next.deferrable, ..previous.clone() };
    previous.name.name() == next.name.name() && same_foreign_key(&deferred, next)
}

/// Whether two are the same value in memory: a table may have two parts that are equal.
fn same_reference(one: Part<'_>, other: Part<'_>) -> bool {
    match (one, other) {
        (Part::PrimaryKey(one), Part::PrimaryKey(other)) => std::ptr::eq(one, other),
        (Part::Unique(one), Part::Unique(other)) => std::ptr::eq(one, other),
        (Part::Index(one), Part::Index(other)) => std::ptr::eq(one, other),
        (Part::ForeignKey(one), Part::ForeignKey(other)) => std::ptr::eq(one, other),
        (Part::Check(one), Part::Check(other)) => std::ptr::eq(one, other),
        (Part::Exclusion(one), Part::Exclusion(other)) => std::ptr::eq(one, other),
        (
            Part::PrimaryKey(_)
            | Part::Unique(_)
            | Part::Index(_)
            | Part::ForeignKey(_)
            | Part::Check(_)
            | Part::Exclusion(_),
            _,
        ) => false,
    }
}
