//! Whether the models are still those that the lock file seals.
//!
//! The command and `embed!` find it out here, without a database; how it is told is [`crate::mismatch`]'s.

use crate::answer::Answer;
use crate::change::Change;
use crate::diagnostic::{Diagnostic, Subject};
use crate::diff::diff;
use crate::edits::Edits;
use crate::lock::Lock;
use crate::lower::{lower, lower_edits};
use crate::mismatch::{Differences, Side, UpTexts};
use crate::naming;
use crate::pair::Pair;
use crate::schema::Schema;
use crate::settle::{Question, Settled, settle};

/// What differs between the sealed schema and the models.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Each change, as `cargo enamel revision --autogenerate` would make it. Empty when the models are in step, or what they changed makes no
    /// difference to any of the databases.
    pub changes: Vec<Change>,
    /// What no revision can be written for as the models stand: rows that are there would get no value.
    pub impossible: Vec<Diagnostic>,
}

impl Step {
    /// The two sides that were compared.
    pub const SIDES: Pair<Side> = Pair { previous: Side::LockFile, next: Side::Models };

    /// The changes as differences. `sealed` is the schema that the models were compared with.
    pub fn differences(&self, sealed: &Schema, texts: &UpTexts<'_>) -> Differences {
        Differences::new(&self.changes, sealed, texts)
    }
}

/// Compares the models with the sealed schema.
///
/// `models` are neutral and need not be named; `hints` are what their attributes propose.
///
/// # Errors
///
/// What one of the databases cannot hold.
pub fn step(lock: &Lock, models: &Schema, hints: &Edits) -> Result<Step, Vec<Diagnostic>> {
    let sealed = &lock.schema;
    let (edits, questions) = settle_unasked(sealed, models, hints)?;
    let models = &naming::complete(sealed, models, &edits);
    // Most builds end here: lowering costs more than looking.
    if models == sealed {
        return Ok(Step::default());
    }
    let mut matters = false;
    for &dialect in lock.dialects.keys() {
        let previous = lower(sealed, dialect)?.schema;
        let next = lower(models, dialect)?.schema;
        let edits = lower_edits(&edits, Pair::new(sealed, models), dialect);
        matters |= !diff(&previous, &next, &edits).is_empty();
    }
    let changes = if matters { diff(sealed, models, &edits) } else { Vec::new() };
    Ok(Step { changes, impossible: questions.iter().filter_map(impossible).collect() })
}

/// Settles without asking anybody: what is not known to be renamed counts as gone and come. Gives what would have been asked.
fn settle_unasked(previous: &Schema, next: &Schema, hints: &Edits) -> Result<(Edits, Vec<Question>), Vec<Diagnostic>> {
    let mut answers = Edits::default();
    let mut asked = Vec::new();
    // Tables first, then their columns, then what the rows of those get.
    for _ in 0..4 {
        let questions = match settle(previous, next, hints, &answers, &[])? {
            Settled::Known(edits) => return Ok((edits, asked)),
            Settled::Open(questions) => questions,
        };
        let refusals = questions.iter().flat_map(Question::answers).filter(|answer| !renames(answer));
        refusals.for_each(|answer| answers.add(answer));
        // What is asked later follows from these answers, which may be wrong.
        if asked.is_empty() {
            asked = questions;
        }
    }
    Ok((hints.clone(), asked))
}

fn renames(answer: &Answer) -> bool {
    match answer {
        Answer::RenameTable(_) | Answer::RenameColumn { .. } | Answer::RenameValue { .. } => true,
        Answer::Backfill(_)
        | Answer::Convert(_)
        | Answer::DropTable(_)
        | Answer::DropColumn { .. }
        | Answer::DropValue { .. }
        | Answer::Allow(_) => false,
    }
}

fn impossible(question: &Question) -> Option<Diagnostic> {
    let (table, column) = match question {
        Question::Backfill { table, column, .. } => (table, column),
        Question::RenamedColumn { .. }
        | Question::RenamedTable { .. }
        | Question::RenamedValue { .. }
        | Question::Convert { .. }
        | Question::DropColumn { .. }
        | Question::ComputeColumn { .. }
        | Question::DropTable { .. } => return None,
    };
    let flags = question.flags().into_iter().take(1);
    let finding = Diagnostic::error(format!("rows that are there would get no value in {table}.{column}"))
        .about(Subject::Column(table.clone(), column.clone()))
        .with_hint("make it an `Option`, or give it a `default`, or a `backfill` for those rows");
    Some(flags.fold(finding, |finding, flag| {
        finding.with_hint(format!("`cargo enamel revision -m \"…\" --autogenerate {flag}`"))
    }))
}

#[cfg(test)]
mod tests;
