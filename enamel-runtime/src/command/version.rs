//! `version`: where the database stands.

use super::failure::Failure;
use super::host::{Host, wanted};
use super::line::{Line, place};
use super::named::Named;
use super::told::Told;
use crate::error::{Counted, Problem};
use crate::upgrade::{InHand, Standing, State};
use clap::Args;
use enamel_schema::{Diagnostic, Version};
use std::fmt;

/// Say where the database stands: its revision, the newest one, how many are pending
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel version                     the database of DATABASE_URL
  cargo enamel version -D sqlite:shop.db   another database
  cargo enamel version --check             exit code 3 unless the database is at head")]
pub struct Arguments<D: Args> {
    /// Exit with code 3 unless the database is at head
    #[arg(long)]
    check: bool,
    /// Which database.
    #[command(flatten)]
    pub database: D,
}

impl<D: Args> Arguments<D> {
    /// Says where the database stands.
    ///
    /// # Errors
    ///
    /// What stands in the way; with `--check`, that it is not at head.
    pub fn run(&self, line: &Line<'_>, host: &mut dyn Host) -> Result<(), Failure> {
        let Some(database) = host.named()? else {
            if self.check {
                wanted(host)?;
            }
            host.tell(&Told::Version(&ToldVersion::without_database(line)))?;
            host.tell(&Told::Hint(format!("no database is named; {}", host.how())))?;
            return Ok(());
        };
        let missing = database.is_missing();
        let state = line.state(&mut database.open_as_it_is()?)?;
        let standing = standing(&state, missing);
        host.tell(&Told::Version(&ToldVersion::of(&database, &state, &standing, line)))?;
        let of_problem = state.problems.first().map(Problem::hint);
        if let Some(hint) = standing.hint.map(str::to_owned).or(of_problem) {
            host.tell(&Told::Hint(hint))?;
        }
        if self.check && state.standing != Standing::AtHead {
            let mistake = Diagnostic::error(format!("the database is not at head, which is {}", place(state.head)));
            return Err(Failure::difference(vec![mistake]));
        }
        Ok(())
    }
}

/// Where a database stands. It prints as a line for each thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldVersion {
    /// The database, without its password.
    pub database: Option<String>,
    /// How it stands to the revisions, in one word.
    pub standing: Option<&'static str>,
    /// Its revision.
    pub revision: Option<Version>,
    /// The newest revision.
    pub head: Version,
    /// The revisions that are pending.
    pub pending: Vec<Version>,
    /// The revision that was begun and is not done.
    pub in_hand: Option<InHand>,
    /// What differs.
    pub problems: Vec<String>,
    lines: Vec<String>,
}

impl ToldVersion {
    fn without_database(line: &Line<'_>) -> Self {
        let head = line.head();
        Self {
            database: None,
            standing: None,
            revision: None,
            head,
            pending: Vec::new(),
            in_hand: None,
            problems: Vec::new(),
            lines: vec![format!("head      {}", line.called(head))],
        }
    }

    fn of(database: &Named, state: &State, standing: &Words, line: &Line<'_>) -> Self {
        let problems: Vec<String> = state.problems.iter().map(ToString::to_string).collect();
        let mut lines = vec![
            format!("database  {database}"),
            format!("revision  {}", called(line, state, state.current)),
            format!("head      {}", line.called(state.head)),
            format!("pending   {}", state.pending.len()),
            format!("standing  {}", standing.words),
        ];
        lines.extend(state.in_hand.iter().map(|begun| format!("in hand   {}", in_words(begun, line))));
        lines.extend(problems.iter().map(|problem| format!("problem   {problem}")));
        Self {
            database: Some(database.to_string()),
            standing: Some(standing.word),
            revision: Some(state.current),
            head: state.head,
            pending: state.pending.iter().map(|(version, _)| *version).collect(),
            in_hand: state.in_hand.clone(),
            problems,
            lines,
        }
    }
}

impl fmt::Display for ToldVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(formatter, "{line}"))
    }
}

/// A database's revision, by the name that its history gives it.
fn called(line: &Line<'_>, state: &State, version: Version) -> String {
    match state.applied.iter().find(|applied| applied.version == version) {
        Some(applied) => format!("{version} {}", applied.name),
        None => line.called(version),
    }
}

fn in_words(begun: &InHand, line: &Line<'_>) -> String {
    let so_far = format!("{}, {} done", line.called(begun.version), Counted(begun.done, "statement"));
    match &begun.holder {
        Some(holder) => format!("{so_far}; {holder} is at it"),
        None => format!("{so_far}; it was interrupted, and the next upgrade goes on there"),
    }
}

/// Where a database is: for a program, for a person, and what to do.
struct Words {
    word: &'static str,
    words: &'static str,
    hint: Option<&'static str>,
}

fn standing(state: &State, missing: bool) -> Words {
    const UPGRADE: Option<&str> = Some("`cargo enamel upgrade` brings it to head");
    let (word, words, hint) = match state.standing {
        _ if missing => {
            ("no-database", "there is no such database", Some("`cargo enamel upgrade` makes it and brings it to head"))
        }
        Standing::NoHistory if state.head == Version::BASE => ("no-history", "no history yet, and no revisions", None),
        Standing::NoHistory => (
            "no-history",
            "no history yet: nothing was applied by enamel",
            Some(
                "`cargo enamel upgrade` brings it to head; `cargo enamel stamp` says where it stands, if its tables are there already",
            ),
        ),
        Standing::Empty => ("empty", "at base: nothing is applied", UPGRADE),
        Standing::Behind => ("behind", "behind head", UPGRADE),
        Standing::AtHead => ("at-head", "at head", None),
        Standing::Ahead { works: true } => ("ahead", "newer than head; programs of this head still work with it", None),
        Standing::Ahead { works: false } => {
            ("ahead", "newer than head; programs of this head do not work with it", None)
        }
        Standing::Diverged => ("diverged", "its history is not that of these revisions", None),
    };
    Words { word, words, hint }
}
