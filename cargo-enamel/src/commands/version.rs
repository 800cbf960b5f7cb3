//! `version`: where the database stands.

use crate::cli::{Database, Globals};
use crate::database;
use crate::exit::Failure;
use crate::session::{Session, place};
use crate::shell::Shell;
use clap::Args;
use enamel_runtime::error::Problem;
use enamel_runtime::upgrade::{Standing, State};
use enamel_schema::{Diagnostic, Version};
use serde_json::json;

/// Say where the database stands: its revision, the newest one, how many are pending
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel version                     the database of DATABASE_URL
  cargo enamel version -D sqlite:shop.db   another database
  cargo enamel version --check             exit code 3 unless the database is at head")]
pub(crate) struct Arguments {
    /// Exit with code 3 unless the database is at head
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    database: Database,
}

/// Says where the database stands.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let session = Session::begin_with(&arguments.database, globals, shell)?;
    let Some(database) = database::named(&arguments.database, &session.project)? else {
        if arguments.check {
            return Err(Failure::usage(
                Diagnostic::error("no database is named").with_hint(database::how(&session.project)),
            ));
        }
        let head = session.head().number();
        let nothing = json!({ "database": null, "standing": null, "revision": null, "head": head, "pending": [], "problems": [] });
        shell.event("version", nothing)?;
        shell.data(&format!("head      {}\n", session.called(session.head())))?;
        shell.hint(&format!("no database is named; {}", database::how(&session.project)))?;
        return Ok(());
    };
    let missing = database.is_missing();
    let state = session.state(&mut database.open_as_it_is()?)?;
    let standing = standing(&state, missing);
    shell.event(
        "version",
        json!({
            "database": database.to_string(),
            "standing": standing.word,
            "revision": state.current.number(),
            "head": state.head.number(),
            "pending": state.pending.iter().map(|(version, _)| version.number()).collect::<Vec<_>>(),
            "problems": state.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        }),
    )?;
    let mut lines = vec![
        format!("database  {database}"),
        format!("revision  {}", called(&session, &state, state.current)),
        format!("head      {}", session.called(state.head)),
        format!("pending   {}", state.pending.len()),
        format!("standing  {}", standing.words),
    ];
    lines.extend(state.problems.iter().map(|problem| format!("problem   {problem}")));
    shell.data(&format!("{}\n", lines.join("\n")))?;
    let of_problem = state.problems.first().map(Problem::hint);
    if let Some(hint) = standing.hint.map(str::to_owned).or(of_problem) {
        shell.hint(&hint)?;
    }
    if arguments.check && state.standing != Standing::AtHead {
        let mistake = Diagnostic::error(format!("the database is not at head, which is {}", place(state.head)));
        return Err(Failure::difference(vec![mistake]));
    }
    Ok(())
}

/// A database's revision, by the name that its history gives it.
fn called(session: &Session, state: &State, version: Version) -> String {
    match state.applied.iter().find(|applied| applied.version == version) {
        Some(applied) => format!("{version} {}", applied.name),
        None => session.called(version),
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
        Standing::Diverged | _ => ("diverged", "its history is not that of these revisions", None),
    };
    Words { word, words, hint }
}
