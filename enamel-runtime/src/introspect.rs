//! A database's schema, read from its catalogue.

use crate::connection::{Connection, DriverError};
use enamel_schema::schema::Found;

/// Reads the schema of the connection's database. `ignore` are tables that are passed over, by name or with `*` (the history table among them).
///
/// # Errors
///
/// What the driver says.
pub async fn introspect<C: Connection>(connection: &mut C, ignore: &[String]) -> Result<Found, DriverError> {
    let _ = (connection, ignore);
    todo!()
}
