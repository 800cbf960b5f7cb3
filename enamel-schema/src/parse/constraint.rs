//! Keys, indexes, checks and references as attributes spell them, before their columns are known.

use super::attribute::{Argument, Value, argument, arguments, literal_text, sql_list, text_of};
use super::keys::did_you_mean;
use super::spot::{Finding, Given, Spot};
use super::tokens::{Tokens, bare, string};
use crate::schema::{Action, Deferrable, NullsOrder, Sql};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

/// A list of columns with a name: a primary key.
#[derive(Clone, Debug)]
pub(crate) struct RawKey {
    pub(crate) name: Option<Given<String>>,
    pub(crate) columns: Vec<Given<String>>,
    pub(crate) spot: Spot,
}

/// A unique constraint. No columns: those of the field that it stands on.
#[derive(Clone, Debug)]
pub(crate) struct RawUnique {
    pub(crate) name: Option<Given<String>>,
    pub(crate) columns: Vec<Given<String>>,
    pub(crate) nulls_not_distinct: bool,
    pub(crate) deferrable: Deferrable,
}

/// An index. No parts: the field that it stands on.
#[derive(Clone, Debug)]
pub(crate) struct RawIndex {
    pub(crate) name: Option<Given<String>>,
    pub(crate) unique: bool,
    pub(crate) parts: Vec<RawPart>,
    pub(crate) condition: Option<Sql>,
    pub(crate) method: Option<String>,
    pub(crate) include: Vec<Given<String>>,
    pub(crate) with: Vec<(String, String)>,
    pub(crate) nulls_not_distinct: bool,
}

/// A column or an expression in an index.
#[derive(Clone, Debug)]
pub(crate) struct RawPart {
    pub(crate) key: Given<RawIndexKey>,
    pub(crate) descending: bool,
    pub(crate) nulls: Option<NullsOrder>,
    pub(crate) collation: Option<String>,
    pub(crate) operator_class: Option<String>,
}

/// What a part is over.
#[derive(Clone, Debug)]
pub(crate) enum RawIndexKey {
    /// The field that the index stands on: `index(desc)`.
    Own,
    /// A field or column.
    Column(String),
    /// SQL, or a column in quotes.
    Text(String),
}

/// A foreign key. No columns: the field that it stands on.
#[derive(Clone, Debug)]
pub(crate) struct RawForeignKey {
    pub(crate) name: Option<Given<String>>,
    pub(crate) columns: Vec<Given<String>>,
    pub(crate) target: Option<Given<Target>>,
    pub(crate) on_delete: Option<Given<Action>>,
    pub(crate) on_update: Option<Given<Action>>,
    pub(crate) deferrable: Deferrable,
}

/// What a foreign key refers to.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// A model, and its fields or columns; none: its primary key.
    Model {
        /// The path of the model.
        path: Vec<String>,
        /// The same as tokens.
        tokens: TokenStream,
        /// Fields or columns.
        columns: Vec<Given<String>>,
    },
    /// A table and columns by their names in the database.
    Table {
        /// The schema.
        schema: Option<String>,
        /// The table.
        table: String,
        /// The columns.
        columns: Vec<String>,
    },
}

/// A check.
#[derive(Clone, Debug)]
pub(crate) struct RawCheck {
    pub(crate) name: Option<Given<String>>,
    pub(crate) expression: Sql,
}

/// `(a, b, name = …)`
pub(crate) fn key(from: &Argument, findings: &mut Vec<Finding>) -> RawKey {
    let mut key = RawKey { name: None, columns: Vec::new(), spot: from.spot };
    for part in parts(from) {
        match column(&part) {
            Some(column) => key.columns.push(column),
            None => {
                let Some(argument) = argument(part, findings) else { continue };
                match argument.key.as_str() {
                    "name" => key.name = given_name(&argument, findings),
                    _ => findings.push(unknown(&argument, &from.key, &["name"])),
                }
            }
        }
    }
    key
}

/// Nothing, `= "name"`, or `(a, b, name = …, nulls_not_distinct, deferrable)`.
pub(crate) fn unique(from: &Argument, findings: &mut Vec<Finding>) -> RawUnique {
    const OPTIONS: [&str; 4] = ["name", "nulls_not_distinct", "deferrable", "initially_deferred"];
    let mut unique =
        RawUnique { name: None, columns: Vec::new(), nulls_not_distinct: false, deferrable: Deferrable::No };
    if let Value::Is(_) = from.value {
        unique.name = given_name(from, findings);
    }
    for part in parts(from) {
        // A column may be called `name`: only what stands alone as an option is one.
        if let Some(column) = column(&part).filter(|_| !is_flag(&part)) {
            unique.columns.push(column);
            continue;
        }
        let Some(argument) = argument(part, findings) else { continue };
        match argument.key.as_str() {
            "name" => unique.name = given_name(&argument, findings),
            "nulls_not_distinct" => unique.nulls_not_distinct = argument.flag(findings),
            "deferrable" | "initially_deferred" => defer(&mut unique.deferrable, &argument, findings),
            _ => findings.push(unknown(&argument, &from.key, &OPTIONS)),
        }
    }
    unique
}

