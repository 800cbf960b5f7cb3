//! Attributes of sqlx and Diesel on the same struct.
//!
//! A program that reads a column by another name than the one that revisions make breaks; so what those crates are told counts here too.

use super::attribute::{Argument, Attribute, arguments};
use super::case::{Case, Words};
use super::enumeration::EnumerationAttributes;
use super::field::FieldAttributes;
use super::model::TableAttributes;
use super::rust_type::RustType;
use super::spot::{Finding, Given};
use super::tokens::Tokens;
use std::str::FromStr;

/// What sqlx and Diesel say of a struct.
pub(crate) fn on_table(table: &mut TableAttributes, attributes: &[Attribute], findings: &mut Vec<Finding>) {
    for argument in arguments_of(attributes, "diesel") {
        if argument.key == "table_name" {
            let name = argument.text(&mut Vec::new()).map(|name| Given::new(name, argument.spot));
            merge(&mut table.table, name, "table", "diesel(table_name)", findings);
        }
    }
    for argument in arguments_of(attributes, "sqlx") {
        match argument.key.as_str() {
            "rename_all" => {
                let theirs = case(&argument, Words::Sqlx);
                merge(&mut table.rename_all, theirs, "rename_all", "sqlx(rename_all)", findings);
            }
            "transparent" => table.transparent = true,
            _ => {}
        }
    }
}

/// What sqlx and Diesel say of a field.
pub(crate) fn on_field(field: &mut FieldAttributes, attributes: &[Attribute], findings: &mut Vec<Finding>) {
    for argument in arguments_of(attributes, "diesel") {
        match argument.key.as_str() {
            "column_name" => {
                let name = argument.text(&mut Vec::new()).map(|name| Given::new(name, argument.spot));
                merge(&mut field.column, name, "column", "diesel(column_name)", findings);
            }
            "embed" => field.flatten = field.flatten.or(Some(argument.spot)),
            _ => {}
        }
    }
    for argument in arguments_of(attributes, "sqlx") {
        match argument.key.as_str() {
            "rename" => {
                let name = argument.text(&mut Vec::new()).map(|name| Given::new(name, argument.spot));
                merge(&mut field.column, name, "column", "sqlx(rename)", findings);
            }
            "skip" => field.skip = field.skip.or(Some(argument.spot)),
            "flatten" => field.flatten = field.flatten.or(Some(argument.spot)),
            "json" if field.data_type.is_none() => field.json = field.json.or(Some(argument.spot)),
            "try_from" => {
                let text = argument.text(&mut Vec::new()).unwrap_or_default();
                if let Ok(stream) = proc_macro2::TokenStream::from_str(&text) {
                    field.read_as = Some(RustType::read(&Tokens::new(stream, argument.spot.file, argument.spot.end)));
                }
            }
            _ => {}
        }
    }
}

/// What sqlx says of an enum.
pub(crate) fn on_enumeration(
    enumeration: &mut EnumerationAttributes,
    attributes: &[Attribute],
    findings: &mut Vec<Finding>,
) {
    for argument in arguments_of(attributes, "sqlx") {
        match argument.key.as_str() {
            "rename_all" => {
                let theirs = case(&argument, Words::Sqlx);
                merge(&mut enumeration.rename_all, theirs, "rename_all", "sqlx(rename_all)", findings);
            }
            "type_name" => {
                let name = argument.text(&mut Vec::new()).map(|name| Given::new(name, argument.spot));
                let is_text = name.as_ref().is_some_and(|name| is_text_type(&name.value));
                match is_text {
                    true => enumeration.text = true,
                    false => merge(&mut enumeration.name, name, "name", "sqlx(type_name)", findings),
                }
            }
            _ => {}
        }
    }
}

/// What sqlx says of a variant.
pub(crate) fn on_variant(rename: &mut Option<Given<String>>, attributes: &[Attribute], findings: &mut Vec<Finding>) {
    for argument in arguments_of(attributes, "sqlx").into_iter().filter(|argument| argument.key == "rename") {
        let name = argument.text(&mut Vec::new()).map(|name| Given::new(name, argument.spot));
        merge(rename, name, "rename", "sqlx(rename)", findings);
    }
}

/// The arguments of another crate's attribute. Its mistakes are for that crate to tell.
fn arguments_of(attributes: &[Attribute], name: &str) -> Vec<Argument> {
    let lists = attributes.iter().filter(|attribute| attribute.is(name));
    lists
        .flat_map(|attribute| match &attribute.value {
            super::attribute::Value::List(list) => arguments(list.clone(), &mut Vec::new()),
            super::attribute::Value::None | super::attribute::Value::Is(_) => Vec::new(),
        })
        .collect()
}

fn case(argument: &Argument, words: Words) -> Option<Given<(Case, Words)>> {
    let case = Case::from_text(&argument.text(&mut Vec::new())?)?;
    Some(Given::new((case, words), argument.spot))
}

/// A type of every database rather than the name of one of its own.
fn is_text_type(name: &str) -> bool {
    let word = name.split('(').next().unwrap_or_default().trim().to_lowercase();
    ["text", "varchar", "character varying", "char", "citext"].contains(&word.as_str())
}

/// Takes theirs where ours says nothing; an error where they differ.
fn merge<T: Told>(
    ours: &mut Option<Given<T>>,
    theirs: Option<Given<T>>,
    our_key: &str,
    their_key: &str,
    findings: &mut Vec<Finding>,
) {
    let Some(theirs) = theirs else { return };
    match ours {
        None => *ours = Some(theirs),
        Some(ours) if ours.value.told() == theirs.value.told() => {}
        Some(ours) => findings.push(
            Finding::error(
                theirs.spot,
                format!("`{their_key}` says `{}`, `{our_key}` says `{}`", theirs.value.told(), ours.value.told()),
            )
            .with_hint(format!(
                "the program reads by what `{their_key}` says: make them equal, or leave `{our_key}` out"
            )),
        ),
    }
}

/// What is shown of a value in an error.
trait Told {
    fn told(&self) -> String;
}

impl Told for String {
    fn told(&self) -> String {
        self.clone()
    }
}

impl Told for (Case, Words) {
    fn told(&self) -> String {
        self.0.spelling().to_owned()
    }
}
