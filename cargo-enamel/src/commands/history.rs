//! `history`: the revisions, and which of them the database has.

use crate::cli::{Database, Globals};
use crate::database;
use crate::exit::Failure;
use crate::session::Session;
use crate::shell::Shell;
use clap::Args;
use enamel_runtime::upgrade::{Applied, State, Text};
use enamel_schema::{Diagnostic, Level, Version};
use serde_json::json;
use std::collections::BTreeMap;

/// List the revisions, newest first, with what the database has of them
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel history                     the database of DATABASE_URL, if there is one
  cargo enamel history -D sqlite:shop.db   another database")]
pub(crate) struct Arguments {
    #[command(flatten)]
    database: Database,
}

/// Lists the revisions.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let session = Session::begin_with(&arguments.database, globals, shell)?;
    let state = match database::named(&arguments.database, &session.project)? {
        Some(database) => Some(session.state(&mut database.open_as_it_is()?)?),
        None => None,
    };
    for problem in state.iter().flat_map(|state| &state.problems) {
        shell.diagnostic(&Diagnostic::new(Level::Warning, problem.to_string()).with_hint(problem.hint()))?;
    }
    let lines = lines(&session, state.as_ref());
    let width = lines.values().map(|line| line.name.chars().count()).max().unwrap_or_default();
    for (version, line) in lines.iter().rev() {
        shell.event(
            "revision",
            json!({
                "version": version.number(),
                "name": line.name,
                "mark": line.mark.map(Mark::word),
                "applied_on": line.applied_on,
                "head": *version == session.head(),
                "unproven": line.unproven,
            }),
        )?;
        let notes = [
            line.mark.map(|mark| mark.words().to_owned()),
            line.applied_on.as_deref().map(to_the_second),
            (*version == session.head()).then(|| "(head)".to_owned()),
            line.unproven.then(|| "(unproven)".to_owned()),
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        shell.data(&format!("{}\n", format!("{version} {:width$}  {}", line.name, notes.join(" ")).trim_end()))?;
    }
    if lines.is_empty() {
        shell
            .hint("there are no revisions yet: `cargo enamel revision -m \"first\" --autogenerate` writes the first")?;
    }
    Ok(())
}

/// `2026-01-31T12:00:00.123456789Z` → `2026-01-31T12:00:00Z`
fn to_the_second(time: &str) -> String {
    time.split_once('.').map_or_else(|| time.to_owned(), |(seconds, _)| format!("{seconds}Z"))
}

/// One revision of the list.
struct Line {
    name: String,
    mark: Option<Mark>,
    applied_on: Option<String>,
    unproven: bool,
}

/// Those of the lock file, and those that only the database has.
fn lines(session: &Session, state: Option<&State>) -> BTreeMap<Version, Line> {
    let mut lines = BTreeMap::new();
    for entry in session.entries() {
        let applied = state.and_then(|state| state.applied.iter().find(|applied| applied.version == entry.version));
        let mark = state.map(|_| applied.map_or(Mark::Pending, Mark::of));
        let applied_on = applied.map(|applied| applied.applied_on.clone());
        lines.insert(entry.version, Line { name: entry.slug.clone(), mark, applied_on, unproven: entry.unproven });
    }
    for applied in state.into_iter().flat_map(|state| &state.applied) {
        lines.entry(applied.version).or_insert_with(|| Line {
            name: applied.name.clone(),
            mark: Some(Mark::of(applied)),
            applied_on: Some(applied.applied_on.clone()),
            unproven: false,
        });
    }
    lines
}

/// What the database has of a revision.
#[derive(Clone, Copy)]
enum Mark {
    Pending,
    Applied,
    Accepted,
    Edited,
    Unknown,
}

impl Mark {
    fn of(applied: &Applied) -> Mark {
        match applied.text {
            Text::Accepted => Mark::Accepted,
            Text::Edited => Mark::Edited,
            Text::Unknown => Mark::Unknown,
            Text::Same | _ => Mark::Applied,
        }
    }

    /// For a program.
    const fn word(self) -> &'static str {
        match self {
            Mark::Pending => "pending",
            Mark::Applied => "applied",
            Mark::Accepted => "accepted",
            Mark::Edited => "edited",
            Mark::Unknown => "unknown",
        }
    }

    /// For a person.
    const fn words(self) -> &'static str {
        match self {
            Mark::Pending => "pending",
            Mark::Applied => "applied",
            Mark::Accepted => "applied, in a former text",
            Mark::Edited => "applied, in another text",
            Mark::Unknown => "applied, and not among the revisions",
        }
    }
}
