//! A project and its database: what `upgrade`, `downgrade`, `stamp`, `version` and `history` begin with.

use crate::cli::{self, Globals};
use crate::database::{self, Named};
use crate::exit::Failure;
use crate::progress::Progress;
use crate::project::Project;
use crate::prospect::Prospect;
use crate::shell::Shell;
use crate::target::Target;
use clap::Args;
use enamel_runtime::load::Loaded;
use enamel_runtime::upgrade::{Direction, Event, Report, State};
use enamel_runtime::{Blocking, Error, Launch};
use enamel_schema::lock::Entry;
use enamel_schema::{Diagnostic, Dialect, Lock, Version};
use serde_json::json;
use std::io;
use std::time::Duration;

/// How long to wait for others.
#[derive(Debug, Args)]
pub(crate) struct Patience {
    /// How many seconds to wait for another program that writes to the database
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    lock_timeout: u64,
}

impl Patience {
    /// The launch that waits so long.
    pub(crate) fn of<'a>(&self, launch: Launch<'a>) -> Launch<'a> {
        launch.lock_timeout(Duration::from_secs(self.lock_timeout))
    }
}

/// A project whose revisions were read.
pub(crate) struct Session {
    /// The project.
    pub(crate) project: Project,
    /// Its lock file.
    pub(crate) lock: Lock,
    /// Its revisions, as they are on disk.
    pub(crate) loaded: Loaded,
    /// The kind of the database that is named, if one is.
    dialect: Option<Dialect>,
}

impl Session {
    /// Reads the revisions. One below head that was edited stops it, as it stops a build.
    pub(crate) fn begin(globals: &Globals, shell: &mut Shell) -> Result<Session, Failure> {
        let project = Project::find(globals, shell)?;
        let lock = project.lock()?;
        let loaded = Prospect::of(lock.clone()).load(&project)?;
        Ok(Session { project, lock, loaded, dialect: None })
    }

    /// Begins with a database in view, and warns of files that are not as the lock file lists them.
    pub(crate) fn begin_with(
        database: &cli::Database,
        globals: &Globals,
        shell: &mut Shell,
    ) -> Result<Session, Failure> {
        let mut session = Session::begin(globals, shell)?;
        // A URL that is wrong is told by whoever needs it.
        session.dialect = database::named(database, &session.project).ok().flatten().map(|named| named.dialect());
        if let Some(dialect) = session.dialect.filter(|dialect| !session.lock.dialects.contains_key(dialect)) {
            let directory = session.project.shown_folder();
            return Err(Failure::input(database::told(&Error::NoRevisions { dialect, directory })));
        }
        for warning in session.loaded.warnings() {
            shell.diagnostic(warning)?;
        }
        Ok(session)
    }

    /// The database that was named, or how to name one.
    pub(crate) fn database(&self, database: &cli::Database) -> Result<Named, Failure> {
        database::wanted(database, &self.project)
    }

    /// How a database stands to the revisions.
    pub(crate) fn state<C: Blocking>(&self, connection: &mut C) -> Result<State, Failure> {
        let state = self.loaded.with(|migrations| migrations.launch().state(connection));
        state.map_err(|error| database::refused(&error))
    }

    /// The revisions for the database that is named; without one, of the dialect that has most: one that came later begins in the middle.
    pub(crate) fn entries(&self) -> &[Entry] {
        let longest = || self.lock.dialects.values().rev().max_by_key(|entries| entries.len());
        let entries = self.dialect.and_then(|dialect| self.lock.dialects.get(&dialect)).or_else(longest);
        entries.map(Vec::as_slice).unwrap_or_default()
    }

    /// The newest revision.
    pub(crate) fn head(&self) -> Version {
        self.entries().last().map_or(Version::BASE, |entry| entry.version)
    }

    /// A revision with its name: `0007 add_email`, `base`.
    pub(crate) fn called(&self, version: Version) -> String {
        match self.entries().iter().find(|entry| entry.version == version) {
            Some(entry) => format!("{version} {}", entry.slug),
            None => place(version),
        }
    }

