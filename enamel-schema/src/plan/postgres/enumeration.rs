//! Enums as types: in place where that can be done, else made anew.
//!
//! A value is added in place, but it cannot be used before the transaction ends
//! (<https://www.postgresql.org/docs/13/sql-altertype.html#id-1.9.3.42.7>); and none can be dropped. In both cases a type of the same name takes
//! the place of the former one, and every column of it is converted: that can be done in one transaction, and taken back with it. A revision that only adds
//! values and uses them is spared that by stopping halfway ([`crate::halfway`]); a way back is not.

use super::{hazard, shared};
use crate::change::Change;
use crate::diagnostic::{Diagnostic, Subject};
use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::naming::cut;
use crate::pair::Pair;
use crate::plan::object::Object;
use crate::plan::{Hazard, Operation, Step};
use crate::schema::{
    Check, Column, DefaultValue, Enumeration, Exclusion, Index, IndexKey, Name, Schema, Sql, Table, Type, Unmodelled,
    UnmodelledKind,
};
use crate::split::{TokenKind, tokens};

/// What becomes of the enums that are there before and after.
pub(super) struct Enumerations<'a> {
    altered: Vec<Altered<'a>>,
}

struct Altered<'a> {
    change: &'a Change,
    /// Both ends, the previous one after renames of its values.
    ends: Pair<Enumeration>,
    renamed: &'a [Pair<String>],
    former: &'a Enumeration,
    /// The name under which the former type waits for its end, if it is made anew.
    aside: Option<Name>,
}

impl<'a> Enumerations<'a> {
    pub(super) fn of(schemas: Pair<&Schema>, changes: &'a [Change], edits: &Edits) -> Self {
        let altered = changes.iter().filter_map(|change| {
            let Change::AlterEnumeration { enumeration, renamed } = change else { return None };
            let mut previous = enumeration.previous.clone();
            for value in &mut previous.values {
                if let Some(pair) = renamed.iter().find(|pair| pair.previous == value.name) {
                    value.name.clone_from(&pair.next);
                }
            }
            let ends = Pair::new(previous, enumeration.next.clone());
            let is_anew = missing(&ends.previous, &ends.next).next().is_some()
                || missing(&ends.next, &ends.previous).any(|value| is_used(value, &ends.next.name, changes, edits));
            let aside = is_anew.then(|| aside(&ends.next.name, schemas)).flatten();
            Some(Altered { change, ends, renamed, former: &enumeration.previous, aside })
        });
        Self { altered: altered.collect() }
    }

    /// The former values that a type which is made anew has no more.
    pub(super) fn lost(&self, data_type: &Type) -> Vec<&str> {
        let name = name_in(data_type);
        let altered =
            self.altered.iter().find(|altered| altered.aside.is_some() && Some(&altered.ends.next.name) == name);
        altered.map(|altered| missing(&altered.ends.previous, &altered.ends.next).collect()).unwrap_or_default()
    }

    /// Whether the enum of a column is made anew.
    pub(super) fn is_anew(&self, data_type: &Type) -> bool {
        let name = name_in(data_type);
        self.altered.iter().any(|altered| altered.aside.is_some() && Some(&altered.ends.next.name) == name)
    }

    /// The enums that are made anew.
    pub(super) fn made_anew(&self) -> impl Iterator<Item = &Name> {
        self.altered.iter().filter(|altered| altered.aside.is_some()).map(|altered| &altered.ends.next.name)
    }

