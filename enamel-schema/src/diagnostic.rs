//! What is said to a person about their source, their files or their schema.
//!
//! Plain values: the library says *what* and *where*, the command draws it.

use crate::schema::{Name, TableName};
use std::fmt;
use std::ops::Range;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing; nothing has to be done.
    Note,
    /// Probably not what was meant; work goes on.
    Warning,
    /// Work stops.
    Error,
}

/// A place in a text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, as the caller's closure was asked for it.
    pub path: String,
    /// Bytes of the file, from its beginning.
    pub range: Range<usize>,
    /// The line, counted from one.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.path, self.line)
    }
}

/// The part of a schema that a diagnostic is about, for whom only the values are known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A table as a whole.
    Table(TableName),
    /// One column of a table.
    Column(TableName, Name),
    /// An enum.
    Enumeration(Name),
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Table(table) => write!(formatter, "{table}"),
            Subject::Column(table, column) => write!(formatter, "{table}.{column}"),
            Subject::Enumeration(name) => write!(formatter, "{name}"),
        }
    }
}

/// One thing to say: a message, where, and the way out.
///
/// The message is a lower-case fragment without a full stop, like rustc's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// Where in a text, when a text is at hand.
    pub place: Option<Place>,
    /// What is written under the place, may be empty.
    pub label: String,
    /// Which part of the schema, when only values are at hand. `Models::locate` finds its place.
    pub subject: Option<Subject>,
    /// Further facts, drawn as `note:`.
    pub notes: Vec<String>,
    /// What to do, drawn as `hint:`.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic with nothing but a message.
    pub fn new(level: Level, message: impl Into<String>) -> Self {
        Self {
            level,
            message: message.into(),
            place: None,
            label: String::new(),
            subject: None,
            notes: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// An error with nothing but a message.
    pub fn error(message: impl Into<String>) -> Self {
        Self::new(Level::Error, message)
    }

    /// A note with nothing but a message.
    pub fn note(message: impl Into<String>) -> Self {
        Self::new(Level::Note, message)
    }

    /// Adds the place in a text.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Adds what is written under the place.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds the part of the schema.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subject = Some(subject);
        self
    }

    /// Adds a further fact.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// `place: message`, then a line a note and a hint. The command draws the source besides.
impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(formatter, "{place}: ")?;
        } else if let Some(subject) = &self.subject {
            write!(formatter, "{subject}: ")?;
        }
        write!(formatter, "{}", self.message)?;
        for note in &self.notes {
            write!(formatter, "\nnote: {note}")?;
        }
        for hint in &self.hints {
            write!(formatter, "\nhint: {hint}")?;
        }
        Ok(())
    }
}
