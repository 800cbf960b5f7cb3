//! A field of a model and its attributes, as they are written.

use super::attribute::{Argument, Attribute, Value, take_attributes};
use super::cfg::{Presence, settle};
use super::constraint::{self, RawCheck, RawUnique, given_name};
use super::default::{RawDefault, raw_default};
use super::foreign_key::{RawForeignKey, action, references};
use super::identity::identity;
use super::index::{RawIndex, index};
use super::keys::FIELD;
use super::others;
use super::rust_type::RustType;
use super::spot::{Finding, Given, Spot};
use super::tokens::{Tokens, bare};
use crate::schema::{Action, Deferrable, Identity, Sql};
use proc_macro2::{Delimiter, Ident};

/// A field of a model.
#[derive(Clone, Debug)]
pub(crate) struct RawField {
    /// Its name.
    pub(crate) ident: Ident,
    /// Its name, without `r#`.
    pub(crate) name: String,
    /// Where its name is.
    pub(crate) spot: Spot,
    /// Its type.
    pub(crate) rust_type: RustType,
    /// The tokens of its type.
    pub(crate) type_tokens: Tokens,
    /// Where its type is.
    pub(crate) type_spot: Spot,
    /// Its attributes.
    pub(crate) attributes: FieldAttributes,
    /// Its doc comment.
    pub(crate) doc: Option<String>,
    /// The `cfg` that it stands under.
    pub(crate) condition: Option<String>,
}

/// The attributes of a field.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldAttributes {
    pub(crate) primary_key: Option<Spot>,
    pub(crate) auto_increment: Option<Given<bool>>,
    pub(crate) identity: Option<Given<Identity>>,
    pub(crate) column: Option<Given<String>>,
    pub(crate) data_type: Option<Given<Sql>>,
    pub(crate) max_length: Option<Given<u32>>,
    pub(crate) precision: Option<Given<u32>>,
    pub(crate) scale: Option<Given<u32>>,
    pub(crate) uniques: Vec<RawUnique>,
    pub(crate) indexes: Vec<RawIndex>,
    pub(crate) default: Option<Given<RawDefault>>,
    pub(crate) default_sql: Option<Given<Sql>>,
    pub(crate) references: Option<RawForeignKey>,
    pub(crate) on_delete: Option<Given<Action>>,
    pub(crate) on_update: Option<Given<Action>>,
    /// `deferrable` or `initially_deferred` beside `references`.
    pub(crate) deferrable: Option<Given<Deferrable>>,
    pub(crate) checks: Vec<RawCheck>,
    pub(crate) generated: Option<Given<Sql>>,
    pub(crate) stored: Option<Spot>,
    pub(crate) computed: Option<Spot>,
    pub(crate) collate: Option<Sql>,
    pub(crate) json: Option<Spot>,
    pub(crate) comment: Option<String>,
    pub(crate) renamed_from: Option<Given<String>>,
    pub(crate) backfill: Option<Sql>,
    pub(crate) using: Option<Sql>,
    pub(crate) flatten: Option<Spot>,
    pub(crate) prefix: Option<Given<String>>,
    pub(crate) skip: Option<Spot>,
    /// The type that sqlx reads and converts: `#[sqlx(try_from = "i64")]`.
    pub(crate) read_as: Option<RustType>,
}

/// The fields between the braces of a struct.
pub(crate) fn fields(mut tokens: Tokens, findings: &mut Vec<Finding>) -> Vec<RawField> {
    let mut fields = Vec::new();
    while !tokens.is_empty() {
        let attributes = take_attributes(&mut tokens, findings);
        let (attributes, presence) = settle(attributes, findings);
        if tokens.take_word("pub") {
            tokens.take_group(Delimiter::Parenthesis);
        }
        let spot = tokens.spot();
        let Some(ident) = tokens.take_ident() else {
            findings.push(tokens.expected("a field"));
            break;
        };
        if !tokens.take_punctuation(':') {
            findings.push(tokens.expected("`:` and the field's type"));
            break;
        }
        let type_spot = tokens.spot();
        let type_tokens = tokens.take_until(&[',']);
        tokens.take_punctuation(',');
        if type_tokens.is_empty() {
            findings.push(Finding::error(type_spot, "expected the field's type"));
        }
        if presence == Presence::Never {
            continue;
        }
        fields.push(RawField {
            name: bare(&ident),
            ident,
            spot,
            rust_type: RustType::read(&type_tokens),
            type_spot: type_tokens.rest_spot(),
            type_tokens,
            doc: doc(&attributes),
            attributes: read(&attributes, findings),
            condition: presence.condition().map(str::to_owned),
        });
    }
    fields
}

