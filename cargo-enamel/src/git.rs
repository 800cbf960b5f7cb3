//! What git knows: former texts, and the sides of a merge.
//!
//! Only `rebase` needs it. For all else it is nice to have: without git, or outside a repository, everything works.

use enamel_schema::Checksum;
use std::path::Path;
use std::process::{Command, Stdio};

/// Commits at which a text may be found, besides the index and the sides of a merge.
const COMMITS: [&str; 6] = ["HEAD", "MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD", "ORIG_HEAD", "@{upstream}"];

/// A file on both sides of a merge that is under way, and where both began.
pub(crate) struct Stages {
    pub(crate) base: Option<String>,
    pub(crate) ours: String,
    pub(crate) theirs: String,
}

/// The sides of a file that is in conflict.
pub(crate) fn stages(folder: &Path, path: &str) -> Option<Stages> {
    Some(Stages {
        base: show(folder, ":1:./", path),
        ours: show(folder, ":2:./", path)?,
        theirs: show(folder, ":3:./", path)?,
    })
}

/// Whether commits are being put on top of something else, by a rebase, a cherry-pick or a stash: then "ours" is what they are put on. A merge
/// leaves `MERGE_HEAD` as long as it is under way.
pub(crate) fn is_replaying(folder: &Path) -> bool {
    git(folder, &["rev-parse", "--verify", "--quiet", "MERGE_HEAD"]).is_none()
}

/// The text of a hash at this path below the folder, if git has it.
pub(crate) fn text_of(folder: &Path, path: &str, hash: &Checksum) -> Option<String> {
    let commits = COMMITS.map(|commit| format!("{commit}:./"));
    let places = commits.into_iter().chain(["", "2:", "3:"].map(|stage| format!(":{stage}./")));
    places.filter_map(|place| show(folder, &place, path)).find(|text| &Checksum::of(text) == hash)
}

/// The texts that a file had at the last commits of all sides, newest first.
pub(crate) fn texts(folder: &Path, path: &str) -> Vec<String> {
    let sides: Vec<&str> = COMMITS
        .into_iter()
        .filter(|commit| git(folder, &["rev-parse", "--verify", "--quiet", commit]).is_some())
        .collect();
    let arguments = [&["log", "--max-count=100", "--format=%H"], sides.as_slice(), &["--", path]].concat();
    let commits = git(folder, &arguments).unwrap_or_default();
    commits.lines().filter_map(|commit| show(folder, &format!("{commit}:./"), path)).collect()
}

fn show(folder: &Path, place: &str, path: &str) -> Option<String> {
    git(folder, &["show", &format!("{place}{path}")])
}

/// What git prints, `None` when it fails.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}
