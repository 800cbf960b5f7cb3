//! The folder of revisions: read from disk, with texts on top that are not written yet; and written whole or not at all.
//!
//! A revision is proven before anything of it reaches the disk, and an error while writing leaves the former files as they were.

use crate::cli::Globals;
use crate::exit::{self, Failure};
use crate::report;
use enamel_schema::Diagnostic;
use enamel_schema::verify::Files;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder of the lock file, with texts that are not on disk yet.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// By path below the folder, with `/`.
    unwritten: BTreeMap<String, String>,
    /// Files that are taken for gone.
    hidden: BTreeSet<String>,
}

impl Folder {
    /// A folder as it is on disk.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, unwritten: BTreeMap::new(), hidden: BTreeSet::new() }
    }

    /// The folder as it would be with these texts in it, by path below the folder.
    pub(crate) fn with(&self, texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut folder = self.clone();
        folder.unwritten.extend(texts);
        folder
    }

    /// The folder as it would be without these files, by path below the folder.
    pub(crate) fn without(&self, paths: impl IntoIterator<Item = String>) -> Self {
        let mut folder = self.clone();
        folder.hidden.extend(paths);
        folder
    }
}

impl Files for Folder {
    fn list(&mut self, folder: &str) -> io::Result<Vec<String>> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let below = |path: &String| path.strip_prefix(&prefix).filter(|name| !name.contains('/')).map(str::to_owned);
        let mut names: Vec<String> = self.unwritten.keys().filter_map(below).collect();
        match fs::read_dir(self.path.join(folder)) {
            Ok(entries) => {
                for entry in entries {
                    // A name that is not UTF-8 is not that of a revision.
                    names.extend(entry?.file_name().into_string());
                }
                names.retain(|name| !self.hidden.contains(&format!("{prefix}{name}")));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && !names.is_empty() => {}
            Err(error) => return Err(error),
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn read(&mut self, path: &str) -> io::Result<Vec<u8>> {
        match self.unwritten.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None if self.hidden.contains(path) => Err(io::ErrorKind::NotFound.into()),
            None => fs::read(self.path.join(path)),
        }
    }
}

/// Refuses, under `--locked`, to write.
pub(crate) fn refuse_when_locked(globals: &Globals, files: &[(PathBuf, String)]) -> Result<(), Failure> {
    match files.first() {
        Some((path, _)) if globals.locked => Err(Failure::input(
            Diagnostic::error(format!("{} would have to be written, and --locked was given", report::shown_path(path)))
                .with_hint("run the same without `--locked`, and commit what it writes"),
        )),
        Some(_) | None => Ok(()),
    }
}

/// Holds a folder until the file is dropped, so that of several commands one writes at a time. `None` where a folder cannot be held (Windows,
/// some network drives).
pub(crate) fn hold(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().ok().map(|()| folder)
}

/// Removes what a command that was killed left half-written beside these files. Nobody else may be writing.
pub(crate) fn sweep(files: &[(PathBuf, String)]) {
    let folders: BTreeSet<_> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    for entry in folders.into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') && Path::new(&name).extension().is_some_and(|end| end == PART) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes files, whole or not at all, in this order, and then removes others. Folders are made as needed.
///
/// Each is first written under another name beside its own; only when all are on disk do they take their names. Order matters: a lock
/// file comes last, so that it never lists what is not there.
pub(crate) fn write_all(files: &[(PathBuf, String)], gone: &[PathBuf]) -> Result<(), Failure> {
    let mut swap = Swap::default();
    let result = swap.stage(files).and_then(|()| swap.take_names(files)).and_then(|()| swap.remove(gone));
    match result {
        Ok(()) => swap.finish(),
        Err(_) => swap.undo(),
    }
    result
}

/// Files that change their places, until all have done so.
#[derive(Default)]
struct Swap {
    /// Next texts, under other names beside their own.
    staged: Vec<PathBuf>,
    /// Places that are as they will be, and where their former files are kept.
    taken: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Swap {
    fn stage(&mut self, files: &[(PathBuf, String)]) -> Result<(), Failure> {
        files.iter().try_for_each(|(path, text)| {
            let staged = beside(path, PART);
            self.staged.push(staged.clone());
            write(&staged, text).map_err(|error| exit::file("write", path, &error))
        })
    }

    fn take_names(&mut self, files: &[(PathBuf, String)]) -> Result<(), Failure> {
        for ((path, _), staged) in files.iter().zip(&self.staged) {
            let former = path.exists().then(|| beside(path, "former"));
            // A copy: the file itself is there until the next one takes its name.
            let copied = former.as_ref().map_or(Ok(0), |former| fs::copy(path, former));
            let taken = copied.and_then(|_| fs::rename(staged, path));
            if taken.is_ok() {
                self.taken.push((path.clone(), former));
            } else if let Some(former) = former {
                let _ = fs::remove_file(former);
            }
            taken.map_err(|error| exit::file("write", path, &error))?;
        }
        Ok(())
    }

    fn remove(&mut self, gone: &[PathBuf]) -> Result<(), Failure> {
        for path in gone.iter().filter(|path| path.exists()) {
            let former = beside(path, "former");
            fs::rename(path, &former).map_err(|error| exit::file("remove", path, &error))?;
            self.taken.push((path.clone(), Some(former)));
        }
        Ok(())
    }

    /// Puts everything back. What cannot be put back is left beside its place.
    fn undo(&mut self) {
        for (path, former) in self.taken.drain(..).rev() {
            let _ = match former {
                Some(former) => fs::rename(former, path),
                None => fs::remove_file(path),
            };
        }
        for staged in &self.staged {
            // One that took its name, or was never made, is not there to be removed.
            let _ = fs::remove_file(staged);
        }
    }

    fn finish(&mut self) {
        for (_, former) in self.taken.drain(..) {
            let _ = former.map(fs::remove_file);
        }
    }
}

/// The ending of what is half-written.
const PART: &str = "part";

/// A name for what nobody is to look at, in the folder of a file.
fn beside(path: &Path, end: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.{end}", std::process::id()))
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("enamel-files-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn unwritten_texts_lie_on_top() {
        let path = folder("top");
        fs::write(path.join("a.sql"), "disk").unwrap();
        let mut folder =
            Folder::new(path.clone()).with([("b.sql".into(), "new".into()), ("sqlite/c.sql".into(), "c".into())]);
        assert_eq!(folder.list("").unwrap(), ["a.sql", "b.sql"]);
        assert_eq!(folder.list("sqlite").unwrap(), ["c.sql"]);
        assert_eq!(folder.list("postgres").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(folder.read("a.sql").unwrap(), b"disk");
        assert_eq!(folder.read("b.sql").unwrap(), b"new");
        let mut folder = folder.without(["a.sql".into()]);
        assert_eq!(folder.list("").unwrap(), ["b.sql"]);
        assert_eq!(folder.read("a.sql").unwrap_err().kind(), io::ErrorKind::NotFound);
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn what_was_left_half_written_is_swept_away() {
        let path = folder("swept");
        let files = [(path.join("lock"), "next".to_owned())];
        write(&beside(&files[0].0, PART), "half").unwrap();
        fs::write(path.join("mine.part"), "mine").unwrap();
        sweep(&files);
        let left: Vec<_> = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["mine.part"]);
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn one_writes_at_a_time() {
        let path = folder("held");
        let held = hold(&path).unwrap();
        assert!(File::open(&path).unwrap().try_lock().is_err());
        drop(held);
        assert!(hold(&path).is_some());
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn all_or_nothing() {
        let path = folder("all");
        fs::write(path.join("lock"), "former").unwrap();
        // A folder in the place of the second file: its rename fails, after that of the first.
        fs::create_dir_all(path.join("taken/below")).unwrap();
        let files =
            [("fresh", "1"), ("taken", "2"), ("lock", "3")].map(|(name, text)| (path.join(name), text.to_owned()));
        assert!(write_all(&files, &[]).is_err());
        assert_eq!(fs::read_to_string(path.join("lock")).unwrap(), "former");
        let mut left: Vec<_> = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["lock", "taken"]);
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn what_was_overwritten_or_removed_comes_back() {
        let path = folder("back");
        fs::write(path.join("lock"), "former").unwrap();
        fs::write(path.join("gone"), "gone").unwrap();
        let files = [(path.join("lock"), "next".to_owned())];
        // Two folders that are not empty: neither takes the other's name.
        fs::create_dir_all(path.join("taken/below")).unwrap();
        fs::create_dir_all(beside(&path.join("taken"), "former").join("below")).unwrap();
        assert!(write_all(&files, &[path.join("gone"), path.join("taken")]).is_err());
        assert_eq!(fs::read_to_string(path.join("lock")).unwrap(), "former");
        assert_eq!(fs::read_to_string(path.join("gone")).unwrap(), "gone");

        write_all(&files, &[path.join("gone"), path.join("never")]).unwrap();
        assert_eq!(fs::read_to_string(path.join("lock")).unwrap(), "next");
        let mut left: Vec<_> = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.retain(|name| !name.to_string_lossy().contains("taken"));
        assert_eq!(left, ["lock"]);
        fs::remove_dir_all(path).unwrap();
    }
}
