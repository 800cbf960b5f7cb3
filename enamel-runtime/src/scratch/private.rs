//! The private server of this process, where there can be one.

#[cfg(unix)]
pub(super) use here::{is_installed, keep, note_left, url};
#[cfg(not(unix))]
pub(super) use nowhere::{is_installed, keep, note_left, url};

#[cfg(unix)]
mod here {
    use crate::connection::DriverError;
    use crate::scratch::image::Image;
    use crate::scratch::postgres;
    use crate::scratch::server::Server;
    use std::path::Path;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Mutex, PoisonError};

    /// Whether something was left to the next process that there was not before.
    static HAS_LEFT: AtomicBool = AtomicBool::new(false);

    /// The private server of this process, or why there is none.
    static SERVER: Mutex<Option<Result<Server, String>>> = Mutex::new(None);

    /// The URL of the private server, which is started the first time.
    pub(in crate::scratch) fn url(folder: Option<&Path>) -> Result<String, DriverError> {
        let start = || match folder {
            Some(folder) => Server::start_with(&Image::new(folder)),
            None => Server::start(),
        };
        let mut server = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
        let server = server.get_or_insert_with(|| start().map_err(|error| error.to_string()));
        server.as_ref().map(|server| server.url("postgres")).map_err(|error| postgres::refused(error))
    }

    /// Ends the private server, and keeps in a folder what it has made.
    pub(in crate::scratch) fn keep(folder: &Path, prefix: &str) {
        let mut running = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(Ok(server)) = running.as_ref() else { return };
        let is_news = HAS_LEFT.load(Ordering::Relaxed) || !server.is_copy();
        if is_news
            && postgres::open().is_empty()
            && is_clean(server, prefix).unwrap_or(false)
            && let Ok(templates) = templates(server, prefix)
            && let Some(Ok(server)) = running.take()
        {
            server.leave_to(&Image::new(folder), &templates);
        }
    }

    /// Whether nothing is left on a server outside of databases: what revisions made for all of it would be there already in the next process.
    fn is_clean(server: &Server, prefix: &str) -> Result<bool, DriverError> {
        let left = "SELECT FROM pg_catalog.pg_roles WHERE oid >= 16384 \
                    UNION ALL SELECT FROM pg_catalog.pg_tablespace WHERE oid >= 16384 \
                    UNION ALL SELECT FROM pg_catalog.pg_database WHERE oid >= 16384 AND NOT starts_with(datname, $1) \
                    UNION ALL SELECT FROM pg_catalog.pg_db_role_setting \
                    UNION ALL SELECT FROM pg_catalog.pg_file_settings WHERE sourcefile LIKE '%postgresql.auto.conf'";
        Ok(server.connect("postgres")?.query(left, &[&prefix])?.is_empty())
    }

    /// The numbers of databases that are only copied: files are, and nothing is read in them that could leave a mark.
    fn templates(server: &Server, prefix: &str) -> Result<Vec<String>, DriverError> {
        let templates =
            "SELECT oid::text FROM pg_catalog.pg_database WHERE datname = 'template0' OR starts_with(datname, $1)";
        let rows = server.connect("postgres")?.query(templates, &[&prefix])?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }

    pub(in crate::scratch) fn note_left() {
        HAS_LEFT.store(true, Ordering::Relaxed);
    }

    pub(in crate::scratch) fn is_installed() -> bool {
        Server::is_installed()
    }
}

#[cfg(not(unix))]
mod nowhere {
    use crate::connection::DriverError;
    use crate::scratch::postgres;
    use std::path::Path;

    pub(in crate::scratch) fn url(_: Option<&Path>) -> Result<String, DriverError> {
        let name = postgres::URL;
        Err(postgres::refused(&format!("there is no private server on this system; name one in {name}")))
    }

    pub(in crate::scratch) const fn keep(_: &Path, _: &str) {}

    pub(in crate::scratch) const fn note_left() {}

    pub(in crate::scratch) const fn is_installed() -> bool {
        false
    }
}
