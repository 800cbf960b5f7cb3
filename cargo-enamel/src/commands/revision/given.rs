//! A refusal of SQL that the user gave: it is put right where it was given.
//!
//! The file that the error names is not written yet, so nobody can correct it there.

use crate::exit::Failure;
use crate::proof;
use enamel_runtime::Error;
use enamel_runtime::error::Cause;
use enamel_runtime::prove::ProveError;
use enamel_schema::answer::{Answer, Filling};
use enamel_schema::lower::lower_edits;
use enamel_schema::schema::Sql;
use enamel_schema::{Dialect, Edits, Name, Pair, Schema, TableName};
use std::collections::BTreeMap;

/// The expressions of a revision, and where each of them is from.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    /// What the revision does.
    pub(super) edits: &'a Edits,
    /// What the models' attributes say; the rest was answered.
    pub(super) hints: &'a Edits,
    /// The ends of the revision.
    pub(super) schemas: Pair<&'a Schema>,
}

impl Given<'_> {
    /// Why a revision could not be proven, with the flags or attributes that its statement is from.
    pub(super) fn refused(self, error: ProveError, dialect: Dialect) -> Failure {
        let places = statement(&error).map(|statement| self.places(statement, dialect)).unwrap_or_default();
        let mut failure = proof::failure(error);
        if !places.is_empty() {
            let hint = format!("nothing was written; put {} right", places.join(" or "));
            failure.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.hints = vec![hint.clone()]);
        }
        failure
    }

    fn places(self, statement: &str, dialect: Dialect) -> Vec<String> {
        let lowered = lower_edits(self.edits, self.schemas, dialect);
        let is_in = |of: &BTreeMap<(TableName, Name), Sql>, key: &(TableName, Name)| {
            of.get(key).is_some_and(|sql| statement.contains(sql.text()))
        };
        let place = |answer: Answer| {
            let (filling, attribute, hints, lowered) = if let Answer::Convert(filling) = &answer {
                (filling, "using", &self.hints.conversions, &lowered.conversions)
            } else if let Answer::Backfill(filling) = &answer {
                (filling, "backfill", &self.hints.backfills, &lowered.backfills)
            } else {
                return None;
            };
            let Filling { table, column, sql, .. } = filling;
            let key = (table.clone(), column.clone());
            let is_hinted = hints.get(&key).and_then(|hint| hint.for_dialect(dialect)) == Some(sql.as_str());
            let is_here = filling.dialect.is_none_or(|of| of == dialect) && is_in(lowered, &key);
            is_here.then(|| {
                if is_hinted { format!("`{attribute}` of {table}.{column}") } else { format!("`{}`", answer.flag()) }
            })
        };
        self.edits.answers().into_iter().filter_map(place).collect()
    }
}

/// The statement that the database refused.
fn statement(error: &ProveError) -> Option<&str> {
    let ProveError::Revisions(Error::Revision(failed)) = error else { return None };
    if let Cause::Statement { statement, .. } = &failed.cause { Some(statement) } else { None }
}
