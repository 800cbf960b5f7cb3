//! Databases of PostgreSQL, on a private server or on one that others use, too.
//!
//! There they are dropped with their connections. What a killed process left bears the time in its name, and goes at the next run.

#[cfg(unix)]
use super::server::Server;
use crate::connection::{Address, DriverError};
use crate::dialect::identifier;
use postgres::Client;
use std::collections::BTreeSet;
#[cfg(unix)]
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// Names the server where there is no private one.
const URL: &str = "ENAMEL_SCRATCH_URL";

/// What the names of throw-away databases begin with.
const PREFIX: &str = "enamel_scratch_";

/// How old a database must be that somebody left, in seconds.
const OLD: u64 = 3600;

/// Where databases are made.
#[derive(Clone)]
pub(super) enum Place {
    /// On the private server of this process.
    Private,
    /// On the server of a URL.
    At(String),
}

impl Place {
    pub(super) fn is_here(&self) -> bool {
        self.url().is_some() || is_installed()
    }

    pub(super) fn is_shared(&self) -> bool {
        self.url().is_some()
    }

    /// The server that somebody named.
    fn url(&self) -> Option<String> {
        match self {
            Place::Private => std::env::var(URL).ok().filter(|url| !url.is_empty()),
            Place::At(url) => Some(url.clone()),
        }
    }

    /// How to connect to the server, and the URL of a database on it but for its name.
    fn server(&self) -> Result<(Address, String), DriverError> {
        let url = match self.url() {
            Some(url) => url,
            None => private()?,
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
        Self::from(address, url, "template0", !place.is_shared())
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
        let (quoted, template) = (identifier(&name), identifier(template));
        let mut server = connect_to_server(&address)?;
        {
            let mut open = open();
            if alone && open.is_empty() {
                forget_roles(&mut server);
            }
            // From here on it is dropped, whatever happens.
            open.push((name.clone(), address.clone()));
        }
        let mut database = Self { client: None, named: Named { name, address, url } };
        server.batch_execute(&format!("CREATE DATABASE {quoted} TEMPLATE {template} ENCODING 'UTF8'"))?;
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
        drop_database(&self.name, &self.address);
    }
}

/// The databases that are there, for whoever has no time to wait until their values go.
static OPEN: Mutex<Vec<(String, Address)>> = Mutex::new(Vec::new());

fn open() -> MutexGuard<'static, Vec<(String, Address)>> {
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

/// Drops the roles that former revisions made, which belong to no database: the next begin on a server without, as they do elsewhere. Numbers from 16384
/// on are not the server's own (<https://www.postgresql.org/docs/current/system-catalog-initial-data.html#SYSTEM-CATALOG-OID-ASSIGNMENT>).
fn forget_roles(server: &mut Client) {
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

fn refused(message: &str) -> DriverError {
    DriverError { message: message.to_owned(), code: None, position: None, busy: false, source: None }
}

#[cfg(unix)]
fn is_installed() -> bool {
    Server::is_installed()
}

#[cfg(not(unix))]
const fn is_installed() -> bool {
    false
}

/// The URL of the private server, which is started the first time.
#[cfg(unix)]
fn private() -> Result<String, DriverError> {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    let server = SERVER.get_or_init(|| Server::start().map_err(|error| error.to_string()));
    server.as_ref().map(|server| server.url("postgres")).map_err(|error| refused(error))
}

#[cfg(not(unix))]
fn private() -> Result<String, DriverError> {
    Err(refused(&format!("there is no private server on this system; name one in {URL}")))
}