    /// What would keep a type that is made anew from going: it is said of their arguments, columns and values.
    pub(super) fn in_the_way<'o>(&self, objects: impl Iterator<Item = &'o Object> + Clone) -> Vec<Diagnostic> {
        let errors = self.made_anew().flat_map(|name| {
            let in_the_way = objects.clone().filter(move |object| is_of(&object.unmodelled, name));
            in_the_way.map(move |object| {
                Diagnostic::error(format!("{} uses enum {name}, which is made anew", object.title()))
                    .about(Subject::Enumeration(name.clone()))
                    .with_hint("drop it first, in a revision of its own, and make it again in one behind this")
            })
        });
        errors.collect()
    }

    /// Those that are made anew although no value goes.
    pub(super) fn used_at_once(&self) -> Vec<Name> {
        let only_used = self.altered.iter().filter(|altered| altered.is_only_used());
        only_used.map(|altered| altered.ends.next.name.clone()).collect()
    }

    /// Values get their names, and the new types are there beside the former ones.
    pub(super) fn begin(&self) -> Vec<Step> {
        self.altered.iter().flat_map(Altered::begin).collect()
    }

    /// The former types go, when nothing is of them any more.
    pub(super) fn end(&self) -> Vec<Step> {
        let gone = self.altered.iter().filter_map(|altered| {
            let name = altered.aside.clone()?;
            Some(Change::DropEnumeration(Enumeration { name, ..altered.ends.previous.clone() }))
        });
        gone.map(|change| step(Operation::Change(Box::new(change)), &[], Vec::new())).collect()
    }
}

impl Altered<'_> {
    fn begin(&self) -> Vec<Step> {
        let told = [self.change];
        let Some(aside) = &self.aside else {
            return vec![step(Operation::Change(Box::new(self.change.clone())), &told, self.hazards())];
        };
        let mut operations = Vec::new();
        if !self.renamed.is_empty() {
            let enumeration = Pair::new(self.former.clone(), self.ends.previous.clone());
            operations.push(Operation::Change(Box::new(Change::AlterEnumeration {
                enumeration,
                renamed: self.renamed.to_vec(),
            })));
        }
        operations.push(Operation::RenameEnumeration(Pair::new(self.ends.next.name.clone(), aside.clone())));
        operations.push(Operation::Change(Box::new(Change::CreateEnumeration(self.ends.next.clone()))));
        let mut steps: Vec<Step> = operations.into_iter().map(|operation| step(operation, &[], Vec::new())).collect();
        if let Some(first) = steps.first_mut() {
            first.changes = vec![self.change.clone()];
            first.hazards = self.hazards();
        }
        steps
    }

    fn hazards(&self) -> Vec<Hazard> {
        let mut hazards = shared::of(self.change, None);
        hazards.extend(self.is_only_used().then(|| hazard::used_at_once(&self.ends.next.name)));
        hazards
    }

    /// Whether it is made anew for values that come and are used at once, and for nothing else.
    fn is_only_used(&self) -> bool {
        self.aside.is_some() && missing(&self.ends.previous, &self.ends.next).next().is_none()
    }
}

fn step(operation: Operation, changes: &[&Change], hazards: Vec<Hazard>) -> Step {
    Step { operation, changes: changes.iter().map(|change| (*change).clone()).collect(), hazards }
}

/// The values of one enum that the other has not.
fn missing<'e>(of: &'e Enumeration, from: &'e Enumeration) -> impl Iterator<Item = &'e str> {
    let there = |name: &str| from.values.iter().any(|value| value.name == name);
    of.values.iter().map(|value| value.name.as_str()).filter(move |name| !there(name))
}

/// The enum that a column holds, by itself or in an array.
fn name_in(data_type: &Type) -> Option<&Name> {
    if let Type::Array(element) = data_type {
        name_in(element)
    } else if let Type::Enumeration(name) = data_type {
        Some(name)
    } else {
        None
    }
}

/// Whether a function, type or table says of a value that it is of this enum. Behind a name stands its type: so a name before a word is not one,
/// unless that word belongs to what follows a type. What stands in a function's text does not hold the type.
fn is_of(object: &Unmodelled, name: &Name) -> bool {
    const BEHIND_A_TYPE: [&str; 9] =
        ["DEFAULT", "NOT", "COLLATE", "CONSTRAINT", "CHECK", "RETURNS", "LANGUAGE", "AS", "GENERATED"];
    let may_hold = match object.kind {
        UnmodelledKind::Function | UnmodelledKind::Type | UnmodelledKind::Table => true,
        // They stand in the way of the columns that they use.
        UnmodelledKind::View
        | UnmodelledKind::MaterializedView
        | UnmodelledKind::Trigger
        | UnmodelledKind::Policy
        | UnmodelledKind::Rule
        | UnmodelledKind::Statistics
        | UnmodelledKind::Sequence
        | UnmodelledKind::Property => false,
    };
    let all: Vec<_> = tokens(&object.sql, Dialect::Postgres).into_iter().filter(|token| !token.is_trivia()).collect();
    let is_type = |at: usize| {
        let next = all.get(at + 1);
        at > 0
            && all[at].identifier().is_some_and(|text| text == name.as_str())
            && !next.is_some_and(|next| {
                next.is_symbol("(")
                    || next.identifier().is_some() && !BEHIND_A_TYPE.iter().any(|word| next.is_word(word))
            })
    };
    may_hold && (0..all.len()).any(is_type)
}