    /// The revision that a target means, from where a database stands.
    pub(crate) fn resolve(&self, target: Target, current: Version) -> Result<Version, Failure> {
        let known: Vec<Version> = self.entries().iter().map(|entry| entry.version).collect();
        let below = known.iter().filter(|version| **version <= current).count();
        let at =
            |count: usize| count.checked_sub(1).and_then(|index| known.get(index)).copied().unwrap_or(Version::BASE);
        match target {
            Target::Head => Ok(at(known.len())),
            Target::Base => Ok(Version::BASE),
            Target::Version(version) => self.known(version),
            Target::Further(count) => match below + count as usize {
                further if further <= known.len() => Ok(at(further)),
                _ => Err(Failure::usage(
                    Diagnostic::error(format!(
                        "could not go {count} revisions further: {} are pending",
                        known.len() - below
                    ))
                    .with_hint("`cargo enamel upgrade head` goes to the newest"),
                )),
            },
            Target::Back(count) => match below.checked_sub(count as usize) {
                Some(left) => Ok(at(left)),
                None => Err(Failure::usage(
                    Diagnostic::error(format!("could not go back {count} revisions: the database has {below}"))
                        .with_hint("`cargo enamel downgrade base` goes back to before the first"),
                )),
            },
        }
    }

    /// A revision that there is.
    pub(crate) fn known(&self, version: Version) -> Result<Version, Failure> {
        if self.entries().iter().any(|entry| entry.version == version) {
            return Ok(version);
        }
        let first = self.entries().first().map_or(Version::BASE, |entry| entry.version);
        Err(Failure::usage(match self.head() {
            _ if version < first => Diagnostic::error(format!(
                "there is no revision {version} for this kind of database: its revisions begin with {}",
                self.called(first)
            ))
            .with_hint("`cargo enamel history` lists them"),
            Version::BASE => Diagnostic::error(format!("there is no revision {version}: there are none yet")),
            head => Diagnostic::error(format!("there is no revision {version}; the head is {head}"))
                .with_hint("`cargo enamel history` lists them"),
        }))
    }
}

/// A revision, or `base`.
pub(crate) fn place(version: Version) -> String {
    if version == Version::BASE { "base".to_owned() } else { version.to_string() }
}

/// Tells what is run, once it is in the database for good.
pub(crate) fn observer(shell: &mut Shell) -> impl FnMut(&Event<'_>) + Send {
    let mut uncommitted = Vec::new();
    let mut progress: Option<Progress> = None;
    move |event| {
        // Printing must not stop an upgrade.
        let _ = match event {
            Event::Started { version, name, number, of, .. } => {
                let line = format!("{version} {name}, {number} of {of}");
                match &progress {
                    Some(progress) => progress.say(line),
                    None => progress = shell.progress(&line),
                }
                Ok(())
            }
            Event::Finished { version, name, direction, duration } => {
                uncommitted.push((*version, (*name).to_owned(), *direction, *duration));
                Ok(())
            }
            Event::Waiting { waited, holder } => {
                progress = None;
                waiting(*waited, *holder, shell)
            }
            Event::Committed => {
                progress = None;
                uncommitted.drain(..).try_for_each(|(version, name, direction, duration)| {
                    done(version, &name, direction, duration, shell)
                })
            }
            Event::Statement { .. } | _ => Ok(()),
        };
    }
}

fn waiting(waited: Duration, holder: Option<&str>, shell: &mut Shell) -> io::Result<()> {
    shell.event("waiting", json!({ "milliseconds": milliseconds(waited), "holder": holder }))?;
    let holder = holder.unwrap_or("another program that writes to the database");
    shell.attention("Waiting", &format!("for {holder}, {waited:.0?} so far"))
}

fn done(version: Version, name: &str, direction: Direction, duration: Duration, shell: &mut Shell) -> io::Result<()> {
    let (verb, reason) = match direction {
        Direction::Up => ("Applied", "applied"),
        Direction::Down => ("Reverted", "reverted"),
    };
    shell
        .event(reason, json!({ "version": version.number(), "name": name, "milliseconds": milliseconds(duration) }))?;
    shell.status(verb, &format!("{version} {name} ({duration:.1?})"))
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

/// Tells what was done in all.
pub(crate) fn finished(report: &Report, shell: &mut Shell) -> Result<(), Failure> {
    for note in &report.notes {
        shell.diagnostic(&Diagnostic::note(note.clone()))?;
    }
    shell.event(
        "finished",
        json!({
            "from": report.from.number(),
            "to": report.to.number(),
            "dry_run": report.dry_run,
            "revisions": report.done.iter().map(|done| done.version.number()).collect::<Vec<_>>(),
            "milliseconds": milliseconds(report.duration),
        }),
    )?;
    if report.dry_run {
        for done in &report.done {
            let verb = match done.direction {
                Direction::Up => "Would apply",
                Direction::Down => "Would revert",
            };
            shell.status(verb, &format!("{} {}", done.version, done.name))?;
        }
    }
    shell.status("Finished", &report.to_string())?;
    Ok(())
}
