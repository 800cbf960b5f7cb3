//! The models after a merge, held against what both sides' revisions make together.

use crate::exit::Failure;
use crate::models::{self, Read};
use crate::project::Project;
use crate::proof;
use crate::prospect::Prospect;
use crate::shell::Shell;
use enamel_schema::mismatch::Side;
use enamel_schema::step::step;
use enamel_schema::{Diagnostic, Lock};

/// Reads the models, which are merged before the revisions are.
pub(super) fn read(project: &Project, lock: &Lock, shell: &mut Shell) -> Result<Read, Failure> {
    models::read(project, lock, shell).map_err(|failure| {
        failure.with_hint("resolve the conflicts in the sources first, then run `cargo enamel rebase`")
    })
}

/// Seals the models in the order and words of today where the revisions make them. What the revisions make otherwise is told.
pub(super) fn take(read: &Read, prospect: &mut Prospect, project: &Project) -> Result<Option<Diagnostic>, Failure> {
    let lock = &mut prospect.lock;
    let step = step(lock, &read.models.schema, &read.models.hints).map_err(|mistakes| read.located(mistakes))?;
    if step.changes.is_empty() {
        lock.schema = proof::named(&lock.schema, read)?;
        return Ok(None);
    }
    let sealed = lock.schema.clone();
    let mut difference = Diagnostic::error("the models are not what the revisions of both branches make")
        .with_hint("mend what was lost in the merge of the models; or, if they are right:")
        .with_hint("`cargo enamel revision --autogenerate` writes what they changed");
    difference.notes = proof::step_lines(&step, Side::Revisions, &sealed, &prospect.load(project)?);
    Ok(Some(difference))
}
