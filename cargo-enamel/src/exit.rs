//! Why a verb stopped, and the exit code that says so.
//!
//! One match turns every way to stop into its code, so that a script can rely on the numbers.

use crate::shell::Shell;
use enamel_schema::Diagnostic;
use std::io;
use std::process::ExitCode;

/// Why a verb stopped before it was done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What was read is wrong: source, settings, lock file, revisions.
    Input(Vec<Diagnostic>),
    /// The command line asks for something that makes no sense here.
    Usage(Diagnostic),
    /// Things that should be the same differ.
    Difference(Vec<Diagnostic>),
    /// The database refused, or could not be reached.
    Database(Diagnostic),
    /// Whoever read stdout has gone, as `head` does.
    Closed,
}

impl Failure {
    /// A single mistake in what was read.
    pub(crate) fn input(diagnostic: Diagnostic) -> Self {
        Failure::Input(vec![diagnostic])
    }

    /// A file that could not be read or written: `could not <what>`.
    pub(crate) fn file(what: &str, path: &std::path::Path, error: &io::Error) -> Self {
        Self::input(Diagnostic::error(format!("could not {what} {}: {error}", path.display())))
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::input(diagnostic)
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Failure::Input(diagnostics)
    }
}

/// Writing to stdout or stderr failed.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Failure::Closed
        } else {
            Self::input(Diagnostic::error(format!("could not print: {error}")))
        }
    }
}

/// Says why a verb stopped, and gives its exit code.
pub(crate) fn code(result: Result<(), Failure>, shell: &mut Shell) -> ExitCode {
    let (diagnostics, code) = match result {
        Ok(()) | Err(Failure::Closed) => (Vec::new(), 0),
        Err(Failure::Input(diagnostics)) => (diagnostics, 1),
        Err(Failure::Usage(diagnostic)) => (vec![diagnostic], 2),
        Err(Failure::Difference(diagnostics)) => (diagnostics, 3),
        Err(Failure::Database(diagnostic)) => (vec![diagnostic], 4),
    };
    for diagnostic in &diagnostics {
        // Nobody is left to be told when this fails too.
        let _ = shell.diagnostic(diagnostic);
    }
    ExitCode::from(code)
}

/// Prints what clap has to say: help and version on stdout with code 0, mistakes on stderr with code 2.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// A panic is never the user's mistake: says so below its message. Rust exits with 101.
pub(crate) fn on_panic() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |information| {
        usual(information);
        let _ = crate::shell::to_stderr(concat!(
            "\nThis is a mistake in cargo-enamel, not yours. Nothing was written. Please report it with the lines above: ",
            env!("CARGO_PKG_REPOSITORY"),
            "/issues\n"
        ));
    }));
}
