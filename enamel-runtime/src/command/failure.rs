//! Why a verb stopped, and the exit code that says so.
//!
//! One match turns every way to stop into its code, so that a script can rely on the numbers.

use crate::error::Error;
use enamel_schema::Diagnostic;
use std::io;

/// Why a verb stopped before it was done.
#[derive(Debug)]
pub struct Failure {
    /// What kind of reason it was.
    pub kind: FailureKind,
    /// What is said about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// The kinds of reasons to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// What was read is wrong: source, settings, lock file, revisions.
    Input,
    /// The command line asks for something that makes no sense here.
    Usage,
    /// Things that should be the same differ.
    Difference,
    /// The database refused, or could not be reached.
    Database,
    /// Whoever read stdout has gone, as `head` does.
    Closed,
}

impl FailureKind {
    /// Its exit code.
    pub const fn code(self) -> u8 {
        match self {
            FailureKind::Closed => 0,
            FailureKind::Input => 1,
            FailureKind::Usage => 2,
            FailureKind::Difference => 3,
            FailureKind::Database => 4,
        }
    }
}

impl Failure {
    /// A mistake in what was read.
    pub fn input(diagnostic: Diagnostic) -> Self {
        vec![diagnostic].into()
    }

    /// A command line that makes no sense here.
    pub fn usage(diagnostic: Diagnostic) -> Self {
        Self { kind: FailureKind::Usage, diagnostics: vec![diagnostic] }
    }

    /// Things that should be the same and differ.
    pub const fn difference(diagnostics: Vec<Diagnostic>) -> Self {
        Self { kind: FailureKind::Difference, diagnostics }
    }

    /// A refusal of the database.
    pub fn database(diagnostic: Diagnostic) -> Self {
        Self { kind: FailureKind::Database, diagnostics: vec![diagnostic] }
    }

    /// The same with another way out.
    #[must_use]
    pub fn with_hint(mut self, hint: &str) -> Self {
        if let Some(last) = self.diagnostics.last_mut() {
            last.hints.push(hint.to_owned());
        }
        self
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::input(diagnostic)
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self { kind: FailureKind::Input, diagnostics }
    }
}

/// Writing to stdout or stderr failed.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self { kind: FailureKind::Closed, diagnostics: Vec::new() }
        } else {
            Self::input(Diagnostic::error(format!("could not print: {error}")))
        }
    }
}

/// An error of the runtime, its hint drawn as one.
pub fn told(error: &Error) -> Diagnostic {
    let diagnostic = Diagnostic::error(error.message());
    match error.hint() {
        // Programs have an option where we have a flag.
        Some(hint) => diagnostic.with_hint(hint.replace("`lock_timeout`", "`--lock-timeout`")),
        None => diagnostic,
    }
}

/// The database's refusal as a failure. A revision that does not exist is not its doing.
pub fn refused(error: &Error) -> Failure {
    let told = told(error);
    if matches!(error, Error::UnknownTarget { .. }) { Failure::usage(told) } else { Failure::database(told) }
}
