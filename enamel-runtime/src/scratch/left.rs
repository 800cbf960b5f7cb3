//! Databases in which revisions were replayed, left to the next process.
//!
//! Their names are made of the revisions, so that one is found by those that begin with the same, and by no other.

use super::{Kind, Scratch, ScratchConnection};
#[cfg(feature = "postgres")]
use super::{connection::Driver, postgres};
use crate::connection::DriverError;
use crate::migrations::Migrations;
#[cfg(feature = "postgres")]
use crate::migrations::Revision;
use enamel_schema::Version;
#[cfg(feature = "postgres")]
use enamel_schema::{Checksum, Dialect};
#[cfg(feature = "postgres")]
use include_dir::File;
use std::time::Duration;

/// What takes longer to replay is worth leaving.
#[cfg(feature = "postgres")]
const WORTH: Duration = Duration::from_millis(300);

impl Scratch {
    /// A database at the newest revision up to this one that another process left, or an empty one.
    #[cfg_attr(not(feature = "postgres"), expect(unused_variables, reason = "only servers leave anything"))]
    pub(crate) fn open_near(
        &self,
        migrations: &Migrations<'_>,
        version: Version,
    ) -> Result<ScratchConnection, DriverError> {
        match &self.kind {
            #[cfg(feature = "rusqlite")]
            Kind::Sqlite(_) => self.open(),
            #[cfg(feature = "postgres")]
            Kind::Postgres(place) if place.is_kept() => {
                let names = names(migrations, Dialect::Postgres, version);
                match postgres::Database::of_left(place, &names) {
                    Ok(Some(database)) => Ok(ScratchConnection { driver: Driver::Postgres(Box::new(database)) }),
                    // What was left and is of no use is made again.
                    Ok(None) | Err(_) => self.open(),
                }
            }
            #[cfg(feature = "postgres")]
            Kind::Postgres(_) => self.open(),
        }
    }

    /// Leaves a copy to the next process of a database at a revision, if it `took` longer to replay than to copy.
    #[cfg_attr(not(feature = "postgres"), expect(unused_variables, reason = "only servers leave anything"))]
    pub(crate) fn leave(
        &self,
        connection: &mut ScratchConnection,
        migrations: &Migrations<'_>,
        version: Version,
        took: Duration,
    ) -> Result<(), DriverError> {
        match (&self.kind, &mut connection.driver) {
            #[cfg(feature = "postgres")]
            (Kind::Postgres(place), Driver::Postgres(database)) if place.is_kept() && took > WORTH => {
                database.leave(&names(migrations, Dialect::Postgres, version))
            }
            _ => Ok(()),
        }
    }
}

/// The names at the revisions up to this one, the newest first. All that a replay depends on is in them.
#[cfg(feature = "postgres")]
fn names(migrations: &Migrations<'_>, dialect: Dialect, version: Version) -> Vec<String> {
    let folder = migrations.folders.iter().find(|folder| folder.dialect == dialect);
    let revisions = folder.map(|folder| folder.revisions).unwrap_or_default();
    let Migrations { package, history, .. } = migrations;
    let mut link = Checksum::of(&format!("{}\n{package}\n{history}", env!("CARGO_PKG_VERSION")));
    let replayed = revisions.iter().take_while(|revision| revision.version <= version);
    let names = replayed.map(|revision| {
        link = Checksum::chained(Some(&link), &Checksum::of(&said(revision)));
        link.to_string().chars().take(40).collect()
    });
    let mut names: Vec<String> = names.collect();
    names.reverse();
    names
}

/// What a revision leaves in a database and its history.
#[cfg(feature = "postgres")]
fn said(revision: &Revision<'_>) -> String {
    let Revision { version, name, up, down, .. } = revision;
    let [up, down] = [Some(up), down.as_ref()].map(|file| file.and_then(File::contents_utf8).map(Checksum::of));
    format!("{version} {name} {up:?} {down:?}")
}
