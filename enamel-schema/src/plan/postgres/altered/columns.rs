//! The columns of a table: their types, their values, and what else there is to say of them.

use super::{Altered, Retyped};
use crate::change::Change;
use crate::diff::{Differing, differing, same_type};
use crate::pair::Pair;
use crate::plan::demand::Demand;
use crate::plan::demand::generated::is_arithmetic;
use crate::plan::postgres::part::{Part, kept, parts};
use crate::plan::postgres::{cast, demand, hazard};
use crate::plan::work::is_constant;
use crate::plan::{Hazard, HazardKind, Operation, Retyping, Rows, Step, hazard as shared};
use crate::render::quote::identifier;
use crate::schema::{Column, DefaultValue, Identity, Name, Sql, Type, numbers_of};
use crate::split::mentions;
use std::collections::BTreeMap;

impl<'a> Altered<'a> {
    /// Columns get their types, new ones come, and rows their values.
    pub(in crate::plan::postgres) fn data(&self) -> Vec<Step> {
        let mut steps: Vec<Step> =
            self.lost_values().into_iter().map(|demand| demand.step(self.table.previous)).collect();
        // Order matters: what is computed goes before what it is computed from.
        steps.extend(self.anew.iter().map(|column| self.drop_for_anew(*column)));
        steps.extend(self.dropped_columns(true));
        for retyped in &self.retyped {
            let before = self.before_retype(retyped.column);
            let previous = self.counting(retyped.column.previous, retyped.column.next);
            steps.extend(self.alter(Pair::new(&previous, &before), Vec::new(), Vec::new()));
        }
        steps.extend(self.retype());
        steps.extend(self.retyped.iter().filter_map(|retyped| self.retyped_sequence(retyped.column.next)));
        for next in self.added_columns().filter(|column| column.generated.is_none()) {
            steps.extend(self.add_column(next));
        }
        let values = self.table.next.columns.iter().flat_map(|next| self.values(next));
        steps.extend(values.collect::<Vec<_>>());
        steps
    }

