//! A revision as a file: its number, its name, its header, its directives, its hash.

use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::render::Script;
use std::fmt;

/// The number of a revision. `0` is base: before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u32);

impl Version {
    /// Before the first revision.
    pub const BASE: Version = Version(0);
    /// The highest number: refinery counts in 31 bits.
    pub const MAX: Version = Version(i32::MAX as u32);

    /// A number as a version, `None` above [`Version::MAX`].
    pub const fn new(number: u32) -> Option<Version> {
        if number <= Version::MAX.0 { Some(Version(number)) } else { None }
    }

    /// The number.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The one after it, `None` at the end of the numbers.
    pub const fn following(self) -> Option<Version> {
        Version::new(self.0 + 1)
    }
}

/// At least four digits.
impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.0)
    }
}

/// A SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Checksum([u8; 32]);

impl Checksum {
    /// Takes the bytes as they are.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash of a text, in which CRLF counts as LF.
    pub fn of(text: &str) -> Self {
        todo!("{text}")
    }

    /// The hash of this chain link: of the former link and the hash of an up text. The first link follows nothing.
    pub fn chained(previous: Option<&Checksum>, up: &Checksum) -> Self {
        todo!("{previous:?}{up:?}")
    }

    /// 64 hexadecimal digits as a hash.
    pub fn parse(text: &str) -> Option<Self> {
        todo!("{text}")
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for Checksum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// A text whose lines end in LF. Borrowed when they already do.
pub fn with_line_feeds(text: &str) -> std::borrow::Cow<'_, str> {
    todo!("{text}")
}

/// The part of a file name that a message becomes: ASCII `[a-z0-9_]`, transliterated, at most 60 characters, else `revision`.
pub fn slug(message: &str) -> String {
    todo!("{message}")
}

/// `V0007__add_email.sql`
pub fn up_file(version: Version, slug: &str) -> String {
    format!("V{version}__{slug}.sql")
}

/// `V0007__add_email.down.sql`
pub fn down_file(version: Version, slug: &str) -> String {
    format!("V{version}__{slug}.down.sql")
}

/// What a file name of a revision says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// Its number.
    pub version: Version,
    /// Its slug.
    pub slug: String,
    /// Whether it is the way back.
    pub down: bool,
}

impl FileName {
    /// Takes a file's name apart. `None` for what is not a revision: an editor's left-over, a note, the lock file.
    pub fn parse(file_name: &str) -> Option<FileName> {
        todo!("{file_name}")
    }
}

/// The comment lines at the top of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The message as it was typed.
    pub message: String,
    /// The answers that were given, as they stand in `-- enamel: rename …`, `-- enamel: backfill …`, `-- enamel: convert …`,
    /// `-- enamel: drop …`, `-- enamel: allow …`.
    pub answers: Edits,
    /// Statement by statement, outside a transaction.
    pub no_transaction: bool,
    /// The tables that it rebuilds, as written.
    pub rebuilds: Vec<String>,
    /// Whether a program from before it can still use the database after it, if the file says.
    pub keeps_old_code: Option<bool>,
}

impl Header {
    /// Reads the comment lines at the top of a file.
    ///
    /// # Errors
    ///
    /// The line, counted from one, and the message, for a directive that is not known or not complete.
    pub fn parse(text: &str) -> Result<Header, (usize, String)> {
        todo!("{text}")
    }
}

/// The text of a file: header, then each statement below its summaries and hazards.
pub fn write(header: &Header, script: &Script, dialect: Dialect) -> String {
    todo!("{header:?}{script:?}{dialect}")
}

/// The text of a revision that is still to be written by hand.
pub fn write_blank(message: &str, down: bool) -> String {
    todo!("{message}{down}")
}
