//! Where something stands in the source, and what is said about it.
//!
//! Inside rustc a span is all there is, and only rustc can say which line it is on; elsewhere a span becomes a [`Place`]. So what is found
//! carries spans until the very end.

use crate::diagnostic::{Diagnostic, Level, Place};
use proc_macro2::Span;

/// A stretch of one file, from its first token to its last.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// The file, by its position in the list of files that were read. Zero inside a derive.
    pub file: usize,
    /// The first token.
    pub start: Span,
    /// The last token, which may be the first.
    pub end: Span,
}

impl Spot {
    /// One token, or one group.
    pub(crate) const fn new(file: usize, span: Span) -> Self {
        Self { file, start: span, end: span }
    }

    /// From the beginning of this one to the end of another.
    pub(crate) const fn to(self, end: Spot) -> Self {
        Self { file: self.file, start: self.start, end: end.end }
    }

    /// The place of it in the files that were read.
    pub(crate) fn place(self, files: &[String]) -> Place {
        let start = self.start.byte_range().start;
        Place {
            path: files.get(self.file).cloned().unwrap_or_default(),
            range: start..self.end.byte_range().end.max(start),
            line: self.start.start().line,
        }
    }
}

/// Something that a program wrote, and where.
#[derive(Clone, Debug)]
pub(crate) struct Given<T> {
    /// What it wrote.
    pub(crate) value: T,
    /// Where.
    pub(crate) spot: Spot,
}

impl<T> Given<T> {
    pub(crate) const fn new(value: T, spot: Spot) -> Self {
        Self { value, spot }
    }
}

/// A diagnostic that knows its tokens, but not yet its place.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Where it is.
    pub spot: Spot,
    /// What it says, without a place.
    pub diagnostic: Diagnostic,
}

impl Finding {
    pub(crate) fn error(spot: Spot, message: impl Into<String>) -> Self {
        Self { spot, diagnostic: Diagnostic::new(Level::Error, message) }
    }

    pub(crate) fn warning(spot: Spot, message: impl Into<String>) -> Self {
        Self { spot, diagnostic: Diagnostic::new(Level::Warning, message) }
    }

    pub(crate) fn note(spot: Spot, message: impl Into<String>) -> Self {
        Self { spot, diagnostic: Diagnostic::new(Level::Note, message) }
    }

    pub(crate) fn with_note(mut self, note: impl Into<String>) -> Self {
        self.diagnostic.notes.push(note.into());
        self
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.diagnostic.hints.push(hint.into());
        self
    }

    /// Adds a hint when there is one.
    pub(crate) fn with_hints(mut self, hints: impl IntoIterator<Item = String>) -> Self {
        self.diagnostic.hints.extend(hints);
        self
    }

    /// The diagnostic with its place.
    pub(crate) fn located(self, files: &[String]) -> Diagnostic {
        self.diagnostic.at(self.spot.place(files))
    }
}
