//! URLs of servers, as their users write them.
//!
//! A URL is read by several programs, each with parameters of its own: those that the driver does not know are taken out before it sees them.

use crate::percent::percent_decoded;
use std::collections::BTreeMap;

/// A URL without the parameters that are not the driver's, and these.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters {
    /// The URL without them.
    pub(super) url: String,
    /// By name. Of several of one name the last holds.
    taken: BTreeMap<&'static str, String>,
}

/// Parameters that are taken out, and what they are called here: as sqlx has it, and as others have it.
const TAKEN: [(&str, &str); 13] = [
    ("sslmode", "sslmode"),
    ("sslrootcert", "sslrootcert"),
    ("sslcert", "sslcert"),
    ("sslkey", "sslkey"),
    ("search_path", "search_path"),
    ("options[search_path]", "search_path"),
    ("currentSchema", "search_path"),
    ("schema", "search_path"),
    ("pgbouncer", ""),
    ("connection_limit", ""),
    ("pool_timeout", ""),
    ("statement-cache-capacity", ""),
    ("gssencmode", ""),
];

impl Parameters {
    pub(super) fn of(url: &str) -> Self {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let mut taken = BTreeMap::new();
        let mut others: Vec<&str> = Vec::new();
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let name = decoded(name);
            match TAKEN.iter().find(|(known, _)| *known == name) {
                Some((_, ours)) => drop(taken.insert(*ours, decoded(value))),
                None => others.push(parameter),
            }
        }
        let url = if others.is_empty() { base.to_owned() } else { format!("{base}?{}", others.join("&")) };
        Self { url, taken }
    }

    pub(super) fn sslmode(&self) -> Option<&str> {
        self.get("sslmode")
    }

    /// The file of the authorities that are believed. `None`: those of the system.
    pub(super) fn authorities(&self) -> Option<&str> {
        self.get("sslrootcert").filter(|file| *file != "system")
    }

    /// Files of our own certificate and its key.
    #[cfg(feature = "tls")]
    pub(super) fn own_certificate(&self) -> Option<(&str, &str)> {
        Some((self.get("sslcert")?, self.get("sslkey")?))
    }

    pub(super) fn search_path(&self) -> Option<&str> {
        self.get("search_path")
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.taken.get(name).map(String::as_str)
    }
}

/// A text in which `%20` stands for a blank.
fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&percent_decoded(text)).into_owned()
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
        assert_eq!((found.sslmode(), found.search_path()), (Some("prefer"), Some("a,b")));
        assert_eq!(Parameters::of("postgres://h/d").url, "postgres://h/d");
        assert_eq!(Parameters::of("postgres://h/d?sslrootcert=system").authorities(), None);
        assert_eq!(Parameters::of("postgres://h/d?sslrootcert=%2Fa%20b.pem").authorities(), Some("/a b.pem"));
    }
}
