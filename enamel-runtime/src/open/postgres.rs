//! Connects to servers of PostgreSQL.

use crate::connection::{Address, DriverError};
use crate::database_url::{DatabaseUrl, Place};
use crate::error::Error;
use enamel_schema::Dialect;
use postgres::Client;

/// Connects to the server.
pub(super) fn open(url: &DatabaseUrl) -> Result<Client, Error> {
    let Place::Server(text) = url.place() else { return Err(Error::Unsupported { dialect: Dialect::Postgres }) };
    let address =
        Address::of(text).map_err(|(why, hint)| Error::Open { url: url.to_string(), why, hint: hint.to_owned() })?;
    address.connect().map_err(|error| refused(url, error))
}

/// The server's words, and what to do.
fn refused(url: &DatabaseUrl, error: DriverError) -> Error {
    let hint = match error.code.as_deref() {
        Some("3D000") => "make it with `createdb`, or name another",
        Some("28000") if error.message.contains("client certificate") => {
            "name yours and its key with `sslcert=FILE` and `sslkey=FILE`"
        }
        Some("28P01" | "28000") => "look at the user and the password in the URL",
        Some("53300") => "end a program that is connected, or raise the server's `max_connections`",
        Some("57P03") => "wait until the server has started",
        Some(_) => "look at what the server says",
        None if error.message.contains("invalid peer certificate") => {
            "name its authority with `sslrootcert=FILE` and the server as its certificate does; `sslmode=require` does without"
        }
        None if error.message.contains("server does not support TLS") => {
            "say `sslmode=disable`, where the way to the server is safe"
        }
        None => "look whether the server runs, and listens there",
    };
    Error::Open { url: url.to_string(), why: error.message, hint: hint.to_owned() }
}
