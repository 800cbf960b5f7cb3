//! The models of a package, read from its source.

use crate::exit::Failure;
use crate::project::Project;
use crate::shell::Shell;
use enamel_schema::parse::{Models, Settings, models};
use enamel_schema::{Diagnostic, Level, Lock, Subject};

/// Models that were read.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    /// The models.
    pub(crate) models: Models,
}

impl Read {
    /// Gives diagnostics their places in the source.
    pub(crate) fn located(&self, diagnostics: Vec<Diagnostic>) -> Failure {
        diagnostics.into_iter().map(|diagnostic| self.models.locate(diagnostic)).collect::<Vec<_>>().into()
    }
}

/// Reads the models, by the rules that the lock file froze and the types that the settings state.
pub(crate) fn read(project: &Project, lock: &Lock, shell: &mut Shell) -> Result<Read, Failure> {
    let roots = project.model_roots()?;
    let settings = Settings {
        type_map: project.settings.types.clone(),
        doc_comments: project.settings.doc_comments,
        extensions: project.settings.extensions.clone(),
        types: lock.types,
    };
    let root = &project.package.root;
    let models =
        shell.timed("parse", || models(&roots, &settings, &mut |path| std::fs::read_to_string(root.join(path))))?;
    if shell.is_verbose() {
        let (tables, files) = (models.schema.tables.len(), models.files.len());
        shell.status("Read", &format!("{tables} tables in {files} files, from {}", roots.join(", ")))?;
    }
    // What was taken for granted, as that a `cfg` is on, is for who wants to know.
    let told = models.notes.iter().filter(|note| note.level > Level::Note || shell.is_verbose());
    told.cloned().collect::<Vec<_>>().iter().try_for_each(|note| shell.diagnostic(note))?;
    let read = Read { models };
    refuse_our_names(&read, project)?;
    let models = &read.models;
    if models.schema.tables.is_empty() && lock.schema.tables.is_empty() {
        shell.diagnostic(
            &Diagnostic::new(Level::Warning, format!("there are no models in {}", roots.join(", ")))
                .with_hint("derive `enamel_runtime::Table` on a struct")
                .with_hint("`models = [\"…\"]` in [package.metadata.enamel] names models that lie elsewhere"),
        )?;
    }
    Ok(read)
}

/// A model must not be the table that the history is kept in, nor the one that is beside it while revisions run.
fn refuse_our_names(read: &Read, project: &Project) -> Result<(), Failure> {
    let history = project.settings.history();
    let ours = [history.to_owned(), format!("{history}_claim")];
    let names = read.models.schema.tables.iter().map(|table| &table.name);
    let taken = names.filter(|table| ours.iter().any(|name| table.name.as_str().eq_ignore_ascii_case(name)));
    let mistakes: Vec<Diagnostic> = taken
        .map(|table| {
            Diagnostic::error(format!("table {table} is where enamel keeps its history"))
                .about(Subject::Table(table.clone()))
                .with_hint("name the table otherwise: `#[enamel(table = \"…\")]`")
                .with_hint("or the history: `history = \"…\"` in [package.metadata.enamel]")
        })
        .collect();
    if mistakes.is_empty() { Ok(()) } else { Err(read.located(mistakes)) }
}
