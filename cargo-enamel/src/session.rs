//! A project and its database: what `upgrade`, `downgrade`, `stamp`, `version` and `history` begin with.

use crate::cli::{self, Globals};
use crate::database::{self, Named};
use crate::exit::Failure;
use crate::project::Project;
use crate::prospect::Prospect;
use crate::shell::Shell;
use crate::talk::Talk;
use enamel_runtime::Blocking;
use enamel_runtime::command::{Host, Line, Listener, Told};
use enamel_runtime::load::Loaded;
use enamel_runtime::upgrade::State;
use enamel_schema::lock::Entry;
use enamel_schema::{Dialect, Lock, Version};
use std::io;

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
        session.loaded.with(|migrations| Line::of(migrations, session.dialect).map(drop))?;
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

    /// Runs a verb that is the same for programs.
    pub(crate) fn run(
        &self,
        database: &cli::Database,
        shell: &mut Shell,
        verb: impl FnOnce(&Line<'_>, &mut dyn Host) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.loaded.with(|migrations| {
            let line = Line::of(migrations, self.dialect)?;
            verb(&line, &mut Desk { session: self, database, talk: Talk::new(shell) })
        })
    }
}

/// What a verb of programs works on here: a project, and a terminal.
struct Desk<'s> {
    session: &'s Session,
    database: &'s cli::Database,
    talk: Talk<'s>,
}

impl Listener for Desk<'_> {
    fn tell(&mut self, told: &Told<'_>) -> io::Result<()> {
        self.talk.tell(told)
    }

    fn progress(&mut self, what: Option<String>) {
        self.talk.progress(what);
    }
}

impl Host for Desk<'_> {
    fn named(&self) -> Result<Option<Named>, Failure> {
        database::named(self.database, &self.session.project)
    }

    fn how(&self) -> String {
        database::how(&self.session.project)
    }

    fn is_unproven(&self, version: Version) -> bool {
        self.session.entries().iter().any(|entry| entry.version == version && entry.unproven)
    }
}
