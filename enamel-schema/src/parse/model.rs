//! A struct that derives `Table` or `Columns`, as it is written.

use super::attribute::{Argument, Attribute};
use super::case::{Case, SPELLINGS, Words};
use super::constraint::{self, RawCheck, RawKey, RawUnique, given_name};
use super::field::{RawField, collation, doc, fields};
use super::foreign_key::{RawForeignKey, foreign_key};
use super::index::{RawIndex, index};
use super::item::{Body, Item, ItemKind};
use super::keys::{TABLE, did_you_mean};
use super::others;
use super::spot::{Finding, Given, Spot};
use crate::schema::Sql;
use proc_macro2::{Ident, TokenStream};

/// A struct that derives `Table` or `Columns`.
#[derive(Clone, Debug)]
pub(crate) struct RawModel {
    /// Its name.
    pub(crate) ident: Ident,
    /// Its name, without `r#`.
    pub(crate) name: String,
    /// Where its name is.
    pub(crate) spot: Spot,
    /// Whether it derives `Table`, or only `Columns`.
    pub(crate) is_table: bool,
    /// Its attributes.
    pub(crate) attributes: TableAttributes,
    /// Its fields.
    pub(crate) fields: Vec<RawField>,
    /// Its doc comment.
    pub(crate) doc: Option<String>,
    /// The `cfg` that it stands under.
    pub(crate) condition: Option<String>,
}

/// The attributes of a model.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableAttributes {
    pub(crate) table: Option<Given<String>>,
    pub(crate) schema: Option<Given<String>>,
    pub(crate) primary_key: Option<RawKey>,
    pub(crate) uniques: Vec<RawUnique>,
    pub(crate) indexes: Vec<RawIndex>,
    pub(crate) foreign_keys: Vec<RawForeignKey>,
    pub(crate) checks: Vec<RawCheck>,
    pub(crate) exclusions: Vec<(Option<Given<String>>, Sql)>,
    pub(crate) renamed_from: Option<Given<String>>,
    pub(crate) strict: bool,
    pub(crate) without_rowid: Option<Spot>,
    pub(crate) unlogged: bool,
    pub(crate) engine: Option<String>,
    pub(crate) charset: Option<String>,
    pub(crate) collation: Option<String>,
    pub(crate) comment: Option<String>,
    pub(crate) unmanaged: bool,
    pub(crate) rename_all: Option<Given<(Case, Words)>>,
    /// The path of the runtime, for what the derive writes.
    pub(crate) runtime: Option<TokenStream>,
    /// `#[sqlx(transparent)]`
    pub(crate) transparent: bool,
}

/// An item as a model, `None` when it cannot be one.
pub(crate) fn model(item: &Item, is_table: bool, findings: &mut Vec<Finding>) -> Option<RawModel> {
    let what = if is_table { "a table" } else { "columns" };
    let refuse = |findings: &mut Vec<Finding>, problem: &str, hint: &str| {
        findings.push(Finding::error(item.spot, format!("{problem} cannot be {what}")).with_hint(hint));
        None
    };
    let structure = match &item.kind {
        ItemKind::Struct(structure) => structure,
        ItemKind::Union => return refuse(findings, "a union", "write a struct with named fields"),
        ItemKind::Enum { .. } => return refuse(findings, "an enum", "did you mean `derive(Enum)`?"),
        ItemKind::Module(_)
        | ItemKind::Include(_)
        | ItemKind::Alias { .. }
        | ItemKind::Constant(_)
        | ItemKind::Use(_)
        | ItemKind::MacroWithModel => {
            findings.push(Finding::error(item.spot, "only a struct can be a table"));
            return None;
        }
    };
    if structure.generic {
        return refuse(findings, "a generic struct", "a table has one shape: write a struct for each");
    }
    let body = match &structure.body {
        Body::Named(body) => body.clone(),
        Body::Tuple(_) => return refuse(findings, "a tuple struct", "give its fields names: they name the columns"),
        Body::Unit => return refuse(findings, "a unit struct", "a table has at least one column: add a field"),
    };
    let attributes = read(&item.attributes, findings);
    let said = findings.len();
    let fields = fields(body, findings);
    if fields.is_empty() && findings.len() > said {
        return None;
    }
    if fields.is_empty() {
        return refuse(findings, "a struct without fields", "a table has at least one column: add a field");
    }
    Some(RawModel {
        ident: item.ident.clone(),
        name: item.name.clone(),
        spot: item.spot,
        is_table,
        attributes,
        fields,
        doc: doc(&item.attributes),
        condition: item.presence.condition().map(str::to_owned),
    })
}