    /// All types at once: a table is written anew for one as for several.
    fn retype(&self) -> Option<Step> {
        let table = &self.table.next.name;
        let retyping = |retyped: &Retyped<'_>| {
            let (column, using) = (retyped.column.map(Clone::clone), retyped.cast.using.clone());
            Retyping { column, using }
        };
        let columns: Vec<Retyping> = self.retyped.iter().map(retyping).collect();
        let told = self.retyped.iter().flat_map(|retyped| self.alteration(&retyped.column.next.name)).collect();
        let is_free = self.retyped.iter().all(|retyped| retyped.cast.free);
        let hazards = if is_free { Vec::new() } else { hazard::rewritten(table) };
        (!columns.is_empty()).then(|| self.step(Operation::Retype { table: table.clone(), columns }, told, hazards))
    }

    /// Values that a cast would not carry over, NULLs and duplicates that the user's own conversion makes.
    fn lost_values(&self) -> Vec<Demand> {
        let table = self.table.previous;
        let mut demands = Vec::new();
        for Retyped { column, cast, is_told } in &self.retyped {
            let name = &column.next.name;
            demands.extend(cast.lost.clone().map(|lost| demand::lost(table, name, lost)));
            if let Some(using) = cast.using.as_ref().filter(|_| *is_told)
                && !column.previous.nullable
                && !column.next.nullable
            {
                demands.push(demand::no_value(table, name, using));
            }
        }
        let told: BTreeMap<&Name, &str> = self
            .retyped
            .iter()
            .filter(|retyped| retyped.is_told)
            .filter_map(|retyped| Some((&retyped.column.next.name, retyped.cast.using.as_deref()?)))
            .collect();
        let keys = kept(self.table).into_iter().filter_map(|part| part.next.unique_columns());
        for columns in keys.filter(|columns| columns.iter().any(|column| told.contains_key(column))) {
            let columns: Vec<Name> = columns.into_iter().cloned().collect();
            let value = |name: &Name| told.get(name).map_or_else(|| identifier(name), |using| format!("({using})"));
            demands.push(demand::repeated_columns(table, &columns, &value));
        }
        demands
    }

    fn add_column(&self, next: &Column) -> Vec<Step> {
        let fills_itself = next.nullable || next.default.is_some() || next.identity.is_some();
        let mut steps = Vec::new();
        if !fills_itself && self.backfill(&next.name).is_none() {
            steps.push(demand::rows(self.table.next, next).step(self.table.previous));
        }
        let added = self.reached(next);
        let hazards = hazard::of_column(&self.table.next.name, &added);
        let operation =
            Operation::Change(Box::new(Change::AddColumn { table: self.table.next.name.clone(), column: added }));
        let told = Change::AddColumn { table: self.table.next.name.clone(), column: next.clone() };
        steps.push(self.step(operation, vec![told], hazards));
        steps
    }

    /// What the rows that are there get in a column.
    fn values(&self, next: &Column) -> Option<Step> {
        let previous = self.table.previous.column(&next.name);
        let is_retyped = self.retyped.iter().any(|retyped| retyped.column.next.name == next.name);
        let backfill = self.backfill(&next.name);
        let (value, rows) = match (previous, backfill) {
            _ if next.generated.is_some() => return None,
            (None, Some(_)) if self.same_for_all(next).is_some() => return None,
            (None, Some(backfill)) => (as_value_of(&next.data_type, backfill), Rows::All),
            (Some(previous), Some(backfill)) if previous.nullable && !next.nullable => {
                (as_value_of(&next.data_type, backfill), Rows::Null)
            }
            (Some(_), _) if !is_retyped => {
                (as_value_of(&next.data_type, self.conversion(&next.name)?), Rows::Different)
            }
            (Some(_) | None, _) => return None,
        };
        let operation =
            Operation::Backfill { table: self.table.next.name.clone(), column: next.name.clone(), value, rows };
        Some(self.step(operation, Vec::new(), vec![shared::rewrite(&self.table.next.name)]))
    }

    /// Whether rows get values while constraints may wait for the end of the transaction. `of_others` may be foreign keys to this table.
    pub(in crate::plan::postgres) fn leaves_checks_open(&self, of_others: bool) -> bool {
        let updates = self.table.next.columns.iter().any(|next| self.values(next).is_some());
        updates && (of_others || parts(self.table.previous).into_iter().any(Part::may_wait))
    }

    /// Columns become what they are to be, and those that go, go.
    pub(in crate::plan::postgres) fn shape(&self) -> Vec<Step> {
        let table = self.table.next;
        let mut steps = Vec::new();
        let again = self.anew.iter().map(|column| column.next);
        for next in again.chain(self.added_columns().filter(|column| column.generated.is_some())) {
            steps.extend(self.add_generated(next));
        }
        for next in table.columns.iter().filter(|column| column.generated.is_none()) {
            let reached = self.reached(next);
            let differing = differing(&reached, next);
            let mut hazards = Vec::new();
            if differing.nullable && !next.nullable {
                let is_certain = self.backfill(&next.name).is_some_and(|backfill| demand::is_value(&backfill));
                steps.extend((!is_certain).then(|| demand::nulls(table, &next.name).step(table)));
                hazards.extend(hazard::scanned(&table.name));
            }
            let is_retyped = self.retyped.iter().any(|retyped| retyped.column.next.name == next.name);
            let told = if is_retyped { Vec::new() } else { self.alteration(&next.name) };
            let previous = self.table.previous.column(&next.name).unwrap_or(&reached);
            steps.extend(self.release(previous, next));
            steps.extend(self.alter(Pair::new(&reached, next), told, hazards));
            steps.extend(self.go_on_counting(previous, next));
        }
        steps.extend(self.table.next.columns.iter().filter_map(|column| self.comment_of_generated(column)));
        steps.extend(self.dropped_columns(false));
        let rest = self
            .changes
            .iter()
            .filter(|change| matches!(change, Change::AlterTableOptions { .. } | Change::CommentTable { .. }));
        steps.extend(rest.map(|change| {
            let is_option = matches!(change, Change::AlterTableOptions { .. });
            let hazards = if is_option { hazard::rewritten(&table.name) } else { Vec::new() };
            self.step(Operation::Change(Box::new((*change).clone())), vec![(*change).clone()], hazards)
        }));
        steps
    }

    fn add_generated(&self, next: &Column) -> Vec<Step> {
        let table = self.table.next;
        let Some(generated) = &next.generated else { return Vec::new() };
        let expression = generated.expression.text();
        let previous = self.table.previous.column(&next.name);
        let was_the_same = previous.is_some_and(|previous| !differing(previous, next).generated && !previous.nullable);
        let stands_on_values = || {
            let mentioned = table.columns.iter().filter(|column| mentions(expression, column.name.as_str()));
            is_arithmetic(&generated.expression) && mentioned.into_iter().all(|column| !column.nullable)
        };
        let mut steps = Vec::new();
        if !next.nullable && !was_the_same && !stands_on_values() {
            steps.push(demand::no_value(table, &next.name, expression).step(table));
        }
        let change = Change::AddColumn { table: table.name.clone(), column: next.clone() };
        let told = if previous.is_some() { self.alteration(&next.name) } else { vec![change.clone()] };
        steps.push(self.step(Operation::Change(Box::new(change)), told, hazard::rewritten(&table.name)));
        steps
    }

    /// What else differs of a generated column that stays: its comment, and whether it may be NULL.
    fn comment_of_generated(&self, next: &'a Column) -> Option<Step> {
        let previous = self.table.previous.column(&next.name)?;
        let is_anew = self.anew.iter().any(|column| column.next.name == next.name);
        if next.generated.is_none() || is_anew {
            return None;
        }
        let is_mandatory = previous.nullable && !next.nullable;
        let hazards = if is_mandatory { hazard::scanned(&self.table.next.name) } else { Vec::new() };
        self.alter(Pair::new(previous, next), self.alteration(&next.name), hazards)
    }

    fn dropped_columns(&self, generated: bool) -> Vec<Step> {
        let drops = self.changes.iter().filter_map(|change| {
            let Change::DropColumn { column, .. } = change else { return None };
            (column.generated.is_some() == generated).then(|| self.drop_column(column, vec![(*change).clone()]))
        });
        drops.collect()
    }

    fn drop_column(&self, column: &Column, told: Vec<Change>) -> Step {
        let change = Change::DropColumn { table: self.table.next.name.clone(), column: column.clone() };
        self.step(Operation::Change(Box::new(change)), told, Vec::new())
    }

    /// What was not computed before is lost here, however little is left to say of it.
    fn drop_for_anew(&self, column: Pair<&Column>) -> Step {
        let mut step = self.drop_column(column.previous, Vec::new());
        let hazards = self
            .alteration(&column.next.name)
            .iter()
            .flat_map(|change| shared::of(change, Some(self.table)))
            .collect::<Vec<_>>();
        step.hazards.extend(hazards.into_iter().filter(|hazard| hazard.kind == HazardKind::DataLoss));
        step
    }

    /// A column as it is when rows have their values.
    fn reached(&self, next: &Column) -> Column {
        if let Some(retyped) = self.retyped.iter().find(|retyped| retyped.column.next.name == next.name) {
            let (data_type, collation) = (next.data_type.clone(), next.collation.clone());
            return Column { data_type, collation, ..self.before_retype(retyped.column) };
        }
        if let Some(previous) = self.table.previous.column(&next.name) {
            self.counting(previous, next)
        } else if let Some(value) = self.same_for_all(next) {
            Column { default: Some(DefaultValue::Sql(Sql::new(value))), ..next.clone() }
        } else if self.backfill(&next.name).is_some() && next.identity.is_none() {
            Column { nullable: true, default: None, ..next.clone() }
        } else {
            next.clone()
        }
    }

    /// What all rows get in a new column, if it is the same for all: as a default that goes again it is only noted, and no row is written
    /// (<https://www.postgresql.org/docs/13/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN>).
    fn same_for_all(&self, next: &Column) -> Option<String> {
        let can_have_default = next.identity.is_none() && next.generated.is_none();
        self.backfill(&next.name)
            .filter(|value| can_have_default && demand::is_value(value) && hazard::is_constant(value))
    }

    fn alter(&self, column: Pair<&Column>, told: Vec<Change>, hazards: Vec<Hazard>) -> Option<Step> {
        if differing(column.previous, column.next) == Differing::default() {
            return None;
        }
        let change = Change::AlterColumn { table: self.table.next.name.clone(), column: column.map(Clone::clone) };
        Some(self.step(Operation::Change(Box::new(change)), told, hazards))
    }

    /// A column without what a cast of its type would stumble over: its default is of the former type, and only whole numbers count.
    fn before_retype(&self, column: Pair<&Column>) -> Column {
        let Pair { previous, next } = column;
        let previous = self.counting(previous, next);
        let keeps_default = same_type(&previous.data_type, &next.data_type) && previous.data_type == next.data_type;
        let is_enum = !matches!(next.data_type, Type::Sql(_));
        Column {
            default: previous.default.clone().filter(|_| keeps_default && !is_enum),
            identity: counting_in_both(&previous, next),
            generated: previous.generated.clone().filter(|_| next.generated.is_some()),
            ..previous
        }
    }
}

/// How a column counts while its type changes: between bounds that both types hold.
fn counting_in_both(previous: &Column, next: &Column) -> Option<Identity> {
    let (kept, next_identity) = previous.identity.zip(next.identity)?;
    let fits = kept.counting.mistake(&numbers_of(&next.data_type)).is_none();
    Some(if fits { kept } else { Identity { counting: next_identity.counting, ..kept } })
}

/// A literal becomes a value of an enum by itself, an expression does not.
fn as_value_of(data_type: &Type, value: String) -> String {
    let is_enum = !matches!(data_type, Type::Sql(_));
    if is_enum && !is_constant(&value) { cast::through_text(&format!("({value})"), data_type) } else { value }
}
