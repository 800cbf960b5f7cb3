//! Texts that were written or edited by hand, taken into the lock file.
//!
//! Only what is on disk is taken; whether it is right is the proof's to say.

use crate::exit::Failure;
use crate::files::Folder;
use crate::project::Project;
use crate::report;
use enamel_schema::lock::Entry;
use enamel_schema::revision::{FileName, Header, down_file, up_file, with_line_feeds, write_blank};
use enamel_schema::split;
use enamel_schema::verify::{Files, Text, VerifiedFolder, VerifiedRevision, verify};
use enamel_schema::{Checksum, Diagnostic, Dialect, Lock, Place, Version};

/// A lock file that lists the texts as they are on disk.
#[derive(Clone, Debug)]
pub(crate) struct Rehashed {
    /// The lock file.
    pub(crate) lock: Lock,
    /// What was taken, oldest first.
    pub(crate) edits: Vec<Edit>,
}

/// A text that differs from what was sealed, or is new.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    /// The dialect.
    pub(crate) dialect: Dialect,
    /// The revision.
    pub(crate) version: Version,
    /// The file, relative to the folder of the lock file.
    pub(crate) path: String,
    /// Its text, `None` when the file was removed.
    pub(crate) text: Option<String>,
    /// The hash of the text that was sealed, `None` when there was none.
    pub(crate) former: Option<Checksum>,
}

/// Takes every text as it is on disk. With `accept`, the hashes of former texts stay on their lines.
///
/// # Errors
///
/// A text that has no place in a revision. What is missing, misnamed or slipped in is for whoever loads the lock file.
pub(crate) fn rehash(project: &Project, lock: &Lock, accept: bool) -> Result<Rehashed, Failure> {
    let mut folder = Folder::new(project.folder());
    let verified = verify(lock, &report::shown_path(&project.folder()), &mut folder);
    if !is_in_order(lock) {
        return Err(verified.findings.into());
    }
    let mut rehashed = Rehashed { lock: lock.clone(), edits: Vec::new() };
    for verified in &verified.folders {
        let mut taking = Taking {
            folder: &mut folder,
            dialect: verified.dialect,
            path: lock.folder(verified.dialect),
            entries: lock.dialects.get(&verified.dialect).cloned().unwrap_or_default(),
            edits: Vec::new(),
        };
        taking.edited(verified, accept);
        taking.removed_way_back()?;
        taking.new_ways_back()?;
        taking.new_revisions()?;
        rechain(&mut taking.entries);
        rehashed.edits.extend(taking.edits);
        rehashed.lock.dialects.insert(verified.dialect, taking.entries);
    }
    let mistakes: Vec<_> = rehashed.edits.iter().flat_map(|edit| mistakes(project, edit)).collect();
    if mistakes.is_empty() { Ok(rehashed) } else { Err(mistakes.into()) }
}

/// The lock file when nothing of these edits is proven.
pub(crate) fn unproven(lock: &Lock, edits: &[Edit]) -> Lock {
    let mut lock = lock.clone();
    for edit in edits {
        let entries = lock.dialects.get_mut(&edit.dialect).into_iter().flatten();
        entries.filter(|entry| entry.version == edit.version).for_each(|entry| entry.unproven = true);
    }
    lock
}

/// A lock file that was merged by hand must not be mended silently.
fn is_in_order(lock: &Lock) -> bool {
    lock.dialects.values().all(|entries| {
        let mut again = entries.clone();
        rechain(&mut again);
        let counts_up =
            entries.windows(2).all(|pair| matches!(pair, [one, next] if one.version.following() == Some(next.version)));
        counts_up && &again == entries
    })
}

/// Chains each entry to the one before it.
pub(crate) fn rechain(entries: &mut [Entry]) {
    let mut previous = None;
    for entry in entries {
        entry.chain = Checksum::chained(previous.as_ref(), &entry.up);
        previous = Some(entry.chain);
    }
}

/// One dialect's entries, while texts are taken.
struct Taking<'f> {
    folder: &'f mut Folder,
    dialect: Dialect,
    /// The sub-folder, `""` for the folder itself.
    path: &'static str,
    entries: Vec<Entry>,
    edits: Vec<Edit>,
}

