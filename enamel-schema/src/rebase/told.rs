//! The schema between two revisions that were committed together.
//!
//! The lock file seals the schema at head only. What lies between is found by what the text of a revision tells of itself, and is to be
//! held against that text by whoever asks.

use super::again::{Made, make};
use super::arrange::arrange;
use crate::change::Change;
use crate::dialect::Dialect;
use crate::diff::{carried_over, diff};
use crate::edits::Edits;
use crate::lower::lower;
use crate::naming;
use crate::pair::Pair;
use crate::schema::Schema;
use crate::split::{TokenKind, tokens};
use std::collections::BTreeSet;

/// The schema after the revision of this text, which is the first of several that lead from one schema to another together. `edits` is what
/// all of them say.
///
/// A guess: of all changes it makes those that the comments of the text tell.
pub fn told(text: &str, schemas: Pair<&Schema>, edits: &Edits, dialect: Dialect) -> Schema {
    let comments = comments(text, dialect);
    let mut schema = schemas.previous.clone();
    for change in diff(schemas.previous, schemas.next, edits) {
        let mut with = schema.clone();
        let made = make(&mut with, &change) == Ok(Made::Now);
        with.sort();
        if made && is_told(Pair::new(&schema, &with), edits, dialect, &comments) {
            schema = with;
        }
    }
    arrange(&mut schema, &carried_over(schemas.previous, edits), schemas.next);
    naming::complete(schemas.previous, &schema, edits)
}

/// Whether the comments tell all that a database notices of a change.
fn is_told(schemas: Pair<&Schema>, edits: &Edits, dialect: Dialect, comments: &BTreeSet<&str>) -> bool {
    let lowered = schemas.map(|schema| lower(schema, dialect));
    let (Ok(previous), Ok(next)) = (lowered.previous, lowered.next) else { return false };
    let changes = diff(&previous.schema, &next.schema, edits);
    !changes.is_empty() && changes.iter().map(Change::summary).all(|summary| comments.contains(summary.as_str()))
}

fn comments(text: &str, dialect: Dialect) -> BTreeSet<&str> {
    let comments = tokens(text, dialect).into_iter().filter(|token| token.kind == TokenKind::Comment);
    comments.filter_map(|comment| Some(comment.text.strip_prefix("--")?.trim())).collect()
}
