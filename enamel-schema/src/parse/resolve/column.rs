//! One field as a column: its name, its type, its default, and whether it counts up.

use super::{Expansion, Resolver, Shaped};
use crate::edits::Edits;
use crate::pair::Pair;
use crate::parse::case::Case;
use crate::parse::field::{FieldAttributes, RawField};
use crate::parse::model::RawModel;
use crate::parse::spot::Finding;
use crate::schema::{Column, DefaultValue, Generated, Identity, Length, Name, Sql, TableName, Type, numbers_of};
use std::collections::BTreeMap;
use std::rc::Rc;

impl<'a> Resolver<'a> {
    /// The column of a field.
    pub(super) fn column(
        &mut self,
        owner: usize,
        module: &Rc<str>,
        model: &RawModel,
        field: &'a RawField,
        expansion: &Expansion,
    ) -> Option<Shaped<'a>> {
        let attributes = &field.attributes;
        let name = Name::new(format!("{}{}", expansion.prefix, column_name(model, field))).ok()?;
        let found = self.data_type(module, field);
        let known = found.is_some();
        let (data_type, optional) = found.unwrap_or((Type::Boolean, false));
        let mut column = Column::new(name, data_type);
        column.nullable = optional || expansion.optional;
        column.collation = attributes.collate.clone();
        column.comment = attributes.comment.clone();
        if column.comment.is_none() && self.types.settings.doc_comments {
            column.comment = field.doc.clone();
        }
        if let Some(generated) = &attributes.generated {
            // Stored unless it is said otherwise: every database can hold that.
            let stored = attributes.computed.is_none();
            column.generated = Some(Generated { expression: generated.value.clone(), stored });
        }
        column.default = attributes.default_sql.as_ref().map(|given| DefaultValue::Sql(given.value.clone()));
        if let Some(given) = attributes.default.as_ref().filter(|_| known) {
            column.default = self.default(given, &column, module, 0);
        }
        if known {
            column.identity = self.stated_identity(attributes, &column.data_type);
        }
        Some(Shaped { field, owner, module: module.clone(), prefix: expansion.prefix.clone(), column, known })
    }

    /// What a field's column holds, and whether it may hold NULL; `None` when an error was said.
    fn data_type(&mut self, module: &Rc<str>, field: &RawField) -> Option<(Type, bool)> {
        let attributes = &field.attributes;
        let optional = || self.types.is_optional(&field.rust_type, module);
        if let Some(given) = &attributes.data_type {
            let optional = optional();
            self.refuse_length(attributes, "a type that is given as SQL");
            return Some((Type::Sql(given.value.clone()), optional));
        }
        if attributes.json.is_some() {
            let optional = optional();
            self.refuse_length(attributes, "JSON");
            return Some((Type::Json, optional));
        }
        let (read_as, optional) = match &attributes.read_as {
            Some(read_as) => (read_as, optional()),
            None => (&field.rust_type, false),
        };
        match self.types.resolve(read_as, module) {
            Ok(resolved) => {
                let nullable = optional || resolved.nullable;
                Some((self.sized(resolved.data_type, attributes), nullable))
            }
            Err(trouble) => {
                self.findings.extend(trouble.finding(field.type_spot, self.files));
                None
            }
        }
    }

    /// The type with its `max_length`, or its `precision` and `scale`.
    fn sized(&mut self, data_type: Type, attributes: &FieldAttributes) -> Type {
        let scale = attributes.scale.as_ref().map_or(0, |given| given.value);
        match (data_type, &attributes.max_length, &attributes.precision) {
            (Type::Text { .. }, Some(length), None) => Type::Text { max_length: Some(length.value) },
            (Type::Bytes(Length::Any), Some(length), None) => Type::Bytes(Length::AtMost(length.value)),
            (Type::Decimal { .. }, None, Some(precision)) => {
                if scale > precision.value {
                    self.say(Finding::error(precision.spot, "more digits after the point than digits in all"));
                }
                Type::Decimal { precision: Some((precision.value, scale)) }
            }
            (data_type, None, None) => data_type,
            (data_type, _, _) => {
                self.refuse_length(attributes, "this type");
                data_type
            }
        }
    }

    fn refuse_length(&mut self, attributes: &FieldAttributes, what: &str) {
        let length = attributes.max_length.as_ref().map(|given| (given.spot, "max_length", "texts and bytes"));
        let precision = attributes.precision.as_ref().map(|given| (given.spot, "precision", "decimal types"));
        for (spot, key, those) in length.into_iter().chain(precision) {
            self.say(Finding::error(spot, format!("`{key}` is for {those}, not for {what}")));
        }
    }

    /// The identity that attributes ask for. That a lone integer key counts up is decided with the key.
    fn stated_identity(&mut self, attributes: &FieldAttributes, data_type: &Type) -> Option<Identity> {
        let counts = attributes.auto_increment.as_ref().filter(|given| given.value);
        let spot = attributes.identity.as_ref().map(|given| given.spot).or(counts.map(|given| given.spot))?;
        if !matches!(data_type, Type::Integer(_) | Type::Sql(_)) {
            self.say(Finding::error(spot, "only a whole number can count up"));
            return None;
        }
        let default = attributes.default.as_ref().map(|given| given.spot);
        if let Some(spot) = default.or(attributes.default_sql.as_ref().map(|given| given.spot)) {
            self.say(Finding::error(spot, "a column that counts up has no default"));
        }
        let identity = attributes.identity.as_ref().map(|given| given.value).unwrap_or_default();
        if let Some(mistake) = identity.counting.mistake(&numbers_of(data_type)) {
            self.say(Finding::error(spot, mistake));
        }
        Some(Identity { never_reused: counts.is_some(), ..identity })
    }
}

/// The column's name without prefix.
fn column_name(model: &RawModel, field: &RawField) -> String {
    match (&field.attributes.column, &model.attributes.rename_all) {
        (Some(given), _) => given.value.clone(),
        // A field is in these cases already; serde leaves it as it is, underscores at its ends too.
        (None, Some(given)) if !matches!(given.value.0, Case::Snake | Case::Lower) => {
            given.value.0.apply(&field.name, given.value.1)
        }
        (None, Some(_) | None) => field.name.clone(),
    }
}

/// What a column's attributes propose.
pub(super) fn propose(hints: &mut Edits, table: &TableName, shaped: &Shaped<'_>) {
    let name = &shaped.column.name;
    let attributes = &shaped.field.attributes;
    if let Some(given) = &attributes.renamed_from
        && let Ok(previous) = Name::new(format!("{}{}", shaped.prefix, given.value))
    {
        hints.columns.push((table.clone(), Pair::new(previous, name.clone())));
    }
    let keep = |kept: &mut BTreeMap<(TableName, Name), Sql>, sql: &Option<Sql>| {
        if let Some(sql) = sql {
            kept.insert((table.clone(), name.clone()), sql.clone());
        }
    };
    keep(&mut hints.backfills, &attributes.backfill);
    keep(&mut hints.conversions, &attributes.using);
}