/// Nothing, `= "name"`, or `(a, b desc, "lower(c)", unique, name = …, where = …, using = …, include(…), with(…))`.
pub(crate) fn index(from: &Argument, on_field: bool, findings: &mut Vec<Finding>) -> RawIndex {
    let mut index = RawIndex {
        name: None,
        unique: false,
        parts: Vec::new(),
        condition: None,
        method: None,
        include: Vec::new(),
        with: Vec::new(),
        nulls_not_distinct: false,
    };
    if let Value::Is(_) = from.value {
        index.name = given_name(from, findings);
    }
    for part in parts(from) {
        let option = part.is_punctuation(1, '=') || part.is_group(1, Delimiter::Parenthesis);
        let flag = part.peek(1).is_none() && (part.is_word(0, "unique") || part.is_word(0, "nulls_not_distinct"));
        if option || flag {
            let Some(argument) = argument(part, findings) else { continue };
            index_option(&mut index, &argument, &from.key, findings);
        } else {
            index.parts.extend(index_part(part, on_field, findings));
        }
    }
    index
}

fn index_option(index: &mut RawIndex, argument: &Argument, of: &str, findings: &mut Vec<Finding>) {
    match argument.key.as_str() {
        "name" => index.name = given_name(argument, findings),
        "unique" => index.unique = argument.flag(findings),
        "nulls_not_distinct" => index.nulls_not_distinct = argument.flag(findings),
        "where" | "filter" => index.condition = argument.sql(findings),
        "using" | "method" => index.method = argument.text(findings).map(|method| method.to_lowercase()),
        "include" => index.include = parts(argument).iter().filter_map(|part| column_or_say(part, findings)).collect(),
        "with" => {
            index.with = storage_parameters(argument, findings);
            index.with.sort();
        }
        _ => findings.push(unknown(
            argument,
            of,
            &["name", "unique", "where", "using", "include", "with", "nulls_not_distinct"],
        )),
    }
}

/// `with(fillfactor = 70)`
fn storage_parameters(from: &Argument, findings: &mut Vec<Finding>) -> Vec<(String, String)> {
    let Value::List(list) = &from.value else {
        findings.push(Finding::error(from.spot, "`with` needs a list").with_hint("write `with(fillfactor = 70)`"));
        return Vec::new();
    };
    arguments(list.clone(), findings)
        .into_iter()
        .filter_map(|argument| match &argument.value {
            Value::Is(tokens) => {
                let value = text_of(tokens.clone()).unwrap_or_else(|| tokens.stream().to_string());
                Some((argument.key.clone(), value))
            }
            Value::None | Value::List(_) => {
                findings.push(Finding::error(argument.spot, format!("`{}` needs a value", argument.key)));
                None
            }
        })
        .collect()
}

/// `a desc nulls last`, `body gin_trgm_ops`, `name collate "C"`, `"lower(c)" desc`
fn index_part(mut tokens: Tokens, on_field: bool, findings: &mut Vec<Finding>) -> Option<RawPart> {
    let spot = tokens.spot();
    let own = on_field && ["asc", "desc", "nulls", "collate"].iter().any(|word| tokens.is_word(0, word));
    let key = match if own { None } else { tokens.take() } {
        None if own => RawIndexKey::Own,
        Some(TokenTree::Ident(ident)) => RawIndexKey::Column(bare(&ident)),
        Some(TokenTree::Literal(literal)) => match string(&literal) {
            Some(text) if !text.trim().is_empty() => RawIndexKey::Text(text),
            _ => {
                findings.push(Finding::error(spot, "expected a column, or an expression in quotes"));
                return None;
            }
        },
        _ => {
            findings.push(Finding::error(spot, "expected a column, or an expression in quotes"));
            return None;
        }
    };
    let key = Given::new(key, spot);
    let mut part = RawPart { key, descending: false, nulls: None, collation: None, operator_class: None };
    while !tokens.is_empty() {
        let spot = tokens.spot();
        let Some(word) = tokens.take_ident() else {
            findings
                .push(tokens.expected("`asc`, `desc`, `nulls first`, `nulls last`, `collate` or an operator class"));
            return None;
        };
        match word.to_string().to_lowercase().as_str() {
            "asc" => part.descending = false,
            "desc" => part.descending = true,
            "nulls" if tokens.take_word("first") => part.nulls = Some(NullsOrder::First),
            "nulls" if tokens.take_word("last") => part.nulls = Some(NullsOrder::Last),
            "nulls" => findings.push(tokens.expected("`first` or `last`")),
            "collate" => match tokens.take() {
                Some(TokenTree::Ident(ident)) => part.collation = Some(bare(&ident)),
                Some(TokenTree::Literal(literal)) if string(&literal).is_some() => part.collation = string(&literal),
                _ => findings.push(Finding::error(spot, "`collate` needs a collation")),
            },
            _ if part.operator_class.is_none() => part.operator_class = Some(bare(&word)),
            _ => findings.push(Finding::error(spot, format!("unexpected `{word}`"))),
        }
    }
    Some(part)
}

