//! How a database stands to a program's revisions, in words.

use super::judge::{accepts, find};
use super::report::Place;
use super::task::Task;
use crate::claim::Claim;
use crate::error::{Counted, Problem};
use crate::history::Row;
use enamel_schema::Version;
use std::fmt;

/// How a database stands to a program's revisions. It prints as one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct State {
    /// The database's revision.
    pub current: Version,
    /// The program's newest.
    pub head: Version,
    /// The two of them, in one word.
    pub standing: Standing,
    /// The revisions that are applied, the oldest first.
    pub applied: Vec<Applied>,
    /// The revisions that are pending, with their names.
    pub pending: Vec<(Version, String)>,
    /// The revision that some launch has begun, and whose statements take effect one by one.
    pub in_hand: Option<InHand>,
    /// Everything that differs, the oldest first.
    pub problems: Vec<Problem>,
}

/// Where a database is, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// There is no history table.
    NoHistory,
    /// There is a history table with nothing in it.
    Empty,
    /// Some revisions are pending.
    Behind,
    /// Every revision is applied.
    AtHead,
    /// A newer program has upgraded it.
    Ahead {
        /// Whether all its newer revisions keep this program working.
        works: bool,
    },
    /// Its history is not that of these revisions; see [`State::problems`].
    Diverged,
}

/// A `no-transaction` revision that was begun and is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InHand {
    /// Its number.
    pub version: Version,
    /// How many of its statements have taken effect.
    pub done: usize,
    /// Who is at it now. `None`: it was interrupted, and the next launch goes on there.
    pub holder: Option<String>,
}

/// A revision that a database has applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// Its number.
    pub version: Version,
    /// Its name, as the history gives it.
    pub name: String,
    /// When, in the words of RFC 3339.
    pub applied_on: String,
    /// By which package.
    pub applied_by: String,
    /// How its text stands to the program's.
    pub text: Text,
}

/// How the text that a database applied stands to the program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Text {
    /// It is the same.
    Same,
    /// It is a former one, which was accepted.
    Accepted,
    /// It is another.
    Edited,
    /// The program has no such revision.
    Unknown,
}

impl State {
    /// Judges a history; `None` is one that is not there.
    pub(crate) fn new(task: &Task<'_>, history: Option<&[Row]>, claim: Option<Claim>) -> Self {
        let rows = history.unwrap_or_default();
        let judgement = task.judge(rows);
        let above = &rows[rows.len() - judgement.above..];
        let standing = if !judgement.problems.is_empty() {
            Standing::Diverged
        } else if history.is_none() {
            Standing::NoHistory
        } else if !above.is_empty() {
            Standing::Ahead { works: above.iter().all(|row| row.keeps_old_code) }
        } else if judgement.pending == 0 {
            Standing::AtHead
        } else if rows.is_empty() {
            Standing::Empty
        } else {
            Standing::Behind
        };
        let pending = &task.revisions[task.revisions.len() - judgement.pending..];
        Self {
            current: judgement.current,
            head: task.head(),
            standing,
            applied: rows.iter().map(|row| applied(task, row)).collect(),
            pending: pending.iter().map(|revision| (revision.version, revision.name.to_owned())).collect(),
            in_hand: claim.and_then(in_hand),
            problems: judgement.problems,
        }
    }
}

fn in_hand(claim: Claim) -> Option<InHand> {
    let holder = claim.alive.then(|| claim.holder.clone());
    Some(InHand { version: claim.version()?, done: claim.done, holder })
}

fn applied(task: &Task<'_>, row: &Row) -> Applied {
    let text = match find(task.revisions, row.version) {
        None => Text::Unknown,
        Some(revision) if revision.sha256 == row.sha256 => Text::Same,
        Some(revision) if accepts(revision, row) => Text::Accepted,
        Some(_) => Text::Edited,
    };
    Applied {
        version: row.version,
        name: row.name.clone(),
        applied_on: row.applied_on.clone(),
        applied_by: row.applied_by.clone(),
        text,
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (current, head) = (Place(self.current), Place(self.head));
        let pending = Counted(self.pending.len(), "revision");
        match self.standing {
            Standing::NoHistory => write!(formatter, "no history yet, {pending} pending, head is {head}"),
            Standing::Empty => write!(formatter, "at base, {pending} pending, head is {head}"),
            Standing::Behind => write!(formatter, "at {current}, {pending} pending, head is {head}"),
            Standing::AtHead => write!(formatter, "at {current}, which is head"),
            Standing::Ahead { works: true } => {
                write!(formatter, "at {current}, newer than head {head}, which still works with it")
            }
            Standing::Ahead { works: false } => {
                write!(formatter, "at {current}, newer than head {head}, which does not work with it")
            }
            Standing::Diverged => {
                let problems = Counted(self.problems.len(), "problem");
                write!(
                    formatter,
                    "at {current}, head is {head}, and the history differs from the revisions: {problems}"
                )?;
                self.problems.iter().try_for_each(|problem| write!(formatter, "\n  {problem}"))
            }
        }
    }
}
