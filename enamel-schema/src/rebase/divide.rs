//! Which revisions are mine, which are theirs, and which both have.

use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::lock::{Entry, Lock};
use crate::revision::Version;
use std::collections::BTreeMap;

/// What two branches did since they parted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// The newest revision of mine that is no new one.
    pub fork: Version,
    /// My new revisions, the oldest first.
    pub mine: Vec<Mine>,
    /// Revisions that were there and whose texts I changed, under their numbers at theirs.
    pub mended: Vec<Mended>,
    /// Their new revisions.
    pub theirs: BTreeMap<Dialect, Vec<Entry>>,
}

/// A new revision of mine, in all databases that it is written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    /// Its number on my branch.
    pub version: Version,
    /// Its slug.
    pub slug: String,
    /// Its line in the lock file of my branch, for each database.
    pub entries: BTreeMap<Dialect, Entry>,
}

/// A revision whose texts I changed since the branches parted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The database.
    pub dialect: Dialect,
    /// Its line on my branch.
    pub mine: Entry,
    /// Its number at theirs.
    pub version: Version,
}

/// Tells mine from theirs. `base` is what both began with; without it, what they have in common from the first revision on.
///
/// # Errors
///
/// A revision that mine took back, or that both changed.
pub fn divide(base: Option<&Lock>, mine: &Lock, theirs: &Lock) -> Result<Division, Diagnostic> {
    let mut division = Division { fork: Version::BASE, mine: Vec::new(), mended: Vec::new(), theirs: BTreeMap::new() };
    for (&dialect, entries) in &mine.dialects {
        let theirs = theirs.dialects.get(&dialect).map(Vec::as_slice).unwrap_or_default();
        let parted = base.map(|base| base.dialects.get(&dialect).map(Vec::as_slice).unwrap_or_default());
        let base = parted.unwrap_or_else(|| common(theirs, entries));
        let (kept, new) = entries.split_at(base.len().min(entries.len()));
        // On my own branch a revision keeps its number and name, also when a blank one was filled in.
        let stays = |was: &Entry, is: &Entry| {
            same(was, is) || parted.is_some() && (was.version, &was.slug) == (is.version, &is.slug)
        };
        if let Some(gone) =
            base.iter().enumerate().find(|(place, was)| !kept.get(*place).is_some_and(|is| stays(was, is)))
        {
            return Err(taken_back(gone.1));
        }
        let fork = kept.last().map_or(Version::BASE, |entry| entry.version);
        division.fork = division.fork.max(fork);
        for entry in new {
            division.add(dialect, entry);
        }
        for (was, is) in base.iter().zip(kept) {
            // Where only two ends are known, a way back that differs is taken as theirs has it.
            if parted.is_some() || was.up != is.up {
                division.mended.extend(mended(dialect, was, is, theirs)?);
            }
        }
        division.theirs.insert(dialect, new_of_theirs(base, theirs));
    }
    division.mine.sort_by_key(|mine| mine.version);
    Ok(division)
}

impl Division {
    fn add(&mut self, dialect: Dialect, entry: &Entry) {
        let known = self.mine.iter_mut().find(|mine| mine.version == entry.version && mine.slug == entry.slug);
        match known {
            Some(mine) => {
                mine.entries.insert(dialect, entry.clone());
            }
            None => self.mine.push(Mine {
                version: entry.version,
                slug: entry.slug.clone(),
                entries: [(dialect, entry.clone())].into(),
            }),
        }
    }
}

/// Whether two lines are of one revision, whose text may have been edited and sealed again.
pub(super) fn same(left: &Entry, right: &Entry) -> bool {
    left.slug == right.slug
        && (left.up == right.up || left.accepts.contains(&right.up) || right.accepts.contains(&left.up))
}

/// The lines that two lists have in common from the first on, as they are on the left.
fn common<'e>(left: &'e [Entry], right: &[Entry]) -> &'e [Entry] {
    let count = left.iter().zip(right).take_while(|(left, right)| same(left, right)).count();
    left.get(..count).unwrap_or_default()
}

/// What I changed of a revision that was there, unless theirs has it so already.
fn mended(dialect: Dialect, was: &Entry, is: &Entry, theirs: &[Entry]) -> Result<Option<Mended>, Diagnostic> {
    let text = |entry: &Entry| (entry.up, entry.down);
    let was_edited_since = was.accepts.contains(&is.up) && !is.accepts.contains(&was.up);
    if text(was) == text(is) || was_edited_since {
        return Ok(None);
    }
    let counterpart = theirs.iter().find(|entry| same(entry, was)).or_else(|| {
        // One that was made again behind theirs in a former step of the same rebase.
        theirs.iter().find(|entry| entry.slug == was.slug)
    });
    match counterpart {
        None => Err(Diagnostic::error(format!(
            "revision {} {} was edited, and theirs does not have it",
            is.version, is.slug
        ))),
        Some(entry) if text(entry) == text(is) => Ok(None),
        Some(entry) if text(entry) == text(was) => {
            Ok(Some(Mended { dialect, mine: is.clone(), version: entry.version }))
        }
        Some(entry) => {
            let both = Diagnostic::error(format!("both branches edited revision {} {}", is.version, is.slug));
            let number = (entry.version != is.version).then(|| format!("it is revision {} at theirs", entry.version));
            let both = number.into_iter().fold(both, Diagnostic::with_note);
            Err(both.with_hint("take back one of the two edits on its own branch, and merge again"))
        }
    }
}

/// Their revisions that were not there when the branches parted.
fn new_of_theirs(base: &[Entry], theirs: &[Entry]) -> Vec<Entry> {
    let mut moved: Vec<&Entry> = base.iter().filter(|was| !theirs.iter().any(|entry| same(entry, was))).collect();
    let is_new = |entry: &&Entry| {
        let moved_here = moved.iter().position(|was| was.slug == entry.slug);
        let was_moved = moved_here.map(|place| moved.remove(place)).is_some();
        !was_moved && !base.iter().any(|was| same(entry, was))
    };
    theirs.iter().filter(is_new).cloned().collect()
}

fn taken_back(entry: &Entry) -> Diagnostic {
    Diagnostic::error(format!("revision {} {} is not on your branch any more", entry.version, entry.slug))
        .with_note("it was there when the branches parted, or one commit before")
        .with_hint("squash the commits that wrote it and took it back (`git rebase -i`), and begin again")
}
