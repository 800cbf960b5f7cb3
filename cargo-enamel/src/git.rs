//! What git knows: former texts, commits, and the sides of a merge.
//!
//! Only `rebase` needs it. For all else it is nice to have: without git, or outside a repository, everything works.

use crate::exit::Failure;
use crate::report;
use enamel_schema::{Checksum, Diagnostic};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The text of a hash, when git's index or last commit has it at this path below the folder.
pub(crate) fn text_of(folder: &Path, path: &str, hash: &Checksum) -> Option<String> {
    let repository = Repository { folder: folder.to_path_buf() };
    let texts = ["HEAD:", ":"].into_iter().filter_map(|tree| repository.text(tree, path));
    texts.into_iter().find(|text| &Checksum::of(text) == hash)
}

/// A git repository, asked from one of its folders. Paths are relative to that folder.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    folder: PathBuf,
}

impl Repository {
    /// The repository that a folder lies in.
    pub(crate) fn open(folder: PathBuf) -> Result<Repository, Failure> {
        let shown = report::shown_path(&folder);
        let mistake = match command(&folder, &["rev-parse", "--is-inside-work-tree"]).output() {
            Ok(output) if output.status.success() => return Ok(Repository { folder }),
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr);
                Diagnostic::error(format!("{shown} is not in a git repository"))
                    .with_note(format!("git says: {}", said.trim().trim_start_matches("fatal: ")))
            }
            Err(error) => Diagnostic::error(format!("could not run git: {error}")),
        };
        Err(mistake.with_hint("`rebase` takes both sides of a merge from git").into())
    }

    /// What git prints, `None` when it fails.
    pub(crate) fn ask(&self, arguments: &[&str]) -> Option<String> {
        let output = command(&self.folder, arguments).stderr(Stdio::null()).output().ok()?;
        String::from_utf8(output.stdout).ok().filter(|_| output.status.success())
    }

    /// The one line that git prints.
    pub(crate) fn line(&self, arguments: &[&str]) -> Option<String> {
        self.ask(arguments).map(|text| text.trim().to_owned()).filter(|line| !line.is_empty())
    }

    /// The commit that a name means.
    pub(crate) fn commit(&self, name: &str) -> Option<String> {
        self.line(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
    }

    /// Whether one commit came before another, or is the same.
    pub(crate) fn is_before(&self, earlier: &str, later: &str) -> bool {
        self.ask(&["merge-base", "--is-ancestor", earlier, later]).is_some()
    }

    /// A file as it is in a tree: `HEAD:`, `:2:`.
    pub(crate) fn text(&self, tree: &str, path: &str) -> Option<String> {
        self.ask(&["show", &format!("{tree}./{path}")])
    }

    /// The files of which git has kept both sides of a merge.
    pub(crate) fn unmerged(&self) -> BTreeSet<String> {
        let lines = self.ask(&["ls-files", "--unmerged", "-z"]).unwrap_or_default();
        // `100644 <hash> <stage>\t<path>`
        lines.split('\0').filter_map(|line| Some(line.split_once('\t')?.1.to_owned())).collect()
    }

    /// A file that git keeps for itself, if it is there.
    pub(crate) fn own_file(&self, name: &str) -> Option<PathBuf> {
        let path = self.line(&["rev-parse", "--git-path", name])?;
        Some(self.folder.join(path)).filter(|path| path.exists())
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}
