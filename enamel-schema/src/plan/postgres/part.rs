//! What stands on the columns of a table: keys, indexes, constraints, all treated alike.

use crate::Dialect;
use crate::change::Change;
use crate::diff::{
    counterparts, same_check, same_exclusion, same_foreign_key, same_index, same_primary_key, same_unique,
};
use crate::pair::Pair;
use crate::schema::{
    Check, ConstraintName, Deferrable, Exclusion, ForeignKey, Index, IndexKey, Name, PrimaryKey, Sql, Table, TableName,
    Unique,
};
use crate::split::{mentions, tokens};

/// Something that stands on columns of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    PrimaryKey(&'a PrimaryKey),
    Unique(&'a Unique),
    Index(&'a Index),
    ForeignKey(&'a ForeignKey),
    Check(&'a Check),
    Exclusion(&'a Exclusion),
}

impl<'a> Part<'a> {
    pub(super) fn name(self) -> Option<&'a Name> {
        let name: &ConstraintName = match self {
            Part::PrimaryKey(key) => &key.name,
            Part::Unique(unique) => &unique.name,
            Part::Index(index) => &index.name,
            Part::ForeignKey(key) => &key.name,
            Part::Check(check) => &check.name,
            Part::Exclusion(exclusion) => &exclusion.name,
        };
        name.name()
    }

    /// Whether two say the same, whatever they are called.
    pub(super) fn same_shape(self, other: Part<'_>) -> bool {
        match (self, other) {
            (Part::PrimaryKey(one), Part::PrimaryKey(other)) => one.columns == other.columns,
            (Part::Unique(one), Part::Unique(other)) => same_unique(one, other),
            (Part::Index(one), Part::Index(other)) => same_index(one, other),
            (Part::ForeignKey(one), Part::ForeignKey(other)) => same_foreign_key(one, other),
            (Part::Check(one), Part::Check(other)) => same_check(one, other),
            (Part::Exclusion(one), Part::Exclusion(other)) => same_exclusion(one, other),
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

    /// The change that takes it from its table.
    pub(super) fn dropped(self, table: &TableName) -> Change {
        let table = table.clone();
        match self {
            Part::PrimaryKey(key) => Change::AlterPrimaryKey { table, primary_key: Pair::new(Some(key.clone()), None) },
            Part::Unique(unique) => Change::DropUnique { table, unique: unique.clone() },
            Part::Index(index) => Change::DropIndex { table, index: index.clone() },
            Part::ForeignKey(key) => Change::DropForeignKey { table, foreign_key: key.clone() },
            Part::Check(check) => Change::DropCheck { table, check: check.clone() },
            Part::Exclusion(exclusion) => Change::DropExclusion { table, exclusion: exclusion.clone() },
        }
    }

    /// The change that brings it to its table.
    pub(super) fn added(self, table: &TableName) -> Change {
        self.dropped(table).reverse()
    }

    /// Whether it is over this column as it is, so that it goes when the column goes.
    pub(super) fn is_over(self, column: &Name) -> bool {
        match self {
            Part::PrimaryKey(key) => key.columns.contains(column),
            Part::Unique(unique) => unique.columns.contains(column),
            Part::ForeignKey(key) => key.columns.contains(column),
            Part::Index(index) => {
                let is_column = |key: &IndexKey| matches!(key, IndexKey::Column(name) if name == column);
                index.parts.iter().any(|part| is_column(&part.key)) || index.include.contains(column)
            }
            Part::Check(_) | Part::Exclusion(_) => false,
        }
    }

    /// Whether an expression of it mentions this column. Where PostgreSQL prints such an expression after the type of the column has changed, it
    /// is another one.
    pub(super) fn mentions(self, column: &Name) -> bool {
        let mentioned = |sql: &Sql| mentions(sql.text(), column.as_str());
        match self {
            Part::PrimaryKey(_) | Part::Unique(_) | Part::ForeignKey(_) => false,
            Part::Index(index) => {
                let in_key = |key: &IndexKey| matches!(key, IndexKey::Expression(sql) if mentioned(sql));
                index.condition.as_ref().is_some_and(mentioned) || index.parts.iter().any(|part| in_key(&part.key))
            }
            Part::Check(check) => mentioned(&check.expression),
            Part::Exclusion(exclusion) => mentioned(&exclusion.definition),
        }
    }

    /// The columns that a foreign key may refer to because of it.
    pub(super) fn unique_columns(self) -> Option<Vec<&'a Name>> {
        match self {
            Part::PrimaryKey(key) => Some(key.columns.iter().collect()),
            Part::Unique(unique) => Some(unique.columns.iter().collect()),
            Part::Index(index) if index.unique && index.condition.is_none() => index
                .parts
                .iter()
                .map(|part| if let IndexKey::Column(name) = &part.key { Some(name) } else { None })
                .collect(),
            Part::Index(_) | Part::ForeignKey(_) | Part::Check(_) | Part::Exclusion(_) => None,
        }
    }

    /// Whether it may be checked only when the transaction commits.
    pub(super) fn may_wait(self) -> bool {
        match self {
            Part::Unique(unique) => unique.deferrable != Deferrable::No,
            Part::ForeignKey(key) => key.deferrable != Deferrable::No,
            Part::Exclusion(exclusion) => {
                tokens(exclusion.definition.text(), Dialect::Postgres).iter().any(|token| token.is_word("DEFERRABLE"))
            }
            Part::PrimaryKey(_) | Part::Index(_) | Part::Check(_) => false,
        }
    }

    /// `foreign key fk_books_author_id`
    pub(super) fn title(self) -> String {
        let kind = match self {
            Part::PrimaryKey(_) => "primary key",
            Part::Unique(_) => "unique constraint",
            Part::Index(_) => "index",
            Part::ForeignKey(_) => "foreign key",
            Part::Check(_) => "check",
            Part::Exclusion(_) => "exclusion constraint",
        };
        self.name().map_or_else(|| kind.to_owned(), |name| format!("{kind} {name}"))
    }
}

/// All that stands on the columns of a table.
pub(super) fn parts(table: &Table) -> Vec<Part<'_>> {
    let keys = table.primary_key.iter().map(Part::PrimaryKey).chain(table.uniques.iter().map(Part::Unique));
    let checks = table.checks.iter().map(Part::Check).chain(table.exclusions.iter().map(Part::Exclusion));
    let rest = table.indexes.iter().map(Part::Index).chain(table.foreign_keys.iter().map(Part::ForeignKey));
    keys.chain(checks).chain(rest).collect()
}

/// Those that are there before and after, as `diff` finds them.
pub(super) fn kept<'a>(table: Pair<&'a Table>) -> Vec<Pair<Part<'a>>> {
    let Pair { previous, next } = table;
    let mut kept = Vec::new();
    if let (Some(one), Some(other)) = (&previous.primary_key, &next.primary_key)
        && same_primary_key(Some(one), Some(other))
    {
        kept.push(Pair::new(Part::PrimaryKey(one), Part::PrimaryKey(other)));
    }
    fn pairs<'a, T>(
        previous: &'a [T],
        next: &'a [T],
        name: impl Fn(&T) -> &ConstraintName,
        same: impl Fn(&T, &T) -> bool,
        part: fn(&'a T) -> Part<'a>,
    ) -> Vec<Pair<Part<'a>>> {
        let counterparts = counterparts(previous, next, name, same);
        let pairs = next.iter().zip(counterparts);
        pairs.filter_map(|(next, position)| Some(Pair::new(part(&previous[position?]), part(next)))).collect()
    }
    kept.extend(pairs(&previous.uniques, &next.uniques, |item| &item.name, same_unique, Part::Unique));
    kept.extend(pairs(&previous.checks, &next.checks, |item| &item.name, same_check, Part::Check));
    kept.extend(pairs(&previous.exclusions, &next.exclusions, |item| &item.name, same_exclusion, Part::Exclusion));
    kept.extend(pairs(&previous.indexes, &next.indexes, |item| &item.name, same_index, Part::Index));
    kept.extend(pairs(
        &previous.foreign_keys,
        &next.foreign_keys,
        |item| &item.name,
        same_foreign_key,
        Part::ForeignKey,
    ));
    kept
}
