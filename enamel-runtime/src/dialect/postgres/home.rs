//! Where on a server the history is kept, and whether it is a server that enamel knows.

use crate::connection::{DriverError, DynConnection};
use crate::dialect::identifier;
use crate::error::Error;

/// The schema in which unqualified names are made, quoted.
///
/// # Errors
///
/// [`Error::UnsupportedServer`] for one that speaks PostgreSQL's language and has other locks; [`Error::NoSchema`].
pub(crate) async fn home(connection: &mut dyn DynConnection) -> Result<String, Error> {
    let asked = connection.ask("SELECT version(), current_schema(), current_setting('search_path')").await;
    let row = match asked {
        Ok(mut rows) => rows.pop().unwrap_or_default(),
        Err(error) if is_aborted(&error) => return Err(Error::InTransaction),
        Err(source) => return Err(Error::Driver { doing: "ask the server who it is".to_owned(), source }),
    };
    let [version, schema, search_path] = <[Option<String>; 3]>::try_from(row).unwrap_or_default();
    let version = version.unwrap_or_default();
    if let Some(server) = other_server(&version) {
        return Err(Error::UnsupportedServer { server });
    }
    schema.map(|schema| identifier(&schema)).ok_or(Error::NoSchema { search_path: search_path.unwrap_or_default() })
}

/// `in_failed_sql_transaction`
fn is_aborted(error: &DriverError) -> bool {
    error.code.as_deref() == Some("25P02")
}

/// A server on which advisory locks do nothing or mean something else.
fn other_server(version: &str) -> Option<&'static str> {
    [("CockroachDB", "CockroachDB"), ("-YB-", "YugabyteDB"), ("Yugabyte", "YugabyteDB")]
        .into_iter()
        .find(|(word, _)| version.contains(word))
        .map(|(_, server)| server)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_of_others_are_told_by_their_version() {
        assert_eq!(other_server("CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu)"), Some("CockroachDB"));
        assert_eq!(other_server("PostgreSQL 11.2-YB-2.19.0.0-b0 on x86_64-pc-linux-gnu"), Some("YugabyteDB"));
        assert_eq!(other_server("PostgreSQL 15.18 (Debian 15.18-0+deb12u1)"), None);
    }
}
