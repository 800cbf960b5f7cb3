//! What is to be done to one table that is there before and after, renames apart.

use super::cast::{self, Cast};
use super::enumeration::Enumerations;
use super::part::{Part, kept, parts};
use super::{demand, hazard};
use crate::change::Change;
use crate::diagnostic::{Diagnostic, Subject};
use crate::diff::{Differing, differing, same_type};
use crate::edits::Edits;
use crate::pair::Pair;
use crate::plan::demand::Demand;
use crate::plan::demand::generated::is_arithmetic;
use crate::plan::demand::listed::lets_pass;
use crate::plan::work::{inline, is_constant};
use crate::plan::{Hazard, Operation, Rows, Step, hazard as shared};
use crate::render::quote::identifier;
use crate::schema::{Column, DefaultValue, Name, Schema, Sql, Table, TableName, Type};
use crate::split::mentions;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be done to one table that is there before and after, renames apart.
pub(super) struct Altered<'a> {
    /// Both ends; the previous one after all renames, so that names agree.
    pub(super) table: Pair<&'a Table>,
    changes: Vec<&'a Change>,
    edits: &'a Edits,
    retyped: Vec<Retyped<'a>>,
    /// Generated columns that are dropped and added again.
    anew: Vec<Pair<&'a Column>>,
    parts: Parts<'a>,
}

/// A column whose values become those of another type, or sort in another way.
struct Retyped<'a> {
    column: Pair<&'a Column>,
    cast: Cast,
    /// Whether the user says what becomes of the values.
    is_told: bool,
}

