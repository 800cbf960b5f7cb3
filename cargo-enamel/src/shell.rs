//! What is printed: data on stdout, talk on stderr, status verbs aligned like Cargo's.
//!
//! The one place that prints, so that `--quiet`, `--color` and `--message-format` hold everywhere.

use crate::cli::{Color, Globals, MessageFormat};
use crate::progress::Progress;
use crate::report;
use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use enamel_schema::{Diagnostic, Level};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const GOOD: Style = AnsiColor::Green.on_default().bold();
const ATTENTION: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();
const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();

/// Where a verb prints.
#[derive(Debug)]
pub(crate) struct Shell {
    verbosity: Verbosity,
    format: MessageFormat,
    /// The folder that places in diagnostics are relative to.
    root: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verbosity {
    Quiet,
    Usual,
    Verbose,
}

impl Shell {
    /// A shell as the flags and `CARGO_TERM_COLOR` want it; `NO_COLOR` is anstream's to know.
    pub(crate) fn new(globals: &Globals) -> Self {
        color_choice(globals.color, std::env::var("CARGO_TERM_COLOR").ok().as_deref()).write_global();
        let verbosity = match (globals.quiet, globals.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, false) => Verbosity::Usual,
            (false, true) => Verbosity::Verbose,
        };
        Self { verbosity, format: globals.message_format, root: PathBuf::new() }
    }

    /// Says which folder the places in diagnostics are relative to.
    pub(crate) fn look_into(&mut self, root: &Path) {
        self.root = root.to_path_buf();
    }

    /// Whether a person can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        self.format == MessageFormat::Human && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Whether more is to be said than usual.
    pub(crate) fn is_verbose(&self) -> bool {
        self.verbosity == Verbosity::Verbose
    }

    /// Whether the reader is a program.
    pub(crate) fn is_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// Prints what was asked for, on stdout. Programs get it by [`Shell::event`].
    pub(crate) fn data(&mut self, text: &str) -> io::Result<()> {
        if self.is_json() { Ok(()) } else { to_stdout(text) }
    }

    /// Prints one object for a program, on stdout. People do not see it.
    pub(crate) fn event(&mut self, reason: &str, mut object: serde_json::Value) -> io::Result<()> {
        if !self.is_json() {
            return Ok(());
        }
        if let Some(fields) = object.as_object_mut() {
            fields.insert("reason".to_owned(), reason.into());
        }
        to_stdout(&format!("{object}\n"))
    }

    /// Says what was done, with its verb in the margin; further lines stand below the first.
    pub(crate) fn status(&mut self, verb: &str, message: &str) -> io::Result<()> {
        self.aligned(GOOD, verb, message)
    }

    /// The same for what was done otherwise than usual.
    pub(crate) fn attention(&mut self, verb: &str, message: &str) -> io::Result<()> {
        self.aligned(ATTENTION, verb, message)
    }

    /// Does a part of the work, and says how long it took when asked to say more.
    pub(crate) fn timed<T>(&mut self, part: &str, work: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let progress = self.progress(part);
        let done = work();
        drop(progress);
        self.took(begin.elapsed(), part);
        done
    }

    /// A line about work that is under way, on a terminal.
    pub(crate) fn progress(&self, what: &str) -> Option<Progress> {
        let wanted = self.verbosity > Verbosity::Quiet && io::stderr().is_terminal();
        wanted.then(|| Progress::begin(what.to_owned()))
    }

    /// Says how long something took, when asked to say more.
    pub(crate) fn took(&mut self, duration: Duration, what: &str) {
        if self.is_verbose() {
            // A time that cannot be printed is not worth stopping for.
            let _ = self.aligned(HINT, "Took", &format!("{:>9.1?} {what}", duration));
        }
    }

    /// Says what could be done next.
    pub(crate) fn hint(&mut self, text: &str) -> io::Result<()> {
        if self.verbosity == Verbosity::Quiet {
            return Ok(());
        }
        to_stderr(&format!("{HINT}hint{HINT:#}: {text}\n"))
    }

    /// Prints lines for a person to read, on stderr.
    pub(crate) fn lines(&mut self, text: &str) -> io::Result<()> {
        if self.verbosity == Verbosity::Quiet { Ok(()) } else { to_stderr(text) }
    }

    /// Prints a unified difference of two texts, on stderr.
    pub(crate) fn difference(&mut self, unified: &str) -> io::Result<()> {
        let mut text = String::new();
        for line in unified.lines() {
            let style = match line.chars().next() {
                Some('+') => ADDED,
                Some('-') => REMOVED,
                Some(_) | None => Style::new(),
            };
            text.push_str(&format!("{style}{line}{style:#}\n"));
        }
        self.lines(&text)
    }

    /// Draws a diagnostic with its source. Notes are for who wants more; errors are never kept back.
    pub(crate) fn diagnostic(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let least = match diagnostic.level {
            Level::Error => Verbosity::Quiet,
            Level::Warning | Level::Note => Verbosity::Usual,
        };
        if self.is_json() {
            return self.event("diagnostic", report::as_json(diagnostic));
        }
        if self.verbosity < least { Ok(()) } else { to_stderr(&report::draw(diagnostic, &self.root)) }
    }

    fn aligned(&mut self, style: Style, verb: &str, message: &str) -> io::Result<()> {
        if self.verbosity == Verbosity::Quiet {
            return Ok(());
        }
        let mut lines = message.lines();
        let mut text = format!("{style}{verb:>12}{style:#} {}\n", lines.next().unwrap_or_default());
        for line in lines {
            text.push_str(&format!("{:>12} {line}\n", ""));
        }
        to_stderr(&text)
    }
}

fn color_choice(flag: Option<Color>, variable: Option<&str>) -> ColorChoice {
    match (flag, variable) {
        (Some(Color::Always), _) | (None, Some("always")) => ColorChoice::Always,
        (Some(Color::Never), _) | (None, Some("never")) => ColorChoice::Never,
        (Some(Color::Auto), _) | (None, _) => ColorChoice::Auto,
    }
}

fn to_stdout(text: &str) -> io::Result<()> {
    let mut stdout = anstream::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Prints a text on stderr, whatever the flags say.
pub(crate) fn to_stderr(text: &str) -> io::Result<()> {
    anstream::stderr().lock().write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_comes_before_the_variable() {
        assert_eq!(color_choice(Some(Color::Never), Some("always")), ColorChoice::Never);
        assert_eq!(color_choice(None, Some("always")), ColorChoice::Always);
        assert_eq!(color_choice(Some(Color::Auto), Some("never")), ColorChoice::Auto);
        assert_eq!(color_choice(None, None), ColorChoice::Auto);
    }
}
