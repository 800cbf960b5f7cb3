//! Databases of PostgreSQL, on a private server or on one that others use, too.
//!
//! There they are dropped with their connections. What a killed process left bears the time in its name, and goes at the next run.

use super::private;
use crate::connection::{Address, DriverError};
use crate::dialect::identifier;
use postgres::Client;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Names the server where there is no private one.
pub(super) const URL: &str = "ENAMEL_SCRATCH_URL";

/// What the names of throw-away databases begin with.
const PREFIX: &str = "enamel_scratch_";

/// What the names of databases begin with that are left to the next process.
const LEFT: &str = "enamel_left_";

/// How old a database must be that somebody left, in seconds.
const OLD: u64 = 3600;

/// Where databases are made.
#[derive(Clone)]
pub(super) enum Place {
    /// On the private server of this process, which begins with what another one left in this folder.
    Private(Option<PathBuf>),
    /// On the server of a URL.
    At(String),
}

impl Place {
    pub(super) fn is_here(&self) -> bool {
        self.url().is_some() || private::is_installed()
    }

    /// The folder for what a private server made.
    fn folder(&self) -> Option<&Path> {
        match self {
            Place::Private(folder) if !self.is_shared() => folder.as_deref(),
            Place::Private(_) | Place::At(_) => None,
        }
    }

    /// Whether what is made there is kept for the next process.
    pub(super) fn is_kept(&self) -> bool {
        self.folder().is_some()
    }

    pub(super) fn keep(&self) {
        if let Some(folder) = self.folder() {
            private::keep(folder, LEFT);
        }
    }

    pub(super) fn is_shared(&self) -> bool {
        self.url().is_some()
    }

    /// The server that somebody named.
    fn url(&self) -> Option<String> {
        match self {
            Place::Private(_) => std::env::var(URL).ok().filter(|url| !url.is_empty()),
            Place::At(url) => Some(url.clone()),
        }
    }

    /// How to connect to the server, and the URL of a database on it but for its name.
    fn server(&self) -> Result<(Address, String), DriverError> {
        let url = match (self.url(), self) {
            (Some(url), _) => url,
            (None, Place::At(url)) => url.clone(),
            (None, Place::Private(folder)) => private::url(folder.as_deref())?,
        };
        let address = Address::of(&url).map_err(|(why, hint)| refused(&format!("{why}; {hint}")))?;
        Ok((address, url))
    }
}

/// A throw-away database, and the connection to it. Order matters: the connection goes first.
pub(super) struct Database {
    /// `None` while it is copied: a database that somebody uses cannot be.
    client: Option<Client>,
    named: Named,
}

impl Database {
    /// Makes an empty database.
    pub(super) fn new(place: &Place) -> Result<Self, DriverError> {
        let (address, url) = place.server()?;
        if place.is_shared() {
            static SWEPT: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
            // Once for each server and user.
            if SWEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(url.clone()) {
                sweep(&address);
            }
        }
        // What somebody added to `template1` is not what a program finds.
        let mut database = Self::from(address, url, "template0", !place.is_shared())?;
        database.named.outlives = place.is_kept();
        Ok(database)
    }

    /// A copy of the first of these databases that was left.
    pub(super) fn of_left(place: &Place, names: &[String]) -> Result<Option<Self>, DriverError> {
        let (address, url) = place.server()?;
        let names: Vec<String> = names.iter().map(|name| format!("{LEFT}{name}")).collect();
        let there = connect_to_server(&address)?
            .query("SELECT datname::text FROM pg_catalog.pg_database WHERE datname::text = ANY ($1)", &[&names])?;
        let there: Vec<String> = there.iter().map(|row| row.get(0)).collect();
        let Some(first) = names.iter().find(|name| there.contains(name)) else { return Ok(None) };
        let mut database = Self::from(address, url, first, true)?;
        database.named.outlives = true;
        // A newer package may have come with a newer extension since.
        let outdated = "SELECT FROM pg_catalog.pg_extension AS e LEFT JOIN pg_catalog.pg_available_extensions AS a ON a.name = e.extname \
                        WHERE a.default_version IS DISTINCT FROM e.extversion";
        let is_outdated = !database.client()?.query(outdated, &[])?.is_empty();
        Ok((!is_outdated).then_some(database))
    }

