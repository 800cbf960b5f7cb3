//! The database that is meant.

use super::failure::{Failure, refused, told};
use crate::database_url::DatabaseUrl;
use crate::open::{Database, open};
use enamel_schema::Dialect;
use std::fmt;
use std::path::Path;

/// A database as it was named. It prints without its password.
#[derive(Clone, Debug)]
pub struct Named {
    url: DatabaseUrl,
}

impl Named {
    /// The variable that names the database where nothing else does.
    pub const VARIABLE: &str = "DATABASE_URL";

    /// Reads a name. Relative paths are taken from `folder`, or from the current directory.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(url: &str, folder: Option<&Path>) -> Result<Named, Failure> {
        let parsed = url.parse::<DatabaseUrl>().map_err(|error| Failure::usage(told(&error)))?;
        Ok(Named { url: folder.map_or(parsed.clone(), |folder| parsed.relative_to(folder)) })
    }

    /// How one names a database of a kind, by `-D` or otherwise.
    pub fn how(dialect: Option<Dialect>, otherwise: &str) -> String {
        let url = match dialect {
            Some(Dialect::Postgres) => "postgres://localhost/app",
            Some(Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb) | None => "sqlite:app.db",
        };
        format!("name one with `-D {url}`, or with {otherwise}")
    }

    /// Whether it is a file that is not there.
    pub fn is_missing(&self) -> bool {
        self.url.path().is_some_and(|path| !path.exists())
    }

    /// The kind of database.
    pub fn dialect(&self) -> Dialect {
        self.url.dialect()
    }

    /// Opens it; one that is not there is an error.
    ///
    /// # Errors
    ///
    /// What stands in the way.
    pub fn open(&self) -> Result<Database, Failure> {
        open(&self.url, false).map_err(|error| refused(&error))
    }

    /// Opens it; a file that is not there is made.
    pub(super) fn open_or_make(&self) -> Result<Database, Failure> {
        open(&self.url, true).map_err(|error| refused(&error))
    }

    /// Opens it to look at; in the place of a file that is not there stands an empty database.
    pub(super) fn open_as_it_is(&self) -> Result<Database, Failure> {
        if self.is_missing() { Self::parse(":memory:", None)?.open() } else { self.open() }
    }
}

impl fmt::Display for Named {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(formatter)
    }
}
