//! Which database is meant, and how its refusals are told.

use crate::cli;
use crate::exit::Failure;
use crate::project::Project;
use crate::report;
use enamel_runtime::Error;
use enamel_runtime::database_url::DatabaseUrl;
use enamel_runtime::open::{Database, open};
use enamel_schema::{Diagnostic, Dialect};
use std::fmt;
use std::path::{Path, PathBuf};

/// The variable that names the database.
const VARIABLE: &str = "DATABASE_URL";

/// A database as it was named. It prints without its password.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    url: DatabaseUrl,
}

impl Named {
    /// Whether it is a file that is not there.
    pub(crate) fn is_missing(&self) -> bool {
        self.url.path().is_some_and(|path| !path.exists())
    }

    /// The kind of database.
    pub(crate) fn dialect(&self) -> Dialect {
        self.url.dialect()
    }

    /// Opens it; one that is not there is an error.
    pub(crate) fn open(&self) -> Result<Database, Failure> {
        open(&self.url, false).map_err(|error| refused(&error))
    }

    /// Opens it; a file that is not there is made.
    pub(crate) fn open_or_make(&self) -> Result<Database, Failure> {
        open(&self.url, true).map_err(|error| refused(&error))
    }

    /// Opens it to look at; in the place of a file that is not there stands an empty database.
    pub(crate) fn open_as_it_is(&self) -> Result<Database, Failure> {
        if self.is_missing() { Self::parse(":memory:", None)?.open() } else { self.open() }
    }

    /// Relative paths are taken from `folder`, or from the current directory.
    fn parse(url: &str, folder: Option<&Path>) -> Result<Named, Failure> {
        let parsed = url.parse::<DatabaseUrl>().map_err(|error| Failure::usage(told(&error)))?;
        Ok(Named { url: folder.map_or(parsed.clone(), |folder| parsed.relative_to(folder)) })
    }
}

impl fmt::Display for Named {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(formatter)
    }
}

/// The database of the flag, else of the environment, else of the package's .env. `None` when none names one.
pub(crate) fn named(database: &cli::Database, project: &Project) -> Result<Option<Named>, Failure> {
    if let Some(url) = &database.database_url {
        return Named::parse(url, None).map(Some);
    }
    match std::env::var(VARIABLE) {
        Ok(url) if !url.is_empty() => return Named::parse(&url, None).map(Some),
        Ok(_) | Err(std::env::VarError::NotPresent) => {}
        Err(std::env::VarError::NotUnicode(_)) => {
            return Err(Failure::usage(Diagnostic::error(format!("{VARIABLE} is not valid Unicode"))));
        }
    }
    if database.no_dotenv {
        return Ok(None);
    }
    // From the current directory, so that it is shown as short as it can be said.
    let folder = PathBuf::from(report::shown_path(&project.package.root));
    let folder = if folder.as_os_str() == "." { PathBuf::new() } else { folder };
    from_dotenv(project)?.map(|url| Named::parse(&url, Some(&folder))).transpose()
}

/// The database that is named, or how to name one.
pub(crate) fn wanted(database: &cli::Database, project: &Project) -> Result<Named, Failure> {
    named(database, project)?
        .ok_or_else(|| Failure::usage(Diagnostic::error("no database is named").with_hint(how(project))))
}

/// How a database is named.
pub(crate) fn how(project: &Project) -> String {
    let url = match project.settings.dialects.first() {
        Some(Dialect::Postgres) => "postgres://localhost/app",
        Some(Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb) | None => "sqlite:app.db",
    };
    format!("name one with `-D {url}`, or with DATABASE_URL in the environment or in the package's .env")
}

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
        dotenvy::Error::LineParse(..) | dotenvy::Error::EnvVar(_) | _ => {
            "a line is not of the form NAME=value".to_owned()
        }
    };
    Diagnostic::error(format!("could not read the package's .env: {what}"))
        .with_hint("mend it, or leave it out with `--no-dotenv`")
        .into()
}

/// An error of the runtime, its hint drawn as one.
pub(crate) fn told(error: &Error) -> Diagnostic {
    let diagnostic = Diagnostic::error(error.message());
    match error.hint() {
        // Programs have an option where we have a flag.
        Some(hint) => diagnostic.with_hint(hint.replace("`lock_timeout`", "`--lock-timeout`")),
        None => diagnostic,
    }
}

/// The database's refusal as a failure. A revision that does not exist is not its doing.
pub(crate) fn refused(error: &Error) -> Failure {
    let told = told(error);
    if matches!(error, Error::UnknownTarget { .. }) { Failure::usage(told) } else { Failure::database(told) }
}
