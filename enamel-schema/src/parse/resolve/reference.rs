//! Foreign keys, once all tables are known.

use super::constraint::stated;
use super::default::described;
use super::{Resolver, Shape, Shaped};
use crate::parse::definitions::Lookup;
use crate::parse::foreign_key::{RawForeignKey, Target};
use crate::parse::keys::did_you_mean;
use crate::parse::spot::{Finding, Given};
use crate::schema::{Action, ForeignKey, IndexKey, Name, Table, TableName, Type};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A foreign key whose columns here are known.
struct Half<'a> {
    raw: &'a RawForeignKey,
    target: &'a Given<Target>,
    columns: Vec<&'a Shaped<'a>>,
    module: Rc<str>,
}

impl Resolver<'_> {
    /// The foreign keys of a table: those of the struct, then those of its fields.
    pub(super) fn foreign_keys(
        &mut self,
        shape: &Shape<'_>,
        shapes: &BTreeMap<usize, Shape<'_>>,
        tables: &BTreeMap<usize, Table>,
    ) -> Vec<ForeignKey> {
        let mut halves = Vec::new();
        for scope in &shape.scopes {
            let Some((module, model)) = self.types.definitions.models.get(scope.0) else { continue };
            for raw in &model.attributes.foreign_keys {
                let Some(target) = &raw.target else { continue };
                let names = self.columns(&raw.columns, scope, shape);
                let columns: Vec<&Shaped<'_>> = names
                    .iter()
                    .filter_map(|name| shape.columns.iter().find(|shaped| shaped.column.name == *name))
                    .collect();
                if columns.len() == raw.columns.len() {
                    halves.push(Half { raw, target, columns, module: module.clone() });
                }
            }
        }
        for shaped in &shape.columns {
            if let Some(raw) = &shaped.field.attributes.references
                && let Some(target) = &raw.target
            {
                halves.push(Half { raw, target, columns: vec![shaped], module: shaped.module.clone() });
            }
        }
        halves.iter().filter_map(|half| self.foreign_key(half, shape, shapes, tables)).collect()
    }

    fn foreign_key(
        &mut self,
        half: &Half<'_>,
        shape: &Shape<'_>,
        shapes: &BTreeMap<usize, Shape<'_>>,
        tables: &BTreeMap<usize, Table>,
    ) -> Option<ForeignKey> {
        let (referenced_table, referenced_columns) = self.referenced(half, shape, shapes, tables)?;
        if half.columns.len() != referenced_columns.len() {
            let (here, there) = (counted(half.columns.len()), counted(referenced_columns.len()));
            self.say(Finding::error(half.target.spot, format!("{here} cannot refer to {there}")));
            return None;
        }
        let raw = half.raw;
        // What stands beside `references` on a field counts as if it stood inside of it.
        let beside = match half.columns.as_slice() {
            [shaped] if raw.columns.is_empty() => Some(&shaped.field.attributes),
            _ => None,
        };
        let on_delete = raw.on_delete.as_ref().or(beside.and_then(|field| field.on_delete.as_ref()));
        let on_update = raw.on_update.as_ref().or(beside.and_then(|field| field.on_update.as_ref()));
        let deferrable =
            beside.and_then(|field| field.deferrable.as_ref()).map(|given| given.value).unwrap_or_default();
        for given in on_delete.into_iter().chain(on_update).filter(|given| given.value == Action::SetNull) {
            if !half.columns.iter().any(|shaped| shaped.column.nullable) {
                self.say(
                    Finding::warning(
                        given.spot,
                        "`set_null` on a column that holds no NULL: deleting what it refers to will fail",
                    )
                    .with_hint("make the field an `Option`, or choose another action"),
                );
            }
        }
        Some(ForeignKey {
            name: stated(raw.name.as_ref()),
            columns: half.columns.iter().map(|shaped| shaped.column.name.clone()).collect(),
            referenced_table,
            referenced_columns,
            on_delete: on_delete.map(|given| given.value).unwrap_or_default(),
            on_update: on_update.map(|given| given.value).unwrap_or_default(),
            deferrable: raw.deferrable.max(deferrable),
        })
    }

    /// The table and columns there, `None` when an error was said.
    fn referenced(
        &mut self,
        half: &Half<'_>,
        shape: &Shape<'_>,
        shapes: &BTreeMap<usize, Shape<'_>>,
        tables: &BTreeMap<usize, Table>,
    ) -> Option<(TableName, Vec<Name>)> {
        let spot = half.target.spot;
        match &half.target.value {
            Target::Model { path, columns, .. } => {
                let own = matches!(path.as_slice(), [name] if name == "Self");
                let index = if own { shape.scopes.first()?.0 } else { self.referenced_model(path, half)? };
                let (there, table) = (shapes.get(&index)?, tables.get(&index)?);
                let referenced = match columns.as_slice() {
                    [] => self.key_of(table, half)?,
                    columns => self.columns(columns, there.scopes.first()?, there),
                };
                if !columns.is_empty() && referenced.len() != columns.len() {
                    return None;
                }
                self.hold_against(half, &referenced, there, table);
                Some((there.name.clone(), referenced))
            }
            Target::Table { schema, table, columns } => {
                let schema = schema.as_ref().map(|schema| Name::new(schema.clone())).transpose().ok()?;
                let name = TableName { schema, name: Name::new(table.clone()).ok()? };
                let Some((index, there)) = shapes.iter().find(|(_, there)| there.name == name) else {
                    let message = format!("no model is table `{name}`; the reference is taken as it is");
                    self.say(Finding::note(spot, message));
                    let columns = columns.iter().filter_map(|column| Name::new(column.clone()).ok()).collect();
                    return Some((name, columns));
                };
                let given: Vec<Given<String>> = columns.iter().map(|column| Given::new(column.clone(), spot)).collect();
                let referenced = self.columns(&given, there.scopes.first()?, there);
                if referenced.len() != columns.len() {
                    return None;
                }
                self.hold_against(half, &referenced, there, tables.get(index)?);
                Some((name, referenced))
            }
        }
    }

    fn referenced_model(&mut self, path: &[String], half: &Half<'_>) -> Option<usize> {
        let written = path.join("::");
        let name = path.last().map_or("", String::as_str);
        let spot = half.target.spot;
        if self.types.definitions.is_broken(path, &half.module) {
            return None;
        }
        let models = &self.types.definitions.models;
        let is_table = |index: &usize| models.get(*index).is_some_and(|(_, model)| model.is_table);
        let finding = match self.types.definitions.lookup_table(path, &half.module) {
            Lookup::One(definition) => match definition.model().filter(is_table) {
                Some(index) => return Some(index),
                None => Finding::error(spot, format!("`{written}` does not derive `Table`"))
                    .with_hint("a reference leads to a model, or to a table by its name: `references = \"users(id)\"`"),
            },
            Lookup::Several(one, two) => Finding::error(spot, format!("there are two types `{name}`"))
                .with_note(format!("one is at {}", one.spot.place(self.files)))
                .with_note(format!("one is at {}", two.spot.place(self.files)))
                .with_hint(format!("say which by its module: `module::{name}`")),
            Lookup::Nothing => Finding::error(spot, format!("there is no model `{written}`"))
                .with_hints(did_you_mean(name, "the models are", self.types.definitions.model_names()))
                .with_hint("a table without a model is named as text: `references = \"users(id)\"`"),
        };
        self.say(finding);
        None
    }

    /// The primary key of a table that is referred to without columns.
    fn key_of(&mut self, table: &Table, half: &Half<'_>) -> Option<Vec<Name>> {
        let columns = table.primary_key.as_ref().map(|key| key.columns.clone());
        if columns.is_none() {
            self.say(
                Finding::error(half.target.spot, format!("table `{}` has no primary key", table.name))
                    .with_hint("say which columns are meant: `references = User::id`"),
            );
        }
        columns
    }

    /// Types must be equal, and what is referred to must be unique.
    fn hold_against(&mut self, half: &Half<'_>, referenced: &[Name], there: &Shape<'_>, table: &Table) {
        for (here, name) in half.columns.iter().zip(referenced) {
            let Some(there) = there.columns.iter().find(|shaped| shaped.column.name == *name) else { continue };
            if here.known && there.known && !same_values(&here.column.data_type, &there.column.data_type) {
                let message = format!(
                    "`{}` is {}, but `{}.{name}`, which it refers to, is {}",
                    here.field.name,
                    described(&here.column.data_type),
                    table.name,
                    described(&there.column.data_type)
                );
                self.say(
                    Finding::error(here.field.type_spot, message)
                        .with_hint(format!("make this field {}", described(&there.column.data_type))),
                );
            }
        }
        if !is_unique(referenced, table) {
            let list = referenced.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
            let hint = match referenced.len() {
                1 => format!("put `unique` on `{list}`"),
                _ => format!("put `unique({list})` on the struct"),
            };
            self.say(
                Finding::error(half.target.spot, format!("`{list}` of table `{}` is not unique", table.name))
                    .with_note("a foreign key refers to a primary key, a unique constraint or a plain unique index")
                    .with_hint(hint),
            );
        }
    }
}

