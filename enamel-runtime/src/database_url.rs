//! Which database is meant, as `DATABASE_URL` says it.

use crate::error::Error;
use crate::percent::percent_decoded;
use enamel_schema::Dialect;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Which database is meant. It prints without its password.
///
/// SQLite: `sqlite:shop.db`, `sqlite://shop.db`, `sqlite:///srv/shop.db`, `sqlite::memory:`, a URI of SQLite's own (`file:shop.db?mode=ro`), or
/// the path of a file that ends in `.db`, `.sqlite` or `.sqlite3`. What follows a `?` is handed to SQLite
/// (<https://www.sqlite.org/uri.html>).
///
/// ```
/// use enamel_runtime::database_url::DatabaseUrl;
/// let url: DatabaseUrl = "postgres://shop:secret@localhost/shop".parse()?;
/// assert_eq!(url.to_string(), "postgres://shop:***@localhost/shop");
/// # Ok::<(), enamel_runtime::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    dialect: Dialect,
    place: Place,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A database that is gone when it is closed.
    Memory,
    /// A file.
    File(PathBuf),
    /// A URI that SQLite reads itself.
    Uri(String),
    /// A server: the URL as it was given.
    Server(String),
}

impl DatabaseUrl {
    /// The kind of database.
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The file, when it is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => Some(path),
            Place::Memory | Place::Uri(_) | Place::Server(_) => None,
        }
    }

    /// The same, with a relative path taken from `folder`.
    #[must_use]
    pub fn relative_to(mut self, folder: &Path) -> Self {
        match &mut self.place {
            Place::File(path) => *path = folder.join(&*path),
            Place::Uri(uri) => *uri = uri_relative_to(uri, folder),
            Place::Memory | Place::Server(_) => {}
        }
        self
    }

    #[cfg(any(feature = "rusqlite", feature = "postgres"))]
    pub(crate) const fn place(&self) -> &Place {
        &self.place
    }

    fn sqlite(text: &str) -> Result<Self, Error> {
        let text = text.strip_prefix("//").unwrap_or(text);
        let place = match text.split_once('?') {
            _ if text == ":memory:" => Place::Memory,
            Some(("", _)) => return Err(wrong("it names no file")),
            None if text.is_empty() => return Err(wrong("it names no file")),
            // As sqlx has it. Whether a file may be made is for whoever opens it to say.
            Some((path, "mode=rwc")) => Place::File(decoded(path)?),
            Some(_) => Place::Uri(format!("file:{text}")),
            None => Place::File(decoded(text)?),
        };
        Ok(Self { dialect: Dialect::Sqlite, place })
    }
}

impl FromStr for DatabaseUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let server = |dialect| Ok(Self { dialect, place: Place::Server(text.to_owned()) });
        if text == ":memory:" {
            return Self::sqlite(text);
        }
        match text.split_once(':') {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("sqlite") => Self::sqlite(rest),
            Some(("file", _)) => Ok(Self { dialect: Dialect::Sqlite, place: Place::Uri(text.to_owned()) }),
            Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => server(Dialect::Postgres),
            Some(("mysql", rest)) if rest.starts_with("//") => server(Dialect::Mysql),
            Some(("mariadb", rest)) if rest.starts_with("//") => server(Dialect::Mariadb),
            Some((scheme, _)) if is_scheme(scheme) => Err(wrong(&format!("{scheme:?} is no kind of database"))),
            _ if is_file_of_sqlite(text) => Ok(Self { dialect: Dialect::Sqlite, place: Place::File(text.into()) }),
            _ => Err(wrong("it names no kind of database")),
        }
    }
}

fn wrong(what: &str) -> Error {
    Error::Url { what: what.to_owned() }
}

/// Whether it looks like the kind of something (<https://www.rfc-editor.org/rfc/rfc3986#section-3.1>); one letter is a drive.
fn is_scheme(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
}

fn is_file_of_sqlite(text: &str) -> bool {
    let ending = Path::new(text).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["db", "sqlite", "sqlite3"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// A path in which `%20` stands for a blank.
fn decoded(text: &str) -> Result<PathBuf, Error> {
    let bytes = percent_decoded(text);
    if bytes.contains(&0) {
        return Err(wrong("its path holds a NUL character"));
    }
    String::from_utf8(bytes).map(PathBuf::from).map_err(|_| wrong("its path is not UTF-8"))
}

/// `file:` may be followed by a path, or by `//`, an authority and an absolute path (<https://www.sqlite.org/uri.html>).
fn uri_relative_to(uri: &str, folder: &Path) -> String {
    match uri.strip_prefix("file:") {
        Some(path) if !path.starts_with(['/', ':']) && folder != Path::new("") => {
            format!("file:{}/{path}", encoded(folder))
        }
        Some(_) | None => uri.to_owned(),
    }
}

/// A path in which no character ends it or begins another one.
fn encoded(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Memory => formatter.write_str("sqlite::memory:"),
            Place::File(path) => write!(formatter, "sqlite:{}", path.display()),
            Place::Uri(uri) => formatter.write_str(uri),
            Place::Server(url) => formatter.write_str(&without_password(url)),
        }
    }
}

