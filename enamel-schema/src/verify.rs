//! The files of a folder held against its lock file.
//!
//! `embed!`, the command and the tests ask the same question, "are these the revisions that were sealed?", and must get the same
//! answer in the same words.

use crate::diagnostic::{Diagnostic, Level};
use crate::dialect::Dialect;
use crate::lock::{Entry, Lock};
use crate::revision::{Checksum, FileName, Header, Version, down_file, up_file, with_line_feeds};
use crate::split;
use std::borrow::Cow;
use std::io;

/// The folder that holds the lock file. Paths are relative to it and written with `/`.
pub trait Files {
    /// The names of the files in a sub-folder, in any order; `""` is the folder itself.
    ///
    /// # Errors
    ///
    /// What the system says. A sub-folder that is not there is [`io::ErrorKind::NotFound`].
    fn list(&mut self, folder: &str) -> io::Result<Vec<String>>;

    /// The content of a file.
    ///
    /// # Errors
    ///
    /// What the system says. A file that is not there is [`io::ErrorKind::NotFound`].
    fn read(&mut self, path: &str) -> io::Result<Vec<u8>>;
}

/// The revisions that a lock file lists, as they are on disk, and all that is wrong with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The revisions, a folder a dialect, in the order of the lock file.
    pub folders: Vec<VerifiedFolder>,
    /// Errors and warnings. Each names the file and the command to run.
    pub findings: Vec<Diagnostic>,
}

impl Verified {
    /// Whether anything was found that stops work.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }
}

/// The revisions of one dialect, as they are on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedFolder {
    /// The dialect.
    pub dialect: Dialect,
    /// One for each entry of the lock file.
    pub revisions: Vec<VerifiedRevision>,
}

/// One revision, as it is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedRevision {
    /// Its number.
    pub version: Version,
    /// Its slug.
    pub slug: String,
    /// The way there, `None` when the file is missing or cannot be read, which is an error among the findings.
    pub up: Option<Text>,
    /// The way back, `None` when there is none.
    pub down: Option<Text>,
    /// The chain of the up texts on disk to here.
    pub chain: Checksum,
}

/// The text of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The file, relative to the folder of the lock file.
    pub path: String,
    /// Its text, whose lines end in LF.
    pub text: String,
    /// Whether its lines end in CRLF on disk.
    pub carriage_returns: bool,
    /// The hash of the text.
    pub sha256: Checksum,
}