/// Whether two columns can hold the same values. Types that are given as SQL are not looked into; lengths may differ.
fn same_values(here: &Type, there: &Type) -> bool {
    match (here, there) {
        (Type::Sql(_), _) | (_, Type::Sql(_)) => true,
        (Type::Text { .. }, Type::Text { .. }) | (Type::Bytes(_), Type::Bytes(_)) => true,
        (Type::Decimal { .. }, Type::Decimal { .. }) => true,
        (here, there) => here == there,
    }
}

fn is_unique(columns: &[Name], table: &Table) -> bool {
    let wanted: BTreeSet<&Name> = columns.iter().collect();
    let same = |names: &mut dyn Iterator<Item = &Name>| names.collect::<BTreeSet<_>>() == wanted;
    let by_key = table.primary_key.as_ref().is_some_and(|key| same(&mut key.columns.iter()));
    let by_constraint = table.uniques.iter().any(|unique| same(&mut unique.columns.iter()));
    by_key
        || by_constraint
        || table.indexes.iter().filter(|index| index.unique && index.condition.is_none()).any(|index| {
            let names: Option<BTreeSet<&Name>> = index
                .parts
                .iter()
                .map(|part| match &part.key {
                    IndexKey::Column(name) => Some(name),
                    IndexKey::Expression(_) => None,
                })
                .collect();
            names.is_some_and(|names| names == wanted)
        })
}

fn counted(columns: usize) -> String {
    if columns == 1 { "one column".to_owned() } else { format!("{columns} columns") }
}
