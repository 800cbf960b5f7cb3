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
        if !is_news || !postgres::open().is_empty() {
            return;
        }
        if let Ok(Some(templates)) = templates(server, prefix)
            && let Some(Ok(server)) = running.take()
        {
            server.leave_to(&Image::new(folder), &templates);
        }
    }

    /// Leaves the server with nothing but databases that are only copied, and gives their numbers: files are copied, and nothing is read in them that could
    /// leave a mark. `None`: what there is besides concerns the whole server.
    fn templates(server: &Server, prefix: &str) -> Result<Option<Vec<String>>, DriverError> {
        let mut client = server.connect("postgres")?;
        if !postgres::is_clean(&mut client)? {
            return Ok(None);
        }
        postgres::clear(&mut client);
        let templates =
            "SELECT oid::text FROM pg_catalog.pg_database WHERE datname = 'template0' OR starts_with(datname, $1)";
        let rows = client.query(templates, &[&prefix])?;
        Ok(Some(rows.iter().map(|row| row.get(0)).collect()))
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