/// Reads the revisions that a lock file lists, and finds what is wrong with them.
///
/// `directory` is the folder of the lock file as messages show it, without a slash at its end. Only texts that differ from what was sealed are searched for
/// statements that have no place in a revision: the others were when they were sealed.
pub fn verify(lock: &Lock, directory: &str, files: &mut dyn Files) -> Verified {
    let mut findings = Vec::new();
    let mut folders = Vec::new();
    for (&dialect, entries) in &lock.dialects {
        findings.extend(disorder(entries, directory));
        let folder = lock.folder(dialect);
        let listing = match listing(folder, directory, !entries.is_empty(), files) {
            Ok(listing) => listing,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        let head = entries.last().map_or(Version::BASE, |entry| entry.version);
        let mut reading = Reading {
            directory,
            folder,
            dialect,
            head,
            strays: strays(listing, entries),
            files,
            findings: &mut findings,
        };
        let revisions = reading.revisions(entries);
        reading.report_strays(entries);
        folders.push(VerifiedFolder { dialect, revisions });
    }
    Verified { folders, findings }
}

/// What is wrong with the list itself: a number is left out, or a chain does not follow from the one before.
fn disorder(entries: &[Entry], directory: &str) -> Option<Diagnostic> {
    let mut previous: Option<&Entry> = None;
    for entry in entries {
        let follows = previous.is_none_or(|previous| previous.version.following() == Some(entry.version));
        let chain = Checksum::chained(previous.map(|previous| &previous.chain), &entry.up);
        if !follows || chain != entry.chain {
            let message =
                format!("revision {} in {directory}/enamel.lock does not follow from the one before it", entry.version);
            return Some(
                Diagnostic::error(message)
                    .with_note("the lock file was edited or merged by hand")
                    .with_hint("`cargo enamel rebase` while the merge is under way")
                    .with_hint(format!("`git checkout -- {directory}/enamel.lock` to take it back")),
            );
        }
        previous = Some(entry);
    }
    None
}

/// The revisions' files of a folder, by name.
fn listing(
    folder: &str,
    directory: &str,
    needed: bool,
    files: &mut dyn Files,
) -> Result<Vec<(String, FileName)>, Diagnostic> {
    let shown = shown(directory, folder);
    match files.list(folder) {
        Ok(mut names) => {
            names.sort();
            Ok(names.into_iter().filter_map(|name| FileName::parse(&name).map(|parsed| (name, parsed))).collect())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && !needed => Ok(Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Diagnostic::error(format!(
            "the folder {shown} is missing, and {directory}/enamel.lock lists revisions in it"
        ))
        .with_hint(format!("`git checkout -- {shown}` brings it back"))),
        Err(error) => Err(Diagnostic::error(format!("could not list {shown}: {error}"))),
    }
}

/// The files that the lock file does not list.
fn strays(listing: Vec<(String, FileName)>, entries: &[Entry]) -> Vec<(String, FileName)> {
    let listed = |name: &str, file: &FileName| {
        let index = entries.binary_search_by_key(&file.version, |entry| entry.version);
        let entry = index.ok().and_then(|index| entries.get(index));
        entry.is_some_and(|entry| {
            if file.down {
                entry.down.is_some() && down_file(entry.version, &entry.slug) == name
            } else {
                up_file(entry.version, &entry.slug) == name
            }
        })
    };
    listing.into_iter().filter(|(name, file)| !listed(name, file)).collect()
}

/// One dialect's folder, while it is read.
struct Reading<'a> {
    directory: &'a str,
    folder: &'a str,
    dialect: Dialect,
    head: Version,
    /// The files that the lock file does not list, and that no finding has named yet.
    strays: Vec<(String, FileName)>,
    files: &'a mut dyn Files,
    findings: &'a mut Vec<Diagnostic>,
}

impl Reading<'_> {
    fn revisions(&mut self, entries: &[Entry]) -> Vec<VerifiedRevision> {
        let mut previous = None;
        let mut revisions = Vec::with_capacity(entries.len());
        for entry in entries {
            let up = self.text(entry, false, &entry.up);
            let down = entry.down.as_ref().and_then(|sealed| self.text(entry, true, sealed));
            let chain = Checksum::chained(previous.as_ref(), up.as_ref().map_or(&entry.up, |text| &text.sha256));
            previous = Some(chain);
            revisions.push(VerifiedRevision { version: entry.version, slug: entry.slug.clone(), up, down, chain });
        }
        revisions
    }

    /// One file, and whatever is wrong with it.
    fn text(&mut self, entry: &Entry, down: bool, sealed: &Checksum) -> Option<Text> {
        let name = if down { down_file(entry.version, &entry.slug) } else { up_file(entry.version, &entry.slug) };
        let path = if self.folder.is_empty() { name.clone() } else { format!("{}/{name}", self.folder) };
        let bytes = match self.files.read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let finding = self.missing(entry, down, &name);
                self.findings.push(finding);
                return None;
            }
            Err(error) => {
                self.findings.push(Diagnostic::error(format!("could not read {}: {error}", self.shown(&name))));
                return None;
            }
        };
        let Ok(raw) = String::from_utf8(bytes) else {
            self.findings.push(self.undo(Diagnostic::error(format!("{} is not UTF-8", self.shown(&name))), &name));
            return None;
        };
        if raw.is_empty() {
            let message = format!("{} has 0 bytes", self.shown(&name));
            let finding =
                Diagnostic::error(message).with_note("a revision that does nothing is one with comments only");
            self.findings.push(self.undo(finding, &name));
            return None;
        }
        let (text, carriage_returns) = match with_line_feeds(&raw) {
            Cow::Borrowed(_) => (None, false),
            Cow::Owned(text) => (Some(text), true),
        };
        let text = text.unwrap_or(raw);
        let sha256 = Checksum::of(&text);
        if &sha256 != sealed {
            self.report_edit(entry, &name);
            self.report_refused(&text, &name);
        }
        Some(Text { path, text, carriage_returns, sha256 })
    }

    /// A listed file that is not there: under another name, or not at all.
    fn missing(&mut self, entry: &Entry, down: bool, name: &str) -> Diagnostic {
        let wanted = self.shown(name);
        let is_it = |file: &FileName| file.down == down && (file.version == entry.version || file.slug == entry.slug);
        if let Some(index) = self.strays.iter().position(|(_, file)| is_it(file)) {
            let (found, _) = self.strays.remove(index);
            let found = self.shown(&found);
            return Diagnostic::error(format!(
                "{found} is misnamed: {}/enamel.lock lists it as {name}",
                self.directory
            ))
            .with_hint(format!("`mv {found} {wanted}`"));
        }
        let finding = Diagnostic::error(format!("{wanted} is missing, and {}/enamel.lock lists it", self.directory))
            .with_hint(format!("`git checkout -- {wanted}` brings it back"));
        if entry.version == self.head {
            finding.with_hint(format!(
                "`git checkout -- {}/enamel.lock` if it was never committed and is not wanted",
                self.directory
            ))
        } else {
            finding
        }
    }

    fn report_edit(&mut self, entry: &Entry, name: &str) {
        let path = self.shown(name);
        let finding = if entry.version == self.head {
            Diagnostic::new(Level::Warning, format!("{path} was edited and is not sealed"))
                .with_hint("`cargo enamel seal` proves and seals the edit")
        } else {
            Diagnostic::error(format!("{path} was edited after revision {} followed it", following(entry.version)))
                .with_note("a database that has this revision does not get the edit")
                .with_hint(format!("`git checkout -- {path}` takes the edit back"))
                .with_hint("`cargo enamel revision -m \"…\"` for what databases are still to get")
                .with_hint("`cargo enamel seal` proves the edit and accepts both texts")
        };
        self.findings.push(finding);
    }

    /// What an edit brought in that has no place in a revision.
    fn report_refused(&mut self, text: &str, name: &str) {
        let path = self.shown(name);
        match Header::parse(text) {
            Ok(header) => {
                for refused in split::refused(text, self.dialect, header.no_transaction) {
                    let message = format!("{path}:{}: {} has no place in a revision", refused.line, refused.statement);
                    self.findings.push(Diagnostic::error(message).with_note(refused.reason));
                }
            }
            Err((line, message)) => self.findings.push(
                Diagnostic::error(format!("{path}:{line}: {message}"))
                    .with_hint("`cargo enamel seal` when it is mended"),
            ),
        }
    }

    /// Files that the lock file does not list and that are not misnamed ones.
    fn report_strays(&mut self, entries: &[Entry]) {
        for (name, file) in std::mem::take(&mut self.strays) {
            let path = self.shown(&name);
            let entry = entries.iter().find(|entry| entry.version == file.version);
            let finding = match entry {
                Some(entry) if file.down && entry.slug == file.slug => self.unlisted_down(entry, &path),
                Some(entry) => {
                    let sealed = self.shown(&up_file(entry.version, &entry.slug));
                    let message = format!("{path} is a second revision {}, beside {sealed}", entry.version);
                    let merged = "`cargo enamel rebase --onto main` if a merge with main brought one of the two";
                    self.slipped_in(Diagnostic::error(message).with_hint(merged), &path, &file)
                }
                None if file.version <= self.head => {
                    let message = format!(
                        "{path} slipped in below the head, {}: {}/enamel.lock does not list it",
                        self.head, self.directory
                    );
                    self.slipped_in(Diagnostic::error(message), &path, &file)
                }
                None => Diagnostic::new(
                    Level::Warning,
                    format!("{path} is left out: {}/enamel.lock does not list it", self.directory),
                )
                .with_hint("`cargo enamel seal` proves it and makes it the head")
                .with_hint(format!("`rm {path}` if it is not wanted")),
            };
            self.findings.push(finding);
        }
    }

    /// A way back that was written after the revision was sealed without one.
    fn unlisted_down(&self, entry: &Entry, path: &str) -> Diagnostic {
        let level = if entry.version == self.head { Level::Warning } else { Level::Error };
        Diagnostic::new(
            level,
            format!(
                "{path} is not sealed: {}/enamel.lock lists revision {} without a way back",
                self.directory, entry.version
            ),
        )
        .with_hint("`cargo enamel seal` proves and seals it")
        .with_hint(format!("`rm {path}` if it is not wanted"))
    }

    fn slipped_in(&self, finding: Diagnostic, path: &str, file: &FileName) -> Diagnostic {
        let next = self.head.following().unwrap_or(Version::MAX);
        let name = if file.down { down_file(next, &file.slug) } else { up_file(next, &file.slug) };
        finding
            .with_hint(format!("`mv {path} {}` and `cargo enamel seal` make it the head", self.shown(&name)))
            .with_hint(format!("`rm {path}` if it is not wanted"))
    }

    fn undo(&self, finding: Diagnostic, name: &str) -> Diagnostic {
        finding.with_hint(format!("`git checkout -- {}` brings back what was sealed", self.shown(name)))
    }

    fn shown(&self, name: &str) -> String {
        format!("{}/{name}", shown(self.directory, self.folder))
    }
}

/// A sub-folder as messages show it.
fn shown(directory: &str, folder: &str) -> String {
    if folder.is_empty() { directory.to_owned() } else { format!("{directory}/{folder}") }
}

fn following(version: Version) -> Version {
    version.following().unwrap_or(Version::MAX)
}

#[cfg(test)]
mod tests;
