//! Which merge is under way, and which side of it is upstream.
//!
//! git says "ours" and "theirs" by who does the merging: in `git merge` ours is my branch, in `git rebase` and `git cherry-pick` it is the branch
//! that my commits are put on. Revisions that others have already must keep their numbers, so what counts here is which side is upstream:
//!
//! - `git rebase`, `git cherry-pick`, `git stash pop`: what the commit is put on.
//! - `git merge`: what is merged in; except on the main branch of the repository, when what is merged in is not that branch's own upstream: a
//!   feature that comes home is behind what the main branch has.
//! - `--onto` says it itself, also when the merge is over.

use crate::exit::Failure;
use crate::git::Repository;
use crate::project::LOCK_FILE;
use enamel_schema::{Diagnostic, Lock};

/// A merge.
pub(super) struct Merging {
    /// What to run when all is resolved.
    pub(super) go_on: Option<&'static str>,
    /// What both sides began with, where git knows it.
    pub(super) base: Option<Lock>,
    /// The side whose revisions come last.
    pub(super) mine: Side,
    /// The upstream side, whose revisions keep their numbers.
    pub(super) theirs: Side,
    /// What git calls the commit of theirs right now.
    pub(super) theirs_in_git: String,
}

/// One side of a merge.
pub(super) struct Side {
    /// What people call it.
    pub(super) name: String,
    /// Its commit; a stash that is applied has none.
    pub(super) commit: Option<String>,
    /// Where git shows its files: `<commit>:`, `:3:`.
    pub(super) tree: String,
    /// Its lock file.
    pub(super) lock: Lock,
}

/// The merge that is under way, or that `onto` names; `None` when there is neither.
pub(super) fn find(repository: &Repository, onto: Option<&str>) -> Result<Option<Merging>, Failure> {
    let finding = Finding { repository };
    let onto = onto.map(|name| finding.named(name)).transpose()?;
    if let Some(merged) = repository.commit("MERGE_HEAD") {
        return finding.merge(&merged, onto.as_deref()).map(Some);
    }
    if let Some(onto) = onto {
        return finding.merged_before(&onto).map(Some);
    }
    let rebases = ["rebase-merge", "rebase-apply"].iter().any(|name| repository.own_file(name).is_some());
    if let Some(picked) = repository.commit("REBASE_HEAD").filter(|_| rebases) {
        let name = finding.rebased_branch().unwrap_or_else(|| finding.name(&picked));
        return finding.picked(&picked, name, "git rebase --continue").map(Some);
    }
    if let Some(picked) = repository.commit("CHERRY_PICK_HEAD") {
        return finding.picked(&picked, finding.name(&picked), "git cherry-pick --continue").map(Some);
    }
    if repository.commit("REVERT_HEAD").is_some() {
        return Err(Diagnostic::error("a revision cannot be taken back with `git revert`: databases have it")
            .with_hint("`git revert --abort`, and write a revision that undoes it")
            .into());
    }
    finding.stages()
}

struct Finding<'r> {
    repository: &'r Repository,
}

