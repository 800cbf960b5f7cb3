//! Foreign keys as attributes spell them, before anything is known of what they refer to.

use super::attribute::{Argument, Value, argument, literal_text};
use super::constraint::{column, column_or_say, defer, given_name, is_flag, parts, unknown};
use super::keys::did_you_mean;
use super::spot::{Finding, Given, Spot};
use super::tokens::{Tokens, bare};
use crate::schema::{Action, Deferrable};
use proc_macro2::{Delimiter, TokenStream};
use quote::quote;

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