/// The text of doc comments.
pub(crate) fn doc(attributes: &[Attribute]) -> Option<String> {
    let lines: Vec<String> = attributes
        .iter()
        .filter(|attribute| attribute.is("doc"))
        .filter_map(|attribute| match &attribute.value {
            Value::Is(tokens) => super::attribute::literal_text(tokens.clone()),
            Value::None | Value::List(_) => None,
        })
        .map(|line| line.trim().to_owned())
        .collect();
    let text = lines.join("\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn read(attributes: &[Attribute], findings: &mut Vec<Finding>) -> FieldAttributes {
    let mut field = FieldAttributes::default();
    let mut seen: Vec<&'static str> = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.is("enamel")) {
        for argument in attribute.arguments(findings) {
            let Some(key) = FIELD.canonical(&argument, findings) else { continue };
            if seen.contains(&key) && !["check", "index", "unique"].contains(&key) {
                findings.push(Finding::error(argument.spot, format!("`{key}` is given twice")));
                continue;
            }
            seen.push(key);
            set(&mut field, key, &argument, findings);
        }
    }
    others::on_field(&mut field, attributes, findings);
    needs(&field, findings);
    field
}

fn set(field: &mut FieldAttributes, key: &str, argument: &Argument, findings: &mut Vec<Finding>) {
    let spot = argument.spot;
    let flag = |findings: &mut Vec<Finding>| argument.flag(findings).then_some(spot);
    let sql = |findings: &mut Vec<Finding>| argument.sql(findings).map(|sql| Given::new(sql, spot));
    let number = |findings: &mut Vec<Finding>| argument.number(findings).map(|number| Given::new(number, spot));
    match key {
        "primary_key" => field.primary_key = flag(findings),
        "auto_increment" => field.auto_increment = Some(Given::new(argument.flag(findings), spot)),
        "identity" => field.identity = identity(argument, findings),
        "column" => field.column = given_name(argument, findings),
        "type" => field.data_type = sql(findings),
        "max_length" => field.max_length = number(findings),
        "precision" => field.precision = number(findings),
        "scale" => field.scale = number(findings),
        "unique" => match &argument.value {
            Value::Is(tokens) if tokens.is_word(0, "true") || tokens.is_word(0, "false") => {
                if argument.flag(findings) {
                    let bare = Argument { value: Value::None, ..argument.clone() };
                    field.uniques.push(constraint::unique(&bare, findings));
                }
            }
            Value::None | Value::Is(_) | Value::List(_) => field.uniques.push(constraint::unique(argument, findings)),
        },
        "index" => match &argument.value {
            Value::Is(tokens) if tokens.is_word(0, "true") || tokens.is_word(0, "false") => {
                if argument.flag(findings) {
                    let bare = Argument { value: Value::None, ..argument.clone() };
                    field.indexes.push(index(&bare, true, findings));
                }
            }
            Value::None | Value::Is(_) | Value::List(_) => field.indexes.push(index(argument, true, findings)),
        },
        "default" => field.default = raw_default(argument, findings),
        "default_sql" => field.default_sql = sql(findings),
        "references" => field.references = Some(references(argument, findings)),
        "on_delete" => field.on_delete = action(argument, findings),
        "on_update" => field.on_update = action(argument, findings),
        "deferrable" | "initially_deferred" => {
            let mut deferrable = field.deferrable.as_ref().map(|given| given.value).unwrap_or_default();
            constraint::defer(&mut deferrable, argument, findings);
            field.deferrable = Some(Given::new(deferrable, spot));
        }
        "check" => field.checks.extend(constraint::check(argument, findings)),
        "generated" => field.generated = sql(findings),
        "stored" => field.stored = flag(findings),
        "virtual" => field.computed = flag(findings),
        "collate" => field.collate = collation(argument, findings),
        "json" => field.json = flag(findings),
        "comment" => field.comment = argument.text(findings),
        "renamed_from" => field.renamed_from = given_name(argument, findings),
        "backfill" => field.backfill = argument.sql(findings),
        "using" => field.using = argument.sql(findings),
        "flatten" => {
            field.flatten = Some(spot);
            field.prefix = field.prefix.take().or_else(|| flatten_prefix(argument, findings));
        }
        "prefix" => field.prefix = argument.text(findings).map(|text| Given::new(text, spot)),
        "skip" => field.skip = flag(findings),
        _ => findings.push(Finding::error(argument.key_spot, format!("`{key}` has no meaning here"))),
    }
}

