//! Two branches of one schema, in few words.

mod again;
mod divide;
mod follow;

use super::*;
use crate::answer::Answer;
use crate::edits::Edits;
use crate::kit::{check, column, enumeration, foreign_key, index, name, schema, table, table_name, unique, users};
use crate::naming;
use crate::pair::Pair;
use crate::schema::{Schema, Table};

/// What mine says of its change.
fn edits(answers: &[&str]) -> Edits {
    let mut edits = Edits::default();
    answers.iter().for_each(|answer| edits.add(answer.parse::<Answer>().unwrap()));
    edits
}

/// A schema as the lock file seals it.
fn sealed(tables: impl IntoIterator<Item = Table>) -> Schema {
    naming::complete(&Schema::default(), &schema(tables), &Edits::default())
}
