//! Keys, indexes and checks, once the columns that they name are known.

use super::{Resolver, Shape, Shaped};
use crate::parse::constraint::{RawCheck, RawUnique};
use crate::parse::index::{RawIndex, RawIndexKey};
use crate::parse::keys::did_you_mean;
use crate::parse::model::RawModel;
use crate::parse::spot::{Finding, Given};
use crate::schema::{
    Check, ConstraintName, Exclusion, Identity, Index, IndexKey, IndexPart, Name, PrimaryKey, Sql, Table, TableOptions,
    Type, Unique,
};
use std::ops::Range;

/// A struct inside of a table: its model, and where its columns are.
type Scope = (usize, Range<usize>);

impl Resolver<'_> {
    /// A table with all but its foreign keys.
    pub(super) fn table(&mut self, model: &RawModel, shape: &Shape<'_>) -> Table {
        let attributes = &model.attributes;
        let mut table = Table::new(shape.name.clone());
        table.columns = shape.columns.iter().map(|shaped| shaped.column.clone()).collect();
        table.primary_key = self.primary_key(model, shape);
        self.count_up(model, shape, &mut table);
        for scope in &shape.scopes {
            self.struct_constraints(scope, shape, &mut table);
        }
        for (position, shaped) in shape.columns.iter().enumerate() {
            self.field_constraints(position, shaped, shape, &mut table);
        }
        table.exclusions = attributes
            .exclusions
            .iter()
            .map(|(name, definition)| Exclusion { name: stated(name.as_ref()), definition: definition.clone() })
            .collect();
        table.options = TableOptions {
            strict: attributes.strict,
            without_rowid: attributes.without_rowid.is_some(),
            unlogged: attributes.unlogged,
            engine: attributes.engine.clone(),
            charset: attributes.charset.clone(),
            collation: attributes.collation.clone(),
        };
        table.comment = attributes.comment.clone();
        if table.comment.is_none() && self.types.settings.doc_comments {
            table.comment = model.doc.clone();
        }
        table
    }

    /// The key that the struct states, else the fields that are marked.
    fn primary_key(&mut self, model: &RawModel, shape: &Shape<'_>) -> Option<PrimaryKey> {
        let marked = || shape.columns.iter().filter(|shaped| shaped.field.attributes.primary_key.is_some());
        let Some(stated_key) = &model.attributes.primary_key else {
            let columns: Vec<Name> = marked().map(|shaped| shaped.column.name.clone()).collect();
            return (!columns.is_empty()).then_some(PrimaryKey { name: ConstraintName::Unnamed, columns });
        };
        let columns = self.columns(&stated_key.columns, &shape.scopes[0], shape);
        for shaped in marked().filter(|shaped| !columns.contains(&shaped.column.name)) {
            if let Some(spot) = shaped.field.attributes.primary_key {
                let message = format!("`{}` is not in the struct's `primary_key(…)`", shaped.field.name);
                self.findings.push(
                    Finding::error(spot, message)
                        .with_note(format!("that is at {}", stated_key.spot.place(self.files)))
                        .with_hint("say the key once: on the struct, or on its fields"),
                );
            }
        }
        Some(PrimaryKey { name: stated(stated_key.name.as_ref()), columns })
    }

    /// A key's columns hold no NULL, and a lone integer key counts up by itself: unless it refers to another table, has a value of
    /// its own, or the table has no row numbers to count.
    fn count_up(&mut self, model: &RawModel, shape: &Shape<'_>, table: &mut Table) {
        let Some(key) = &table.primary_key else { return };
        let lone = key.columns.len() == 1;
        for (shaped, column) in shape.columns.iter().zip(&mut table.columns) {
            if !key.columns.contains(&column.name) {
                continue;
            }
            column.nullable = false;
            let attributes = &shaped.field.attributes;
            let refers = attributes.references.is_some()
                || model.attributes.foreign_keys.iter().any(|foreign| {
                    foreign
                        .columns
                        .iter()
                        .any(|given| given.value == shaped.field.name || given.value == column.name.as_str())
                });
            let by_itself = lone
                && shaped.known
                && matches!(column.data_type, Type::Integer(_))
                && attributes.auto_increment.is_none()
                && attributes.default.is_none()
                && attributes.default_sql.is_none()
                && column.generated.is_none()
                && !refers
                && model.attributes.without_rowid.is_none();
            if by_itself && column.identity.is_none() {
                column.identity = Some(Identity::default());
            }
        }
    }

    fn struct_constraints(&mut self, scope: &Scope, shape: &Shape<'_>, table: &mut Table) {
        let Some((_, model)) = self.types.definitions.models.get(scope.0) else { return };
        for raw in &model.attributes.uniques {
            let columns = self.columns(&raw.columns, scope, shape);
            table.uniques.push(unique(raw, columns));
        }
        for raw in &model.attributes.indexes {
            let index = self.index(raw, None, scope, shape);
            table.indexes.push(index);
        }
        table.checks.extend(model.attributes.checks.iter().map(check));
    }

    fn field_constraints(&mut self, position: usize, shaped: &Shaped<'_>, shape: &Shape<'_>, table: &mut Table) {
        let own = || vec![shaped.column.name.clone()];
        // A struct may be flattened twice: it is the scope around this very column that counts.
        let around = |scope: &&Scope| scope.0 == shaped.owner && scope.1.contains(&position);
        let scope = shape.scopes.iter().find(around).unwrap_or(&shape.scopes[0]);
        for raw in &shaped.field.attributes.uniques {
            let columns = match raw.columns.is_empty() {
                true => own(),
                false => self.columns(&raw.columns, scope, shape),
            };
            let mut unique = unique(raw, columns);
            // `unique, deferrable` without a reference speaks of the one constraint there is.
            if let (Some(given), None) = (&shaped.field.attributes.deferrable, &shaped.field.attributes.references) {
                unique.deferrable = unique.deferrable.max(given.value);
            }
            table.uniques.push(unique);
        }
        for raw in &shaped.field.attributes.indexes {
            let mut index = self.index(raw, Some(&shaped.column.name), scope, shape);
            if index.parts.is_empty() {
                index.parts.extend(own().into_iter().map(IndexPart::column));
            }
            table.indexes.push(index);
        }
        table.checks.extend(shaped.field.attributes.checks.iter().map(check));
    }

    fn index(&mut self, raw: &RawIndex, own: Option<&Name>, scope: &Scope, shape: &Shape<'_>) -> Index {
        let mut parts = Vec::new();
        for part in &raw.parts {
            let key = match &part.key.value {
                RawIndexKey::Own => own.cloned().map(IndexKey::Column),
                RawIndexKey::Column(name) => {
                    let given = Given::new(name.clone(), part.key.spot);
                    self.columns(&[given], scope, shape).into_iter().next().map(IndexKey::Column)
                }
                // A column in quotes is a column; anything else in quotes is an expression.
                RawIndexKey::Text(text) => Some(match shape.find(scope, text) {
                    Some(shaped) => IndexKey::Column(shaped.column.name.clone()),
                    None => IndexKey::Expression(Sql::new(text.clone())),
                }),
            };
            parts.extend(key.map(|key| IndexPart {
                key,
                descending: part.descending,
                nulls: part.nulls,
                collation: part.collation.clone(),
                operator_class: part.operator_class.clone(),
            }));
        }
        Index {
            name: stated(raw.name.as_ref()),
            unique: raw.unique,
            parts,
            condition: raw.condition.clone(),
            method: raw.method.clone(),
            include: self.columns(&raw.include, scope, shape),
            with: raw.with.clone(),
            nulls_not_distinct: raw.nulls_not_distinct,
        }
    }

    /// The columns that names mean; an error for each that means none, or that comes twice.
    pub(super) fn columns(&mut self, names: &[Given<String>], scope: &Scope, shape: &Shape<'_>) -> Vec<Name> {
        let mut columns: Vec<Name> = Vec::new();
        for given in names {
            match shape.find(scope, &given.value) {
                Some(shaped) if columns.contains(&shaped.column.name) => {
                    self.say(Finding::error(given.spot, format!("`{}` is listed twice", given.value)));
                }
                Some(shaped) => columns.push(shaped.column.name.clone()),
                None => {
                    let hint = did_you_mean(&given.value, "its columns are", shape.names(scope));
                    let message = format!("table `{}` has no column `{}`", shape.name, given.value);
                    self.say(Finding::error(given.spot, message).with_hints(hint));
                }
            }
        }
        columns
    }
}

fn unique(raw: &RawUnique, columns: Vec<Name>) -> Unique {
    Unique {
        name: stated(raw.name.as_ref()),
        columns,
        nulls_not_distinct: raw.nulls_not_distinct,
        deferrable: raw.deferrable,
    }
}

fn check(raw: &RawCheck) -> Check {
    Check { name: stated(raw.name.as_ref()), expression: raw.expression.clone() }
}

/// The name that a model states.
pub(super) fn stated(name: Option<&Given<String>>) -> ConstraintName {
    match name.and_then(|given| Name::new(given.value.clone()).ok()) {
        Some(name) => ConstraintName::Stated(name),
        None => ConstraintName::Unnamed,
    }
}
