//! The models after a merge, held against what both sides' revisions make together.

use crate::exit::Failure;
use crate::models;
use crate::project::Project;
use crate::proof;
use crate::shell::Shell;
use enamel_schema::step::step;
use enamel_schema::{Diagnostic, Level, Lock};

/// Seals the models where the revisions make them; says so where they do not, or cannot be read yet.
pub(super) fn take(project: &Project, lock: &mut Lock, shell: &mut Shell) -> Result<(), Failure> {
    let Ok(read) = models::read(project, lock, shell) else {
        shell.diagnostic(&Diagnostic::new(Level::Warning, "the models cannot be read yet").with_hint(
            "when their files are merged, `cargo enamel check` says whether they are what the revisions make",
        ))?;
        return Ok(());
    };
    let step = step(lock, &read.models.schema, &read.models.hints).map_err(|mistakes| read.located(mistakes))?;
    if step.differences.is_empty() {
        lock.schema = proof::named(&lock.schema, &read)?;
    } else {
        let mut warning = Diagnostic::new(Level::Warning, "the models are not what both sides' revisions make")
            .with_hint("merge the models, then `cargo enamel revision --autogenerate` writes what is left");
        warning.notes = step.differences;
        shell.diagnostic(&warning)?;
    }
    Ok(())
}
