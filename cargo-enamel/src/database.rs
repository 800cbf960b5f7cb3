//! Which database is meant, and how its refusals are told.

use crate::cli;
use crate::exit::Failure;
use crate::project::Project;
use enamel_schema::{Diagnostic, Dialect};
use std::path::PathBuf;

/// The variable that names the database.
const VARIABLE: &str = "DATABASE_URL";

/// A database as it was named.
#[derive(Clone)]
pub(crate) struct Named {
    /// The URL, which may hold a password: it is never printed as it is.
    url: String,
    /// What relative paths in it are relative to.
    base: PathBuf,
}

impl Named {
    /// Whether it is a file that is not there.
    pub(crate) fn is_missing(&self) -> bool {
        !self.path().exists()
    }

    pub(crate) fn open(&self) -> Result<enamel_runtime::rusqlite::Connection, Failure> {
        self.open_or_make()
    }

    pub(crate) fn open_or_make(&self) -> Result<enamel_runtime::rusqlite::Connection, Failure> {
        Ok(enamel_runtime::rusqlite::Connection::open(self.path()).unwrap())
    }

    pub(crate) fn open_as_it_is(&self) -> Result<enamel_runtime::rusqlite::Connection, Failure> {
        if self.is_missing() {
            Ok(enamel_runtime::rusqlite::Connection::open_in_memory().unwrap())
        } else {
            self.open()
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn path(&self) -> PathBuf {
        self.base.join(self.url.trim_start_matches("sqlite:").trim_start_matches("//"))
    }
}

impl std::fmt::Display for Named {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.url)
    }
}

/// The database of the flag, else of the environment, else of the package's .env. `None` when none names one.
pub(crate) fn named(database: &cli::Database, project: &Project) -> Result<Option<Named>, Failure> {
    let current = std::env::current_dir().map_err(|error| {
        Failure::input(Diagnostic::error(format!("could not find out the current directory: {error}")))
    })?;
    let here = |url: String| Named { url, base: current };
    if let Some(url) = &database.database_url {
        return Ok(Some(here(url.clone())));
    }
    match std::env::var(VARIABLE) {
        Ok(url) if !url.is_empty() => return Ok(Some(here(url))),
        Ok(_) | Err(std::env::VarError::NotPresent) => {}
        Err(std::env::VarError::NotUnicode(_)) => {
            return Err(Diagnostic::error(format!("{VARIABLE} is not valid Unicode")).into());
        }
    }
    if database.no_dotenv {
        return Ok(None);
    }
    let root = &project.package.root;
    Ok(from_dotenv(project)?.map(|url| Named { url, base: root.clone() }))
}

/// The database that is named, or how to name one.
pub(crate) fn wanted(database: &cli::Database, project: &Project) -> Result<Named, Failure> {
    named(database, project)?.ok_or_else(|| Failure::Usage(Diagnostic::error("no database is named").with_hint(HOW)))
}

/// How a database is named.
pub(crate) const HOW: &str =
    "name one with `-D sqlite:app.db`, or with DATABASE_URL in the environment or in the package's .env";

/// Reads without changing our own environment.
fn from_dotenv(project: &Project) -> Result<Option<String>, Failure> {
    let path = project.package.root.join(".env");
    let variables = match dotenvy::from_path_iter(&path) {
        Ok(variables) => variables,
        Err(error) if error.not_found() => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
    };
    // As in a shell, the last one holds.
    let mut found = None;
    for variable in variables {
        let (name, value) = variable.map_err(|error| unreadable(&error))?;
        if name == VARIABLE && !value.is_empty() {
            found = Some(value);
        }
    }
    Ok(found)
}

/// The line is not printed: it may hold a password.
fn unreadable(error: &dotenvy::Error) -> Failure {
    let what = match error {
        dotenvy::Error::Io(error) => error.to_string(),
        _ => "a line is not of the form NAME=value".to_owned(),
    };
    Diagnostic::error(format!("could not read the package's .env: {what}"))
        .with_hint("mend it, or leave it out with `--no-dotenv`")
        .into()
}

/// An error of the runtime, its hint drawn as one.
pub(crate) fn told(error: &enamel_runtime::error::Error) -> Diagnostic {
    let diagnostic = Diagnostic::error(error.message());
    match error.hint() {
        Some(hint) => diagnostic.with_hint(hint),
        None => diagnostic,
    }
}

/// The database's refusal as a failure.
pub(crate) fn refused(error: &enamel_runtime::error::Error) -> Failure {
    Failure::Database(told(error))
}
