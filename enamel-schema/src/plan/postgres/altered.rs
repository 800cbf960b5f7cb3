//! What is to be done to one table that is there before and after, renames apart.

mod certain;
mod columns;
mod parts;
mod serial;

use super::cast::{self, Cast};
use super::enumeration::Enumerations;
use super::part::Part;
use crate::change::Change;
use crate::diagnostic::{Diagnostic, Subject};
use crate::diff::differing;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::plan::object::Object;
use crate::plan::work::inline;
use crate::plan::{Hazard, Operation, Step, hazard as shared};
use crate::render::quote::identifier;
use crate::schema::{Column, ForeignKey, IndexKey, Name, Schema, Sql, Table, TableName, Type};
use crate::split::mentions;
use parts::{Matched, Parts};
use serial::Serial;
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
    serials: Vec<Serial>,
}

/// What a table is altered amid.
#[derive(Clone, Copy)]
pub(super) struct Around<'a, 'p> {
    /// The whole, the previous one after all renames.
    pub(super) schemas: Pair<&'p Schema>,
    pub(super) edits: &'a Edits,
    pub(super) enumerations: &'p Enumerations<'a>,
    /// The sequences of `serial` columns, among other things.
    pub(super) others: &'p [Object],
}

/// A column whose values become those of another type, or sort in another way.
struct Retyped<'a> {
    column: Pair<&'a Column>,
    cast: Cast,
    /// Whether the user says what becomes of the values.
    is_told: bool,
}

/// The columns, by table, whose values change so that a foreign key over them must be made again, and the keys that go.
#[derive(Default)]
pub(super) struct Disturbed<'a> {
    columns: BTreeSet<(&'a TableName, &'a Name)>,
    keys: BTreeSet<(&'a TableName, BTreeSet<&'a Name>)>,
}

impl Disturbed<'_> {
    /// Whether what a foreign key refers to goes, or changes.
    pub(super) fn disturbs_parent_of(&self, key: &ForeignKey) -> bool {
        let parent = &key.referenced_table;
        key.referenced_columns.iter().any(|column| self.columns.contains(&(parent, column)))
            || self.keys.contains(&(parent, key.referenced_columns.iter().collect()))
    }
}

impl<'a> Altered<'a> {
    /// What becomes of the columns.
    ///
    /// # Errors
    ///
    /// A type of which only the user knows how its values become those of the next.
    pub(super) fn of(
        table: Pair<&'a Table>,
        changes: &[&'a Change],
        around: Around<'a, '_>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let Around { schemas, edits, enumerations, others } = around;
        let is_rename = |change: &Change| matches!(change, Change::RenameTable(_) | Change::RenameColumn { .. });
        let changes = changes.iter().copied().filter(|change| !is_rename(change)).collect();
        let (retyped, anew, parts) = (Vec::new(), Vec::new(), Parts::default());
        let serials = Serial::all(table.next, others);
        let mut altered = Self { table, changes, edits, retyped, anew, parts, serials };
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
        let example = cast::example(column);
        Diagnostic::error(format!("PostgreSQL is not told how {previous} becomes {next}"))
            .about(subject)
            .with_hint(format!("say it at the field, such as `using = '{example}'`"))
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
            self.retyped
                .iter()
                .any(|retyped| part.mentions(&retyped.column.next.name) || has_order_of_its_own(part, retyped))
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
            key.columns.iter().any(|column| disturbed.columns.contains(&(table, column)))
                || disturbed.disturbs_parent_of(key)
        };
        let parts = matched.parts(is_disturbed);
        self.parts.dropped.extend(parts.dropped);
        self.parts.renamed.extend(parts.renamed);
        self.parts.deferred.extend(parts.deferred);
        self.parts.added.extend(parts.added);
    }

    /// Whether anything is to be done.
    pub(super) fn is_idle(&self) -> bool {
        let Parts { dropped, renamed, deferred, added } = &self.parts;
        self.changes.is_empty()
            && self.retyped.is_empty()
            && dropped.is_empty()
            && renamed.is_empty()
            && deferred.is_empty()
            && added.is_empty()
    }

    /// Objects that PostgreSQL would not change a column under: columns whose type changes, or that are dropped and added again.
    pub(super) fn touched(&self) -> impl Iterator<Item = &'a Name> {
        let retyped = self.retyped.iter().map(|retyped| &retyped.column.next.name);
        retyped.chain(self.anew.iter().map(|column| &column.next.name))
    }

    /// The names of columns and parts that go only to come again.
    pub(super) fn made_again(&self) -> impl Iterator<Item = &Name> {
        let comes = |name: &Name| self.parts.added.iter().any(|(part, again)| *again && part.name() == Some(name));
        let parts = self.parts.dropped.iter().filter(|(_, again)| *again).filter_map(|(part, _)| part.name());
        parts.filter(move |name| comes(name)).chain(self.anew.iter().map(|column| &column.next.name))
    }

    /// Parts that go from the database without a name by which they could.
    pub(super) fn nameless(&self) -> impl Iterator<Item = Part<'a>> {
        self.parts.dropped.iter().map(|(part, _)| *part).filter(|part| part.name().is_none())
    }
    fn added_columns(&self) -> impl Iterator<Item = &'a Column> {
        self.table.next.columns.iter().filter(|column| self.table.previous.column(&column.name).is_none())
    }

    /// The alteration of a column, if one differs.
    fn alteration(&self, name: &Name) -> Vec<Change> {
        let of_it =
            |change: &&&Change| matches!(change, Change::AlterColumn { column, .. } if column.next.name == *name);
        self.changes.iter().filter(of_it).map(|change| (*change).clone()).collect()
    }

    fn step(&self, operation: Operation, told: Vec<Change>, mut hazards: Vec<Hazard>) -> Step {
        hazards.extend(told.iter().flat_map(|change| shared::of(change, Some(self.table))));
        Step { operation, changes: told, hazards }
    }
}

/// Whether an index sorts a column in an order of its own, which PostgreSQL takes for the column's if they are the same for a while.
fn has_order_of_its_own(part: Part<'_>, retyped: &Retyped<'_>) -> bool {
    let Part::Index(index) = part else { return false };
    index.parts.iter().any(|part| {
        let is_column = matches!(&part.key, IndexKey::Column(name) if *name == retyped.column.next.name);
        is_column && (part.collation.is_some() || part.operator_class.is_some())
    })
}
