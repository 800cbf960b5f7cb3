//! Roles that revisions name and that none of them makes: an administrator did.
//!
//! A private server has none but its own, so they are made there, or nothing could be proven that grants something. What an administrator lets them do
//! is not known, and so they may do everything.

use super::connection::Driver;
use super::{Scratch, ScratchConnection};
use crate::connection::DriverError;
use crate::error::{Cause, Error};
use std::collections::BTreeSet;
use std::sync::PoisonError;

impl Scratch {
    /// Runs revisions, again for each role that they miss on a private server: there it is made.
    pub(crate) fn run<T>(
        &self,
        connection: &mut ScratchConnection,
        run: impl Fn(&mut ScratchConnection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut missed = BTreeSet::new();
        loop {
            let error = match run(connection) {
                Err(error) => error,
                done => return done,
            };
            match missing_role(&error).filter(|role| !missed.contains(*role)) {
                Some(role) if self.make_role(connection, role) => missed.insert(role.to_owned()),
                Some(_) | None => return Err(error),
            };
        }
    }

    /// The roles that were made, because revisions name them and none of them makes them.
    pub(crate) fn made_roles(&self) -> Vec<String> {
        self.roles.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn make_role(&self, connection: &ScratchConnection, role: &str) -> bool {
        let made = match &connection.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(_) => false,
            #[cfg(feature = "postgres")]
            Driver::Postgres(database) => !self.is_shared() && database.make_role(role).is_ok(),
        };
        if made {
            self.roles.lock().unwrap_or_else(PoisonError::into_inner).insert(role.to_owned());
        }
        made
    }
}

/// The role that a revision names and that there is not.
fn missing_role(error: &Error) -> Option<&str> {
    let Error::Revision(failed) = error else { return None };
    let Cause::Statement { source, .. } = &failed.cause else { return None };
    named_by(source)
}

/// `undefined_object`, and `invalid_parameter_value` after `SET ROLE` (<https://www.postgresql.org/docs/current/errcodes-appendix.html>). The server
/// speaks English: its folder was made so.
fn named_by(error: &DriverError) -> Option<&str> {
    let is_about_a_name = ["42704", "22023"].contains(&error.code.as_deref()?);
    let (role, _) = error.message.strip_prefix("role \"")?.rsplit_once("\" does not exist")?;
    is_about_a_name.then_some(role)
}
