//! All models of a package together: names become tables, types become columns, references find what they refer to.

mod column;
mod constraint;
mod default;
mod reference;

use super::definitions::{Definitions, Lookup};
use super::field::RawField;
use super::model::RawModel;
use super::spot::{Finding, Spot};
use super::types::Types;
use super::{Models, Settings};
use crate::diagnostic::Subject;
use crate::naming;
use crate::pair::Pair;
use crate::schema::{Column, Name, Table, TableName, Type};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

/// Makes a schema of what a package defines.
pub(crate) fn resolve(definitions: &Definitions, settings: &Settings, files: &[String]) -> (Models, Vec<Finding>) {
    let types = Types { definitions, settings };
    let mut resolver =
        Resolver { types, files, findings: Vec::new(), shapes: BTreeMap::new(), models: Models::default() };
    resolver.shapes();
    resolver.tables();
    resolver.enumerations();
    let Resolver { mut models, findings, .. } = resolver;
    models.schema.extensions = settings.extensions.clone();
    models.schema.sort();
    (models, findings)
}

struct Resolver<'a> {
    types: Types<'a>,
    files: &'a [String],
    findings: Vec<Finding>,
    /// The columns of each table, by its model's position.
    shapes: BTreeMap<usize, Shape<'a>>,
    models: Models,
}

/// A table's name and columns.
struct Shape<'a> {
    name: TableName,
    columns: Vec<Shaped<'a>>,
    /// The table's own columns, then those of each flattened struct: its model, and where its columns are.
    scopes: Vec<(usize, Range<usize>)>,
}

/// A column, and where it came from.
struct Shaped<'a> {
    field: &'a RawField,
    /// The position of the model that the field stands in.
    owner: usize,
    /// The module of that model.
    module: Rc<str>,
    /// What stands before the column's name, and stood before its former one.
    prefix: String,
    column: Column,
    /// Whether its type is known. An error was said when it is not.
    known: bool,
}

impl<'a> Shape<'a> {
    /// The column that a name means inside of a scope: a field of its struct, else a column of it, else any column.
    fn find(&self, scope: &(usize, Range<usize>), name: &str) -> Option<&Shaped<'a>> {
        let columns = self.columns.get(scope.1.clone())?;
        let own = || columns.iter().filter(|shaped| shaped.owner == scope.0);
        let field = own().find(|shaped| shaped.field.name == name);
        let column = || own().find(|shaped| shaped.column.name.as_str().strip_prefix(&shaped.prefix) == Some(name));
        field.or_else(column).or_else(|| columns.iter().find(|shaped| shaped.column.name.as_str() == name))
    }

    /// The names that may be meant, for errors.
    fn names(&self, scope: &(usize, Range<usize>)) -> Vec<&str> {
        let columns = self.columns.get(scope.1.clone()).unwrap_or_default();
        columns
            .iter()
            .map(|shaped| match shaped.owner == scope.0 {
                true => shaped.field.name.as_str(),
                false => shaped.column.name.as_str(),
            })
            .collect()
    }
}