    /// Leaves a copy to the next process, by the first of these names, and of those that are there already the next one of these names.
    pub(super) fn leave(&mut self, names: &[String]) -> Result<(), DriverError> {
        let names: Vec<String> = names.iter().map(|name| format!("{LEFT}{name}")).collect();
        let mut server = connect_to_server(&self.named.address)?;
        if !is_clean(&mut server)? {
            return Ok(());
        }
        let there = server
            .query("SELECT datname::text FROM pg_catalog.pg_database WHERE starts_with(datname, $1)", &[&LEFT])?;
        let there: Vec<String> = there.iter().map(|row| row.get(0)).collect();
        let below = names.iter().skip(1).find(|name| there.contains(name));
        for gone in there.iter().filter(|name| Some(*name) != below) {
            server.batch_execute(&format!("DROP DATABASE {}", identifier(gone)))?;
        }
        self.client = None;
        let Some(name) = names.first() else { return Ok(()) };
        create(&mut server, name, &self.named.name, true)?;
        private::note_left();
        Ok(())
    }

    /// Makes a database with the same content.
    pub(super) fn copy(&mut self) -> Result<Self, DriverError> {
        self.client = None;
        Self::from(self.named.address.clone(), self.named.url.clone(), &self.named.name, false)
    }

    /// `alone`: what there is on the server besides is nobody's.
    fn from(address: Address, url: String, template: &str, alone: bool) -> Result<Self, DriverError> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}{}_{}_{number}", now(), std::process::id());
        let mut server = connect_to_server(&address)?;
        {
            let mut open = open();
            if alone && open.is_empty() {
                clear(&mut server);
            }
            // From here on it is dropped, whatever happens.
            open.push((name.clone(), address.clone()));
        }
        let mut database = Self { client: None, named: Named { name, address, url, outlives: false } };
        create(&mut server, &database.named.name, template, alone)?;
        database.client()?;
        Ok(database)
    }

    pub(super) fn client(&mut self) -> Result<&mut Client, DriverError> {
        match &mut self.client {
            Some(client) => Ok(client),
            none @ None => Ok(none.insert(self.named.address.connect_to(&self.named.name)?)),
        }
    }

    /// Makes a role that may do everything. One that is there already is as good.
    pub(super) fn make_role(&self, role: &str) -> Result<(), DriverError> {
        let mut server = connect_to_server(&self.named.address)?;
        let is_there = "SELECT FROM pg_catalog.pg_roles WHERE rolname = $1";
        match server.batch_execute(&format!("CREATE ROLE {} SUPERUSER", identifier(role))) {
            Err(error) if server.query(is_there, &[&role])?.is_empty() => Err(error.into()),
            _ => Ok(()),
        }
    }

    pub(super) fn url(&self) -> String {
        self.named.url()
    }

    /// The connection, and the database that is dropped with the other value.
    pub(super) fn into_parts(mut self) -> Option<(Client, Named)> {
        self.client().ok()?;
        Some((self.client?, self.named))
    }
}

/// A database that is dropped with this value.
pub(crate) struct Named {
    name: String,
    address: Address,
    url: String,
    /// Whether it stays until the server goes, which is soon and takes no time.
    outlives: bool,
}

impl Named {
    /// Its URL, for programs.
    pub(crate) fn url(&self) -> String {
        let (base, parameters) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let start = base.find("//").map_or(0, |at| at + 2);
        let end = base[start..].find('/').map_or(base.len(), |at| start + at);
        let mark = if parameters.is_empty() { "" } else { "?" };
        format!("{}/{}{mark}{parameters}", &base[..end], self.name)
    }
}

impl Drop for Named {
    fn drop(&mut self) {
        open().retain(|(name, _)| *name != self.name);
        if !self.outlives {
            drop_database(&self.name, &self.address);
        }
    }
}

/// The databases that are there, for whoever has no time to wait until their values go.
static OPEN: Mutex<Vec<(String, Address)>> = Mutex::new(Vec::new());

pub(super) fn open() -> MutexGuard<'static, Vec<(String, Address)>> {
    // A push or a removal that panicked has left a list.
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Drops all databases of this process, which makes no other any more.
pub(super) fn drop_all() {
    let mut open = open();
    for (name, address) in open.drain(..) {
        drop_database(&name, &address);
    }
    // Whoever wants to make or drop one waits for the end of the process.
    std::mem::forget(open);
}

