//! Which database is meant.

pub(crate) use enamel_runtime::command::{Named, refused, told};

use crate::cli;
use crate::exit::Failure;
use crate::project::Project;
use crate::report;
use enamel_schema::Diagnostic;
use std::path::PathBuf;

/// The database of the flag, else of the environment, else of the package's .env. `None` when none names one.
pub(crate) fn named(database: &cli::Database, project: &Project) -> Result<Option<Named>, Failure> {
    if let Some(url) = &database.database_url {
        return Named::parse(url, None).map(Some);
    }
    match std::env::var(Named::VARIABLE) {
        Ok(url) if !url.is_empty() => return Named::parse(&url, None).map(Some),
        Ok(_) | Err(std::env::VarError::NotPresent) => {}
        Err(std::env::VarError::NotUnicode(_)) => {
            return Err(Failure::usage(Diagnostic::error(format!("{} is not valid Unicode", Named::VARIABLE))));
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
    let dialect = project.settings.dialects.first().copied();
    Named::how(dialect, "DATABASE_URL in the environment or in the package's .env")
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
        if name == Named::VARIABLE && !value.is_empty() {
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