impl<'a> Resolver<'a> {
    fn say(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The columns of all tables, before anything refers to them.
    fn shapes(&mut self) {
        let definitions = self.types.definitions;
        let mut named: BTreeMap<TableName, &RawModel> = BTreeMap::new();
        for (index, (module, model)) in definitions.models.iter().enumerate() {
            if let Some(condition) = &model.condition {
                let message = format!("model `{}` stands under `cfg({condition})`, which is taken as on", model.name);
                self.say(Finding::note(model.spot, message));
            }
            if !model.is_table {
                continue;
            }
            let Some(name) = self.table_name(model) else { continue };
            if let Some(first) = named.get(&name) {
                let finding = two_models(&name, first, model, self.files);
                self.say(finding);
                continue;
            }
            let mut shape = Shape { name: name.clone(), columns: Vec::new(), scopes: Vec::new() };
            let mut expansion = Expansion { prefix: String::new(), optional: false, trail: vec![index] };
            self.expand(index, module, model, &mut expansion, &mut shape);
            self.one_column_a_name(&shape);
            if model.fields.iter().all(|field| field.attributes.skip.is_some()) {
                self.say(
                    Finding::error(model.spot, format!("table `{name}` has no columns"))
                        .with_note("all of its fields are skipped"),
                );
            }
            named.insert(name, model);
            self.shapes.insert(index, shape);
        }
    }

    fn table_name(&mut self, model: &RawModel) -> Option<TableName> {
        let schema = model.attributes.schema.as_ref().map(|given| Name::new(given.value.clone()));
        let text = match &model.attributes.table {
            Some(given) => {
                if let Some((schema, table)) = given.value.split_once('.') {
                    self.say(
                        Finding::warning(
                            given.spot,
                            format!("the dot in `{}` is part of the table's name", given.value),
                        )
                        .with_hint(format!("did you mean `schema = \"{schema}\", table = \"{table}\"`?")),
                    );
                }
                given.value.clone()
            }
            None => {
                let derived = naming::table_name(&model.name);
                self.models.derived_names.push((model.name.clone(), derived.clone()));
                derived
            }
        };
        Some(TableName { schema: schema.transpose().ok()?, name: Name::new(text).ok()? })
    }

    /// Adds the columns of a struct's fields, those of flattened structs in their place.
    fn expand(
        &mut self,
        owner: usize,
        module: &Rc<str>,
        model: &'a RawModel,
        expansion: &mut Expansion,
        shape: &mut Shape<'a>,
    ) {
        let start = shape.columns.len();
        let scope = shape.scopes.len();
        shape.scopes.push((owner, start..start));
        for field in &model.fields {
            if field.attributes.skip.is_some() {
                continue;
            }
            if let Some(condition) = &field.condition {
                let message = format!("field `{}` stands under `cfg({condition})`, which is taken as on", field.name);
                self.say(Finding::note(field.spot, message));
            }
            if field.attributes.flatten.is_some() {
                self.flatten(module, field, expansion, shape);
            } else {
                let shaped = self.column(owner, module, model, field, expansion);
                shape.columns.extend(shaped);
            }
        }
        let end = shape.columns.len();
        if let Some(scope) = shape.scopes.get_mut(scope) {
            scope.1 = start..end;
        }
    }

    fn flatten(&mut self, module: &Rc<str>, field: &'a RawField, expansion: &mut Expansion, shape: &mut Shape<'a>) {
        let (inner, optional) = field.rust_type.without_option();
        let index = match inner.path().map(|path| self.types.definitions.lookup(path, module)) {
            Some(Lookup::One(definition)) => definition.model(),
            Some(Lookup::Nothing | Lookup::Several(..)) | None => None,
        };
        if inner.path().is_some_and(|path| self.types.definitions.is_broken(path, module)) {
            return;
        }
        let target = index.and_then(|index| Some((index, self.types.definitions.models.get(index)?)));
        let Some((index, (inner_module, inner_model))) = target.filter(|(_, (_, model))| !model.is_table) else {
            let finding = Finding::error(field.type_spot, format!("`{inner}` does not derive `Columns`"))
                .with_hint(format!("write `#[derive(Columns)]` on `{inner}`, a struct of this package"));
            return self.say(finding);
        };
        if expansion.trail.contains(&index) {
            return self.say(Finding::error(field.type_spot, format!("`{inner}` is flattened into itself")));
        }
        expansion.trail.push(index);
        let prefix = field.attributes.prefix.as_ref().map_or("", |given| given.value.as_str());
        let mut inside = Expansion {
            prefix: format!("{}{prefix}", expansion.prefix),
            optional: expansion.optional || optional,
            trail: std::mem::take(&mut expansion.trail),
        };
        self.expand(index, inner_module, inner_model, &mut inside, shape);
        expansion.trail = inside.trail;
        expansion.trail.pop();
    }

    fn one_column_a_name(&mut self, shape: &Shape<'_>) {
        let mut seen: BTreeMap<&Name, &RawField> = BTreeMap::new();
        for shaped in &shape.columns {
            if let Some(first) = seen.insert(&shaped.column.name, shaped.field) {
                let message = format!("two fields are column `{}` of table `{}`", shaped.column.name, shape.name);
                self.findings.push(
                    Finding::error(shaped.field.spot, message)
                        .with_note(format!("the other is at {}", first.spot.place(self.files)))
                        .with_hint(
                            "name one of them otherwise: `column = \"…\"`, or `prefix = \"…\"` where it is flattened",
                        ),
                );
            }
        }
    }

    /// The tables, once all columns are known.
    fn tables(&mut self) {
        let shapes = std::mem::take(&mut self.shapes);
        // References look at the keys of other tables, so keys come first.
        let mut tables: BTreeMap<usize, Table> = BTreeMap::new();
        for (index, shape) in &shapes {
            if let Some((_, model)) = self.types.definitions.models.get(*index) {
                tables.insert(*index, self.table(model, shape));
            }
        }
        for (index, shape) in &shapes {
            let keys = self.foreign_keys(shape, &shapes, &tables);
            if let Some(table) = tables.get_mut(index) {
                table.foreign_keys = keys;
            }
        }
        for (index, table) in tables {
            if let (Some((_, model)), Some(shape)) = (self.types.definitions.models.get(index), shapes.get(&index)) {
                self.record(model, shape);
                if !model.attributes.unmanaged {
                    self.models.schema.tables.push(table);
                }
            }
        }
    }

    /// Places and proposals of a table.
    fn record(&mut self, model: &RawModel, shape: &Shape<'_>) {
        let places = &mut self.models.places;
        places.insert(Subject::Table(shape.name.clone()), model.spot.place(self.files));
        for shaped in &shape.columns {
            let subject = Subject::Column(shape.name.clone(), shaped.column.name.clone());
            places.insert(subject, shaped.field.spot.place(self.files));
        }
        let hints = &mut self.models.hints;
        if let Some(previous) = &model.attributes.renamed_from
            && let Ok(name) = Name::new(previous.value.clone())
        {
            let previous = TableName { schema: shape.name.schema.clone(), name };
            hints.tables.push(Pair::new(previous, shape.name.clone()));
        }
        for shaped in &shape.columns {
            column::propose(hints, &shape.name, shaped);
        }
    }

    /// The enums that a column holds.
    fn enumerations(&mut self) {
        let mut used: BTreeSet<Name> = BTreeSet::new();
        for column in self.models.schema.tables.iter().flat_map(|table| &table.columns) {
            used.extend(enumeration_in(&column.data_type).cloned());
        }
        let mut places: BTreeMap<Name, Spot> = BTreeMap::new();
        for raw in &self.types.definitions.enumerations {
            let name = &raw.enumeration.name;
            if !used.contains(name) {
                continue;
            }
            if let Some(first) = places.get(name) {
                let finding = Finding::error(raw.spot, format!("two enums are `{name}` in the database"))
                    .with_note(format!("the other is at {}", first.place(self.files)))
                    .with_hint("name one of them otherwise: `#[enamel(name = \"…\")]`");
                self.findings.push(finding);
                continue;
            }
            places.insert(name.clone(), raw.spot);
            self.models.places.insert(Subject::Enumeration(name.clone()), raw.spot.place(self.files));
            for (index, previous) in &raw.renamed {
                if let Some(value) = raw.enumeration.values.get(*index) {
                    let pair = Pair::new(previous.clone(), value.name.clone());
                    self.models.hints.values.push((name.clone(), pair));
                }
            }
            self.models.schema.enumerations.push(raw.enumeration.clone());
        }
    }
}

/// Where fields are being added.
struct Expansion {
    /// What stands before each column's name.
    prefix: String,
    /// Whether all columns may hold NULL.
    optional: bool,
    /// The models that are being added, the outermost first.
    trail: Vec<usize>,
}

fn enumeration_in(data_type: &Type) -> Option<&Name> {
    match data_type {
        Type::Enumeration(name) => Some(name),
        Type::Array(item) => enumeration_in(item),
        Type::Boolean
        | Type::Integer(_)
        | Type::Float
        | Type::Double
        | Type::Text { .. }
        | Type::Character
        | Type::Bytes(_)
        | Type::TimestampWithZone
        | Type::Timestamp
        | Type::Date
        | Type::Time
        | Type::Interval
        | Type::Uuid
        | Type::UuidText
        | Type::Json
        | Type::Decimal { .. }
        | Type::IpAddress
        | Type::MacAddress
        | Type::KeyValue
        | Type::Sql(_) => None,
    }
}

fn two_models(name: &TableName, first: &RawModel, second: &RawModel, files: &[String]) -> Finding {
    let first_place = first.spot.place(files);
    if first.name == second.name && (first.condition.is_some() || second.condition.is_some()) {
        return Finding::error(
            second.spot,
            format!("model `{}` is defined twice, under different `cfg`s", second.name),
        )
        .with_note(format!("the other is at {first_place}"))
        .with_hint("a table has one shape in all builds: put `cfg` elsewhere, or name one table otherwise");
    }
    Finding::error(second.spot, format!("two models are table `{name}`: `{}` and `{}`", first.name, second.name))
        .with_note(format!("`{}` is at {first_place}", first.name))
        .with_hint("name one of them otherwise: `#[enamel(table = \"…\")]`")
}
