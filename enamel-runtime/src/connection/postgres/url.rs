//! URLs of servers, as their users write them.
//!
//! A URL is read by several programs, each with parameters of its own: those that the driver does not know are taken out before it sees them.

use crate::connection::DriverError;
use postgres::Config;
use postgres::config::SslMode;
use std::time::Duration;

/// How long to try to reach a server, when the URL does not say.
const REACH: Duration = Duration::from_secs(10);

/// What a URL says, or what is wrong with it and what to do.
pub(crate) fn config(url: &str) -> Result<Config, (String, &'static str)> {
    let parameters = Parameters::of(url);
    if parameters.needs_tls() {
        return Err((
            "TLS is not supported yet".to_owned(),
            "leave `sslmode` out, or say `sslmode=disable`, where the way to the server is safe",
        ));
    }
    let wrong = |error: postgres::Error| (DriverError::from(error).message, "mend the URL");
    let mut config: Config = parameters.url.parse().map_err(wrong)?;
    config.ssl_mode(SslMode::Disable);
    if config.get_hosts().is_empty() {
        return Err(("it names no host".to_owned(), "write it like postgres://user@localhost/shop"));
    }
    if let Some(search_path) = parameters.search_path {
        let options = config.get_options().map(|options| format!("{options} ")).unwrap_or_default();
        config.options(&format!("{options}-c search_path={}", escaped(&search_path)));
    }
    if config.get_application_name().is_none() {
        config.application_name("cargo-enamel");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(REACH);
    }
    Ok(config)
}

/// The parameters of a URL that are not the driver's.
#[derive(Debug, Default, PartialEq, Eq)]
struct Parameters {
    /// The URL without them.
    url: String,
    sslmode: Option<String>,
    search_path: Option<String>,
}

impl Parameters {
    fn of(url: &str) -> Self {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let mut found = Self::default();
        let mut others: Vec<&str> = Vec::new();
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match decoded(name).as_str() {
                "sslmode" => found.sslmode = Some(decoded(value)),
                // As sqlx, and as others have it.
                "search_path" | "options[search_path]" | "currentSchema" | "schema" => {
                    found.search_path = Some(decoded(value));
                }
                "sslrootcert"
                | "sslcert"
                | "sslkey"
                | "pgbouncer"
                | "connection_limit"
                | "pool_timeout"
                | "statement-cache-capacity" => {}
                _ => others.push(parameter),
            }
        }
        found.url = if others.is_empty() { base.to_owned() } else { format!("{base}?{}", others.join("&")) };
        found
    }

    /// <https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION>
    fn needs_tls(&self) -> bool {
        self.sslmode.as_deref().is_some_and(|mode| !["disable", "allow", "prefer"].contains(&mode))
    }
}

/// A text in which `%20` stands for a blank.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            Some(_) | None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A value among the server's options (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-OPTIONS>).
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace(' ', "\\ ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_others_are_taken_out() {
        let found = Parameters::of(
            "postgres://u:p%40@h/d?sslmode=prefer&application_name=a&options%5Bsearch_path%5D=a%2Cb&pgbouncer=true",
        );
        assert_eq!(found.url, "postgres://u:p%40@h/d?application_name=a");
        assert_eq!((found.sslmode.as_deref(), found.search_path.as_deref()), (Some("prefer"), Some("a,b")));
        assert!(!found.needs_tls());
        for mode in ["require", "verify-ca", "verify-full", "nonsense"] {
            assert!(Parameters::of(&format!("postgres://h/d?sslmode={mode}")).needs_tls(), "{mode}");
        }
        assert_eq!(Parameters::of("postgres://h/d").url, "postgres://h/d");
    }

    #[test]
    fn a_search_path_joins_the_options() {
        let config = config("postgres://h/d?options=-c%20work_mem%3D8MB&search_path=\"My Shop\"").unwrap();
        assert_eq!(config.get_options(), Some("-c work_mem=8MB -c search_path=\"My\\ Shop\""));
        assert_eq!(config.get_connect_timeout(), Some(&REACH));
    }

    #[test]
    fn what_the_driver_does_not_know_is_told() {
        assert_eq!(
            super::config("postgres://h/d?sslnegotiation2=direct").unwrap_err().0,
            "invalid connection string: unknown option `sslnegotiation2`"
        );
        assert_eq!(super::config("postgres:///d").unwrap_err().0, "it names no host");
        assert_eq!(super::config("postgres://h/d?sslmode=require").unwrap_err().0, "TLS is not supported yet");
    }
}