impl Taking<'_> {
    /// Texts that the lock file lists with another hash.
    fn edited(&mut self, verified: &VerifiedFolder, accept: bool) {
        for (entry, revision) in self.entries.iter_mut().zip(&verified.revisions) {
            if let Some(up) = revision.up.as_ref().filter(|up| up.sha256 != entry.up) {
                self.edits.push(Edit::of(self.dialect, entry.version, up, Some(entry.up)));
                // A text that was taken back is sealed again, not a former one.
                entry.accepts.retain(|accepted| accepted != &up.sha256);
                // A database that applied the text while it was still to be written lacks all that it does.
                entry.accepts.extend((accept && !was_blank(entry, revision)).then_some(entry.up));
                entry.up = up.sha256;
            }
            if let Some(down) = revision.down.as_ref().filter(|down| Some(down.sha256) != entry.down) {
                self.edits.push(Edit::of(self.dialect, entry.version, down, entry.down));
                entry.down = Some(down.sha256);
            }
        }
    }

    /// The head's way back, when its file was removed: a blank revision says that it may be.
    fn removed_way_back(&mut self) -> Result<(), Failure> {
        let Some(head) = self.entries.last().cloned().filter(|head| head.down.is_some()) else { return Ok(()) };
        let file = down_file(head.version, &head.slug);
        if self.read(&file)?.is_none() {
            let path = self.path_of(&file);
            let (dialect, version) = (self.dialect, head.version);
            self.edits.push(Edit { dialect, version, path, text: None, former: head.down });
            if let Some(head) = self.entries.last_mut() {
                head.down = None;
            }
        }
        Ok(())
    }

    /// Ways back that were written after their revision was sealed without one.
    fn new_ways_back(&mut self) -> Result<(), Failure> {
        for index in 0..self.entries.len() {
            let Some(entry) = self.entries.get(index).filter(|entry| entry.down.is_none()) else { continue };
            let (version, file) = (entry.version, down_file(entry.version, &entry.slug));
            let Some(text) = self.read(&file)? else { continue };
            self.edits.push(Edit::of(self.dialect, version, &text, None));
            if let Some(entry) = self.entries.get_mut(index) {
                entry.down = Some(text.sha256);
            }
        }
        Ok(())
    }

    /// Revisions above head that the lock file does not list, as long as they count up by one.
    fn new_revisions(&mut self) -> Result<(), Failure> {
        let names = self.folder.list(self.path).unwrap_or_default();
        let mut files: Vec<FileName> = names.iter().filter_map(|name| FileName::parse(name)).collect();
        files.retain(|file| !file.down);
        files.sort_by_key(|file| file.version);
        for file in files {
            let head = self.entries.last().map_or(Version::BASE, |entry| entry.version);
            if head.following() != Some(file.version) {
                continue;
            }
            let Some(up) = self.read(&up_file(file.version, &file.slug))? else { continue };
            let down = self.read(&down_file(file.version, &file.slug))?;
            self.edits.push(Edit::of(self.dialect, file.version, &up, None));
            self.edits.extend(down.as_ref().map(|down| Edit::of(self.dialect, file.version, down, None)));
            self.entries.push(Entry {
                version: file.version,
                slug: file.slug,
                up: up.sha256,
                down: down.map(|down| down.sha256),
                chain: up.sha256,
                accepts: Vec::new(),
                unproven: false,
            });
        }
        Ok(())
    }

    fn path_of(&self, file: &str) -> String {
        if self.path.is_empty() { file.to_owned() } else { format!("{}/{file}", self.path) }
    }

    fn read(&mut self, file: &str) -> Result<Option<Text>, Failure> {
        let path = self.path_of(file);
        let bytes = match self.folder.read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Diagnostic::error(format!("could not read {path}: {error}")).into()),
        };
        let Ok(raw) = String::from_utf8(bytes) else {
            return Err(Diagnostic::error(format!("{path} is not UTF-8")).into());
        };
        if raw.is_empty() {
            let mistake = Diagnostic::error(format!("{path} has 0 bytes"));
            return Err(mistake.with_note("a revision that does nothing is one with comments only").into());
        }
        let text = with_line_feeds(&raw).into_owned();
        let sha256 = Checksum::of(&text);
        Ok(Some(Text { path, carriage_returns: text != raw, sha256, text }))
    }
}

/// Whether what was sealed is the text that `revision` writes for a hand to go on with. Its message still stands in one of the files, or in their name.
fn was_blank(entry: &Entry, revision: &VerifiedRevision) -> bool {
    let texts = [&revision.up, &revision.down].into_iter().flatten();
    let headers = texts.filter_map(|text| Header::parse(&text.text).ok()).map(|header| header.message);
    let headers = headers.filter_map(|message| message.lines().next().map(str::to_owned));
    let mut messages = headers.chain([entry.slug.replace('_', " ")]);
    messages.any(|message| Checksum::of(&write_blank(&message, false)) == entry.up)
}

impl Edit {
    fn of(dialect: Dialect, version: Version, text: &Text, former: Option<Checksum>) -> Self {
        Self { dialect, version, path: text.path.clone(), text: Some(text.text.clone()), former }
    }
}

/// What an edit brought in that has no place in a revision.
fn mistakes(project: &Project, edit: &Edit) -> Vec<Diagnostic> {
    let path = format!("{}/{}", project.settings.migrations, edit.path);
    let Some(text) = &edit.text else { return Vec::new() };
    let at = |diagnostic: Diagnostic, line: usize| diagnostic.at(line_place(&path, text, line));
    match Header::parse(text) {
        Ok(header) => split::refused(text, edit.dialect, header.no_transaction)
            .into_iter()
            .map(|refused| {
                let mistake = Diagnostic::error(format!("{} has no place in a revision", refused.statement));
                at(mistake, refused.line).with_note(refused.reason)
            })
            .collect(),
        Err((line, message)) => vec![at(Diagnostic::error(message), line)],
    }
}

/// A whole line of a text as a place.
fn line_place(path: &str, text: &str, line: usize) -> Place {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let length = text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
    Place { path: path.to_owned(), range: start..start + length, line }
}