fn read(attributes: &[Attribute], findings: &mut Vec<Finding>) -> TableAttributes {
    const REPEATABLE: [&str; 5] = ["index", "unique", "foreign_key", "check", "exclude"];
    let mut table = TableAttributes::default();
    let mut seen: Vec<&'static str> = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.is("enamel")) {
        for argument in attribute.arguments(findings) {
            let Some(key) = TABLE.canonical(&argument, findings) else { continue };
            if seen.contains(&key) && !REPEATABLE.contains(&key) {
                findings.push(Finding::error(argument.spot, format!("`{key}` is given twice")));
                continue;
            }
            seen.push(key);
            set(&mut table, key, &argument, findings);
        }
    }
    others::on_table(&mut table, attributes, findings);
    table
}

fn set(table: &mut TableAttributes, key: &str, argument: &Argument, findings: &mut Vec<Finding>) {
    match key {
        "table" => table.table = given_name(argument, findings),
        "schema" => table.schema = given_name(argument, findings),
        "primary_key" => table.primary_key = columns(argument, constraint::key(argument, findings), findings),
        "index" => {
            let index = index(argument, false, findings);
            match index.parts.is_empty() {
                true => findings.push(without_columns(argument)),
                false => table.indexes.push(index),
            }
        }
        "unique" => {
            let unique = constraint::unique(argument, findings);
            match unique.columns.is_empty() {
                true => findings.push(without_columns(argument)),
                false => table.uniques.push(unique),
            }
        }
        "foreign_key" => table.foreign_keys.push(foreign_key(argument, findings)),
        "check" => table.checks.extend(constraint::check(argument, findings)),
        "exclude" => {
            table.exclusions.extend(constraint::check(argument, findings).map(|check| (check.name, check.expression)));
        }
        "renamed_from" => table.renamed_from = given_name(argument, findings),
        "strict" => table.strict = argument.flag(findings),
        "without_rowid" => table.without_rowid = argument.flag(findings).then_some(argument.spot),
        "unlogged" => table.unlogged = argument.flag(findings),
        "engine" => table.engine = argument.name(findings),
        "charset" => table.charset = argument.name(findings),
        "collate" => table.collation = collation(argument, findings).and_then(|sql| sql.any),
        "comment" => table.comment = argument.text(findings),
        "unmanaged" => table.unmanaged = argument.flag(findings),
        "rename_all" => table.rename_all = rename_all(argument, findings),
        "crate" => table.runtime = runtime(argument, findings),
        _ => findings.push(Finding::error(argument.key_spot, format!("`{key}` has no meaning here"))),
    }
}

fn columns(argument: &Argument, key: RawKey, findings: &mut Vec<Finding>) -> Option<RawKey> {
    if key.columns.is_empty() {
        findings.push(without_columns(argument));
        return None;
    }
    Some(key)
}

fn without_columns(argument: &Argument) -> Finding {
    let key = &argument.key;
    Finding::error(argument.spot, format!("`{key}` names no columns"))
        .with_hint(format!("write `{key}(first, second)`, or put `{key}` on a field"))
}

/// `rename_all = "camelCase"`
pub(crate) fn rename_all(argument: &Argument, findings: &mut Vec<Finding>) -> Option<Given<(Case, Words)>> {
    let text = argument.text(findings)?;
    let case = Case::from_text(&text);
    if case.is_none() {
        findings.push(Finding::error(argument.spot, format!("`{text}` is no case")).with_hints(did_you_mean(
            &text,
            "the cases are",
            SPELLINGS,
        )));
    }
    case.map(|case| Given::new((case, Words::Serde), argument.spot))
}

/// `crate = "path::to::runtime"`, or without quotes.
fn runtime(argument: &Argument, findings: &mut Vec<Finding>) -> Option<TokenStream> {
    let super::attribute::Value::Is(tokens) = &argument.value else {
        findings.push(Finding::error(argument.spot, "`crate` needs a path").with_hint("write `crate = \"::db\"`"));
        return None;
    };
    let Some(text) = super::attribute::literal_text(tokens.clone()) else { return Some(tokens.stream()) };
    // A path in quotes bears the place of its quotes, also inside rustc.
    match syn::parse_str::<syn::Path>(&text) {
        Ok(path) => Some(respanned(quote::quote!(#path), argument.spot.end)),
        Err(_) => {
            findings.push(Finding::error(argument.spot, format!("`{text}` is no path")));
            None
        }
    }
}

fn respanned(stream: TokenStream, span: proc_macro2::Span) -> TokenStream {
    stream
        .into_iter()
        .map(|mut tree| {
            tree.set_span(span);
            tree
        })
        .collect()
}