/// `collate = nocase`, `collate = "C"`, `collate(postgres = "C", sqlite = "nocase")`
pub(crate) fn collation(argument: &Argument, findings: &mut Vec<Finding>) -> Option<Sql> {
    match &argument.value {
        Value::List(_) => argument.sql(findings),
        Value::Is(_) | Value::None => argument.name(findings).map(Sql::new),
    }
}

/// `flatten(prefix = "addr_")`
fn flatten_prefix(argument: &Argument, findings: &mut Vec<Finding>) -> Option<Given<String>> {
    let Value::List(list) = &argument.value else {
        argument.flag(findings);
        return None;
    };
    let mut prefix = None;
    for inner in super::attribute::arguments(list.clone(), findings) {
        match inner.key.as_str() {
            "prefix" => prefix = inner.text(findings).map(|text| Given::new(text, inner.spot)),
            key => findings.push(
                Finding::error(inner.key_spot, format!("unknown argument `{key}` of `{}`", argument.key))
                    .with_hint("there is `prefix`"),
            ),
        }
    }
    prefix
}

/// Attributes that mean nothing without another one.
fn needs(field: &FieldAttributes, findings: &mut Vec<Finding>) {
    let mut need = |spot: Option<Spot>, key: &str, other: &str, there: bool| {
        if let Some(spot) = spot.filter(|_| !there) {
            findings.push(Finding::error(spot, format!("`{key}` means nothing without `{other}`")));
        }
    };
    let refers = field.references.is_some();
    need(field.on_delete.as_ref().map(|given| given.spot), "on_delete", "references", refers);
    need(field.on_update.as_ref().map(|given| given.spot), "on_update", "references", refers);
    let deferrable = field.deferrable.as_ref().map(|given| given.spot);
    need(deferrable, "deferrable", "references", refers || !field.uniques.is_empty());
    need(field.stored, "stored", "generated", field.generated.is_some());
    need(field.computed, "virtual", "generated", field.generated.is_some());
    need(field.scale.as_ref().map(|given| given.spot), "scale", "precision", field.precision.is_some());
    need(field.prefix.as_ref().map(|given| given.spot), "prefix", "flatten", field.flatten.is_some());
    let mut conflict = |one: Option<Spot>, two: Option<Spot>, names: [&str; 2]| {
        if let (Some(_), Some(spot)) = (one, two) {
            let [one, two] = names;
            findings.push(Finding::error(spot, format!("`{two}` contradicts `{one}`")));
        }
    };
    let default = field.default.as_ref().map(|given| given.spot);
    let default_sql = field.default_sql.as_ref().map(|given| given.spot);
    let generated = field.generated.as_ref().map(|given| given.spot);
    conflict(default, default_sql, ["default", "default_sql"]);
    conflict(generated, default.or(default_sql), ["generated", "default"]);
    conflict(field.stored, field.computed, ["stored", "virtual"]);
    conflict(field.skip, field.flatten, ["skip", "flatten"]);
    conflict(field.json, field.data_type.as_ref().map(|given| given.spot), ["json", "type"]);
}
