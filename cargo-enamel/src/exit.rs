//! How a verb ends: what is said about it, and the exit code.
//!
//! Whatever ends it, nothing is half said.

pub(crate) use enamel_runtime::command::Failure;

use crate::shell::Shell;
use enamel_schema::Diagnostic;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// A file that could not be read or written: `could not <what>`.
pub(crate) fn file(what: &str, path: &Path, error: &io::Error) -> Failure {
    let path = crate::report::shown_path(path);
    Failure::input(Diagnostic::error(format!("could not {what} {path}: {error}")))
}

/// Says why a verb stopped, and gives its exit code.
pub(crate) fn code(result: Result<(), Failure>, shell: &mut Shell) -> ExitCode {
    let Err(failure) = result else { return ExitCode::SUCCESS };
    for diagnostic in &failure.diagnostics {
        // Nobody is left to be told when this fails too.
        let _ = shell.diagnostic(diagnostic);
    }
    // A mistake of ours is a panic, for which Rust exits with 101.
    ExitCode::from(failure.kind.code())
}

/// Prints what clap has to say: help and version on stdout with code 0, mistakes on stderr with code 2.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// A file that may not grow any more is an error of the write, not the end of the program: what was begun is to be cleared away.
///
/// Without a handler the system ends a program whose file exceeds `ulimit -f` (`SIGXFSZ`, setrlimit(2)).
pub(crate) fn outlive_full_files() {
    #[cfg(unix)]
    {
        let noticed = std::sync::Arc::default();
        // Without it there is only less to be said when it happens.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, noticed);
    }
}

/// Clears away when the program is told to end, as by Ctrl-C, and then ends as it would have.
pub(crate) fn clear_away_when_told_to_end(clear_away: fn()) {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        use std::io::Read as _;
        use std::os::unix::net::UnixStream;
        // A handler may only write; the thread behind it may do anything. Without it, the next run clears away.
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            let Ok((mut told, teller)) = UnixStream::pair() else { return };
            if signal_hook::low_level::pipe::register(signal, teller).is_err() {
                return;
            }
            std::thread::spawn(move || {
                if told.read_exact(&mut [0]).is_ok() {
                    clear_away();
                    let _ = signal_hook::low_level::emulate_default_handler(signal);
                }
            });
        }
    }
    #[cfg(not(unix))]
    let _ = clear_away;
}

/// A panic is never the user's mistake: says so below its message. Rust exits with 101.
pub(crate) fn on_panic() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |information| {
        usual(information);
        let _ = crate::shell::to_stderr(concat!(
            "\nThis is a mistake in cargo-enamel, not yours. `git status` says what it wrote, `cargo enamel version` where a database \
             stands. Please report it with the lines above: ",
            env!("CARGO_PKG_REPOSITORY"),
            "/issues\n"
        ));
    }));
}
