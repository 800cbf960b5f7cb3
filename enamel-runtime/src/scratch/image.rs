//! What a private server has made, kept in a folder for the next one to begin with.
//!
//! Making a server's folder takes half a second, and replaying a long history longer. Only what a server left that was stopped properly is trusted: each server
//! runs on a copy of its own, so that none can spoil it, and the label comes last and goes first.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of a stopped server, with what it says of itself.
#[derive(Clone, Debug)]
pub(super) struct Image {
    folder: PathBuf,
}

/// The folder of the server.
const DATA: &str = "data";

/// Says what made the folder, and that it is whole.
const LABEL: &str = "label";

/// The numbers of the databases that nobody writes in, a line each: others are made from them.
const TEMPLATES: &str = "templates";

/// Held by whoever reads or writes the rest.
const LOCK: &str = "lock";

/// What the files of servers depend on, besides the programs: how they are started, and how databases are named.
const FORM: &str = "enamel-server 1";

impl Image {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Copies the image for a server of these programs, which runs as `user`. Whether there was one.
    pub(super) fn copy_to(&self, data: &Path, programs: &Path, user: Option<(u32, u32)>) -> bool {
        let copied = self.try_copy_to(data, programs, user).unwrap_or(false);
        if !copied {
            let _ = fs::remove_dir_all(data);
        }
        copied
    }

    fn try_copy_to(&self, data: &Path, programs: &Path, user: Option<(u32, u32)>) -> io::Result<bool> {
        let lock = File::open(self.folder.join(LOCK))?;
        if lock.try_lock_shared().is_err() || label(programs) != Some(fs::read_to_string(self.folder.join(LABEL))?) {
            return Ok(false);
        }
        let kept = self.folder.join(DATA);
        let templates = fs::read_to_string(self.folder.join(TEMPLATES))?;
        let templates: Vec<PathBuf> = templates.lines().map(|number| kept.join("base").join(number)).collect();
        copy(&kept, data, user, &templates)?;
        Ok(true)
    }

    /// Takes the folder of a server that was stopped, in place of the former one. Another process that is at it is not waited for. `templates` are the
    /// numbers of databases in which no server writes.
    pub(super) fn take(&self, data: &Path, programs: &Path, templates: &[String]) -> io::Result<()> {
        let Some(label) = label(programs) else { return Ok(()) };
        fs::create_dir_all(&self.folder)?;
        let lock = File::create(self.folder.join(LOCK))?;
        if lock.try_lock().is_err() {
            return Ok(());
        }
        // Order matters: without its label nobody trusts it, whatever is in it.
        absent(fs::remove_file(self.folder.join(LABEL)))?;
        let kept = self.folder.join(DATA);
        absent(fs::remove_dir_all(&kept))?;
        // The other place may be on another disk.
        fs::rename(data, &kept).or_else(|_| copy(data, &kept, None, &[]))?;
        fs::write(self.folder.join(TEMPLATES), templates.join("\n"))?;
        fs::write(self.folder.join(LABEL), label)
    }
}

/// What must be the same for an image to be of use: the program, and how long the machine has been up, since nothing waits until it is on the disk.
fn label(programs: &Path) -> Option<String> {
    let program = programs.join("postgres");
    let about = fs::metadata(&program).ok()?;
    let (size, time, nanoseconds, boot) = (about.len(), about.mtime(), about.mtime_nsec(), boot()?);
    Some(format!("{FORM}\n{}\n{size} {time}.{nanoseconds:09}\n{boot}\n", program.display()))
}

/// A name for the time since the machine was started: that of Linux, or that of macOS.
fn boot() -> Option<String> {
    let linux = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok();
    let boot = linux.or_else(|| {
        let said = Command::new("sysctl").args(["-n", "kern.bootsessionuuid"]).output().ok()?;
        String::from_utf8(said.stdout).ok()
    });
    boot.map(|boot| boot.trim().to_owned()).filter(|boot| !boot.is_empty())
}

/// Copies a folder of files, for its owner alone. Those in `shared` folders become the same files where they can, which takes a tenth of the time.
fn copy(from: &Path, to: &Path, user: Option<(u32, u32)>, shared: &[PathBuf]) -> io::Result<()> {
    let give = |path: &Path| user.map_or(Ok(()), |(user, group)| chown(path, Some(user), Some(group)));
    fs::DirBuilder::new().mode(0o700).create(to)?;
    give(to)?;
    let is_shared = shared.iter().any(|shared| shared == from);
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&from, &to, user, shared)?;
            continue;
        }
        if !is_shared || fs::hard_link(&from, &to).is_err() {
            fs::copy(&from, &to)?;
        }
        give(&to)?;
    }
    Ok(())
}

fn absent(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}