fn drop_database(name: &str, address: &Address) {
    if let Ok(mut client) = connect_to_server(address) {
        // What stays is swept at the next run, or goes with the private server.
        let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", identifier(name)));
    }
}

/// A connection from which databases are made and dropped: to the one that the URL names, else to the one that is always there.
fn connect_to_server(address: &Address) -> Result<Client, DriverError> {
    address.connect_to(address.database().unwrap_or("postgres"))
}

/// Makes a database out of another. On a server of ours files are copied, which takes a third of the time, and two looks at the disk that others
/// would wait for.
fn create(server: &mut Client, name: &str, template: &str, alone: bool) -> Result<(), DriverError> {
    // Whoever has just left it is not waited for any sooner than after a tenth of a second.
    let used = "SELECT FROM pg_catalog.pg_stat_activity WHERE datname = $1";
    for _ in 0..100 {
        if server.query(used, &[&template])?.is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    // https://www.postgresql.org/docs/15/release-15.html: there was only one way before.
    let version: String = server.query_one("SHOW server_version_num", &[])?.get(0);
    let strategy = if alone && version.as_str() >= "150000" { " STRATEGY FILE_COPY" } else { "" };
    let (name, template) = (identifier(name), identifier(template));
    Ok(server.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'{strategy}"))?)
}

/// Whether nothing was made on a private server that concerns all of it, but for databases of ours: who begins with what is left of it would find that, too.
pub(super) fn is_clean(server: &mut Client) -> Result<bool, DriverError> {
    let others = "SELECT FROM pg_catalog.pg_roles WHERE oid >= 16384 \
                  UNION ALL SELECT FROM pg_catalog.pg_tablespace WHERE oid >= 16384 \
                  UNION ALL SELECT FROM pg_catalog.pg_database WHERE oid >= 16384 AND NOT starts_with(datname, $1) AND NOT starts_with(datname, $2) \
                  UNION ALL SELECT FROM pg_catalog.pg_db_role_setting \
                  UNION ALL SELECT FROM pg_catalog.pg_file_settings WHERE sourcefile LIKE '%postgresql.auto.conf'";
    Ok(server.query(others, &[&PREFIX, &LEFT])?.is_empty())
}

/// Drops what former proofs made on a private server, databases that nobody has dropped and roles, which belong to none: the next begin on a server
/// without, as they do elsewhere. Numbers from 16384 on are not the server's own
/// (<https://www.postgresql.org/docs/current/system-catalog-initial-data.html#SYSTEM-CATALOG-OID-ASSIGNMENT>).
pub(super) fn clear(server: &mut Client) {
    let left = "SELECT datname::text FROM pg_catalog.pg_database WHERE starts_with(datname, $1)";
    for row in server.query(left, &[&PREFIX]).unwrap_or_default() {
        let name = identifier(&row.get::<_, String>(0));
        let _ = server.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    }
    let drop_all = "DO $$ DECLARE role name; BEGIN \
                    FOR role IN SELECT rolname FROM pg_catalog.pg_roles WHERE oid >= 16384 LOOP EXECUTE format('DROP ROLE %I', role); END LOOP; \
                    END $$";
    // One that something depends on stays, which the revision that makes it tells.
    let _ = server.batch_execute(drop_all);
}

/// Drops what killed processes left: databases of ours that are old, and that nobody uses.
fn sweep(address: &Address) {
    let Ok(mut client) = connect_to_server(address) else { return };
    let left = "SELECT datname FROM pg_database AS d WHERE starts_with(datname, 'enamel_scratch_') \
                AND NOT EXISTS (SELECT FROM pg_stat_activity AS a WHERE a.datid = d.oid)";
    for row in client.query(left, &[]).unwrap_or_default() {
        let Ok(name) = row.try_get::<_, String>(0) else { continue };
        let made = name.strip_prefix(PREFIX).and_then(|rest| rest.split('_').next()).and_then(|time| time.parse().ok());
        if made.is_some_and(|made: u64| made.saturating_add(OLD) < now()) {
            // Another run may be quicker.
            let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {}", identifier(&name)));
        }
    }
}

/// Seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

pub(super) fn refused(message: &str) -> DriverError {
    DriverError { message: message.to_owned(), code: None, position: None, busy: false, source: None }
}
