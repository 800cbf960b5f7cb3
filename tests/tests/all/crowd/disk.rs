//! A small file system of its own, which can be full.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small file system. It is gone when this is dropped.
pub(super) struct Disk(PathBuf);

impl Disk {
    /// Mounts one on a folder, which it makes. `None` for a user who may not.
    pub(super) fn mount(folder: &Path, megabytes: u32) -> Option<Self> {
        fs::create_dir_all(folder).unwrap();
        let options = format!("size={megabytes}m,mode=0700");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| Self(folder.to_owned()))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Leaves room for so many kilobytes.
    pub(super) fn fill(&self, room: u64) {
        let mut file = File::create(self.filler()).unwrap();
        for size in [1 << 20, 1 << 12] {
            let zeros = vec![0; size];
            while file.write_all(&zeros).is_ok() {}
        }
        let full = file.metadata().unwrap().len();
        file.set_len(full.saturating_sub(room << 10)).unwrap();
    }

    /// Gives the room back.
    pub(super) fn free(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A process that just ended may still be in it.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}