/// What becomes of all that stands on the columns.
#[derive(Default)]
struct Parts<'a> {
    /// What goes, and whether it comes again.
    dropped: Vec<(Part<'a>, bool)>,
    /// What only gets another name, and whether that is a change of the models.
    renamed: Vec<(Pair<Part<'a>>, bool)>,
    /// What comes, and whether it was there before.
    added: Vec<(Part<'a>, bool)>,
}

/// The columns, by table, whose values change so that a foreign key over them must be made again, and the keys that go.
#[derive(Default)]
pub(super) struct Disturbed<'a> {
    columns: BTreeSet<(&'a TableName, &'a Name)>,
    keys: BTreeSet<(&'a TableName, BTreeSet<&'a Name>)>,
}

impl<'a> Altered<'a> {
    /// What becomes of the columns. `schemas` is the whole, the previous one after all renames.
    ///
    /// # Errors
    ///
    /// A type of which only the user knows how its values become those of the next.
    pub(super) fn of(
        table: Pair<&'a Table>,
        schemas: Pair<&'a Schema>,
        changes: &[&'a Change],
        edits: &'a Edits,
        enumerations: &Enumerations<'_>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let is_rename = |change: &Change| matches!(change, Change::RenameTable(_) | Change::RenameColumn { .. });
        let changes = changes.iter().copied().filter(|change| !is_rename(change)).collect();
        let none = (Vec::new(), Vec::new(), Parts::default());
        let mut altered = Self { table, changes, edits, retyped: none.0, anew: none.1, parts: none.2 };
        let mut errors = Vec::new();
        for next in &table.next.columns {
            let Some(previous) = table.previous.column(&next.name) else { continue };
            let column = Pair::new(previous, next);
            if next.generated.is_some() {
                continue;
            }
            match altered.retyped(column, schemas, enumerations) {
                Ok(retyped) => altered.retyped.extend(retyped),
                Err(error) => errors.push(error),
            }
        }
        altered.anew = altered.generated_anew();
        altered.parts = altered.parts_without_foreign_keys();
        if errors.is_empty() { Ok(altered) } else { Err(errors) }
    }

    fn retyped(
        &self,
        column: Pair<&'a Column>,
        schemas: Pair<&Schema>,
        enumerations: &Enumerations<'_>,
    ) -> Result<Option<Retyped<'a>>, Diagnostic> {
        let differing = differing(column.previous, column.next);
        let data_type = &column.next.data_type;
        let is_anew = !differing.data_type && enumerations.is_anew(data_type);
        if !differing.data_type && !differing.collation && !is_anew {
            return Ok(None);
        }
        let told = self.conversion(&column.next.name);
        let is_told = told.is_some();
        let cast = match told {
            Some(told) if is_anew => {
                let using = Some(cast::through_text(&format!("({told})"), data_type));
                Cast { using, lost: None, free: false }
            }
            Some(told) => Cast { using: Some(told), lost: None, free: false },
            None if is_anew => self.to_enum_of_its_name(column.next, enumerations),
            None => cast::cast(column, schemas).ok_or_else(|| self.ask_for_conversion(column))?,
        };
        Ok(Some(Retyped { column, cast, is_told }))
    }

    fn to_enum_of_its_name(&self, column: &Column, enumerations: &Enumerations<'_>) -> Cast {
        let gone: Vec<String> =
            enumerations.lost(&column.data_type).into_iter().map(crate::render::quote::text).collect();
        let list = gone.join(", ");
        let name = identifier(&column.name);
        let condition = if matches!(column.data_type, Type::Array(_)) {
            format!("{name}::text[] && ARRAY[{list}]")
        } else {
            format!("{name} IN ({list})")
        };
        let lost = (!gone.is_empty()).then(|| (format!("that hold {list}"), condition));
        Cast { using: Some(cast::to_itself(column)), lost, free: false }
    }

    fn ask_for_conversion(&self, column: Pair<&Column>) -> Diagnostic {
        let spelling = column.map(|column| crate::render::quote::data_type(&column.data_type));
        let subject = Subject::Column(self.table.next.name.clone(), column.next.name.clone());
        let Pair { previous, next } = spelling;
        let name = identifier(&column.next.name);
        Diagnostic::error(format!("PostgreSQL is not told how {previous} becomes {next}"))
            .about(subject)
            .with_hint(format!("say it at the field, such as `using = '{name}::{next}'`"))
    }

    /// What the user says of the values of a column.
    fn conversion(&self, column: &Name) -> Option<String> {
        self.said(&self.edits.conversions, column)
    }

    fn backfill(&self, column: &Name) -> Option<String> {
        self.said(&self.edits.backfills, column)
    }

    fn said(&self, of: &BTreeMap<(TableName, Name), Sql>, column: &Name) -> Option<String> {
        of.get(&(self.table.next.name.clone(), column.clone())).map(|sql| inline(sql.text()))
    }

    /// Generated columns that say something else, or stand on a column whose type changes.
    fn generated_anew(&self) -> Vec<Pair<&'a Column>> {
        let columns = self.table.next.columns.iter().filter_map(|next| {
            let generated = next.generated.as_ref()?;
            let previous = self.table.previous.column(&next.name)?;
            let differing = differing(previous, next);
            let stands_on = |name: &Name| mentions(generated.expression.text(), name.as_str());
            let otherwise = differing.generated || differing.data_type || differing.collation;
            (otherwise || self.retyped.iter().any(|retyped| stands_on(&retyped.column.next.name)))
                .then_some(Pair::new(previous, next))
        });
        columns.collect()
    }

    fn parts_without_foreign_keys(&self) -> Parts<'a> {
        let is_foreign_key = |part: &Part<'_>| matches!(part, Part::ForeignKey(_));
        let mut matched = Matched::of(self.table);
        matched.retain(|part| !is_foreign_key(&part));
        let is_disturbed = |part: Part<'_>| {
            self.retyped.iter().any(|retyped| part.mentions(&retyped.column.next.name))
                || self.anew.iter().any(|column| part.is_over(&column.next.name) || part.mentions(&column.next.name))
        };
        matched.parts(is_disturbed)
    }

    /// Notes what foreign keys must make way for.
    pub(super) fn disturb(&self, disturbed: &mut Disturbed<'a>) {
        let table = &self.table.next.name;
        let retyped = self.retyped.iter().filter(|retyped| !retyped.cast.free).map(|retyped| retyped.column.next);
        let anew = self.anew.iter().map(|column| column.next);
        disturbed.columns.extend(retyped.chain(anew).map(|column| (table, &column.name)));
        let keys = self.parts.dropped.iter().filter_map(|(part, _)| part.unique_columns());
        disturbed.keys.extend(keys.map(|columns| (table, columns.into_iter().collect())));
    }

    /// Adds what becomes of the foreign keys.
    pub(super) fn foreign_keys(&mut self, disturbed: &Disturbed<'_>) {
        let mut matched = Matched::of(self.table);
        matched.retain(|part| matches!(part, Part::ForeignKey(_)));
        let table = &self.table.next.name;
        let is_disturbed = |part: Part<'_>| {
            let Part::ForeignKey(key) = part else { return false };
            let parent = &key.referenced_table;
            key.columns.iter().any(|column| disturbed.columns.contains(&(table, column)))
                || key.referenced_columns.iter().any(|column| disturbed.columns.contains(&(parent, column)))
                || disturbed.keys.contains(&(parent, key.referenced_columns.iter().collect()))
        };
        let parts = matched.parts(is_disturbed);
        self.parts.dropped.extend(parts.dropped);
        self.parts.renamed.extend(parts.renamed);
        self.parts.added.extend(parts.added);
    }

    /// Whether anything is to be done.
    pub(super) fn is_idle(&self) -> bool {
        let Parts { dropped, renamed, added } = &self.parts;
        self.changes.is_empty()
            && self.retyped.is_empty()
            && dropped.is_empty()
            && renamed.is_empty()
            && added.is_empty()
    }

    /// Objects that PostgreSQL would not change a column under: columns whose type changes, or that are dropped and added again.
    pub(super) fn touched(&self) -> impl Iterator<Item = &'a Name> {
        let retyped = self.retyped.iter().map(|retyped| &retyped.column.next.name);
        retyped.chain(self.anew.iter().map(|column| &column.next.name))
    }

    /// Parts that go from the database without a name by which they could.
    pub(super) fn nameless(&self) -> impl Iterator<Item = Part<'a>> {
        self.parts.dropped.iter().map(|(part, _)| *part).filter(|part| part.name().is_none())
    }

    /// The foreign keys that go, before anything that they stand on.
    pub(super) fn dropped_foreign_keys(&self) -> Vec<Step> {
        self.dropped(|part| matches!(part, Part::ForeignKey(_)))
    }

    /// All else that goes.
    pub(super) fn dropped_parts(&self) -> Vec<Step> {
        // Order matters: a check or an index may be over columns of a key, never the other way round.
        let mut steps = self.dropped(|part| matches!(part, Part::Check(_) | Part::Exclusion(_) | Part::Index(_)));
        steps.extend(self.dropped(|part| matches!(part, Part::Unique(_) | Part::PrimaryKey(_))));
        steps
    }

    fn dropped(&self, which: impl Fn(Part<'_>) -> bool) -> Vec<Step> {
        let dropped = self.parts.dropped.iter().filter(|(part, _)| which(*part));
        let step = |(part, again): &(Part<'a>, bool)| {
            let told = if *again { Vec::new() } else { self.told(*part, part.dropped(&self.table.next.name)) };
            let told = if matches!(part, Part::PrimaryKey(_)) && self.table.next.primary_key.is_some() {
                Vec::new()
            } else {
                told
            };
            self.step(Operation::Change(Box::new(part.dropped(&self.table.next.name))), told, Vec::new())
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
    pub(super) fn renamed_parts(&self) -> Vec<Step> {
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

    /// Columns get their types, new ones come, and rows their values.
    pub(super) fn data(&self) -> Vec<Step> {
        let mut steps: Vec<Step> =
            self.lost_values().into_iter().map(|demand| demand.step(self.table.previous)).collect();
        // Order matters: what is computed goes before what it is computed from.
        steps.extend(self.anew.iter().map(|column| self.drop_column(column.previous, Vec::new())));
        steps.extend(self.dropped_columns(true));
        for retyped in &self.retyped {
            let before = before_retype(retyped.column);
            steps.extend(self.alter(Pair::new(retyped.column.previous, &before), Vec::new(), Vec::new()));
            let operation = Operation::Retype {
                table: self.table.next.name.clone(),
                column: Box::new(retyped.column.map(Clone::clone)),
                using: retyped.cast.using.clone(),
            };
            let hazards = if retyped.cast.free { Vec::new() } else { hazard::rewritten(&self.table.next.name) };
            steps.push(self.step(operation, self.alteration(&retyped.column.next.name), hazards));
        }
        for next in self.added_columns().filter(|column| column.generated.is_none()) {
            steps.extend(self.add_column(next));
        }
        let values = self.table.next.columns.iter().flat_map(|next| self.values(next));
        steps.extend(values.collect::<Vec<_>>());
        steps
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

    fn added_columns(&self) -> impl Iterator<Item = &'a Column> {
        self.table.next.columns.iter().filter(|column| self.table.previous.column(&column.name).is_none())
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
    pub(super) fn leaves_checks_open(&self, of_others: bool) -> bool {
        let updates = self.table.next.columns.iter().any(|next| self.values(next).is_some());
        updates && (of_others || parts(self.table.previous).into_iter().any(Part::may_wait))
    }

    /// Columns become what they are to be, and those that go, go.
    pub(super) fn shape(&self) -> Vec<Step> {
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
            steps.extend(self.alter(Pair::new(&reached, next), told, hazards));
            let counts_from_now_on = differing.identity && reached.identity.is_none();
            if counts_from_now_on || next.identity.is_some() && self.backfill(&next.name).is_some() {
                let operation = Operation::CountOn { table: table.name.clone(), column: next.name.clone() };
                steps.push(Step { operation, changes: Vec::new(), hazards: Vec::new() });
            }
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

    /// Keys, indexes, checks: all but foreign keys.
    pub(super) fn added_parts(&self) -> Vec<Step> {
        // Order matters: an index is often there for what a key does already, and reads better behind it.
        let ranks: [fn(Part<'_>) -> bool; 3] = [
            |part| matches!(part, Part::PrimaryKey(_) | Part::Unique(_)),
            |part| matches!(part, Part::Check(_) | Part::Exclusion(_)),
            |part| matches!(part, Part::Index(_)),
        ];
        ranks.into_iter().flat_map(|which| self.added(which)).collect()
    }

    /// The foreign keys that come.
    pub(super) fn added_foreign_keys(&self) -> Vec<Step> {
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
            let told = if *again { Vec::new() } else { self.told(*part, change.clone()) };
            steps.push(self.step(Operation::Change(Box::new(change)), told, hazard::of_added(*part, &table.name)));
        }
        steps
    }

    /// Whether no row that is there can break a part that comes.
    fn holds_already(&self, part: Part<'_>, again: bool) -> bool {
        let touches = |column: &Name| part.is_over(column) || part.mentions(column);
        let told = |column: &Name| self.conversion(column).is_some() || self.backfill(column).is_some();
        if again {
            return !self.table.next.columns.iter().any(|column| touches(&column.name) && told(&column.name));
        }
        match part {
            Part::Check(check) => {
                let alone = self.added_columns().any(|added| {
                    let mut names = self.table.next.columns.iter().filter(|column| touches(&column.name));
                    names.all(|column| column.name == added.name)
                        && touches(&added.name)
                        && self.passes_by_default(added, check)
                });
                let value = self.table.next.columns.iter().find(|column| touches(&column.name));
                let value =
                    value.map(|column| self.conversion(&column.name).unwrap_or_else(|| identifier(&column.name)));
                alone || value.is_some_and(|value| lets_pass(&self.table.previous.checks, check, &value))
            }
            Part::ForeignKey(_) => self.is_left_null(part),
            Part::PrimaryKey(_) | Part::Unique(_) | Part::Index(_) => self.was_unique(part) || self.is_left_null(part),
            Part::Exclusion(_) => true,
        }
    }

    /// Whether the rows that are there hold NULL, or a default that the check lists, in a new column.
    fn passes_by_default(&self, added: &Column, check: &crate::schema::Check) -> bool {
        match &added.default {
            _ if self.backfill(&added.name).is_some() => false,
            Some(DefaultValue::Sql(default)) => crate::diff::listed(&check.expression)
                .is_some_and(|(_, values)| values.iter().any(|value| value == default.text())),
            Some(_) | None => true,
        }
    }

    /// Whether rows hold NULL in one of its columns, so that none has a key.
    fn is_left_null(&self, part: Part<'_>) -> bool {
        self.added_columns().any(|added| {
            let stays_null = added.nullable && added.default.is_none() && self.backfill(&added.name).is_none();
            part.is_over(&added.name) && stays_null
        })
    }

    /// Whether no two rows had the same values in some of its columns.
    fn was_unique(&self, part: Part<'_>) -> bool {
        let counts = self.added_columns().any(|added| part.is_over(&added.name) && added.identity.is_some());
        let Some(columns) = part.unique_columns() else { return false };
        let is_kept = |name: &Name| {
            let ends = self.table.previous.column(name).zip(self.table.next.column(name));
            let stays = ends.is_some_and(|(previous, next)| {
                next.generated.is_none() && demand::compares_as_before(Pair::new(previous, next))
            });
            stays && self.conversion(name).is_none() && self.backfill(name).is_none()
        };
        let former = parts(self.table.previous).into_iter().filter_map(Part::unique_columns);
        counts
            || former.into_iter().any(|former| former.iter().all(|column| columns.contains(column) && is_kept(column)))
    }

    /// A column as it is when rows have their values.
    fn reached(&self, next: &Column) -> Column {
        if let Some(retyped) = self.retyped.iter().find(|retyped| retyped.column.next.name == next.name) {
            let (data_type, collation) = (next.data_type.clone(), next.collation.clone());
            return Column { data_type, collation, ..before_retype(retyped.column) };
        }
        match self.table.previous.column(&next.name) {
            Some(previous) => previous.clone(),
            None if self.backfill(&next.name).is_some() && next.identity.is_none() => {
                Column { nullable: true, default: None, ..next.clone() }
            }
            None => next.clone(),
        }
    }

    /// The alteration of a column, if one differs.
    fn alteration(&self, name: &Name) -> Vec<Change> {
        let of_it =
            |change: &&&Change| matches!(change, Change::AlterColumn { column, .. } if column.next.name == *name);
        self.changes.iter().filter(of_it).map(|change| (*change).clone()).collect()
    }

    fn alter(&self, column: Pair<&Column>, told: Vec<Change>, hazards: Vec<Hazard>) -> Option<Step> {
        if differing(column.previous, column.next) == Differing::default() {
            return None;
        }
        let change = Change::AlterColumn { table: self.table.next.name.clone(), column: column.map(Clone::clone) };
        Some(self.step(Operation::Change(Box::new(change)), told, hazards))
    }

    fn step(&self, operation: Operation, told: Vec<Change>, mut hazards: Vec<Hazard>) -> Step {
        hazards.extend(told.iter().flat_map(|change| shared::of(change, self.table)));
        Step { operation, changes: told, hazards }
    }
}

/// A column without what a cast of its type would stumble over: its default is of the former type, and only whole numbers count.
fn before_retype(column: Pair<&Column>) -> Column {
    let Pair { previous, next } = column;
    let keeps_default = same_type(&previous.data_type, &next.data_type) && previous.data_type == next.data_type;
    let is_enum = !matches!(next.data_type, Type::Sql(_));
    Column {
        default: previous.default.clone().filter(|_| keeps_default && !is_enum),
        identity: previous.identity.filter(|_| next.identity.is_some()),
        generated: previous.generated.clone().filter(|_| next.generated.is_some()),
        ..previous.clone()
    }
}

/// A literal becomes a value of an enum by itself, an expression does not.
fn as_value_of(data_type: &Type, value: String) -> String {
    let is_enum = !matches!(data_type, Type::Sql(_));
    if is_enum && !is_constant(&value) { cast::through_text(&format!("({value})"), data_type) } else { value }
}

/// Which part is which at both ends.
struct Matched<'a> {
    kept: Vec<Pair<Part<'a>>>,
    dropped: Vec<Part<'a>>,
    added: Vec<Part<'a>>,
}

impl<'a> Matched<'a> {
    fn of(table: Pair<&'a Table>) -> Self {
        let kept = kept(table);
        let is_there = |part: &Part<'a>, end: fn(&Pair<Part<'a>>) -> Part<'a>| {
            kept.iter().any(|pair| same_reference(end(pair), *part))
        };
        let dropped = parts(table.previous).into_iter().filter(|part| !is_there(part, |pair| pair.previous)).collect();
        let added = parts(table.next).into_iter().filter(|part| !is_there(part, |pair| pair.next)).collect();
        Self { kept, dropped, added }
    }

    fn retain(&mut self, which: impl Fn(Part<'a>) -> bool) {
        self.kept.retain(|part| which(part.next));
        self.dropped.retain(|part| which(*part));
        self.added.retain(|part| which(*part));
    }

    /// What is to be done. One that says the same under another name is renamed, unless something stays that bears the name.
    fn parts(self, is_disturbed: impl Fn(Part<'_>) -> bool) -> Parts<'a> {
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
