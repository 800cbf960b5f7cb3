//! A server as a URL names it, and the connections to it.

use super::mode::Mode;
#[cfg(feature = "tls")]
use super::tls::{Connector, Credentials};
use super::url::Parameters;
use crate::connection::DriverError;
use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};
use std::time::Duration;

/// How long to try to reach a server, when the URL does not say.
const REACH: Duration = Duration::from_secs(10);

/// A server, and how to speak with it.
#[derive(Clone)]
pub(crate) struct Address {
    config: Config,
    #[cfg(feature = "tls")]
    tls: Option<Connector>,
}

/// Why a URL names no server, and what to do.
pub(crate) type Unusable = (String, &'static str);

impl Address {
    /// Reads a URL.
    pub(crate) fn of(url: &str) -> Result<Self, Unusable> {
        let parameters = Parameters::of(url);
        let mode = Mode::of(&parameters)?;
        let wrong = |error: postgres::Error| (DriverError::from(error).message, "mend the URL");
        let mut config: Config = parameters.url.parse().map_err(wrong)?;
        if config.get_hosts().is_empty() {
            return Err(("it names no host".to_owned(), "write it like postgres://user@localhost/shop"));
        }
        // As libpq: on a socket in a folder there is nobody in between.
        let is_local = config.get_hosts().iter().all(|host| !matches!(host, Host::Tcp(_)));
        let mode = if is_local { Mode::Disable } else { mode };
        config.ssl_mode(match mode {
            Mode::Disable => SslMode::Disable,
            Mode::Prefer if cfg!(feature = "tls") => SslMode::Prefer,
            Mode::Prefer => SslMode::Disable,
            Mode::Require | Mode::VerifyFull => SslMode::Require,
        });
        if let Some(search_path) = parameters.search_path() {
            let options = config.get_options().map(|options| format!("{options} ")).unwrap_or_default();
            config.options(&format!("{options}-c search_path={}", escaped(search_path)));
        }
        if config.get_application_name().is_none() {
            config.application_name("cargo-enamel");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(REACH);
        }
        Ok(Self {
            config,
            #[cfg(feature = "tls")]
            tls: tls(mode, &parameters)?,
        })
    }

    /// A connection to the database that the URL names.
    #[cfg(feature = "command")]
    pub(crate) fn connect(&self) -> Result<Client, DriverError> {
        connect(&self.config, self)
    }

    /// A connection to another database there.
    #[cfg(feature = "testing")]
    pub(crate) fn connect_to(&self, database: &str) -> Result<Client, DriverError> {
        connect(self.config.clone().dbname(database), self)
    }

    /// The database that the URL names.
    #[cfg(feature = "testing")]
    pub(crate) fn database(&self) -> Option<&str> {
        self.config.get_dbname()
    }
}

#[cfg(feature = "tls")]
fn connect(config: &Config, address: &Address) -> Result<Client, DriverError> {
    Ok(match &address.tls {
        Some(tls) => config.connect(tls.clone())?,
        None => config.connect(NoTls)?,
    })
}

#[cfg(not(feature = "tls"))]
fn connect(config: &Config, _: &Address) -> Result<Client, DriverError> {
    Ok(config.connect(NoTls)?)
}

#[cfg(feature = "tls")]
fn tls(mode: Mode, parameters: &Parameters) -> Result<Option<Connector>, Unusable> {
    let credentials = Credentials {
        any_server: mode != Mode::VerifyFull,
        authorities: parameters.authorities(),
        own: parameters.own_certificate(),
    };
    let unreadable = |why: String| (why, "`sslrootcert`, `sslcert` and `sslkey` name files with PEM texts");
    match mode {
        Mode::Disable => Ok(None),
        Mode::Prefer | Mode::Require | Mode::VerifyFull => Connector::new(credentials).map(Some).map_err(unreadable),
    }
}

/// A value among the server's options (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-OPTIONS>).
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace(' ', "\\ ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_path_joins_the_options() {
        let address = Address::of("postgres://h/d?options=-c%20work_mem%3D8MB&search_path=\"My Shop\"").unwrap();
        assert_eq!(address.config.get_options(), Some("-c work_mem=8MB -c search_path=\"My\\ Shop\""));
        assert_eq!(address.config.get_connect_timeout(), Some(&REACH));
    }

    #[test]
    fn what_the_driver_does_not_know_is_told() {
        let why = |url: &str| Address::of(url).err().unwrap().0;
        assert_eq!(
            why("postgres://h/d?sslnegotiation2=direct"),
            "invalid connection string: unknown option `sslnegotiation2`"
        );
        assert_eq!(why("postgres:///d"), "it names no host");
    }
}