/// Without its password, as `{}`.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Order matters: the last `@` ends the password, because one that was not encoded may hold others; and the first `:` begins it. A password among the
/// parameters goes with all of them. Where a `?` stands before an `@`, either may be part of a password, so that nothing behind them is shown.
fn without_password(url: &str) -> String {
    let (scheme, rest) = url.split_once("//").unwrap_or(("", url));
    let (user, host) = rest.rsplit_once('@').map_or((None, rest), |(user, host)| (Some(user), host));
    let (host, parameters) = host.split_once('?').map_or((host, ""), |(host, _)| (host, "?…"));
    let rest = match user.map(|user| (user, user.split([':', '?']).next().unwrap_or_default())) {
        Some((user, name)) if user.contains('?') && user[name.len()..].starts_with(':') => format!("{name}:***@…"),
        Some((user, name)) if user.contains('?') => format!("{name}?…"),
        Some((user, name)) if user != name => format!("{name}:***@{host}{parameters}"),
        Some((user, _)) => format!("{user}@{host}{parameters}"),
        None => format!("{host}{parameters}"),
    };
    format!("{scheme}//{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> String {
        match text.parse::<DatabaseUrl>() {
            Ok(url) => format!("{} {url} {:?}", url.dialect(), url.path()),
            Err(error) => error.message(),
        }
    }

    #[test]
    fn a_database_of_sqlite_is_named_in_many_ways() {
        for text in ["sqlite:shop.db", "sqlite://shop.db", "shop.db", "SQLITE:shop.db"] {
            assert_eq!(parse(text), "sqlite sqlite:shop.db Some(\"shop.db\")", "{text}");
        }
        assert_eq!(parse("sqlite:///srv/a%20b.sqlite3"), "sqlite sqlite:/srv/a b.sqlite3 Some(\"/srv/a b.sqlite3\")");
        assert_eq!(parse("sqlite:a%+b.db"), "sqlite sqlite:a%+b.db Some(\"a%+b.db\")");
        assert_eq!(parse("sqlite:100%.db"), "sqlite sqlite:100%.db Some(\"100%.db\")");
        for text in ["sqlite::memory:", "sqlite://:memory:", ":memory:"] {
            assert_eq!(parse(text), "sqlite sqlite::memory: None", "{text}");
        }
        assert_eq!(parse("sqlite://shop.db?mode=rwc"), "sqlite sqlite:shop.db Some(\"shop.db\")");
        assert_eq!(parse("sqlite://shop.db?mode=ro"), "sqlite file:shop.db?mode=ro None");
        assert_eq!(parse("file:shop.db?mode=ro"), "sqlite file:shop.db?mode=ro None");
        assert_eq!(parse("C:\\shop.db"), "sqlite sqlite:C:\\shop.db Some(\"C:\\\\shop.db\")");
    }

    #[test]
    fn a_relative_path_is_taken_from_a_folder() {
        let from =
            |folder: &str, text: &str| text.parse::<DatabaseUrl>().unwrap().relative_to(Path::new(folder)).to_string();
        for (text, expected) in [
            ("sqlite:shop.db", "sqlite:../100%/shop.db"),
            ("sqlite:/srv/shop.db", "sqlite:/srv/shop.db"),
            ("sqlite:shop.db?mode=ro", "file:../100%25/shop.db?mode=ro"),
            ("sqlite:/srv/shop.db?mode=ro", "file:/srv/shop.db?mode=ro"),
            ("file:data/shop.db", "file:../100%25/data/shop.db"),
            ("file:///srv/shop.db", "file:///srv/shop.db"),
            ("file::memory:?cache=shared", "file::memory:?cache=shared"),
            (":memory:", "sqlite::memory:"),
        ] {
            assert_eq!(from("../100%", text), expected);
        }
        assert_eq!(from("", "file:shop.db?mode=ro"), "file:shop.db?mode=ro");
    }

    #[test]
    fn a_password_is_never_shown() {
        for text in [
            "postgres://shop:secret@localhost/shop",
            "postgresql://shop:se:cr@et//secret@localhost/shop",
            "mysql://shop:secret@localhost",
            "mariadb://:secret@localhost",
            "postgres://localhost/shop?user=shop&password=secret",
            "postgres://shop:se?cr@localhost/shop",
            "postgres://localhost/shop?password=secret&application_name=a@b",
        ] {
            let url: DatabaseUrl = text.parse().unwrap();
            assert!(!format!("{url} {url:?}").contains("cr"), "{url}");
        }
        assert!(!parse("mongodb://shop:secret@localhost").contains("secret"));
    }

    #[test]
    fn what_names_no_database_is_refused() {
        assert_eq!(parse(""), "could not read the database's URL: it names no kind of database");
        assert_eq!(parse("shop"), "could not read the database's URL: it names no kind of database");
        assert_eq!(parse("sqlite:"), "could not read the database's URL: it names no file");
        assert_eq!(parse("sqlite:?mode=ro"), "could not read the database's URL: it names no file");
        assert_eq!(parse("sqlite:a%00b"), "could not read the database's URL: its path holds a NUL character");
        for url in ["sqlite3:shop.db", "sqlite3:///shop.db", "sqlite3:shop"] {
            assert_eq!(parse(url), "could not read the database's URL: \"sqlite3\" is no kind of database");
        }
        assert_eq!(parse("oracle://x"), "could not read the database's URL: \"oracle\" is no kind of database");
    }
}