/// On a field: `= T::column`, `= "table(column)"`, `(T::column, name = …, on_delete = …)`.
pub(crate) fn references(from: &Argument, findings: &mut Vec<Finding>) -> RawForeignKey {
    let mut key = blank();
    match &from.value {
        Value::Is(tokens) => key.target = target(tokens.clone(), findings),
        Value::List(list) => {
            for part in list.clone().split_at_commas() {
                match part.is_punctuation(1, '=') || is_flag(&part) {
                    true => foreign_key_option(&mut key, part, &from.key, findings),
                    false => key.target = target(part, findings),
                }
            }
        }
        Value::None => findings.push(
            Finding::error(from.spot, format!("`{}` needs a column", from.key))
                .with_hint("write `references = User::id`, or `references = \"users(id)\"`"),
        ),
    }
    key
}

/// On a struct: `(a, b, references = Parent(x, y), on_delete = …, name = …)`.
pub(crate) fn foreign_key(from: &Argument, findings: &mut Vec<Finding>) -> RawForeignKey {
    let mut key = blank();
    for part in parts(from) {
        match column(&part).filter(|_| !is_flag(&part)) {
            Some(column) => key.columns.push(column),
            None => foreign_key_option(&mut key, part, &from.key, findings),
        }
    }
    if key.target.is_none() || key.columns.is_empty() {
        findings.push(
            Finding::error(from.spot, "a foreign key needs columns and what they refer to")
                .with_hint("write `foreign_key(org_id, user_id, references = User(org_id, id))`"),
        );
    }
    key
}

fn blank() -> RawForeignKey {
    RawForeignKey {
        name: None,
        columns: Vec::new(),
        target: None,
        on_delete: None,
        on_update: None,
        deferrable: Deferrable::No,
    }
}

fn is_flag(part: &Tokens) -> bool {
    let flags = ["deferrable", "initially_deferred", "nulls_not_distinct"];
    part.peek(1).is_none() && flags.into_iter().any(|flag| part.is_word(0, flag))
}

fn foreign_key_option(key: &mut RawForeignKey, part: Tokens, of: &str, findings: &mut Vec<Finding>) {
    let Some(argument) = argument(part, findings) else { return };
    match argument.key.as_str() {
        "name" => key.name = given_name(&argument, findings),
        "references" => match &argument.value {
            Value::Is(tokens) | Value::List(tokens) => key.target = target(tokens.clone(), findings),
            Value::None => findings.push(Finding::error(argument.spot, "`references` needs a model")),
        },
        "on_delete" => key.on_delete = action(&argument, findings),
        "on_update" => key.on_update = action(&argument, findings),
        "deferrable" | "initially_deferred" => defer(&mut key.deferrable, &argument, findings),
        _ => findings.push(unknown(
            &argument,
            of,
            &["references", "on_delete", "on_update", "name", "deferrable", "initially_deferred"],
        )),
    }
}

