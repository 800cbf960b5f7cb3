//! What is known to hold of the rows that are there, so that nothing is asked of them.

use super::Altered;
use crate::diff::listed;
use crate::pair::Pair;
use crate::plan::demand::listed::lets_pass;
use crate::plan::postgres::demand;
use crate::plan::postgres::part::{Part, parts};
use crate::render::quote::identifier;
use crate::schema::{Check, Column, DefaultValue, ForeignKey, Name};

impl Altered<'_> {
    /// Whether no row that is there can break a part that comes.
    pub(super) fn holds_already(&self, part: Part<'_>, again: bool) -> bool {
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
            Part::ForeignKey(key) => self.is_left_null(part) || self.was_enforced(key),
            Part::PrimaryKey(_) | Part::Unique(_) | Part::Index(_) => self.was_unique(part) || self.is_left_null(part),
            Part::Exclusion(_) => true,
        }
    }

    /// Whether the rows that are there hold NULL, or a default that the check lists, in a new column.
    fn passes_by_default(&self, added: &Column, check: &Check) -> bool {
        match &added.default {
            _ if self.backfill(&added.name).is_some() => false,
            Some(DefaultValue::Sql(default)) => {
                listed(&check.expression).is_some_and(|(_, values)| values.iter().any(|value| value == default.text()))
            }
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

    /// Whether a key between the same columns was there, but for what happens when the other row goes, and when it is checked.
    fn was_enforced(&self, key: &ForeignKey) -> bool {
        let same_ends = |former: &&ForeignKey| {
            former.referenced_table == key.referenced_table
                && former.columns == key.columns
                && former.referenced_columns == key.referenced_columns
        };
        let told = |column: &Name| self.conversion(column).is_some() || self.backfill(column).is_some();
        let mut formers = self.table.previous.foreign_keys.iter().filter(same_ends);
        formers.next().is_some() && !key.columns.iter().any(told)
    }
}