impl Finding<'_> {
    fn merge(&self, merged: &str, onto: Option<&str>) -> Result<Merging, Failure> {
        let head = self.head()?;
        let merged_is_upstream = match onto {
            None => self.is_upstream(merged),
            Some(onto) => self.lies_on(onto, merged, &head)?,
        };
        let bases = self.repository.ask(&["merge-base", "--all", &head, merged]).unwrap_or_default();
        // Of several, none is what both began with.
        let base = Some(bases.trim()).filter(|bases| !bases.is_empty() && !bases.contains('\n'));
        let base = base.and_then(|base| self.base(base));
        let here = self.side(&head, self.branch().unwrap_or_else(|| self.name(&head)))?;
        let there = self.side(merged, self.name(merged))?;
        let (mine, theirs) = if merged_is_upstream { (here, there) } else { (there, here) };
        let theirs_in_git = if merged_is_upstream { "MERGE_HEAD" } else { "HEAD" }.to_owned();
        Ok(Merging { go_on: Some("git merge --continue"), base, mine, theirs, theirs_in_git })
    }

    /// Whether what is merged in is upstream of the branch that it is merged into.
    fn is_upstream(&self, merged: &str) -> bool {
        let remote = self.repository.line(&["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
        let main = remote.as_deref().and_then(|remote| remote.split_once('/')).map(|(_, main)| main);
        let is_main = self.branch().is_some_and(|branch| match main {
            Some(main) => branch == main,
            None => ["main", "master", "trunk"].contains(&branch.as_str()),
        });
        let upstream = self.repository.commit("@{upstream}");
        !is_main || upstream.is_some_and(|upstream| self.repository.is_before(merged, &upstream))
    }

    /// Whether a commit that was named lies on what is merged in, rather than on what it is merged into.
    fn lies_on(&self, onto: &str, merged: &str, head: &str) -> Result<bool, Failure> {
        match [merged, head].map(|side| self.repository.is_before(onto, side)) {
            [true, false] => Ok(true),
            [false, true] => Ok(false),
            [_, _] => Err(Failure::usage(
                Diagnostic::error("`--onto` names neither side of the merge that is under way").with_hint(format!(
                    "it takes HEAD or MERGE_HEAD: {} or {}",
                    self.name(head),
                    self.name(merged)
                )),
            )),
        }
    }

    /// A commit that is being put on HEAD.
    fn picked(&self, picked: &str, name: String, go_on: &'static str) -> Result<Merging, Failure> {
        let head = self.head()?;
        let onto = self.repository.own_file("rebase-merge/onto").and_then(|path| std::fs::read_to_string(path).ok());
        let onto = onto.map_or(head.clone(), |onto| onto.trim().to_owned());
        Ok(Merging {
            go_on: Some(go_on),
            base: self.repository.commit(&format!("{picked}^")).and_then(|base| self.base(&base)),
            mine: self.side(picked, name)?,
            theirs: self.side(&head, self.name(&onto))?,
            theirs_in_git: "HEAD".to_owned(),
        })
    }

    fn branch(&self) -> Option<String> {
        self.repository.line(&["symbolic-ref", "--quiet", "--short", "HEAD"])
    }

    fn rebased_branch(&self) -> Option<String> {
        let path = ["rebase-merge/head-name", "rebase-apply/head-name"].iter();
        let path = path.filter_map(|name| self.repository.own_file(name)).next()?;
        let name = std::fs::read_to_string(path).ok()?;
        name.trim().strip_prefix("refs/heads/").map(str::to_owned)
    }

    /// A merge that is over, and left the lock file in whatever state.
    fn merged_before(&self, onto: &str) -> Result<Merging, Failure> {
        let head = self.head()?;
        let name = self.name(onto);
        if !self.repository.is_before(onto, &head) {
            return Err(Failure::usage(
                Diagnostic::error(format!("{name} is not merged"))
                    .with_hint(format!("`git merge {name}` or `git rebase {name}`, then `cargo enamel rebase`")),
            ));
        }
        let theirs = self.side(onto, name.clone())?;
        let mut mine = self.tip_of_mine(&theirs, &head).ok_or_else(|| {
            Diagnostic::error(format!("there is no revision of yours that is not on {name}"))
                .with_note("a commit that lists it in enamel.lock is looked for")
        })?;
        mine.name = self.branch().unwrap_or(mine.name);
        Ok(Merging { go_on: None, base: None, mine, theirs, theirs_in_git: name })
    }

    /// The newest commit with a lock file that lists what theirs does not: what came after was merged badly.
    fn tip_of_mine(&self, theirs: &Side, head: &str) -> Option<Side> {
        let range = format!("{}..{head}", theirs.commit.as_deref().unwrap_or_default());
        let commits = self.repository.ask(&["log", "--full-history", "--format=%H", &range, "--", LOCK_FILE])?;
        let sides = commits.lines().filter_map(|commit| self.side(commit, self.name(commit)).ok());
        sides.into_iter().find(|side| {
            let entries = side
                .lock
                .dialects
                .iter()
                .flat_map(|(dialect, entries)| entries.iter().map(move |entry| (dialect, entry)));
            let is_new = |(dialect, entry): (&_, &enamel_schema::lock::Entry)| {
                let theirs = theirs.lock.dialects.get(dialect).map(Vec::as_slice).unwrap_or_default();
                !theirs.iter().any(|other| other.slug == entry.slug && other.up == entry.up)
            };
            chains(&side.lock) && entries.into_iter().any(is_new)
        })
    }

    /// What `git stash pop`, `git am` or `git checkout --merge` left: sides without commits.
    fn stages(&self) -> Result<Option<Merging>, Failure> {
        let side = |stage: u8, name: &str, commit: Option<String>| -> Result<Option<Side>, Failure> {
            let tree = format!(":{stage}:");
            let Some(text) = self.repository.text(&tree, LOCK_FILE) else { return Ok(None) };
            Ok(Some(Side { name: name.to_owned(), lock: parse(&text, name)?, tree, commit }))
        };
        let (Some(mine), Some(mut theirs)) =
            (side(3, "yours", None)?, side(2, "HEAD", self.repository.commit("HEAD"))?)
        else {
            return Ok(None);
        };
        theirs.tree = "HEAD:".to_owned();
        let base = side(1, "what both began with", None)?.map(|side| side.lock);
        Ok(Some(Merging { go_on: None, base, mine, theirs, theirs_in_git: "HEAD".to_owned() }))
    }

    fn head(&self) -> Result<String, Failure> {
        self.repository.commit("HEAD").ok_or_else(|| Diagnostic::error("git has no commit yet").into())
    }

    fn named(&self, name: &str) -> Result<String, Failure> {
        self.repository
            .commit(name)
            .ok_or_else(|| Failure::usage(Diagnostic::error(format!("git knows no commit `{name}`"))))
    }

    /// What people call a commit.
    fn name(&self, commit: &str) -> String {
        let branches = ["--refs=refs/heads/*", "--refs=refs/remotes/*", "--refs=refs/tags/*"];
        let arguments = [&["name-rev", "--name-only", "--no-undefined"], branches.as_slice(), &[commit]].concat();
        let name = self.repository.line(&arguments).map(|name| {
            let name = ["heads/", "remotes/", "tags/"]
                .iter()
                .fold(name.as_str(), |name, start| name.trim_start_matches(start));
            name.to_owned()
        });
        name.or_else(|| self.repository.line(&["rev-parse", "--short", commit])).unwrap_or_else(|| commit.to_owned())
    }

    /// One that cannot be read is as good as none.
    fn base(&self, commit: &str) -> Option<Lock> {
        Lock::parse(&self.repository.text(&format!("{commit}:"), LOCK_FILE)?, LOCK_FILE).ok()
    }

    fn side(&self, commit: &str, name: String) -> Result<Side, Failure> {
        let tree = format!("{commit}:");
        let text = self.repository.text(&tree, LOCK_FILE);
        let text = text.ok_or_else(|| Diagnostic::error(format!("{name} has no {LOCK_FILE} in this folder")))?;
        Ok(Side { lock: parse(&text, &name)?, name, tree, commit: Some(commit.to_owned()) })
    }
}

/// Whether each line follows from the one before.
fn chains(lock: &Lock) -> bool {
    lock.dialects.values().all(|entries| {
        let mut previous = None;
        entries.iter().all(|entry| {
            let chain = enamel_schema::Checksum::chained(previous.as_ref(), &entry.up);
            previous = Some(entry.chain);
            chain == entry.chain
        })
    })
}

fn parse(text: &str, name: &str) -> Result<Lock, Failure> {
    Lock::parse(text, LOCK_FILE).map_err(|mistake| {
        // The text is not the one on disk.
        let place = mistake.place.map(|place| format!(" (line {})", place.line)).unwrap_or_default();
        let whose =
            Diagnostic::error(format!("could not read {LOCK_FILE} as it is on {name}: {}{place}", mistake.message));
        whose.with_hint("`--onto` names another commit whose revisions come first").into()
    })
}