/// A name that nothing bears.
fn aside(name: &Name, schemas: Pair<&Schema>) -> Option<Name> {
    let mut text = cut(&format!("enamel_previous_{name}"));
    let is_taken = |text: &str| {
        let enumerations = schemas.previous.enumerations.iter().chain(&schemas.next.enumerations);
        let tables = schemas.previous.tables.iter().chain(&schemas.next.tables).map(|table| &table.name.name);
        enumerations.map(|enumeration| &enumeration.name).chain(tables).any(|name| name.as_str() == text)
    };
    while is_taken(&text) {
        text = cut(&format!("{text}_"));
    }
    Name::new(text).ok()
}

/// Whether anything that is planned may use a new value: an expression that names it, or a column that becomes one of its enum.
fn is_used(value: &str, name: &Name, changes: &[Change], edits: &Edits) -> bool {
    let told = edits.backfills.values().chain(edits.conversions.values());
    told.into_iter().any(|sql| names(sql, value)) || changes.iter().any(|change| change_uses(change, value, name))
}

fn change_uses(change: &Change, value: &str, name: &Name) -> bool {
    let in_column = |column: &Column| {
        let default = if let Some(DefaultValue::Sql(sql)) = &column.default { names(sql, value) } else { false };
        default || column.generated.as_ref().is_some_and(|generated| names(&generated.expression, value))
    };
    let in_index = |index: &Index| {
        let in_key = |key: &IndexKey| matches!(key, IndexKey::Expression(sql) if names(sql, value));
        index.condition.as_ref().is_some_and(|sql| names(sql, value))
            || index.parts.iter().any(|part| in_key(&part.key))
    };
    let in_check = |check: &Check| names(&check.expression, value);
    let in_exclusion = |exclusion: &Exclusion| names(&exclusion.definition, value);
    let in_table = |table: &Table| {
        table.columns.iter().any(in_column)
            || table.checks.iter().any(in_check)
            || table.exclusions.iter().any(in_exclusion)
    };
    match change {
        Change::CreateTable(table) => in_table(table),
        Change::AddColumn { column, .. } => in_column(column),
        Change::AlterColumn { column, .. } => {
            let becomes =
                name_in(&column.next.data_type) == Some(name) && name_in(&column.previous.data_type) != Some(name);
            becomes || in_column(&column.next)
        }
        Change::AddIndex { index, .. } => in_index(index),
        Change::AddCheck { check, .. } => in_check(check),
        Change::AddExclusion { exclusion, .. } => in_exclusion(exclusion),
        Change::CreateExtension(_)
        | Change::DropExtension(_)
        | Change::CreateEnumeration(_)
        | Change::DropEnumeration(_)
        | Change::AlterEnumeration { .. }
        | Change::DropTable(_)
        | Change::RenameTable(_)
        | Change::AlterTableOptions { .. }
        | Change::CommentTable { .. }
        | Change::DropColumn { .. }
        | Change::RenameColumn { .. }
        | Change::AlterPrimaryKey { .. }
        | Change::AddUnique { .. }
        | Change::DropUnique { .. }
        | Change::DropIndex { .. }
        | Change::AddForeignKey { .. }
        | Change::DropForeignKey { .. }
        | Change::DropCheck { .. }
        | Change::DropExclusion { .. } => false,
    }
}

/// Whether a text of the expression is this value, or an array that may hold it.
fn names(sql: &Sql, value: &str) -> bool {
    tokens(sql.text(), Dialect::Postgres).iter().filter(|token| token.kind == TokenKind::Text).any(|token| {
        let text = token.text.trim_start_matches(['E', 'e']).trim_matches('\'').replace("''", "'");
        text == value || text.starts_with('{') && text.contains(value) || token.text.starts_with('$')
    })
}
