//! One item alone, as a derive sees it.
//!
//! A derive knows neither the other models nor what a type stands for: it says what is wrong with the item itself, and gives what
//! rustc needs to hold references against the columns that they name.

use super::enumeration::enumeration;
use super::field::RawField;
use super::foreign_key::{RawForeignKey, Target};
use super::item::{Item, item};
use super::model::{RawModel, model};
use super::spot::Finding;
use super::tokens::Tokens;
use crate::naming;
use proc_macro2::{Ident, Span, TokenStream};

/// A model alone.
#[derive(Clone, Debug)]
pub struct Single {
    /// The struct's name.
    pub ident: Ident,
    /// The table's name, with its schema: `shop.orders`.
    pub table: String,
    /// Its fields that are columns.
    pub fields: Vec<SingleField>,
    /// The types of its flattened fields, without `Option`.
    pub flattened: Vec<TokenStream>,
    /// What its columns refer to.
    pub references: Vec<SingleReference>,
    /// The path of the runtime, when the model states it.
    pub runtime: Option<TokenStream>,
}

/// A column of a model alone.
#[derive(Clone, Debug)]
pub struct SingleField {
    /// The field's name.
    pub ident: Ident,
    /// The column's name when it is another one, and could be a field's.
    pub column: Option<Ident>,
    /// The field's type, without `Option`.
    pub rust_type: TokenStream,
}

/// A reference of one column to one column.
#[derive(Clone, Debug)]
pub struct SingleReference {
    /// The model that it refers to.
    pub model: TokenStream,
    /// The field that it refers to.
    pub column: Ident,
    /// The type of the field here.
    pub rust_type: TokenStream,
}

/// Reads a struct that derives `Table`.
///
/// What is wrong with it comes beside what could be read all the same.
pub fn table(tokens: TokenStream) -> (Option<Single>, Vec<Finding>) {
    read(tokens, "Table")
}

/// Reads a struct that derives `Columns`.
pub fn columns(tokens: TokenStream) -> (Option<Single>, Vec<Finding>) {
    read(tokens, "Columns")
}

/// Reads an enum that derives `Enum`, and says what is wrong with it.
pub fn check_enumeration(tokens: TokenStream) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(item) = read_item(tokens, &mut findings) {
        enumeration(&item, &mut findings);
    }
    findings
}

fn read(tokens: TokenStream, derive: &str) -> (Option<Single>, Vec<Finding>) {
    let mut findings = Vec::new();
    let item = read_item(tokens, &mut findings);
    let model = item.and_then(|item| model(&item, derive == "Table", &mut findings));
    (model.map(|model| single(&model)), findings)
}

fn read_item(tokens: TokenStream, findings: &mut Vec<Finding>) -> Option<Item> {
    item(&mut Tokens::new(tokens, 0, Span::call_site()), findings)
}

fn single(model: &RawModel) -> Single {
    let name = match &model.attributes.table {
        Some(given) => given.value.clone(),
        None => naming::table_name(&model.name),
    };
    let schema = model.attributes.schema.as_ref().map(|given| format!("{}.", given.value)).unwrap_or_default();
    let counting: Vec<&RawField> = model.fields.iter().filter(|field| field.attributes.skip.is_none()).collect();
    let (flattened, fields): (Vec<&RawField>, Vec<&RawField>) =
        counting.into_iter().partition(|field| field.attributes.flatten.is_some());
    Single {
        ident: model.ident.clone(),
        table: format!("{schema}{name}"),
        flattened: flattened.iter().map(|field| inner_type(field)).collect(),
        references: references(model, &fields),
        fields: fields.iter().map(|field| single_field(field, &fields)).collect(),
        runtime: model.attributes.runtime.clone(),
    }
}

fn single_field(field: &RawField, all: &[&RawField]) -> SingleField {
    let column = field.attributes.column.as_ref().map(|given| given.value.as_str());
    let free = column.filter(|column| !all.iter().any(|other| other.name == *column));
    let column = free.and_then(|column| syn::parse_str::<Ident>(column).ok());
    SingleField { ident: field.ident.clone(), column, rust_type: inner_type(field) }
}

/// The type of a field without `Option`.
fn inner_type(field: &RawField) -> TokenStream {
    let whole = &field.type_tokens;
    let mut tokens = whole.clone();
    let path = tokens.take_path();
    match tokens.take_angles() {
        Some(inner) if path.last().is_some_and(|last| last == "Option") && tokens.is_empty() => inner.stream(),
        Some(_) | None => whole.stream(),
    }
}

fn references(model: &RawModel, fields: &[&RawField]) -> Vec<SingleReference> {
    let mut references = Vec::new();
    for key in &model.attributes.foreign_keys {
        let here: Vec<&RawField> = key
            .columns
            .iter()
            .filter_map(|column| fields.iter().find(|field| named(field, &column.value)).copied())
            .collect();
        references.extend(pairs(model, key, &here));
    }
    for field in fields {
        if let Some(key) = &field.attributes.references {
            references.extend(pairs(model, key, &[field]));
        }
    }
    references
}

fn named(field: &RawField, name: &str) -> bool {
    field.name == name || field.attributes.column.as_ref().is_some_and(|given| given.value == name)
}

/// Each column here with its column there. A key whose sides differ in number is told when all models are read together.
fn pairs(model: &RawModel, key: &RawForeignKey, here: &[&RawField]) -> Vec<SingleReference> {
    let Some(target) = &key.target else { return Vec::new() };
    let Target::Model { path, tokens, columns } = &target.value else { return Vec::new() };
    let own = matches!(path.as_slice(), [name] if name == "Self");
    let ident = &model.ident;
    let there = if own { quote::quote!(#ident) } else { tokens.clone() };
    here.iter()
        .zip(columns)
        .filter_map(|(field, column)| {
            let mut name = syn::parse_str::<Ident>(&column.value)
                .or_else(|_| syn::parse_str(&format!("r#{}", column.value)))
                .ok()?;
            name.set_span(column.spot.start);
            Some(SingleReference { model: there.clone(), column: name, rust_type: field.type_tokens.stream() })
        })
        .collect()
}