/// `User::id`, `User`, `User(org_id, id)`, `"users(id)"`
fn target(tokens: Tokens, findings: &mut Vec<Finding>) -> Option<Given<Target>> {
    let spot = tokens.rest_spot();
    if let Some(text) = literal_text(tokens.clone()) {
        let target = target_text(&text);
        if target.is_none() {
            findings.push(
                Finding::error(spot, format!("`{text}` is no table with its columns"))
                    .with_hint(format!("write `\"{}(id)\"`", text.trim())),
            );
        }
        return target.map(|target| Given::new(target, spot));
    }
    let mut rest = tokens.clone();
    let path = rest.take_path();
    let Some(last) = path.last() else {
        findings.push(tokens.expected("a column").with_hint("write `User::id`, or `\"users(id)\"`"));
        return None;
    };
    let (model, columns) = if let Some(group) = rest.take_group(Delimiter::Parenthesis) {
        let parts = Tokens::inside(&group, rest.file).split_at_commas();
        (path.as_slice(), parts.iter().filter_map(|part| column_or_say(part, findings)).collect())
    } else if path.len() == 1 || last.to_string().starts_with(char::is_uppercase) {
        (path.as_slice(), Vec::new())
    } else {
        (&path[..path.len() - 1], vec![Given::new(bare(last), Spot::new(spot.file, last.span()))])
    };
    if !rest.is_empty() {
        findings.push(rest.expected("nothing more"));
        return None;
    }
    let leading = tokens.is_punctuation(0, ':').then(|| quote!(::));
    let path = model.iter().map(bare).collect();
    Some(Given::new(Target::Model { path, tokens: quote!(#leading #(#model)::*), columns }, spot))
}

/// `users(id)`, `auth.users(org_id, id)`
fn target_text(text: &str) -> Option<Target> {
    let (table, columns) = text.trim().strip_suffix(')')?.split_once('(')?;
    let columns: Vec<String> = columns.split(',').map(unquoted).collect();
    let (schema, table) = match table.split_once('.') {
        Some((schema, table)) => (Some(unquoted(schema)), unquoted(table)),
        None => (None, unquoted(table)),
    };
    let filled = !table.is_empty() && schema.as_ref().is_none_or(|schema| !schema.is_empty());
    (filled && columns.iter().all(|column| !column.is_empty())).then_some(Target::Table { schema, table, columns })
}

fn unquoted(text: &str) -> String {
    text.trim().trim_matches(['"', '`']).to_owned()
}

/// `cascade`, `"CASCADE"`, `Cascade`, `"set null"`
pub(crate) fn action(from: &Argument, findings: &mut Vec<Finding>) -> Option<Given<Action>> {
    const ACTIONS: [(&str, Action); 5] = [
        ("cascade", Action::Cascade),
        ("set_null", Action::SetNull),
        ("set_default", Action::SetDefault),
        ("restrict", Action::Restrict),
        ("no_action", Action::NoAction),
    ];
    let plain = |text: &str| text.replace(['_', ' ', '-'], "").to_lowercase();
    let text = from.text(findings)?;
    if let Some((_, action)) = ACTIONS.iter().find(|(name, _)| plain(name) == plain(&text)) {
        return Some(Given::new(*action, from.spot));
    }
    findings.push(Finding::error(from.spot, format!("`{text}` is no action")).with_hints(did_you_mean(
        &text,
        "the actions are",
        ACTIONS.iter().map(|(name, _)| *name),
    )));
    None
}

/// `deferrable`, `initially_deferred`
pub(crate) fn defer(deferrable: &mut Deferrable, from: &Argument, findings: &mut Vec<Finding>) {
    if !from.flag(findings) {
        return;
    }
    *deferrable = match from.key.as_str() {
        "initially_deferred" => Deferrable::InitiallyDeferred,
        _ => (*deferrable).max(Deferrable::InitiallyImmediate),
    };
}

/// `= "sql"`, `("sql", name = …)`, `(postgres = "sql", …)`
pub(crate) fn check(from: &Argument, findings: &mut Vec<Finding>) -> Option<RawCheck> {
    let mut name = None;
    let expression = match &from.value {
        Value::List(list) => {
            let (sql, others) = sql_list(&from.key, list.clone(), findings);
            for other in &others {
                match other.key.as_str() {
                    "name" => name = given_name(other, findings),
                    _ => findings.push(unknown(other, &from.key, &["name", "sqlite", "postgres", "mysql", "mariadb"])),
                }
            }
            sql
        }
        Value::Is(_) | Value::None => return from.sql(findings).map(|expression| RawCheck { name, expression }),
    };
    if expression.is_none() {
        findings.push(
            Finding::error(from.spot, format!("`{}` needs SQL in quotes", from.key))
                .with_hint(format!("write `{} = \"quantity > 0\"`", from.key)),
        );
    }
    expression.map(|expression| RawCheck { name, expression })
}

/// The parts between commas of `key(…)`.
fn parts(from: &Argument) -> Vec<Tokens> {
    match &from.value {
        Value::List(list) => list.clone().split_at_commas(),
        Value::None | Value::Is(_) => Vec::new(),
    }
}

/// A word, or a text in quotes, and nothing else.
fn column(part: &Tokens) -> Option<Given<String>> {
    let spot = part.spot();
    if part.peek(1).is_some() {
        return None;
    }
    text_of(part.clone()).filter(|name| !name.is_empty()).map(|name| Given::new(name, spot))
}

fn column_or_say(part: &Tokens, findings: &mut Vec<Finding>) -> Option<Given<String>> {
    let column = column(part);
    if column.is_none() {
        findings.push(part.expected("a column"));
    }
    column
}

pub(crate) fn given_name(from: &Argument, findings: &mut Vec<Finding>) -> Option<Given<String>> {
    from.name(findings).map(|name| Given::new(name, from.spot))
}

fn unknown(argument: &Argument, of: &str, known: &[&str]) -> Finding {
    Finding::error(argument.key_spot, format!("unknown argument `{}` of `{of}`", argument.key))
        .with_hints(did_you_mean(&argument.key, "there are", known.iter().copied()))
}
