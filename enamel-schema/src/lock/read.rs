//! The lock file's values, from its text.

use super::schema::Reading;
use super::{Entry, FORMAT, Lock};
use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::Dialect;
use crate::revision::{Checksum, Version};
use crate::schema::Schema;
use crate::word::Reader;
use std::collections::BTreeMap;

/// Reads the text of a lock file.
pub(super) fn read(text: &str, path: &str) -> Result<Lock, Diagnostic> {
    let mut file = File {
        lock: Lock {
            types: 0,
            history: String::new(),
            models: Vec::new(),
            type_map: BTreeMap::new(),
            doc_comments: false,
            folders: false,
            dialects: BTreeMap::new(),
            schema: Schema::default(),
        },
        section: Section::Format,
        first: None,
        reading: Reading::default(),
    };
    let mut start = 0;
    for (index, raw) in text.split_inclusive('\n').enumerate() {
        let line = raw.trim_end();
        let mut reader = Reader::new(line);
        let read = if is_conflict_mark(line) { Err(Problem::Conflict) } else { file.line(&mut reader) };
        if let Err(problem) = read {
            let from = if reader.is_done() { start } else { start + line.len() - reader.rest().len() };
            return Err(problem.diagnostic().at(Place {
                path: path.to_owned(),
                range: from..start + line.len(),
                line: index + 1,
            }));
        }
        start += raw.len();
    }
    let last = Place { path: path.to_owned(), range: text.len()..text.len(), line: text.lines().count().max(1) };
    file.finish().map_err(|problem| problem.diagnostic().at(last))
}

