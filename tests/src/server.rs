//! Databases on a real PostgreSQL server: a private one that ends with the tests, or the one that `ENAMEL_TEST_POSTGRES_URL` names.

use enamel_runtime::postgres::{Client, NoTls};
use enamel_runtime::scratch::server::{Server, ServerError};
use enamel_runtime::tokio_postgres::Config;
use std::env;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Names a server whose databases tests may make and drop.
const URL: &str = "ENAMEL_TEST_POSTGRES_URL";

/// Says that a server has to be there.
const REQUIRED: &str = "ENAMEL_TEST_SERVERS";

/// A database of one test, dropped at its end.
#[derive(Debug)]
pub struct Database {
    name: String,
    config: Config,
}

impl Database {
    /// Makes a database. `None` on a machine without PostgreSQL, unless a server has to be there.
    ///
    /// # Panics
    ///
    /// When it cannot be made.
    pub fn new() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("enamel_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut config = server()?;
        execute(&config, &format!("CREATE DATABASE {name}"));
        config.dbname(&name);
        Some(Self { name, config })
    }

    /// A connection.
    ///
    /// # Panics
    ///
    /// When the server refuses.
    pub fn connect(&self) -> Client {
        connect(&self.config)
    }

    /// A connection of a program of this name.
    ///
    /// # Panics
    ///
    /// When the server refuses.
    pub fn connect_as(&self, application: &str) -> Client {
        connect(self.config().application_name(application))
    }

    /// How drivers connect: `postgres::Config` is made from it.
    pub fn config(&self) -> Config {
        self.config.clone()
    }

    /// Its URL, with parameters.
    pub fn url(&self, parameters: &str) -> String {
        let server = server_url().unwrap_or_default();
        let (server, _) = server.rsplit_once('/').unwrap_or((&server, ""));
        let mark = if parameters.is_empty() { "" } else { "?" };
        format!("{server}/{}{mark}{parameters}", self.name)
    }

    /// Its URL for a role, which is let in without a password.
    pub fn url_as(&self, role: &str) -> String {
        self.url("").replacen("postgres@", &format!("{role}@"), 1)
    }

    /// Its name on the server.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(config) = server() {
            execute(&config, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        }
    }
}

/// Whether there is a server.
///
/// # Panics
///
/// When there is none, and there has to be one.
pub fn is_there() -> bool {
    server().is_some()
}

/// How to connect to the server, as somebody who may do anything.
fn server() -> Option<Config> {
    match server_url()?.parse() {
        Ok(config) => Some(config),
        Err(error) => panic!("{URL} is no URL of PostgreSQL: {error}"),
    }
}

fn server_url() -> Option<String> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let url = env::var(URL).ok().filter(|url| !url.is_empty());
    url.or_else(|| Some(SERVER.get_or_init(start).as_ref()?.url("postgres")))
}

fn start() -> Option<Server> {
    match Server::start() {
        Ok(server) => Some(server),
        Err(ServerError::Missing) if env::var_os(REQUIRED).is_none() => None,
        Err(error) => panic!("{error}"),
    }
}

fn connect(config: &Config) -> Client {
    match enamel_runtime::postgres::Config::from(config.clone()).connect(NoTls) {
        Ok(client) => client,
        Err(error) => panic!("could not connect: {error:?}"),
    }
}

fn execute(config: &Config, sql: &str) {
    if let Err(error) = connect(config).batch_execute(sql) {
        panic!("{sql}: {error:?}");
    }
}