/// git's marks around what two branches wrote.
fn is_conflict_mark(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .into_iter()
        .any(|mark| line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Why a file cannot be read.
enum Problem {
    /// git's marks are in it.
    Conflict,
    /// It was written by a newer enamel.
    Newer(u32),
    /// Two branches wrote the same revision.
    Numbers(String),
    /// Anything else, by what should have stood there.
    Expected(String),
}

impl From<String> for Problem {
    fn from(expected: String) -> Self {
        Problem::Expected(expected)
    }
}

impl From<&str> for Problem {
    fn from(expected: &str) -> Self {
        Problem::Expected(expected.to_owned())
    }
}

impl Problem {
    fn diagnostic(self) -> Diagnostic {
        match self {
            Problem::Conflict => Diagnostic::error("git left two versions of this file in it")
                .with_hint("`cargo enamel rebase` puts your revisions behind theirs, and writes the file anew"),
            Problem::Newer(format) => Diagnostic::error(format!("the file has format {format}, and this enamel reads up to {FORMAT}"))
                .with_hint("`cargo install cargo-enamel` and `cargo update -p enamel-runtime` bring the newer enamel"),
            Problem::Numbers(message) => Diagnostic::error(message)
                .with_hint("after a merge, `cargo enamel rebase` puts your revisions behind theirs, and writes the file anew"),
            Problem::Expected(what) => Diagnostic::error(format!("expected {what}"))
                .with_hint("`cargo enamel` writes this file; take it from version control again, and after a merge run `cargo enamel rebase`"),
        }
    }
}

/// Where in the file we are.
#[derive(Clone, Copy)]
enum Section {
    Format,
    Settings,
    Entries(Dialect),
    Schema,
}

/// A file while its lines are read.
struct File {
    lock: Lock,
    section: Section,
    /// The first revision of the dialect that is being read, if it is not the first of all.
    first: Option<Version>,
    reading: Reading,
}

impl File {
    fn line(&mut self, reader: &mut Reader<'_>) -> Result<(), Problem> {
        if reader.is_done() || reader.rest().starts_with('#') {
            return Ok(());
        }
        let section = self.section;
        match section {
            Section::Format => self.format(reader)?,
            Section::Settings if !self.begins_section(reader)? => self.setting(reader)?,
            Section::Entries(dialect) if !self.begins_section(reader)? => self.entry(dialect, reader)?,
            Section::Settings | Section::Entries(_) => {}
            Section::Schema => self.reading.line(reader)?,
        }
        if reader.is_done() { Ok(()) } else { Err("the end of the line".into()) }
    }

    fn format(&mut self, reader: &mut Reader<'_>) -> Result<(), Problem> {
        match reader.path().as_deref() {
            Some("enamel.lock") => {}
            _ => return Err("`enamel.lock 1`".into()),
        }
        let format = number(reader).filter(|&format| format > 0).ok_or("a format, as in `enamel.lock 1`")?;
        if format > FORMAT {
            return Err(Problem::Newer(format));
        }
        self.section = Section::Settings;
        Ok(())
    }

    /// Whether the line begins a section: the name of a dialect, or `schema`.
    fn begins_section(&mut self, reader: &mut Reader<'_>) -> Result<bool, Problem> {
        let before = reader.clone();
        let word = reader.bare().unwrap_or_default();
        if word == "schema" {
            self.section = Section::Schema;
            return Ok(true);
        }
        let Some(dialect) = Dialect::from_name(word) else {
            *reader = before;
            return Ok(false);
        };
        if self.lock.dialects.insert(dialect, Vec::new()).is_some() {
            return Err("a database whose revisions do not stand above already".into());
        }
        self.section = Section::Entries(dialect);
        self.first = Version::BASE.following();
        reader.blank();
        if reader.bare() == Some("from") {
            reader.blank();
            self.first = Some(version(reader).ok_or("a revision's number")?);
        }
        Ok(true)
    }

    fn setting(&mut self, reader: &mut Reader<'_>) -> Result<(), Problem> {
        const SETTINGS: &str = "`types`, `history`, `layout`, `models`, `type`, `comments`, a database, or `schema`";
        let before = reader.clone();
        let key = reader.bare().unwrap_or_default();
        reader.blank();
        match key {
            "types" => self.lock.types = number(reader).ok_or("a number")?,
            "history" => self.lock.history = reader.word().ok_or("the history table's name")?,
            "layout" => {
                self.lock.folders = match reader.bare() {
                    Some("flat") => false,
                    Some("folders") => true,
                    _ => return Err("`flat` or `folders`".into()),
                }
            }
            "models" => {
                while let Some(root) = reader.path() {
                    self.lock.models.push(root);
                    reader.blank();
                }
            }
            "type" => {
                let rust = reader.word().ok_or("a Rust type")?;
                reader.blank();
                self.lock.type_map.insert(rust, reader.word().ok_or("its type in SQL")?);
            }
            "comments" if reader.bare() == Some("doc") => self.lock.doc_comments = true,
            _ => {
                *reader = before;
                return Err(SETTINGS.into());
            }
        }
        Ok(())
    }

    fn entry(&mut self, dialect: Dialect, reader: &mut Reader<'_>) -> Result<(), Problem> {
        let version = version(reader).ok_or("a revision, a database, or `schema`")?;
        let entries = self.lock.dialects.entry(dialect).or_default();
        let expected = entries.last().map_or(self.first, |entry| entry.version.following());
        if expected != Some(version) {
            let expected = expected.map_or_else(String::new, |expected| format!(" where {expected} should stand"));
            return Err(Problem::Numbers(format!("revision {version} stands{expected}")));
        }
        reader.blank();
        let slug = reader.word().ok_or("the revision's name")?;
        reader.blank();
        let up = hash(reader, "up")?.ok_or("`up` and a hash")?;
        let down = hash(reader, "down")?;
        let chain = hash(reader, "chain")?.ok_or("`chain` and a hash")?;
        let mut accepts = Vec::new();
        while let Some(accepted) = hash(reader, "accepts")? {
            accepts.push(accepted);
        }
        let before = reader.clone();
        let unproven = reader.bare() == Some("unproven");
        if !unproven {
            *reader = before;
        }
        entries.push(Entry { version, slug, up, down, chain, accepts, unproven });
        Ok(())
    }

    fn finish(self) -> Result<Lock, Problem> {
        match self.section {
            Section::Format => return Err("`enamel.lock 1`".into()),
            Section::Settings | Section::Entries(_) => return Err("`schema`".into()),
            Section::Schema => {}
        }
        if self.lock.types == 0 {
            return Err("a line `types 1` above the revisions".into());
        }
        if self.lock.history.is_empty() {
            return Err("a line `history` with the history table's name above the revisions".into());
        }
        Ok(Lock { schema: self.reading.finish(), ..self.lock })
    }
}

fn number(reader: &mut Reader<'_>) -> Option<u32> {
    reader.blank();
    reader.bare()?.parse().ok()
}

fn version(reader: &mut Reader<'_>) -> Option<Version> {
    number(reader).and_then(Version::new)
}

/// Reads a key and a hash, if the key is next, and the blanks behind.
fn hash(reader: &mut Reader<'_>, key: &str) -> Result<Option<Checksum>, Problem> {
    let before = reader.clone();
    if reader.bare() != Some(key) {
        *reader = before;
        return Ok(None);
    }
    reader.blank();
    let hash = reader.bare().and_then(Checksum::parse).ok_or("a hash of 64 hexadecimal digits")?;
    reader.blank();
    Ok(Some(hash))
}
